"""`sharewise run`: the bot itself."""

from __future__ import annotations

import typer

from bot.cli.leaving import NOT_UNDERSTOOD, leave


def run() -> None:
    """Start the bot.

    Without a token in the settings the pocket Telegram is started with it, on this machine. Ctrl-C ends both.
    """
    from bot.settings import SettingsError, load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        leave(error.sentence, NOT_UNDERSTOOD)

    from bot.run import serve

    raise typer.Exit(serve(settings))
