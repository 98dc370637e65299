"""In the morning each lead who is on duty before the next, and whoever holds a case, reads what is open in their
organisation; nothing when nothing is."""

from __future__ import annotations

from datetime import datetime

from bot.calendars import calendar_for
from bot.due.again import Again
from bot.local_time import next_morning
from bot.screens.case_screens import digest_screen
from bot.store import Transaction, escalations, organisations
from bot.store.due import DueRow
from bot.turns.cases import open_for
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.roles import ANSWER_FOR_LEADS, Action, may
from states.rota import is_on_duty_between


def tell_what_is_open(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Once for each person, whatever parts they have, and only of what they may know (INV-24)."""
    organisation = organisations.by_id(transaction, row.subject)
    if organisation is None:
        return None
    acting, calendar, until = ByItself(transaction, surroundings, at), calendar_for(organisation), next_morning(at)
    there = [one for one in organisations.members_of(transaction, organisation.id) if one.status == "active"]
    told = {
        one.person_id: None
        for one in there
        if one.role in ANSWER_FOR_LEADS and is_on_duty_between(one.hours, one.duty, at, until, calendar)
    }
    for one in there:  # on duty or not, an administrator alone too
        if may([one.role], Action.TAKE) and escalations.held_by(transaction, one.person_id):
            told[one.person_id] = None
    for person_id in told:
        found = open_for(acting, organisation.id, person_id)
        if found:
            tell(acting, person_id, digest_screen(organisation.name, found))
    return Again(until)
