"""What Telegram saw: every call the bot made and what came of it. Told by the pocket, whoever was killed meanwhile."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx

from bot.pocket.person import answer_of
from bot.screens import codes
from bot.screens.codes import Pressed
from tests.faults.network import Unheard

AT_ONCE = 0.5
"""Seconds between a call and its answer, at most."""
EMERGENCY_WORDS = "Ring 999 now."
SAVED = re.compile(r"(?:Saved as|unfinished) record (SW-[0-9A-Z]+)")


@dataclass(frozen=True)
class Call:
    """One call. `revision` and `walk` are those written into its buttons; `message_id` is None if it had no effect.
    `about`: the call for a lead that a button beside the screen names; `asks`: whether it asks to take it."""

    number: int
    at: float
    method: str
    chat_id: int | None
    status: int
    fault: str
    text: str
    message_id: int | None
    revision: int | None
    walk: str
    about: str = ""
    asks: bool = False

    def __str__(self) -> str:
        what = f"screen {self.revision}" if self.revision is not None else ""
        return (
            f"{self.at % 1000:.3f} {self.method} {self.status}{self.fault} {self.message_id} {what} {self.text[:40]!r}"
        )

    @property
    def shows(self) -> bool:
        """Whether the person saw something new."""
        return self.message_id is not None and self.method in ("sendMessage", "editMessageText")

    @property
    def content(self) -> tuple[object, ...]:
        """What tells one message from another: a screen of a revision, or mere words."""
        return (self.revision, self.walk) if self.revision else (self.text,)


class TelegramsSide:
    """Reads on from where it last stopped."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self.calls: list[Call] = []
        self.by_chat: dict[int, list[Call]] = defaultdict(list)
        self.registrations: list[float] = []
        """When a worker registered the webhook."""
        self.unheard: list[Unheard] = []
        """Calls whose answers got lost on the way, as the network tells."""
        self.ahead = timedelta()
        """How far Telegram's clock is ahead of this machine's."""

    def now(self) -> float:
        """Telegram's clock, in seconds since 1970."""
        return time.time() + self.ahead.total_seconds()

    def read_on(self) -> list[Call]:
        """The calls since the last time."""
        after = self.calls[-1].number if self.calls else 0
        news = [self._heard(_call(row)) for row in answer_of(self.http.get("/pocket/calls", params={"after": after}))]
        self.calls += news
        self.registrations += [call.at for call in news if call.method == "setWebhook"]
        for call in news:
            if call.chat_id is not None:
                self.by_chat[call.chat_id].append(call)
        return news

    def _heard(self, call: Call) -> Call:
        for one in self.unheard:
            same = one.method == call.method.lower() and one.chat_id == call.chat_id
            if same and abs(one.at - call.at) < AT_ONCE:
                return replace(call, fault=call.fault or "unheard")
        return call

    def unconfirmed(self) -> set[int]:
        """The updates that the bot has not confirmed."""
        return {update["update_id"] for update in answer_of(self.http.get("/pocket/updates"))}

    def standing(self, chat_id: int) -> dict[int, str]:
        """What is still in a chat, for either side: message id -> whose it is."""
        history = answer_of(self.http.get(f"/pocket/people/{chat_id}/phone"))["history"]
        return {one["id"]: "out" if one["from_bot"] else "in" for one in history if one["state"] != "gone"}


def _call(row: dict[str, Any]) -> Call:
    parameters = row["parameters"]
    found = _buttons(parameters.get("reply_markup"))
    revision, walk = (found[0].revision, found[0].walk) if found else (None, "")
    beside = [one.press for one in found if one.press.verb == "escalation" and not one.revision]
    return Call(
        number=row["number"],
        at=row["clock"],
        method=row["method"],
        chat_id=row["chat_id"],
        status=row["status"],
        fault=row["fault"],
        text=str(parameters.get("text", "")),
        message_id=row["message_id"],
        revision=revision,
        walk=walk,
        about=beside[0].second if beside else "",
        asks=any(one.first == "take" for one in beside),
    )


def _buttons(markup: Any) -> list[Pressed]:
    """What a keyboard's buttons carry."""
    if not markup:
        return []
    rows = (json.loads(markup) if isinstance(markup, str) else markup)["inline_keyboard"]
    return [codes.read(button["callback_data"]) for row in rows for button in row if "callback_data" in button]
