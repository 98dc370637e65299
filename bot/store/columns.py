"""Every table of the store. The migrations make them; a test holds the two equal.

Ids come from outside. Columns made with `_sealed` hold envelopes of `bot.store.sealing`. A table whose `info` has no
"impersonal" entry holds personal data and must have a shredder (`bot.store.shredder`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    LargeBinary,
    MetaData,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a naive datetime (ValueError) and gives back UTC on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone; naive datetimes are refused")
        in_utc = value.astimezone(UTC)
        # SQLite keeps no zone: UTC goes in as it is and gets its zone back when it is read.
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sealed(name: str, *, nullable: bool = False) -> Column[bytes]:
    """A column of envelopes (`bot.store.sealing`)."""
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True})


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A column of moments."""
    return Column(name, Moment, nullable=nullable)


def one_of(column: str, *values: str) -> CheckConstraint:
    """The allowed words, checked by the database too: a typing mistake must fail at once, not years later."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


# SQLite would keep a table whose key is not one number as two trees, and every commit would write a page more.
ONE_TREE: dict[str, Any] = {"sqlite_with_rowid": False}
