"""The day on which somebody chose to look again: they are asked on that morning, and some times more (PF-5, RF-3)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import people, records
from bot.turns.turn import REVIEW
from tests.bot.direct import DirectChat
from tests.bot.walking import begin
from tests.due.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAY = datetime(2026, 3, 10, 10, tzinfo=UTC)
FIRST, AGAIN = "Today is a day that you chose.", "I remind you once more."
UNFINISHED = "You left something unfinished here."
LAST = "so this is the last time"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        yield made


def decided(world: World, days: str = "3", chat: DirectChat | None = None) -> DirectChat:
    """Somebody whose record is saved, to be looked at again after so many days."""
    chat = chat or world.newcomer()
    begin(chat, "saved", review=(days,), wait_date=(days,))
    return chat


def reference_of(chat: DirectChat) -> str:
    return chat.turn.detail.partition("|")[0]


def asked(world: World, chat: DirectChat) -> list[tuple[str, str]]:
    """When they were asked, and what the first line was."""
    return [
        (f"{when:%a %d.%m. %H:%M}", call.worded.paragraphs[0].text)
        for when, call in world.shown_to(chat)
        if call.worded is not None and not call.in_place
    ]


def test_they_are_asked_on_that_morning_and_if_they_say_nothing_four_times_more(world: World) -> None:
    """Chosen on a Tuesday for Friday: the next working day is Monday, and then it is daily three times."""
    chat = decided(world)
    reference = reference_of(chat)
    assert "Look at it again on 13.03.2026. I remind you here that morning." in chat.screen
    world.passes(20 * DAY)
    assert asked(world, chat) == [
        ("Fri 13.03. 09:00", FIRST),
        ("Mon 16.03. 09:00", AGAIN),
        ("Tue 17.03. 09:00", AGAIN),
        ("Wed 18.03. 09:00", AGAIN),
        ("Thu 19.03. 09:00", AGAIN),
    ]
    texts = [
        " ".join(one.text for one in call.worded.paragraphs)
        for _, call in world.shown_to(chat)
        if call.worded is not None and not call.in_place
    ]
    assert [LAST in text for text in texts] == [False, False, False, False, True]
    assert all(reference in text and "ring 999" in text for text in texts)
    assert [call.silent for _, call in world.shown_to(chat) if not call.in_place] == [False] * 5, "they asked for it"
    assert world.waiting("review") == []
    assert reference in chat.say("/records")


def test_nine_in_the_morning_is_local_and_may_be_another_hour_in_utc(world: World) -> None:
    """Chosen in winter for a day in summer time."""
    chat = decided(world, "30")
    world.passes(30 * DAY)
    assert asked(world, chat) == [("Thu 09.04. 08:00", FIRST)]


def test_done_ends_it(world: World) -> None:
    chat = decided(world)
    reference = reference_of(chat)
    world.passes(3 * DAY)
    assert chat.turn.view == REVIEW
    assert f"I do not remind you of {reference} again" in chat.tap("Done: I have looked again")
    assert world.waiting("review") == []
    world.passes(20 * DAY)
    assert len(asked(world, chat)) == 1


def test_tomorrow_asks_tomorrow_and_counts_anew(world: World) -> None:
    chat = decided(world)
    world.passes(3 * DAY)
    assert "tomorrow morning" in chat.tap("Remind me tomorrow")
    world.passes(15 * DAY)
    assert [line for _, line in asked(world, chat)][:3] == [FIRST, FIRST, AGAIN]
    assert [when for when, _ in asked(world, chat)][1:3] == ["Sat 14.03. 09:00", "Mon 16.03. 09:00"]
    assert len(asked(world, chat)) == 6


def test_the_record_can_be_opened_and_there_they_can_say_that_they_looked(world: World) -> None:
    chat = decided(world)
    reference = reference_of(chat)
    assert "Done: I have looked again" not in chat.tap("Show the record").buttons, "the day has not come"
    world.passes(3 * DAY)
    chat.tap("Open the record")
    assert reference in chat.screen
    assert f"I do not remind you of {reference} again" in chat.say("done")
    assert world.waiting("review") == []


def test_a_number_typed_is_as_good_as_a_button(world: World) -> None:
    """Whoever cannot see the buttons reads their numbers."""
    chat = decided(world)
    world.passes(3 * DAY)
    assert "3 Done: I have looked again" in chat.screen
    chat.say("3")
    assert world.waiting("review") == []


def test_several_records_of_one_day_are_named_in_one_message(world: World) -> None:
    """A second message would take the place of the first, which nobody would have read."""
    chat = decided(world, "7")
    first = reference_of(chat)
    second = reference_of(decided(world, "7", chat))
    world.passes(4 * DAY)
    third = reference_of(decided(world, "3", chat))
    world.passes(3 * DAY)
    assert asked(world, chat) == [("Tue 17.03. 09:00", FIRST)]
    assert all(reference in chat.screen for reference in (first, second, third))
    chat.tap(f"Open {second}", "Done: I have looked again")
    world.passes(DAY)
    assert second not in chat.screen
    assert asked(world, chat)[1:] == [("Wed 18.03. 09:00", AGAIN)]
    chat.tap("Done: I have looked again")
    assert world.waiting("review") == []


def test_somebody_in_a_walk_is_asked_and_goes_on_after_it(world: World) -> None:
    chat = decided(world, "1")
    begin(chat, "worry")
    world.passes(DAY - HOUR)
    assert chat.turn.view == REVIEW
    assert "Go on" in chat.screen.buttons
    chat.tap("Done: I have looked again")
    chat.tap("No")
    assert chat.turn.walk.state == "worry"


def test_an_unfinished_record_with_a_day_is_asked_about_as_well(world: World) -> None:
    chat = world.newcomer()
    begin(chat, "based_on", review=("3",), wait_date=("3",))
    chat.say("/cancel")
    chat.tap("Stop and keep it")
    world.passes(3 * DAY)
    assert asked(world, chat) == [("Fri 13.03. 09:00", FIRST)]


def test_who_blocked_the_bot_is_asked_when_they_are_back_within_thirty_days(world: World) -> None:
    away, gone = decided(world), decided(world)
    for chat in (away, gone):
        with world.store.transaction() as transaction:
            people.save_blocked(transaction, chat.turn.person.id, world.now)
    world.passes(20 * DAY)
    assert (asked(world, away), asked(world, gone)) == ([], [])
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, away.turn.person.id, None)
    world.passes(DAY)
    assert [line for _, line in asked(world, away)] == [FIRST]
    world.passes(20 * DAY)
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, gone.turn.person.id, None)
    world.passes(20 * DAY)
    assert asked(world, gone) == []
    assert world.waiting("review") == []


def test_nobody_is_asked_about_a_record_that_is_gone_or_no_longer_theirs(world: World) -> None:
    forgotten, deleted = decided(world), decided(world)
    reference = reference_of(deleted)
    forgotten.say("/delete_my_data")
    forgotten.tap("Yes, delete it")
    with world.store.transaction() as transaction:
        records.remove(transaction, reference)
    world.passes(30 * DAY)
    assert asked(world, forgotten) == asked(world, deleted) == []
    assert world.waiting("review") == []


def test_nobody_can_end_the_reminder_of_somebody_else_s_record(world: World) -> None:
    theirs, other = decided(world), decided(world)
    other.press(codes.write(Press("review", "done", reference_of(theirs)), "", other.turn.person.screen.revision))
    assert "already answered" in other.screen
    assert len(world.waiting("review")) == 2


# ---- beside something unfinished


def test_only_one_thing_is_said_a_day(world: World) -> None:
    """U15. What was asked for comes first; the reminder of something unfinished waits until that is seen to."""
    chat = decided(world, "1")
    begin(chat, "worry")
    world.passes(DAY)
    assert asked(world, chat) == [("Wed 11.03. 09:00", FIRST)]
    chat.tap("Remind me tomorrow")
    world.passes(DAY)
    assert asked(world, chat)[1:] == [("Thu 12.03. 09:00", FIRST)]
    chat.tap("Remind me tomorrow")
    world.passes(DAY - HOUR / 2)
    chat.tap("Done: I have looked again")
    world.passes(DAY)
    assert asked(world, chat)[2:] == [("Fri 13.03. 09:00", FIRST), ("Fri 13.03. 10:00", UNFINISHED)]


def test_where_a_reminder_stood_its_day_is_said_with_the_review(world: World) -> None:
    """The review takes its place; that the walk will be closed must not be lost with it."""
    chat = decided(world, "3")
    begin(chat, "worry")
    world.passes(3 * DAY)
    assert asked(world, chat) == [("Wed 11.03. 10:00", UNFINISHED), ("Fri 13.03. 09:00", FIRST)]
    assert "You also left something unfinished. I close it on 17.03.2026." in chat.screen
    assert "Go on" in chat.screen.buttons


def test_after_a_long_outage_nothing_that_is_overdue_pushes_out_the_other(each_world: World) -> None:
    """Everything comes due in the same moment, in any order; what is said of it is read, or said again."""
    world = each_world
    chats = [decided(world, "3") for _ in range(6)]
    for chat in chats:
        begin(chat, "worry")
    world.now += 20 * DAY
    world.happen()
    for chat in chats:
        texts = " ".join(seen.text for seen, _ in chat.messages.values())
        assert reference_of_record(world, chat) in texts
    world.passes(2 * DAY - HOUR)
    for chat in chats:
        assert chat.turn.row is not None, "not closed before the day was said"
        said = [call.worded for _, call in world.shown_to(chat) if call.worded is not None]
        assert any("I close it on" in paragraph.text for words in said for paragraph in words.paragraphs)
    world.passes(10 * DAY)
    assert all(chat.turn.row is None for chat in chats)


def reference_of_record(world: World, chat: DirectChat) -> str:
    with world.store.reading() as transaction:
        return records.find_own(transaction, chat.turn.person.id)[0].reference
