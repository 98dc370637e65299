"""Reading JSON objects: one over as many lines as it likes, or many, one a line (JSON Lines)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from bot.cli.inputs import InputError
from states.text import say


def read_objects(file: Path | None) -> list[tuple[int, Mapping[str, Any]]]:
    """Every object with the number of its line, from the file or standard input.

    Raises InputError, which names the line, when any line is no object: then none of them is worth answering.
    """
    text = _read(file)
    try:
        whole = _object(text)
    except InputError:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if not lines:
            raise InputError(say("There is nothing to read. Give one JSON object, or many, one a line.")) from None
        return [(number, _object(line, number if len(lines) > 1 else None)) for number, line in lines]
    return [(1, whole)]


def _read(file: Path | None) -> str:
    try:
        data = file.read_bytes() if file else typer.get_binary_stream("stdin").read()
        return data.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(say("The file {file} cannot be read: {reason}.", file=str(file), reason=reason)) from error
    except UnicodeDecodeError:
        raise InputError(say("The input is not UTF-8 text. Save it as UTF-8 and try again.")) from None


def _object(text: str, number: int | None = None) -> Mapping[str, Any]:
    where = f"Line {number}: " if number else ""
    try:
        found = json.loads(text, object_pairs_hook=_without_repeats)
    except InputError as error:
        raise InputError(say("{where}{what}", where=where, what=error.sentence)) from None
    except (ValueError, RecursionError):
        raise InputError(say("{where}This is not a JSON object.", where=where)) from None
    if not isinstance(found, dict):
        raise InputError(say("{where}This is not a JSON object.", where=where))
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(say("“{name}” is given twice. Give it once.", name=twice))
    return found
