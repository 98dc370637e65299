"""Bringing the tables up to date, when the store is opened.

A store that is up to date is known by its stamp alone; Alembic, which takes a while to load, is only loaded when there
is something to do. Each migration is one transaction, and the stamp is read again inside it, so that two workers that
start at once do not run the same migration twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, column, inspect, select, table

from bot.store.errors import StoreDamaged, StoreFromTheFuture
from states.text import say

# The last migration in migrations/versions; a test holds the two equal.
HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migrating:
    """Where the engines differ: `prepare` runs before the first migration, outside a transaction; `take_turn` is the
    first thing in each migration's transaction, and lets one worker in at a time; `broken_references` counts, as the
    last thing, the rows that point at a row that is not there."""

    prepare: Callable[[Connection], None]
    take_turn: Callable[[Connection], None]
    broken_references: Callable[[Connection], int]


_STAMP: Select[Any] = select(column("version_num")).select_from(table("alembic_version"))


def stamp(connection: Connection) -> str | None:
    """The migration that the store stands at; None for a store without tables. Needs an open transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(_STAMP).scalar()
    return found


def bring_up_to_date(engine: Engine, migrating: Migrating, head: str = HEAD, folder: Path = MIGRATIONS) -> None:
    """Run the migrations that are missing, each in a transaction of its own.

    Raises StoreFromTheFuture if the stamp is none of ours, and whatever a migration raises, its changes undone.
    """
    with engine.connect() as connection:
        with connection.begin():
            standing = stamp(connection)
        if standing == head:
            return
        # Dropped with the connection, so that no later transaction can run without its references checked.
        migrating.prepare(connection)
        try:
            _migrate(connection, migrating, head, folder)
        finally:
            connection.invalidate()


def _migrate(connection: Connection, migrating: Migrating, head: str, folder: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    while True:
        with connection.begin():
            migrating.take_turn(connection)
            standing = stamp(connection)
            if standing == head:
                return
            if standing is not None and standing not in known:
                raise StoreFromTheFuture(
                    say(
                        "The store was last used by a newer version of the bot (tables {standing}; this version knows "
                        "{head}). Nothing was changed. Start the newer version again, or restore the backup made "
                        "before it.",
                        standing=standing,
                        head=head,
                    )
                )
            command.upgrade(config, "+1")
            if migrating.broken_references(connection):
                raise StoreDamaged(
                    say(
                        "Bringing the store up to date left rows without the rows they belong to, so it was undone. "
                        "Nothing was changed. Keep the file as it is and ask for help."
                    )
                )
