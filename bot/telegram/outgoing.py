"""What is to be sent, chat by chat in the order of the commits. A chat that must wait for Telegram delays no other.

Whoever commits waits a moment for it to be shown (`Outgoing.shown`), so that what a crash kept from being shown comes
again with its update; but not longer, since updates that are not confirmed keep newer ones from being fetched.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from bot.intake import Intake
from bot.screens.advice_screen import emergency_screen
from bot.telegram.sending import Sender
from bot.turns.incoming import Incoming, Reply

log = structlog.get_logger()

SHOW_SECONDS = 3.0
"""How long a committed update waits to be shown before it counts as dealt with."""
MOST_ASIDE = 50
"""Refusals in groups under way at once; past that they are left out."""


@dataclass(eq=False)
class Sending:
    """What one update has to send. Each part is tried, whatever becomes of the others."""

    first: Coroutine[Any, Any, object] | None = None  # about the bot's own trouble
    reply: Reply | None = None
    emergency: asyncio.Task[int | None] | None = None  # the 999 text, where it was still on its way at the commit
    answering: asyncio.Task[None] | None = None
    incoming: Incoming = field(kw_only=True)


class Outgoing:
    """One line of sendings for each chat, and a few things beside every line."""

    def __init__(self, sender: Sender, intake: Intake) -> None:
        self.sender = sender
        self.intake = intake
        self._lines: dict[int, deque[Sending]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._behind: set[int] = set()
        self._aside: set[asyncio.Task[None]] = set()

    def put(self, chat: int, sending: Sending) -> None:
        """Send this after everything that its chat still has to get."""
        self._lines.setdefault(chat, deque()).append(sending)
        if chat not in self._workers:
            self._workers[chat] = asyncio.create_task(self._work_off(chat))

    def put_aside(self, sending: Coroutine[Any, Any, object]) -> None:
        """Send what nobody waits for, as far as it goes."""
        if len(self._aside) >= MOST_ASIDE:
            sending.close()
            log.info("left out, too many at once")
            return
        task = asyncio.create_task(_quietly(sending))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def shown(self, chat: int) -> None:
        """Wait until the chat shows everything, SHOW_SECONDS at most, and not at all where it is behind already."""
        worker = self._workers.get(chat)
        if worker is None or chat in self._behind:
            return
        await asyncio.wait({worker}, timeout=SHOW_SECONDS)
        if not worker.done():
            self._behind.add(chat)
            log.info("a chat must wait to be shown what is saved")

    async def finish(self, seconds: float) -> None:
        """Let what is under way come to its end, for so long."""
        tasks = {*self._workers.values(), *self._aside}
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=max(0.0, seconds))
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _work_off(self, chat: int) -> None:
        line = self._lines[chat]
        new_screen: int | None = None
        try:
            while line:
                new_screen = await self._send(line.popleft(), line, new_screen)
        finally:
            for left in line:
                if left.first is not None:
                    left.first.close()
            del self._workers[chat], self._lines[chat]
            self._behind.discard(chat)

    async def _send(self, sending: Sending, later: deque[Sending], new_screen: int | None) -> int | None:
        """Send all of it. Gives the new message that the chat's screen went out in, if it did just now."""
        if sending.first is not None:
            await _quietly(sending.first)
        reply = sending.reply
        if sending.emergency is not None:
            reply = await self._with_late_emergency(sending, reply)
        if reply is not None:
            if any(other.reply is not None for other in later):  # that one shows how the chat stands by now
                reply = replace(reply, screen=None, edits=None)
            if new_screen and new_screen not in (reply.edits, *reply.delete, *reply.close):
                # This turn was committed before the screen of the one before it had gone out.
                reply = replace(reply, delete=(*reply.delete, new_screen))
            new_screen = await self._replied(reply)
        if sending.answering is not None:
            await sending.answering
        return new_screen

    async def _replied(self, reply: Reply) -> int | None:
        try:
            return await self.sender.reply(reply)
        except Exception as error:  # the turn is committed: a tap or /start shows the screen again
            log.error("not sent", error_class=type(error).__name__)
            return None

    async def _with_late_emergency(self, sending: Sending, reply: Reply | None) -> Reply | None:
        """The 999 text came through after the commit: it is the screen, or one message more to sweep."""
        message_id = await sending.emergency if sending.emergency is not None else None
        if message_id is None:
            return reply
        if reply is None or not reply.person_id or reply.screen != emergency_screen():
            await _quietly(asyncio.to_thread(self.intake.told, sending.incoming.chat_id, [message_id]))
            return reply
        await _quietly(asyncio.to_thread(self.intake.sent, reply.person_id, message_id, is_screen=True))
        gone = (reply.edits,) if reply.edits else ()
        return replace(reply, screen=None, edits=None, delete=(*reply.delete, *gone))


async def _quietly(sending: Coroutine[Any, Any, object]) -> None:
    """What goes out after the commit may fail without undoing it."""
    try:
        await sending
    except Exception as error:  # whatever it is, it may not stop the next one
        log.error("not sent", error_class=type(error).__name__)
