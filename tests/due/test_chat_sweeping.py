"""Leaving little behind: what is not the screen goes within a day, and no word of a case rests in a chat (U13, C9)."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.due import chat_sweeping, old_rows
from bot.store import messages, people
from bot.turns.later import SWEEP_AFTER
from bot.turns.turn import RETURNING, TIDIED
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.walking import begin, go_to
from tests.due.world import SATURDAY, World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TIDY = "I have tidied this chat."
DELETABLE = timedelta(hours=48)
"""https://core.telegram.org/bots/api#deletemessage"""


def beside_the_screen(chat: DirectChat) -> list[int]:
    """The bot's messages that are not its newest."""
    return sorted(chat.messages)[:-1]


def test_what_is_not_the_screen_stands_for_a_day_and_no_longer(each_world: World) -> None:
    """Whoever gets a new message for each question has their old ones taken away, each a day after it was sent."""
    world = each_world
    chat = at(world.newcomer(), "danger")
    chat.say("/mode new")
    sent = []
    for label in ("No", "England", "A young person of 13 to 15"):
        world.passes(HOUR)
        chat.tap(label)
        sent.append(world.now)
    assert len(beside_the_screen(chat)) >= 3
    last = chat.screen.message_id
    world.until(sent[0] - HOUR + DAY - MINUTE)
    assert len(beside_the_screen(chat)) >= 3
    world.passes(2 * MINUTE)
    one_less = len(beside_the_screen(chat))
    world.passes(HOUR)
    assert len(beside_the_screen(chat)) < one_less
    world.until(sent[-1] + DAY)
    assert chat.messages.keys() <= {last, chat.screen.message_id}


def test_after_the_end_of_a_walk_only_its_last_screen_stands_within_a_minute(world: World) -> None:
    """C9: 60 seconds."""
    for ends in ("saved", "stopped"):
        chat = at(world.newcomer(), "decision")
        chat.say("/mode new")
        if ends == "saved":
            go_to(chat, "saved")
        else:
            chat.say("/cancel")
            chat.tap("Stop and keep nothing")
        assert len(chat.messages) > 1
        last = chat.screen.message_id
        world.passes(SWEEP_AFTER)
        assert SWEEP_AFTER < MINUTE
        assert list(chat.messages) == [last], ends


def test_a_record_that_was_asked_for_as_text_stays(world: World) -> None:
    chat = at(world.newcomer(), "saved")
    chat.tap("Show the record", "Send it as text to keep")
    with world.store.reading() as transaction:
        kept = [row for row in messages.standing_in_chat(transaction, chat.turn.person.id) if row.keep]
    world.passes(30 * DAY)
    deleted = {message_id for _, call in world.sent for message_id in call.delete}
    assert len(kept) == 1
    assert kept[0].message_id not in deleted


# ---- the screen itself


@pytest.mark.parametrize("place", ["advice", "saved", "/records", "/where", "emergency", "first screen"])
def test_a_screen_that_nobody_touches_gives_way_to_a_neutral_one(world: World, place: str) -> None:
    """By editing it, so nobody's phone rings; and in good time, so that it could still be deleted."""
    if place in ("saved", "emergency"):
        chat = world.newcomer()
        begin(chat, "saved", review=("30",), wait_date=("30",))
        chat.say("/danger") if place == "emergency" else None
    else:
        chat = at(world.newcomer(), place)
        if chat.turn.row:  # whoever is in a walk is reminded before; this is about those who do not want to be
            chat.say("/reminders")
            chat.tap("Turn them off", "Go on")
            chat.say(place) if place.startswith("/") else None
    screen = chat.screen.message_id
    sent = world.now
    world.until(sent + timedelta(hours=35))
    assert TIDY not in chat.screen
    world.until(sent + timedelta(hours=37))
    assert TIDY in chat.screen
    assert chat.screen.message_id == screen
    assert list(chat.messages) == [screen]
    tidied = [call for _, call in world.shown_to(chat)][-1]
    assert (tidied.silent, tidied.in_place) == (True, True)
    assert "ring 999" in chat.screen


def test_a_bot_that_was_away_for_days_still_tidies_whichever_of_its_workers_comes_first(world: World) -> None:
    """Found by the harness: where old rows were forgotten before the sweep, words of a case stood for ever (C9)."""
    chat = world.newcomer()
    begin(chat, "saved", review=("30",), wait_date=("30",))
    world.passes(HOUR)
    world.now += 3 * DAY
    world.store.run(lambda transaction: old_rows.see_to_old_rows(transaction, world.surroundings, SATURDAY))
    world.happen()
    assert TIDY in chat.screen


def test_go_on_brings_it_back_in_a_new_message_and_asks_about_danger(world: World) -> None:
    """INV-22. The old message could no longer be deleted in time, if it were used again."""
    chat = at(world.newcomer(), "half ticked")
    chat.say("/reminders")
    chat.tap("Turn them off", "Go on")
    chat.say("2")
    before = chat.turn.walk.state, dict(chat.turn.walk.answers), chat.turn.ticks
    world.passes(2 * DAY)
    assert chat.turn.view == TIDIED
    assert chat.turn.reference in chat.screen
    old = chat.screen.message_id
    chat.tap("Go on")
    assert chat.turn.view == RETURNING
    assert list(chat.messages) == [chat.screen.message_id]
    assert chat.screen.message_id != old
    chat.tap("No")
    assert (chat.turn.walk.state, dict(chat.turn.walk.answers), chat.turn.ticks) == before


def test_who_is_at_it_just_now_keeps_the_screen_but_not_past_the_limit(world: World) -> None:
    """One message may be edited for days; before it grows too old to be deleted, another takes its place."""
    chat = at(world.newcomer(), "danger")
    chat.tap("No")
    began, message_id = world.now, chat.screen.message_id
    for nation in itertools.cycle(("England", "Scotland")):
        world.passes(50 * MINUTE)
        if chat.turn.view == TIDIED:
            break
        chat.tap(nation, "Back")
        assert chat.screen.message_id == message_id
    assert 44 * HOUR <= world.now - began <= 45 * HOUR
    chat.tap("Go on")
    assert "Where does the person live" in chat.screen, "with one tap, and nothing asked: they were not away"
    assert list(chat.messages) == [chat.screen.message_id] != [message_id]


def test_no_message_with_a_word_of_the_case_is_ever_too_old_to_be_deleted(world: World) -> None:
    """Seven days of a person who comes and goes: each message that holds more than a neutral screen is gone, or says
    nothing any more, before 48 hours."""
    chat = at(world.newcomer(), "worry")
    seen: dict[int, tuple[datetime, str]] = {}
    neutral = ("I have tidied this chat.", "You left something unfinished here.", "What you left unfinished here")
    actions = (2, 5, 26, 40, 3, 49, 30, 2)
    for hours in actions:
        for _ in range(hours):
            for message_id, (screen, _) in chat.messages.items():
                first = seen.setdefault(message_id, (world.now, screen.text))[0]
                assert world.now - first < DELETABLE or screen.text.startswith(neutral), screen.text
            world.passes(HOUR)
        if "Go on" in chat.screen.buttons:
            chat.tap("Go on")
        if chat.turn.seen == RETURNING:
            chat.tap("No")
        chat.say("2")
    assert len(seen) > 3


# ---- what fails


def test_what_cannot_be_deleted_is_tried_again_and_alarms_at_forty_hours(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = at(world.newcomer(), "danger")
    with world.store.transaction() as transaction:
        messages.add(transaction, messages.MessageRow(chat.turn.person.id, 77, "out", world.now))
    alarms: list[tuple[datetime, int]] = []

    class Log:
        def error(self, _: str, count: int) -> None:
            alarms.append((world.now, count))

    monkeypatch.setattr(chat_sweeping, "log", Log())
    real = chat.made

    def refusing(call: Any, living: int | None) -> Any:
        done = real(call, living)
        return type(done)(done.new, tuple(one for one in done.gone if one != 77))

    monkeypatch.setattr(chat, "made", refusing)
    world.passes(39 * HOUR)
    tried = [when for when, call in world.sent if 77 in call.delete]
    assert len(tried) > 10
    assert alarms == []
    world.passes(3 * HOUR)
    assert alarms[0][1] == 1
    assert SATURDAY + 40 * HOUR <= alarms[0][0] <= SATURDAY + 41 * HOUR


def test_who_blocked_the_bot_is_not_written_to_and_the_rows_end(world: World) -> None:
    chat = at(world.newcomer(), "saved")
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, chat.turn.person.id, world.now)
    world.passes(3 * DAY)
    assert world.sent == []
    assert world.waiting("sweep") == []


def test_a_tap_that_only_edits_writes_no_row(world: World) -> None:
    """What costs nothing on every tap: one row a chat is there already, from when its screen was sent."""
    chat = at(world.newcomer(), "danger")
    before = world.waiting("sweep")
    statements: list[str] = []
    with world.store.transaction() as transaction:
        engine = transaction.connection.engine

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        chat.tap("No")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert [one for one in statements if " due " in one or "messages" in one] == []
    assert world.waiting("sweep") == before
