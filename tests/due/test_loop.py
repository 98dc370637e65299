"""The loop of due rows on each engine: once, on time, whoever dies, and nobody in the way of others."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.due import loop
from bot.due.again import Again
from bot.due.loop import Due, Handler
from bot.steps import Step
from bot.store import Store, StoreUnavailable, Transaction, due, outbox
from bot.store.due import DueRow
from bot.store.tables import due as due_table
from bot.store.tables import outbox as outbox_table
from bot.store.wake import wake
from bot.turns.later import CHANNEL
from bot.turns.turn import Surroundings
from states.flow import the_flow
from states.text import say
from tests.bot.running import wait_until
from tests.due.world import KEY
from tests.store.postgresql import new_database

NOW = datetime(2026, 3, 14, 10, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(params=["embedded", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "embedded":
        opened = Store.open(tmp_path / "sharewise.db", KEY)
        yield opened
        opened.close()
        return
    with new_database() as address:
        opened = Store.open(address, KEY)
        yield opened
        opened.close()


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def effect(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> None:
    """What is done can be counted: a row of the outbox for each time."""
    outbox.add(
        transaction,
        row_id=surroundings.new_id(),
        chat_id=1,
        person_id=None,
        lane="own",
        kind="text",
        content=f"{row.subject} {row.stage}",
        at=at,
    )


def effects(store: Store) -> Counter[str]:
    with store.reading() as transaction:
        rows = transaction.connection.execute(outbox_table.select()).all()
        unseal = transaction.sealer.unseal
        return Counter(unseal(row.content, "outbox", "content", row.id) for row in rows)


def worker(store: Store, clock: Callable[[], datetime], handlers: Mapping[str, Handler], name: str = "one") -> Due:
    return Due(store, Surroundings(the_flow(), os.urandom, name), handlers, clock)


def add(store: Store, *subjects: str, kind: str = "k", at: datetime = NOW) -> None:
    with store.transaction() as transaction:
        for subject in subjects:
            due.add(transaction, row_id=f"{kind} {subject}", kind=kind, subject=subject, person_id=None, due_at=at)


def waiting(store: Store) -> dict[str, tuple[int, datetime]]:
    """The rows that wait, by subject: how often they were begun, and when they are due."""
    with store.reading() as transaction:
        return {row.subject: (row.tries, row.due_at) for row in transaction.connection.execute(due_table.select())}


# ---- once


def test_what_is_due_is_done_and_gone_and_what_is_not_waits(store: Store) -> None:
    clock = Clock()
    add(store, "a", "b")
    add(store, "later", at=NOW + MINUTE)
    one = worker(store, clock, {"k": effect})
    assert asyncio.run(one.round()) == 0.0, "there may be more"
    assert effects(store) == {"a 0": 1, "b 0": 1}
    assert list(waiting(store)) == ["later"]
    clock.now += MINUTE
    asyncio.run(one.round())
    assert effects(store)["later 0"] == 1
    assert waiting(store) == {}


def test_a_row_goes_from_stage_to_stage(store: Store) -> None:
    clock = Clock()

    def climbing(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
        effect(transaction, row, surroundings, at)
        return Again(at + MINUTE, row.stage + 1) if row.stage < 2 else None

    add(store, "a")
    for _ in range(4):
        asyncio.run(worker(store, clock, {"k": climbing}).round())
        clock.now += MINUTE
    assert effects(store) == {"a 0": 1, "a 1": 1, "a 2": 1}
    assert waiting(store) == {}


def test_two_workers_at_the_same_rows_at_once_have_each_effect_once() -> None:
    """PostgreSQL, twice over: they share out what is due; and where both believe that they hold the same row, since a
    lease ran out, the second finds it done."""
    with new_database() as address:
        stores = [Store.open(address, KEY) for _ in range(2)]
        clock = Clock()
        subjects = [str(number) for number in range(30)]
        add(stores[0], *subjects)
        together = Barrier(2)

        def work(number: int) -> None:
            together.wait()
            one = worker(stores[number], clock, {"k": effect}, f"worker {number}")
            while asyncio.run(one.round()) == 0.0:
                pass

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(2)))
        assert effects(stores[0]) == {f"{subject} 0": 1 for subject in subjects}

        add(stores[0], *subjects, kind="again")
        workers = [worker(opened, clock, {"again": effect}, f"worker {number}") for number, opened in enumerate(stores)]
        with stores[0].transaction() as transaction:
            rows = due.claim(transaction, "worker 0", NOW, NOW + SECOND, 50)
        clock.now += MINUTE
        with stores[1].transaction() as transaction:
            assert due.claim(transaction, "worker 1", clock.now, clock.now + MINUTE, 50)

        def do(number: int) -> int:
            together.wait()
            done = 0
            for row in rows:
                with stores[number].transaction() as transaction:
                    done += workers[number].do(transaction, row, clock.now)
            return done

        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(do, range(2))) == [0, 30]
        assert effects(stores[0]) == {f"{subject} 0": 2 for subject in subjects}
        for opened in stores:
            opened.close()


@pytest.mark.parametrize("dies", ["after the claim", "with the effect written, not committed", "after the commit"])
def test_a_worker_that_dies_leaves_its_rows_to_the_next(
    store: Store, dies: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once its lease has run out; or at once, where the bot that starts is alone."""
    step = {
        "after the claim": Step.DUE_CLAIMED,
        "with the effect written, not committed": Step.DUE_WRITTEN,
        "after the commit": Step.DUE_COMMITTED,
    }[dies]
    clock = Clock()
    add(store, "a")

    class Died(BaseException):
        """As a kill: nothing that catches errors may catch it."""

    def passed(at: Step) -> None:
        if at is step:
            raise Died

    with monkeypatch.context() as patched:
        patched.setattr(loop, "passed", passed)
        with pytest.raises(Died):
            asyncio.run(worker(store, clock, {"k": effect}).round())
    done = {"a 0": 1} if dies == "after the commit" else {}
    assert effects(store) == done
    asyncio.run(worker(store, clock, {"k": effect}, "next").round())
    assert effects(store) == done, "not before the lease has run out"
    clock.now += loop.HELD_FOR + SECOND
    asyncio.run(worker(store, clock, {"k": effect}, "next").round())
    assert effects(store) == {"a 0": 1}


# ---- failing


def test_a_row_that_fails_is_tried_again_with_growing_pauses_and_holds_up_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never dropped, and its error is logged by class."""
    clock = Clock()
    logged: list[dict[str, Any]] = []

    class Log:
        def error(self, event: str, **values: Any) -> None:
            logged.append({"event": event, **values})

    monkeypatch.setattr(loop, "log", Log())
    tried: list[timedelta] = []

    def failing(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> None:
        effect(transaction, row, surroundings, at)
        tried.append(at - NOW)
        raise ZeroDivisionError("canary")

    one = worker(store, clock, {"bad": failing, "k": effect})
    add(store, "bad", kind="bad")
    for number in range(200):
        add(store, str(number), at=clock.now)
        while asyncio.run(one.round()) == 0.0:
            pass
        clock.now += MINUTE
    assert effects(store) == {f"{number} 0": 1 for number in range(200)}
    times = sorted(set(tried))  # where works share a commit, one that fails is done again by itself
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(times) < 15
    assert all(pause <= loop.LONGEST_PAUSE + 2 * MINUTE for pause in pauses)
    assert pauses == sorted(pauses)
    assert list(waiting(store)) == ["bad"]
    assert waiting(store)["bad"] == (len(times), NOW), "and it can be seen since when it is overdue"
    assert {entry["error_class"] for entry in logged} == {"ZeroDivisionError"}
    assert "canary" not in str(logged)


def test_a_kind_that_nobody_knows_waits_for_a_version_that_does(store: Store) -> None:
    """Going back to an older version must not lose what a newer one has written."""
    clock = Clock()
    add(store, "a", kind="of tomorrow")
    asyncio.run(worker(store, clock, {"k": effect}).round())
    assert waiting(store)["a"][1] == NOW
    clock.now += loop.SHORTEST_PAUSE + SECOND
    asyncio.run(worker(store, clock, {"of tomorrow": effect}, "newer").round())
    assert effects(store) == {"a 0": 1}


def test_one_that_fails_undoes_none_that_share_its_commit(store: Store) -> None:
    clock = Clock()

    def third_fails(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> None:
        effect(transaction, row, surroundings, at)
        if row.subject == "2":
            raise ZeroDivisionError

    add(store, *(str(number) for number in range(loop.CLAIMED_AT_ONCE)))
    asyncio.run(worker(store, clock, {"k": third_fails}).round())
    assert effects(store) == {f"{number} 0": 1 for number in range(loop.CLAIMED_AT_ONCE) if number != 2}
    assert list(waiting(store)) == ["2"]


def test_the_loop_outlives_a_store_that_is_down(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(loop, "LOOK_AGAIN_SECONDS", 0.01)
    add(store, "a")
    real, failures = store.submit, 3

    def submit(work: Any) -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise StoreUnavailable(say("The disk is full. Nothing was saved."))
        return real(work)

    monkeypatch.setattr(store, "submit", submit)
    one = worker(store, clock, {"k": effect})
    asyncio.run(_until(one, lambda: effects(store) == {"a 0": 1}))


# ---- on time


async def _until(one: Due, condition: Callable[[], bool]) -> None:
    running = asyncio.create_task(one.run())
    try:
        await asyncio.to_thread(wait_until, condition)
    finally:
        running.cancel()


@pytest.mark.parametrize("ticks", range(6))
def test_told_to_end_just_when_it_is_woken_it_ends(tmp_path: Path, ticks: int) -> None:
    """A worker that was stopped in that moment once went on for ever, and was killed in the middle of its work."""

    async def woken_and_told(store: Store) -> bool:
        one = worker(store, Clock(), {})
        running = asyncio.create_task(one.run())
        await asyncio.sleep(0.1)
        one.look()
        for _ in range(ticks):
            await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait({running}, timeout=1)
        return running.cancelled()

    with contextlib.closing(Store.open(tmp_path / "sharewise.db", KEY)) as store:
        assert asyncio.run(woken_and_told(store))


@pytest.mark.parametrize(
    ("due_in", "wait"), [(None, 1.0), (timedelta(days=1), 1.0), (0.25 * SECOND, 0.25), (SECOND * 0, 0.0)]
)
def test_it_sleeps_until_the_next_row_and_never_long(store: Store, due_in: timedelta | None, wait: float) -> None:
    if due_in is not None:
        add(store, "a", at=NOW + due_in)
    assert asyncio.run(worker(store, Clock(), {"k": effect}).round()) == wait


def test_it_is_woken_for_what_was_just_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An escalation's first step must not wait for the next look."""
    monkeypatch.setattr(loop, "LOOK_AGAIN_SECONDS", 3600.0)
    one = worker(store, Clock(), {"k": effect})

    async def whole() -> None:
        running = asyncio.create_task(one.run())
        await asyncio.sleep(0.05)  # it sleeps by now; if not, the test shows nothing, but does not fail
        await asyncio.to_thread(add, store, "a")
        one.look()
        try:
            await asyncio.to_thread(wait_until, lambda: effects(store) == {"a 0": 1})
        finally:
            running.cancel()

    asyncio.run(whole())


def test_whoever_writes_a_row_can_wake_every_worker(store: Store) -> None:
    heard = store.listen(CHANNEL, 5.0)
    if store.shared:
        assert next(heard), "what came before anybody listened"
    store.run(lambda transaction: wake(transaction, CHANNEL))
    assert next(heard)


def test_ten_thousand_rows_that_wait_are_not_read(tmp_path: Path) -> None:
    """Looking costs the same with any number of them: it goes down the index of times, and stops."""
    store = Store.open(tmp_path / "sharewise.db", KEY)
    statements: dict[str, Any] = {"claim": due._CLAIM, "next": due._NEXT}
    given = {"at": NOW, "most": 20}
    with store.transaction() as transaction:
        for name, statement in statements.items():
            compiled = statement.compile(dialect=transaction.connection.dialect)
            values = tuple(str(given[one]) if one == "at" else given.get(one, 1) for one in compiled.positiontup or ())
            plan = transaction.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
            assert "USING INDEX ix_due_due_at" in str(plan), name
            assert "USE TEMP B-TREE FOR ORDER BY" not in str(plan), name
    store.close()


# ---- any schedule

STAGES = 3
ROWS = 3
WORKERS = ("one", "two")

actions = st.one_of(
    st.tuples(st.just("claim"), st.sampled_from(WORKERS), st.integers(1, ROWS)),
    st.tuples(st.just("do"), st.sampled_from(WORKERS), st.integers(0, 5)),
    st.tuples(st.just("crash in the middle"), st.sampled_from(WORKERS), st.integers(0, 5)),
    st.tuples(st.just("fail"), st.sampled_from(WORKERS), st.integers(0, 5)),
    st.tuples(st.just("die"), st.sampled_from(WORKERS), st.just(0)),
    st.tuples(st.just("time"), st.just(""), st.sampled_from([1, 20, 40, 4000])),
    st.tuples(st.just("start alone"), st.sampled_from(WORKERS), st.just(0)),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("schedules") / "sharewise.db", KEY)
    yield opened
    opened.close()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(actions, max_size=40))
def test_any_schedule_of_claims_crashes_and_restarts_has_each_effect_exactly_once(
    kept: Store, schedule: list[tuple[str, str, int]]
) -> None:
    """Rows of three stages, two workers that hold rows long after their leases ran out; and in the end everybody who is
    left finishes. Nothing is lost, nothing is done twice, no stage is left out."""
    clock = Clock()
    with kept.transaction() as transaction:
        transaction.connection.execute(delete(due_table))
        transaction.connection.execute(delete(outbox_table))

    def stage(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
        effect(transaction, row, surroundings, at)
        return Again(at + 10 * SECOND, row.stage + 1) if row.stage < STAGES - 1 else None

    add(kept, *(str(number) for number in range(ROWS)))
    workers = {name: worker(kept, clock, {"k": stage}, name) for name in WORKERS}
    in_hand: dict[str, list[DueRow]] = {name: [] for name in WORKERS}

    for what, name, number in schedule:
        rows = in_hand.get(name, [])
        row = rows[number % len(rows)] if rows else None
        if what == "claim":
            with kept.transaction() as transaction:
                until = clock.now + loop.HELD_FOR
                in_hand[name] += due.claim(transaction, name, clock.now, until, number)
        elif what == "do" and row is not None:
            with kept.transaction() as transaction:
                workers[name].do(transaction, row, clock.now)
        elif what == "crash in the middle" and row is not None:
            with contextlib.suppress(ZeroDivisionError), kept.transaction() as transaction:
                workers[name].do(transaction, row, clock.now)
                raise ZeroDivisionError
        elif what == "fail" and row is not None:
            with kept.transaction() as transaction:
                due.put_off(transaction, row.id, name, clock.now + 5 * SECOND)
        elif what == "die":
            in_hand[name].clear()
        elif what == "time":
            clock.now += number * SECOND
        elif what == "start alone":
            in_hand = {other: [] for other in WORKERS}
            with kept.transaction() as transaction:
                due.let_go_of_others(transaction, name)
    assert all(count == 1 for count in effects(kept).values()), "never twice, at any moment"
    for _ in range(2 * STAGES):
        clock.now += loop.LONGEST_PAUSE + loop.HELD_FOR
        asyncio.run(workers["two"].round())
    assert effects(kept) == {f"{number} {of}": 1 for number in range(ROWS) for of in range(STAGES)}
    assert waiting(kept) == {}
