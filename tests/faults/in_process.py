"""A whole bot in this process, from the raw update to Telegram's calls, with only the network replaced."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.intake import Intake
from bot.store import Store
from bot.telegram.outbox import Outbox
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender
from bot.turns.turn import Surroundings
from states.flow import the_flow
from tests.bot.running import KEY
from tests.store.postgresql import new_database

ENGINES = ("embedded", "postgresql")
BOT = {"id": 1, "is_bot": True, "first_name": "Sharewise", "username": "sharewise_bot"}
FIRST_MESSAGE = 5_000_000_001
"""Beyond every message that a test lets people write."""


@contextlib.contextmanager
def new_store(engine: str) -> Iterator[Store]:
    """A new store on this engine, gone afterwards."""
    with contextlib.ExitStack() as stack:
        if engine == "postgresql":
            store = Store.open(stack.enter_context(new_database()), KEY)
        else:
            store = Store.open(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "sharewise.db", KEY)
        stack.callback(store.close)
        yield store


def intake_over(store: Store) -> Intake:
    """An intake over this store, by the real time."""
    return Intake(store, Surroundings(the_flow(), os.urandom), 1, lambda: datetime.now(UTC))


class Transport(BaseRequest):
    """Telegram in the place of python-telegram-bot's transport: takes every call at once. `calls` holds each method's
    name, in small letters, and the chat it was for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self._messages = itertools.count(FIRST_MESSAGE)

    @property
    def read_timeout(self) -> float:
        """Never waited for."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *unused: Any, **waits: Any
    ) -> tuple[int, bytes]:
        """One call, answered."""
        name = url.rpartition("/")[2].lower()
        parameters: dict[str, Any] = request_data.parameters if request_data else {}
        chat = int(parameters.get("chat_id", 0))
        self.calls.append((name, chat))
        result: object = BOT if name == "getme" else True
        if name == "sendmessage":
            result = {"message_id": next(self._messages), "date": 1, "chat": {"id": chat, "type": "private"}}
        return 200, json.dumps({"ok": True, "result": result}).encode()


class WorkingBot:
    """A worker around this intake. `receiver` takes updates in; `outbox.finish` waits until all is said."""

    def __init__(self, intake: Intake, transport: Transport) -> None:
        self.bot = Bot("1:a", request=transport, get_updates_request=transport)
        sender = Sender(self.bot)
        self.outbox = Outbox(intake.store, sender, intake.surroundings.worker, intake.clock)
        self.receiver = Receiver(self.bot, intake, sender, self.outbox)

    async def finish(self, seconds: float) -> None:
        """Take nothing more in, and let what has begun come to its end, for so long."""
        await self.receiver.finish(seconds)
        await self.outbox.finish(seconds)
