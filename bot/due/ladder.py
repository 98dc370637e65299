"""Nobody has answered for long enough, or whoever holds a case cannot any more: an escalation goes on to the next, and
whoever asked is told."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.screens import case_screens
from bot.screens.escalation_screens import nobody_yet_screen, not_passed_on_words, taken_words
from bot.screens.screen import Screen, paragraphs
from bot.store import Transaction, due, escalations, organisations
from bot.store.due import DueRow
from bot.store.escalations import Escalation
from bot.turns.ladder import WATCHED_EVERY, ask, can_hold, circumstances, give_back, settle
from bot.turns.later import ESCALATION
from bot.turns.numbers import numbers_of
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.climbing import climbed, no_later
from states.escalation import State


def climb(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask whoever is next, and come again when they have been silent too. Over only once it is closed."""
    escalation = escalations.hold(transaction, row.subject)
    if escalation is None or escalation.state is State.CLOSED:
        return None
    acting = ByItself(transaction, surroundings, at)
    if escalation.state is State.TAKEN:
        if can_hold(acting, escalation):
            _not_passed_on(acting, escalation)
            return Again(at + WATCHED_EVERY, row.stage)
        return Again(give_back(acting, escalation), row.stage + 1)
    next_ = climbed(circumstances(acting, escalation), escalation.state)
    asking = next_.asking
    ask(acting, escalation, asking)
    if escalation.asked_by is not None:
        words = nobody_yet_screen(
            escalation.reference,
            asking.rung,
            nobody=not asking.people,
            first=escalation.state is State.LATER,
            numbers=numbers_of(acting, escalation.organisation_id),
        )
        tell(acting, escalation.asked_by, words, lane="urgent")
    return Again(next_.until, row.stage + 1)


def _not_passed_on(acting: ByItself, escalation: Escalation) -> None:
    """Whoever it was offered to has not taken it: it is its holder's alone again, who is told."""
    if escalation.offered_to is None or escalation.holder is None:
        return
    escalations.offer(acting.transaction, escalation.id, None)
    words = Screen(paragraphs(not_passed_on_words(escalation.reference)))
    settle(acting, escalation, Screen(paragraphs(taken_words(escalation.reference, None))), escalation.holder)
    tell(acting, escalation.holder, words, lane="urgent")


def look_again(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """The day has come on which the holder wanted to look at a case again."""
    escalation = escalations.hold(transaction, row.subject)
    if escalation is not None and escalation.state is State.TAKEN and escalation.holder is not None:
        acting = ByItself(transaction, surroundings, at)
        tell(acting, escalation.holder, case_screens.reminder_screen(escalation.reference), lane="own")
    return None


def wait_no_longer(transaction: Transaction, surroundings: Surroundings, at: datetime) -> None:
    """The bot begins, or the clock was set back: what cannot wait would wait by as much longer, and does not."""
    for organisation in organisations.everything(transaction):
        for escalation in escalations.open_in(transaction, organisation.id):
            row = due.find(transaction, ESCALATION, escalation.id) if escalation.waits else None
            if row is not None:
                here = circumstances(ByItself(transaction, surroundings, at), escalation)
                until = no_later(here, row.due_at)
                if until < row.due_at:
                    due.move(transaction, ESCALATION, escalation.id, until, row.stage)
