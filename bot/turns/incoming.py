"""What comes in and what goes out of a turn, in our own words: nothing of Telegram's types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.screens.screen import Screen


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
    """One update. `text` is what was typed, or came with something unwanted and is only searched for danger; `data`
    is what the tapped button carries."""

    update_id: int
    came: Came
    chat_id: int = 0
    message_id: int | None = None
    text: str = field(default="", repr=False)
    data: str = ""
    callback_id: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat must be made to show after a turn. Committed before anything of it is sent.

    `screen` is shown by editing the message `edits`, or in a new one where that is None; no screen: the chat shows the
    right one already. `revision` and `walk` go into its buttons. `delete` are messages to take away, `close` those
    that stay without their buttons. `kept` is a text that its owner asked for: sent first, without content protection.
    """

    person_id: str
    chat_id: int
    language: str
    screen: Screen | None = None
    revision: int = 0
    walk: str = ""
    edits: int | None = None
    delete: tuple[int, ...] = ()
    close: tuple[int, ...] = ()
    kept: str = field(default="", repr=False)
