"""Due rows, leases and the bot's own moments on each engine."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.store import Store, Transaction, due, leases, moments, people, walks
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
UNTIL = NOW + MINUTE


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def _add(transaction: Transaction, subject: str, at: datetime = NOW, **more: int) -> bool:
    return due.add(
        transaction, row_id=f"row of {subject}", kind="k", subject=subject, person_id=None, due_at=at, **more
    )


def _claimed(transaction: Transaction, at: datetime, holder: str = "worker", most: int = 10) -> list[str]:
    return [row.subject for row in due.claim(transaction, holder, at, at + MINUTE, most)]


# ---- due rows


def test_there_is_one_row_of_a_kind_for_a_subject(store: Store) -> None:
    """What is written twice happens once, at the time that was said first."""
    with store.transaction() as transaction:
        assert _add(transaction, "a")
        assert not due.add(transaction, row_id="another", kind="k", subject="a", person_id=None, due_at=UNTIL, stage=3)
        assert due.find(transaction, "k", "a") == due.DueRow("row of a", "k", "a", None, 0, NOW, 0)
        assert due.add(transaction, row_id="of another kind", kind="l", subject="a", person_id=None, due_at=NOW)
        assert due.remove(transaction, "k", "a")
        assert not due.remove(transaction, "k", "a")
        assert due.find(transaction, "k", "a") is None
        assert due.waiting(transaction) == (1, NOW)


def test_what_is_due_is_taken_by_one_the_oldest_first(store: Store) -> None:
    with store.transaction() as transaction:
        for minutes in (3, 1, 2, 9):
            _add(transaction, f"{minutes}", NOW + minutes * MINUTE)
        assert _claimed(transaction, NOW) == []
        assert _claimed(transaction, NOW + 3 * MINUTE, most=2) == ["1", "2"]
        assert _claimed(transaction, NOW + 3 * MINUTE, "another") == ["3"]
        assert _claimed(transaction, NOW + 3 * MINUTE) == []


def test_what_must_not_wait_is_taken_before_everything_that_waited_longer(store: Store) -> None:
    """After an outage the next rung of a call for a lead stands behind no chat that is to be swept."""
    with store.transaction() as transaction:
        for number in range(5):
            _add(transaction, f"{number}", NOW + number * MINUTE)
        due.add(transaction, row_id="r", kind="urgent", subject="call", person_id=None, due_at=NOW + 9 * MINUTE)
        at = NOW + 10 * MINUTE
        taken = [row.subject for row in due.claim(transaction, "worker", at, at + MINUTE, 2, "urgent")]
        assert taken == ["call"]
        taken = [row.subject for row in due.claim(transaction, "worker", at, at + MINUTE, 2, "urgent")]
        assert taken == ["0", "1"]


def test_a_row_whose_holder_is_gone_is_taken_again_and_the_old_holder_no_longer_has_it(store: Store) -> None:
    """Whoever comes back after its lease ran out must find that the work is somebody else's."""
    with store.transaction() as transaction:
        _add(transaction, "a")
        (first,) = due.claim(transaction, "slow", NOW, UNTIL, 1)
        assert due.held(transaction, first.id, "slow") is not None
        assert _claimed(transaction, UNTIL) == [], "its last moment still counts"
        (second,) = due.claim(transaction, "quick", UNTIL + MINUTE, UNTIL + 2 * MINUTE, 1)
        assert (first.tries, second.tries) == (1, 2)
        assert due.held(transaction, first.id, "slow") is None
        assert due.held(transaction, first.id, "quick") == second
        due.done(transaction, first.id)
        assert due.held(transaction, first.id, "quick") is None, "and done is done"


AGAIN = NOW + 5 * MINUTE

FREED: dict[str, tuple[str, int, datetime]] = {
    "done, and due again": ("done", 2, AGAIN),
    "moved by a turn": ("move", 1, AGAIN),
    "let go when the bot starts": ("let_go", 0, NOW),
}


@pytest.mark.parametrize(("how", "stage", "at"), FREED.values(), ids=FREED)
def test_a_row_that_is_no_longer_held(store: Store, how: str, stage: int, at: datetime) -> None:
    """It is due at the time and stage that were said, its tries are counted anew, and nobody holds it."""
    with store.transaction() as transaction:
        _add(transaction, "a")
        due.claim(transaction, "worker", NOW, UNTIL, 1)
        if how == "done":
            due.done(transaction, "row of a", AGAIN, 2)
        elif how == "move":
            assert due.move(transaction, "k", "a", AGAIN, 1)
        else:
            due.let_go_of_others(transaction, "another worker")
        assert due.held(transaction, "row of a", "worker") is None
        (row,) = due.claim(transaction, "another", at, at + MINUTE, 1)
        assert (row.due_at, row.stage, row.tries) == (at, stage, 2 if how == "let_go" else 1)


def test_what_failed_is_left_alone_for_as_long_as_was_said_and_stays_overdue(store: Store) -> None:
    """It does not come back at once, again and again, in the way of others; and it can be seen since when it waits."""
    with store.transaction() as transaction:
        _add(transaction, "failing")
        _add(transaction, "well", NOW + MINUTE)
        due.claim(transaction, "worker", NOW, UNTIL, 1)
        assert due.put_off(transaction, "row of failing", "worker", NOW + 10 * MINUTE)
        assert not due.put_off(transaction, "row of failing", "another", NOW)
        assert _claimed(transaction, NOW + 9 * MINUTE) == ["well"]
        assert due.waiting(transaction) == (2, NOW)
        (again,) = due.claim(transaction, "worker", NOW + 11 * MINUTE, NOW + 12 * MINUTE, 1)
        assert (again.subject, again.tries, again.due_at) == ("failing", 2, NOW)


def test_when_the_next_row_is_due(store: Store) -> None:
    with store.transaction() as transaction:
        assert due.next_at(transaction, NOW) is None
        _add(transaction, "late", NOW + 9 * MINUTE)
        _add(transaction, "soon", NOW + MINUTE)
        assert due.next_at(transaction, NOW) == NOW + MINUTE
        assert _claimed(transaction, NOW + MINUTE) == ["soon"]
        assert due.next_at(transaction, NOW + MINUTE) == NOW + 9 * MINUTE, "one that is held is in good hands"
        assert due.next_at(transaction, NOW + 3 * MINUTE) == NOW + MINUTE, "until its holder is gone"


def test_two_workers_that_look_at_once_never_get_the_same_row(database: str) -> None:
    """PostgreSQL: a row that somebody is about to take is passed over, without waiting."""
    from tests.store.conftest import KEY

    first, second = Store.open(database, KEY), Store.open(database, KEY)
    try:
        with first.transaction() as transaction:
            for number in range(4):
                _add(transaction, f"{number}")
        with first.transaction() as one:
            assert _claimed(one, NOW, "one", most=2) == ["0", "1"]
            with second.transaction() as other:
                assert _claimed(other, NOW, "other", most=3) == ["2", "3"]
    finally:
        first.close()
        second.close()


# ---- leases


def test_a_lease_is_one_worker_s_until_it_ends_or_is_given_back(store: Store) -> None:
    with store.transaction() as transaction:
        assert leases.take(transaction, "polling", "a", NOW, UNTIL)
        assert not leases.take(transaction, "polling", "b", NOW, UNTIL)
        assert leases.take(transaction, "another", "b", NOW, UNTIL), "each lease for itself"
        assert leases.take(transaction, "polling", "a", NOW, UNTIL + MINUTE), "its holder may keep it"
        assert not leases.take(transaction, "polling", "b", UNTIL + MINUTE, UNTIL + 2 * MINUTE)
        assert leases.holder_of(transaction, "polling", UNTIL + MINUTE) == "a"
        assert leases.holder_of(transaction, "polling", UNTIL + 2 * MINUTE) is None
        assert leases.take(transaction, "polling", "b", UNTIL + 2 * MINUTE, UNTIL + 3 * MINUTE)
        leases.release(transaction, "polling", "a")
        assert leases.holder_of(transaction, "polling", UNTIL + 2 * MINUTE) == "b", "only its holder gives it back"
        leases.release(transaction, "polling", "b")
        assert leases.take(transaction, "polling", "a", NOW, UNTIL)


# ---- moments


def test_a_moment_is_replaced_and_the_old_one_goes_to_one_asker(store: Store) -> None:
    with store.transaction() as transaction:
        assert moments.find(transaction, "heard") is None
        assert moments.exchange(transaction, "heard", NOW) == NOW, "there was none"
        assert moments.exchange(transaction, "heard", UNTIL) == NOW
        assert moments.exchange(transaction, "heard", UNTIL) == UNTIL
        moments.save(transaction, "heard", NOW)
        assert moments.find(transaction, "heard") == NOW


PACE: list[tuple[float, int, int]] = [  # at this second, wanting so many, so many are allowed
    (0.0, 2, 2),
    (0.0, 5, 1),
    (0.0, 1, 0),
    (0.1, 1, 0),
    (0.2, 1, 1),
    (1.0, 9, 3),
    (60.0, 9, 3),
]


def test_all_workers_together_keep_the_pace(store: Store) -> None:
    """Five a second, three at once: after a rest no more than three, and never faster than the pace."""
    given = []
    for seconds, wanted, _ in PACE:
        with store.transaction() as transaction:
            at = NOW + timedelta(seconds=seconds)
            given.append((seconds, wanted, moments.paced(transaction, "outbox", at, wanted, 5.0, 3)))
    assert given == PACE


# ---- who is to be told


def test_people_in_a_walk_or_of_a_role_are_found_page_by_page(store: Store) -> None:
    """Those who can be written to; whoever is both comes once."""
    with store.transaction() as transaction:
        for number in range(1, 7):
            people.find_or_create(transaction, number, new_id=f"p{number}", at=NOW)
        for number in (1, 3, 5):
            row = walks.open_walk(
                transaction,
                walk_id=f"w{number}",
                person_id=f"p{number}",
                reference=f"R{number}",
                edition="e",
                entry="start",
                at=NOW,
            )
            if number == 5:
                walks.finish(transaction, row, NOW)
        for number in (1, 2, 6):
            people.save_profile(transaction, f"p{number}", people.Profile(role="lead"))
        people.save_blocked(transaction, "p2", NOW)
        assert people.in_a_walk_or_role(transaction, "lead", "", 2) == ["p1", "p3"]
        assert people.in_a_walk_or_role(transaction, "lead", "p3", 2) == ["p6"]
        assert people.in_a_walk_or_role(transaction, "lead", "p6", 2) == []
