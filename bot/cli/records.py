"""`sharewise records`: the decision records in the store, for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave

if TYPE_CHECKING:
    from bot.store import Transaction

records = typer.Typer(help="List the decision records in the store, or show one.", rich_markup_mode=None)


@records.callback(invoke_without_command=True)
def list_records(context: typer.Context) -> None:
    """List every record: reference, when it was made (UTC), outcome and status; the newest first. Then those that were
    deleted when their time was over."""
    if context.invoked_subcommand is not None:
        return
    from bot.store import tombstones
    from bot.store.records import all_newest_first

    with reading_store() as transaction:
        listed, gone = all_newest_first(transaction), tombstones.all_newest_first(transaction)
    if not listed and not gone:
        typer.echo("There are no records yet.")
    for record in listed:
        typer.echo(f"{record.reference}  {record.made_at:%Y-%m-%d %H:%M}  {record.outcome:4}  {record.status}")
    for one in gone:
        typer.echo(f"{one.reference}  {one.made_on}  deleted on {one.gone_on}, as arranged")


@records.command()
def show(reference: Annotated[str, typer.Argument(help="Such as SW-7F3K2.")]) -> None:
    """Show one record as its practitioner reads it, and what was added to it later."""
    from bot.i18n import SOURCE_LANGUAGE, translator
    from bot.store import tombstones
    from bot.store.records import by_reference
    from bot.turns.additions import additions_to

    with reading_store() as transaction:
        record = by_reference(transaction, reference.strip().upper())
        gone = tombstones.find(transaction, reference.strip().upper())
        added = additions_to(transaction, record.reference, translator(SOURCE_LANGUAGE)) if record else []
    if gone is not None:
        leave(f"{gone.reference} was deleted on {gone.gone_on}, as arranged.", NOT_DONE)
    if record is None:
        leave(f"There is no record {reference}. `sharewise records` lists those that there are.", NOT_DONE)
    typer.echo(record.content["text"])
    for addendum in added:
        typer.echo(f"\nAdded {addendum.at:%Y-%m-%d %H:%M} (UTC)\n{addendum.text}")


@contextmanager
def reading_store() -> Iterator[Transaction]:
    """A transaction that only reads, in the store that the settings name. Leaves with a sentence where there is none,
    or the key is wrong."""
    from bot.opening import open_store
    from bot.settings import SettingsError, load_settings
    from bot.store import Store, StoreError

    try:
        settings = load_settings()
    except SettingsError as error:
        leave(error.sentence, NOT_UNDERSTOOD)
    try:
        if not Store.exists(settings.store_location):
            place = "in that database" if settings.database_url else f"at {settings.store_path}"
            leave(f"There is no store {place} yet. `sharewise run` makes one.", NOT_DONE)
        store, _ = open_store(settings)
        try:
            with store.reading() as transaction:
                yield transaction
        finally:
            store.close()
    except StoreError as error:
        leave(error.sentence, NOT_DONE)
