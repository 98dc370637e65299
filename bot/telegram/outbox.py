"""The outbox at work: what was written in a turn is sent at once, what is left over is claimed and sent.

One chat's calls go out one after the other, many chats side by side. What Telegram or the network refuses for now is
put off as a row, so that a restart, or another worker, goes on with it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from telegram.error import BadRequest, RetryAfter

from bot.steps import Step, passed
from bot.store import Store, Transaction, moments, outbox
from bot.store.outbox import Lane, OutboxRow
from bot.telegram.client import seconds_of
from bot.telegram.marking import Marking, Written
from bot.telegram.sending import Done, Sender, is_closed
from bot.turns.call import CHANNEL, HELD_FOR, Call, Said, read
from bot.waiting import came

log = structlog.get_logger()

LANES: tuple[Lane, ...] = ("urgent", "reply", "own")
CLAIMED_AT_ONCE = 50
LOOK_AGAIN_SECONDS = 1.0
EXPIRED_EVERY, EXPIRED_EVERY_ALONE = timedelta(seconds=3), timedelta(minutes=1)
"""How often the loop looks for what a worker that is gone still holds. One that is alone frees that at its start."""
SOON_SECONDS = 0.3
"""How soon the loop looks again where more waits than may be sent now."""
OWN_A_SECOND = 25.0
"""What the bot starts by itself, all workers together; Telegram allows about 30 a second
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""
OWN_AT_ONCE = 10
RENEW_WITHIN = timedelta(seconds=20)
"""A row held for less than this is held longer first: a call may take so long."""
MOST_IN_HAND = 500
"""Rows in memory past which nothing more is claimed: what cannot be sent soon is as well left to others."""
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=0.5), timedelta(minutes=1)
"""Between two tries where the network or Telegram fails: doubled from the first up to the second."""
CHATS_LIMITED = 3
"""So many chats told to wait at the same time mean that the whole bot must wait."""


@dataclass(eq=False)
class Item:
    """A call to be made. `instead`: the emergency text that may have come through by now, in which case the screen need
    not be sent."""

    said: Said
    instead: asyncio.Task[int | None] | None = None


class Outbox:
    """Sends for one worker of one bot."""

    def __init__(self, store: Store, sender: Sender, worker: str, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.sender = sender
        self.worker = worker
        self.clock = clock
        self.marking = Marking(store, worker, clock)
        self._lines: dict[int, deque[Item]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._in_hand: set[int] = set()
        self._limited: dict[int, datetime] = {}
        self._expired_at = clock()
        self._look = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._closing = False

    def put(self, said: Iterable[Said], instead: asyncio.Task[int | None] | None = None) -> None:
        """Send what was just committed, after everything that its chat still has to get from here; but an urgent text,
        which answers nothing there, before what is not urgent."""
        for one in said:
            if not one.held:  # another worker is sending something in this chat
                asyncio.get_running_loop().call_later(SOON_SECONDS, self._look.set)
            elif one.row.number not in self._in_hand:
                self._in_hand.add(one.row.number)
                chat = one.call.chat_id
                line = self._lines.setdefault(chat, deque())
                place = sum(1 for item in line if passes(item.said)) if passes(one) else len(line)
                line.insert(place, Item(one, instead if one.call.emergency else None))
                if chat not in self._workers:
                    self._workers[chat] = asyncio.create_task(self._work_off(chat))

    def look(self) -> None:
        """Something was written that nobody holds."""
        self._look.set()

    async def unheard_of(self, chat: int, said: Iterable[Said]) -> list[Said]:
        """What this worker holds in a chat without knowing it, beside what was just `said` there: the commit that wrote
        it took effect, and its confirmation got lost. It goes before `said`. Raises StoreError."""
        await self.sent(chat)
        async with self._claiming:
            known = {*(one.row.number for one in said), *self._in_hand, *self.marking.gathered}
            until = self.clock() + HELD_FOR
            holding = partial(outbox.hold_on, chat_id=chat, holder=self.worker, until=until, known=known)
            rows = await asyncio.wrap_future(self.store.submit(holding))
        return [Said(row, call, True, until, claimed=True) for row in rows if (call := await self._call_of(row))]

    async def sent(self, chat: int) -> None:
        """Wait until everything that was put here for this chat is sent, or put off."""
        worker = self._workers.get(chat)
        if worker is not None:
            await asyncio.wait({worker})

    async def run(self) -> None:
        """Send what is left over, until cancelled."""
        while True:
            pause = LOOK_AGAIN_SECONDS
            try:
                async with self._claiming:
                    more = await self._claim()
                if more:
                    pause = SOON_SECONDS
            except Exception as error:  # the store is down: what waits there waits
                log.error("the outbox cannot be read", error_class=type(error).__name__)
            await came(self._look, pause)
            self._look.clear()

    async def finish(self, seconds: float) -> None:
        """Claim nothing more, and let what is under way come to its end, for so long; what is left stays a row."""
        self._closing = True
        if self._workers:
            _, unfinished = await asyncio.wait(set(self._workers.values()), timeout=max(0.0, seconds))
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        await self.marking.finish()

    # ---- what is left over

    async def _claim(self) -> bool:
        """Take what may be sent now. Whether more of it may be waiting."""
        at = self.clock()
        room = MOST_IN_HAND - len(self._in_hand)
        if self._closing or room <= 0:
            return False
        lanes = LANES[:1] if self._paused(at) else LANES
        look_for_expired = at >= self._expired_at
        if look_for_expired:
            self._expired_at = at + (EXPIRED_EVERY if self.store.shared else EXPIRED_EVERY_ALONE)

        def work(transaction: Transaction) -> list[OutboxRow]:
            found = []
            if look_for_expired:
                outbox.let_go_expired(transaction, at)
            for lane in lanes:
                most = min(room, OWN_AT_ONCE if lane == "own" else CLAIMED_AT_ONCE)
                rows = outbox.claim(transaction, lane, self.worker, at, at + HELD_FOR, most)
                if lane == "own" and rows:
                    allowed = moments.paced(transaction, CHANNEL, at, len(rows), OWN_A_SECOND, OWN_AT_ONCE)
                    outbox.let_go(transaction, [row.number for row in rows[allowed:]])
                    rows = rows[:allowed]
                found += rows
            return found

        rows = await asyncio.wrap_future(self.store.submit(work))
        if rows:
            passed(Step.OUTBOX_CLAIMED)
        if self._closing:
            await self.marking.let_go([row.number for row in rows])
            return False
        for row in rows:
            if call := await self._call_of(row):
                self.put([Said(row, call, True, at + HELD_FOR, claimed=True)])
        return bool(rows)

    async def _call_of(self, row: OutboxRow) -> Call | None:
        """None, and the row is gone, where not even who it was for is known."""
        try:
            return read(row.kind, row.content)
        except (KeyError, TypeError, ValueError) as error:
            log.error("a row of the outbox cannot be read and is lost", error_class=type(error).__name__)
            await self.marking.said(row, at_once=True)
            return None

    # ---- one chat's line

    async def _work_off(self, chat: int) -> None:
        line = self._lines[chat]
        claimed = False
        moved: dict[int | None, int] = {}  # a message that held the screen, and the one it moved on to from here
        try:
            while line:
                item = line.popleft()
                living = item.said.row.living
                while living in moved:  # its turn could not know yet
                    living = moved[living]
                claimed |= item.said.claimed
                try:
                    written = await self._send(item, line, living)
                except Exception as error:  # nothing may end the chat's line
                    log.error("not sent", error_class=type(error).__name__)
                    written = Written()
                self._in_hand.discard(item.said.row.number)
                if written.living is not None and written.living != living:
                    moved[living] = written.living
                self.put(written.later)
        finally:
            self._in_hand.difference_update(item.said.row.number for item in line)
            del self._workers[chat], self._lines[chat]
            if claimed:  # more of this chat may have waited for it
                self._look.set()

    async def _send(self, item: Item, line: deque[Item], living: int | None) -> Written:
        """Make the call and write down what came of it."""
        row, call = item.said.row, item.said.call
        if self._superseded(item, line):
            await self.marking.said(row, at_once=item.said.claimed)
            return Written()
        if item.instead is not None and (message_id := await item.instead) is not None:
            return await self.marking.shown(row, call, Done((message_id,), static=True))
        at = self.clock()
        if row.lane != "urgent" and (until := self._waits_until(call.chat_id, at)):
            await self._put_off(row, line, until)
            return Written()
        try:
            async with contextlib.nullcontext() if row.lane == "urgent" else self.sender.ordinary:
                if not await self._still_held(item.said):
                    return Written()
                done = await self.sender.make(call, living)
        except Exception as error:  # also what is no answer of Telegram's at all
            return await self._refused(row, call, line, error)
        if not done.new and not done.gone and row.lane != "own":
            await self.marking.said(row, at_once=item.said.claimed)
            return Written()
        return await self.marking.shown(row, call, done)

    def _superseded(self, item: Item, line: deque[Item]) -> bool:
        """Whether the chat has a later screen to show; only that one counts."""
        row, call = item.said.row, item.said.call
        if call.kind != "screen":
            return False
        if any(other.said.call.kind == "screen" for other in line):
            return True
        return row.revision is not None and row.revision > call.revision

    async def _still_held(self, said: Said) -> bool:
        at = self.clock()
        if said.until - at >= RENEW_WITHIN:
            return True
        until = at + HELD_FOR
        return await asyncio.wrap_future(
            self.store.submit(lambda transaction: outbox.renew(transaction, said.row.number, self.worker, until))
        )

    # ---- when Telegram says no

    async def _refused(self, row: OutboxRow, call: Call, line: deque[Item], error: Exception) -> Written:
        at = self.clock()
        log.info("not sent", error_class=type(error).__name__)
        if is_closed(error):
            await self.marking.closed(call.chat_id, [row.number, *self._dropped(line)])
            return Written()
        if isinstance(error, BadRequest):
            log.error("Telegram refuses what was to be sent, for good")
            return await self.marking.given_up(row, call)
        if isinstance(error, RetryAfter):
            wait = timedelta(seconds=seconds_of(error))
            self._limited[call.chat_id] = at + wait
        else:
            wait = min(SHORTEST_WAIT * 2 ** min(row.tries, 10), LONGEST_WAIT)
        await self._put_off(row, line, at + wait)
        return Written()

    async def _put_off(self, row: OutboxRow, line: deque[Item], not_before: datetime) -> None:
        """Send it later; everything after it in its chat waits for it."""
        await self.marking.put_off(row, not_before, self._dropped(line))
        seconds = max(0.0, (not_before - self.clock()).total_seconds())
        asyncio.get_running_loop().call_later(seconds, self._look.set)

    def _dropped(self, line: deque[Item]) -> list[int]:
        """Take everything out of a line. Gives the numbers of the rows."""
        numbers = [item.said.row.number for item in line]
        self._in_hand.difference_update(numbers)
        line.clear()
        return numbers

    def _waits_until(self, chat: int, at: datetime) -> datetime | None:
        """Until when Telegram wants this chat, or the whole bot, to wait."""
        if self._paused(at):
            enough = sorted(self._limited.values())[-CHATS_LIMITED]  # then there are fewer
            return max(enough, self._limited.get(chat, enough))
        return self._limited.get(chat)

    def _paused(self, at: datetime) -> bool:
        """Whether so many chats must wait that all must. What is urgent is tried all the same."""
        self._limited = {chat: until for chat, until in self._limited.items() if until > at}
        return len(self._limited) >= CHATS_LIMITED


def passes(said: Said) -> bool:
    """Whether this goes before what is not urgent in its own chat (see `bot.store.outbox`)."""
    return said.row.lane == "urgent" and said.row.kind == "text"
