"""PostgreSQL fails in the middle of turns: a backend ends or is killed, the server stops at once, the network takes the
commit or its answer. Every update is dealt with once, whichever of these happened to it.

`PG_FAULTS=10000` for the long run.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import text

from bot import steps
from bot.intake import Intake
from bot.steps import Step
from bot.store import Store, StoreUnavailable
from bot.turns.incoming import Came, Incoming
from bot.turns.turn import Surroundings
from states.flow import the_flow
from tests.bot.running import seen_by_the_store
from tests.store.cut import CuttingProxy
from tests.store.postgresql import KEY, new_database, server

COUNT = int(os.environ.get("PG_FAULTS", "30"))
TEXTS = ("/start", "start", "no", "england")
"""A walk's beginning, each text a turn."""
MOMENTS = (Step.CLAIMED, Step.TURN_WRITTEN)


class Turns:
    """The intake over a database that fails when told to."""

    def __init__(self, address: str, proxy: CuttingProxy) -> None:
        self.proxy = proxy
        self.direct = address.replace("+psycopg", "")
        self.store = Store.open(proxy.address(address), KEY, busy_seconds=2.0, pool_size=3)
        self.intake = Intake(self.store, Surroundings(the_flow(), os.urandom), 1, lambda: datetime.now(UTC))
        self.at: Step | None = None
        self.fault: Callable[[], None] = lambda: None
        self.seen: Counter[str] = Counter()
        self.updates = 0
        self.chats = 0

    def passed(self, step: Step) -> None:
        if step is self.at:
            self.at = None
            self.fault()

    def give(self, incoming: Incoming) -> None:
        """Until it is saved, as the receiver does."""
        deadline = time.monotonic() + 20
        while True:
            try:
                self.intake.take(incoming).result()
            except StoreUnavailable as error:
                self.seen[type(error).__name__] += 1
                assert time.monotonic() < deadline, "never saved"
                time.sleep(0.01)
            else:
                return

    def walk(self, before_turn: Callable[[], None]) -> None:
        """Somebody's turns."""
        self.chats += 1
        for words in TEXTS:
            before_turn()
            self.updates += 1
            self.give(Incoming(self.updates, Came.TEXT, self.chats, self.updates, words))

    # ---- what can go wrong

    def _on_each_backend(self, what: str) -> list[int]:
        of_the_turn = "application_name = 'sharewise' AND state LIKE 'idle in%'"
        with psycopg.connect(self.direct, autocommit=True) as connection:
            asked = f"SELECT pid, {what} FROM pg_stat_activity WHERE {of_the_turn}"  # noqa: S608  nothing from outside
            return [row[0] for row in connection.execute(asked.encode())]

    def backend_ended(self) -> None:
        self._on_each_backend("pg_terminate_backend(pid, 5000)")

    def backend_killed(self) -> None:
        """As the system does when memory is short; the server then starts all of them anew."""
        for backend in self._on_each_backend("0"):
            os.kill(backend, signal.SIGKILL)

    def server_stopped(self) -> None:
        server().stop_at_once()
        server().start()

    def answer_lost(self) -> None:
        self.proxy.cut_answer_to(b"COMMIT\0")

    def commit_lost(self) -> None:
        self.proxy.cut_before(b"COMMIT\0")


@pytest.fixture
def turns() -> Iterator[Turns]:
    with new_database() as address, CuttingProxy(server().folder) as proxy:
        running = Turns(address, proxy)
        steps.watch(running.passed)
        yield running
        steps._watchers.remove(running.passed)
        running.store.close()


def test_whatever_postgresql_does_nothing_is_lost_and_nothing_doubled(turns: Turns) -> None:
    chance = random.Random(20_260_314)
    turns.walk(lambda: None)
    kinds = (turns.backend_ended, turns.backend_killed, turns.server_stopped, turns.answer_lost, turns.commit_lost)
    faults = [kinds[number % len(kinds)] for number in range(COUNT)]
    chance.shuffle(faults)

    def go_wrong() -> None:
        if faults:
            turns.at, turns.fault = chance.choice(MOMENTS), faults.pop()

    while faults:
        turns.walk(go_wrong)
    turns.at = None
    turns.walk(lambda: None)
    assert turns.seen["CommitUnknown"] >= COUNT * 2 // 5, "lost on the way to the commit, or on the way back"
    assert turns.seen.total() >= COUNT
    with turns.store.reading() as transaction:
        execute = transaction.connection.execute
        finished = execute(text("SELECT update_id FROM updates WHERE finished_at IS NOT NULL ORDER BY 1")).scalars()
        assert list(finished) == list(range(1, turns.updates + 1))
        said = [row[1] for row in execute(text("SELECT person_id, count(*) FROM outbox GROUP BY person_id"))]
    assert len(said) == turns.chats
    assert len(set(said)) == 1, "each was told as much as the first, in whose turns nothing failed"
    for chat in range(1, turns.chats + 1):
        log = seen_by_the_store(turns.store, chat).log
        assert [entry.question for entry in log] == ["entry", "danger", "nation"], chat
