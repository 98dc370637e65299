"""Danger words where one writes to somebody else: 999 comes first, and the words still reach whom they are for (INV-1;
E1, E3 of the goals)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.turns.held_back import FOR_OTHERS
from bot.turns.incoming import Came, Incoming
from bot.turns.typing import READ_BY_OTHERS
from tests.bot.direct import DirectChat, updates
from tests.bot.several import Club
from tests.bot.test_escalations import People, newest, reads

RING = "Ring 999 now."
GO_BACK = "Not an emergency after all: go back"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def taken(club: Club) -> People:
    """Alex has what Sam asked for, and Sam sees so."""
    people_ = People(club)
    people_.sam_asks()
    club.deliver()
    people_.alex.tap("I'll take it")
    club.deliver()
    people_.sam.say("/start")
    people_.sam.tap("Speak to my lead")
    return people_


def passed_on(people_: People, writer: DirectChat, reader: DirectChat, words: str) -> None:
    """The words reach the other; their writer reads so, below 999."""
    writer.say(words)
    people_.club.deliver()
    assert words in newest(reader), words
    shown = writer.screen.text
    assert -1 < shown.find(RING) < shown.find("I pass that on."), shown


def refused(writer: DirectChat, reader: DirectChat, words: str, why: str) -> None:
    """The words reach nobody; their writer reads why, below 999."""
    writer.say(words)
    assert RING in writer.screen.text
    assert why in writer.screen.text
    assert words not in reads(reader) + reads(writer)


def test_the_views_for_others_are_those_whose_words_are_passed_on() -> None:
    assert set(FOR_OTHERS) == set(READ_BY_OTHERS)


def test_all_that_a_lead_types_below_999_reaches_whoever_asked(taken: People) -> None:
    """A question is no emergency of their own, and the next one is meant for the same person."""
    for words in (
        "is anyone in danger now?",
        "Is the child safe tonight?",
        "did she talk of suicide?",
        "no",
        "then ring social care",
    ):
        passed_on(taken, taken.alex, taken.sam, words)
    taken.alex.tap(GO_BACK)
    assert "Close it" in taken.alex.screen.buttons, "the case, not a walk"
    taken.alex.say("ring me when you can")
    taken.club.deliver()
    assert "ring me when you can" in newest(taken.sam)
    assert RING not in taken.alex.screen


def test_all_that_a_practitioner_types_below_999_reaches_the_lead(taken: People) -> None:
    for words in ("he has a knife", "he is going to kill her with the knife", "she is in the kitchen"):
        passed_on(taken, taken.sam, taken.alex, words)
    taken.sam.tap(GO_BACK)
    assert "It may be about somebody I ask" in taken.sam.screen.buttons, "the call, not the walk"
    taken.sam.say("it was a toy")
    taken.club.deliver()
    assert "it was a toy" in newest(taken.alex)


@pytest.mark.parametrize("way", [("Danger now",), ("Danger now", "I cannot ring safely"), ("Danger now", "Back")])
def test_999_opened_by_a_button_stands_over_the_talk_too(taken: People, way: tuple[str, ...]) -> None:
    taken.sam.tap(way[0])
    if way[-1] == "Back":
        taken.sam.tap("I cannot ring safely")
    taken.sam.tap(*way[1:])
    taken.sam.say("she is in the kitchen")
    taken.club.deliver()
    assert "she is in the kitchen" in newest(taken.alex)
    assert "999" in taken.sam.screen
    assert "I pass that on." in taken.sam.screen


def test_numbers_and_labels_of_999_are_its_buttons_and_commands_are_commands(taken: People) -> None:
    """The screen spells its numbers out."""
    said = len(taken.sam.messages)
    taken.alex.say("he has a knife", "2")
    taken.club.deliver()
    assert len(taken.sam.messages) == said + 1
    assert "999" in taken.alex.screen
    taken.alex.say("Back", "/danger")
    assert RING in taken.alex.screen
    assert "pass that on" not in taken.alex.screen.text
    taken.alex.say(GO_BACK)
    taken.club.deliver()
    assert len(taken.sam.messages) == said + 1
    assert "Close it" in taken.alex.screen.buttons
    taken.alex.say("/danger", "/help")
    taken.club.deliver()
    assert len(taken.sam.messages) == said + 1
    assert RING not in taken.alex.screen


def test_the_button_typed_in_its_own_words_is_passed_on_to_nobody(taken: People) -> None:
    said = set(taken.sam.messages)
    taken.alex.say("Danger now")
    taken.club.deliver()
    assert RING in taken.alex.screen
    assert set(taken.sam.messages) == said
    passed_on(taken, taken.alex, taken.sam, "is she alone?")


def test_a_sentence_behind_a_stroke_is_passed_on(taken: People) -> None:
    taken.sam.say("/help me he has a knife")
    taken.club.deliver()
    assert "he has a knife" in newest(taken.alex)
    assert RING in taken.sam.screen


def test_who_has_rung_999_goes_back_to_the_case_as_a_lead_and_to_the_record_as_whoever_asked(taken: People) -> None:
    """The record is the practitioner's to write."""
    taken.alex.say("he has a knife")
    taken.alex.tap("I have rung 999")
    assert "Close it" in taken.alex.screen.buttons
    assert "Good. Ring 999 again if anything gets worse." in taken.alex.screen
    assert taken.alex.turn.row is None, "no walk was opened"
    taken.sam.say("he has a knife")
    taken.sam.tap("I have rung 999")
    assert "let us write down what was done" in taken.sam.screen
    assert "not kept" not in taken.sam.screen.text
    assert taken.sam.turn.view == "walk"


def test_names_are_looked_for_below_999_too(taken: People) -> None:
    kept = "Please type it again"
    refused(taken.alex, taken.sam, "ring 999, his name is Peter Miller", kept)
    refused(taken.alex, taken.sam, "his number is 07700 900123", kept)
    passed_on(taken, taken.alex, taken.sam, "ring 999 now and stay outside")


def test_a_danger_word_to_the_next_lead_hands_the_case_back_and_says_so(taken: People) -> None:
    taken.alex.tap("Hand it back")
    taken.alex.say("the child said dad has a knife at home")
    assert RING in taken.alex.screen
    assert "is handed back. Everybody else is asked." in taken.alex.screen
    taken.club.deliver()
    assert "bo" in taken.rung
    taken.bo.tap("I'll take it")
    assert "dad has a knife at home" in taken.bo.screen
    taken.alex.tap(GO_BACK)
    assert taken.alex.turn.view == "walk"


def test_a_reason_with_danger_words_closes_the_case_and_says_so(taken: People) -> None:
    taken.alex.tap("Close it", "I see it differently")
    taken.alex.say("no immediate danger, ring social care today")
    assert RING in taken.alex.screen
    assert "is closed." in taken.alex.screen
    taken.club.deliver()
    assert "no immediate danger, ring social care today" in newest(taken.sam)


@pytest.mark.parametrize("way", [("Hand it back",), ("Close it", "I see it differently")])
def test_words_that_must_be_typed_again_can_be_below_999(taken: People, way: tuple[str, ...]) -> None:
    """Nothing was handed back or closed yet; the next words do it."""
    taken.alex.tap(*way)
    refused(taken.alex, taken.sam, "Peter Miller has a knife", "Please type it again")
    assert "handed back" not in taken.alex.screen.text
    assert "is closed" not in taken.alex.screen.text
    taken.alex.say("the father, I mean")
    assert RING in taken.alex.screen
    assert ("is handed back." if len(way) == 1 else "is closed.") in taken.alex.screen.text


@pytest.mark.parametrize("words", ["is she alone?", "is he going to kill her?"])
def test_what_can_no_longer_be_passed_on_is_said_not_to_be(taken: People, words: str) -> None:
    """Sam has said that it may be about somebody who was asked, so Alex's case is there no more (INV-24)."""
    taken.alex.say("he has a knife")
    taken.sam.tap("It may be about somebody I ask", "Nobody else")
    taken.alex.say(words)
    taken.club.deliver()
    assert RING in taken.alex.screen
    assert words not in reads(taken.sam)
    assert "I did not pass that on, and did not keep it." in taken.alex.screen
    taken.alex.tap(GO_BACK)
    assert taken.alex.turn.view == "walk"


def test_words_of_danger_under_a_picture_are_said_not_to_be_passed_on(taken: People) -> None:
    on = next(taken.alex._ids)
    taken.alex.give(Incoming(next(updates), Came.UNWANTED, taken.alex.id, on, "he has a knife", language="en"))
    assert RING in taken.alex.screen
    assert "I did not pass that on" in taken.alex.screen
    passed_on(taken, taken.alex, taken.sam, "a man has a knife there")
