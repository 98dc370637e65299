"""A lead has blocked the bot: the administrators are told, since a ping would not reach them any more (E3 of the
goals)."""

from __future__ import annotations

from datetime import datetime

from bot.screens.organisation_screens import unreachable_screen
from bot.store import Transaction, organisations, people
from bot.store.due import DueRow
from bot.turns.organisations import tell_administrators
from bot.turns.telling import ByItself
from bot.turns.turn import Surroundings
from states.roles import Action, may


def alarm(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> None:
    """Tell of each part in which they were to be reached, unless they can be again."""
    person = people.look_at(transaction, row.subject)
    if person is None or person.blocked_at is None:
        return
    acting = ByItself(transaction, surroundings, at)
    for one in organisations.memberships_of(transaction, person.id):
        organisation = organisations.by_id(transaction, one.organisation_id)
        if organisation is not None and one.status == "active" and may([one.role], Action.TAKE):
            others = [
                other
                for other in organisations.members_of(transaction, organisation.id)
                if other.role is one.role and other.status == "active" and other.person_id != one.person_id
            ]
            tell_administrators(acting, organisation, unreachable_screen(organisation, one, alone=not others))
