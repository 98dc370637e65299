"""What every function of the store takes: an open transaction and the means to seal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.store.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open transaction. It ends with the block of `Store.transaction()` that gave it, and not sooner."""

    connection: Connection
    sealer: Sealer
