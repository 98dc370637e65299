"""What comes in and what goes out of a turn, in our own words: nothing of Telegram's types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.screens.screen import Screen
from states.text import Text


class Came(StrEnum):
    """The kinds of update that a turn knows."""

    TAP = "tap"
    TEXT = "text"
    UNWANTED = "unwanted"  # photo, voice, document, contact, location, forwarded: refused, never fetched
    GROUP = "group"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. `text` is what was typed; `data` is what the tapped button carries."""

    update_id: int
    came: Came
    chat_id: int = 0
    message_id: int | None = None
    text: str = field(default="", repr=False)
    data: str = ""
    callback_id: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that its owner asked for and may keep: sent without content protection, and not swept."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat must be made to show after a turn. Committed before anything of it is sent.

    `replaces` is the message that shows the old screen; it is edited in place unless `fresh`. `revision` and `walk` go
    into the new screen's buttons. `delete` are messages to take away.
    """

    person_id: str
    chat_id: int
    language: str
    screen: Screen | None = None
    revision: int = 0
    walk: str = ""
    replaces: int | None = None
    fresh: bool = False
    keep_old: bool = False
    delete: tuple[int, ...] = ()
    alert: Text | None = None
    kept: Kept | None = None
