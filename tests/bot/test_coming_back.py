"""Whoever a call must not reach does not come back to it by another way (INV-24, E6), and authority ends with whoever
had it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import escalations, organisations
from states.escalation import State
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.several import Club
from tests.bot.test_escalations import ADMINISTRATOR, DEPUTY, LEAD, RUNG, People

NOT_GOOD = "That invitation does not work"


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    yield People(club)
    club.close()


def parts(people_: People, chat: DirectChat) -> list[tuple[str, str]]:
    """What somebody is there, and how they stand."""
    with people_.club.intake.store.reading() as transaction:
        theirs = organisations.memberships_of(transaction, chat.turn.person.id)
    return [(one.role.value, one.status) for one in theirs]


def does(people_: People, admin: DirectChat, verb: str, chat: DirectChat, role: OrganisationRole) -> None:
    """An administrator presses a button about somebody's part."""
    with people_.club.intake.store.reading() as transaction:
        theirs = organisations.memberships_of(transaction, chat.turn.person.id)
    (id_,) = [one.id for one in theirs if one.role is role]
    admin.press(codes.write(Press("member", verb, id_), "", 0))


def token_of(admin: DirectChat) -> str:
    """Out of the link that was made last."""
    found = re.search(r"start=(\S+)", admin.kept[-1])
    assert found is not None
    return found[1]


def invited(admin: DirectChat, role: str) -> str:
    admin.say("/admin")
    admin.tap("Invite somebody", role)
    return token_of(admin)


def joins(chat: DirectChat, token: str) -> DirectChat:
    chat.say(f"/start {token}")
    chat.tap("I agree and join")
    return chat


def moved(people_: People, chat: DirectChat, role: OrganisationRole, name: str) -> DirectChat:
    """Somebody comes with a new account, and is confirmed."""
    does(people_, people_.dee, "move", chat, role)
    new = joins(people_.club.somebody(name), token_of(people_.dee))
    does(people_, people_.dee, "confirm", new, role)
    assert parts(people_, new) == [(role.value, "active")]
    return new


def hears_nothing(people_: People, chat: DirectChat, reference: str) -> None:
    assert reference not in chat.say("/open").text
    people_.club.pass_time(6 * RUNG)
    assert people_.rung, "somebody is asked"
    assert not any("I'll take it" in data for _, data in chat.messages.values())
    assert not any(reference in seen.text for seen, _ in chat.messages.values())


def test_inv_24_a_new_account_is_bypassed_as_the_old_one_was(people_: People) -> None:
    lea = people_.club.member("Lea", LEAD, ADMINISTRATOR)
    reference = people_.sam_asks("Yes", "Nobody else")
    hears_nothing(people_, moved(people_, lea, ADMINISTRATOR, "Lea anew"), reference)


@pytest.mark.parametrize("came", ["before", "after"])
def test_inv_24_who_is_forgotten_and_comes_back_in_another_part_is_bypassed_again(people_: People, came: str) -> None:
    """Whether they had their part when it was asked for, or were left out since they got it."""
    alex = people_.alex
    if came == "after":
        alex = people_.club.somebody("Lou")
    reference = people_.sam_asks("Yes", "Nobody else")
    if came == "after":
        joins(alex, invited(people_.dee, "Safeguarding lead"))
        does(people_, people_.dee, "confirm", alex, LEAD)
    alex.say("/delete_my_data")
    alex.tap("Yes, delete it")
    joins(alex, invited(people_.dee, "Deputy lead"))
    does(people_, people_.dee, "confirm", alex, DEPUTY)
    assert parts(people_, alex) == [("deputy", "active")]
    hears_nothing(people_, alex, reference)


def test_inv_24_who_loses_one_part_and_gets_another_stays_bypassed(people_: People) -> None:
    """Though they got the part by which they were left out only after it was asked for."""
    reference = people_.sam_asks("Yes", "Nobody else")
    lou = joins(people_.club.somebody("Lou"), invited(people_.dee, "Safeguarding lead"))
    does(people_, people_.dee, "refuse", lou, LEAD)
    joins(lou, invited(people_.dee, "Deputy lead"))
    does(people_, people_.dee, "confirm", lou, DEPUTY)
    hears_nothing(people_, lou, reference)


def test_what_keeps_a_forgotten_person_out_goes_when_the_call_is_closed(people_: People) -> None:
    people_.sam_asks("Yes", "Nobody else")
    people_.alex.say("/delete_my_data")
    people_.alex.tap("Yes, delete it")
    organisation = people_.club.organisation.id
    with people_.club.intake.store.reading() as transaction:
        (one,) = escalations.open_in(transaction, organisation)
        assert len(one.bypassed_chats) == 1
    people_.sam.tap("It is dealt with: stop asking", "Yes, stop asking")
    with people_.club.intake.store.reading() as transaction:
        closed = escalations.find(transaction, one.id)
    assert closed is not None
    assert (closed.state, closed.bypassed_chats) == (State.CLOSED, ())
