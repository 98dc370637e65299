"""Nobody has answered for long enough, or whoever holds a case cannot any more: an escalation goes on to the next, and
whoever asked is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.due.again import Again
from bot.screens import case_screens
from bot.screens.escalation_screens import (
    heard_nothing_screen,
    nobody_yet_screen,
    not_passed_on_words,
    silent_holder_screen,
    taken_words,
)
from bot.screens.screen import Screen, paragraphs
from bot.store import Transaction, due, escalations
from bot.store.due import DueRow
from bot.store.errors import SealBroken
from bot.store.escalations import Escalation
from bot.turns.asking import role_of
from bot.turns.ladder import WATCHED_EVERY, ask, can_hold, circumstances, give_back, has_waited, settle
from bot.turns.later import ESCALATION
from bot.turns.ring_now import numbers_of
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.climbing import climbed, no_later, not_before
from states.escalation import State, Urgency
from states.roles import OrganisationRole

log = structlog.get_logger()

HOLDERS_PATIENCE: Mapping[Urgency, timedelta] = {
    Urgency.EMERGENCY: timedelta(minutes=10),
    Urgency.TODAY: timedelta(hours=1),
}
"""So long who took it may do nothing here; what is not urgent stands in the morning's digest."""
REMINDED = 1
"""Stage of a call that somebody has, and was reminded of."""


def climb(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask whoever is next, and come again when they have been silent too. Over only once it is closed."""
    escalation = escalations.hold(transaction, row.subject)
    if escalation is None or escalation.state is State.CLOSED:
        return None
    acting = ByItself(transaction, surroundings, at)
    if escalation.state is State.TAKEN:
        if can_hold(acting, escalation):
            _not_passed_on(acting, escalation)
            return Again(at + WATCHED_EVERY, _reminded(acting, escalation, row.stage))
        return Again(give_back(acting, escalation), row.stage + 1)
    here = circumstances(acting, escalation)
    if not_before(here) > at:
        return Again(not_before(here), row.stage)
    next_ = climbed(here, escalation.state)
    asking = next_.asking
    ask(acting, escalation, asking)
    if escalation.asked_by is not None:
        words = nobody_yet_screen(
            escalation.reference,
            asking.rung,
            nobody=not asking.people,
            first=escalation.state is State.LATER,
            numbers=numbers_of(acting, escalation.organisation_id),
            urgency=escalation.urgency,
            waited=has_waited(escalation, asking.rung, at),
        )
        tell(acting, escalation.asked_by, words, lane="urgent")
    return Again(next_.until, row.stage + 1)


def _reminded(acting: ByItself, escalation: Escalation, stage: int) -> int:
    """Who took it, and has done nothing here for long, is reminded once, and whoever asked is asked whether they have
    heard from them. Gives the row's stage."""
    patience = HOLDERS_PATIENCE.get(escalation.urgency)
    if stage == REMINDED or patience is None or escalation.holder is None:
        return stage
    since = None
    for step in escalations.steps_of(acting.transaction, escalation.id):
        if step.what == "taken":
            since = step.at
        elif step.role not in ("", OrganisationRole.PRACTITIONER.value):
            since = None
    if since is None or acting.at < since + patience:
        return stage
    tell(acting, escalation.holder, silent_holder_screen(escalation), lane="urgent")
    if escalation.asked_by is not None:
        role = role_of(acting, escalation, escalation.holder)
        tell(acting, escalation.asked_by, heard_nothing_screen(escalation, role), lane="urgent")
    return REMINDED


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
    # Not held: whoever holds a call may be waiting for this very row.
    escalation = escalations.find(transaction, row.subject)
    if escalation is not None and escalation.state is State.TAKEN and escalation.holder is not None:
        acting = ByItself(transaction, surroundings, at)
        tell(acting, escalation.holder, case_screens.reminder_screen(escalation.reference), lane="own")
    return None


def wait_no_longer(transaction: Transaction, surroundings: Surroundings, at: datetime) -> None:
    """The bot begins, or the clock was set back: what cannot wait would wait by as much longer, and does not."""
    acting = ByItself(transaction, surroundings, at)
    for id_ in escalations.waiting(transaction):
        try:
            _wait_no_longer(acting, id_)
        except SealBroken as error:  # one that is damaged must not keep the others waiting
            log.error("a call for a lead cannot be read", error_class=type(error).__name__)


def _wait_no_longer(acting: ByItself, escalation_id: str) -> None:
    row = due.find(acting.transaction, ESCALATION, escalation_id)
    escalation = escalations.find(acting.transaction, escalation_id)
    if row is not None and escalation is not None:
        until = no_later(circumstances(acting, escalation), row.due_at)
        if until < row.due_at:
            due.move(acting.transaction, ESCALATION, escalation_id, until, row.stage)


def say_that_nobody_is_asked(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> None:
    """A rung fails again and again, perhaps because what is kept of it is damaged: whoever asked is told, with what can
    be read, since silence would be the worst (E1)."""
    found = escalations.asker_of(transaction, row.subject)
    if found is not None and found[1] is not None:
        words = nobody_yet_screen(found[0], State.EVERYBODY, nobody=True)
        tell(ByItself(transaction, surroundings, at), found[1], words, lane="urgent")
