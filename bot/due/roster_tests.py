"""A test of the roster goes on to the next part, or is over; and every quarter of a year without one, administrators
are reminded."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.local_time import by_day
from bot.screens.roster_test_screens import reminder_screen
from bot.store import Transaction, organisations, roster_tests
from bot.store.due import DueRow
from bot.turns.later import TEST_EVERY
from bot.turns.organisations import tell_administrators
from bot.turns.telling import ByItself
from bot.turns.testing_the_roster import EACH_PART, ping_part, tell_what_came_of_it
from bot.turns.turn import Surroundings


def go_on(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """The row's stage is the number of the part that is pinged next."""
    test = roster_tests.find(transaction, row.subject)
    if test is None:
        return None
    acting = ByItself(transaction, surroundings, at)
    if ping_part(acting, test, row.stage):
        return Again(at + EACH_PART, row.stage + 1)
    tell_what_came_of_it(acting, test)
    return None


def remind(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """By day, and again in a quarter of a year; a test puts it off."""
    organisation = organisations.by_id(transaction, row.subject)
    if organisation is None:
        return None
    if by_day(at) > at:
        return Again(by_day(at))
    tell_administrators(ByItself(transaction, surroundings, at), organisation, reminder_screen(organisation))
    return Again(at + TEST_EVERY)
