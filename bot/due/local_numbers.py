"""An organisation's local numbers, looked at every day: where one is older than a year, or one that everybody needs is
missing, each administrator is told, once, and then every month until it is mended (INV-17)."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.local_time import by_day_tomorrow, local
from bot.screens.number_screens import reminder_screen
from bot.store import Transaction, local_numbers, organisations
from bot.store.due import DueRow
from bot.turns.organisations import tell_administrators
from bot.turns.telling import ByItself
from bot.turns.turn import Surroundings

MONTH_DAYS = 30


def remind(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Look, and look again tomorrow. The row's stage is the day on which somebody was told, as a number of days; 0:
    nobody was since all was well."""
    organisation = organisations.by_id(transaction, row.subject)
    if organisation is None:
        return None
    today, tomorrow = local(at).date(), by_day_tomorrow(at)
    screen = reminder_screen(organisation, local_numbers.of_organisation(transaction, organisation.id), today)
    if screen is None:
        return Again(tomorrow)
    if row.stage and today.toordinal() - row.stage < MONTH_DAYS:
        return Again(tomorrow, row.stage)
    acting = ByItself(transaction, surroundings, at)
    told = tell_administrators(acting, organisation, screen)
    return Again(tomorrow, today.toordinal() if told else 0)
