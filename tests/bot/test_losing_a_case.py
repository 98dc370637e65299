"""Whoever held a case and may not any more has nothing of it left, at once (INV-24); a call that begins anew is as
urgent as at the start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import organisations, outbox
from bot.telegram.marking import write_down
from bot.turns.call import read
from states.roles import OrganisationRole
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import ADVISED_TO_RING, MINUTE, RUNG, People, newest, reads
from tests.bot.walking import begin, quiet


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    yield People(club)
    club.close()


def taken_by_alex(people_: People) -> str:
    """Asked for and taken, and something was written. Gives the reference."""
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.sam.say("a bruise on the arm")
    people_.club.deliver()
    return reference


def suspend(people_: People) -> None:
    people_.dee.say("/admin")
    people_.dee.tap("Alex", "Suspend")


def turns_out_to_be_about_the_lead(people_: People) -> None:
    people_.sam.tap("It may be about somebody I ask", "Nobody else")


@pytest.mark.parametrize("loses", [suspend, turns_out_to_be_about_the_lead])
def test_a_case_goes_from_the_chat_of_who_loses_it(people_: People, loses: Callable[[People], None]) -> None:
    """It stood there for a day and a half, with the advice and what was written."""
    reference = taken_by_alex(people_)
    assert f"{reference} is yours." in reads(people_.alex)
    assert "bruise" in reads(people_.alex)
    loses(people_)  # three things fall due one after the other
    people_.club.pass_time(4 * MINUTE)
    assert f"{reference} is no longer yours." in reads(people_.alex)
    assert "bruise" not in reads(people_.alex)
    assert "is yours" not in reads(people_.alex)


def test_nothing_is_written_to_somebody_who_has_just_been_left_out(people_: People) -> None:
    """Not even in the moment before the others are asked."""
    taken_by_alex(people_)
    turns_out_to_be_about_the_lead(people_)
    people_.sam.say("it was the lead who did it")
    assert "Nobody has taken it yet. I keep that for whoever does, and go on asking." in people_.sam.screen
    people_.club.pass_time(MINUTE)
    assert "it was the lead who did it" not in reads(people_.alex)
    people_.bo.tap("I'll take it")
    assert "it was the lead who did it" in people_.bo.screen


def test_a_call_that_is_handed_back_rings_as_often_as_at_the_start(people_: People) -> None:
    """After a long silence the rungs are far apart; that was then."""
    people_.sam_asks()
    people_.club.pass_time(RUNG * 40)
    people_.alex.tap("I'll take it", "Hand it back", "Nothing: hand it back")
    people_.club.deliver()
    rings = []
    for quarter in range(1, 5):
        before = max(people_.dee.messages)
        people_.club.pass_time(RUNG)
        rings += [quarter] if max(people_.dee.messages) > before else []
    assert rings == [1, 2, 3, 4], "every quarter of an hour"


def test_a_ping_on_its_way_to_somebody_who_is_left_out_meanwhile_goes(people_: People) -> None:
    """It stood with a button that did nothing, and later said who took it."""
    people_.sam_asks()
    store, now = people_.club.intake.store, people_.club.now
    with store.transaction() as transaction:
        (row,) = outbox.claim(transaction, "urgent", "slow", now, now + RUNG, 10)
    turns_out_to_be_about_the_lead(people_)
    call = read(row.kind, row.content)
    done = people_.alex.made(call, row.living)
    with store.transaction() as transaction:
        write_down(transaction, row, call, done, now, "slow")
        outbox.let_go_of_others(transaction, "nobody")
    people_.club.pass_time(MINUTE)
    assert people_.rung == ["bo"]
    assert "SW-" not in reads(people_.alex)


@pytest.mark.parametrize("taken", [False, True])
def test_i_ask_nobody_here_is_true_of_a_call_that_is_open(people_: People, taken: bool) -> None:
    """It rang on, and could be taken and read (INV-24)."""
    reference = taken_by_alex(people_) if taken else people_.sam_asks()
    people_.club.deliver()
    people_.sam.tap("It may be about somebody I ask", "I am not sure, or all of them")
    assert "I ask nobody here." in reads(people_.sam)
    people_.club.pass_time(6 * RUNG)
    assert people_.rung == []
    for chat in (people_.alex, people_.bo, people_.chris, people_.dee):
        assert "is yours" not in reads(chat)
        assert "bruise" not in reads(chat)
        assert reference not in chat.say("/open").text
        assert "I find nothing of that reference." in chat.say(f"/find {reference}")


def test_a_second_person_can_be_left_out(people_: People) -> None:
    """It turns out that the deputy is close to them too."""
    people_.sam_asks()
    people_.club.deliver()
    people_.sam.tap("It may be about somebody I ask", "Nobody else")
    people_.sam.tap("It may be about somebody I ask", "Deputy lead")
    people_.club.pass_time(6 * RUNG)
    assert people_.rung == ["chris", "dee"]


def test_who_asks_again_may_send_less_than_before(people_: People) -> None:
    begin(people_.sam, "advice", quiet, **ADVISED_TO_RING)
    people_.sam.tap("Speak to my lead", "No", "The advice and its reasons")
    people_.club.deliver()
    people_.sam.tap("It may be about somebody I ask", "Nobody else", "Nothing: only that I ask")
    people_.club.pass_time(MINUTE)
    people_.bo.tap("I'll take it")
    assert "They have not sent any details: ask them." in people_.bo.screen


def test_a_note_goes_to_no_lead_once_the_organisation_forbids_it(people_: People) -> None:
    """Also where the screen that offers it was shown before."""
    begin(people_.sam, "note", quiet, **ADVISED_TO_RING)
    people_.sam.say("we saw a bruise on the arm")
    people_.sam.tap("Speak to my lead", "No")
    with people_.club.intake.store.transaction() as transaction:
        club = people_.club.organisation
        organisations.arrange(transaction, club.id, replace(club.arrangements, notes=False))
    people_.sam.tap("That, and my note")
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    assert "bruise" not in reads(people_.alex)


# ---- who took it and does nothing


def test_who_takes_a_case_and_falls_asleep_is_reminded_and_the_practitioner_is_asked(people_: People) -> None:
    """Nobody was told anything, and nothing rang, for as long as they slept."""
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.club.pass_time(timedelta(minutes=55))
    assert "heard" not in newest(people_.sam) + newest(people_.alex)
    people_.club.pass_time(timedelta(minutes=11))
    assert newest(people_.alex).startswith(f"{reference} is yours. They have heard nothing from you here.")
    assert newest(people_.sam).startswith(f"{reference}: have you heard from the safeguarding lead?")
    stood = len(people_.sam.messages)
    people_.club.pass_time(timedelta(hours=8))
    assert len(people_.sam.messages) == stood, "once"


def test_who_has_answered_is_not_reminded(people_: People) -> None:
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("I ring you now")
    people_.club.pass_time(timedelta(hours=3))
    assert "heard nothing" not in reads(people_.alex)
    assert "have you heard" not in reads(people_.sam)


def test_who_hears_nothing_has_the_others_asked_and_whoever_had_it_may_take_it_again(people_: People) -> None:
    reference = taken_by_alex(people_)
    people_.sam.tap("Answer", "I hear nothing: ask the others")
    assert people_.rung == ["bo", "chris", "dee"]
    assert f"{reference}: you hear nothing, so I ask everybody else now." in reads(people_.sam)
    assert f"{reference}: they hear nothing from you, so I ask the others." in reads(people_.alex)
    people_.club.pass_time(RUNG)
    assert people_.rung == ["alex", "bo", "chris", "dee"]
    people_.alex.say("/open")
    people_.alex.tap(reference, "I'll take it")
    assert people_.rung == []


def test_where_there_is_nobody_else_the_case_stays_and_that_is_said(tmp_path: Path) -> None:
    club = Club(tmp_path)
    sam, alex = club.member("Sam", OrganisationRole.PRACTITIONER), club.member("Alex", OrganisationRole.LEAD)
    at(sam, "worry")
    sam.tap("Speak to my lead", "No")
    club.deliver()
    alex.tap("I'll take it")
    club.deliver()
    sam.tap("Answer", "I hear nothing: ask the others")
    assert "There is nobody else here whom I can ask. Do not wait any longer" in reads(sam)
    assert "is yours" in reads(alex)
    club.close()


# ---- nobody can take it


def test_the_only_lead_who_cannot_take_it_is_not_rung_again_at_once_and_the_practitioner_reads_it(
    tmp_path: Path,
) -> None:
    """They read that somebody else is asked, and were rung again themselves within a minute."""
    club = Club(tmp_path)
    sam, alex = club.member("Sam", OrganisationRole.PRACTITIONER), club.member("Alex", OrganisationRole.LEAD)
    at(sam, "worry")
    sam.tap("Speak to my lead", "No")
    club.deliver()
    alex.tap("I cannot take this")
    assert "There is nobody else here whom I can ask, so I ask you again later." in alex.screen
    club.pass_time(5 * MINUTE)
    assert "everybody I asked says that they cannot take it." in newest(sam)
    assert "ring a senior person or social care yourself now" in newest(sam)
    assert "I'll take it" not in alex.screen.buttons
    club.pass_time(RUNG)
    assert "I'll take it" in str(alex.messages)
    club.close()


def test_when_the_last_of_all_has_declined_the_practitioner_reads_it_at_once(people_: People) -> None:
    people_.sam_asks()
    people_.club.pass_time(4 * RUNG)
    for chat in (people_.alex, people_.bo, people_.chris):
        chat.tap("I cannot take this")
    assert "says that they cannot" not in reads(people_.sam)
    people_.dee.tap("I cannot take this")
    people_.club.deliver()
    assert "everybody I asked says that they cannot take it." in newest(people_.sam)


def test_a_receipt_stays_good_when_more_is_sent_later(people_: People) -> None:
    """It proves what was sent when it was given, and was called a forgery."""
    begin(people_.sam, "advice", quiet, **ADVISED_TO_RING)
    people_.sam.tap("Speak to my lead", "No", "Nothing: only that I ask")
    receipt = re.search(r"Your receipt: (\S+)", people_.sam.screen.text)
    assert receipt is not None
    people_.sam.tap("It may be about somebody I ask", "Nobody else", "The advice and its reasons")
    assert "The receipt is good." in people_.bo.say(f"/receipt {receipt[1]}")
    assert receipt[1] in reads(people_.sam), "it is still the same"
