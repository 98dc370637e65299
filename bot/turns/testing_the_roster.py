"""A test ping: an administrator proves that the roster works, part by part, without a case. Everybody who has a part is
pinged, on duty or not, and taps that they got it; then the administrator reads who has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.screens import roster_test_screens as screens
from bot.screens.screen import Press
from bot.store import due, organisations, people, roster_tests
from bot.store.roster_tests import RosterTest, TestPing
from bot.turns.later import ROSTER, TEST_EVERY, TEST_PING
from bot.turns.organisations import NOT_THERE, organisations_where
from bot.turns.telling import Acting, tell
from bot.turns.turn import Turn
from states.roles import ANSWER_FOR_LEADS, Action
from states.text import say

EACH_PART = timedelta(minutes=5)
"""So long each part has to answer before the next is pinged, and the last before it is told."""


def ping_part(acting: Acting, test: RosterTest, part: int) -> bool:
    """Ping everybody who has this part, by its number. False if there is no such part: the test is over."""
    if part >= len(ANSWER_FOR_LEADS):
        return False
    role = ANSWER_FOR_LEADS[part]
    for one in organisations.members_of(acting.transaction, test.organisation_id):
        if one.role is role and one.status == "active":
            person = people.look_at(acting.transaction, one.person_id)
            sent = person is not None and person.blocked_at is None
            ping = TestPing(acting.surroundings.new_id(), test.id, one.person_id, role, sent, acting.at)
            roster_tests.add_ping(acting.transaction, ping)
            tell(acting, one.person_id, screens.test_ping_screen(ping, acting.at), lane="urgent")
    return True


def tell_what_came_of_it(acting: Acting, test: RosterTest) -> None:
    """To whoever began it: every part, and who answered."""
    if test.asked_by is None:
        return
    names = {one.person_id: one.name for one in organisations.members_of(acting.transaction, test.organisation_id)}
    pings = roster_tests.pings_of(acting.transaction, test.id)
    tell(acting, test.asked_by, screens.result_screen(pings, names), lane="reply")


def _test(turn: Turn, what: Press) -> None:
    """Begin one, for the organisation whose rota the chat shows."""
    mine = organisations_where(turn, Action.ARRANGE)
    chosen = next((one for one in mine if one.id == what.first), None)
    if chosen is None:
        turn.notice = NOT_THERE
        return
    test = RosterTest(turn.surroundings.new_id(), chosen.id, turn.person.id, turn.at)
    roster_tests.add(turn.transaction, test)
    ping_part(turn, test, 0)
    due.add(
        turn.transaction,
        row_id=test.id,  # no other row has it
        kind=TEST_PING,
        subject=test.id,
        person_id=None,
        due_at=turn.at + EACH_PART,
        stage=1,
    )
    due.move(turn.transaction, ROSTER, chosen.id, turn.at + TEST_EVERY)
    turn.show("rota", chosen.id)
    turn.notice = say("I ping each part in turn, and tell you in a quarter of an hour who answered.")


def _got(turn: Turn, what: Press) -> None:
    """Somebody got a test ping."""
    if roster_tests.answer(turn.transaction, what.first, turn.person.id, turn.at):
        turn.notice = say("Thank you. I can reach you.")
    else:
        turn.notice = say("Thank you. I know that already.")


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"test": _test, "got": _got}
