"""They will not act: reachable from wherever somebody may learn it, with 999 first, and kept with the record
(ES-1 to ES-3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import records
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.several import Club
from tests.bot.walking import begin

FIRST = "Is anyone in danger now, or in the next few hours?"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


def added(club: Club, reference: str) -> list[str]:
    with club.intake.store.reading() as transaction:
        return [one.text for one in records.addenda_of(transaction, reference)]


def saved(club: Club, chat: DirectChat) -> str:
    begin(chat, "saved")
    return chat.turn.detail.partition("|")[0]


def test_from_the_record_to_the_steps_which_are_kept_with_it(club: Club) -> None:
    """ES-1: a written record at each step."""
    chat = club.somebody("Pat")
    reference = saved(club, chat)
    assert FIRST in chat.tap("Show the record", "They will not act")
    chat.tap("No", "Social care or the police", "A child or young person")
    screen = chat.tap("Yes, or I am not sure")
    assert "That is a new report." in screen
    assert f"I added to record {reference} that they will not act." in screen
    assert "Rules: ES-1, RF-8" in screen
    kept = "They will not act: Social care or the police. A child or young person. Anything new: Yes, or I am not sure."
    assert added(club, reference) == [kept]
    chat.tap("Add something to it")
    chat.say("Rang the team manager, who will look again tomorrow.")
    assert len(added(club, reference)) == 2
    assert kept in chat.screen


def test_not_sure_about_danger_is_999_at_once(club: Club) -> None:
    """INV-1, INV-7: and it can be typed by its number."""
    for typed in ("1", "2", "Not sure"):
        chat = club.somebody("Pat")
        chat.say("/start", "/disagree")
        assert "Ring 999 now." in chat.say(typed)


def test_the_command_takes_a_reference_of_one_s_own_and_no_other(club: Club) -> None:
    """Somebody else's record is as if there were none, and nothing is added to it."""
    owner, other = club.somebody("Pat"), club.somebody("Sam")
    reference = saved(club, owner)
    for chat in (owner, other):
        chat.say(
            f"/disagree {reference.lower()}", "No", "My lead, or my own organisation", "An adult, 18 or over", "No"
        )
    assert "I added to record" in owner.screen
    assert "If you have a record of it" in other.screen
    other.press(codes.write(Press("disagree", "3122", reference), "", 0))
    assert len(added(club, reference)) == 1


def test_a_tap_that_comes_twice_is_kept_once(club: Club) -> None:
    """Its buttons never grow old, since one stands beside the screen."""
    chat = club.somebody("Pat")
    reference = saved(club, chat)
    for _ in range(2):
        chat.press(codes.write(Press("disagree", "332", reference), "", 0))
    assert len(added(club, reference)) == 1
    chat.press(codes.write(Press("disagree", "9", reference), "", 0))
    assert "already answered" in chat.screen


def test_a_lead_who_sees_it_differently_is_not_the_end(club: Club) -> None:
    """The message that says so leads on to what to do, and so does the call itself; agreement does not."""
    pat = club.member("Pat", OrganisationRole.PRACTITIONER)
    lead = club.member("Lee", OrganisationRole.LEAD)
    for outcome, there in (("I see it differently", True), ("I agree with the advice", False)):
        pat.tap("Speak to my lead", "No")
        club.deliver()
        lead.tap("I'll take it", "Close it", outcome)
        if there:
            lead.say("it is not enough to go on")
        club.deliver()
        told = next(seen for seen, _ in pat.messages.values() if f"They say: {outcome}" in seen.text)
        assert ("They will not act" in told.buttons) == there
        if there:
            assert FIRST in pat.tap("They will not act")
            assert "You may ring" in pat.say("3", "1", "1", "2")
        pat.say("/start")
