"""A lead was asked for before anything was answered: the call and the walk that begins then are one (REC-11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import escalations
from tests.bot.several import Club
from tests.bot.test_escalations import CONFLICT, MINUTE, PRACTITIONER, People
from tests.bot.walking import begin, step


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def people_(club: Club) -> People:
    return People(club)


def calls(club: Club) -> list[tuple[str, str]]:
    with club.intake.store.reading() as transaction:
        return [(one.reference, one.urgency.value) for one in escalations.open_in(transaction, club.organisation.id)]


def sam_calls_first(people_: People) -> str:
    """The first thing that Sam types is a cry for help. Gives the call's reference."""
    people_.sam.say("he has a knife")
    people_.sam.tap("Speak to my lead", "No")
    people_.club.deliver()
    assert people_.sam.turn.row is None, "no walk yet"
    found = re.search(r"SW-\w+", people_.sam.screen.text)
    assert found is not None
    return found[0]


def to_the_end(people_: People) -> None:
    for _ in range(25):
        if people_.sam.turn.view == "saved":
            return
        step(people_.sam)
    raise AssertionError(people_.sam.screen)


def test_rec_11_the_record_holds_the_call_that_came_before_its_walk(people_: People) -> None:
    reference = sam_calls_first(people_)
    people_.alex.tap("I'll take it")
    people_.alex.say("ring social care too")
    people_.club.deliver()
    people_.sam.tap("Danger now", "I have rung 999")
    to_the_end(people_)
    assert reference in people_.sam.screen
    people_.sam.tap("Show the record")
    assert "I asked the safeguarding lead" in people_.sam.screen
    assert "ring social care too" in people_.sam.screen
    people_.sam.say(f"/records {reference}")
    assert people_.sam.turn.view == "record"


def test_whoever_asks_again_in_that_walk_reads_how_the_call_stands(people_: People) -> None:
    """One ladder rings for one emergency, not two."""
    reference = sam_calls_first(people_)
    people_.sam.tap("Danger now", "I have rung 999")
    assert people_.sam.turn.reference == reference
    people_.sam.say("/danger")
    people_.sam.tap("Speak to my lead")
    assert CONFLICT not in people_.sam.screen
    assert reference in people_.sam.screen
    assert calls(people_.club) == [(reference, "emergency")]
    people_.club.deliver()
    pings = [screen for screen, data in people_.alex.messages.values() if "I'll take it" in data]
    assert len(pings) == 1


def test_a_call_that_becomes_an_emergency_in_its_walk_stays_one_call(people_: People) -> None:
    people_.sam.say("/start")
    people_.sam.tap("Speak to my lead", "No")
    [(reference, urgency)] = calls(people_.club)
    assert urgency == "today"
    people_.sam.tap("Danger now", "I have rung 999")
    people_.sam.say("/danger")
    people_.sam.tap("Speak to my lead", "No", "Nothing: only that I ask")
    assert calls(people_.club) == [(reference, "emergency")]


def test_a_second_walk_and_a_later_one_have_references_of_their_own(people_: People) -> None:
    """A reference is of one walk; and after some hours it is about something else."""
    reference = sam_calls_first(people_)
    people_.sam.tap("Danger now", "I have rung 999")
    to_the_end(people_)
    begin(people_.sam, "worry")
    assert people_.sam.turn.reference not in ("", reference)


@pytest.mark.parametrize(("waits", "same"), [(timedelta(hours=3), True), (timedelta(hours=4), False)])
def test_only_a_call_of_the_last_hours_is_taken_along(people_: People, waits: timedelta, same: bool) -> None:
    reference = sam_calls_first(people_)
    people_.alex.tap("I'll take it")
    people_.club.now += waits
    begin(people_.sam, "worry")
    assert (people_.sam.turn.reference == reference) is same


def test_a_call_that_is_over_and_one_of_somebody_else_are_not_taken_along(people_: People) -> None:
    reference = sam_calls_first(people_)
    kim = people_.club.member("Kim", PRACTITIONER)
    begin(kim, "worry")
    assert kim.turn.reference != reference
    people_.alex.tap("I'll take it", "Close it", "I have dealt with it myself")
    people_.club.pass_time(MINUTE)
    begin(people_.sam, "worry")
    assert people_.sam.turn.reference != reference
