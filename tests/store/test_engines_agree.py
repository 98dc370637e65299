"""Random histories on both engines: every call gives the same, and the same is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.store import (
    Store,
    StoreConflict,
    Transaction,
    due,
    forgetting,
    leases,
    messages,
    notes,
    outbox,
    people,
    records,
    tombstones,
    updates,
    walks,
)
from bot.store import moments as moments_of_the_bot
from bot.store.tables import metadata
from tests.store.conftest import KEY, NOW
from tests.store.postgresql import new_database

Call = Callable[[Transaction], Any]
small = st.integers(1, 3)
moments = st.integers(0, 5).map(lambda minutes: NOW + timedelta(minutes=minutes))
words = st.sampled_from(["", "yes", "don't", "é – 漢字 😀", "a\nb", "%s :x {y}"])
maybe_moments = st.none() | moments


def _append(walk_id: str, changes: list[walks.Change], at: datetime, stale: bool) -> Call:
    def call(transaction: Transaction) -> Any:
        walk = walks.by_id(transaction, walk_id)
        if walk is None:
            return None
        log = walks.read_log(transaction, walk_id)
        if stale:
            walks.append(transaction, walk, log, [walks.Change("answered", "stale", 1)], at)
        return walks.append(transaction, walk, log, changes, at)

    return call


def _finish(walk_id: str, at: datetime) -> Call:
    def call(transaction: Transaction) -> Any:
        walk = walks.by_id(transaction, walk_id)
        return walk and walks.finish(transaction, walk, at)

    return call


changes = st.lists(
    st.builds(walks.Change, st.sampled_from(["answered", "changed"]), st.sampled_from("abc"), words)
    | st.builds(walks.Change, st.just("fell_away"), st.sampled_from("abc")),
    max_size=3,
)
persons = small.map("p{}".format)
walk_ids = small.map("w{}".format)
references = small.map("R{}".format)

# Each gives a function of the open transaction. Ids come from a small set, so that they meet.
calls: st.SearchStrategy[Call] = st.one_of(
    st.builds(lambda n, at: lambda t: updates.claim(t, 1, n, at), small, moments),
    st.builds(lambda n, at: lambda t: updates.count_try(t, 1, n, "Error", at), small, moments),
    st.builds(lambda n: lambda t: updates.set_aside(t, 1, n), small),
    st.builds(lambda at: lambda t: updates.forget_before(t, at), moments),
    st.builds(lambda n, p, at: lambda t: people.find_or_create(t, n, new_id=p, at=at), small, persons, moments),
    st.builds(
        lambda p, w: lambda t: people.save_profile(t, p, people.Profile("cy", "new", w, None, w)), persons, words
    ),
    st.builds(
        lambda p, m, n: lambda t: people.save_screen(t, p, people.ScreenShown(m, n, "walk")),
        persons,
        st.integers(-(2**62), 2**62),
        small,
    ),
    st.builds(lambda p, at: lambda t: people.save_blocked(t, p, at), persons, maybe_moments),
    st.builds(
        lambda w, p, r, at: (
            lambda t: walks.open_walk(t, walk_id=w, person_id=p, reference=r, edition="e", entry="start", at=at)
        ),
        walk_ids,
        persons,
        references,
        moments,
    ),
    st.builds(_append, walk_ids, changes, moments, st.booleans()),
    st.builds(_finish, walk_ids, moments),
    st.builds(
        lambda w, q, text, at: lambda t: notes.save(t, w, q, text, at), walk_ids, st.sampled_from("ab"), words, moments
    ),
    st.builds(lambda w: lambda t: notes.remove_all(t, w), walk_ids),
    st.builds(
        lambda r, w, p, at, word, after: (
            lambda t: records.save(t, records.RecordRow(r, w, p, "e", "O5", "complete", at, {"why": [word]}, after))
        ),
        references,
        st.none() | walk_ids,
        st.none() | persons,
        moments,
        words,
        moments,
    ),
    st.builds(
        lambda n, r, at, w: lambda t: records.add_addendum(t, records.Addendum(f"a{n}", r, at, w)),
        small,
        references,
        moments,
        words,
    ),
    st.builds(lambda r, at: lambda t: records.keep_from(t, r, at), references, moments),
    st.builds(lambda r: lambda t: records.outline(t, r), references),
    st.builds(lambda w: lambda t: walks.remove_closed(t, w), walk_ids),
    st.builds(
        lambda r, at: lambda t: tombstones.add(t, tombstones.Tombstone(r, at.date(), at.date())),
        references,
        moments,
    ),
    st.builds(lambda r: lambda t: records.remove(t, r), references),
    st.builds(
        lambda p, n, at: lambda t: messages.add(t, messages.MessageRow(p, n, "out", at)), persons, small, moments
    ),
    st.builds(
        lambda n, p, kind, at: (
            lambda t: outbox.add(
                t,
                row_id="o",
                chat_id=n,
                person_id=p,
                lane="reply",
                kind=kind,
                content="{}",
                at=at,
                holder="h",
                until=at,
            )[1]
        ),
        small,
        persons,
        st.sampled_from(["screen", "text", "tidy"]),
        moments,
    ),
    st.builds(
        lambda lane, holder, at: (
            lambda t: [(row.kind, row.tries, row.living) for row in outbox.claim(t, lane, holder, at, at, 10)]
        ),
        st.sampled_from(["urgent", "reply", "own"]),
        st.sampled_from("hk"),
        moments,
    ),
    st.builds(lambda n: lambda t: outbox.remove_chat(t, n), small),
    st.builds(
        lambda n, p, at: lambda t: due.add(t, row_id=f"d{n}", kind="k", subject=f"s{n}", person_id=p, due_at=at),
        small,
        persons,
        moments,
    ),
    st.builds(lambda n, at: lambda t: due.move(t, "k", f"s{n}", at), small, moments),
    st.builds(lambda holder, at: lambda t: due.claim(t, holder, at, at, 2), st.sampled_from("hk"), moments),
    st.builds(lambda n: lambda t: due.held(t, f"d{n}", "h"), small),
    st.builds(lambda n: lambda t: due.done(t, f"d{n}"), small),
    st.builds(lambda holder, at: lambda t: leases.take(t, "l", holder, at, at), st.sampled_from("hk"), moments),
    st.builds(lambda n, at: lambda t: moments_of_the_bot.paced(t, "m", at, n, 5.0, 3), small, moments),
    st.builds(lambda p, n: lambda t: messages.save_keep(t, p, n), persons, small),
    st.builds(lambda p, n, at: lambda t: messages.save_deleted(t, p, n, at), persons, small, moments),
    st.builds(lambda at, now: lambda t: messages.forget_before(t, at, now, "k"), moments, moments),
    st.builds(lambda p: lambda t: forgetting.forget(t, p), persons),
)


def _begin(transaction: Transaction) -> None:
    """Two people, one in a walk, so that most calls find what they are about."""
    for number in (1, 2):
        people.find_or_create(transaction, number, new_id=f"p{number}", at=NOW)
    walks.open_walk(transaction, walk_id="w1", person_id="p1", reference="R1", edition="e", entry="start", at=NOW)


histories = st.lists(st.lists(calls, min_size=1, max_size=4), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    with new_database() as address:
        stores = Store.open(tmp_path_factory.mktemp("agree") / "store.db", KEY), Store.open(address, KEY)
        yield stores
        for store in stores:
            store.close()


def _done(store: Store, transaction_calls: list[Call]) -> Any:
    """What the calls of one transaction gave, or the class of the error that undid it."""
    given: list[Any] = []
    try:
        with store.transaction() as transaction:
            given.extend(call(transaction) for call in transaction_calls)
    except (StoreConflict, LookupError) as error:
        return len(given), type(error)
    return given


def _kept(store: Store) -> Any:
    with store.reading() as transaction:
        return (
            [people.find(transaction, chat) for chat in (1, 2, 3)],
            [forgetting.export(transaction, f"p{number}") for number in (1, 2, 3)],
            [records.by_reference(transaction, f"R{number}") for number in (1, 2, 3)],
            [records.addenda_of(transaction, f"R{number}") for number in (1, 2, 3)],
            [notes.of_walk(transaction, f"w{number}") for number in (1, 2, 3)],
            [updates.seen(transaction, 1, number) for number in (1, 2, 3)],
            updates.all_set_aside(transaction),
            [(one.lane, one.count, one.oldest) for one in outbox.waiting(transaction)],
            due.waiting(transaction),
            records.all_newest_first(transaction),
            tombstones.all_newest_first(transaction),
        )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_any_history_of_calls_gives_and_keeps_the_same_on_both_engines(
    both: tuple[Store, Store], history: list[list[Call]]
) -> None:
    embedded, postgresql = both
    for store in both:
        with store.transaction() as transaction:
            for table in reversed(metadata.sorted_tables):
                transaction.connection.execute(delete(table))
            _begin(transaction)
    for transaction_calls in history:
        assert _done(embedded, transaction_calls) == _done(postgresql, transaction_calls)
    assert _kept(embedded) == _kept(postgresql)
