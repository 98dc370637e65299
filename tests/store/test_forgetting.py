"""Personal data on each engine: sealed where it is kept, in UTC, shown to its person, and forgotten on request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from bot.store import Store, forgetting, people, walks
from bot.store.tables import metadata, sealed_columns
from tests.store.conftest import NOW, fill


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def test_a_moment_is_refused_without_a_zone_and_comes_back_in_utc(store: Store) -> None:
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW.astimezone(timezone(timedelta(hours=5))))
    with store.reading() as transaction:
        person = people.by_id(transaction, "a")
    assert person is not None
    assert (person.created_at, person.created_at.tzinfo) == (NOW, UTC)
    with (
        pytest.raises((ValueError, StatementError), match="naive datetimes are refused"),
        store.transaction() as transaction,
    ):
        people.save_privacy_seen(transaction, "a", datetime(2026, 3, 14))


def test_sealed_columns_hold_no_words_even_for_who_has_the_database_key(store: Store) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "canary-gamma")
    assert {str(column) for column in sealed_columns()} == {
        "people.chat_id",
        "answers.value",
        "notes.text",
        "records.content",
        "addenda.text",
        "outbox.content",
        "members.name",
        "escalations.content",
        "escalation_steps.text",
    }
    with store.reading() as transaction:
        for column in sealed_columns():
            envelopes = transaction.connection.execute(select(column)).scalars().all()
            assert envelopes, f"{column} was not filled"
            assert all(b"canary" not in envelope and b"700001" not in envelope for envelope in envelopes)


def test_forgetting_a_person_removes_all_but_the_bare_record_and_nobody_else(store: Store) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "canary-one")
        fill(transaction, 2, "canary-two")
        walks.open_walk(
            transaction, walk_id="open", person_id="person-1", reference="R9", edition="e", entry="start", at=NOW
        )
        shown = forgetting.export(transaction, "person-1")
        other = forgetting.export(transaction, "person-2")
    assert {name: len(rows) for name, rows in shown.items()} == {
        "outbox": 1,
        "due": 1,
        "messages": 1,
        "addenda": 1,
        "records": 1,
        "notes": 1,
        "answers": 1,
        "walks": 2,
        "pings": 1,
        "escalations": 1,
        "roster_test_pings": 1,
        "roster_tests": 1,
        "invitations": 1,
        "members": 1,
        "people": 1,
    }
    assert shown["people"][0]["chat_id"] == 700_001
    assert "canary-one" in str(shown["notes"]) and "canary-one" in str(shown["answers"])  # noqa: PT018
    assert "canary-two" not in str(shown)
    with store.transaction() as transaction:
        forgetting.forget(transaction, "person-1")
    with store.reading() as transaction:
        assert forgetting.export(transaction, "person-2") == other
        assert not any(forgetting.export(transaction, "person-1").values())
        left = {
            table.name: [row for row in transaction.connection.execute(select(table)) if "person-1" in str(row)]
            for table in metadata.sorted_tables
        }
        assert not any(left.values()), "no row may still name the person"
        bare = transaction.connection.exec_driver_sql(
            "SELECT reference, walk_id, person_id FROM records ORDER BY reference"
        ).all()
        assert [tuple(row) for row in bare] == [("R1", None, None), ("R2", "walk-2", "person-2")]
        assert transaction.connection.exec_driver_sql("SELECT count(*) FROM walks").scalar() == 1
