"""A case that somebody held, and does not any more, goes from their chat at once: they were suspended, have left, or
it turned out to be about them (INV-24)."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.store import Transaction, due, escalations, people
from bot.store.due import DueRow
from bot.turns.later import ALL, SWEEP
from bot.turns.taking import CASE_VIEWS, held
from bot.turns.turn import Surroundings, Turn
from bot.turns.unasked import show_unasked
from states.text import say


def take_away(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Show something else in the place of a case that is not theirs any more."""
    person = people.by_id(transaction, row.person_id or "")
    if person is None or person.blocked_at is not None:
        return None
    turn = Turn(transaction, surroundings, person, at)
    escalation = escalations.find(transaction, turn.detail) if turn.seen in CASE_VIEWS else None
    due.move(transaction, SWEEP, person.id, at, ALL)  # what was written to them of it
    if escalation is not None and held(turn, escalation) is None:
        turn.show_walk()
        turn.notice = say("{reference} is no longer yours.", reference=escalation.reference)
        show_unasked(turn, in_place=True)
    return None
