"""Moments that the bot must remember about itself, by name."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from bot.store.tables import moments
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there

_THIS = moments.c.name == bindparam("moment")
_FIND = select(moments.c.at).where(_THIS)
_LOCK = _FIND.with_for_update()
_ADD = unless_there(insert(moments).values(name=bindparam("moment"), at=bindparam("moment_at")), "name")
_SAVE = update(moments).where(_THIS).values(at=bindparam("moment_at"))


def find(transaction: Transaction, name: str) -> datetime | None:
    """The moment of this name, if one was ever saved."""
    found: datetime | None = transaction.execute(_FIND, {"moment": name}).scalar_one_or_none()
    return found


def save(transaction: Transaction, name: str, at: datetime) -> None:
    """Put this moment in the place of the old one."""
    values = {"moment": name, "moment_at": at}
    if transaction.execute(_SAVE, values).rowcount == 0:
        transaction.execute(_ADD, values)


def exchange(transaction: Transaction, name: str, at: datetime) -> datetime:
    """Put this moment in the place of the old one, and give that; `at` where there was none.

    Of several workers that do so at once, only one gets the old one.
    """
    transaction.execute(_ADD, {"moment": name, "moment_at": at})
    before: datetime = transaction.execute(_LOCK, {"moment": name}).scalar_one()
    save(transaction, name, at)
    return before


def paced(transaction: Transaction, name: str, at: datetime, wanted: int, a_second: float, burst: int) -> int:
    """How many of `wanted` may happen now, so that all workers together do no more than `a_second`, after at most
    `burst` at once. What is allowed counts as done.

    The generic cell rate algorithm (ITU-T I.371, annex A): the moment is when all that was allowed would have happened
    at an even pace.
    """
    step = timedelta(seconds=1 / a_second)
    transaction.execute(_ADD, {"moment": name, "moment_at": at})
    even = max(transaction.execute(_LOCK, {"moment": name}).scalar_one(), at)
    allowed = max(0, min(wanted, int((at + burst * step - even) / step)))
    if allowed:
        save(transaction, name, even + allowed * step)
    return allowed
