"""The day on which an organisation wants to look again at its paper on sharing: its administrators are told that
morning, and then every month until they give another day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.due.again import Again
from bot.due.local_numbers import MONTH_DAYS
from bot.local_time import local, morning_of, next_morning, waking
from bot.screens.organisation_screens import protocol_screen
from bot.store import Transaction, organisations
from bot.store.due import DueRow
from bot.turns.organisations import tell_administrators
from bot.turns.telling import ByItself
from bot.turns.turn import Surroundings


def remind(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Tell them; tomorrow again while there is nobody to tell."""
    organisation = organisations.by_id(transaction, row.subject)
    day = organisation.arrangements.protocol_review if organisation is not None else None
    if organisation is None or day is None:
        return None
    today = local(at).date()
    if day > today:
        return Again(morning_of(day))
    if waking(at) > at:  # the bot was away in the morning, and nobody is woken
        return Again(waking(at))
    acting = ByItself(transaction, surroundings, at)
    told = tell_administrators(acting, organisation, protocol_screen(organisation, day, today))
    return Again(morning_of(today + timedelta(days=MONTH_DAYS)) if told else next_morning(at))
