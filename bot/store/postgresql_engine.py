"""The PostgreSQL engine: psycopg 3 behind SQLAlchemy, its errors and its locks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from psycopg import Error as DriverError
from psycopg import OperationalError as DriverOperationalError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from bot.store.errors import AddressUnusable, StoreDamaged, StoreError, StoreGone, StoreUnavailable, taken_already
from bot.store.schema import Migrating
from states.text import Text, say

OLDEST_SERVER = 14
_DRIVER = "postgresql+psycopg"

# A lock that every worker takes before it changes the tables: any number that nobody else uses.
_TABLES_LOCK = int.from_bytes(b"sharewis")
_TABLES_LOCK_WAIT = "60s"
_FORGOTTEN_TRANSACTION = "60s"  # a worker that hangs in the middle must not hold a chat's row for ever

_LOST = say(
    "The connection to the database at {place} failed. Nothing was saved. Check that the database is running, and its "
    "address, name and password."
)
_BUSY = say("The store is busy. Nothing was saved. Try again in a moment.")
_FULL = say("The disk of the database is full. Nothing was saved. Make room on the disk, then try again.")
_SHORT = say("The database is short of memory or connections. Nothing was saved. Try again in a moment.")
_READ_ONLY = say(
    "The database may only be read. Nothing was saved. Give the address of the database that may be written to."
)
_REFUSED = say(
    "The database does not let this account make or use the store's tables. Nothing was saved. Let the account create "
    "tables in its database, then try again."
)
_EMPTY = say(
    "The store's tables are gone from the database at {place}. Nothing was saved. Restore the last backup, or give the "
    "address of the right database."
)
_DISK = say("The database's disk did not answer as it should. Nothing was saved. Check the disk, then try again.")

# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest beginning of a code that is here counts.
_UNAVAILABLE: dict[str, Text] = {
    "53100": _FULL,
    "53": _SHORT,
    "25006": _READ_ONLY,
    "25P03": _LOST,  # idle in a transaction for too long
    "40": _BUSY,  # a deadlock, or two that could not run one after the other
    "55P03": _BUSY,  # waited too long for a lock
    "57014": _BUSY,  # cancelled, such as for its time
    "57P": _LOST,  # the server is shutting down, starting or has crashed
    "08": _LOST,
    "28": _LOST,
    "3D": _LOST,  # no database of this name
    "42501": _REFUSED,
    "58": _DISK,
}
_DAMAGED = frozenset({"XX001", "XX002"})
_NO_TABLE = "42P01"


def read_url(location: str) -> URL:
    """The address in SQLAlchemy's form, with our driver. Raises AddressUnusable if it is not PostgreSQL's."""
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in (_DRIVER, "postgresql") or not url.database:
        raise AddressUnusable(
            say(
                "The address of the database cannot be used. It looks like {example}. Nothing was opened.",
                example=f"{_DRIVER}://name:password@host/database",
            )
        ) from None
    return url.set(drivername=_DRIVER)


def place(url: URL) -> str:
    """Where the database is, for people: without name and password."""
    host = url.host or url.query.get("host") or "localhost"
    return f"{host if isinstance(host, str) else ','.join(host)}/{url.database}"


def _at(sentence: Text, url: URL) -> Text:
    return replace(sentence, values=(("place", place(url)),))


def tables_gone(url: URL) -> StoreGone:
    """The error for a database that held a store and now holds none."""
    return StoreGone(_at(_EMPTY, url))


def _sqlstate(error: BaseException | None) -> str | None:
    return error.sqlstate if isinstance(error, DriverError) else None


def is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone, so that an answer may have got lost with it."""
    code = _sqlstate(error.orig)
    if code is None:  # the driver's own finding, not the server's
        return error.connection_invalidated or isinstance(error.orig, DriverOperationalError)
    return code.startswith(("08", "57P"))


def translated(error: DBAPIError, url: URL) -> StoreError | None:
    """The store's own error for a database error; None for a mistake in the program, which must stay visible.

    The database's message is left out on purpose: it may quote what was being written.
    """
    code = _sqlstate(error.orig)
    if code is None:
        return StoreUnavailable(_at(_LOST, url)) if is_lost(error) else None
    for part in (code, code[:3], code[:2]):
        if part in _UNAVAILABLE:
            return StoreUnavailable(_at(_UNAVAILABLE[part], url))
    if code == _NO_TABLE:  # such as a server that was started again over an empty folder
        return tables_gone(url)
    if code in _DAMAGED:
        return StoreDamaged(
            say(
                "The database at {place} says that its files are damaged. Nothing more was written. Stop the bot, keep "
                "a copy of the database's files, and restore the last backup.",
                place=place(url),
            )
        )
    return taken_already() if isinstance(error, IntegrityError) else None


def make_engine(url: URL, busy_seconds: float, pool_size: int, **more: Any) -> Engine:
    """An engine with a pool of `pool_size` connections. Nothing is opened yet. `more` goes to SQLAlchemy."""
    patience: dict[str, Any] = {
        "application_name": "sharewise",
        "connect_timeout": 10,
        # A server that went away without a word is noticed after a minute, not after hours.
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
    }
    if "poolclass" not in more:
        more |= {"pool_size": pool_size, "max_overflow": 0, "pool_timeout": busy_seconds, "pool_use_lifo": True}
    engine = create_engine(
        url,
        connect_args={name: value for name, value in patience.items() if name not in url.query},
        hide_parameters=True,  # an error's text must not carry what was being written
        pool_pre_ping=True,
        use_native_hstore=False,
        **({"isolation_level": "READ COMMITTED"} | more),
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        # "Saved" is said after the commit, so a commit must be on the disk, whatever the server's habit is.
        connection.execute(
            "SELECT set_config('lock_timeout', %s, false), set_config('TimeZone', 'UTC', false),"
            " set_config('idle_in_transaction_session_timeout', %s, false),"
            " set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false)",
            (f"{max(1, round(busy_seconds * 1000))}ms", _FORGOTTEN_TRANSACTION),
        )
        connection.commit()

    return engine


def check_server(connection: Connection) -> None:
    """Raises StoreUnavailable for a server too old, or a database that does not keep every language's letters."""
    version, encoding = connection.execute(
        text("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
    ).one()
    if version < OLDEST_SERVER * 10_000:
        raise StoreUnavailable(
            say(
                "The database is PostgreSQL {version}; {oldest} or newer is needed. Nothing was opened.",
                version=version // 10_000,
                oldest=OLDEST_SERVER,
            )
        )
    if encoding != "UTF8":
        raise StoreUnavailable(
            say(
                "The database's encoding is {encoding}; UTF8 is needed. Nothing was opened. Make a new database with "
                "the encoding UTF8.",
                encoding=encoding,
            )
        )


def lock_tables(connection: Connection) -> None:
    """Wait until no other worker is changing the tables; held until the transaction ends."""
    connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": _TABLES_LOCK_WAIT})
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TABLES_LOCK})


def _nothing(_: Connection) -> None:
    """References are always checked, and a table is changed in place."""


def _no_broken_references(_: Connection) -> int:
    return 0


MIGRATING = Migrating(_nothing, lock_tables, _no_broken_references)
