"""Nobody has answered for long enough: an escalation climbs to its next rung, and whoever asked is told."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.screens.escalation_screens import nobody_yet_screen
from bot.store import Transaction, escalations
from bot.store.due import DueRow
from bot.turns.ladder import ask, contacts_of, left_out, next_rung_at
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.escalation import asking_after_silence


def climb(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask whoever is next, and come again when they have been silent too. Over once somebody has taken it."""
    escalation = escalations.find(transaction, row.subject)
    if escalation is None or not escalation.waits:
        return None
    acting = ByItself(transaction, surroundings, at)
    contacts = contacts_of(acting, escalation.organisation_id)
    asking = asking_after_silence(escalation.state, contacts, left_out(escalation))
    ask(acting, escalation, asking)
    if escalation.asked_by is not None:
        words = nobody_yet_screen(escalation.reference, asking.rung, nobody=not asking.people)
        tell(acting, escalation.asked_by, words, lane="urgent")
    return Again(next_rung_at(acting, escalation), row.stage + 1)
