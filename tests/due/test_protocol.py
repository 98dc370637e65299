"""The paper that says how an organisation shares is looked at again on a day: its administrators are told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import organisations
from bot.store.organisations import Member, Organisation, Status
from bot.turns.later import PROTOCOL
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.due.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAY = datetime(2026, 3, 10, 15, tzinfo=UTC)
TITLE = "The paper that says how you share information with your council"
DATE = "That paper is looked at again on"
TOLD = "Please look again at how you share information: Sharing with care"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        with made.store.transaction() as transaction:
            organisations.add(transaction, Organisation("c" * 32, "Riverside", "eng", "voluntary", TUESDAY))
        yield made


def somebody(world: World, role: OrganisationRole, status: Status = "active") -> DirectChat:
    chat = world.newcomer()
    chat.say("/start")
    with world.store.transaction() as transaction:
        person = chat.turn.person.id
        organisations.join(transaction, Member(f"m{person}"[:32], "c" * 32, person, role, status, "Dee", world.now))
    return chat


def arrange(chat: DirectChat, setting: int, value: str) -> None:
    """As an administrator does it in the chat: by the setting's number."""
    chat.say("/admin")
    chat.tap("Settings", str(setting))
    chat.say(value)
    assert "Done." in chat.screen


def told(world: World, chat: DirectChat) -> list[tuple[str, str]]:
    """When they were told to look, and what it said of the day."""
    return [
        (f"{when:%d.%m.%Y %H:%M}", call.worded.paragraphs[1].text)
        for when, call in world.shown_to(chat)
        if call.worded is not None and call.worded.paragraphs[0].text == TOLD
    ]


def test_administrators_are_told_on_that_morning_and_then_every_month(world: World) -> None:
    """Nine in the morning is nine, or eight, in summer time."""
    dee, other = (somebody(world, OrganisationRole.ADMINISTRATOR) for _ in range(2))
    lead, waits = somebody(world, OrganisationRole.LEAD), somebody(world, OrganisationRole.ADMINISTRATOR, "waiting")
    arrange(dee, 8, "Sharing with care")
    arrange(dee, 10, "20.03.2026")
    world.passes(70 * DAY)
    assert told(world, dee) == [
        ("20.03.2026 09:00", "Its day is today."),
        ("19.04.2026 08:00", "Its day was 20.03.2026."),
        ("19.05.2026 08:00", "Its day was 20.03.2026."),
    ]
    assert told(world, other) == told(world, dee)
    assert told(world, lead) == told(world, waits) == []


def test_a_new_day_moves_it_and_no_day_ends_it(world: World) -> None:
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    arrange(dee, 8, "Sharing with care")
    arrange(dee, 10, "20.03.2026")
    world.passes(15 * DAY)
    arrange(dee, 10, "20.06.2026")
    world.until(datetime(2026, 7, 1, tzinfo=UTC))
    assert [when for when, _ in told(world, dee)] == ["20.03.2026 09:00", "20.06.2026 08:00"]
    assert told(world, dee)[1][1] == "Its day is today."
    arrange(dee, 10, "none")
    assert world.waiting(PROTOCOL) == []
    world.passes(70 * DAY)
    assert len(told(world, dee)) == 2


def test_another_setting_leaves_it_as_it_is(world: World) -> None:
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    arrange(dee, 8, "Sharing with care")
    arrange(dee, 10, "20.03.2026")
    world.passes(15 * DAY)
    arrange(dee, 7, "no")
    world.passes(10 * DAY)
    assert len(told(world, dee)) == 1


def test_a_day_that_is_past_is_told_at_once_but_wakes_nobody(world: World) -> None:
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    arrange(dee, 8, "Sharing with care")
    world.passes(7 * HOUR)
    arrange(dee, 10, "20.02.2026")
    world.passes(DAY)
    assert told(world, dee) == [("11.03.2026 09:00", "Its day was 20.02.2026.")]


def test_whoever_becomes_administrator_later_is_told_then(world: World) -> None:
    """While nobody could be told, nobody counts as told."""
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    arrange(dee, 8, "Sharing with care")
    arrange(dee, 10, "20.03.2026")
    dee.say("/delete_my_data")
    dee.tap("Yes, delete it")
    world.passes(15 * DAY)
    new = somebody(world, OrganisationRole.ADMINISTRATOR)
    world.passes(DAY)
    assert told(world, new) == [("26.03.2026 09:00", "Its day was 20.03.2026.")]


def test_an_organisation_that_is_gone_is_reminded_no_more(world: World) -> None:
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    arrange(dee, 10, "20.03.2026")
    with world.store.transaction() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM members")
        transaction.connection.exec_driver_sql("DELETE FROM organisations")
    world.passes(15 * DAY)
    assert world.waiting(PROTOCOL) == []
