"""A walk that is left: one reminder with the day of its end, then its end as an unfinished record (U8, INV-15)."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import people, records
from bot.turns.turn import CLOSED, REMINDER, RETURNING
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.walking import begin, go_to
from tests.due.world import SATURDAY, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNFINISHED = "You left something unfinished here."
CLOSED_NOW = "What you left unfinished here is closed."


def said(world: World, chat: DirectChat) -> list[tuple[timedelta, str]]:
    """What the bot said by itself, by the time since the beginning and its first line."""
    return [
        (when - SATURDAY, call.worded.paragraphs[0].text)
        for when, call in world.shown_to(chat)
        if call.worded is not None and not call.in_place
    ]


def test_no_reminder_takes_the_place_of_a_fresh_999(world: World) -> None:
    """A walk that was left, then a cry just before its reminder is due: 999 stands for an hour all the same (INV-1)."""
    chat = at(world.newcomer(), "advice")
    world.passes(DAY - HOUR / 6)
    chat.say("he has a knife")
    world.passes(HOUR / 2)
    assert "Ring 999 now." in chat.screen
    assert said(world, chat) == []
    world.passes(HOUR)
    assert [words for _, words in said(world, chat)] == [UNFINISHED]


def test_one_reminder_after_a_day_and_the_end_after_a_week(each_world: World) -> None:
    """The chat is told the day of the end, and then of the end, with the record's reference."""
    world = each_world
    chat = at(world.newcomer(), "advice")
    reference = chat.turn.reference
    world.passes(DAY)
    assert said(world, chat) == [(DAY, UNFINISHED)]
    assert reference in chat.screen
    assert "I close it on 21.03.2026 and keep what you said" in chat.screen
    assert "If anyone is in danger now, ring 999." in chat.screen
    assert chat.screen.buttons == ("Go on", "Stop", "No more reminders", "Speak to my lead", "Danger now")
    world.until(SATURDAY + 7 * DAY - HOUR)
    assert len(said(world, chat)) == 1, "only once"
    world.passes(2 * HOUR)
    assert said(world, chat)[1:] == [(7 * DAY, CLOSED_NOW)]
    assert f"kept as unfinished record {reference}" in chat.screen
    record = chat.tap("Show the record").text
    assert "(unfinished)" in record
    assert world.waiting("walk") == []
    world.passes(20 * DAY)
    assert len(said(world, chat)) == 2


def test_the_record_is_what_stop_and_keep_it_would_have_made(world: World) -> None:
    left, stopped = at(world.newcomer(), "decision"), at(world.newcomer(), "decision")
    kept_as = {chat.id: chat.turn.reference for chat in (left, stopped)}
    stopped.say("/cancel")
    stopped.tap("Stop and keep it")
    world.passes(8 * DAY)
    with world.store.reading() as transaction:
        one, other = (records.by_reference(transaction, kept_as[chat.id]) for chat in (left, stopped))
    assert one is not None and other is not None  # noqa: PT018
    assert (one.status, one.outcome, one.person_id) == ("incomplete", other.outcome, left.turn.person.id)
    assert one.content["answers"] == other.content["answers"]
    assert one.content["shown"] == other.content["shown"]


def test_both_messages_come_without_a_sound_and_say_nothing_of_the_case(world: World) -> None:
    """They light up a phone that may lie on a table at home."""
    chat = DirectChat(world.intake)
    world.chats[chat.id] = chat
    begin(chat, "decision", age=("u12",))
    answered = {word for _, values in chat.turn.walk.answers.items() for word in values}
    world.passes(8 * DAY)
    calls = [call for _, call in world.shown_to(chat) if call.kind == "screen" and not call.in_place]
    assert [call.silent for call in calls] == [True, True]
    for call in calls:
        assert call.worded is not None
        text = " ".join(paragraph.text for paragraph in call.worded.paragraphs).lower()
        assert not {"child", "harm", "worry", "share", "sex", "abuse"} & set(text.replace(".", "").split())
        assert not [word for word in answered if len(word) > 4 and word in text and word != "start"]
        assert call.worded.paragraphs[0].text in (UNFINISHED, CLOSED_NOW), "the first line tells an onlooker nothing"


def test_the_reminder_takes_the_place_of_the_old_screen(world: World) -> None:
    """Nothing of the case rests in the chat, and the walk's screen comes back in a new message."""
    chat = at(world.newcomer(), "worry")
    old = chat.screen.message_id
    world.passes(DAY)
    assert list(chat.messages) == [chat.screen.message_id]
    assert chat.screen.message_id != old
    reminder = chat.screen.message_id
    chat.tap("Go on")
    assert chat.turn.view == RETURNING
    assert list(chat.messages) == [chat.screen.message_id]
    assert chat.screen.message_id != reminder, "a message that can still be deleted for two days"


@pytest.mark.parametrize("place", ["danger", "worry", "advice", "decision", "note", "check", "half ticked"])
def test_inv_22_go_on_asks_about_danger_and_leads_back_to_where_they_were(world: World, place: str) -> None:
    chat = at(world.newcomer(), place)
    turn = chat.turn
    before = (turn.walk.state, dict(turn.walk.answers), turn.ticks)
    world.passes(3 * DAY)
    assert chat.turn.view == REMINDER
    screen = chat.tap("Go on")
    assert screen.text.startswith("If anyone is in danger now, ring 999.")
    if place == "danger":
        chat.tap("No")
        assert chat.turn.walk.answers["danger"] == ("no",)
        return
    chat.tap("No")
    turn = chat.turn
    assert (turn.walk.state, dict(turn.walk.answers), turn.ticks) == before


def test_who_goes_on_is_reminded_anew_after_another_day(world: World) -> None:
    """Each pause has its own reminder, and its own week."""
    chat = at(world.newcomer(), "worry")
    world.passes(2 * DAY)
    chat.tap("Go on", "No")
    gone_on = world.now
    world.passes(DAY - HOUR)
    assert len(said(world, chat)) == 1
    world.passes(2 * HOUR)
    assert said(world, chat)[1:] == [(gone_on + DAY - SATURDAY, UNFINISHED)]
    assert "I close it on 23.03.2026" in chat.screen
    world.until(gone_on + 7 * DAY - HOUR)
    assert chat.turn.row is not None
    world.passes(2 * HOUR)
    assert chat.turn.view == CLOSED


def test_answering_costs_no_row_and_puts_the_reminder_off(world: World) -> None:
    """The row looks at the walk when it comes due: nothing is written for each answer."""
    chat = at(world.newcomer(), "worry")
    for number in ("1", "2", "3"):
        world.passes(3 * HOUR)
        chat.say(number)
        chat.tap("Done")
        chat.say("/back")
    world.passes(22 * HOUR)
    assert said(world, chat) == []
    world.passes(2 * HOUR)
    assert [when for when, _ in said(world, chat)] == [DAY + 9 * HOUR]


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        (datetime(2026, 3, 16, 23, tzinfo=UTC), datetime(2026, 3, 18, 10, tzinfo=UTC)),
        (datetime(2026, 7, 16, 3, tzinfo=UTC), datetime(2026, 7, 17, 9, tzinfo=UTC)),
        (datetime(2026, 7, 18, 18, 59, tzinfo=UTC), datetime(2026, 7, 19, 18, 59, tzinfo=UTC)),
    ],
)
def test_a_reminder_of_the_small_hours_waits_for_the_morning(
    tmp_path: Path, left: datetime, reminded: datetime
) -> None:
    """U15: quiet hours. In winter ten o'clock is ten in UTC; in summer it is nine."""
    with contextlib.closing(World(tmp_path / "sharewise.db", left)) as world:
        chat = at(world.newcomer(), "worry")
        world.passes(2 * DAY)
        assert [when for when, call in world.shown_to(chat) if not call.in_place] == [reminded]


def test_nobody_is_closed_upon_without_having_been_told_the_day(world: World) -> None:
    """The bot was off for two weeks: the reminder comes first, and two days are left."""
    chat = at(world.newcomer(), "worry")
    world.now += 14 * DAY
    world.happen()
    assert chat.turn.view == REMINDER
    assert "I close it on 30.03.2026" in chat.screen
    world.passes(2 * DAY - HOUR)
    assert chat.turn.view == REMINDER
    world.passes(2 * HOUR)
    assert chat.turn.view == CLOSED


# ---- who does not want to be reminded, or cannot be


def test_no_more_reminders_by_one_button_and_by_command(world: World) -> None:
    """The walk still ends, and that is still said."""
    chat = at(world.newcomer(), "worry")
    world.passes(DAY)
    assert "Now: off." in chat.tap("No more reminders")
    assert world.chats[chat.id].turn.row is not None, "and the walk is as it was"
    chat.tap("Go on", "No")
    world.passes(6 * DAY)
    assert len(said(world, chat)) == 1
    world.passes(2 * DAY)
    assert [line for _, line in said(world, chat)] == [UNFINISHED, CLOSED_NOW]
    assert "Now: off." in chat.say("/reminders")
    assert "Now: on." in chat.tap("Turn them on")


def test_who_has_blocked_the_bot_is_told_nothing_and_the_walk_ends_all_the_same(world: World) -> None:
    chat = at(world.newcomer(), "worry")
    reference, person = chat.turn.reference, chat.turn.person.id
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, person, world.now)
    world.passes(8 * DAY)
    assert said(world, chat) == []
    with world.store.reading() as transaction:
        record = records.by_reference(transaction, reference)
    assert record is not None
    assert record.status == "incomplete"
    assert reference in chat.say("/records")


def test_who_is_forgotten_is_reminded_of_nothing(world: World) -> None:
    chat = at(world.newcomer(), "worry")
    chat.say("/delete_my_data")
    chat.tap("Yes, delete it")
    assert world.waiting("walk") == []
    world.passes(8 * DAY)
    assert world.shown_to(chat) == []


def test_a_walk_that_is_over_leaves_no_row(world: World) -> None:
    for ends in ("finished", "Stop and keep it", "Stop and keep nothing", "begun anew"):
        chat = at(world.newcomer(), "worry")
        assert world.waiting("walk") != []
        if ends == "finished":
            go_to(chat, "saved")
        elif ends == "begun anew":
            chat.say("/start")
            chat.tap("Begin anew")
        else:
            chat.say("/cancel")
            chat.tap(ends)
        assert world.waiting("walk") == [], ends


def test_a_child_or_a_person_at_risk_is_never_reminded(world: World) -> None:
    """INV-18: there is no walk for them, and a message a day later could be read by somebody else."""
    for label in ("This is about me", "I am under 18", "I am family, a friend or a neighbour"):
        chat = world.newcomer()
        chat.say("/start")
        chat.tap(label)
        world.passes(30 * DAY)
        assert said(world, chat) == []
        assert chat.turn.row is None
        assert "I help you decide" in chat.say("/start")


def test_a_walk_with_nothing_in_it_ends_without_a_record(world: World) -> None:
    chat = at(world.newcomer(), "danger")
    world.passes(8 * DAY)
    assert "You had not answered anything yet, so nothing was kept." in chat.screen
    assert "There are none now." in chat.say("/records")


def test_a_reminder_that_is_overtaken_by_an_answer_is_not_sent(world: World) -> None:
    """It waits in the outbox while somebody types: what they do comes first, and the reminder is no longer true."""
    chat = at(world.newcomer(), "worry")
    world.now += DAY
    while chat.turn.view != REMINDER:
        asyncio.run(world.due.round())  # written, not sent
    chat.say("/start")
    chat.tap("Go on", "No")
    world.deliver()
    assert said(world, chat) == []
    assert chat.turn.walk.state == "worry"
    assert len(chat.messages) == 1
