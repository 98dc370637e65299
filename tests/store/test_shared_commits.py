"""Works that share a commit: one that nobody waits for any more must not stop the others, or the bot would hang."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from bot.store import Store, Transaction, moments
from tests.store.conftest import KEY, NOW

SECONDS = 10.0


def test_a_work_that_is_taken_back_does_not_stop_the_store(tmp_path: Path) -> None:
    """Taken back before it began, it is not done; taken back too late, it is done all the same. The rest goes on."""
    store = Store.open(tmp_path / "sharewise.db", KEY)
    begun, go_on = threading.Event(), threading.Event()

    def slow(transaction: Transaction) -> None:
        begun.set()
        go_on.wait(SECONDS)
        moments.save(transaction, "slow", NOW)

    under_way = store.submit(slow)
    assert begun.wait(SECONDS)
    waiting = store.submit(lambda transaction: moments.save(transaction, "waiting", NOW))
    assert not under_way.cancel()
    assert waiting.cancel()
    go_on.set()
    assert under_way.result(SECONDS) is None
    with pytest.raises(CancelledError):
        waiting.result(SECONDS)
    assert store.submit(lambda transaction: moments.find(transaction, "slow")).result(SECONDS) == NOW
    assert store.submit(lambda transaction: moments.find(transaction, "waiting")).result(SECONDS) is None
    store.close()
