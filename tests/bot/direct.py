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
from bot.screens.advice_screen import emergency_screen
from bot.screens.screen import Screen
from bot.store import MasterKey, Store
from bot.telegram.rendering import html_of, keyboard_of
from bot.turns.incoming import Came, Incoming, Reply
from bot.turns.turn import Surroundings, Turn
from bot.turns.urgent import is_urgent
from states.flow import the_flow
from tests.bot.running import KEY, seen_by_the_store

LONGEST_TEXT, MOST_BUTTONS, MOST_ACROSS, LONGEST_DATA = 4096, 100, 8, 64
_chats = itertools.count(900_000_001)
_updates = itertools.count(1)
_TAG = re.compile(r"</?b>")
_UNFILLED = re.compile(r"\{[a-z_]*\}")


def open_intake(folder: Path, key: MasterKey = KEY) -> Intake:
    """An intake over a new store."""
    surroundings = Surroundings(the_flow(), os.urandom)
    return Intake(Store.open(folder / "sharewise.db", key), surroundings, 1, lambda: datetime.now(UTC))


class DirectChat:
    """One person's chat: what a phone would show after each reply."""

    def __init__(self, intake: Intake, language: str | None = "en", chat_id: int | None = None) -> None:
        self.intake = intake
        self.id = chat_id or next(_chats)
        self.language = language
        self.messages: dict[int, tuple[Seen, dict[str, str]]] = {}
        self.kept: list[str] = []
        self.raw: Screen | None = None
        self._ids = itertools.count(1_000_001)  # beyond those of any phone

    def say(self, *texts: str) -> Seen:
        """Write one text after the other."""
        for text in texts:
            incoming = Incoming(next(_updates), Came.TEXT, self.id, next(self._ids), text, language=self.language)
            self.give(incoming)
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
        self.give(Incoming(next(_updates), Came.TAP, self.id, on, data=data, language=self.language))
        return self.screen

    def give(self, incoming: Incoming) -> Reply | None:
        """Let the bot deal with an update, and show what it wants shown."""
        shown_already = None
        if is_urgent(incoming):
            shown_already = self._show(emergency_screen(), None, "", 0, "en")
        reply = self.intake.take(incoming, shown_already)
        if reply is not None:
            if reply.kept:
                self.kept.append(reply.kept)
            if reply.screen is not None:
                self.raw = reply.screen
                shown = self._show(reply.screen, reply.edits, reply.walk, reply.revision, reply.language)
                if reply.person_id and shown != reply.edits:
                    self.intake.sent(reply.person_id, shown, is_screen=True)
            for message_id in reply.delete:
                self.messages.pop(message_id, None)
            for message_id in reply.close:
                self.messages[message_id] = (self.messages[message_id][0], {})
        return reply

    @property
    def screen(self) -> Seen:
        """The newest message of the bot."""
        return self.messages[max(self.messages)][0]

    @property
    def turn(self) -> Turn:
        """How the chat stands in the store."""
        return seen_by_the_store(self.intake.store, self.id)

    def _show(self, screen: Screen, edits: int | None, walk: str, revision: int, language: str) -> int:
        message_id = edits or next(self._ids)
        translate = translator(language)
        text = _TAG.sub("", html_of(screen, translate))
        keyboard = keyboard_of(screen, translate, walk, revision)
        rows = keyboard.inline_keyboard if keyboard else ()
        buttons = [button for row in rows for button in row]
        assert 1 <= len(text) <= LONGEST_TEXT, f"{len(text)} characters: {text}"
        assert not _UNFILLED.search(text + " ".join(button.text for button in buttons)), text
        assert len(buttons) <= MOST_BUTTONS
        assert all(len(row) <= MOST_ACROSS for row in rows)
        assert all(button.text.strip() for button in buttons)
        assert all(len(str(button.callback_data).encode()) <= LONGEST_DATA for button in buttons)
        labels = tuple(tuple(button.text for button in row) for row in rows)
        seen = Seen(text, tuple(label for row in labels for label in row), message_id, labels)
        self.messages[message_id] = (seen, {button.text: str(button.callback_data) for button in buttons})
        return message_id
