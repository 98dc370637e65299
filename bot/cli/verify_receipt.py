"""`sharewise verify-receipt`: whether a receipt is good, and what happened under it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.leaving import NOT_DONE, leave
from bot.cli.records import reading_store


def verify_receipt(code: Annotated[str, typer.Argument(help="Such as SW-7F3K2-9K2M-PX4T-0ABC-DE7F.")]) -> None:
    """Say whether a receipt is good, when a lead was asked for, and what came of it. Times are UTC."""
    from bot.i18n import SOURCE_LANGUAGE, translator
    from bot.screens.case_screens import step_words
    from bot.store import escalations, receipts

    with reading_store() as transaction:
        one = receipts.proven_by(transaction, code)
        steps = escalations.steps_of(transaction, one.id) if one else []
        sent = escalations.sent_to(transaction, one.id) if one else 0
    if one is None:
        leave("That receipt is not good: it is forged, mistyped, or of another bot.", NOT_DONE)
    translate = translator(SOURCE_LANGUAGE)
    typer.echo(f"The receipt is good. {one.reference} was asked for on {one.made_at:%Y-%m-%d at %H:%M} (UTC).")
    typer.echo(f"Its pings have reached Telegram for {sent} {'person' if sent == 1 else 'people'}.")
    for step in steps:
        typer.echo(f"{step.at:%Y-%m-%d %H:%M}  {translate(step_words(step))}")
