"""What every function of the store takes: an open transaction and the means to seal."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, Executable

from bot.store.sealing import Sealer
from bot.store.statements import Outcome, Statements, Values


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open transaction. It ends with the block of `Store.transaction()` that gave it, and not sooner.

    `locking`: rows that are read may be locked; not so in `Store.reading()`. `wakes`: the channels to wake at the
    commit (`bot.store.wake`). `statements`: where they are worked out once and for all.
    """

    connection: Connection
    sealer: Sealer
    locking: bool = True
    wakes: set[str] = field(default_factory=set)
    statements: Statements | None = None

    def execute(self, statement: Executable, values: Values | list[Values] | None = None) -> Outcome:
        """Run a statement with its values, or once for each of several sets of them. Raises what SQLAlchemy raises."""
        if self.statements is None:
            return self.connection.execute(statement, values)
        return self.statements.execute(self.connection, statement, {} if values is None else values)
