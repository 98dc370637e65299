"""Somebody leaves an organisation by themselves, or asks to be forgotten: it rings for others at once, and its
administrators hear of it (E3 of the goals)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import invitations, organisations
from bot.store.invitations import Invitation
from bot.store.organisations import Organisation
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.several import AT, Club
from tests.bot.test_coming_back import NOT_GOOD, does, invited, parts
from tests.bot.test_escalations import ADMINISTRATOR, DEPUTY, LEAD, MINUTE, RUNG, People, newest, reads

YES = "Yes, leave"


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    yield People(club)
    club.close()


def forgets(chat: DirectChat) -> None:
    chat.say("/delete_my_data")
    chat.tap("Yes, delete it")


def leaves(chat: DirectChat) -> None:
    assert "Leave Riverside Youth Club?" in chat.say("/leave")
    chat.tap(YES)
    assert "You do not belong to Riverside Youth Club any more." in chat.screen


@pytest.mark.parametrize("goes", [forgets, leaves])
def test_administrators_hear_that_a_lead_has_gone(people_: People, goes: object) -> None:
    assert callable(goes)
    goes(people_.alex)
    people_.club.deliver()
    told = newest(people_.dee)
    assert told.startswith("Riverside Youth Club: Alex has left.")
    assert "Their part: safeguarding lead." in told
    assert "Nobody else is safeguarding lead there. Invite somebody today: /admin" in told
    assert "Alex has left" not in reads(people_.bo)


def test_nothing_is_said_of_nobody_else_where_somebody_has_that_part(people_: People) -> None:
    people_.club.member("Lea", LEAD)
    leaves(people_.alex)
    people_.club.deliver()
    assert "Nobody else" not in newest(people_.dee)


def test_a_practitioner_who_is_forgotten_alarms_nobody_and_one_who_leaves_is_told(people_: People) -> None:
    before = len(people_.dee.messages)
    other = people_.club.member("Robin", OrganisationRole.PRACTITIONER)
    forgets(other)
    people_.club.deliver()
    assert len(people_.dee.messages) == before
    leaves(people_.sam)
    people_.club.deliver()
    assert newest(people_.dee).startswith("Riverside Youth Club: Sam has left.")
    assert "Nobody else" not in newest(people_.dee)
    assert parts(people_, people_.sam) == []


def test_whoever_leaves_hands_over_what_they_hold_at_once(people_: People) -> None:
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    leaves(people_.alex)
    people_.club.pass_time(MINUTE)
    assert people_.rung == ["bo", "chris", "dee"]
    assert parts(people_, people_.alex) == []


def test_whoever_leaves_while_they_are_asked_keeps_no_ping(people_: People) -> None:
    people_.sam_asks()
    assert people_.rung == ["alex"]
    leaves(people_.alex)
    people_.club.pass_time(MINUTE)
    assert people_.rung == ["bo"]


def test_inv_24_who_leaves_stays_bypassed(people_: People) -> None:
    people_.sam_asks("Yes", "Nobody else")
    leaves(people_.alex)
    again = people_.alex
    again.say(f"/start {invited(people_.dee, 'Deputy lead')}")
    again.tap("I agree and join")
    does(people_, people_.dee, "confirm", again, DEPUTY)
    assert parts(people_, again) == [(DEPUTY.value, "active")]
    people_.club.pass_time(5 * RUNG)
    assert not any("I'll take it" in data for _, data in again.messages.values())


def test_links_of_an_administrator_who_leaves_are_worthless(people_: People) -> None:
    eve = people_.club.member("Eve", ADMINISTRATOR)
    token = invited(eve, "Member of staff or volunteer")
    leaves(eve)
    assert NOT_GOOD in people_.club.somebody("Mallory").say(f"/start {token}")


def test_the_only_administrator_cannot_leave_and_reads_why(people_: People) -> None:
    dee = people_.dee
    assert "You are the only administrator of Riverside Youth Club." in dee.say("/leave")
    assert YES not in dee.screen.buttons
    turn = dee.turn
    press = Press("leave", "yes", people_.club.organisation.id)
    dee.press(codes.write(press, turn.reference, turn.person.screen.revision))
    assert parts(people_, dee) == [("administrator", "active")]
    people_.club.member("Eve", ADMINISTRATOR)
    leaves(dee)


def test_one_leaves_one_organisation_and_stays_in_the_other(people_: People) -> None:
    other = Organisation("e" * 32, "Hillside", "eng", "school", AT)
    with people_.club.intake.store.transaction() as transaction:
        organisations.add(transaction, other)
    people_.club.member("Far", ADMINISTRATOR, place=other.id)
    sam = people_.club.member("Bo twice", DEPUTY)
    token = "token-there"
    with people_.club.intake.store.transaction() as transaction:
        made = Invitation(other.id, OrganisationRole.PRACTITIONER, None, AT, AT + timedelta(days=1))
        invitations.add(transaction, token, made)
    sam.say(f"/start {token}")
    sam.tap("I agree and join")
    assert "Which organisation do you leave?" in sam.say("/leave")
    sam.tap("Hillside")
    assert "Leave Hillside?" in sam.screen
    sam.tap(YES)
    assert parts(people_, sam) == [("deputy", "active")]


def test_whoever_belongs_nowhere_reads_so(people_: People) -> None:
    guest = people_.club.somebody("Guest")
    assert "You belong to no organisation here" in guest.say("/leave")
