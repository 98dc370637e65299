"""The loop of due rows, for one worker: claims what is due, and has each row's effect and its removal committed as one.

A worker that dies leaves its rows to whoever comes after its lease. What it had committed is done; what it had not is
done then, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.due.again import Again
from bot.steps import Step, passed
from bot.store import Store, StoreError, Transaction, due, people
from bot.store.due import DueRow
from bot.store.errors import SealBroken
from bot.turns.turn import Surroundings
from bot.waiting import came

log = structlog.get_logger()

Handler = Callable[[Transaction, DueRow, Surroundings, datetime], Again | None]
"""What a kind of row does when its time has come, all of it inside the transaction; gives when it is due again, or None
when it is over. It looks at how things stand, so that it does nothing where there is nothing to do any more."""

Told = Callable[[Transaction, DueRow, Surroundings, datetime], None]
Begin = Callable[[Transaction, Surroundings, datetime], None]
"""Writes the rows that there are always."""

HELD_FOR = timedelta(seconds=30)
CLAIMED_AT_ONCE = 20
"""Few, since on the embedded store they share a commit, and turns wait for it."""
LOOK_AGAIN_SECONDS = 1.0
SET_BACK = timedelta(minutes=1)
"""By so much at least a clock was set back, if it shows less than before."""
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
"""Between two tries of a row that fails: doubled from the first up to the second."""
TROUBLED_PAUSE, TELLS_AT = timedelta(minutes=2), 3
"""For a kind that must not fail in silence: the longest pause, and at which try somebody is told."""


class Due:
    """Has happen what is due, for one worker of one bot."""

    def __init__(
        self,
        store: Store,
        surroundings: Surroundings,
        handlers: Mapping[str, Handler],
        clock: Callable[[], datetime],
        begin: Begin | None = None,
        in_trouble: Mapping[str, Told] | None = None,
        first: str = "",
    ) -> None:
        """`begin` is done before anything else, and again when the clock was set back. `in_trouble`: what is done, by
        kind, where a row has failed for the third time; such a kind is tried again every two minutes at least. `first`:
        the kind that waits behind no other, as after an outage."""
        self.store = store
        self.surroundings = surroundings
        self.handlers = handlers
        self.clock = clock
        self.in_trouble = in_trouble or {}
        self.first = first
        self._begin = self._begins = begin
        self._seen_at: datetime | None = None
        self._look = asyncio.Event()

    def look(self) -> None:
        """Something was written that is due soon."""
        self._look.set()

    async def run(self) -> None:
        """Do what is due, until cancelled."""
        while True:
            pause = LOOK_AGAIN_SECONDS
            try:
                pause = await self.round()
            except Exception as error:  # the store is down: what is due there waits
                log.error("due rows cannot be read", error_class=type(error).__name__)
            await came(self._look, pause)
            self._look.clear()

    async def round(self) -> float:
        """Do what is due now. Gives how many seconds to wait before the next look."""
        at, worker = self.clock(), self.surroundings.worker
        if self._seen_at is not None and at < self._seen_at - SET_BACK:
            self._begin = self._begins
        self._seen_at = at
        if self._begin is not None:
            await self._begin_now(self._begin, at)

        def work(transaction: Transaction) -> tuple[list[DueRow], datetime | None]:
            rows = due.claim(transaction, worker, at, at + HELD_FOR, CLAIMED_AT_ONCE, self.first)
            return rows, None if rows else due.next_at(transaction, at)

        rows, next_at = await asyncio.wrap_future(self.store.submit(work))
        if rows:
            passed(Step.DUE_CLAIMED)
            await asyncio.gather(*(self._one(row) for row in rows))
            return 0.0
        if next_at is None:
            return LOOK_AGAIN_SECONDS
        return min(LOOK_AGAIN_SECONDS, max(0.0, (next_at - at).total_seconds()))

    async def _begin_now(self, begin: Begin, at: datetime) -> None:
        """In a transaction of its own, so that what fails there keeps no row waiting."""
        try:
            await asyncio.wrap_future(self.store.submit(lambda transaction: begin(transaction, self.surroundings, at)))
        except StoreError as error:
            if isinstance(error, SealBroken):
                self._begin = None
            log.error("what is done at the beginning failed", error_class=type(error).__name__)
        else:
            self._begin = None

    async def _one(self, row: DueRow) -> None:
        """One row, whatever happens: it must not be in the way of the others."""
        at = self.clock()
        try:
            await asyncio.wrap_future(self.store.submit(lambda transaction: self.do(transaction, row, at)))
        except Exception as error:
            log.error("a due row failed, and is tried again", error_class=type(error).__name__, count=row.tries)
            longest = TROUBLED_PAUSE if row.kind in self.in_trouble else LONGEST_PAUSE
            await self._put_off(row, at + min(SHORTEST_PAUSE * 2 ** min(row.tries - 1, 20), longest))
            if row.tries == TELLS_AT and row.kind in self.in_trouble:
                await self._tell_of(row, at)
        else:
            passed(Step.DUE_COMMITTED)

    def do(self, transaction: Transaction, row: DueRow, at: datetime) -> bool:
        """Inside its transaction: what the row is for, and its removal or its next time. False: it is somebody else's
        by now, or done."""
        if row.person_id is not None:
            people.by_id(transaction, row.person_id)  # first, as in a turn: who locks in another order waits for ever
        held = due.held(transaction, row.id, self.surroundings.worker)
        if held is None:
            return False
        again = self.handlers[held.kind](transaction, held, self.surroundings, at)
        if again is None:
            due.done(transaction, held.id)
        else:
            due.done(transaction, held.id, again.at, again.stage)
        passed(Step.DUE_WRITTEN)
        return True

    async def _tell_of(self, row: DueRow, at: datetime) -> None:
        told = self.in_trouble[row.kind]
        try:
            await asyncio.wrap_future(
                self.store.submit(lambda transaction: told(transaction, row, self.surroundings, at))
            )
        except Exception as error:
            log.error("nobody can be told of a due row that fails", error_class=type(error).__name__)

    async def _put_off(self, row: DueRow, not_before: datetime) -> None:
        worker = self.surroundings.worker
        try:
            await asyncio.wrap_future(
                self.store.submit(lambda transaction: due.put_off(transaction, row.id, worker, not_before))
            )
        except Exception as error:  # then it is tried again when its lease has run out
            log.error("a due row cannot be put off", error_class=type(error).__name__)
