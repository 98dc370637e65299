"""The real bot in a thread of the test, speaking over HTTP to a pocket Telegram in a process of its own."""

from __future__ import annotations

import asyncio
import itertools
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.health import Health
from bot.intake import Intake
from bot.pocket.person import Person, Screen
from bot.pocket.process import PocketTelegram
from bot.store import MasterKey, Store, outbox, people
from bot.telegram.serving import serving
from bot.telegram.webhook import Webhook
from bot.turns.turn import Surroundings, Turn
from states.flow import the_flow

TOKEN = "123456:ABC-pocket"
KEY = MasterKey(bytes(range(32)))
PATIENCE = 30.0

_numbers = itertools.count(1)


class RunningBot:
    """A bot at work, the store it writes to, and the pocket Telegram it speaks to."""

    def __init__(
        self, telegram: PocketTelegram, folder: Path, webhook: Webhook | None = None, store: Store | None = None
    ) -> None:
        """`webhook`: where Telegram brings the updates; without one they are fetched."""
        self.telegram = telegram
        self.webhook = webhook
        self.health = Health(lambda: None, webhook_wanted=webhook is not None)
        self.store = Store.open(folder / "sharewise.db", KEY) if store is None else store
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        async def whole() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            await serving(
                TOKEN, self.telegram.address, self._intake, self._stop, health=self.health, webhook=self.webhook
            )

        asyncio.run(whole())

    def _intake(self, bot_id: int, bot_name: str = "") -> Intake:
        surroundings = Surroundings(the_flow(), os.urandom, f"running-{next(_numbers)}", bot_name)
        return Intake(self.store, surroundings, bot_id, lambda: self.clock())

    def start(self) -> RunningBot:
        """Start; what is written to it before it asks for updates waits at the pocket."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop cleanly."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot did not stop"
        self.store.close()

    def aside(self) -> Intake:
        """An intake over the same store, beside the network."""
        return self._intake(0)

    def newcomer(self, language_code: str = "en") -> Phone:
        """Somebody who has never written to the bot."""
        return Phone(self, self.telegram.person(f"Person {next(_numbers)}", language_code))


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait for something that the bot does on its own time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.008)


def seen_by_the_store(store: Store, chat_id: int, at: datetime | None = None) -> Turn:
    """How a chat stands, read from the store as a turn at this moment will read it. Only for looking."""
    with store.reading() as transaction:
        person = people.find(transaction, chat_id)
        assert person is not None, "the store knows nobody in this chat"
        return Turn(transaction, Surroundings(the_flow(), os.urandom), person, at or datetime.now(UTC))


class Phone:
    """A person with a phone who waits, after everything they do, until the bot has dealt with it."""

    def __init__(self, running: RunningBot, person: Person) -> None:
        self.bot = running
        self.person = person
        self.id = person.id

    def settled(self) -> Phone:
        """Wait until the bot has dealt with everything this person did, and has said all it has to say."""
        self.dealt_with()
        wait_until(self._told)
        return self

    def dealt_with(self) -> None:
        """Wait until everything this person did is saved."""
        wait_until(lambda: not [one for one in self.bot.telegram.updates() if _chat_of(one) == self.id])

    def _told(self) -> bool:
        with self.bot.store.reading() as transaction:
            return outbox.count_of_chat(transaction, self.id) == 0

    def say(self, *texts: str) -> Screen:
        """Write one text after the other."""
        for text in texts:
            self.person.say(text)
            self.settled()
        return self.screen

    def tap(self, *labels: str, stale: bool = False) -> Screen:
        """Tap one button after the other."""
        for label in labels:
            self.person.tap(label, stale=stale)
            self.settled()
        return self.screen

    @property
    def screen(self) -> Screen:
        """The newest message of the bot."""
        return self.person.screen()

    @property
    def turn(self) -> Turn:
        """How the chat stands in the store."""
        return seen_by_the_store(self.bot.store, self.id, self.bot.clock())

    def readable(self) -> list[str]:
        """Everything still readable in the chat, by either side."""
        return self.person.history()

    def calls(self, method: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """What the bot called for this chat."""
        return self.bot.telegram.calls(method, self.id, after)


def _chat_of(update: dict[str, Any]) -> object:
    for kind in ("message", "my_chat_member"):
        if kind in update:
            return update[kind]["chat"]["id"]
    return update["callback_query"]["from"]["id"] if "callback_query" in update else None
