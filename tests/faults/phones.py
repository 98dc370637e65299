"""Phones that the harness holds: what they show, what is done on them, and every update that this makes for the bot."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from bot.pocket.person import answer_of
from bot.screens import codes
from bot.screens.codes import Pressed

Kind = Literal["tap", "say", "send", "edit", "block", "unblock", "clear", "delete"]

BESIDE = ("escalation", "disagree")
"""Verbs of buttons that stand beside the screen: on a ping, or on what one says to the other."""

_LINE = re.compile(r"(?:^|   )(\d+) (✓ )?(.+?)(?=   \d+ |$)", re.MULTILINE)
"""How a screen's text spells its numbers out."""


@dataclass(frozen=True)
class Button:
    """A button as it is seen, and what it carries."""

    label: str
    data: str

    @property
    def pressed(self) -> Pressed | None:
        """What it means; None where it cannot be read."""
        try:
            return codes.read(self.data)
        except codes.UnreadableButtonError:
            return None


@dataclass(frozen=True)
class Shown:
    """One message that stands in the chat."""

    message_id: int
    from_bot: bool
    text: str
    buttons: tuple[Button, ...]

    @property
    def beside(self) -> bool:
        """Whether the bot told something here beside the screen, with buttons that belong to no screen."""
        found = [button.pressed for button in self.buttons]
        return bool(found) and all(
            one is not None and not one.revision and not one.walk and one.press.verb in BESIDE for one in found
        )

    @property
    def asks(self) -> str:
        """The call for a lead that this ping asks to take; "" where it is no ping."""
        found = [button.pressed for button in self.buttons] if self.beside else []
        takes = [one.press.second for one in found if one is not None and one.press.first == "take"]
        return takes[0] if takes else ""

    @property
    def options(self) -> dict[str, tuple[str, bool]]:
        """The numbers that the text spells out: the option's words, and whether it is ticked."""
        return {number: (label.strip(), bool(tick)) for number, tick, label in _LINE.findall(self.text)}


@dataclass(frozen=True)
class Act:
    """One thing done on a phone.

    `text` is a label or words. `data` is the button tapped, or the one that typed words stand for; `chosen` are the
    words of the options that it answers with, as its screen had them.
    """

    kind: Kind
    text: str = ""
    message_id: int = 0
    data: str = ""
    chosen: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.text!r}" if self.text else self.kind


@dataclass(frozen=True)
class Done:
    """An act that was done, and the update it made."""

    update_id: int
    act: Act
    at: float


@dataclass
class Phone:
    """One person's phone."""

    http: httpx.Client
    person_id: int
    now: Callable[[], float]
    """Telegram's clock, in seconds since 1970."""
    done: list[Done] = field(default_factory=list)
    blocked: bool = False
    away: bool = False
    """Whether they blocked the bot or emptied the chat on their own side, and have done nothing in it since."""

    def look(self) -> list[Shown]:
        """What stands in the chat, oldest first."""
        phone = answer_of(self.http.get(f"/pocket/people/{self.person_id}/phone"))
        return [_shown(message) for message in phone["messages"]]

    def do(self, act: Act) -> None:
        """Do it. The bot may not know yet."""
        details: dict[str, Any] = {"message_id": act.message_id}
        match act.kind:
            case "tap":
                details |= {"data": act.data, "label": act.text, "stale": True}
            case "send":
                details = {"kind": act.text}
            case "say" | "edit":
                details |= {"text": act.text}
        at = self.now()
        made = answer_of(self.http.post(f"/pocket/people/{self.person_id}/{act.kind}", json=details))
        self.done += [Done(number, act, at) for number in made["updates"]]
        self.away = act.kind in ("clear", "block", "unblock")
        if act.kind in ("block", "unblock"):
            self.blocked = act.kind == "block"


def _shown(message: dict[str, Any]) -> Shown:
    buttons = [Button(one["text"], one.get("callback_data", "")) for row in message["buttons"] for one in row]
    return Shown(message["id"], message["from_bot"], message["text"], tuple(buttons))


def screen_of(chat: list[Shown]) -> Shown | None:
    """The newest message of the bot that has buttons and is no message beside the screen."""
    return next((shown for shown in reversed(chat) if shown.from_bot and shown.buttons and not shown.beside), None)
