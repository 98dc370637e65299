"""Whoever a call must not reach does not come back to it by another way (INV-24, E6), and authority ends with whoever
had it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import Transaction, escalations, organisations
from states.escalation import State
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import ADMINISTRATOR, DEPUTY, LEAD, PRACTITIONER, RUNG, People, newest
from tests.store.postgresql import new_database

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


@pytest.mark.parametrize("verb", ["remove", "suspend"])
def test_a_link_to_a_new_account_is_worthless_once_that_part_is_gone(people_: People, verb: str) -> None:
    does(people_, people_.dee, "move", people_.sam, PRACTITIONER)
    token = token_of(people_.dee)
    waiting = people_.club.somebody("Sam anew")
    waiting.say(f"/start {token}")
    does(people_, people_.dee, verb, people_.sam, PRACTITIONER)
    waiting.tap("I agree and join")
    assert parts(people_, waiting) == []
    assert NOT_GOOD in people_.sam.say(f"/start {token}")


@pytest.mark.parametrize("verb", ["remove", "suspend"])
def test_nobody_is_confirmed_in_the_place_of_a_part_that_is_gone(people_: People, verb: str) -> None:
    does(people_, people_.dee, "move", people_.sam, PRACTITIONER)
    new = joins(people_.club.somebody("Sam anew"), token_of(people_.dee))
    does(people_, people_.dee, verb, people_.sam, PRACTITIONER)
    does(people_, people_.dee, "confirm", new, PRACTITIONER)
    assert "no longer fits" in people_.dee.screen
    assert parts(people_, new) == [("practitioner", "waiting")]


@pytest.mark.parametrize("verb", ["remove", "suspend"])
def test_links_of_whoever_may_no_longer_invite_are_withdrawn_though_they_still_answer(
    people_: People, verb: str
) -> None:
    eve = people_.club.member("Eve", LEAD, ADMINISTRATOR)
    token = invited(eve, "Member of staff or volunteer")
    does(people_, people_.dee, verb, eve, ADMINISTRATOR)
    assert NOT_GOOD in people_.club.somebody("Mallory").say(f"/start {token}")


@pytest.mark.parametrize("verb", ["remove", "suspend"])
def test_who_asked_and_is_gone_is_told_nothing_more_and_nothing_of_theirs_is_passed_on(
    people_: People, verb: str
) -> None:
    """The call itself goes on."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("the school has seen it")
    people_.club.deliver()
    people_.sam.tap("Answer")
    does(people_, people_.dee, verb, people_.sam, PRACTITIONER)
    people_.sam.say("what else do they say?")
    assert "You do not belong there any more, so I cannot pass it on." in people_.sam.screen
    assert "the school has seen it" not in people_.sam.screen
    people_.alex.say("the brother is at home")
    assert "They do not belong here any more, so I cannot pass it on." in people_.alex.screen
    people_.alex.tap("Close it", "I see it differently")
    people_.alex.say("the school does it")
    people_.club.deliver()
    for_sam = " ".join(seen.text for seen, _ in people_.sam.messages.values())
    assert "the brother is at home" not in for_sam
    assert "the school does it" not in for_sam
    assert "what else do they say?" not in " ".join(seen.text for seen, _ in people_.alex.messages.values())


def test_the_record_of_whoever_is_gone_says_that_a_lead_wrote_and_not_what(people_: People) -> None:
    at(people_.sam, "saved")
    reference = people_.sam.turn.detail.split("|")[0]
    people_.sam.tap("Speak to my lead", "No", "Nothing: only that I ask")
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("the school has seen it")
    assert "the school has seen it" in people_.sam.say(f"/records {reference}").text
    does(people_, people_.dee, "remove", people_.sam, PRACTITIONER)
    assert "the school has seen it" not in people_.sam.say(f"/records {reference}").text
    assert "taken" in people_.sam.screen


def test_what_was_asked_for_goes_on_with_the_new_account(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    new = moved(people_, people_.sam, PRACTITIONER, "Sam anew")
    people_.club.deliver()
    assert f"These go on here with you: {reference}." in newest(new)
    before = len(people_.sam.messages)
    people_.alex.say("the school has seen it")
    people_.club.deliver()
    assert "the school has seen it" in newest(new)
    assert len(people_.sam.messages) == before
    new.tap("Answer")
    new.say("thank you for that")
    people_.club.deliver()
    assert "thank you for that" in newest(people_.alex)


def test_a_case_goes_on_with_the_new_account(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    new = moved(people_, people_.alex, LEAD, "Alex anew")
    people_.club.pass_time(RUNG)
    assert people_.rung == [], "nobody else is asked"
    assert reference in new.say("/mine").text
    new.tap(reference, "Open it")
    new.say("the school has seen it")
    people_.club.deliver()
    assert "the school has seen it" in newest(people_.sam)
    assert reference not in people_.alex.say("/mine").text


def test_whoever_is_to_take_a_case_over_is_asked_on_the_new_account(people_: People) -> None:
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it", "Pass it on", "Bo, deputy lead")
    people_.club.deliver()
    new = moved(people_, people_.bo, DEPUTY, "Bo anew")
    people_.club.deliver()
    new.tap("I'll take it")
    assert "is yours" in new.screen
    assert people_.rung == []


def test_inv_24_a_case_does_not_go_to_a_new_account_that_asked_for_it(people_: People) -> None:
    """Nor to one that it must not reach."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    does(people_, people_.dee, "move", people_.alex, LEAD)
    joins(people_.sam, token_of(people_.dee))
    does(people_, people_.dee, "confirm", people_.sam, LEAD)
    people_.club.pass_time(RUNG)
    assert people_.rung == ["bo", "chris", "dee"], "it goes on to others"


def test_of_two_administrators_who_confirm_and_refuse_at_once_the_second_reads_what_has_become_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On PostgreSQL, where two turns run at the same time: else both accounts would be left with no part."""
    with new_database() as address:
        club = Club(address)
        people_ = People(club)
        eve = club.member("Eve", ADMINISTRATOR)
        does(people_, people_.dee, "move", people_.alex, LEAD)
        new = joins(club.somebody("Alex anew"), token_of(people_.dee))
        others: list[threading.Thread] = []
        save = organisations.save_status

        def slowly(transaction: Transaction, member_id: str, status: organisations.Status) -> None:
            monkeypatch.setattr(organisations, "save_status", save)
            others.append(threading.Thread(target=does, args=(people_, eve, "refuse", new, LEAD)))
            others[0].start()
            others[0].join(1)
            save(transaction, member_id, status)

        monkeypatch.setattr(organisations, "save_status", slowly)
        does(people_, people_.dee, "confirm", new, LEAD)
        others[0].join(10)
        assert parts(people_, new) == [("lead", "active")]
        assert parts(people_, people_.alex) == []
        assert "no longer fits" in eve.screen
        club.close()
