"""The embedded engine: SQLCipher behind SQLAlchemy. The only file that speaks SQLite."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from bot.store.errors import StoreDamaged, StoreError, StoreUnavailable, taken_already
from bot.store.key_check import LOG_ENDING
from bot.store.schema import Migrating
from states.text import Text, say

# Below this version, a commit that resets the write-ahead log while another connection checkpoints can lose pages
# ("WAL-reset bug", SQLite 3.7.0 to 3.51.2, https://sqlite.org/wal.html#walresetbug). 3.52.0 has the fix, but was
# withdrawn by its makers.
OLDEST_SOUND_SQLITE = (3, 51, 3)
WITHDRAWN_SQLITE = (3, 52, 0)

_PLAIN_HEADER = b"SQLite format 3\x00"

_PRIMARY_CODE = 0xFF  # the low byte of an extended result code, https://sqlite.org/rescode.html
_UNAVAILABLE: dict[int, Text] = {
    sqlcipher.SQLITE_BUSY: say("The store is busy with another program. Nothing was saved. Try again in a moment."),
    sqlcipher.SQLITE_LOCKED: say("The store is busy. Nothing was saved. Try again in a moment."),
    sqlcipher.SQLITE_FULL: say("The disk is full. Nothing was saved. Make room on the disk, then try again."),
    sqlcipher.SQLITE_READONLY: say(
        "The store may only be read. Nothing was saved. Let the bot write to the store's folder, then try again."
    ),
    sqlcipher.SQLITE_IOERR: say(
        "The disk did not answer as it should. Nothing was saved. Check the disk, then try again."
    ),
    sqlcipher.SQLITE_CANTOPEN: say("The store could not be opened. Check its folder and who may write there."),
    sqlcipher.SQLITE_PERM: say("The store could not be opened. Check its folder and who may write there."),
    sqlcipher.SQLITE_NOMEM: say("There is not enough memory. Nothing was saved. Try again in a moment."),
    sqlcipher.SQLITE_PROTOCOL: say("The store is busy. Nothing was saved. Try again in a moment."),
}
_DAMAGED = frozenset({sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB})
_FILES = "files"
_PASSING = frozenset({sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED})


def damaged(path: Path) -> StoreDamaged:
    """The error for a file that the right key does not open."""
    return StoreDamaged(
        say(
            "The key is right, but the store at {path} is damaged and cannot be read. Nothing more was written. Stop "
            "the bot, keep a copy of the file, and restore the last backup.",
            path=str(path),
        )
    )


def _code(error: BaseException | None) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY_CODE if isinstance(code, int) else None


def translated(error: DBAPIError | sqlcipher.Error, path: Path) -> StoreError | None:
    """The store's own error for a database error; None for a mistake in the program, which must stay visible.

    The database's message is left out on purpose: it may quote what was being written.
    """
    code = _code(error.orig if isinstance(error, DBAPIError) else error)
    if code in _UNAVAILABLE:
        return StoreUnavailable(_UNAVAILABLE[code])
    if code in _DAMAGED:
        return damaged(path)
    if isinstance(error, IntegrityError):
        return taken_already()
    return None


def passing(error: DBAPIError) -> bool:
    """Whether the connection is as good as before: somebody else was merely quicker."""
    return _code(error.orig) in _PASSING or isinstance(error, IntegrityError)


def check_version(version: tuple[int, ...]) -> None:
    """Raises StoreUnavailable for a SQLite with a known fault in its write-ahead log."""
    if version < OLDEST_SOUND_SQLITE or version == WITHDRAWN_SQLITE:
        raise StoreUnavailable(
            say(
                "This computer's SQLCipher is built on SQLite {version}, which can lose saved data. Nothing was "
                "opened. Install the versions that come with the bot, then start again.",
                version=".".join(map(str, version)),
            )
        )


def check_encrypted(path: Path) -> None:
    """Raises StoreDamaged if the file on the disk starts like a plain, unencrypted database."""
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise StoreDamaged(
                say(
                    "The store at {path} is not encrypted, so it was not opened. Restore the right file.",
                    path=str(path),
                )
            )


def opens_with(path: Path, database_key: bytes) -> bool:
    """Whether this key reads the file. Changes nothing: not even the write-ahead log or a lock is looked at."""
    connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        _unlock(connection, database_key)
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlcipher.DatabaseError as error:
        if _code(error) in _DAMAGED:
            return False
        raise
    finally:
        connection.close()
    return True


def _unlock(connection: Any, database_key: bytes) -> None:
    # Before the key: SQLCipher would otherwise write its own log lines to the error stream.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{database_key.hex()}'\"").fetchall()
    version = connection.execute("PRAGMA cipher_version").fetchone()
    if not version or not version[0]:
        raise StoreUnavailable(
            say(
                "This computer's SQLite cannot encrypt, so nothing was opened. Install the versions that come with the "
                "bot, then start again."
            )
        )


def make_engine(path: Path, database_key: bytes, busy_seconds: float, *, reading: bool = False) -> Engine:
    """An engine over the encrypted file: for writing, with one connection, or for reading, with a few.

    Readers see the last commit and never wait. A writing transaction gets the write lock at once, so that two turns
    can never both read and then both write. Nothing is opened yet, and a file that is not there is never made: one that
    was deleted under the bot would be a new and empty store. Raises StoreUnavailable for an unsound SQLite.
    """
    check_version(sqlcipher.sqlite_version_info)
    address = f"{path.absolute().as_uri()}?mode=rw"
    settings = [
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",  # only macOS knows the difference
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 16777216",
    ]
    if reading:
        settings.append("query_only = ON")

    def connect() -> Any:
        # isolation_level=None: the driver must not begin transactions by itself, or tables made in a migration would
        # stay after a rollback.
        connection = sqlcipher.connect(
            address,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=busy_seconds,
            cached_statements=256,
        )
        try:
            _unlock(connection, database_key)
            for setting in settings:
                connection.execute(f"PRAGMA {setting}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4 if reading else 1,
        max_overflow=4 if reading else 0,
        hide_parameters=True,  # an error's text must not carry what was being written
    )

    @event.listens_for(engine, "connect")
    def note_files(_: Any, record: Any) -> None:
        record.info[_FILES] = _files(path)

    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def in_place(connection: Connection, path: Path) -> bool:
    """Whether the files that this connection has open are still those of that name.

    SQLite writes on into a file that was deleted or replaced, and says that it was saved.
    """
    return None not in connection.info[_FILES] and connection.info[_FILES] == _files(path)


def _files(path: Path) -> tuple[tuple[int, int] | None, ...]:
    return _file(str(path)), _file(f"{path}{LOG_ENDING}")


def _file(name: str) -> tuple[int, int] | None:
    try:
        found = os.stat(name)  # noqa: PTH116  for every transaction, and Path takes several times as long
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _leave_references_unchecked(connection: Connection) -> None:
    """A migration that rebuilds a table drops the old one, which with checking on would count as deleting its rows.

    The checking can be switched only outside a transaction.
    """
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")


def _take_turn(connection: Connection) -> None:
    """Nothing to do: the transaction holds the write lock from its beginning."""


def _broken_references(connection: Connection) -> int:
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


MIGRATING = Migrating(_leave_references_unchecked, _take_turn, _broken_references)
