"""A store that need not be open: while it cannot be used it says so at once, and it is opened again in the background.

Whoever uses it meets StoreUnavailable and may try again; nobody has to start the bot anew. A store that is found
damaged or gone is closed, so that its files can be put back under the running bot.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from bot.store.errors import SealBroken, StoreDamaged, StoreError, StoreGone, StoreUnavailable
from bot.store.store import Result, Store
from bot.store.transaction import Transaction
from states.text import say

RETRY_SECONDS = 3.0
"""Between two tries to open the store."""
REST = 5
"""A try that takes long, such as reading a large file whole, is followed by a pause that many times as long."""
STOP_SECONDS = 1.0


class ReopeningStore(Store):
    """A store behind which another one is opened, and opened again after it was found damaged or gone."""

    def __init__(
        self,
        first: Store | StoreError,
        opening: Callable[[bool], Store],
        told: Callable[[StoreError | None], None],
        *,
        shared: bool,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """`first` is what came of the first try to open it; after an error, the trying goes on in the background.

        `opening` opens it, or raises StoreError. It is given whether a store may be made where there is none: until
        one was open, since what was there once must come back and not be begun anew. `told` hears of each new
        trouble, and None when the store is open after one.
        """
        self.shared = shared
        self._opening = opening
        self._told = told
        self._retry_seconds = retry_seconds
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._must_read_whole = False
        self.trouble: StoreError | None = None
        """Why the store is not open; None while it is."""
        self._store = first if isinstance(first, Store) else None
        self._may_make = self._store is None
        if isinstance(first, StoreError):
            self._hear(first)
            self._start_retrying(None)

    def close(self) -> None:
        """See `Store.close`."""
        self._closed.set()
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """See `Store.transaction`."""
        with self._using() as store, store.transaction() as transaction:
            yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """See `Store.reading`."""
        with self._using() as store, store.reading() as transaction:
            yield transaction

    def submit(self, work: Callable[[Transaction], Result]) -> Future[Result]:
        """See `Store.submit`."""
        try:
            store = self._open_one()
        except StoreUnavailable as error:
            failed: Future[Result] = Future()
            failed.set_exception(error)
            return failed
        future = store.submit(work)
        future.add_done_callback(lambda done: self._look_at(store, None if done.cancelled() else done.exception()))
        return future

    def read_whole(self) -> None:
        """See `Store.read_whole`."""
        with self._using() as store:
            store.read_whole()

    def listen(self, channel: str, timeout: float) -> Iterator[bool]:
        """See `Store.listen`. Goes on over any trouble."""
        while not self._closed.is_set():
            store = self._store
            if store is not None:
                yield from store.listen(channel, timeout)  # ends when that one is closed
            elif not self._closed.wait(min(timeout, self._retry_seconds)):
                yield False

    def _open_one(self) -> Store:
        store, trouble = self._store, self.trouble
        if store is None:
            raise StoreUnavailable(trouble.sentence if trouble else _OPENING)
        return store

    @contextmanager
    def _using(self) -> Iterator[Store]:
        store = self._open_one()
        try:
            yield store
        except StoreError as error:
            self._look_at(store, error)
            raise

    def _look_at(self, store: Store, error: BaseException | None) -> None:
        """Give the store up where the error is about the whole of it, and not about one value."""
        if not isinstance(error, StoreDamaged | StoreGone) or isinstance(error, SealBroken):
            return
        with self._lock:
            if self._store is store:
                self._store = None
                self._hear(error)
                self._start_retrying(store)

    # ---- in the background

    def _start_retrying(self, old: Store | None) -> None:
        self._thread = threading.Thread(target=self._retry, args=(old,), name="reopening the store", daemon=True)
        self._thread.start()

    def _retry(self, old: Store | None) -> None:
        if old is not None:
            _close(old)
        pause = self._retry_seconds
        while not self._closed.wait(pause):
            began = time.monotonic()
            try:
                store = self._opened()
            except StoreError as error:
                self._hear(error)
            except Exception as error:  # whatever it is, it may not end the trying
                self._hear(_unforeseen(error))
            else:
                with self._lock:
                    if self._closed.is_set():
                        return _close(store)
                    self._store, self.trouble = store, None
                    self._may_make = self._must_read_whole = False
                self._told(None)
                return None
            pause = max(self._retry_seconds, REST * (time.monotonic() - began))
        return None

    def _opened(self) -> Store:
        store = self._opening(self._may_make)
        if self._must_read_whole:  # a damaged page may be anywhere, and a file that is put back may come slowly
            try:
                store.read_whole()
            except BaseException:
                _close(store)
                raise
        return store

    def _hear(self, error: StoreError) -> None:
        self._must_read_whole |= isinstance(error, StoreDamaged | StoreGone)
        before, self.trouble = self.trouble, error
        if before is None or before.sentence != error.sentence:
            self._told(error)


_OPENING = say("The store is being opened. Try again in a moment.")


def _unforeseen(error: Exception) -> StoreError:
    return StoreUnavailable(
        say("The store could not be opened ({reason}). Nothing was saved. Ask for help.", reason=type(error).__name__)
    )


def _close(store: Store) -> None:
    with contextlib.suppress(Exception):  # it is given up already, and what it could not say any more says nothing
        store.close()
