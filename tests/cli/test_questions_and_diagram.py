"""`sharewise questions` and `sharewise diagram`: the walk for readers and reviewers."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from states.diagram import flow_page
from states.flow import the_flow
from states.references import REFERENCES

RUNNER = CliRunner()
KEYS = ["id", "stage", "text", "options", "why", "rules", "optional", "kind"]


def test_every_question_is_listed_in_the_order_it_is_asked() -> None:
    result = RUNNER.invoke(app, ["questions", "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert [question["id"] for question in found] == list(the_flow().questions)
    for question in found:
        assert list(question) == KEYS
        assert all(question[key] for key in ("text", "why", "options"))
        assert question["kind"] in ("one", "many", "note")
        assert set(question["rules"]) <= set(REFERENCES)
        for option in question["options"]:
            assert list(option) == ["id", "label"]


def test_one_question_in_full() -> None:
    found = json.loads(RUNNER.invoke(app, ["questions", "--json"]).stdout)
    [danger] = [question for question in found if question["id"] == "danger"]
    assert danger["text"].startswith("Is anyone in danger now, or in the next few hours?")
    assert danger["options"] == [
        {"id": "yes", "label": "Yes"},
        {"id": "unsure", "label": "Not sure"},
        {"id": "no", "label": "No"},
    ]
    assert (danger["stage"], danger["optional"], danger["kind"]) == ("danger", False, "one")


def test_questions_for_reading_have_no_marks_and_no_placeholders() -> None:
    shown = RUNNER.invoke(app, ["questions"], catch_exceptions=False).stdout
    assert "danger  (danger; one)\nIs anyone in danger now" in shown
    assert "<b>" not in shown
    assert "{" not in shown


def test_the_page_is_printed_or_written(tmp_path: Path) -> None:
    page = flow_page(the_flow())
    assert RUNNER.invoke(app, ["diagram"], catch_exceptions=False).stdout == page
    file = tmp_path / "flow.md"
    result = RUNNER.invoke(app, ["diagram", "--write", str(file)], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, f"Written: {file}\n")
    assert file.read_text(encoding="utf-8") == page


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "flow.md"
    result = RUNNER.invoke(app, ["diagram", "--write", str(file)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"The page could not be written to {file}: No such file or directory.\n"
