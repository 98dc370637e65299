"""Nobody has answered for long enough, or whoever holds a case cannot any more: an escalation goes on to the next, and
whoever asked is told."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.screens.escalation_screens import nobody_yet_screen
from bot.store import Transaction, escalations
from bot.store.due import DueRow
from bot.turns.ladder import WATCHED_EVERY, ask, can_hold, contacts_for, give_back, left_out, next_rung_at
from bot.turns.numbers import numbers_of
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.escalation import State, asking_after_silence


def climb(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask whoever is next, and come again when they have been silent too. Over only once it is closed."""
    escalation = escalations.hold(transaction, row.subject)
    if escalation is None or escalation.state is State.CLOSED:
        return None
    acting = ByItself(transaction, surroundings, at)
    if escalation.state is State.TAKEN:
        if can_hold(acting, escalation):
            return Again(at + WATCHED_EVERY, row.stage)
        give_back(acting, escalation)
        return Again(next_rung_at(acting, escalation), row.stage + 1)
    asking = asking_after_silence(escalation.state, contacts_for(acting, escalation), left_out(acting, escalation))
    ask(acting, escalation, asking)
    if escalation.asked_by is not None:
        numbers = numbers_of(acting, escalation.organisation_id)
        nobody = not asking.people
        words = nobody_yet_screen(escalation.reference, asking.rung, nobody=nobody, numbers=numbers)
        tell(acting, escalation.asked_by, words, lane="urgent")
    return Again(next_rung_at(acting, escalation), row.stage + 1)
