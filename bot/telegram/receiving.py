"""Updates as they come in, by polling or by webhook: dealt with one after the other in a chat, chats side by side.

Whoever brings an update waits until it is committed, or set aside, and may confirm it only then. A chat that must wait,
because the store cannot be reached, holds up no other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot

from bot import metrics
from bot.intake import WANTS_A_SCREEN, Intake, is_outage
from bot.steps import Step, passed
from bot.telegram.decoding import MalformedUpdateError, decode, sender_of, update_id_of
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.sending import Sender
from bot.turns.call import Said
from bot.turns.incoming import Came, Incoming
from bot.turns.urgent import is_urgent
from bot.waiting import came

log = structlog.get_logger()

EMERGENCY_SECONDS = 3.0
"""How long a turn waits for the emergency text to be through, so that it need not be sent twice."""
PAUSE_SECONDS = 1.0
LONGEST_PAUSE = 15.0
"""Seconds between two tries of an update that could not be saved: doubled from the first up to the second."""
SAVED_SECONDS = 4.0
"""How long a commit may take before its sender hears that nothing can be saved just now."""
AGAIN_SECONDS = 20.0
"""Who writes again while the store is down is told again, but not more often than this."""
MOST_ASIDE = 50
"""Refusals in groups under way at once; past that they are left out."""


class NotSavedError(Exception):
    """An update cannot be saved for now, and its sender was told so."""


@dataclass(eq=False)
class ToldDown:
    """That nothing can be saved, as one chat was told in this outage: when last, and in which messages."""

    at: float = float("-inf")
    message_ids: list[int] = field(default_factory=list)


@dataclass(eq=False)
class Waiting:
    """An update in its chat's line. What cannot wait for its turn has begun: the 999 text, the end of a tap's wait."""

    incoming: Incoming
    dealt_with: asyncio.Future[None] = field(repr=False)
    came_at: float  # by the loop's clock
    unreadable: Exception | None = None
    emergency: asyncio.Task[int | None] | None = None
    answering: asyncio.Task[None] | None = None
    doubtful: bool = False
    """Whether a commit failed, which may have taken effect all the same."""


class Receiver:
    """Takes raw updates for one bot."""

    def __init__(self, bot: Bot, intake: Intake, sender: Sender, outbox: Outbox) -> None:
        self.bot = bot
        self.intake = intake
        self.sender = sender
        self.outbox = outbox
        self._in_hand: dict[int, asyncio.Future[None]] = {}
        self._lines: dict[int, deque[Waiting]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._told_down: dict[int, ToldDown] = {}
        self._emergencies: dict[int, asyncio.Task[int | None]] = {}
        self._pace = Pace()
        self._aside: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    def take_in(self, raw: Mapping[str, Any]) -> asyncio.Future[None]:
        """Put an update at the end of its chat's line. The future is done once the update is committed or set aside,
        and cancelled if the bot stops before. One that is in hand already is not taken in twice.

        Raises ValueError for what has no update id: there is nothing to confirm, and nobody to tell.
        """
        update_id = update_id_of(raw)
        if update_id is None:
            raise ValueError("an update has an id")
        if update_id in self._in_hand:
            return self._in_hand[update_id]
        loop = asyncio.get_running_loop()
        dealt_with = loop.create_future()
        if self._stopping.is_set():
            dealt_with.cancel()
            return dealt_with
        self._in_hand[update_id] = dealt_with
        dealt_with.add_done_callback(lambda _: self._in_hand.pop(update_id, None))
        passed(Step.RECEIVED)
        try:
            waiting = Waiting(decode(raw, self.bot), dealt_with, loop.time())
        except MalformedUpdateError as error:
            sender = sender_of(raw) or 0
            waiting = Waiting(Incoming(update_id, Came.IGNORED, chat_id=sender), dealt_with, loop.time(), error)
        incoming = waiting.incoming
        chat = incoming.chat_id  # what cannot be told apart shares the line of nobody
        if is_urgent(incoming):
            waiting.emergency = self._emergency(incoming)
        if chat and not self._pace.allows(chat, loop.time()):
            self._leave_out(waiting)
            return dealt_with
        if incoming.callback_id:
            waiting.answering = asyncio.create_task(self.sender.answer_tap(incoming.callback_id))
        if self.has_told(incoming.chat_id) and incoming.came in WANTS_A_SCREEN:
            self._tell_down(incoming)
        self._lines.setdefault(chat, deque()).append(waiting)
        if chat not in self._workers:
            self._workers[chat] = asyncio.create_task(self._work_off(chat))
        return dealt_with

    async def receive(self, raw: Mapping[str, Any]) -> None:
        """As `take_in`, and wait. Giving up the wait does not give up the update.

        Raises CancelledError if the bot stops before it is dealt with, and NotSavedError if it cannot be saved for now
        and its sender knows: then there is no sense in waiting on.
        """
        dealt_with, chat = self.take_in(raw), sender_of(raw) or 0
        while not dealt_with.done():
            await asyncio.wait({dealt_with}, timeout=PAUSE_SECONDS)
            if not dealt_with.done() and self.has_told(chat):
                raise NotSavedError
        dealt_with.result()

    def in_hand(self) -> int:
        """How many updates are not dealt with yet."""
        return len(self._in_hand)

    async def finish(self, seconds: float) -> None:
        """Take nothing more in; let what has begun come to its end, for so long. What has not is left to come again."""
        self._stopping.set()
        working = {*self._workers.values(), *self._aside}
        if working:
            _, unfinished = await asyncio.wait(working, timeout=max(0.0, seconds))
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        for dealt_with in list(self._in_hand.values()):
            dealt_with.cancel()

    # ---- one chat's line

    async def _work_off(self, chat: int) -> None:
        """Deal with one chat's updates in order. One that cannot be saved is tried again until it is, or set aside."""
        line = self._lines[chat]
        pause = PAUSE_SECONDS
        try:
            while line and not self._stopping.is_set():
                if await self._one(line[0]):
                    waiting = line.popleft()
                    if not waiting.dealt_with.done():
                        waiting.dealt_with.set_result(None)
                    pause = PAUSE_SECONDS
                else:
                    await came(self._stopping, pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            del self._workers[chat], self._lines[chat]

    async def _one(self, waiting: Waiting) -> bool:
        """Deal with one update, whatever happens. True: it is committed, or set aside."""
        try:
            return await self._take(waiting)
        except Exception as error:  # nothing may end the chat's line
            log.error("turn failed", update_id=waiting.incoming.update_id, error_class=type(error).__name__)
            return False

    async def _take(self, waiting: Waiting) -> bool:
        incoming = waiting.incoming
        if incoming.came is Came.GROUP:
            self._put_aside(incoming)
            metrics.update_done(incoming.came, "refused")
            return True
        if waiting.emergency:
            await asyncio.wait({waiting.emergency}, timeout=EMERGENCY_SECONDS)
        late = waiting.emergency if waiting.emergency and not waiting.emergency.done() else None
        shown_already = waiting.emergency.result() if waiting.emergency and late is None else None
        told = self._told_down.get(incoming.chat_id)
        told_down = tuple(told.message_ids) if told else ()
        try:
            if waiting.unreadable is not None:
                raise waiting.unreadable
            said = await self._saved(incoming, self.intake.take(incoming, shown_already, told_down))
            if waiting.doubtful and incoming.chat_id:
                said = [*await self.outbox.unheard_of(incoming.chat_id, said), *said]
        except Exception as error:  # counted, logged by class, and in the end set aside
            return await self._failed(waiting, shown_already, error)
        passed(Step.COMMITTED)
        metrics.update_done(incoming.came, "committed")
        metrics.turn_took(asyncio.get_running_loop().time() - waiting.came_at)
        self._is_up(incoming.chat_id, told_down)
        self.outbox.put(said, late)
        if late is not None:
            late.add_done_callback(lambda task: self._remember(incoming.chat_id, task.result()))
        return True

    async def _saved(self, incoming: Incoming, saving: Future[list[Said]]) -> list[Said]:
        """Wait for the commit, however long; but whoever wrote hears soon that it takes long."""
        future = asyncio.wrap_future(saving)
        await asyncio.wait({future}, timeout=SAVED_SECONDS)
        if not future.done():
            log.error("the store does not answer", update_id=incoming.update_id)
            self._tell_down(incoming)
        return await future

    async def _failed(self, waiting: Waiting, shown_already: int | None, error: Exception) -> bool:
        incoming = waiting.incoming
        log.error("turn failed", update_id=incoming.update_id, error_class=type(error).__name__)
        said = None
        if not is_outage(error):
            try:
                final = isinstance(error, MalformedUpdateError)  # it will not get better
                failed = self.intake.failed(incoming, error, shown_already, final=final)
                said = await asyncio.wrap_future(failed)
            except Exception as another:  # the update stays unconfirmed and is tried again
                error = another
        if is_outage(error):
            metrics.store_failed(error)
            waiting.doubtful = True
        if is_outage(error) and not self.has_told(incoming.chat_id):
            self._tell_down(incoming)
        if said is not None:
            metrics.update_done(incoming.came, "set aside")
            self._is_up(incoming.chat_id, ())
        self.outbox.put(said or ())
        return said is not None

    # ---- beside the store

    def has_told(self, chat: int) -> bool:
        """Whether this chat was told that what it says now may not be saved, and to say it again. Nobody is told of
        what comes from no chat."""
        told = self._told_down.get(chat)
        return not chat or (told is not None and bool(told.message_ids))

    def _emergency(self, incoming: Incoming) -> asyncio.Task[int | None]:
        """The 999 text on its way to this chat: once, however often it is called for meanwhile."""
        chat = incoming.chat_id
        if chat not in self._emergencies:
            self._emergencies[chat] = asyncio.create_task(self.sender.emergency(incoming))
            self._emergencies[chat].add_done_callback(lambda _: self._emergencies.pop(chat, None))
        return self._emergencies[chat]

    def _is_up(self, chat: int, known: tuple[int, ...]) -> None:
        """The chat's update is dealt with: what it was told of the outage since, beside `known`, is untrue by now."""
        told = self._told_down.pop(chat, None)
        left = [message_id for message_id in (told.message_ids if told else ()) if message_id not in known]
        if left:
            self._keep(asyncio.create_task(self._take_away(chat, left)))

    async def _take_away(self, chat: int, message_ids: list[int]) -> None:
        if not await self.sender.take_away(chat, message_ids):
            for message_id in message_ids:
                await self._told(chat, message_id)

    def _tell_down(self, incoming: Incoming) -> None:
        """Nothing could be saved. The update stays unconfirmed and will be tried again."""
        if not incoming.chat_id:
            return
        told = self._told_down.setdefault(incoming.chat_id, ToldDown())
        now = asyncio.get_running_loop().time()
        if now - told.at >= AGAIN_SECONDS:
            told.at = now
            self._keep(asyncio.create_task(self._say_down(incoming)))

    async def _say_down(self, incoming: Incoming) -> None:
        message_id = await self.sender.say_store_is_down(incoming)
        told = self._told_down.get(incoming.chat_id)
        if told is None:  # the store is back already
            if message_id is not None:
                await self._take_away(incoming.chat_id, [message_id])
        elif message_id is None:  # nobody has heard it: the next try says it again
            told.at = float("-inf")
        else:
            told.message_ids.append(message_id)

    def _remember(self, chat_id: int, message_id: int | None) -> None:
        """Write down a message that went out beside the turns, so that it is swept."""
        if message_id is not None:
            self._keep(asyncio.create_task(self._told(chat_id, message_id)))

    async def _told(self, chat_id: int, message_id: int) -> None:
        try:
            await asyncio.wrap_future(self.intake.told(chat_id, message_id))
        except Exception as error:  # one message that the person must delete themselves
            log.error("not written down", error_class=type(error).__name__)

    def _leave_out(self, waiting: Waiting) -> None:
        """Its chat sends so fast that the others would wait: no turn is taken for it, and nothing is kept of it. The
        999 text goes out all the same."""
        incoming = waiting.incoming
        waiting.dealt_with.set_result(None)
        metrics.update_done(incoming.came, "left out")
        if waiting.emergency is not None:
            waiting.emergency.add_done_callback(lambda task: self._remember(incoming.chat_id, task.result()))
        if self._pace.tell(incoming.chat_id):
            log.warning("a chat sends too fast; what it sends is left out", update_id=incoming.update_id)
            if incoming.came in WANTS_A_SCREEN:
                self._keep(asyncio.create_task(self._say_too_fast(incoming)))

    async def _say_too_fast(self, incoming: Incoming) -> None:
        message_id = await self.sender.say_too_fast(incoming)
        if message_id is None:
            self._pace.not_told(incoming.chat_id)
        self._remember(incoming.chat_id, message_id)

    def _put_aside(self, incoming: Incoming) -> None:
        if len(self._aside) >= MOST_ASIDE:
            log.info("left out, too many at once")
            return
        self._keep(asyncio.create_task(self.sender.refuse_group(incoming)))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
