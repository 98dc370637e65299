"""What only one of the bot's processes may do at a time, such as asking Telegram for updates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select, update

from bot.store.tables import leases
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there

_THIS = leases.c.name == bindparam("lease")
_ADD = unless_there(
    insert(leases).values(name=bindparam("lease"), holder=bindparam("by"), until=bindparam("to")), "name"
)
_TAKE = (
    update(leases)
    .where(_THIS, or_(leases.c.holder == bindparam("by"), leases.c.until < bindparam("at")))
    .values(holder=bindparam("by"), until=bindparam("to"))
)
_RELEASE = delete(leases).where(_THIS, leases.c.holder == bindparam("by"))
_HOLDER = select(leases.c.holder, leases.c.until).where(_THIS)


def take(transaction: Transaction, name: str, holder: str, at: datetime, until: datetime) -> bool:
    """Take or keep the lease until `until`. False: somebody else holds it at `at`."""
    execute = transaction.execute
    if execute(_TAKE, {"lease": name, "by": holder, "at": at, "to": until}).rowcount == 1:
        return True
    return execute(_ADD, {"lease": name, "by": holder, "to": until}).rowcount == 1


def release(transaction: Transaction, name: str, holder: str) -> None:
    """Give the lease back, so that nobody must wait for its end."""
    transaction.execute(_RELEASE, {"lease": name, "by": holder})


def holder_of(transaction: Transaction, name: str, at: datetime) -> str | None:
    """Who holds the lease at `at`, if anybody."""
    row = transaction.execute(_HOLDER, {"lease": name}).one_or_none()
    return row.holder if row is not None and row.until >= at else None
