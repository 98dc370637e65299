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

import structlog
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.steps import Step, passed
from bot.store import Store, Transaction, moments, outbox
from bot.store.outbox import Lane, OutboxRow
from bot.telegram.client import CONNECTIONS, seconds_of
from bot.telegram.marking import Marking, Written
from bot.telegram.sending import Done, Sender, is_closed
from bot.turns.call import CHANNEL, HELD_FOR, Call, Said, read

log = structlog.get_logger()

LANES: tuple[Lane, ...] = ("urgent", "reply", "own")
CLAIMED_AT_ONCE = 50
LOOK_AGAIN_SECONDS = 1.0
EXPIRED_EVERY = timedelta(seconds=3)
"""How often the loop looks for what a worker that is gone still holds."""
SOON_SECONDS = 0.3
"""How soon the loop looks again where more waits than may be sent now."""
OWN_A_SECOND = 25.0
"""What the bot starts by itself, all workers together; Telegram allows about 30 a second
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""
OWN_AT_ONCE = 10
OWN_PAUSE = timedelta(seconds=1)
"""Between two things that the bot starts in the same chat."""
RENEW_WITHIN = timedelta(seconds=12)
"""A row held for less than this is held longer first: a call may take so long."""
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=0.5), timedelta(minutes=1)
"""Between two tries where the network or Telegram fails: doubled from the first up to the second."""
KEPT_FREE = 24
"""Connections that only what is urgent may use."""
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
        self._limited: dict[int, datetime] = {}
        self._expired_at = clock()
        self._look = asyncio.Event()
        self._ordinary = asyncio.Semaphore(CONNECTIONS - KEPT_FREE)
        self._urgent = contextlib.nullcontext()

    def put(self, said: Iterable[Said], instead: asyncio.Task[int | None] | None = None) -> None:
        """Send what was just committed, after everything that its chat still has to get from here."""
        for one in said:
            if one.held:
                chat = one.call.chat_id
                self._lines.setdefault(chat, deque()).append(Item(one, instead if one.call.emergency else None))
                if chat not in self._workers:
                    self._workers[chat] = asyncio.create_task(self._work_off(chat))
            else:
                self._look.set()

    def look(self) -> None:
        """Something was written that nobody holds."""
        self._look.set()

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
                if await self._claim():
                    pause = SOON_SECONDS
            except Exception as error:  # the store is down: what waits there waits
                log.error("the outbox cannot be read", error_class=type(error).__name__)
            try:
                await asyncio.wait_for(self._look.wait(), pause)
            except TimeoutError:
                continue
            self._look.clear()

    async def finish(self, seconds: float) -> None:
        """Let what is under way come to its end, for so long; what is left stays in the store."""
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
        lanes = LANES[:1] if self._paused(at) else LANES
        look_for_expired = at >= self._expired_at
        if look_for_expired:
            self._expired_at = at + EXPIRED_EVERY

        def work(transaction: Transaction) -> list[OutboxRow]:
            found = []
            if look_for_expired:
                outbox.let_go_expired(transaction, at)
            for lane in lanes:
                most = OWN_AT_ONCE if lane == "own" else CLAIMED_AT_ONCE
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
        self.put(Said(row, read(row.kind, row.content), True, at + HELD_FOR, claimed=True) for row in rows)
        return bool(rows)

    # ---- one chat's line

    async def _work_off(self, chat: int) -> None:
        line = self._lines[chat]
        claimed = False
        living: int | None = None  # the message the screen went out in just now
        try:
            while line:
                item = line.popleft()
                claimed |= item.said.claimed
                try:
                    written = await self._send(item, line, living)
                except Exception as error:  # nothing may end the chat's line
                    log.error("not sent", error_class=type(error).__name__)
                    continue
                living = written.living or living
                line.extend(Item(one) for one in written.later if one.held)
                if not all(one.held for one in written.later):
                    self._look.set()
        finally:
            del self._workers[chat], self._lines[chat]
            if claimed:  # more of this chat may have waited for it
                self._look.set()

    async def _send(self, item: Item, line: deque[Item], living: int | None) -> Written:
        """Make the call and write down what came of it."""
        row, call = item.said.row, item.said.call
        if self._superseded(item, line):
            await self.marking.said(row, at_once=item.said.claimed)
            return Written()
        standing = living or row.living
        if item.instead is not None and (message_id := await item.instead) is not None:
            return await self.marking.shown(row, call, Done((message_id,)))
        at = self.clock()
        if row.lane != "urgent" and self._paused(at):
            await self._put_off(row, line, max(self._limited.values()))
            return Written()
        try:
            async with self._urgent if row.lane == "urgent" else self._ordinary:
                if not await self._still_held(item.said):
                    return Written()
                done = await self.sender.make(call, standing)
        except Exception as error:  # also what is no answer of Telegram's at all
            return await self._refused(row, call, line, error)
        if row.lane == "own":
            await self.marking.paced(call.chat_id, self.clock() + OWN_PAUSE)
        if not done.new and not done.gone:
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
            line.clear()
            await self.marking.closed(call.chat_id)
            return Written()
        if isinstance(error, BadRequest):
            return await self._given_up(row, call)
        if isinstance(error, RetryAfter):
            wait = timedelta(seconds=seconds_of(error))
            self._limited[call.chat_id] = at + wait
        else:
            wait = min(SHORTEST_WAIT * 2 ** min(row.tries, 10), LONGEST_WAIT)
        await self._put_off(row, line, at + wait)
        return Written()

    async def _put_off(self, row: OutboxRow, line: deque[Item], not_before: datetime) -> None:
        """Send it later; everything after it in its chat waits for it."""
        held_too = [item.said.row.number for item in line]
        line.clear()
        await self.marking.put_off(row, not_before, held_too)
        seconds = max(0.0, (not_before - self.clock()).total_seconds())
        asyncio.get_running_loop().call_later(seconds, self._look.set)

    async def _given_up(self, row: OutboxRow, call: Call) -> Written:
        """Telegram will never take this: the person is told so, once, as well as can be."""
        log.error("Telegram refuses what was to be sent, for good")
        done = Done()
        if call.kind != "tidy":
            try:
                done = await self.sender.say_not_shown(call)
            except TelegramError as error:
                log.error("not sent", error_class=type(error).__name__)
        return await self.marking.shown(row, call, done, is_screen=False)

    def _paused(self, at: datetime) -> bool:
        """Whether so many chats must wait that all must. What is urgent is tried all the same."""
        self._limited = {chat: until for chat, until in self._limited.items() if until > at}
        return len(self._limited) >= CHATS_LIMITED
