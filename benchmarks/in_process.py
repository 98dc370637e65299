"""The bot from the raw update to Telegram's calls, with only the network replaced."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telegram import Bot

from benchmarks.machine import scratch
from benchmarks.network import TOKEN, Network
from bot.intake import Intake
from bot.logging import start_logging
from bot.run import SWITCH_SECONDS
from bot.store import MasterKey, Store
from bot.store.store import Location
from bot.telegram.outbox import Outbox
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender
from bot.turns.turn import Surroundings
from states.flow import the_flow

KEY_HEX = bytes(range(32)).hex()
KEY = MasterKey(bytes.fromhex(KEY_HEX))
STOP_SECONDS = 5.0


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


class BotInProcess:
    """One worker of the bot over an open store. `await deal_with(raw)` is one whole turn."""

    def __init__(self, store: Store, network: Network) -> None:
        start_logging("error")
        sys.setswitchinterval(SWITCH_SECONDS)
        self.store = store
        self.network = network
        self.bot = Bot(TOKEN, request=network, get_updates_request=network)
        worker = secrets.token_hex(16)
        sender = Sender(self.bot)
        self.outbox = Outbox(store, sender, worker, now)
        surroundings = Surroundings(the_flow(), os.urandom, worker=worker)
        self.intake = Intake(store, surroundings, 1, now)
        self.receiver = Receiver(self.bot, self.intake, sender, self.outbox)

    async def start(self) -> BotInProcess:
        """Make itself known to the network."""
        await self.bot.initialize()
        self.network.calls = 0
        return self

    async def deal_with(self, raw: Mapping[str, Any]) -> None:
        """One update, until it is committed and everything that it says is sent."""
        await self.receiver.take_in(raw)
        await self.outbox.sent(chat_of(raw))

    async def stop(self) -> None:
        """Let everything come to its end. The store stays open."""
        await self.receiver.finish(STOP_SECONDS)
        await self.outbox.finish(STOP_SECONDS)
        await self.bot.shutdown()


@contextmanager
def new_store(location: Location | None = None) -> Iterator[Store]:
    """A new embedded store on the real disk, gone afterwards; or the one that is at `location`."""
    with TemporaryDirectory(dir=scratch()) as folder:
        store = Store.open(location or Path(folder) / "sharewise.db", KEY)
        try:
            yield store
        finally:
            store.close()


def chat_of(raw: Mapping[str, Any]) -> int:
    """Whose chat an update comes from."""
    return int((raw.get("callback_query") or raw["message"])["from"]["id"])


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "User", "language_code": "en"}


def start_update(update_id: int, chat: int) -> dict[str, Any]:
    """/start, as Telegram gives it."""
    message = {
        "message_id": update_id,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "User"},
        "from": _person(chat),
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    return {"update_id": update_id, "message": message}


def tap_update(update_id: int, chat: int, message_id: int, data: str) -> dict[str, Any]:
    """A tap, as Telegram gives it, decoded from its JSON."""
    query = {
        "id": f"{chat}-{update_id}",
        "from": _person(chat),
        "chat_instance": "x",
        "data": data,
        "message": {
            "message_id": message_id,
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "User"},
            "text": "As the bot wrote it.",
        },
    }
    decoded: dict[str, Any] = json.loads(json.dumps({"update_id": update_id, "callback_query": query}))
    return decoded
