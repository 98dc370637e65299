"""Which of Telegram's updates were taken, so that a repeated one has no second effect. Kept for 48 hours.

A turn claims its update and does its work in one transaction. If the turn fails, that transaction is undone, and the
claim with it; another one then counts the try, and after too many the update is set aside with the error's class, never
its body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, true, update

from bot.store.tables import updates
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that no turn could deal with."""

    bot_id: int
    update_id: int
    received_at: datetime
    tries: int
    error_class: str | None


_THIS = (updates.c.bot_id == bindparam("bot")) & (updates.c.update_id == bindparam("number"))
_FIND = select(updates.c.finished_at, updates.c.set_aside).where(_THIS)
_LOCK = _FIND.with_for_update()
_ADD = unless_there(
    insert(updates).values(
        bot_id=bindparam("bot"),
        update_id=bindparam("number"),
        received_at=bindparam("at"),
        finished_at=bindparam("finished"),
        tries=0,
        set_aside=False,
    ),
    "bot_id",
    "update_id",
)
_FINISH = update(updates).where(_THIS).values(finished_at=bindparam("at"))
_COUNT_TRY = (
    update(updates)
    .where(_THIS)
    .values(tries=updates.c.tries + 1, error_class=bindparam("error"))
    .returning(updates.c.tries)
)
_SET_ASIDE = update(updates).where(_THIS).values(set_aside=True)
_ALL_SET_ASIDE = (
    select(updates.c.bot_id, updates.c.update_id, updates.c.received_at, updates.c.tries, updates.c.error_class)
    .where(updates.c.set_aside == true())
    .order_by(updates.c.received_at, updates.c.update_id)
)
_FORGET = delete(updates).where(updates.c.received_at < bindparam("moment"))


def claim(transaction: Transaction, bot_id: int, update_id: int, at: datetime) -> bool:
    """Take an update: with this transaction it is dealt with. False: it was already, or is set aside; do nothing.

    Where another worker is at the same update, this waits until that turn is committed or undone.
    """
    execute = transaction.execute
    this = {"bot": bot_id, "number": update_id}
    if execute(_ADD, {**this, "at": at, "finished": at}).rowcount == 1:
        return True
    row = execute(_LOCK, this).one_or_none()
    if row is None:  # forgotten for its age in between: take it again
        return claim(transaction, bot_id, update_id, at)
    if row.finished_at is not None or row.set_aside:
        return False
    execute(_FINISH, {**this, "at": at})
    return True


def seen(transaction: Transaction, bot_id: int, update_id: int) -> bool:
    """Whether the update is dealt with for good: finished or set aside."""
    row = transaction.execute(_FIND, {"bot": bot_id, "number": update_id}).one_or_none()
    return row is not None and (row.finished_at is not None or row.set_aside)


def count_try(transaction: Transaction, bot_id: int, update_id: int, error_class: str, at: datetime) -> int:
    """A turn failed on this update with an error of this class. Gives the number of tries so far.

    Errors of the store itself are no fault of the update and must not be counted.
    """
    execute = transaction.execute
    execute(_ADD, {"bot": bot_id, "number": update_id, "at": at, "finished": None})
    tries: int = execute(_COUNT_TRY, {"bot": bot_id, "number": update_id, "error": error_class}).scalar_one()
    return tries


def set_aside(transaction: Transaction, bot_id: int, update_id: int) -> None:
    """Give up on the update. Raises LookupError if no try was ever counted."""
    if transaction.execute(_SET_ASIDE, {"bot": bot_id, "number": update_id}).rowcount != 1:
        raise LookupError("an update must be tried before it is set aside")


def all_set_aside(transaction: Transaction) -> list[SetAside]:
    """The updates that were given up, oldest first."""
    return [SetAside(*row) for row in transaction.execute(_ALL_SET_ASIDE)]


def forget_before(transaction: Transaction, moment: datetime) -> int:
    """Forget every update received before this moment. Gives how many."""
    return transaction.execute(_FORGET, {"moment": moment}).rowcount
