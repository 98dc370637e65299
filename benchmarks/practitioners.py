"""Practitioners who read the buttons that they are shown and answer, each in their own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.screens import codes

Buttons = Sequence[Mapping[str, Any]]
Wishes = Mapping[str, int]
"""The number of the option that is chosen, by question."""

LONG: Wishes = MappingProxyType({"entry": 2, "danger": 3, "nation": 1, "age": 6})
"""No danger, in England, an adult: a long way to the advice. Where nothing is wished, the first option is chosen."""


def next_tap(buttons: Buttons, wishes: Wishes = LONG) -> str:
    """What the next tap carries: a real answer to the question on the screen. One option of a tick list is ticked, then
    it is Done. Raises LookupError on a screen that asks nothing."""
    pressed = [(codes.read(button["callback_data"]).press, button) for button in buttons]
    options = [(press, button) for press, button in pressed if press.verb in ("option", "tick")]
    if not options:
        raise LookupError("this screen has no option")
    ticked = any(button["text"].startswith("✓") for _, button in options)
    for press, button in pressed:
        if press.verb == "done" and ticked:
            return str(button["callback_data"])
    wished = str(wishes.get(options[0][0].first, 1))
    chosen = next((button for press, button in options if press.second == wished), options[0][1])
    return str(chosen["callback_data"])


def buttons_of(markup: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons of an inline keyboard, row after row."""
    return [button for row in markup["inline_keyboard"] for button in row]
