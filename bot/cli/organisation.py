"""`sharewise organisation`: organisations, made by whoever runs the bot; everything else in the bot itself, /admin."""

from __future__ import annotations

import csv
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.in_store import in_store
from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave
from bot.cli.organisation_numbers import numbers

if TYPE_CHECKING:
    from bot.store import Transaction

organisation = typer.Typer(
    help="Make an organisation, invite an administrator to it, or look after its local numbers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
organisation.add_typer(numbers, name="numbers")


class Nation(StrEnum):
    """As they are typed; the values are those of `states.inputs.Nation`."""

    ENGLAND = "eng"
    SCOTLAND = "sco"
    WALES = "wal"
    NORTHERN_IRELAND = "ni"


class Kind(StrEnum):
    """As `bot.store.organisations.Kind`."""

    STATUTORY = "statutory"
    VOLUNTARY = "voluntary"
    SCHOOL = "school"
    HEALTH = "health"
    OTHER = "other"


Name = Annotated[str, typer.Argument(help="The organisation's name, as people there call it.")]


@organisation.command()
def create(
    name: Name,
    nation: Annotated[Nation, typer.Option(help="Where it works: eng, sco, wal or ni.")],
    kind: Annotated[Kind, typer.Option(help="What it is.")] = Kind.VOLUNTARY,
) -> None:
    """Make an organisation. Prints what its first administrator sends to the bot."""
    import os
    from datetime import UTC, datetime

    from bot.store import organisations
    from bot.store.organisations import Organisation
    from bot.turns import founding

    called = founding.called(name)
    if called is None:
        leave(f"A name has 1 to {organisations.LONGEST_NAME} characters.", NOT_UNDERSTOOD)
    made = Organisation(os.urandom(16).hex(), called, nation.value, kind.value, datetime.now(UTC))
    token = in_store(lambda transaction: founding.found(transaction, made, os.urandom))
    if token is None:
        leave(f"There is an organisation of that name already: {called}. Nothing was made.", NOT_DONE)
    typer.echo(f"{called} is made.")
    _tell(token)


@organisation.command()
def invite(name: Name) -> None:
    """Invite one more administrator, such as when the last one has gone."""
    import os
    from datetime import UTC, datetime

    from bot.store import organisations
    from bot.turns import founding

    def work(transaction: Transaction) -> str | None:
        found = organisations.by_name(transaction, " ".join(name.split()))
        return None if found is None else founding.invited(transaction, found.id, datetime.now(UTC), os.urandom)

    token = in_store(work)
    if token is None:
        leave("There is no organisation of that name. `sharewise organisation create` makes one.", NOT_DONE)
    _tell(token)


@organisation.command()
def invite_all(
    name: Name,
    sheet: Annotated[Path, typer.Argument(help="A CSV file: for,part.", exists=True, dir_okay=False, readable=True)],
    bot: Annotated[str, typer.Option(help="What the bot is called in Telegram, without @.")],
    pictures: Annotated[Path | None, typer.Option(help="A folder for a QR picture of each link.")] = None,
) -> None:
    """Invite everybody whom a CSV file names. Prints a CSV file with a link for each, good once, for 24 hours."""
    import os
    from datetime import UTC, datetime

    import segno

    from bot.cli import invitation_sheet
    from bot.store import invitations, organisations
    from bot.store.invitations import GOOD_FOR, Invitation, new_token
    from states.roles import OrganisationRole

    try:
        wanted = invitation_sheet.read(sheet.read_text("utf-8-sig"))
    except (invitation_sheet.SheetError, UnicodeDecodeError, csv.Error) as error:
        leave(f"{sheet} cannot be used, and nobody was invited.\n{error}", NOT_UNDERSTOOD)
    tokens = [new_token(os.urandom) for _ in wanted]

    def work(transaction: Transaction) -> str:
        found = organisations.by_name(transaction, " ".join(name.split()))
        if found is None:
            return "There is no organisation of that name, and nobody was invited."
        members = organisations.members_of(transaction, found.id)
        inviters = [one for one in members if one.role is OrganisationRole.ADMINISTRATOR and one.status == "active"]
        if not inviters:
            return "It has no administrator yet, who would confirm its leads. Nobody was invited."
        at, by = datetime.now(UTC), inviters[0].person_id
        for one, token in zip(wanted, tokens, strict=True):
            invitations.add(transaction, token, Invitation(found.id, one.role, by, at, at + GOOD_FOR))
        return ""

    if trouble := in_store(work):
        leave(trouble, NOT_DONE)
    links = [f"https://t.me/{bot}?start={token}" for token in tokens]
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for number, link in enumerate(links, 1):
            segno.make(link).save(str(pictures / f"{number:03}.png"), scale=8)
    typer.echo(invitation_sheet.written(list(zip(wanted, links, strict=True))), nl=False)


def _tell(token: str) -> None:
    typer.echo(f"Its administrator sends this to the bot, once, within 24 hours:\n/start {token}")
