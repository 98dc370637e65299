"""What stays of a record whose time is over (RET-5): its reference, and from which day to which it was here. So whoever
asks for it is not told that there never was one, and nothing else ever gets its reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, insert, select

from bot.store.tables import tombstones
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A record that was deleted."""

    reference: str
    made_on: date
    gone_on: date


_COLUMNS: Select[*tuple[Any, ...]] = select(tombstones.c.reference, tombstones.c.made_on, tombstones.c.gone_on)
_FIND = _COLUMNS.where(tombstones.c.reference == bindparam("known_as"))
_ALL = _COLUMNS.order_by(tombstones.c.made_on.desc(), tombstones.c.reference)
_ADD = insert(tombstones)


def add(transaction: Transaction, tombstone: Tombstone) -> None:
    """A record goes."""
    transaction.execute(
        _ADD,
        {"reference": tombstone.reference, "made_on": tombstone.made_on, "gone_on": tombstone.gone_on},
    )


def find(transaction: Transaction, reference: str) -> Tombstone | None:
    """What stayed of the record of this reference; None where there was none, or it is still there."""
    row = transaction.execute(_FIND, {"known_as": reference}).one_or_none()
    return None if row is None else Tombstone(*row)


def all_newest_first(transaction: Transaction) -> list[Tombstone]:
    """Every one."""
    return [Tombstone(*row) for row in transaction.execute(_ALL)]
