"""Practitioners who read the buttons that they are shown and answer, each in their own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.screens import codes
from bot.screens.screen import Press

Buttons = Sequence[Mapping[str, Any]]
Wishes = Mapping[str, int]
"""The number of the option that is chosen, by question."""

LONG: Wishes = MappingProxyType({"entry": 2, "danger": 3, "nation": 1, "age": 6})
"""No danger, in England, an adult: a long way to the advice. Where nothing is wished, the first option is chosen."""


def next_tap(buttons: Buttons, wishes: Wishes = LONG) -> str:
    """What the next tap carries: a real answer to the question on the screen. One option of a tick list is ticked, then
    it is Done. Raises LookupError on a screen that asks nothing."""
    if any(button["text"].startswith("✓") for button in buttons):
        return next(_data(button) for button in reversed(buttons) if _press(button).verb == "done")
    options = iter(buttons)
    first = next((button for button in options if _press(button).verb in ("option", "tick")), None)
    if first is None:
        raise LookupError("this screen has no option")
    wished = str(wishes.get(_press(first).first, 1))
    if _press(first).second == wished:
        return _data(first)
    return next((_data(button) for button in options if _press(button).second == wished), _data(first))


def _data(button: Mapping[str, Any]) -> str:
    return str(button["callback_data"])


def _press(button: Mapping[str, Any]) -> Press:
    return codes.read(button["callback_data"]).press


def buttons_of(markup: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons of an inline keyboard, row after row."""
    return [button for row in markup["inline_keyboard"] for button in row]
