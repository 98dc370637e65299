"""The functions of each table family, on a real store of each engine."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.store import (
    Store,
    StoreConflict,
    Transaction,
    due,
    messages,
    notes,
    people,
    records,
    tombstones,
    updates,
    walks,
)
from bot.store.errors import SealBroken
from bot.store.tables import answers
from bot.store.walks import Change, LogEntry
from tests.store.conftest import FIRST_REVISION, NOW

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def _walk(transaction: Transaction, number: int = 1) -> walks.WalkRow:
    people.find_or_create(transaction, number, new_id=f"p{number}", at=NOW)
    return walks.open_walk(
        transaction,
        walk_id=f"w{number}",
        person_id=f"p{number}",
        reference=f"R{number}",
        edition="2026-03",
        entry="start",
        at=NOW,
    )


def test_a_repeated_update_is_known(store: Store) -> None:
    with store.transaction() as transaction:
        assert not updates.seen(transaction, 1, 10)
        assert updates.claim(transaction, 1, 10, NOW)
        assert updates.seen(transaction, 1, 10)
        assert not updates.claim(transaction, 1, 10, NOW)
        assert updates.claim(transaction, 2, 10, NOW), "another bot's update"


def test_an_update_that_fails_is_tried_again_and_at_last_set_aside(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.transaction() as transaction:
        updates.claim(transaction, 1, 10, NOW)
        raise ZeroDivisionError
    for tries in (1, 2, 3):
        with store.transaction() as transaction:
            assert updates.count_try(transaction, 1, 10, "ZeroDivisionError", LATER) == tries
        with contextlib.suppress(ZeroDivisionError), store.transaction() as transaction:
            assert updates.claim(transaction, 1, 10, LATER)
            raise ZeroDivisionError
    with store.transaction() as transaction:
        updates.set_aside(transaction, 1, 10)
        assert not updates.claim(transaction, 1, 10, LATER)
        assert updates.all_set_aside(transaction) == [updates.SetAside(1, 10, LATER, 3, "ZeroDivisionError")]


def test_an_update_that_failed_before_is_done_once_it_succeeds(store: Store) -> None:
    with store.transaction() as transaction:
        updates.count_try(transaction, 1, 10, "ZeroDivisionError", NOW)
    with store.transaction() as transaction:
        assert updates.claim(transaction, 1, 10, LATER)
    with store.transaction() as transaction:
        assert not updates.claim(transaction, 1, 10, LATER)


def test_setting_aside_an_unknown_update_is_a_mistake(store: Store) -> None:
    with store.transaction() as transaction, pytest.raises(LookupError):
        updates.set_aside(transaction, 1, 10)


def test_updates_are_forgotten_by_age(store: Store) -> None:
    with store.transaction() as transaction:
        updates.claim(transaction, 1, 10, NOW)
        updates.claim(transaction, 1, 11, LATER)
        assert updates.forget_before(transaction, LATER) == 1
        assert updates.claim(transaction, 1, 10, LATER)
        assert not updates.claim(transaction, 1, 11, LATER)


def test_a_person_is_found_by_chat_and_by_id(store: Store) -> None:
    chat = -(2**51)
    with store.transaction() as transaction:
        assert people.find(transaction, chat) is None
        made = people.find_or_create(transaction, chat, new_id="a", at=NOW, language="cy")
        first = people.ScreenShown(revision=FIRST_REVISION)
        assert made == people.Person("a", chat, NOW, people.Profile(language="cy"), None, first, None)
        assert people.find_or_create(transaction, chat, new_id="b", at=LATER, language="en") == made
        assert people.by_id(transaction, "a") == made == people.find(transaction, chat)
        assert people.by_id(transaction, "b") is None


def test_what_a_person_chooses_and_what_their_chat_shows_is_kept_apart_from_others(store: Store) -> None:
    profile = people.Profile("cy", "new", "volunteer", "charity", "wales")
    screen = people.ScreenShown(2**40, 7, "help", "contacts")
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW)
        other = people.find_or_create(transaction, 2, new_id="b", at=NOW)
        people.save_profile(transaction, "a", profile)
        people.save_screen(transaction, "a", screen)
        people.save_privacy_seen(transaction, "a", NOW)
        people.save_blocked(transaction, "a", LATER)
        assert people.by_id(transaction, "a") == people.Person("a", 1, NOW, profile, NOW, screen, LATER)
        people.save_blocked(transaction, "a", None)
        found = people.by_id(transaction, "a")
        assert found is not None
        assert found.blocked_at is None
        assert people.by_id(transaction, "b") == other


def test_a_walk_is_read_back_as_it_was_written(store: Store) -> None:
    with store.transaction() as transaction:
        walk = _walk(transaction)
        walk, log = walks.append(transaction, walk, (), [Change("answered", "danger", "no")], LATER)
        walk, log = walks.append(
            transaction, walk, log, [Change("changed", "danger", ["now", "soon"]), Change("fell_away", "person")], LATER
        )
    with store.transaction() as transaction:
        assert walks.open_walk_of(transaction, "p1") == walk == walks.by_id(transaction, "w1")
        assert walks.by_reference(transaction, "R1") == walk
        assert (walk.revision, walk.updated_at, walk.status) == (2, LATER, "open")
        assert walks.read_log(transaction, "w1") == log
        assert log == (
            LogEntry(1, "answered", "danger", "no", LATER),
            LogEntry(2, "changed", "danger", ["now", "soon"], LATER),
            LogEntry(3, "fell_away", "person", None, LATER),
        )
        assert walks.read_log(transaction, "w2") == ()


def test_an_old_copy_of_a_walk_cannot_write(store: Store) -> None:
    with store.transaction() as transaction:
        walk = _walk(transaction)
        newer, log = walks.append(transaction, walk, (), [Change("answered", "danger", "no")], NOW)
    with pytest.raises(StoreConflict, match="moved on"), store.transaction() as transaction:
        walks.append(transaction, walk, (), [Change("answered", "danger", "yes")], NOW)
    with pytest.raises(StoreConflict, match="moved on"), store.transaction() as transaction:
        walks.finish(transaction, walk, NOW)
    with store.transaction() as transaction:
        closed = walks.finish(transaction, newer, LATER)
        assert (closed.status, closed.finished_at) == ("finished", LATER)
        assert walks.by_id(transaction, "w1") == closed
        assert walks.open_walk_of(transaction, "p1") is None
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        walks.append(transaction, newer, log, [Change("answered", "danger", "yes")], NOW)


def test_the_database_holds_a_person_to_one_open_walk(store: Store) -> None:
    with store.transaction() as transaction:
        first = _walk(transaction)
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        walks.open_walk(transaction, walk_id="w9", person_id="p1", reference="R9", edition="e", entry="start", at=NOW)
    with store.transaction() as transaction:
        walks.finish(transaction, first, NOW, "abandoned")
        walks.open_walk(transaction, walk_id="w9", person_id="p1", reference="R9", edition="e", entry="start", at=NOW)
        assert [walk.status for walk in walks.of_person(transaction, "p1")] == ["abandoned", "open"]


def test_an_answer_needs_a_value_and_one_that_fell_away_has_none(store: Store) -> None:
    with store.transaction() as transaction:
        walk = _walk(transaction)
    for change in (Change("answered", "danger", None), Change("fell_away", "danger", "no")):
        with pytest.raises(StoreConflict), store.transaction() as transaction:
            walks.append(transaction, walk, (), [change], NOW)


def test_an_answer_moved_to_another_line_is_refused(store: Store) -> None:
    with store.transaction() as transaction:
        walk = _walk(transaction)
        walks.append(transaction, walk, (), [Change("answered", "a", "yes"), Change("answered", "b", "no")], NOW)
        first = answers.c.sequence == 1
        moved = transaction.connection.execute(answers.select().where(answers.c.sequence == 2)).one().value
        transaction.connection.execute(update(answers).where(first).values(value=moved))
        with pytest.raises(SealBroken, match=r"answers, value, row w1/1"):
            walks.read_log(transaction, "w1")


CHANGES = st.lists(
    st.tuples(st.sampled_from(["answered", "changed", "fell_away"]), st.sampled_from("abc"), st.integers(0, 3))
)


@given(CHANGES)
def test_the_present_answers_are_what_the_last_word_on_each_question_says(
    changes: list[tuple[walks.Kind, str, int]],
) -> None:
    log = [LogEntry(number, kind, question, value, NOW) for number, (kind, question, value) in enumerate(changes, 1)]
    last = {question: (kind, value) for kind, question, value in changes}
    expected = {question: value for question, (kind, value) in last.items() if kind in ("answered", "changed")}
    assert walks.present_answers(log) == expected


def test_the_latest_note_stands_alone(store: Store) -> None:
    with store.transaction() as transaction:
        _walk(transaction)
        notes.save(transaction, "w1", "danger", "first", NOW)
        notes.save(transaction, "w1", "danger", "second", LATER)
        notes.save(transaction, "w1", "harm", "third", NOW)
        assert notes.of_walk(transaction, "w1") == {"harm": "third", "danger": "second"}
        notes.remove(transaction, "w1", "danger")
        assert notes.of_walk(transaction, "w1") == {"harm": "third"}
        notes.remove_all(transaction, "w1")
        assert notes.of_walk(transaction, "w1") == {}


def _record(reference: str, person: str | None, days: int = 0) -> records.RecordRow:
    made_at = NOW + timedelta(days=days)
    return records.RecordRow(reference, None, person, "2026-03", "O5", "complete", made_at, {"why": ["R3"]}, made_at)


def test_records_are_found_by_their_person_newest_first_and_by_reference(store: Store) -> None:
    with store.transaction() as transaction:
        _walk(transaction, 1)
        _walk(transaction, 2)
        for record in (_record("A", "p1"), _record("B", "p1", 2), _record("C", "p2"), _record("D", "p1", 1)):
            records.save(transaction, record)
        assert [record.reference for record in records.find_own(transaction, "p1")] == ["B", "D", "A"]
        assert [record.reference for record in records.find_own(transaction, "p1", limit=1)] == ["B"]
        listed = [
            (one.reference, one.made_at, one.outcome, one.status) for one in records.all_newest_first(transaction)
        ]
        assert listed == [
            ("B", NOW + timedelta(days=2), "O5", "complete"),
            ("D", NOW + timedelta(days=1), "O5", "complete"),
            ("A", NOW, "O5", "complete"),
            ("C", NOW, "O5", "complete"),
        ]
        assert records.by_reference(transaction, "C") == _record("C", "p2")
        assert records.by_reference(transaction, "Z") is None


def test_a_record_is_never_overwritten_only_added_to(store: Store) -> None:
    """REC-14."""
    with store.transaction() as transaction:
        _walk(transaction)
        records.save(transaction, _record("A", "p1"))
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        records.save(transaction, _record("A", "p1", 1))
    first = records.Addendum("1", "A", NOW, "more")
    second = records.Addendum("2", "A", LATER, "and more")
    with store.transaction() as transaction:
        records.add_addendum(transaction, second)
        records.add_addendum(transaction, first)
        assert records.addenda_of(transaction, "A") == [first, second]
        assert records.by_reference(transaction, "A") == _record("A", "p1")
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        records.add_addendum(transaction, records.Addendum("3", "no such record", NOW, "more"))


def test_ret_5_a_record_is_alive_when_it_was_made_kept_longer_or_added_to(store: Store) -> None:
    """Whichever was last; told without its words."""
    with store.transaction() as transaction:
        _walk(transaction)
        records.save(transaction, _record("A", "p1"))
        assert records.outline(transaction, "A") == records.Outline(None, "p1", NOW, NOW)
        records.keep_from(transaction, "A", LATER)
        records.keep_from(transaction, "A", NOW)
        assert records.outline(transaction, "A") == records.Outline(None, "p1", NOW, LATER)
        much_later = LATER + timedelta(days=3)
        records.add_addendum(transaction, records.Addendum("1", "A", much_later, "more"))
        assert records.outline(transaction, "A") == records.Outline(None, "p1", NOW, much_later)
        assert records.outline(transaction, "B") is None


def test_a_record_is_deleted_with_what_was_added(store: Store) -> None:
    with store.transaction() as transaction:
        _walk(transaction)
        for reference in "AB":
            records.save(transaction, _record(reference, "p1"))
            records.add_addendum(transaction, records.Addendum(reference, reference, NOW, "more"))
        records.remove(transaction, "A")
        assert records.by_reference(transaction, "A") is None
        assert records.addenda_of(transaction, "A") == []
        assert len(records.addenda_of(transaction, "B")) == 1


def test_ret_5_of_a_record_that_is_gone_its_reference_and_two_days_stay(store: Store) -> None:
    older, newer = (
        tombstones.Tombstone(reference, (NOW + timedelta(days=days)).date(), (NOW + timedelta(days=40)).date())
        for reference, days in (("A", 0), ("B", 1))
    )
    with store.transaction() as transaction:
        tombstones.add(transaction, older)
        tombstones.add(transaction, newer)
        assert tombstones.find(transaction, "A") == older
        assert tombstones.find(transaction, "C") is None
        assert tombstones.all_newest_first(transaction) == [newer, older]


def test_messages_to_clean_leave_out_what_is_gone_and_what_is_kept(store: Store) -> None:
    def message(person: str, number: int, minutes: int) -> messages.MessageRow:
        return messages.MessageRow(person, number, "out", NOW + timedelta(minutes=minutes))

    standing, gone, kept, others = message("p1", 1, 2), message("p1", 2, 0), message("p1", 3, 0), message("p2", 1, 1)
    with store.transaction() as transaction:
        _walk(transaction, 1)
        _walk(transaction, 2)
        for row in (standing, gone, kept, others):
            assert messages.add(transaction, row)
        messages.save_deleted(transaction, "p1", 2, LATER)
        messages.save_keep(transaction, "p1", 3)
        assert messages.to_delete_in_chat(transaction, "p1") == [standing]
        assert not any(messages.add(transaction, row) for row in (standing, gone, kept, others)), "known already"
        assert messages.to_delete_in_chat(transaction, "p1") == [standing], "and nothing changes"
        due.add(transaction, row_id="1", kind="sweep", subject="p1", person_id="p1", due_at=LATER)
        assert messages.forget_before(transaction, LATER, LATER, "sweep") == 0, "the other's is too young"
        assert messages.forget_before(transaction, NOW + timedelta(hours=1), LATER, "sweep") == 1, "the other's"
        assert messages.forget_before(transaction, LATER, NOW, "sweep") == 2, "nothing waits for them yet"
