"""Long polling that confirms an update only when its effects are committed.

Telegram takes an update back as confirmed once a later offset is asked for
(https://core.telegram.org/bots/api#getupdates), so the offset is raised past committed updates only, and one that
comes twice is known by its id in the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.health import beat
from bot.intake import Intake
from bot.screens import codes
from bot.store import StoreConflict, StoreError
from bot.telegram.decoding import ALLOWED_UPDATES, decode
from bot.telegram.sending import Sender
from bot.turns.incoming import Came, Incoming
from bot.turns.typing import is_urgent
from states.questions.danger import DANGER

log = structlog.get_logger()

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
PAUSE_SECONDS = 1.0
BATCH = 100


class Polling:
    """Asks Telegram for updates and deals with them: one at a time in a chat, chats beside one another."""

    def __init__(self, bot: Bot, intake: Intake, sender: Sender, alive: Path | None = None) -> None:
        self.bot = bot
        self.intake = intake
        self.sender = sender
        self.alive = alive
        self._told_down: dict[int, str | None] = {}
        self._emergencies: dict[int, int | None] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop. Raises InvalidToken when Telegram refuses the token."""
        offset: int | None = None
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                asking = asyncio.ensure_future(self._updates(offset))
                await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not asking.done():
                    asking.cancel()
                    await asyncio.gather(asking, return_exceptions=True)
                    return
                updates = asking.result()
                offset = await self._deal_with(updates, offset)
        finally:
            stopping.cancel()

    async def _updates(self, offset: int | None) -> Sequence[Mapping[str, Any]]:
        wanted: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "limit": BATCH,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            wanted["offset"] = offset
        try:
            # Raw, because one malformed update would fail the whole batch, and its text would be logged.
            found = await self.bot.do_api_request("getUpdates", wanted, read_timeout=READ_SECONDS)
        except InvalidToken:
            raise
        except Conflict:
            log.error("another process polls with this token; waiting for it to stop")
            await asyncio.sleep(5 * PAUSE_SECONDS)
        except RetryAfter as error:
            await asyncio.sleep(_seconds(error))
        except TelegramError as error:
            log.warning("no updates", error_class=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            if self.alive is not None:
                beat(self.alive)
            return found if isinstance(found, list) else []
        return []

    async def _deal_with(self, updates: Sequence[Mapping[str, Any]], offset: int | None) -> int | None:
        """Deal with a batch; gives the offset just past the updates that are committed without a gap."""
        chats: dict[object, list[tuple[int, Mapping[str, Any]]]] = {}
        for place, raw in enumerate(updates):
            chats.setdefault(_chat_of(raw), []).append((place, raw))
        done: set[int] = set()

        async def one_chat(line: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
            for place, raw in line:
                if not await self._one(raw):
                    return
                done.add(place)

        await asyncio.gather(*(one_chat(line) for line in chats.values()))
        for place, raw in enumerate(updates):
            if place not in done:
                await asyncio.sleep(PAUSE_SECONDS)
                return offset
            offset = int(raw["update_id"]) + 1
        return offset

    async def _one(self, raw: Mapping[str, Any]) -> bool:
        """Deal with one update. True: it is committed, or set aside, and may be confirmed."""
        try:
            incoming = decode(raw, self.bot)
        except Exception as error:
            return await self._failed(Incoming(int(raw["update_id"]), Came.IGNORED), error)
        if incoming.came is Came.GROUP:
            await self.sender.answer_tap(incoming.callback_id)
            await self._quietly(self.sender.refuse_group(incoming))
            return True
        shown_already = await self._emergency_first(incoming)
        if incoming.callback_id:
            await self.sender.answer_tap(incoming.callback_id)
        try:
            reply = self.intake.take(incoming, shown_already)
        except Exception as error:
            return await self._failed(incoming, error)
        self._emergencies.pop(incoming.update_id, None)
        if self._told_down:
            await self._back_again()
        if reply is not None:
            await self._quietly(self.sender.reply(reply, shown_already))
        return True

    async def _emergency_first(self, incoming: Incoming) -> int | None:
        """The static 999 text goes out at once, before the transaction; once for an update that is tried again."""
        if not _is_urgent(incoming):
            return None
        if incoming.update_id not in self._emergencies:
            try:
                self._emergencies[incoming.update_id] = await self.sender.emergency(incoming)
            except TelegramError as error:
                log.error("emergency text not sent, will be shown by the turn", error_class=type(error).__name__)
                return None
        return self._emergencies[incoming.update_id]

    async def _failed(self, incoming: Incoming, error: Exception) -> bool:
        log.error("turn failed", update_id=incoming.update_id, error_class=type(error).__name__)
        if isinstance(error, StoreError) and not isinstance(error, StoreConflict):
            await self._tell_down(incoming)
            return False
        try:
            set_aside = self.intake.failed(incoming, error)
        except StoreError:
            await self._tell_down(incoming)
            return False
        if set_aside:
            await self._quietly(self.sender.say_set_aside(incoming))
        return set_aside

    async def _tell_down(self, incoming: Incoming) -> None:
        """Once a chat and outage: nothing could be saved. The update stays unconfirmed and will be tried again."""
        if incoming.chat_id and incoming.chat_id not in self._told_down:
            self._told_down[incoming.chat_id] = incoming.language
            await self._quietly(self.sender.say_store_is_down(incoming))

    async def _back_again(self) -> None:
        told, self._told_down = self._told_down, {}
        for chat_id, language in told.items():
            await self._quietly(self.sender.say_back_again(chat_id, language))

    async def _quietly(self, sending: Any) -> None:
        """What goes out after the commit may fail without undoing it: a tap or /start shows the screen again."""
        try:
            await sending
        except Exception as error:  # noqa: BLE001  the turn is committed; nothing may stop the next one
            log.error("not sent", error_class=type(error).__name__)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _chat_of(raw: Mapping[str, Any]) -> object:
    """Whose turn it is, so that a chat's updates stay in order; what cannot be told apart shares one line."""
    for kind in ("message", "my_chat_member"):
        part = raw.get(kind)
        if isinstance(part, dict) and isinstance(part.get("chat"), dict):
            return part["chat"].get("id")
    tap = raw.get("callback_query")
    if isinstance(tap, dict) and isinstance(tap.get("from"), dict):
        return tap["from"].get("id")
    return None


def _is_urgent(incoming: Incoming) -> bool:
    """A danger button, however old, the danger question answered with yes or not sure, or danger typed."""
    if incoming.came is Came.TEXT:
        return is_urgent(incoming.text)
    if incoming.came is not Came.TAP:
        return False
    try:
        what = codes.read(incoming.data).press
    except codes.UnreadableButtonError:
        return False
    if what.verb == "option" and what.first == DANGER.id:
        return what.second in ("1", "2")
    return what.verb == "danger"
