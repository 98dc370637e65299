"""Leaving little behind in a chat (telegram guidelines, U13; goal C9).

- A message that is not the chat's screen stands for a day at most, and after the end of a walk for less than a minute.
- A screen that nobody has touched gives way to one without a word of the case, before Telegram's 48 hours, and the next
  one comes as a new message. So there is never a message with case content that can no longer be deleted.
- Records that somebody asked for as text stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.due.again import Again
from bot.store import Transaction, messages, people
from bot.store.due import DueRow
from bot.store.messages import MessageRow
from bot.turns.call import Call
from bot.turns.later import ALL, BY_AGE, MESSAGES_STAND
from bot.turns.turn import TIDIED, UNASKED, Surroundings, Turn
from bot.turns.unasked import say_unasked, show_unasked

log = structlog.get_logger()

SCREEN_STANDS = timedelta(hours=36)
SCREEN_STANDS_IN_USE = timedelta(hours=44)
"""So long a screen stands that is in use just now."""
IN_USE = timedelta(hours=1)
LATE = timedelta(hours=40)
"""Time is short for a message that is still there: Telegram lets a bot delete it for 48 hours only."""
LOOK_AGAIN = timedelta(hours=1)
"""Until then it is seen whether what was to go is gone."""


def sweep(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Have the chat's old messages taken away and its old screen tidied; due again when the next one is old."""
    person = people.by_id(transaction, row.person_id or "")
    if person is None:
        return None
    standing = messages.to_delete_in_chat(transaction, person.id)
    living = [message for message in standing if message.message_id == person.screen.message_id]
    others = [message for message in standing if message.message_id != person.screen.message_id]
    old = [message for message in others if row.stage == ALL or at >= message.sent_at + MESSAGES_STAND]
    late = sum(at >= message.sent_at + LATE for message in others)
    if late:
        log.error("messages that should be gone still stand in a chat", count=late)
    turn = Turn(transaction, surroundings, person, at)
    if old and person.blocked_at is None:
        _have_deleted(turn, old)
    screen_at = _tidy_at(turn, living)
    if screen_at is not None and at >= screen_at:
        turn.show(TIDIED)
        show_unasked(turn, in_place=True)
        screen_at = None
    young = [message.sent_at + MESSAGES_STAND for message in others if message not in old]
    return _earliest([*young, *([at + LOOK_AGAIN] if old else []), *([screen_at] if screen_at else [])])


def _have_deleted(turn: Turn, old: Sequence[MessageRow]) -> None:
    say_unasked(turn, Call(turn.person.chat_id, "tidy", delete=tuple(message.message_id for message in old)))


def _tidy_at(turn: Turn, living: Sequence[MessageRow]) -> datetime | None:
    """When the screen is old; None where it holds nothing that must go."""
    if not living or turn.seen in UNASKED:
        return None
    sent_at = living[0].sent_at
    in_use_until = turn.row.updated_at + IN_USE if turn.row else sent_at
    return max(sent_at + SCREEN_STANDS, min(in_use_until, sent_at + SCREEN_STANDS_IN_USE))


def _earliest(moments: Iterable[datetime]) -> Again | None:
    at = min(moments, default=None)
    return None if at is None else Again(at, BY_AGE)
