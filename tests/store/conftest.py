"""A store of its own for each test, and people, walks and records to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import (
    MasterKey,
    Store,
    Transaction,
    due,
    escalations,
    invitations,
    messages,
    notes,
    organisations,
    outbox,
    people,
    records,
    roster_tests,
    tombstones,
    walks,
)
from bot.store.store import Location
from states.escalation import State, Urgency
from states.roles import OrganisationRole
from tests.store.postgresql import KEY as KEY
from tests.store.postgresql import new_database

NOW = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)
FIRST_REVISION = 195_643_613_589
"""Of the screen of whoever is new at NOW: milliseconds since the beginning of 2020."""
OTHER_KEY = MasterKey(bytes(range(1, 33)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path, KEY)
    yield opened
    opened.close()


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a PostgreSQL database with the store's tables."""
    with new_database() as address:
        yield address


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    with new_database("template1") as address:
        yield address


@pytest.fixture(params=["embedded", "postgresql"])
def each_location(request: pytest.FixtureRequest) -> Location:
    """A store on each engine: the test runs twice."""
    location: Location = request.getfixturevalue("path" if request.param == "embedded" else "database")
    return location


@pytest.fixture
def each_store(each_location: Location) -> Iterator[Store]:
    opened = Store.open(each_location, KEY)
    yield opened
    opened.close()


def save_number(transaction: Transaction, chat_id: int, number: int) -> None:
    """A small write that can be read back: the number of a chat's screen, for tests of the store as a whole."""
    person = people.find_or_create(transaction, chat_id, new_id=f"chat-{chat_id}", at=NOW)
    people.save_screen(transaction, person.id, people.ScreenShown(revision=number))


def saved_number(transaction: Transaction, chat_id: int) -> int | None:
    """What `save_number` saved last for this chat, or None."""
    person = people.find(transaction, chat_id)
    return None if person is None else person.screen.revision


def fill(transaction: Transaction, number: int, word: str) -> None:
    """One person with a row in every table that can hold personal data; `word` stands wherever words can stand."""
    person = f"person-{number}"
    people.find_or_create(transaction, 700_000 + number, new_id=person, at=NOW, language=word)
    people.save_profile(transaction, person, people.Profile(word, "new", word, word, word))
    people.save_screen(transaction, person, people.ScreenShown(5, 2, word, word))
    walk = walks.open_walk(
        transaction,
        walk_id=f"walk-{number}",
        person_id=person,
        reference=f"R{number}",
        edition=word,
        entry=word,
        at=NOW,
    )
    walk, _ = walks.append(transaction, walk, (), [walks.Change("answered", word, word)], NOW)
    notes.save(transaction, walk.id, word, word, NOW)
    walks.finish(transaction, walk, NOW)
    records.save(
        transaction,
        records.RecordRow(f"R{number}", walk.id, person, word, word, "complete", NOW, {"why": word}, NOW),
    )
    records.add_addendum(transaction, records.Addendum(f"addendum-{number}", f"R{number}", NOW, word))
    tombstones.add(transaction, tombstones.Tombstone(f"gone-{number}", NOW.date(), NOW.date()))
    messages.add(transaction, messages.MessageRow(person, 5, "out", NOW))
    outbox.add(
        transaction,
        row_id=f"row-{number}",
        chat_id=700_000 + number,
        person_id=person,
        lane="reply",
        kind="text",
        content=word,
        at=NOW,
    )
    due.add(transaction, row_id=f"due-{number}", kind="kind", subject=f"{number}", person_id=person, due_at=NOW)
    club = f"organisation-{number}"
    organisations.add(transaction, organisations.Organisation(club, club, "eng", "voluntary", NOW))
    role = OrganisationRole.LEAD
    organisations.join(transaction, organisations.Member(f"member-{number}", club, person, role, "active", word, NOW))
    asked = escalations.Escalation(
        f"escalation-{number}", f"R{number}", club, person, Urgency.TODAY, State.TAKEN, person, NOW, {"words": word}
    )
    escalations.add(transaction, asked)
    escalations.add_ping(transaction, escalations.Ping(f"ping-{number}", asked.id, person, None), NOW)
    escalations.add_step(transaction, asked.id, escalations.Step(NOW, "replied", "lead", word))
    test = roster_tests.RosterTest(f"test-{number}", club, person, NOW)
    roster_tests.add(transaction, test)
    got = roster_tests.TestPing(f"got-{number}", test.id, person, OrganisationRole.LEAD, True, NOW)
    roster_tests.add_ping(transaction, got)
    invitations.add(transaction, f"{word}-{number}", invitations.Invitation(club, role, person, NOW, NOW))
