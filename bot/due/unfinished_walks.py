"""A walk that was left: one gentle reminder, which says when the walk is closed; then its end, as an unfinished record.

How long it lies still is seen from the walk itself when its row comes due, so that answering costs nothing here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.due.again import Again
from bot.local_time import by_day, by_day_tomorrow, local
from bot.store import Transaction, people
from bot.store.due import DueRow
from bot.turns.later import LEFT, REMIND_AFTER, REMINDED
from bot.turns.turn import CLOSED, REMINDER, REVIEW, Surroundings, Turn
from bot.turns.unasked import STAYS, asked_lately, at_999, in_talk, show_unasked

CLOSE_AFTER = timedelta(days=7)
NOTICE = timedelta(days=2)
"""From the reminder to the end at least, also where the bot was away and the reminder comes late."""


def look_after(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Remind, close, or wait on, by how long the walk lies still."""
    person = people.by_id(transaction, row.person_id or "")
    if person is None:
        return None
    turn = Turn(transaction, surroundings, person, at)
    if turn.row is None or turn.row.id != row.subject:
        return None
    still_since = turn.row.updated_at
    if turn.walk.signposted:  # nothing was asked that could be gone on with, and nobody should read of it later
        turn.stop(keep=False)
        return None
    if turn.seen == REVIEW and turn.detail.startswith(local(at).date().isoformat()):  # one thing a day
        return Again(by_day_tomorrow(at), row.stage)
    if at_999(turn) or in_talk(turn) or asked_lately(turn):
        return Again(at + STAYS, row.stage)
    if row.stage == REMINDED and at >= still_since + CLOSE_AFTER:
        _close(turn)
        return None
    if row.stage == REMINDED or at < still_since + REMIND_AFTER:  # it was gone on with
        return Again(still_since + REMIND_AFTER, LEFT)
    if by_day(at) > at:
        return Again(by_day(at), LEFT)
    closes_at = by_day(max(still_since + CLOSE_AFTER, at + NOTICE))
    if turn.profile.reminders:
        turn.show(REMINDER, local(closes_at).date().isoformat())
        show_unasked(turn)
    return Again(closes_at, REMINDED)


def _close(turn: Turn) -> None:
    """As "stop and keep it" does, and say so."""
    record = turn.stop(keep=True)
    turn.show(CLOSED, record.reference if record else "")
    show_unasked(turn)
