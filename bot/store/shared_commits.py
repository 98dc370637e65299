"""Many small transactions in one commit, for the store that writes one at a time.

A commit waits for the disk, which takes about as long as the work itself; what comes meanwhile shares the next one.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.store.errors import StoreUnavailable
from bot.store.transaction import Transaction
from states.text import say

Result = TypeVar("Result")

MOST_TOGETHER = 64
"""Works that share one commit at most, so that the first of them does not wait long for the last."""


@dataclass(frozen=True, slots=True)
class _Work:
    do: Callable[[Transaction], Any]
    future: Future[Any]


class SharedCommits:
    """One thread that does the works it is given in the order they came, as many in one transaction as wait."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Transaction]]) -> None:
        self._transaction = transaction
        self._waiting: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._closed = False

    def submit(self, work: Callable[[Transaction], Result]) -> Future[Result]:
        """See `Store.submit`."""
        future: Future[Result] = Future()
        with self._starting:
            if self._closed:
                future.set_exception(StoreUnavailable(say("The store is closed. Nothing was saved.")))
                return future
            if self._thread is None:  # only now: a process that only reads needs no thread
                self._thread = threading.Thread(target=self._work_off, name="store", daemon=True)
                self._thread.start()
            self._waiting.put(_Work(work, future))
        return future

    def close(self) -> None:
        """Do what was given so far, and take nothing more."""
        with self._starting:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._waiting.put(None)
            thread.join()

    def _work_off(self) -> None:
        while (first := self._waiting.get()) is not None:
            works = [first]
            last = False
            while len(works) < MOST_TOGETHER and not self._waiting.empty():
                another = self._waiting.get()
                if another is None:
                    last = True
                    break
                works.append(another)
            # From here on nobody can take a work back; one that was taken back before is not done.
            self._do([work for work in works if work.future.set_running_or_notify_cancel()])
            if last:
                return

    def _do(self, works: list[_Work]) -> None:
        """Do these works in one transaction; where that fails, each in its own.

        Where one of them finds that the store is down, the others are done without it: it may be down for that one
        alone, as where one chat's page is damaged, and they would all wait for it for ever.
        """
        done: list[Any] = []
        doing: _Work | None = None
        try:
            with self._transaction() as transaction:
                for doing in works:
                    done.append(doing.do(transaction))  # noqa: PERF401  it must be known which one failed
                doing = None
        except BaseException as error:
            if len(works) == 1 or (doing is None and isinstance(error, StoreUnavailable)):
                for work in works:  # the next one would fare no better, and each would wait as long
                    work.future.set_exception(error)
            elif doing is not None and isinstance(error, StoreUnavailable):
                doing.future.set_exception(error)
                self._do([work for work in works if work is not doing])
            else:
                for work in works:
                    self._do([work])
            return
        for work, result in zip(works, done, strict=True):
            work.future.set_result(result)
