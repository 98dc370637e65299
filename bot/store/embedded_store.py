"""The embedded store, opened: checks the key, brings the tables up to date, and gives transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store import schema
from bot.store.embedded_engine import (
    MIGRATING,
    check_encrypted,
    damaged,
    in_place,
    make_engine,
    opens_with,
    passing,
    translated,
)
from bot.store.errors import StoreDamaged, StoreGone, StoreUnavailable
from bot.store.key import MasterKey
from bot.store.key_check import check_path, compare_check, has_content, has_database, write_check
from bot.store.sealing import Sealer
from bot.store.shared_commits import SharedCommits
from bot.store.statements import Statements
from bot.store.store import Result, Store
from bot.store.transaction import Transaction
from bot.store.wake import Bell
from states.text import say


class EmbeddedStore(Store):
    """One encrypted file, open. One writer at a time; readers beside it."""

    shared = False

    def __init__(self, path: Path, writing: Engine, reading: Engine, sealer: Sealer, busy_seconds: float) -> None:
        """For `open_file` only."""
        self.path = path
        self._writing = writing
        self._reading = reading
        self._sealer = sealer
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._connection: Connection | None = None
        self._closed = False
        self._statements = Statements(writing.dialect)
        self._bell = Bell()
        self._commits = SharedCommits(lambda: self.transaction())

    @classmethod
    def open_file(
        cls, path: Path, key: MasterKey, busy_seconds: float, nonce_source: Callable[[int], bytes], *, make: bool
    ) -> EmbeddedStore:
        """See `Store.open`."""
        try:
            _check_key(path, key, make=make)
        except OSError as error:
            raise StoreUnavailable(
                say(
                    "The store at {path} could not be opened: {reason}. Nothing was saved. Check its folder and who "
                    "may write there.",
                    path=str(path),
                    reason=error.strerror or type(error).__name__,
                )
            ) from error
        writing = make_engine(path, key.database_key(), busy_seconds)
        reading = make_engine(path, key.database_key(), busy_seconds, reading=True)
        store = cls(path, writing, reading, key.sealer(nonce_source), busy_seconds)
        try:
            with store._translating():
                schema.bring_up_to_date(writing, MIGRATING)
            check_encrypted(path)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """See `Store.close`."""
        self._bell.close()
        self._commits.close()
        with self._lock:
            self._closed = True
            self._drop_connection()
            self._writing.dispose()
            self._reading.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """See `Store.transaction`."""
        if self._holder == threading.get_ident():
            raise RuntimeError("a transaction is already open in this thread")
        if not self._lock.acquire(timeout=self._busy_seconds):
            raise StoreUnavailable(say("The store is busy. Nothing was saved. Try again in a moment."))
        self._holder = threading.get_ident()
        try:
            with self._translating():
                if self._closed:  # by another thread, which found it damaged
                    raise StoreUnavailable(say("The store is busy. Nothing was saved. Try again in a moment."))
                if self._connection is None:
                    self._connection = self._writing.connect()
                transaction = Transaction(self._connection, self._sealer, statements=self._statements)
                with self._connection.begin():
                    yield transaction
                    if not in_place(self._connection, self.path):
                        raise _gone(self.path)
            if transaction.wakes:
                self._bell.ring(transaction.wakes)
        finally:
            self._holder = None
            self._lock.release()

    def submit(self, work: Callable[[Transaction], Result]) -> Future[Result]:
        """See `Store.submit`."""
        if self._holder == threading.get_ident():
            raise RuntimeError("a transaction is already open in this thread")
        return self._commits.submit(work)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """See `Store.reading`."""
        with self._translating(), self._reading.connect() as connection, connection.begin():
            yield Transaction(connection, self._sealer, locking=False, statements=self._statements)

    def read_whole(self) -> None:
        """See `Store.read_whole`."""
        with self.reading() as transaction:
            found = transaction.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise damaged(self.path)

    def listen(self, channel: str, timeout: float) -> Iterator[bool]:
        """See `Store.listen`. Hears this process only; what another one writes is found after `timeout`."""
        return self._bell.listen(channel, timeout)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeout as error:
            raise StoreUnavailable(say("The store is busy. Try again in a moment.")) from error
        except DBAPIError as error:
            if not passing(error) and self._holder == threading.get_ident():
                # After a disk error the next turn starts with a new connection, and so with what is really there.
                self._drop_connection()
            found = translated(error, self.path)
            if found is None:
                raise
            raise found from error

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _gone(path: Path) -> StoreGone:
    return StoreGone(
        say(
            "The store's file {path} or its log was moved, replaced or deleted. Nothing was saved. Put both back, or "
            "restore the last backup. To begin anew without what was saved, move {check} away too.",
            path=str(path),
            check=str(check_path(path)),
        )
    )


def _check_key(path: Path, key: MasterKey, *, make: bool) -> None:
    """Make sure of the key before the database is opened; for a new store, leave its file and its check value.

    The empty file comes first, so that a check value without a file means one that was deleted, not one never made.
    """
    if compare_check(path, key):
        # Beside an empty file SQLite would throw a log away.
        if not path.exists() or (not has_content(path) and (has_database(path) or not make)):
            raise _gone(path)
        return
    if not has_database(path):
        if not make:
            raise _gone(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    elif not (has_content(path) and opens_with(path, key.database_key())):
        # A store that lost its check value must prove the key read-only.
        raise StoreDamaged(
            say(
                "The store at {path} does not open with this key, and the file {check} that would tell why is "
                "missing: either the key is wrong or the store is damaged. Nothing was changed. Put that file back, "
                "or try the right key.",
                path=str(path),
                check=str(check_path(path)),
            )
        )
    write_check(path, key)
