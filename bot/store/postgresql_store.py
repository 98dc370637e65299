"""The store on PostgreSQL: many workers and many transactions at once, one turn of a chat at a time by row locks.

Not through a pooler that gives each transaction another connection: settings of a connection and LISTEN need their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from bot.store import schema
from bot.store.errors import CommitUnknown, StoreUnavailable
from bot.store.key import MasterKey
from bot.store.postgresql_engine import MIGRATING, check_server, is_lost, make_engine, place, read_url, translated
from bot.store.postgresql_key_check import check_key, has_check
from bot.store.sealing import Sealer
from bot.store.store import Result, Store
from bot.store.transaction import Transaction
from bot.store.wake import listen_postgresql, notify
from states.text import say


class PostgresqlStore(Store):
    """One database, open, with a pool of connections."""

    shared = True

    def __init__(self, engine: Engine, sealer: Sealer, busy_seconds: float, pool_size: int) -> None:
        """For `open_server` only."""
        self.url = engine.url
        self._engine = engine
        self._listening = make_engine(engine.url, busy_seconds, 0, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._sealer = sealer
        self._here = threading.local()
        self._closed = False
        # One thread fewer than there are connections: a reader, such as a probe, always finds one.
        self._threads = ThreadPoolExecutor(max(1, pool_size - 1), thread_name_prefix="store")

    @classmethod
    def open_server(
        cls,
        location: str,
        key: MasterKey,
        busy_seconds: float,
        pool_size: int,
        nonce_source: Callable[[int], bytes],
        *,
        make: bool,
    ) -> PostgresqlStore:
        """See `Store.open`."""
        engine = make_engine(read_url(location), busy_seconds, pool_size)
        store = cls(engine, key.sealer(nonce_source), busy_seconds, pool_size)
        try:
            with _translating(engine.url):
                with engine.connect() as connection, connection.begin():
                    check_server(connection)
                check_key(engine, key, make=make)
                schema.bring_up_to_date(engine, MIGRATING)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def exists_on_server(cls, location: str) -> bool:
        """See `Store.exists`."""
        engine = make_engine(read_url(location), 5.0, 1)
        try:
            with _translating(engine.url), engine.connect() as connection, connection.begin():
                return has_check(connection)
        finally:
            engine.dispose()

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True
        self._threads.shutdown()
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """See `Store.transaction`."""
        if getattr(self._here, "is_writing", False):
            raise RuntimeError("a transaction is already open in this thread")
        self._here.is_writing = True
        try:
            with _translating(self.url), self._engine.connect() as connection, connection.begin() as begun:
                transaction = Transaction(connection, self._sealer)
                yield transaction
                notify(connection, transaction.wakes)
                _refuse_failed(connection)
                with self._committing():
                    begun.commit()
        finally:
            self._here.is_writing = False

    def submit(self, work: Callable[[Transaction], Result]) -> Future[Result]:
        """See `Store.submit`. PostgreSQL shares its commits by itself."""
        if getattr(self._here, "is_writing", False):
            raise RuntimeError("a transaction is already open in this thread")
        try:
            return self._threads.submit(self._done, work)
        except RuntimeError:  # closed
            closed: Future[Result] = Future()
            closed.set_exception(StoreUnavailable(say("The store is closed. Nothing was saved.")))
            return closed

    def _done(self, work: Callable[[Transaction], Result]) -> Result:
        with self.transaction() as transaction:
            return work(transaction)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """See `Store.reading`."""
        with _translating(self.url), self._engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Transaction(connection, self._sealer, locking=False)

    def read_whole(self) -> None:
        """See `Store.read_whole`. Nothing to do: whoever looks after the database watches its files."""

    def listen(self, channel: str, timeout: float) -> Iterator[bool]:
        """See `Store.listen`. Hears every worker of this database, over a connection of its own."""
        return listen_postgresql(self._listening, channel, timeout, lambda: self._closed)

    @contextmanager
    def _committing(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if not is_lost(error):
                raise
            raise CommitUnknown(
                say(
                    "The connection to the database at {place} failed while something was being saved. It was saved "
                    "whole or not at all. Trying again is safe.",
                    place=place(self.url),
                )
            ) from error


def _refuse_failed(connection: Connection) -> None:
    """PostgreSQL answers the commit of a failed transaction by undoing it, without an error."""
    driver = connection.connection.driver_connection
    if driver is not None and driver.info.transaction_status == TransactionStatus.INERROR:
        raise RuntimeError("an error inside the transaction was passed over, so it cannot be committed")


@contextmanager
def _translating(url: URL) -> Iterator[None]:
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(say("The store is busy. Try again in a moment.")) from error
    except DBAPIError as error:
        found = translated(error, url)
        if found is None:
            raise
        raise found from error
