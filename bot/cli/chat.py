"""`sharewise chat`: a walk in the terminal, to try the questions without Telegram, and to make and replay scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave

if TYPE_CHECKING:
    from bot.cli.conversation import Conversation


def chat(
    script: Annotated[
        Path | None, typer.Option("--script", help="Replay this scripted walk (as in tests/flows); 1 if it differs.")
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", help="Write the walk to this file as a script.")] = None,
) -> None:
    """Walk through the questions here.

    The same questions, rules and words as in Telegram. Nothing is kept, unless the walk is written as a script.
    """
    from datetime import UTC, datetime

    from bot.cli.conversation import Conversation
    from states.flow import the_flow
    from states.walk import Walk

    if script is not None:
        conversation, wrong = _replay(script)
    else:
        conversation, wrong = Conversation(Walk.begin(the_flow(), datetime.now(UTC).date())), []
        _converse(conversation)
    if save is not None:
        _save(save, conversation)
    if wrong:
        leave("\n".join(wrong), NOT_DONE)


def _converse(conversation: Conversation) -> None:
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


def _replay(file: Path) -> tuple[Conversation, list[str]]:
    """Show every screen of the scripted walk, and say what came out differently than it expects."""
    from bot.cli.conversation import Conversation
    from bot.cli.inputs import InputError
    from bot.cli.scripts import differences, read_script
    from states.flow import the_flow
    from states.script import found, walked
    from states.walk import AnswerRefusedError

    try:
        script = read_script(file)
    except InputError as error:
        leave(error.sentence, NOT_UNDERSTOOD)
    flow = the_flow()
    conversation = Conversation(walked(flow, script.known, script.on, ()))
    for count, (question, answer) in enumerate(script.answers, 1):
        typer.echo(f"{conversation.screen()}\n> {' '.join(answer)}\n")
        try:
            conversation.walk = walked(flow, script.known, script.on, script.answers[:count])
        except AnswerRefusedError:
            stands = conversation.walk.state
            return conversation, [
                f"The answer “{' '.join(answer)}” to “{question}” does not fit: the walk is at “{stands}”."
            ]
    typer.echo(conversation.screen())
    return conversation, differences(script.expect, found(conversation.walk))


def _save(file: Path, conversation: Conversation) -> None:
    from bot.cli.scripts import write_script

    try:
        write_script(file, conversation.walk)
    except OSError as error:
        leave(f"The walk could not be written to {file}: {error.strerror}.", NOT_DONE)
    typer.echo(f"Written: {file}")
