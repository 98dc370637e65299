"""A chat without a network, for tables too wide for one: the real intake, turns, screens and store, and every screen
held to Telegram's limits as it goes out."""

from __future__ import annotations

import itertools
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.i18n import translator
from bot.intake import Intake
from bot.pocket.person import Screen as Seen
from bot.screens import codes
from bot.screens.advice_screen import emergency_screen
from bot.screens.worded import Worded, worded
from bot.store import MasterKey, Store
from bot.telegram.marking import write_down
from bot.telegram.rendering import html_of
from bot.telegram.sending import Done
from bot.turns.call import Call
from bot.turns.incoming import Came, Incoming
from bot.turns.turn import Surroundings, Turn
from bot.turns.urgent import is_urgent
from states.flow import the_flow
from tests.bot.running import KEY, seen_by_the_store

LONGEST_TEXT, MOST_BUTTONS, MOST_ACROSS, LONGEST_DATA = 4096, 100, 8, 64
_chats = itertools.count(900_000_001)
updates = itertools.count(1)
_TAG = re.compile(r"</?b>")
_UNFILLED = re.compile(r"\{[a-z_]*\}")


def open_intake(place: Path | str, key: MasterKey = KEY) -> Intake:
    """An intake over a new store in a folder, or in the PostgreSQL database with this address."""
    surroundings = Surroundings(the_flow(), os.urandom)
    location = place / "sharewise.db" if isinstance(place, Path) else place
    return Intake(Store.open(location, key), surroundings, 1, lambda: datetime.now(UTC))


class DirectChat:
    """One person's chat: what a phone would show after each reply."""

    def __init__(self, intake: Intake, language: str | None = "en", chat_id: int | None = None, name: str = "") -> None:
        self.intake = intake
        self.name = name
        self.id = chat_id or next(_chats)
        self.language = language
        self.messages: dict[int, tuple[Seen, dict[str, str]]] = {}
        self.kept: list[str] = []
        self._ids = itertools.count(1_000_001)  # beyond those of any phone

    def say(self, *texts: str) -> Seen:
        """Write one text after the other."""
        for text in texts:
            on = next(self._ids)
            self.give(Incoming(next(updates), Came.TEXT, self.id, on, text, language=self.language, name=self.name))
        return self.screen

    def tap(self, *labels: str) -> Seen:
        """Tap one button after the other, each on the newest message that carries it."""
        for label in labels:
            for message_id, (_, data) in sorted(self.messages.items(), reverse=True):
                if label in data:
                    self.press(data[label], message_id)
                    break
            else:
                raise AssertionError(f"no button {label!r} on {self.screen}")
        return self.screen

    def press(self, data: str, message_id: int | None = None) -> Seen:
        """Tap whatever this data is, by default on the newest message."""
        on = message_id or max(self.messages)
        self.give(Incoming(next(updates), Came.TAP, self.id, on, data=data, language=self.language, name=self.name))
        return self.screen

    def give(self, incoming: Incoming) -> list[Call]:
        """Let the bot deal with an update, and show what it wants shown. Gives what it said."""
        shown_already = None
        if is_urgent(incoming):
            shown_already = self._show(worded(emergency_screen(), translator("en"), "", 0), None)
        store, at = self.intake.store, self.intake.clock()
        waiting = store.run(lambda transaction: self.intake.turn(transaction, incoming, at, shown_already))
        calls = []
        while waiting:
            said = waiting.pop(0)
            calls.append(said.call)
            done = self.made(said.call, said.row.living)
            written = store.run(
                lambda transaction, said=said, done=done: write_down(  # type: ignore[misc]
                    transaction, said.row, said.call, done, at, self.intake.surroundings.worker
                )
            )
            waiting += written.later
        return calls

    def made(self, call: Call, living: int | None) -> Done:
        """Make the call, as Telegram would."""
        if call.kind == "kept":
            self.kept.append(call.kept)
            return Done((next(self._ids),))
        if call.worded is not None:
            edits = call.change or (living if call.kind == "screen" and not call.fresh else None)
            shown = self._show(call.worded, edits)
            return Done() if shown == edits else Done((shown,))
        for message_id in call.delete:
            self.messages.pop(message_id, None)
        for message_id in call.close:
            self.messages[message_id] = (self.messages[message_id][0], {})
        return Done(gone=call.delete)

    def verbs(self) -> set[str]:
        """What the buttons of the newest message do."""
        return {codes.read(data).press.verb for data in self.messages[max(self.messages)][1].values()}

    @property
    def screen(self) -> Seen:
        """The newest message of the bot."""
        return self.messages[max(self.messages)][0]

    @property
    def turn(self) -> Turn:
        """How the chat stands in the store."""
        return seen_by_the_store(self.intake.store, self.id, self.intake.clock())

    def _show(self, screen: Worded, edits: int | None) -> int:
        message_id = edits or next(self._ids)
        text = _TAG.sub("", html_of(screen))
        buttons = [button for row in screen.rows for button in row]
        assert 1 <= len(text) <= LONGEST_TEXT, f"{len(text)} characters: {text}"
        assert not _UNFILLED.search(text + " ".join(label for label, _ in buttons)), text
        assert len(buttons) <= MOST_BUTTONS
        assert all(len(row) <= MOST_ACROSS for row in screen.rows)
        assert all(label.strip() for label, _ in buttons)
        assert all(len(data.encode()) <= LONGEST_DATA for _, data in buttons)
        labels = tuple(tuple(label for label, _ in row) for row in screen.rows)
        seen = Seen(text, tuple(label for row in labels for label in row), message_id, labels)
        self.messages[message_id] = (seen, dict(buttons))
        return message_id
