"""Old and missing numbers: each administrator is told, once, and then every month until it is mended (INV-17)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import local_numbers, organisations
from bot.store.local_numbers import LocalNumber
from bot.store.organisations import Member, Organisation, Status
from bot.turns.later import NUMBERS, organisation_made
from states.outcomes.local_numbers import NEEDED
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.due.world import World

DAY = timedelta(days=1)
TUESDAY = datetime(2026, 3, 10, 15, tzinfo=UTC)
LOOK = "Please look at the numbers of Riverside Youth Club."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with contextlib.closing(World(tmp_path / "sharewise.db", TUESDAY)) as made:
        with made.store.transaction() as transaction:
            organisations.add(transaction, Organisation("club", "Riverside Youth Club", "eng", "voluntary", TUESDAY))
            organisation_made(transaction, "club", made.surroundings.new_id, TUESDAY)
        yield made


def somebody(world: World, role: OrganisationRole, status: Status = "active") -> DirectChat:
    chat = world.newcomer()
    chat.say("/start")
    with world.store.transaction() as transaction:
        person = chat.turn.person.id
        organisations.join(transaction, Member(f"m{person}"[:32], "club", person, role, status, "Dee", world.now))
    return chat


def give(world: World, day: date) -> None:
    """The club gives what everybody needs, checked on this day."""
    given = [
        LocalNumber(kind.value, "club", kind, f"+44207946012{place}", "", "", "Asked", day)
        for place, kind in enumerate(NEEDED)
    ]
    with world.store.transaction() as transaction:
        local_numbers.replace_all(transaction, "club", given)


def told(world: World, chat: DirectChat) -> list[str]:
    """When they were told to look."""
    return [
        f"{when:%d.%m.%Y %H:%M}"
        for when, call in world.shown_to(chat)
        if call.worded is not None and call.worded.paragraphs[0].text == LOOK
    ]


def test_inv_17_what_is_missing_is_told_the_next_day_and_then_every_month_until_it_is_there(world: World) -> None:
    """To the administrators alone; ten in the morning is eleven, or ten, in summer time."""
    dee, other = (somebody(world, OrganisationRole.ADMINISTRATOR) for _ in range(2))
    lead, waits = somebody(world, OrganisationRole.LEAD), somebody(world, OrganisationRole.ADMINISTRATOR, "waiting")
    world.passes(35 * DAY)
    assert told(world, dee) == ["11.03.2026 10:00", "10.04.2026 09:00"]
    assert told(world, other) == told(world, dee)
    assert told(world, lead) == told(world, waits) == []
    give(world, world.now.date())
    world.passes(35 * DAY)
    assert len(told(world, dee)) == 2
    text = "\n".join(one.text for call in [world.shown_to(dee)[0][1]] if call.worded for one in call.worded.paragraphs)
    assert (
        "• children's social care: missing\n• the out-of-hours social work team: missing\n• adult social care" in text
    )


def test_inv_17_a_number_is_asked_about_after_a_year_and_then_every_month_until_it_was_checked(world: World) -> None:
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    give(world, date(2025, 3, 15))
    world.passes(40 * DAY)
    assert told(world, dee) == ["16.03.2026 10:00", "15.04.2026 09:00"]
    with world.store.transaction() as transaction:
        for kind in NEEDED:
            local_numbers.checked(transaction, kind.value, world.now.date())
    world.passes(35 * DAY)
    assert len(told(world, dee)) == 2
    with world.store.transaction() as transaction:
        local_numbers.remove(transaction, NEEDED[0].value)
    world.passes(2 * DAY)
    assert len(told(world, dee)) == 3, "what is newly missing does not wait for a month"


def test_whoever_joins_later_is_told_then(world: World) -> None:
    """While nobody could be told, nobody counts as told."""
    world.passes(5 * DAY)
    dee = somebody(world, OrganisationRole.ADMINISTRATOR)
    world.passes(DAY)
    assert len(told(world, dee)) == 1


def test_an_organisation_that_is_gone_is_looked_at_no_more(world: World) -> None:
    with world.store.transaction() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM organisations")
    world.passes(2 * DAY)
    assert world.waiting(NUMBERS) == []
