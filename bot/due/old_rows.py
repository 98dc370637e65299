"""Rows that serve nothing any more, forgotten every hour: update ids that Telegram can no longer send, and messages
that it no longer lets the bot delete."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.due.again import Again
from bot.store import Transaction, due, messages, updates
from bot.store.due import DueRow
from bot.turns.later import SWEEP
from bot.turns.turn import Surroundings

OLD_ROWS = "old_rows"
EVERY = timedelta(hours=1)
KEPT = timedelta(hours=48)


def see_to_old_rows(transaction: Transaction, surroundings: Surroundings, at: datetime) -> None:
    """Have it done from now on, unless it is already."""
    due.add(transaction, row_id=surroundings.new_id(), kind=OLD_ROWS, subject="", person_id=None, due_at=at)


def forget_old_rows(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again:
    """Forget them, and do so again in an hour."""
    forget(transaction, at)
    return Again(at + EVERY)


def forget(transaction: Transaction, at: datetime) -> None:
    """Forget what is old at this moment. A bot that was away for days sweeps a chat first: what is forgotten can no
    longer be tidied."""
    updates.forget_before(transaction, at - KEPT)
    messages.forget_before(transaction, at - KEPT, at, unless_due=SWEEP)
