"""What the pocket Telegram knows: people, groups, messages, taps and updates."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """Someone with a phone. `note` is what the page writes under the name, such as "volunteer"."""

    person_id: int
    first_name: str
    note: str
    language_code: str
    started: bool = False
    blocked: bool = False
    cleared_up_to: int = 0
    """Messages up to this id are cleared from the person's own history."""

    def sender(self) -> Json:
        """The User object of the Bot API."""
        return {
            "id": self.person_id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def chat(self) -> Json:
        """The private Chat object of the Bot API."""
        return {"id": self.person_id, "first_name": self.first_name, "type": "private"}


@dataclass
class Group:
    """A group chat with the bot in it, or no longer in it."""

    group_id: int
    title: str
    bot_inside: bool = True

    def chat(self) -> Json:
        """The group Chat object of the Bot API."""
        return {
            "id": self.group_id,
            "title": self.title,
            "type": "group",
            "all_members_are_administrators": True,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }


@dataclass
class Message:
    """One message. `body` is the Bot API's Message object as it stands now."""

    message_id: int
    chat_id: int
    from_bot: bool
    sent_at: float
    body: Json
    earlier: list[Json] = field(default_factory=list)
    """What edits took away: text and the time it went. Kept for the privacy view only; no phone shows it."""
    gone_at: float | None = None
    """When it was deleted for everyone."""
    hidden: bool = False
    """The person deleted it on their own side only."""

    @property
    def words(self) -> str:
        """Text or caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard, row by row."""
        markup = self.body.get("reply_markup") or {}
        rows: list[list[Json]] = markup.get("inline_keyboard", [])
        return rows


@dataclass
class Tap:
    """A tap on an inline button, waiting for the bot's answer or answered."""

    tap_id: int
    chat_id: int
    person_id: int
    message_id: int
    label: str
    at: float
    answer: Json | None = None
    """Text, show_alert, url and time of the answer."""


@dataclass
class Pending:
    """An update the bot has not confirmed."""

    update_id: int
    kind: str
    chat_id: int
    at: float
    body: Json


@dataclass
class Webhook:
    """Where updates are delivered; no address means that the bot polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_at: float = 0
    last_error: str = ""


@dataclass
class Settings:
    """Everything else that lasts."""

    clock_offset: float = 0.0
    last_person_id: int = 700_000_000
    last_group_id: int = -4_000_000
    last_message_id: int = 100
    last_update_id: int = 310_000_000
    last_tap_id: int = 4_000_000_000_000
    last_file: int = 0
    bot_id: int = 0
    allowed_updates: list[str] = field(default_factory=list)
