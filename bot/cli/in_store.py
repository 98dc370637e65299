"""Work in the store that the settings name, also while a bot runs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave

if TYPE_CHECKING:
    from bot.store import Transaction

Result = TypeVar("Result")


def in_store(work: Callable[[Transaction], Result]) -> Result:
    """Do the work in one transaction. A store that cannot be used ends the command with a sentence."""
    from bot.opening import open_store
    from bot.settings import SettingsError, load_settings
    from bot.store import StoreError

    try:
        settings = load_settings()
    except SettingsError as error:
        leave(error.sentence, NOT_UNDERSTOOD)
    try:
        store, made = open_store(settings)
        try:
            result = store.run(work)
        finally:
            store.close()
    except StoreError as error:
        leave(error.sentence, NOT_DONE)
    if made:
        typer.echo(f"A new key was made: {settings.key_path}. Keep a copy in a safe place, away from this machine.")
    return result
