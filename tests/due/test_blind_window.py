"""Telegram keeps what people send for a day. Whoever it matters to is told when the bot was out of reach for longer."""

from __future__ import annotations

from concurrent.futures import wait
from datetime import timedelta

import pytest

from bot.due import blind_window
from bot.store import moments, people
from bot.turns.turn import RETURNING
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.running import wait_until
from tests.due.world import World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BACK = "I was out of reach, and am back."


def told(world: World, chat: DirectChat) -> list[str]:
    """When they were told."""
    return [
        f"{when:%d.%m. %H:%M}"
        for when, call in world.shown_to(chat)
        if call.worded is not None and call.worded.paragraphs[0].text == BACK
    ]


def notice(chat: DirectChat) -> str:
    """The text itself, which stands in the chat whatever else was said there since."""
    return next(screen.text for screen, _ in chat.messages.values() if screen.text.startswith(BACK))


def hears(world: World, times: int = 1) -> None:
    """Telegram answers, and that is noted."""
    for _ in range(times):
        if noting := world.hearing.heard():
            wait([noting])


def lead(world: World) -> DirectChat:
    chat = at(world.newcomer(), "saved")
    turn = chat.turn
    with world.store.transaction() as transaction:
        people.save_profile(transaction, turn.person.id, people.Profile(language="en", role="lead"))
    return chat


def test_people_in_a_walk_and_leads_are_told_once_from_when_to_when(each_world: World) -> None:
    """E5: within a minute of the start."""
    world = each_world
    hears(world)
    walking, leading, neither = at(world.newcomer(), "worry"), lead(world), at(world.newcomer(), "first screen")
    reference = walking.turn.reference
    hears(world)
    world.now += 30 * HOUR  # the bot is down: nothing happens
    began = world.now
    hears(world)
    world.passes(MINUTE)
    assert told(world, walking) == told(world, leading) == [f"{began:%d.%m. %H:%M}"]
    assert told(world, neither) == []
    for chat in (walking, leading):
        text = notice(chat)
        assert "From 14.03.2026, 10:00 to 15.03.2026, 16:00 nothing reached me." in text
        assert "What you sent me before 14.03.2026, 16:00 is lost" in text
        assert "What I had saved is safe." in text
        assert "If anyone is in danger now, ring 999." in text
    assert f"Your answers are kept as {reference}. Type /start" in notice(walking)
    assert "ring your safeguarding lead" in notice(walking)
    assert "Somebody may have needed you" in notice(leading)
    calls = [call for _, call in world.shown_to(walking) if call.worded and call.worded.paragraphs[0].text == BACK]
    assert [call.silent for call in calls] == [False]
    walking.say("/start")
    walking.tap("Go on")
    assert walking.turn.seen == RETURNING
    hears(world)
    world.passes(HOUR)
    assert len(told(world, walking)) == len(told(world, leading)) == 1


@pytest.mark.parametrize(("away", "is_told"), [(23 * HOUR, False), (24 * HOUR, False), (24 * HOUR + MINUTE, True)])
def test_a_shorter_gap_lost_nothing_and_nobody_is_told(world: World, away: timedelta, is_told: bool) -> None:
    hears(world)
    chat = at(world.newcomer(), "worry")
    world.now += away
    hears(world)
    world.passes(MINUTE)
    assert bool(told(world, chat)) is is_told


def test_a_new_bot_and_another_bot_on_the_same_store_have_no_gap(world: World) -> None:
    """It was never there before, so nobody sent it anything."""
    chat = at(world.newcomer(), "worry")
    hears(world)
    world.now += 3 * DAY
    another = blind_window.Hearing(world.store, 2, world.surroundings, lambda: world.now).heard()
    assert another is not None
    another.result()
    world.happen()
    assert told(world, chat) == []


def test_it_is_noted_about_once_a_minute_however_often_telegram_is_heard(world: World) -> None:
    """A busy bot writes no more than a quiet one."""
    noted = []
    for _ in range(12):
        hears(world, 10)
        with world.store.reading() as transaction:
            noted.append(moments.find(transaction, "heard:1"))
        world.now += timedelta(seconds=10)
    assert len(set(noted)) == 2


def test_a_note_that_fails_is_made_with_the_next_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a store that was down for a moment would look like a gap of a minute more."""
    with monkeypatch.context() as patched:
        patched.setattr(blind_window, "note", lambda *_: 1 / 0)
        hears(world)

    def is_noted() -> bool:
        hears(world)
        with world.store.reading() as transaction:
            return moments.find(transaction, "heard:1") == world.now

    wait_until(is_noted)


def test_the_pages_go_on_after_a_restart_in_the_middle_and_miss_nobody(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page names where the next begins, in one transaction with what it told."""
    world = each_world
    monkeypatch.setattr(blind_window, "PAGE", 3)
    hears(world)
    chats = [at(world.newcomer(), "danger") for _ in range(8)]
    blocked, gone = chats[:2]
    with world.store.transaction() as transaction:
        people.save_blocked(transaction, blocked.turn.person.id, world.now)
    gone.say("/delete_my_data")
    gone.tap("Yes, delete it")
    world.now += 2 * DAY
    hears(world)
    world.passes(timedelta(seconds=1))  # the first page, and no more
    assert 0 < sum(len(told(world, chat)) for chat in chats) <= 3
    world.restarted()
    world.passes(MINUTE)
    assert [len(told(world, chat)) for chat in chats] == [0, 0] + [1] * 6
    assert world.waiting("blind") == []


def test_the_pages_come_no_faster_than_they_can_be_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """25 a second by all workers together: what the bot starts must not pile up before what people wait for."""
    hears(world)
    for _ in range(7):
        at(world.newcomer(), "danger")
    monkeypatch.setattr(blind_window, "PAGE", 2)
    world.now += 2 * DAY
    began = world.now
    hears(world)
    world.passes(MINUTE)
    pages = {
        (when - began).total_seconds()
        for when, call in world.sent
        if call.kind == "text"  # not what else was due after two days
    }
    assert max(pages) >= 6.0, "four pages, two seconds apart"
    assert blind_window.PAGE / blind_window.BETWEEN_PAGES.total_seconds() <= 25


def test_a_child_who_once_came_by_is_not_told(world: World) -> None:
    hears(world)
    chat = at(world.newcomer(), "signpost")
    world.now += 2 * DAY
    hears(world)
    world.passes(MINUTE)
    assert told(world, chat) == []
