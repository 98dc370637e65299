"""The store, opened, whichever engine is behind it."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from bot.store.errors import StoreUnavailable
from bot.store.key import MasterKey
from bot.store.transaction import Transaction
from states.text import say

Location = Path | str
"""Where a store is: the path of the embedded store's file, or PostgreSQL's address, `postgresql+psycopg://…`."""

Result = TypeVar("Result")


class Store(ABC):
    """One store, open. Its methods may be called from any thread; a transaction stays in one thread.

    `shared`: other processes may be at work on it.
    """

    shared: bool

    @staticmethod
    def open(
        location: Location,
        key: MasterKey,
        *,
        busy_seconds: float = 5.0,
        pool_size: int = 10,
        nonce_source: Callable[[int], bytes] = os.urandom,
        make: bool = True,
    ) -> Store:
        """Open the store, or make it where there is none and `make` is left on.

        `busy_seconds`: how long to wait for another writer, and for a free connection. `pool_size`: how many
        transactions PostgreSQL may run for this process at once; the embedded store writes one at a time.

        Raises WrongKey (nothing was touched), StoreDamaged, StoreFromTheFuture, StoreUnavailable or AddressUnusable.
        """
        # Imported here, so that neither store pays for the other's engine.
        if isinstance(location, Path):
            from bot.store.embedded_store import EmbeddedStore

            return EmbeddedStore.open_file(location, key, busy_seconds, nonce_source, make=make)
        from bot.store.postgresql_store import PostgresqlStore

        return PostgresqlStore.open_server(location, key, busy_seconds, pool_size, nonce_source, make=make)

    @staticmethod
    def exists(location: Location) -> bool:
        """Whether a store was ever made there, so that no new key may be made for it. Changes nothing.

        Raises StoreUnavailable if the folder or PostgreSQL cannot be asked, or AddressUnusable.
        """
        if isinstance(location, Path):
            from bot.store.key_check import store_exists

            try:
                return store_exists(location)
            except OSError as error:
                raise StoreUnavailable(
                    say(
                        "The folder {path} could not be read: {reason}. Nothing was opened or changed. Check who may "
                        "read it.",
                        path=str(location.parent),
                        reason=error.strerror or type(error).__name__,
                    )
                ) from error
        from bot.store.postgresql_store import PostgresqlStore

        return PostgresqlStore.exists_on_server(location)

    @abstractmethod
    def close(self) -> None:
        """Close every connection and end every listener. An open transaction must have ended."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """A transaction that writes: committed and on the disk when the block ends, undone if the block raises.

        The embedded store runs one at a time, and a second waits. PostgreSQL runs many; those that lock the same row
        wait for each other. Raises StoreUnavailable, StoreConflict or StoreDamaged: then nothing was saved; or
        CommitUnknown.
        """

    @abstractmethod
    def submit(self, work: Callable[[Transaction], Result]) -> Future[Result]:
        """Have this work done in a writing transaction, in another thread; its result comes after the commit.

        Works that wait for the embedded store at the same time share one commit, one after the other. If any of them
        fails, all are undone and each is done again by itself, so a work may run twice and must do nothing outside its
        transaction. The future raises what the work or `transaction` raises.
        """

    def run(self, work: Callable[[Transaction], Result]) -> Result:
        """As `submit`, and wait for the result."""
        return self.submit(work).result()

    @abstractmethod
    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that only reads, beside any writer, and sees one moment: the last commit before it began.

        It locks nothing, and writing in it is refused. Raises StoreUnavailable or StoreDamaged.
        """

    @abstractmethod
    def read_whole(self) -> None:
        """Read the whole store, where its files are the bot's to watch. Raises StoreUnavailable or StoreDamaged."""

    @abstractmethod
    def listen(self, channel: str, timeout: float) -> Iterator[bool]:
        """Wait for wake-ups on this channel (`bot.store.wake.wake`), in a thread of one's own.

        Gives True at once, for what came before; then True whenever it is woken, and False when `timeout` seconds have
        passed without. Several wake-ups at once may be one. A lost connection is made again. Ends when the store is
        closed.
        """
