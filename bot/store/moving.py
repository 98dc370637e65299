"""Moving a whole store to PostgreSQL: every table in one transaction, sealed values as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, text

from bot.store.errors import StoreConflict, StoreDamaged
from bot.store.store import Store
from bot.store.tables import metadata
from states.text import say

_ROWS_AT_ONCE = 1000


def move(source: Store, target: Store) -> list[tuple[str, int]]:
    """Copy every row of the embedded `source` to the empty `target` on PostgreSQL, which must have the same key.

    Nothing is deleted, and nobody can write to either store meanwhile. Gives each table with its number of rows, as
    both stores count them. Raises StoreConflict if the target holds anything, StoreDamaged if the counts differ, and
    what a transaction raises; then the target is as empty as before, and the move may be tried again.
    """
    # The source's transaction writes nothing: it holds the lock that keeps others from writing.
    with source.transaction() as old, target.transaction() as new:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        new.connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
        if any(_count(new.connection, table) for table in metadata.sorted_tables):
            raise StoreConflict(
                say(
                    "The database holds a store with something in it already. Nothing was changed. Give the address of "
                    "an empty database. If an earlier move ended without a clear answer, it may have been done: look "
                    "with `sharewise records`."
                )
            )
        moved = []
        for table in metadata.sorted_tables:
            for rows in _in_parts(old.connection, table):
                new.connection.execute(insert(table), [dict(row._mapping) for row in rows])
            count = _count(new.connection, table)
            if count != _count(old.connection, table):
                raise StoreDamaged(
                    say(
                        "The table {table} did not arrive whole, so nothing was moved. The old store is as it was. Try "
                        "again, or ask for help.",
                        table=table.name,
                    )
                )
            moved.append((table.name, count))
    return moved


def _in_parts(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    yield from connection.execute(select(table)).partitions(_ROWS_AT_ONCE)


def _count(connection: Connection, table: Table) -> int:
    count: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return count
