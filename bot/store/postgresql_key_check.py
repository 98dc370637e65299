"""The key-check value on PostgreSQL: in a small table, made before all others and compared before anything else.

It is no part of the migrations, as the file beside the embedded store is no part of its database: a wrong key must be
known before a table is touched.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, inspect, select
from sqlalchemy.schema import CreateTable

from bot.store import schema
from bot.store.errors import StoreDamaged
from bot.store.key import MasterKey
from bot.store.key_check import check_text, compare, is_check
from bot.store.postgresql_engine import lock_tables, place, tables_gone
from states.text import say

facts = Table(
    "store_facts",
    MetaData(),
    Column("name", String(64), primary_key=True),
    Column("value", String(200), nullable=False),
)
_KEY_CHECK = "key check"


def has_check(connection: Connection) -> bool:
    """Whether a store was ever made in this database."""
    return inspect(connection).has_table(facts.name) or schema.stamp(connection) is not None


def check_key(engine: Engine, key: MasterKey, *, make: bool) -> None:
    """Compare the key with the database's key-check value; write it into a database that has no store yet.

    Raises WrongKey, StoreDamaged or, where there is no store and none may be made, StoreGone; then nothing was touched.
    """
    with engine.connect() as connection, connection.begin():
        if _compared(connection, key):
            return
    if not make:
        raise tables_gone(engine.url)
    with engine.connect() as connection, connection.begin():
        lock_tables(connection)
        if _compared(connection, key):  # another worker was quicker
            return
        if schema.stamp(connection) is not None:
            raise _damaged(engine)
        connection.execute(CreateTable(facts))
        connection.execute(insert(facts), {"name": _KEY_CHECK, "value": check_text(key)})


def _compared(connection: Connection, key: MasterKey) -> bool:
    """False if there is no store yet."""
    if not inspect(connection).has_table(facts.name):
        return False
    words = (connection.execute(select(facts.c.value).where(facts.c.name == _KEY_CHECK)).scalar() or "").split()
    if not is_check(words):
        raise _damaged(connection.engine)
    compare(words, key, place(connection.engine.url))
    return True


def _damaged(engine: Engine) -> StoreDamaged:
    return StoreDamaged(
        say(
            "The database at {place} holds a store, but its key-check value (in the table {table}) is missing or "
            "damaged. Nothing was changed. Restore that table from a backup.",
            place=place(engine.url),
            table=facts.name,
        )
    )
