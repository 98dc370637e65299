"""Invitations: 128 random bits, kept as a keyed hash alone, good for one use, one role, one organisation and a day."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, insert, or_, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import invitations
from bot.store.transaction import Transaction
from states.roles import OrganisationRole

TOKEN_BYTES = 16
"""128 random bits (A2 of the goals)."""
GOOD_FOR = timedelta(hours=24)


def new_token(random_bytes: Callable[[int], bytes]) -> str:
    """What an invitation's link carries: letters, digits, - and _, as a link's argument must be
    (https://core.telegram.org/bots/features#deep-linking)."""
    return base64.urlsafe_b64encode(random_bytes(TOKEN_BYTES)).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Invitation:
    """`invited_by`: None where whoever runs the bot made it, or the inviter has asked to be forgotten. `replaces`: the
    member who comes with another phone or account, and whose part then ends."""

    organisation_id: str
    role: OrganisationRole
    invited_by: str | None
    made_at: datetime
    expires_at: datetime
    replaces: str | None = None


_HASH = invitations.c.token_hash == bindparam("hash")
_GOOD = (invitations.c.used_at.is_(None)) & (invitations.c.expires_at > bindparam("at"))
_FIND: Select[*tuple[Any, ...]] = select(
    invitations.c.organisation_id,
    invitations.c.role,
    invitations.c.invited_by,
    invitations.c.made_at,
    invitations.c.expires_at,
    invitations.c.replaces,
).where(_HASH, _GOOD)
_ADD = insert(invitations)
_USE = update(invitations).where(_HASH, _GOOD).values(used_at=bindparam("at"), used_by=bindparam("person"))
_OF_PERSON: Select[*tuple[Any, ...]] = (
    select(invitations.c.role, invitations.c.made_at, invitations.c.used_at)
    .where(or_(invitations.c.invited_by == bindparam("person"), invitations.c.used_by == bindparam("person")))
    .order_by(invitations.c.made_at)
)
_MADE_BY = invitations.c.invited_by == bindparam("person")
# Whose maker is unknown counts as made by whoever runs the bot, and confirms nobody: it must not be good any more.
_UNTIE_MAKER = update(invitations).where(_MADE_BY).values(invited_by=None, expires_at=invitations.c.made_at)
_WITHDRAW = (
    update(invitations)
    .where(_MADE_BY, invitations.c.organisation_id == bindparam("organisation"), invitations.c.used_at.is_(None))
    .values(expires_at=invitations.c.made_at)
)
_UNTIE_USER = update(invitations).where(invitations.c.used_by == bindparam("person")).values(used_by=None)


def key_of(transaction: Transaction, token: str) -> str:
    """What an invitation is found by: it may be kept, since nobody can make the token of it."""
    return transaction.sealer.keyed_hash("invitations.token", token).hex()


def add(transaction: Transaction, token: str, invitation: Invitation) -> None:
    """A new invitation, for whoever brings this token."""
    transaction.execute(
        _ADD,
        {
            "token_hash": key_of(transaction, token),
            "organisation_id": invitation.organisation_id,
            "role": invitation.role.value,
            "invited_by": invitation.invited_by,
            "made_at": invitation.made_at,
            "expires_at": invitation.expires_at,
            "replaces": invitation.replaces,
        },
    )


def find(transaction: Transaction, key: str, at: datetime) -> Invitation | None:
    """The invitation, if it is good now. One that never was, is used up or too old looks the same: None."""
    row = transaction.execute(_FIND, {"hash": key, "at": at}).one_or_none()
    return None if row is None else Invitation(row[0], OrganisationRole(row[1]), *row[2:])


def use(transaction: Transaction, key: str, person_id: str, at: datetime) -> bool:
    """Use it up. False if it is not good now; of two who come at once one gets it."""
    return transaction.execute(_USE, {"hash": key, "person": person_id, "at": at}).rowcount == 1


def withdraw(transaction: Transaction, person_id: str, organisation_id: str) -> None:
    """What this person made and nobody has used there is not good any more."""
    transaction.execute(_WITHDRAW, {"person": person_id, "organisation": organisation_id})


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [row._asdict() for row in transaction.execute(_OF_PERSON, {"person": person_id})]


def _blank(transaction: Transaction, person_id: str) -> None:
    for untie in (_UNTIE_MAKER, _UNTIE_USER):
        transaction.execute(untie, {"person": person_id})


SHREDDERS = (Shredder(invitations, _export, _blank),)
