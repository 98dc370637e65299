"""What every function of the store takes: an open transaction and the means to seal."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.store.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open transaction. It ends with the block of `Store.transaction()` that gave it, and not sooner.

    `locking`: rows that are read may be locked; not so in `Store.reading()`. `wakes`: the channels to wake at the
    commit (`bot.store.wake`).
    """

    connection: Connection
    sealer: Sealer
    locking: bool = True
    wakes: set[str] = field(default_factory=set)
