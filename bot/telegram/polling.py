"""Long polling that confirms an update only when its effects are committed.

Telegram takes an update back as confirmed once a later offset is asked for
(https://core.telegram.org/bots/api#getupdates), so the offset is raised past such updates only, and one that comes
twice is known by its id in the store. While the store is down nothing is confirmed, but where so much waits that
Telegram would bring nothing new: see `Polling._confirmed`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.steps import Step, passed
from bot.telegram.client import seconds_of
from bot.telegram.decoding import ALLOWED_UPDATES, sender_of, update_id_of
from bot.telegram.polling_lease import PollingLease
from bot.telegram.receiving import Receiver

log = structlog.get_logger()

Result = TypeVar("Result")

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
PAUSE_SECONDS = 1.0
HELD_SECONDS = 0.3
"""How long new updates wait at most while some chat is held up."""
CONFLICT_SECONDS = 5.0
STOP_SECONDS = 5.0
"""For the updates in hand when the bot is told to stop."""
WITHOUT_LEASE_SECONDS = 30.0
"""How long a process that cannot ask the store whose turn it is leaves Telegram to another one that polls."""
BATCH = 100
"""The most that Telegram brings at once; it brings nothing newer while as many are unconfirmed."""
ROOM = BATCH // 2
"""How many of a full batch may stay unconfirmed, so that new ones come, and may be about danger."""
MOST_IN_MEMORY = 10_000
"""Updates in hand past which none is let go of unsaved, so that a flood cannot eat up the memory."""
GET_UPDATES = "GetUpdates"
"""Asked for raw, because one malformed update would fail the whole batch, and its text would be logged. Telegram does
not mind the capital (https://core.telegram.org/bots/api#making-requests); python-telegram-bot, which would warn of
the raw way, does not know the method by it."""


@dataclass(frozen=True, slots=True)
class Held:
    """An update that is not confirmed yet."""

    dealt_with: asyncio.Future[None]
    chat: int


class Polling:
    """Asks Telegram for updates and gives them to the receiver."""

    def __init__(
        self, bot: Bot, receiver: Receiver, heard: Callable[[], None], lease: PollingLease | None = None
    ) -> None:
        """`heard` is called whenever Telegram answers. `lease`: where other processes may poll for the same bot, whose
        turn it is."""
        self.bot = bot
        self.receiver = receiver
        self.heard = heard
        self.lease = lease
        self._stop = asyncio.Event()
        self._held: dict[int, Held] = {}  # what is not confirmed yet, in the order it came

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop, then finish what is in hand. Raises InvalidToken when Telegram refuses the token."""
        self._stop = stop
        offset: int | None = None
        try:
            while not stop.is_set():
                if self.lease is not None and not self.lease.is_mine():
                    await self._unless_stopped(self.lease.wait())
                    continue
                for raw in await self._unless_stopped(self._updates(offset)) or ():
                    self._receive(raw)
                under_way = [held.dealt_with for held in self._held.values() if not held.dealt_with.done()]
                if under_way:
                    await self._unless_stopped(asyncio.wait(under_way, timeout=HELD_SECONDS))
                offset = self._confirmed(offset)
        finally:
            stop.set()
            await self.receiver.finish(STOP_SECONDS)
            if self.lease is None or self.lease.is_mine():
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
            await asyncio.sleep(self._conflict_seconds())
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except Exception as error:  # also what is no answer of Telegram's at all
            if isinstance(error, InvalidToken):
                raise
            log.warning("no updates", error_class=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            self.heard()
            return found if isinstance(found, list) else []
        return []

    def _conflict_seconds(self) -> float:
        if self.lease is None:
            return CONFLICT_SECONDS
        return PAUSE_SECONDS if self.lease.is_known else WITHOUT_LEASE_SECONDS

    def _receive(self, raw: Any) -> None:
        update_id = update_id_of(raw) if isinstance(raw, dict) else None
        if update_id is None:
            log.error("an update without an id was left out")
        elif update_id not in self._held:  # else it is not confirmed yet, and comes with every batch
            wants_an_answer = "my_chat_member" not in raw
            self._held[update_id] = Held(self.receiver.take_in(raw), (sender_of(raw) or 0) if wants_an_answer else 0)

    def _confirmed(self, offset: int | None) -> int | None:
        """The offset just past the updates that are dealt with, without a gap.

        While the store is down nothing is dealt with, and past a hundred unconfirmed updates Telegram brings nothing
        new: somebody in danger would not be answered. Then the oldest are confirmed whose senders were told that they
        are not saved and must be said again. They are tried on from memory.
        """
        full = len(self._held) >= BATCH and self.receiver.in_hand() < MOST_IN_MEMORY
        for update_id, held in list(self._held.items()):
            is_done = held.dealt_with.done() and not held.dealt_with.cancelled()
            if not is_done:
                if not (full and len(self._held) > ROOM and self.receiver.has_told(held.chat)):
                    break
                log.warning("too much waits for the store; kept in memory alone", update_id=update_id)
            del self._held[update_id]
            offset = update_id + 1
        return offset

    async def _confirm(self, offset: int | None) -> None:
        """Confirm what is dealt with before the end, so that it does not come again."""
        if offset is None:
            return
        try:
            wanted = {"offset": offset, "timeout": 0, "limit": 1}
            async with asyncio.timeout(PAUSE_SECONDS):
                await self.bot.do_api_request(GET_UPDATES, wanted)
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
