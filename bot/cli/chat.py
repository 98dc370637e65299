"""`sharewise chat`: a walk in the terminal, to try the questions without Telegram."""

from __future__ import annotations

import typer


def chat() -> None:
    """Walk through the questions here.

    The same questions, rules and words as in Telegram. Nothing is kept.
    """
    from datetime import UTC, datetime

    from bot.cli.conversation import Conversation
    from states.flow import the_flow
    from states.walk import Walk

    conversation = Conversation(Walk.begin(the_flow(), datetime.now(UTC).date()))
    lines = typer.get_text_stream("stdin")
    typer.echo(conversation.screen())
    while not conversation.over:
        typer.echo("> ", nl=False)
        line = lines.readline()
        if not line:
            break
        if answer := conversation.take(line):
            typer.echo(f"\n{answer}")
        if not conversation.left:
            typer.echo(f"\n{conversation.screen()}")
