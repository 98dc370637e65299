"""Whose turn it is to poll: one process at a time, another when its time has run out, and somebody without a store."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import Store, StoreUnavailable
from bot.store.reopening import ReopeningStore
from bot.telegram import polling_lease
from bot.telegram.polling_lease import PollingLease
from states.text import say
from tests.bot.running import KEY


class Clock:
    """Both clocks of one machine."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return datetime(2026, 3, 14, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(polling_lease, "awake_and_asleep", lambda: made.seconds)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.db", KEY)
    yield opened
    opened.close()


class Broken:
    """A store that can be lost and found again."""

    def __init__(self, store: Store) -> None:
        self.there = store
        self.lost = ReopeningStore(StoreUnavailable(say("Away.")), self._never, lambda _: None, shared=True)

    def _never(self, make: bool) -> Store:
        raise StoreUnavailable(say("Away."))


def asked(*leases: PollingLease) -> list[bool]:
    """Let them ask, one after the other. Gives who may poll then."""

    async def ask() -> list[bool]:
        for lease in leases:
            await lease._ask()
        return [lease.is_mine() for lease in leases]

    return asyncio.run(ask())


def test_one_at_a_time_and_another_once_its_time_has_run_out(store: Store, clock: Clock) -> None:
    one, two = (PollingLease(store, 1, name, clock) for name in ("one", "two"))
    other_bot = PollingLease(store, 2, "two", clock)
    assert asked(one, two, other_bot) == [True, False, True]
    clock.seconds = 10
    assert asked(one, two) == [True, False]
    clock.seconds = 24.9
    assert asked(two) == [False], "fifteen seconds from when it was renewed"
    clock.seconds = 25
    assert not one.is_mine(), "it knows by its own clock, without asking, as after it was stopped for a while"
    clock.seconds = 25.1
    assert asked(two, one) == [True, False]


def test_without_a_store_whoever_polled_goes_on_and_who_waited_waits_a_little_longer(
    store: Store, clock: Clock
) -> None:
    """Somebody must say that nothing can be saved; two that ask would only disturb each other."""
    broken = Broken(store)
    one, two = (PollingLease(store, 1, name, clock) for name in ("one", "two"))
    assert asked(one, two) == [True, False]
    one.store = two.store = broken.lost
    clock.seconds = 5
    assert asked(one, two) == [True, False]
    clock.seconds = 15.1
    assert asked(one, two) == [True, True], "perhaps the first has died; if not, Telegram says so"
    assert not one.is_known
    assert not two.is_known
    one.store = two.store = store
    clock.seconds = 16
    assert asked(one, two) == [True, False]
    assert one.is_known
    broken.lost.close()


def test_a_process_that_starts_without_a_store_polls_at_once(store: Store, clock: Clock) -> None:
    broken = Broken(store)
    assert asked(PollingLease(broken.lost, 1, "one", clock)) == [True]
    broken.lost.close()
