"""Waking whoever waits for work, on each engine: only after the commit, never too early, and again after a break."""

from __future__ import annotations

import contextlib
import threading
import time

import pytest

from bot.store import Store
from bot.store.wake import wake
from tests.store.conftest import KEY
from tests.store.postgresql import administer


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def test_a_listener_looks_once_at_once_and_then_when_woken(store: Store) -> None:
    listener = store.listen("outbox", 5.0)
    assert next(listener) is True, "what was written before anybody listened"
    with store.transaction() as transaction:
        wake(transaction, "outbox")
        wake(transaction, "outbox")
    begun = time.monotonic()
    assert next(listener) is True
    assert time.monotonic() - begun < 2


def test_nothing_is_heard_of_another_channel_or_of_what_was_undone(store: Store) -> None:
    listener = store.listen("outbox", 0.1)
    assert next(listener) is True
    with store.transaction() as transaction:
        wake(transaction, "due")
    with contextlib.suppress(ZeroDivisionError), store.transaction() as transaction:
        wake(transaction, "outbox")
        raise ZeroDivisionError
    assert next(listener) is False


def test_nobody_is_woken_before_the_commit(store: Store) -> None:
    """Whoever looks too early sees nothing, and would then wait in vain."""
    listener = store.listen("outbox", 0.1)
    assert next(listener) is True
    with store.transaction() as transaction:
        wake(transaction, "outbox")
        assert next(listener) is False
    assert next(listener) is True


def test_closing_the_store_ends_its_listeners(store: Store) -> None:
    listening = threading.Event()

    def listen() -> None:
        for _ in store.listen("outbox", 60.0):
            listening.set()

    thread = threading.Thread(target=listen)
    thread.start()
    assert listening.wait(5)
    store.close()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize("channel", ["", "Outbox", "a b", 'a"', "a;b", "a" * 50])
def test_a_channel_of_another_form_is_a_mistake(store: Store, channel: str) -> None:
    with store.transaction() as transaction, pytest.raises(ValueError, match="small letters"):
        wake(transaction, channel)
    with pytest.raises(ValueError, match="small letters"):
        next(store.listen(channel, 1.0))


def test_another_worker_is_woken_and_a_lost_connection_is_made_again(database: str) -> None:
    store, other = Store.open(database, KEY), Store.open(database, KEY)
    listener = other.listen("outbox", 5.0)
    assert next(listener) is True
    with store.transaction() as transaction:
        wake(transaction, "outbox")
    assert next(listener) is True
    listening = "query LIKE 'LISTEN%' OR query = 'SELECT 1'"
    administer(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {listening}")  # noqa: S608
    assert next(listener) is False, "nobody knows whether there was something: the listener looks again by itself"
    assert next(listener) is True, "and once more when it hears again"
    with store.transaction() as transaction:
        wake(transaction, "outbox")
    assert next(listener) is True
    listener.close()  # type: ignore[attr-defined]
    store.close()
    other.close()
