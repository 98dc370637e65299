"""`sharewise advise`: the vectors of guidance 12.7, and what happens to input that cannot be answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.cli.vectors import TODAY, VECTORS

KEYS = ["outcome", "addons", "rules", "because", "lead", "within", "tell", "edition", "text"]
RUNNER = CliRunner()


def advise(text: str, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    result = RUNNER.invoke(app, ["advise", *options], input=text, catch_exceptions=False)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


@pytest.mark.parametrize("vector", VECTORS)
def test_vector(vector: str) -> None:
    changes, outcome, add_ons = VECTORS[vector]
    code, [advice], errors = advise(json.dumps(changes), "--defaults")
    assert (code, errors) == (0, "")
    assert list(advice) == KEYS
    assert advice["outcome"] == outcome
    assert set(add_ons) <= set(advice["addons"])
    if vector in TODAY:
        assert advice["within"] == "today"


def test_all_vectors_are_here() -> None:
    assert list(VECTORS) == [f"T{number:02}" for number in range(1, 71)]


def test_the_whole_answer_for_one_vector() -> None:
    """T45 in full: an adult, harm possible, who refuses."""
    _, [advice], _ = advise('{"age": "18p", "harm": "possible", "consent": "refused"}', "--defaults")
    text = advice.pop("text")
    assert advice == {
        "outcome": "O9",
        "addons": ["A-LEAD", "A-TELL", "A-RECORD"],
        "rules": ["R18"],
        "because": ["AD-9", "AD-4", "AD-11"],
        "lead": "should",
        "within": "today",
        "tell": "yes",
        "edition": "england-2026-11",
    }
    assert "not legal advice" in text
    assert "<" not in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("nation", "kept"),
    [("eng", {"AD-9", "AD-4", "AD-11"}), ("wal", {"AD-9", "AD-4", "AD-11", "DU-16"})],
)
def test_a_nation_sees_only_the_law_that_holds_there(nation: str, kept: set[str]) -> None:
    """INV-19: the duty to report of Wales is a reason in Wales, and not in England."""
    given = {"age": "18p", "harm": "possible", "consent": "refused", "nation": nation}
    _, [advice], _ = advise(json.dumps(given), "--defaults")
    assert set(advice["because"]) == kept


def test_danger_needs_nothing_else() -> None:
    """INV-1: no further question before the number, also on the command line."""
    for danger in ("yes", "unsure"):
        code, [advice], _ = advise(json.dumps({"danger": danger}))
        assert (code, advice["outcome"]) == (0, "O1")
        assert advice["text"].startswith("Ring 999 now.")


def test_several_lines_are_answered_in_their_order() -> None:
    code, advice, _ = advise('{"danger": "yes"}\n\n{"consent": "valid"}\n{"purpose": "none"}\n', "--defaults")
    assert code == 0
    assert [one["outcome"] for one in advice] == ["O1", "O6", "O10"]


def test_one_object_may_take_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps({"consent": "valid", "flags": []}, indent=2), encoding="utf-8")
    code, [advice], _ = advise("", str(file), "--defaults")
    assert (code, advice["outcome"]) == (0, "O6")


def test_competence_is_another_name_for_capacity() -> None:
    given = {"recipient": "family", "consent": "refused", "prop": "high"}
    outcomes = [
        advise(json.dumps({**given, name: value}), "--defaults")[1][0]["outcome"]
        for name in ("capacity", "competence")
        for value in ("has", "lacks")
    ]
    assert outcomes == ["O9", "O5", "O9", "O5"]


def test_none_alone_in_a_list_of_worries_means_no_worry() -> None:
    assert advise('{"flags": ["none"]}', "--defaults")[1] == advise('{"flags": []}', "--defaults")[1]


YES_NO = "yes, no, unsure"
REFUSALS: list[tuple[str, str]] = [
    ("", "There is nothing to read. Give one JSON object, or many, one a line."),
    ("{", "This is not a JSON object."),
    ("[]", "This is not a JSON object."),
    ("[" * 100_000, "This is not a JSON object."),
    ('{"danger": "yes", "danger": "no"}', "“danger” is given twice. Give it once."),
    ('{"capacity": "has", "competence": "has"}', "“competence” and “capacity” are one input. Give one of them."),
    ('{"danger": "YES"}', f'The value "YES" of “danger” is not known. Allowed: {YES_NO}.'),
    ('{"danger": true}', f"The value true of “danger” is not known. Allowed: {YES_NO}."),
    ('{"danger": null}', f"The value null of “danger” is not known. Allowed: {YES_NO}."),
    ('{"danger": {"a": 1}}', f'The value {{"a": 1}} of “danger” is not known. Allowed: {YES_NO}.'),
    ('{"sex_signs": 1}', "The value 1 of “sex_signs” is not known. Allowed: true, false, unsure."),
    ('{"law_26a": 1}', "The value 1 of “law_26a” is not known. Allowed: true, false."),
    ('{"lead_blocked": "unsure"}', 'The value "unsure" of “lead_blocked” is not known. Allowed: yes, no.'),
    (
        '{"competence": "some"}',
        'The value "some" of “competence” is not known. Allowed: has, lacks, doubt.',
    ),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSALS)
def test_input_that_cannot_be_read_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    assert advise(text, "--defaults") == (2, [], sentence + "\n")


@pytest.mark.parametrize("value", ['"sexual"', '["sexual", "other"]', '["none", "sexual"]', "{}", "[1]"])
def test_a_list_of_worries_is_a_closed_set(value: str) -> None:
    code, answers, errors = advise(f'{{"flags": {value}}}', "--defaults")
    assert (code, answers) == (2, [])
    assert "“flags”" in errors
    assert "sexual, family_sexual, fgm_known" in errors


def test_an_unknown_input_is_named_with_those_that_are_allowed() -> None:
    code, answers, errors = advise('{"danger": "no", "postcode": "x"}', "--defaults")
    assert (code, answers) == (2, [])
    assert errors.startswith("There is no input “postcode”. Allowed: entry, nation, body, user_role, danger, age, ")
    assert errors.endswith(", competence.\n")


def test_a_bad_line_is_named_by_its_number_and_nothing_is_answered() -> None:
    """Half an answer file would pass for a whole one."""
    code, answers, errors = advise('{"danger": "yes"}\n{"danger": 1}\n{"consent": "maybe"}\n', "--defaults")
    assert (code, answers) == (2, [])
    first, second = errors.splitlines()
    assert first.startswith("Line 2: The value 1 of “danger”")
    assert second.startswith("Line 3: The value")


def test_a_line_that_is_no_json_is_named_by_its_number() -> None:
    assert advise('{"danger": "yes"}\nnot json\n') == (2, [], "Line 2: This is not a JSON object.\n")


def test_text_that_is_not_utf_8_is_refused() -> None:
    result = RUNNER.invoke(app, ["advise"], input=b'{"danger": "\xff"}')
    assert (result.exit_code, result.stderr) == (2, "The input is not UTF-8 text. Save it as UTF-8 and try again.\n")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.json"
    assert advise("", str(path)) == (2, [], f"The file {path} cannot be read: No such file or directory.\n")


def test_everything_that_is_missing_and_matters_is_named_in_one_sentence() -> None:
    """A competent young person of whom nothing is wrong: what was said about sharing decides, and is not there."""
    given = {
        "nation": "eng",
        "body": "listed",
        "user_role": "staff",
        "danger": "no",
        "age": "13_15",
        "flags": [],
        "pattern": "no",
        "allegation_worker": "no",
        "lead_conflict": "no",
        "lead_blocked": "no",
        "harm": "none",
        "others_risk": "no",
        "harmer_home": "no",
        "coercion": "no",
        "legal": "none",
        "asks": "self",
        "recipient": "social_care",
        "purpose": "clear",
        "tell_family": "no",
    }
    code, answers, errors = advise(json.dumps(given))
    assert (code, answers) == (2, [])
    assert errors == (
        "Missing, and it could change the advice: ask_person, capacity, consent, consent_by, identifiable, "
        "confidential, prop. Give it, or use --defaults.\n"
    )
    code, [advice], errors = advise(json.dumps({**given, "identifiable": "no"}))
    assert (code, advice["outcome"], errors) == (0, "O8", "")


def test_the_program_itself_and_what_it_does_not_load() -> None:
    """A program that asks for advice must not wait for Telegram's and the store's libraries to load."""
    script = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr))\n"
        "from bot.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "advise", "--defaults"],
        input='{"harm": "significant", "consent": "refused"}',
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "O4"
    for heavy in ("telegram", "sqlalchemy", "uvicorn", "starlette", "sqlcipher3", "transitions"):
        assert f"'{heavy}'" not in done.stderr


def test_the_installed_command_ends_with_the_exit_code() -> None:
    program = Path(sys.executable).with_name("sharewise")
    done = subprocess.run([program, "advise"], input="{}", capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Missing, and it could change the advice: nation, body, ")
