"""The boundaries between the steps of the bot's work, by name: what may be cut short anywhere must hold everywhere.

Nothing happens at them in service. Whoever tests what a sudden end does, watches them and ends the process there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What has just been done."""

    RECEIVED = "an update was received"
    EMERGENCY_SENT = "the emergency text went out before anything was saved"
    CLAIMED = "the update is claimed, in an open transaction"
    TURN_WRITTEN = "the turn is written, not committed"
    COMMITTED = "the turn is committed, nothing is sent"
    SENDING = "a call to Telegram is about to be made"
    SENT = "Telegram took the call, nothing is written down"
    MARKED = "what was sent is written down"
    CONFIRMING = "updates are about to be confirmed to Telegram"
    OUTBOX_CLAIMED = "rows of the outbox are claimed"
    DUE_CLAIMED = "due rows are claimed"
    DUE_WRITTEN = "the effect of a due row is written, not committed"
    DUE_COMMITTED = "the effect of a due row is committed"


_watchers: list[Callable[[Step], None]] = []


def passed(step: Step) -> None:
    """The work has come to this boundary."""
    for watcher in _watchers:
        watcher(step)


def watch(watcher: Callable[[Step], None]) -> None:
    """Call this at every boundary from now on, in whichever thread comes to it."""
    _watchers.append(watcher)
