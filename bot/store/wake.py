"""Waking whoever waits for work: other threads on the embedded store, every worker on PostgreSQL.

A wake-up is a hint and may be lost with a connection, so a listener also looks again by itself after a while. What must
be done is always a row.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.store.transaction import Transaction

_CHANNEL = re.compile(r"[a-z][a-z_]{0,40}")
_SLICE_SECONDS = 0.25  # how long a closed store may go unnoticed
_NOTIFY = text("SELECT pg_notify('sharewise_' || CAST(:channel AS text), '')")


def wake(transaction: Transaction, channel: str) -> None:
    """Wake the listeners of this channel once the transaction is committed; never if it is undone.

    `channel`: small letters and underscores; ValueError for anything else.
    """
    transaction.wakes.add(_checked(channel))


def _checked(channel: str) -> str:
    if not _CHANNEL.fullmatch(channel):
        raise ValueError("a channel has small letters and underscores")
    return channel


class Bell:
    """Wakes threads of this process."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rung: dict[str, int] = {}
        self._closed = False

    def ring(self, channels: Iterable[str]) -> None:
        """Wake the listeners of these channels."""
        with self._condition:
            for channel in channels:
                self._rung[channel] = self._rung.get(channel, 0) + 1
            self._condition.notify_all()

    def close(self) -> None:
        """End every listener."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def listen(self, channel: str, timeout: float) -> Iterator[bool]:
        """See `Store.listen`."""
        _checked(channel)
        heard = -1
        while not self._closed:
            with self._condition:
                woken = self._condition.wait_for(partial(self._has_news, channel, heard), timeout)
                heard = self._rung.get(channel, 0)
                if self._closed:
                    return
            yield woken

    def _has_news(self, channel: str, heard: int) -> bool:
        return self._closed or self._rung.get(channel, 0) != heard


def notify(connection: Connection, channels: Iterable[str]) -> None:
    """Have PostgreSQL wake the listeners of these channels when this transaction is committed."""
    for channel in sorted(channels):
        connection.execute(_NOTIFY, {"channel": channel})


def listen_postgresql(engine: Engine, channel: str, timeout: float, closed: Callable[[], bool]) -> Iterator[bool]:
    """See `Store.listen`. `engine`: gives connections in autocommit, for this alone."""
    _checked(channel)
    failures = (DBAPIError, engine.dialect.loaded_dbapi.Error)
    while not closed():
        try:
            with engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute(f"LISTEN sharewise_{channel}")
                yield True  # what was written before anybody listened
                while not closed():
                    woken = _woken(driver, timeout, closed)
                    if not woken:
                        driver.execute("SELECT 1")  # a connection that died quietly is noticed here
                    yield woken
        except failures:
            _sleep(min(timeout, 1.0), closed)
            yield False


def _woken(driver: Any, timeout: float, closed: Callable[[], bool]) -> bool:
    until = time.monotonic() + timeout
    while (left := until - time.monotonic()) > 0 and not closed():
        if any(True for _ in driver.notifies(timeout=min(left, _SLICE_SECONDS), stop_after=1)):
            for _ in driver.notifies(timeout=0):
                pass  # several wake-ups that came together are one
            return True
    return False


def _sleep(seconds: float, closed: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not closed():
        time.sleep(min(left, _SLICE_SECONDS))
