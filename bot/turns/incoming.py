"""What comes in, in our own words: nothing of Telegram's types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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
    name: str = field(default="", repr=False)
    """What the sender calls themselves in Telegram. Kept only of who joins an organisation."""
