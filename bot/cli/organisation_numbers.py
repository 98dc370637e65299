"""`sharewise organisation numbers`: an organisation's local numbers, out of a file and into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.in_store import in_store
from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave

if TYPE_CHECKING:
    from bot.cli.number_sheet import Sheet
    from bot.store import Transaction

numbers = typer.Typer(
    help="Read an organisation's local numbers from a CSV file, or write them into one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(help="The organisation's name.")]
NO_ORGANISATION = "There is no organisation of that name. `sharewise organisation create` makes one."


@numbers.command("import")
def import_(name: Name, file: Annotated[Path, typer.Argument(help="The CSV file, as `export` writes it.")]) -> None:
    """Put the numbers of a file in the place of all that were there: every one of them, or, where a line is wrong,
    none."""
    import os
    from datetime import UTC, datetime

    from bot.cli import number_sheet
    from bot.local_time import local
    from bot.store import local_numbers, organisations

    try:
        raw = file.read_bytes()
    except OSError:
        leave(f"The file cannot be read: {file}. Nothing was changed.", NOT_UNDERSTOOD)
    today = local(datetime.now(UTC)).date()

    def work(transaction: Transaction) -> tuple[Sheet, int] | None:
        found = organisations.by_name(transaction, " ".join(name.split()))
        if found is None:
            return None
        sheet = number_sheet.read(raw, found.id, lambda: os.urandom(16).hex(), today)
        before = 0 if sheet.problems else local_numbers.replace_all(transaction, found.id, sheet.numbers)
        return sheet, before

    done = in_store(work)
    if done is None:
        leave(NO_ORGANISATION, NOT_DONE)
    sheet, before = done
    for line, sentence in (*sheet.problems, *sheet.warnings):
        typer.echo(f"Line {line}: {sentence}", err=True)
    if sheet.problems:
        leave("Nothing was changed.", NOT_UNDERSTOOD)
    typer.echo(f"Numbers there now: {len(sheet.numbers)}. There were {before} before.")


@numbers.command()
def export(
    name: Name,
    file: Annotated[Path | None, typer.Argument(help="The file to write; it must not be there yet.")] = None,
) -> None:
    """Write the numbers as CSV, for a spreadsheet, into a file or onto the screen."""
    from bot.cli import number_sheet
    from bot.store import local_numbers, organisations

    def work(transaction: Transaction) -> str | None:
        found = organisations.by_name(transaction, " ".join(name.split()))
        return None if found is None else number_sheet.written(local_numbers.of_organisation(transaction, found.id))

    text = in_store(work)
    if text is None:
        leave(NO_ORGANISATION, NOT_DONE)
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        with file.open("x", encoding="utf-8-sig", newline="") as opened:
            opened.write(text)
    except OSError:
        leave(f"The file cannot be written, or is there already: {file}. Nothing was changed.", NOT_DONE)
    typer.echo(f"Written: {file}")
