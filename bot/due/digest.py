"""In the morning each lead on duty reads what is open in their organisation; nothing when nothing is."""

from __future__ import annotations

from datetime import datetime

from bot.calendars import calendar_for
from bot.due.again import Again
from bot.local_time import next_morning
from bot.screens.case_screens import digest_screen
from bot.store import Transaction, organisations
from bot.store.due import DueRow
from bot.turns.cases import open_for
from bot.turns.telling import ByItself, tell
from bot.turns.turn import Surroundings
from states.roles import ANSWER_FOR_LEADS
from states.rota import is_on_duty


def tell_what_is_open(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Once for each person, whatever parts they have, and only of what they may know (INV-24)."""
    organisation = organisations.by_id(transaction, row.subject)
    if organisation is None:
        return None
    acting, calendar = ByItself(transaction, surroundings, at), calendar_for(organisation)
    on_duty = {
        one.person_id: None
        for one in organisations.members_of(transaction, organisation.id)
        if one.role in ANSWER_FOR_LEADS and one.status == "active" and is_on_duty(one.hours, one.duty, at, calendar)
    }
    for person_id in on_duty:
        found = open_for(acting, organisation.id, person_id)
        if found:
            tell(acting, person_id, digest_screen(organisation.name, found))
    return Again(next_morning(at))
