"""Long polling that confirms an update only when its effects are committed and, unless that takes long, shown.

Telegram takes an update back as confirmed once a later offset is asked for
(https://core.telegram.org/bots/api#getupdates), so the offset is raised past such updates only, and one that comes
twice is known by its id in the store. One chat's updates are dealt with one after the other; a chat that must wait,
for Telegram or for the store, holds up no other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.health import beat
from bot.intake import Intake, is_outage
from bot.telegram import outgoing
from bot.telegram.client import seconds_of
from bot.telegram.decoding import ALLOWED_UPDATES, decode, sender_of
from bot.telegram.outgoing import Outgoing, Sending
from bot.telegram.sending import Sender
from bot.turns.incoming import Came, Incoming
from bot.turns.urgent import is_urgent

log = structlog.get_logger()

Result = TypeVar("Result")

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
PAUSE_SECONDS = 1.0
LONGEST_PAUSE = 15.0
"""Seconds between two tries of an update that could not be saved: doubled from PAUSE_SECONDS up to this."""
HELD_SECONDS = 0.3
"""How long new updates wait at most while some chat is held up."""
CONFLICT_SECONDS = 5.0
STOP_SECONDS = 8.0
"""For the updates in hand when the bot is told to stop; after about ten, services are killed."""
BATCH = 100
GET_UPDATES = "GetUpdates"
"""Asked for raw, because one malformed update would fail the whole batch, and its text would be logged. Telegram does
not mind the capital (https://core.telegram.org/bots/api#making-requests); python-telegram-bot, which would warn of
the raw way, does not know the method by it."""


@dataclass(eq=False)
class Waiting:
    """An update that was received. What cannot wait for its turn has begun: the 999 text, the end of a tap's wait."""

    incoming: Incoming
    unreadable: Exception | None = None
    emergency: asyncio.Task[int | None] | None = None
    answering: asyncio.Task[None] | None = None


class Polling:
    """Asks Telegram for updates and deals with them."""

    def __init__(self, bot: Bot, intake: Intake, sender: Sender, alive: Path | None = None) -> None:
        """`alive`: a file to touch whenever Telegram answers (see `bot.health`)."""
        self.bot = bot
        self.intake = intake
        self.sender = sender
        self.alive = alive
        self.outgoing = Outgoing(sender, intake)
        self._stop = asyncio.Event()
        self._taken: dict[int, bool] = {}  # update id -> whether it is dealt with, in the order they came
        self._lines: dict[int, deque[Waiting]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._told_down: dict[int, list[int]] = {}  # chat -> what it was told while the store was down

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop, then finish what is in hand. Raises InvalidToken when Telegram refuses the token."""
        self._stop = stop
        offset: int | None = None
        try:
            while not stop.is_set():
                updates = await self._unless_stopped(self._updates(offset))
                for raw in updates or ():
                    self._receive(raw)
                if self._workers:
                    await asyncio.wait(self._workers.values(), timeout=HELD_SECONDS)
                elif self._taken and not self._confirmable():  # Telegram would give the same ones at once, for ever
                    await self._unless_stopped(asyncio.sleep(PAUSE_SECONDS))
                offset = self._confirmed(offset)
        finally:
            stop.set()
            await self._finish(offset)

    # ---- receiving

    async def _updates(self, offset: int | None) -> Sequence[Any]:
        held_up = bool(self._taken)
        wanted: dict[str, Any] = {
            "timeout": 0 if held_up else POLL_SECONDS,
            "limit": BATCH,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            wanted["offset"] = offset
        try:
            found = await self.bot.do_api_request(GET_UPDATES, wanted, read_timeout=READ_SECONDS)
        except EndPointNotFound as error:  # what this way of calling makes of a token that is refused
            raise InvalidToken from error
        except Conflict:
            log.error("another process polls with this token; waiting for it to stop")
            await asyncio.sleep(CONFLICT_SECONDS)
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            log.warning("no updates", error_class=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            if self.alive is not None:
                beat(self.alive)
            return found if isinstance(found, list) else []
        return []

    def _receive(self, raw: Any) -> None:
        """Put an update at the end of its chat's line."""
        update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
        if not isinstance(update_id, int):
            log.error("an update without an id was left out")
            return
        if update_id in self._taken:
            return
        self._taken[update_id] = False
        chat = sender_of(raw) or 0  # what cannot be told apart shares one line
        try:
            waiting = Waiting(decode(raw, self.bot))
        except Exception as error:  # whatever is wrong with it, it must not hurt the others
            waiting = Waiting(Incoming(update_id, Came.IGNORED, chat_id=chat), error)
        incoming = waiting.incoming
        if is_urgent(incoming):
            waiting.emergency = asyncio.create_task(self.sender.emergency(incoming))
        if incoming.callback_id:
            waiting.answering = asyncio.create_task(self.sender.answer_tap(incoming.callback_id))
        self._lines.setdefault(chat, deque()).append(waiting)
        if chat not in self._workers:
            self._workers[chat] = asyncio.create_task(self._work_off(chat))

    def _confirmable(self) -> bool:
        return next(iter(self._taken.values()), False)

    def _confirmed(self, offset: int | None) -> int | None:
        """The offset just past the updates that are dealt with, without a gap."""
        for update_id in list(self._taken):
            if not self._taken[update_id]:
                break
            del self._taken[update_id]
            offset = update_id + 1
        return offset

    # ---- dealing with them

    async def _work_off(self, chat: int) -> None:
        """Deal with one chat's updates in order. One that cannot be saved is tried again until it is, or set aside."""
        line = self._lines[chat]
        pause = PAUSE_SECONDS
        try:
            while line and not self._stop.is_set():
                if await self._one(line[0]):
                    await self.outgoing.shown(line[0].incoming.chat_id)
                    self._taken[line.popleft().incoming.update_id] = True
                    pause = PAUSE_SECONDS
                else:
                    await self._unless_stopped(asyncio.sleep(pause))
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            del self._workers[chat]
            if not line:
                del self._lines[chat]

    async def _one(self, waiting: Waiting) -> bool:
        """Deal with one update, whatever happens. True: it is committed, or set aside, and is being shown."""
        try:
            return await self._take(waiting)
        except Exception as error:  # nothing may end the chat's line
            log.error("turn failed", update_id=waiting.incoming.update_id, error_class=type(error).__name__)
            return False

    async def _take(self, waiting: Waiting) -> bool:
        incoming = waiting.incoming
        if incoming.came is Came.GROUP:
            self.outgoing.put_aside(self.sender.refuse_group(incoming))
            return True
        if waiting.emergency:
            await asyncio.wait({waiting.emergency}, timeout=outgoing.SHOW_SECONDS)
        late = waiting.emergency if waiting.emergency and not waiting.emergency.done() else None
        shown_already = waiting.emergency.result() if waiting.emergency and late is None else None
        try:
            if waiting.unreadable is not None:
                raise waiting.unreadable
            reply = await asyncio.to_thread(self.intake.take, incoming, shown_already)
        except Exception as error:  # counted, logged by class, and in the end set aside
            return await self._failed(waiting, late, shown_already, error)
        first = None
        if incoming.chat_id in self._told_down:
            first = self._back_again(incoming, self._told_down.pop(incoming.chat_id))
            # What was said meanwhile stands below the screen: a new one goes below that.
            reply = replace(reply, edits=None, delete=(*reply.delete, reply.edits)) if reply and reply.edits else reply
        if first is not None or reply is not None or late is not None or waiting.answering is not None:
            sending = Sending(first, reply, late, waiting.answering, incoming=incoming)
            self.outgoing.put(incoming.chat_id, sending)
        return True

    async def _failed(
        self, waiting: Waiting, late: asyncio.Task[int | None] | None, shown_already: int | None, error: Exception
    ) -> bool:
        incoming = waiting.incoming
        log.error("turn failed", update_id=incoming.update_id, error_class=type(error).__name__)
        try:
            set_aside = await asyncio.to_thread(self.intake.failed, incoming, error)
        except Exception as another:  # the update stays unconfirmed and is tried again
            error, set_aside = another, False
        if is_outage(error):
            self._tell_down(incoming)
        elif set_aside:
            first = self._tell_set_aside(incoming, shown_already)
            self.outgoing.put(incoming.chat_id, Sending(first, None, late, waiting.answering, incoming=incoming))
        return set_aside

    async def _tell_set_aside(self, incoming: Incoming, shown_already: int | None) -> None:
        try:
            told = [shown_already, await self.sender.say_set_aside(incoming)]
        except TelegramError as error:
            log.error("not sent", error_class=type(error).__name__)
            told = [shown_already]
        await asyncio.to_thread(self.intake.told, incoming.chat_id, [one for one in told if one])

    def _tell_down(self, incoming: Incoming) -> None:
        """Once a chat and outage: nothing could be saved. The update stays unconfirmed and will be tried again."""
        if incoming.chat_id and incoming.chat_id not in self._told_down:
            told = self._told_down[incoming.chat_id] = []
            self.outgoing.put(incoming.chat_id, Sending(self._say_down(incoming, told), incoming=incoming))

    async def _say_down(self, incoming: Incoming, told: list[int]) -> None:
        if message_id := await self.sender.say_store_is_down(incoming):
            told.append(message_id)

    async def _back_again(self, incoming: Incoming, told: list[int]) -> None:
        if message_id := await self.sender.say_back_again(incoming):
            told.append(message_id)
        await asyncio.to_thread(self.intake.told, incoming.chat_id, told)

    # ---- how

    async def _unless_stopped(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """The work's result; None when the bot is told to stop meanwhile, and the work is then given up."""
        working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if working.done():
            return working.result()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return None

    async def _finish(self, offset: int | None) -> None:
        """Let the updates in hand come to their end, and confirm them, so that they do not come again."""
        until = asyncio.get_running_loop().time() + STOP_SECONDS
        if self._workers:
            _, unfinished = await asyncio.wait(self._workers.values(), timeout=STOP_SECONDS)
            for worker in unfinished:
                worker.cancel()
        await self.outgoing.finish(until - asyncio.get_running_loop().time())
        confirmed = self._confirmed(offset)
        if confirmed is not None:
            try:
                wanted = {"offset": confirmed, "timeout": 0, "limit": 1}
                await asyncio.wait_for(self.bot.do_api_request(GET_UPDATES, wanted), PAUSE_SECONDS)
            except (TelegramError, TimeoutError) as error:
                log.info("not confirmed, will be known when they come again", error_class=type(error).__name__)
