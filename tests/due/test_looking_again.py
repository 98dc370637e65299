"""The day to look again brings the walk back, with only what may have changed (PF-5, REC-13)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import forgetting, records
from bot.turns.turn import REVIEW
from tests.bot.direct import DirectChat
from tests.bot.walking import begin, go_to, step
from tests.due.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAY = datetime(2026, 3, 10, 10, tzinfo=UTC)
KEPT = "I kept whom it is about."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        yield made


def waiting(world: World) -> tuple[DirectChat, str]:
    """Somebody who waits for three days, and the record's reference."""
    chat = world.newcomer()
    begin(chat, "saved", age=("u12",), decision=("wait_until",), wait_date=("3",))
    return chat, chat.turn.detail.partition("|")[0]


def added(world: World, reference: str) -> list[str]:
    with world.store.reading() as transaction:
        return [one.text for one in records.addenda_of(transaction, reference)]


def test_the_review_brings_the_walk_back_danger_first(each_world: World) -> None:
    """Whom it is about is not asked again; the rest is, with what was said last time; both records name each other."""
    world = each_world
    world.now = TUESDAY
    chat, before = waiting(world)
    world.passes(3 * DAY)
    assert chat.turn.view == REVIEW
    screen = chat.tap("Go through it again")
    assert KEPT in screen
    assert chat.turn.walk.state == "danger"
    assert "Last time: No" in screen
    assert world.waiting("review") == [before], "until it is saved"
    asked = []
    while chat.turn.view != "saved":
        asked.append(chat.turn.walk.state)
        step(chat)
    assert {"worry", "who_did", "harm", "decision"} <= set(asked)
    assert not {"entry", "nation", "age"} & set(asked)
    after = chat.turn.detail.partition("|")[0]
    assert after != before
    assert f"Gone through again as {after}." in added(world, before)
    assert added(world, after) == [f"This goes through {before} again."]
    assert before not in world.waiting("review")
    with world.store.reading() as transaction:
        row = records.by_reference(transaction, after)
    assert row is not None
    assert "A child under 12" in row.content["text"]


def test_danger_by_now_is_999_at_once(world: World) -> None:
    """INV-1: whatever was answered then."""
    chat, _ = waiting(world)
    world.passes(3 * DAY)
    chat.tap("Go through it again")
    assert "Ring 999 now." in chat.say("1")
    assert chat.turn.walk.here.advice.outcome == "O1"


def test_a_walk_that_came_back_and_was_left_is_asked_for_again(world: World) -> None:
    """Opening it is not looking again: the day comes again tomorrow, until it is saved or said to be done."""
    chat, before = waiting(world)
    world.passes(3 * DAY)
    chat.tap("Go through it again", "No")
    chat.say("/cancel")
    chat.tap("Stop and keep nothing")
    world.passes(DAY)
    assert chat.turn.view == REVIEW
    assert before in chat.screen
    assert added(world, before) == []


def test_what_was_open_is_kept_and_an_answer_that_stands_can_be_changed(world: World) -> None:
    chat, before = waiting(world)
    begin(chat, "worry")
    world.passes(HOUR)
    left = chat.turn.reference
    chat.say(f"/records {before}")
    screen = chat.tap("Go through it again")
    assert f"unfinished record {left}" in screen
    go_to(chat, "worry")
    assert "Age" not in chat.screen
    chat.say("/where")
    assert "A child under 12" in chat.screen


def test_somebody_else_s_record_comes_back_to_nobody(world: World) -> None:
    _, before = waiting(world)
    other, _ = waiting(world)
    other.press(codes.write(Press("again", before), "", other.turn.person.screen.revision))
    assert "already answered" in other.screen
    assert other.turn.row is None


def test_what_is_asked_later_is_asked_of_the_newer_record_alone(world: World) -> None:
    """Two records of one matter must not chase the same call twice."""
    chat = world.newcomer()
    begin(chat, "saved", decision=("ask_lead",), review=("1",), lead_spoken=("not_yet",))
    before = chat.turn.detail.partition("|")[0]
    assert world.waiting("follow_up") == [before]
    chat.tap("Show the record", "Go through it again")
    while chat.turn.view != "saved":
        question = chat.turn.walk.state
        if question == "decision":
            chat.tap("I ask my lead first")
        elif question == "lead_spoken":
            chat.tap("Not yet")
        else:
            step(chat)
    assert world.waiting("follow_up") == [chat.turn.detail.partition("|")[0]]


def test_forgetting_leaves_nothing_of_a_walk_that_came_back(world: World) -> None:
    """Which record it goes through again is in the walk's sealed log, and goes with it."""
    chat, before = waiting(world)
    chat.tap("Show the record", "Go through it again")
    person = chat.turn.person.id
    with world.store.transaction() as transaction:
        assert before in str(forgetting.export(transaction, person)["answers"])
        forgetting.forget(transaction, person)
        assert all(rows == [] for rows in forgetting.export(transaction, person).values())
