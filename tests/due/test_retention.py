"""A record has an end (RET-5): it is told a week before, moves on with what happens to the record, and leaves a
tombstone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import organisations, people, records, tables, walks
from bot.store.due import RECORD_ENDS
from bot.store.organisations import Member, Organisation, Status
from bot.turns import later
from states.arrangements import Arrangements, changed
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.walking import begin
from tests.due.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAY = datetime(2026, 3, 10, 11, tzinfo=UTC)
"""Thirty days later it is summer time."""
TOLD = "I delete something here soon that you saved."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        yield made


def saved(world: World, chat: DirectChat | None = None) -> tuple[DirectChat, str]:
    """Somebody who saved a record of which nothing is to come, and its reference."""
    chat = chat or world.newcomer()
    begin(chat, "check")
    chat.say("/cancel")
    reference = chat.turn.reference
    chat.tap("Stop and keep it")
    with world.store.transaction() as transaction:
        later.looked_again(transaction, reference, world.now)
    return chat, reference


def member(world: World, chat: DirectChat, days: int, status: Status = "active") -> str:
    """They belong to an organisation that keeps records for so long."""
    id_ = f"{days}".rjust(32, "0")
    with world.store.transaction() as transaction:
        arranged = changed(Arrangements(), "days_kept", str(days))
        if organisations.by_id(transaction, id_) is None:
            organisations.add(transaction, Organisation(id_, id_, "eng", "voluntary", world.now, arranged))
        role = OrganisationRole.PRACTITIONER
        person = chat.turn.person.id
        joined = Member(world.surroundings.new_id(), id_, person, role, status, "Sam", world.now)
        organisations.join(transaction, joined)
    return id_


def told(world: World, chat: DirectChat) -> list[str]:
    """When they were told that something goes."""
    return [
        f"{when:%d.%m. %H:%M}"
        for when, call in world.shown_to(chat)
        if call.worded is not None and call.worded.paragraphs[0].text == TOLD
    ]


def is_there(world: World, reference: str) -> bool:
    with world.store.reading() as transaction:
        return records.outline(transaction, reference) is not None


def test_ret_5_the_end_is_told_a_week_before_and_then_the_record_goes_and_leaves_a_tombstone(
    each_world: World,
) -> None:
    world = each_world
    world.now = TUESDAY
    chat, reference = saved(world)
    assert "30 days" in chat.say("/privacy")
    world.passes(29 * DAY)
    assert told(world, chat) == ["02.04. 11:00"]
    calls = [call for when, call in world.shown_to(chat)]
    assert [call.silent for call in calls][-1]
    words = "\n".join(one.text for one in calls[-1].worded.paragraphs) if calls[-1].worded else ""
    assert f"• {reference} on 09.04.2026" in words
    assert chat.screen.buttons[:2] == ("Open the record", "Keep it longer")
    assert is_there(world, reference)
    world.passes(DAY + HOUR)
    assert not is_there(world, reference)
    assert world.waiting(RECORD_ENDS) == []
    chat.tap("Open the record")
    assert f"{reference} was deleted on 09.04.2026, as arranged." in chat.screen
    assert "There are none now." in chat.screen
    assert f"{reference} was deleted on 09.04.2026, as arranged." in chat.say(f"/records {reference}")
    assert "deleted" not in chat.say("/records")
    assert "deleted" not in chat.say("/records SW-00000")
    with world.store.reading() as transaction:
        execute = transaction.connection.exec_driver_sql
        assert walks.of_person(transaction, chat.turn.person.id) == []
        for table in (tables.records, tables.addenda, tables.notes, tables.answers, tables.walks):
            assert transaction.connection.execute(select(table)).all() == [], table
        assert [row[0] for row in execute("SELECT reference FROM tombstones")] == [reference]


def test_ret_5_a_reference_that_is_gone_is_never_given_again(world: World) -> None:
    chat, reference = saved(world)
    world.passes(31 * DAY)
    given = iter([reference, "SW-9ZZZZ"])
    turn = chat.turn
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    with world.store.transaction() as transaction:
        turn.transaction = transaction
        turn.surroundings = type(turn.surroundings)(
            turn.surroundings.flow, lambda length: bytes(alphabet.index(one) for one in next(given)[3:])
        )
        assert turn.new_reference() == "SW-9ZZZZ"


def test_ret_5_keep_it_longer_gives_the_same_time_again_as_often_as_one_likes(world: World) -> None:
    chat, reference = saved(world)
    for day, end in ((23, "09.05.2026"), (53, "08.06.2026"), (83, "08.07.2026")):
        world.until(TUESDAY + day * DAY + HOUR)
        assert f"I keep {reference} until {end}" in chat.tap("Keep it longer")
    assert told(world, chat) == ["02.04. 11:00", "02.05. 11:00", "01.06. 11:00"]
    assert "Keep it longer" not in chat.say(f"/records {reference}").buttons
    world.until(TUESDAY + 119 * DAY)
    assert is_there(world, reference)
    assert "I delete this record on 08.07.2026." in chat.say(f"/records {reference}")
    world.passes(DAY + HOUR)
    assert not is_there(world, reference)


def test_ret_5_keep_it_longer_stands_with_the_record_too_and_counts_once(world: World) -> None:
    chat, reference = saved(world)
    world.passes(25 * DAY)
    chat.tap("Open the record")
    assert "I delete this record on 09.04.2026." in chat.screen
    stale = chat.messages[max(chat.messages)][1]["Keep it longer"]
    assert f"I keep {reference} until 09.05.2026" in chat.tap("Keep it longer")
    assert "I delete this record" not in chat.screen
    chat.press(stale)
    world.passes(5 * DAY + HOUR)
    assert is_there(world, reference)
    world.until(TUESDAY + 60 * DAY + HOUR)
    assert not is_there(world, reference)


def test_ret_5_what_is_added_on_the_last_day_stops_it(world: World) -> None:
    chat, reference = saved(world)
    world.until(TUESDAY + 30 * DAY - HOUR)
    chat.say(f"/records {reference}")
    chat.tap("Add something to it")
    chat.say("They rang back and will visit.")
    assert "I delete this record" not in chat.screen
    world.passes(10 * DAY)
    assert is_there(world, reference)
    world.until(TUESDAY + 54 * DAY)
    assert told(world, chat) == ["02.04. 11:00", "02.05. 10:00"]
    world.until(TUESDAY + 60 * DAY + HOUR)
    assert not is_there(world, reference)


def test_ret_5_a_day_to_look_again_keeps_it_and_having_looked_begins_its_time_anew(world: World) -> None:
    chat, reference = saved(world)
    with world.store.transaction() as transaction:
        day = (TUESDAY + 60 * DAY).date()
        later.look_again(transaction, reference, chat.turn.person.id, day, world.surroundings.new_id())
    world.until(TUESDAY + 60 * DAY)
    assert told(world, chat) == []
    chat.tap("Done: I have looked again")
    world.until(TUESDAY + 82 * DAY)
    assert told(world, chat) == []
    world.until(TUESDAY + 89 * DAY)
    assert len(told(world, chat)) == 1
    assert is_there(world, reference)
    world.until(TUESDAY + 91 * DAY)
    assert not is_there(world, reference)


def test_ret_5_a_record_goes_a_week_after_the_last_reminder_that_nobody_answered(world: World) -> None:
    """Nothing is to come any more; and they are told, however long ago its time was over."""
    chat, reference = saved(world)
    with world.store.transaction() as transaction:
        day = (TUESDAY + 60 * DAY).date()
        later.look_again(transaction, reference, chat.turn.person.id, day, world.surroundings.new_id())
    world.until(TUESDAY + 65 * DAY)
    assert told(world, chat) == []
    world.until(TUESDAY + 69 * DAY)
    assert len(told(world, chat)) == 1
    assert is_there(world, reference)
    world.until(TUESDAY + 80 * DAY)
    assert not is_there(world, reference)


def test_ret_5_what_somebody_said_they_would_do_keeps_it_until_they_answer(world: World) -> None:
    """A question of which nothing was heard is still open."""
    chat, reference = saved(world)
    with world.store.transaction() as transaction:
        new_id = world.surroundings.new_id()
        at = TUESDAY + 500 * DAY
        later.follow_up(transaction, reference, chat.turn.person.id, at, 0, new_id)
    world.until(TUESDAY + 400 * DAY)
    assert is_there(world, reference)
    assert told(world, chat) == []


def test_ret_5_a_walk_that_goes_through_it_again_keeps_it(world: World) -> None:
    chat, reference = saved(world)
    world.until(TUESDAY + 29 * DAY)
    chat.say(f"/records {reference}")
    chat.tap("Go through it again")
    world.passes(3 * DAY)
    assert is_there(world, reference)
    world.passes(20 * DAY)
    assert not is_there(world, reference)


@pytest.mark.parametrize(("days", "also"), [((90,), ()), ((5, 90), ()), ((90, 5), ()), ((90,), (365,))])
def test_ret_5_it_is_kept_as_long_as_the_organisation_arranged_the_longest_of_several(
    world: World, days: tuple[int, ...], also: tuple[int, ...]
) -> None:
    """Where somebody is not confirmed yet counts for nothing."""
    chat = world.newcomer()
    chat.say("/start")
    for each in days:
        member(world, chat, each)
    for each in also:
        member(world, chat, each, "waiting")
    chat, reference = saved(world, chat)
    assert "90 days" in chat.say("/privacy")
    world.until(TUESDAY + 82 * DAY)
    assert told(world, chat) == []
    world.until(TUESDAY + 90 * DAY)
    assert len(told(world, chat)) == 1
    world.passes(HOUR)
    assert not is_there(world, reference)


def test_ret_5_the_saved_screen_says_how_long_it_is_kept(world: World) -> None:
    chat = world.newcomer()
    chat.say("/start")
    member(world, chat, 12)
    begin(chat, "saved")
    assert "Copy the record into your organisation's own records now." in chat.screen
    assert "I delete it here 12 days after the last news of it, and tell you before." in chat.screen


@pytest.mark.parametrize(("days", "told_at", "gone_after"), [(7, "10.03. 12:00", 7), (1, "10.03. 12:00", 1 + 1 / 24)])
def test_ret_5_what_is_kept_for_less_than_its_notice_is_told_within_an_hour_and_a_day_before(
    world: World, days: int, told_at: str, gone_after: float
) -> None:
    chat = world.newcomer()
    chat.say("/start")
    member(world, chat, days)
    chat, reference = saved(world, chat)
    world.until(TUESDAY + gone_after * DAY - HOUR / 2)
    assert told(world, chat) == [told_at]
    assert is_there(world, reference)
    world.passes(HOUR)
    assert not is_there(world, reference)


def test_ret_5_nobody_is_told_by_night(world: World) -> None:
    world.now = TUESDAY + 11 * HOUR
    chat = world.newcomer()
    chat.say("/start")
    member(world, chat, 1)
    chat, reference = saved(world, chat)
    world.passes(30 * HOUR)
    assert told(world, chat) == ["11.03. 10:00"]
    assert is_there(world, reference), "a day's notice at least"
    world.passes(6 * HOUR)
    assert not is_there(world, reference)


def arrange(world: World, organisation_id: str, days: int) -> None:
    with world.store.transaction() as transaction:
        found = organisations.by_id(transaction, organisation_id)
        assert found is not None
        made = changed(found.arrangements, "days_kept", str(days))
        organisations.arrange(transaction, organisation_id, made)
        later.arranged(transaction, organisation_id, found.arrangements, made, world.surroundings.new_id, world.now)


@pytest.mark.parametrize(("days", "notice"), [(10, 7), (5, 1)])
def test_ret_5_a_shorter_time_holds_for_what_is_saved_already_but_never_without_notice(
    each_world: World, days: int, notice: int
) -> None:
    world = each_world
    world.now = TUESDAY
    chat = world.newcomer()
    chat.say("/start")
    club = member(world, chat, 365)
    chat, reference = saved(world, chat)
    world.passes(20 * DAY)
    arrange(world, club, days)
    world.passes(HOUR)
    assert told(world, chat) == ["30.03. 11:00"]
    world.until(TUESDAY + (20 + notice) * DAY - HOUR)
    assert is_there(world, reference)
    world.passes(2 * HOUR)
    assert not is_there(world, reference)


def test_ret_5_a_longer_time_holds_for_what_is_saved_already_also_when_its_end_was_told(world: World) -> None:
    chat = world.newcomer()
    chat.say("/start")
    club = member(world, chat, 30)
    chat, reference = saved(world, chat)
    world.passes(25 * DAY)
    assert len(told(world, chat)) == 1
    arrange(world, club, 60)
    assert "I delete this record" not in chat.say(f"/records {reference}")
    world.until(TUESDAY + 54 * DAY)
    assert len(told(world, chat)) == 2
    assert is_there(world, reference)
    world.until(TUESDAY + 60 * DAY + HOUR)
    assert not is_there(world, reference)


def block(world: World, chat: DirectChat, at: datetime | None) -> None:
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, chat.turn.person.id, at)


def test_ret_5_who_has_blocked_the_bot_cannot_be_told_and_has_a_week_more(world: World) -> None:
    chat, reference = saved(world)
    block(world, chat, world.now)
    world.until(TUESDAY + 37 * DAY - HOUR)
    assert is_there(world, reference)
    world.passes(2 * HOUR)
    assert not is_there(world, reference)
    assert told(world, chat) == []


def test_ret_5_who_comes_back_in_that_week_is_told_after_all(world: World) -> None:
    chat, reference = saved(world)
    block(world, chat, world.now)
    world.until(TUESDAY + 35 * DAY)
    block(world, chat, None)
    world.passes(3 * DAY)
    assert len(told(world, chat)) == 1
    assert is_there(world, reference)
    world.passes(7 * DAY)
    assert not is_there(world, reference)


def test_ret_5_a_record_ends_though_its_maker_was_forgotten(each_world: World) -> None:
    world = each_world
    world.now = TUESDAY
    chat, reference = saved(world)
    assert "Saved decision records stay until their time is over." in chat.say("/delete_my_data")
    chat.tap("Yes, delete it")
    assert world.waiting(RECORD_ENDS) == [reference]
    world.until(TUESDAY + 37 * DAY - HOUR)
    assert is_there(world, reference)
    world.passes(2 * HOUR)
    assert not is_there(world, reference)


def test_ret_5_records_of_one_day_are_named_in_one_message_and_each_is_kept_by_itself(world: World) -> None:
    chat, first = saved(world)
    _, second = saved(world, chat)
    world.passes(10 * HOUR)
    _, third = saved(world, chat)
    world.until(TUESDAY + 23 * DAY + HOUR)
    assert told(world, chat) == ["02.04. 11:00"]
    assert all(f"• {each} on 09.04.2026" in chat.screen for each in (first, second))
    chat.tap(f"Keep {first} longer")
    assert f"• {first}" not in chat.screen
    assert f"• {second} on 09.04.2026" in chat.screen
    world.passes(DAY)
    assert len(told(world, chat)) == 2
    assert f"• {third} on 10.04.2026" in chat.screen
    assert f"• {second} on 09.04.2026" in chat.screen, "what was not touched stays named"
    world.passes(8 * DAY)
    assert [is_there(world, each) for each in (first, second, third)] == [True, False, False]


def test_ret_5_nobody_can_keep_somebody_else_s_record(world: World) -> None:
    theirs, reference = saved(world)
    other, _ = saved(world)
    world.passes(24 * DAY)
    other.press(codes.write(Press("longer", reference), "", other.turn.person.screen.revision))
    assert "already answered" in other.screen
    world.passes(7 * DAY)
    assert not is_there(world, reference)
    assert len(told(world, theirs)) == 1


def test_ret_5_a_damaged_record_ends_as_well_and_stops_no_other(world: World) -> None:
    chat, damaged = saved(world)
    _, whole = saved(world)
    with world.store.transaction() as transaction:
        changing = tables.records.update().where(tables.records.c.reference == damaged)
        transaction.connection.execute(changing.values(content=b"damaged"))
    world.passes(31 * DAY)
    assert told(world, chat) == ["02.04. 11:00"]
    assert (is_there(world, damaged), is_there(world, whole)) == (False, False)


def test_ret_5_a_restart_forgets_no_end(world: World) -> None:
    chat, reference = saved(world)
    world.passes(24 * DAY)
    world.restarted()
    world.now += 20 * DAY
    world.happen()
    assert not is_there(world, reference)
    assert len(told(world, chat)) == 1


def test_ret_5_whatever_is_due_at_the_same_time_does_not_take_its_place_unread(world: World) -> None:
    """And the other way round, in any order: after an outage all of it comes due in one moment."""
    chats = [world.newcomer() for _ in range(4)]
    for chat in chats:
        saved(world, chat)
        _, looked_at = saved(world, chat)
        with world.store.transaction() as transaction:
            day = (TUESDAY + 20 * DAY).date()
            later.look_again(transaction, looked_at, chat.turn.person.id, day, world.surroundings.new_id())
        begin(chat, "worry")
    world.now += 25 * DAY
    world.happen()
    for moment in (HOUR / 2, HOUR, 2 * HOUR, 26 * HOUR):
        world.passes(moment)
    for chat in chats:
        firsts = [(when, call.worded.paragraphs[0].text) for when, call in world.shown_to(chat) if call.worded]
        by_text = {text: when for when, text in firsts}
        assert {TOLD, "Today is a day that you chose."} <= by_text.keys(), firsts
        moments = sorted(by_text.values())
        assert all(after - before >= HOUR / 2 for before, after in pairwise(moments)), firsts


def test_ret_5_after_a_long_outage_there_is_a_week_s_notice_all_the_same(world: World) -> None:
    chat, reference = saved(world)
    world.now += 90 * DAY
    world.happen()
    assert len(told(world, chat)) == 1
    world.passes(7 * DAY - HOUR)
    assert is_there(world, reference)
    world.passes(2 * HOUR)
    assert not is_there(world, reference)


def test_ret_5_the_message_waits_while_999_stands_and_while_somebody_is_in_a_walk(world: World) -> None:
    at_999, reference = saved(world)
    in_walk, _ = saved(world)
    world.until(TUESDAY + 23 * DAY - HOUR / 2)
    at_999.say("/danger")
    begin(in_walk, "worry")
    world.until(TUESDAY + 23 * DAY + HOUR / 4)
    assert (told(world, at_999), told(world, in_walk)) == ([], [])
    world.passes(HOUR)
    assert (len(told(world, at_999)), len(told(world, in_walk))) == (1, 1)
    assert "Go on" in in_walk.screen.buttons
    world.until(TUESDAY + 30 * DAY + HOUR / 4)
    assert is_there(world, reference), "the week begins when it was told"
