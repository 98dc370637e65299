"""How a command ends early: one sentence on standard error, and an exit code that a script can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from states.text import Text

NOT_DONE = 1
"""The command was understood but could not be done: no store yet, a wrong key."""
NOT_UNDERSTOOD = 2
"""What was given cannot be read: an unknown input, a bad setting, a file that is not there."""


def leave(sentence: Text | str, code: int = NOT_UNDERSTOOD) -> NoReturn:
    """Say the sentence and end with the code."""
    typer.echo(str(sentence), err=True)
    raise typer.Exit(code)
