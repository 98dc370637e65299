"""Scripted walks as files: read for a replay, written from a walk (the form is in states/script.py)."""

from __future__ import annotations

import json
from pathlib import Path

from bot.cli.inputs import InputError
from bot.cli.json_lines import read_objects
from states.script import Expected, Script, ScriptError, script_data, script_from, script_of
from states.text import say
from states.walk import Walk


def read_script(file: Path) -> Script:
    """The script in the file. Raises InputError if there is none, or it is no script."""
    [(_, data), *more] = read_objects(file)
    if more:
        raise InputError(say("The file {file} holds several objects; a script is one.", file=str(file)))
    try:
        return script_from(data)
    except ScriptError as error:
        raise InputError(say("{file}: {wrong}", file=str(file), wrong=str(error))) from error


def write_script(file: Path, walk: Walk) -> None:
    """Write the walk as a script; its title is the file's name in words. Raises OSError."""
    script = script_of(file.stem.replace("_", " "), walk)
    file.write_text(json.dumps(script_data(script), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def differences(expected: Expected, found: Expected) -> list[str]:
    """A sentence for each thing that came out differently."""
    pairs = {
        "questions": (", ".join(expected.questions), ", ".join(found.questions)),
        "outcome": (expected.outcome, found.outcome),
        "add-ons": (", ".join(expected.add_ons), ", ".join(found.add_ons)),
        "end": (expected.ends, found.ends),
    }
    return [f"Expected {name}: {one}. Found: {other}." for name, (one, other) in pairs.items() if one != other]
