"""`sharewise chat`: the walk in the terminal, with the same questions, the same machine and the same ways out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

RUNNER = CliRunner()


def chat(*lines: str) -> str:
    result = RUNNER.invoke(app, ["chat"], input="".join(f"{line}\n" for line in lines), catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def last_screen(shown: str) -> str:
    """What is on the screen when the input ends, without the prompt."""
    return shown.split("\n> \n")[-1].removesuffix("\n> ")


def test_the_first_screen_names_999_and_numbers_the_options() -> None:
    shown = chat()
    assert "If anyone is in danger now, ring 999." in shown
    assert "\n1 Someone is in danger now\n2 Start\n" in shown
    assert "\nback · why · danger · quit\n> " in shown


def test_danger_leads_to_the_emergency_text_at_once() -> None:
    assert last_screen(chat("1")).startswith("Ring 999 now.\n")


def test_inv_1_danger_can_be_typed_anywhere_and_the_walk_stays_where_it_is() -> None:
    for typed in ("danger", "someone is in danger now"):
        shown = last_screen(chat("2", "no", "1", typed))
        assert shown.startswith("Ring 999 now.\n")
        assert "\n\nWho are you worried about?\n" in shown


def test_answers_are_numbers_words_or_labels() -> None:
    asked = "Who are you worried about?"
    for england in ("1", "england", "England"):
        assert last_screen(chat("2", "no", england)).startswith(asked)


def test_ticks_are_numbers_with_spaces_and_what_does_not_go_together_is_refused() -> None:
    """A child who is missing and may end their life: the worry leads to serious harm without asking how serious."""
    to_worries = ("2", "no", "1", "2")
    assert "Several may be given, such as: 1 3" in last_screen(chat(*to_worries))
    ticked = last_screen(chat(*to_worries, "6 7"))
    assert ticked.startswith("Whoever may be causing harm: what fits?")
    alone = last_screen(chat(*to_worries, "1 18"))
    assert "What are you worried about?" in alone
    assert alone.startswith(("That is none", "These do not go together"))


def test_why_gives_the_reason_and_the_rules_and_asks_again() -> None:
    shown = last_screen(chat("2", "why"))
    assert shown.startswith("If someone may be hurt in the next few hours, 999 comes before any other question.")
    assert "\nRules: EM-1, X-5, GR1-2024\n\nIs anyone in danger now" in shown


def test_back_marks_the_answer_that_stands() -> None:
    shown = last_screen(chat("2", "no", "2", "back"))
    assert shown.startswith("Where does the person live")
    assert "\n1 England\n2* Scotland\n" in shown


def test_what_is_no_answer_is_said_and_changes_nothing() -> None:
    shown = last_screen(chat("2", "no", "nineteen"))
    assert shown.startswith("That is none of the answers. Type the number of one, or one of the words below them.\n")
    assert "Where does the person live" in shown


def test_quit_ends_without_another_screen() -> None:
    shown = chat("2", "quit", "no")
    assert shown.endswith("danger · quit\n> ")
    assert "Where does the person live" not in shown


def test_a_walk_to_its_end_lists_the_answers() -> None:
    """Danger, rung, shared just now, a look tomorrow, with 999; the rest skipped; saved."""
    shown = chat("1", "1", "1", "1", "1", "1", "skip the rest and save", "1")
    end = last_screen(shown)
    assert end.startswith("Your answers. Nothing is kept in the terminal.\n- I help you decide")
    assert "What have you done, or what will you do now? I share it, or have shared it" in end


def test_somebody_who_is_no_practitioner_is_told_who_helps() -> None:
    """INV-18: a child gets no walk, and Childline's number."""
    shown = chat("5")
    assert "Childline on 0800 1111" in shown
    assert not shown.endswith("> ")


def replay(file: Path, *options: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, ["chat", "--script", str(file), *options], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A walk as far as the advice, written as a script: somebody in danger."""
    file = tmp_path / "danger_at_once.json"
    result = RUNNER.invoke(app, ["chat", "--save", str(file)], input="start\nyes\nquit\n", catch_exceptions=False)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, f"> Written: {file}")
    return file


def test_a_walk_is_written_as_a_script(saved: Path) -> None:
    script = json.loads(saved.read_text(encoding="utf-8"))
    assert script["title"] == "danger at once"
    assert script["answers"] == [["entry", "start"], ["danger", "yes"]]
    assert script["expect"]["outcome"] == "O1"
    assert script["expect"]["ends"] == "advice"


def test_a_script_is_replayed_screen_by_screen(saved: Path) -> None:
    code, shown, errors = replay(saved)
    assert (code, errors) == (0, "")
    assert "back · why · danger · quit\n> start\n\nIs anyone in danger now" in shown
    assert "\n> yes\n\nRing 999 now.\n" in shown


def test_a_replay_can_be_written_again_as_it_was(saved: Path, tmp_path: Path) -> None:
    again = tmp_path / "again" / saved.name
    again.parent.mkdir()
    assert replay(saved, "--save", str(again))[0] == 0
    assert again.read_text(encoding="utf-8") == saved.read_text(encoding="utf-8")


def test_what_comes_out_differently_is_named(saved: Path) -> None:
    script = json.loads(saved.read_text(encoding="utf-8"))
    script["expect"] |= {"outcome": "O5", "ends": "saved"}
    saved.write_text(json.dumps(script), encoding="utf-8")
    code, _, errors = replay(saved)
    assert (code, errors) == (1, "Expected outcome: O5. Found: O1.\nExpected end: saved. Found: advice.\n")


def test_an_answer_that_does_not_fit_is_named(saved: Path) -> None:
    script = json.loads(saved.read_text(encoding="utf-8"))
    script["answers"][1] = ["age", "12"]
    saved.write_text(json.dumps(script), encoding="utf-8")
    code, _, errors = replay(saved)
    assert (code, errors) == (1, "The answer “12” to “age” does not fit: the walk is at “danger”.\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "This is not a JSON object."),
        ("{}\n{}", "The file {file} holds several objects; a script is one."),
        ("{}", "{file}: The script lacks 'expect', or does not know it."),
    ],
)
def test_what_is_no_script_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "script.json"
    file.write_text(text, encoding="utf-8")
    assert replay(file) == (2, "", sentence.format(file=file) + "\n")


def test_a_walk_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "walk.json"
    result = RUNNER.invoke(app, ["chat", "--save", str(file)], input="quit\n")
    sentence = f"The walk could not be written to {file}: No such file or directory.\n"
    assert (result.exit_code, result.stderr) == (1, sentence)
