"""Long polling that confirms an update only when its effects are committed.

Telegram takes an update back as confirmed once a later offset is asked for
(https://core.telegram.org/bots/api#getupdates), so the offset is raised past such updates only, and one that comes
twice is known by its id in the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.health import beat
from bot.steps import Step, passed
from bot.telegram.client import seconds_of
from bot.telegram.decoding import ALLOWED_UPDATES
from bot.telegram.receiving import Receiver

log = structlog.get_logger()

Result = TypeVar("Result")

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
PAUSE_SECONDS = 1.0
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


class Polling:
    """Asks Telegram for updates and gives them to the receiver."""

    def __init__(self, bot: Bot, receiver: Receiver, alive: Path | None = None) -> None:
        """`alive`: a file to touch whenever Telegram answers (see `bot.health`)."""
        self.bot = bot
        self.receiver = receiver
        self.alive = alive
        self._stop = asyncio.Event()
        self._held: dict[int, asyncio.Future[None]] = {}  # what is not confirmed yet, in the order it came

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop, then finish what is in hand. Raises InvalidToken when Telegram refuses the token."""
        self._stop = stop
        offset: int | None = None
        try:
            while not stop.is_set():
                for raw in await self._unless_stopped(self._updates(offset)) or ():
                    self._receive(raw)
                under_way = [future for future in self._held.values() if not future.done()]
                if under_way:
                    await self._unless_stopped(asyncio.wait(under_way, timeout=HELD_SECONDS))
                offset = self._confirmed(offset)
        finally:
            stop.set()
            await self.receiver.finish(STOP_SECONDS)
            await self._confirm(self._confirmed(offset))

    async def _updates(self, offset: int | None) -> Sequence[Any]:
        wanted: dict[str, Any] = {
            "timeout": 0 if self._held else POLL_SECONDS,
            "limit": BATCH,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            wanted["offset"] = offset
            passed(Step.CONFIRMING)
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
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if update_id in self._held:  # not confirmed yet, so it comes with every batch
            return
        try:
            self._held[int(update_id or 0)] = self.receiver.take_in(raw)
        except (AttributeError, TypeError, ValueError):
            log.error("an update without an id was left out")

    def _confirmed(self, offset: int | None) -> int | None:
        """The offset just past the updates that are dealt with, without a gap."""
        for update_id, future in list(self._held.items()):
            if not future.done() or future.cancelled():
                break
            del self._held[update_id]
            offset = update_id + 1
        return offset

    async def _confirm(self, offset: int | None) -> None:
        """Confirm what is dealt with before the end, so that it does not come again."""
        if offset is None:
            return
        try:
            wanted = {"offset": offset, "timeout": 0, "limit": 1}
            await asyncio.wait_for(self.bot.do_api_request(GET_UPDATES, wanted), PAUSE_SECONDS)
        except (TelegramError, TimeoutError) as error:
            log.info("not confirmed, will be known when they come again", error_class=type(error).__name__)

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
