"""What somebody said they would do: they are asked until they answer, and every answer is kept (RF-1 to RF-3)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import people, records
from bot.turns.turn import FOLLOW_UP
from tests.bot.direct import DirectChat
from tests.bot.walking import begin
from tests.due.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAY = datetime(2026, 3, 10, 10, tzinfo=UTC)
RING, LEAD, HEARD = (
    "you said you would ring. Did you?",
    "you said you would ask your lead. Did you?",
    "have they answered you?",
)
EMERGENCY: dict[str, Any] = {"danger": ("yes",)}
SERIOUS: dict[str, Any] = {"age": ("u12",), "worry": ("hurt",), "who_did": ("home",), "harm": ("significant",)}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        yield made


def decided(world: World, done: str = "today", review: str = "30", chat: DirectChat | None = None) -> DirectChat:
    """Somebody who is advised to ring social care today, and says so."""
    chat = chat or world.newcomer()
    answers = {**SERIOUS, "done": (done,), "review": (review,)}
    begin(chat, "saved", **answers)
    return chat


def reference_of(world: World, chat: DirectChat) -> str:
    with world.store.reading() as transaction:
        return records.find_own(transaction, chat.turn.person.id)[0].reference


def asked(world: World, chat: DirectChat) -> list[tuple[str, str]]:
    """When they were asked, and what, without the reference."""
    return [
        (f"{when:%a %H:%M}", call.worded.paragraphs[0].text.partition(": ")[2])
        for when, call in world.shown_to(chat)
        if call.worded is not None and not call.in_place and call.worded.paragraphs[0].text.startswith("SW-")
    ]


def added(world: World, chat: DirectChat) -> list[str]:
    with world.store.reading() as transaction:
        return [one.text for one in records.addenda_of(transaction, reference_of(world, chat))]


def test_from_did_you_to_they_have_answered(each_world: World) -> None:
    """The whole way: not yet, yes, no word, chased, answered; all of it is in the record and in what is kept of it."""
    world = each_world
    world.now = TUESDAY
    chat = decided(world)
    assert "I ask you here what became of it: today at 14:00." in chat.screen
    world.passes(4 * HOUR)
    assert chat.turn.view == FOLLOW_UP
    assert "ring 999" in chat.screen
    assert "Please ring now." in chat.tap("Not yet")
    assert "today at 16:00" in chat.screen
    world.passes(2 * HOUR)
    screen = chat.tap("Yes, it is done")
    assert "Confirm it in writing today, within 24 hours at the latest." in screen
    assert "on 11.03.2026 at 16:00" in screen
    world.passes(DAY)
    assert "Say: “I told you about a worry and have had no answer." in chat.tap("No, not yet")
    world.passes(DAY)
    assert "Good. Then I do not ask again." in chat.tap("Yes, they have")
    chat.tap("Open the record", "Send it as text to keep")
    record = chat.screen
    world.passes(20 * DAY)
    assert asked(world, chat) == [("Tue 14:00", RING), ("Tue 16:00", RING), ("Wed 16:00", HEARD), ("Thu 09:00", HEARD)]
    said = [
        "Asked whether it was done: not yet.",
        "Asked whether it was done: yes.",
        "Asked whether they have answered: not yet.",
        "Asked whether they have answered: yes.",
    ]
    assert added(world, chat) == said
    assert world.waiting("follow_up") == []
    assert all(words in record for words in said[1:]), "the newest three stand on the screen"
    assert all(words in chat.kept[-1] for words in said)


def test_silence_is_chased_at_a_widening_pace_with_one_question_standing(world: World) -> None:
    """Nobody is woken, nobody is forgotten, and there is never a second message to the same question."""
    chat = decided(world)
    world.passes(21 * DAY)
    assert [when for when, _ in asked(world, chat)] == [
        *("Tue 14:00", "Tue 16:00"),
        *("Wed 09:00", "Thu 09:00", "Fri 09:00", "Sat 09:00", "Sat 09:00", "Sat 09:00"),
    ]
    assert list(chat.messages) == [chat.screen.message_id]
    assert len(world.waiting("follow_up")) == 1


def test_an_emergency_is_asked_about_by_night(world: World) -> None:
    """999 or social care rung: an hour later, then after longer and longer pauses, until morning."""
    world.now = TUESDAY + 11 * HOUR
    chat = world.newcomer()
    begin(chat, "saved", **EMERGENCY, done=("no_answer",), review=("30",))
    world.passes(13 * HOUR)
    assert [when for when, _ in asked(world, chat)] == ["Tue 22:00", "Tue 23:00", "Wed 01:00", "Wed 09:00"]


def test_what_comes_unasked_says_nothing_of_the_case(world: World) -> None:
    """It lights up a phone that may lie on a table at home: a reference, and what to do in danger."""
    chat = decided(world)
    world.passes(4 * HOUR)
    text = chat.screen.text.lower()
    assert reference_of(world, chat) in chat.screen
    assert not {"child", "harm", "worry", "social", "care", "abuse", "police"} & set(text.replace(".", "").split())
    assert chat.screen.buttons[-2:] == ("Speak to my lead", "Danger now")


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("The right people already know", "They may not know the part that you saw."),
        ("My lead or manager advised it", "You may still ring social care yourself."),
        ("What the person wants", "You do not need their yes for this call."),
        ("I see less risk", "Tell your lead today"),
        ("Another reason; I will write it down", "Write down why"),
    ],
)
def test_who_will_not_says_why_and_is_told_what_stands(world: World, reason: str, says: str) -> None:
    chat = decided(world)
    world.passes(4 * HOUR)
    chat.tap("I will not do it")
    screen = chat.tap(reason)
    assert says in screen
    assert "My advice stays the same: ring." in screen
    assert added(world, chat) == [f"Asked whether it was done: it will not be. Reason: {reason}."]
    assert world.waiting("follow_up") == []
    chat.tap("I will do it after all")
    assert "It will be done after all." in added(world, chat)
    world.passes(2 * HOUR)
    assert [line for _, line in asked(world, chat)] == [RING, RING]


def test_they_will_not_act_leads_on_and_is_asked_again(world: World) -> None:
    """ES-1: a no is an answer, but not the end of it."""
    chat = decided(world, done="just_now")
    world.passes(DAY)
    assert "Is anyone in danger now" in chat.tap("They will not act")
    assert added(world, chat) == ["Asked whether they have answered: they will not act."]
    chat.tap("No", "Social care or the police", "A child or young person", "No")
    assert "Their no is not the end of it." in chat.screen
    assert len(added(world, chat)) == 2
    world.passes(DAY)
    assert asked(world, chat) == [("Wed 10:00", HEARD), ("Thu 09:00", HEARD)]


def test_it_can_be_said_from_the_record_before_it_is_asked(world: World) -> None:
    """Whoever has rung at once need not wait for the question; and a number typed is as good as a button."""
    chat = decided(world)
    chat.tap("Show the record", "Say what became of it")
    assert "1 Yes, it is done" in chat.screen
    chat.say("1")
    world.passes(HOUR * 23)
    assert asked(world, chat) == []
    world.passes(HOUR)
    assert asked(world, chat) == [("Wed 10:00", HEARD)]


def test_a_lead_who_was_to_be_asked_and_nothing_more(world: World) -> None:
    """Nobody else was told, so nobody is to answer."""
    chat = world.newcomer()
    begin(chat, "saved", decision=("ask_lead",), review=("30",), lead_spoken=("not_yet",))
    world.passes(4 * HOUR)
    assert asked(world, chat) == [("Tue 14:00", LEAD)]
    assert "Good. That was right." in chat.tap("Yes, it is done")
    assert world.waiting("follow_up") == []


def test_a_walk_that_was_stopped_after_its_decision_is_followed_up_as_well(world: World) -> None:
    chat = world.newcomer()
    begin(chat, "based_on", **SERIOUS, done=("today",), review=("30",))
    chat.say("/cancel")
    chat.tap("Stop and keep it")
    world.passes(4 * HOUR)
    assert asked(world, chat) == [("Tue 14:00", RING)]


def test_somebody_in_a_walk_goes_on_after_it(world: World) -> None:
    chat = decided(world)
    begin(chat, "worry")
    world.passes(3.9 * HOUR)
    chat.say("/start")
    chat.tap("Go on")
    world.passes(HOUR)
    assert chat.turn.view == FOLLOW_UP
    chat.tap("Yes, it is done", "Go on")
    assert chat.turn.walk.state in ("worry", "danger")


def test_no_question_pushes_out_what_was_said_just_before(world: World) -> None:
    """Two records, and a review on the same morning: each is read for an hour before the next takes its place."""
    chat = decided(world, review="1")
    decided(world, chat=chat)
    world.passes(DAY + 3 * HOUR)
    shown = [(when, call.worded.paragraphs[0].text) for when, call in world.shown_to(chat) if call.worded is not None]
    assert [f"{when:%H:%M}" for when, _ in shown] == [
        *("14:00", "15:00", "16:00", "17:00"),
        *("09:00", "10:00", "11:00"),
    ]
    assert len({text for _, text in shown[:2]}) == len({text for _, text in shown[2:4]}) == 2, "of both records"
    assert len({text for _, text in shown[4:]}) == 3, "and the review between them"


def test_no_question_takes_the_place_of_a_fresh_999(world: World) -> None:
    """INV-1: the emergency text stands for an hour whatever is due."""
    chat = decided(world)
    world.passes(3.9 * HOUR)
    chat.say("he has a knife")
    world.passes(HOUR / 2)
    assert "Ring 999 now." in chat.screen
    world.passes(HOUR)
    assert chat.turn.view == FOLLOW_UP


def test_nobody_is_asked_about_what_is_gone_or_not_theirs(world: World) -> None:
    """Forgotten people, blocked bots, deleted records; and nobody answers for somebody else."""
    forgotten, away, other = decided(world), decided(world), decided(world)
    press = Press("follow", "yes", reference_of(world, away))
    other.press(codes.write(press, "", other.turn.person.screen.revision))
    assert "already answered" in other.screen
    forgotten.say("/delete_my_data")
    forgotten.tap("Yes, delete it")
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, away.turn.person.id, world.now)
    world.passes(40 * DAY)
    assert asked(world, forgotten) == asked(world, away) == []
    assert len(world.waiting("follow_up")) == 1
    assert added(world, other) == []
