"""Reading JSON objects: one over as many lines as it likes, or many, one a line (JSON Lines)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from bot.cli.inputs import InputError
from states.text import say


def read_objects(file: Path | None) -> list[tuple[int | None, Mapping[str, Any]]]:
    """Every object, from the file or standard input, with the number of its line where there are several.

    Raises InputError when any line is no object: then none of them is worth answering.
    """
    text = _read(file)
    try:
        return [(None, _object(text))]
    except InputError:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if not lines:
            raise InputError(say("There is nothing to read. Give one JSON object, or many, one a line.")) from None
        if len(lines) == 1:
            raise
    return [(number, _object(line, number)) for number, line in lines]


def _read(file: Path | None) -> str:
    try:
        data = file.read_bytes() if file else typer.get_binary_stream("stdin").read()
        return data.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(say("The file {file} cannot be read: {reason}.", file=str(file), reason=reason)) from error
    except UnicodeDecodeError:
        raise InputError(say("The input is not UTF-8 text. Save it as UTF-8 and try again.")) from None


def _object(text: str, line: int | None = None) -> Mapping[str, Any]:
    try:
        found = json.loads(text, object_pairs_hook=_without_repeats)
    except InputError as error:
        raise InputError(error.sentence, line) from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError(say("This is not a JSON object."), line)
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(say("“{name}” is given twice. Give it once.", name=twice))
    return found
