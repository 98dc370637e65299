"""Rows of the outbox on each engine: what goes out next, in which order, and who sends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.store import Store, Transaction, outbox, people
from bot.store.outbox import Kind, Lane
from tests.store.conftest import NOW

LATER = NOW + timedelta(seconds=20)
FIRST, SECOND = 1, 2


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def _add(
    transaction: Transaction,
    row: str,
    chat: int = FIRST,
    lane: Lane = "reply",
    kind: Kind = "text",
    holder: str | None = None,
) -> bool:
    """Whether `holder` holds the new row."""
    until = LATER if holder else None
    return outbox.add(
        transaction,
        row_id=row,
        chat_id=chat,
        person_id=None,
        lane=lane,
        kind=kind,
        content=f"words of {row}",
        at=NOW,
        holder=holder,
        until=until,
    )[1]


def _claimed(transaction: Transaction, lane: Lane = "reply", holder: str = "worker", seconds: float = 0) -> list[str]:
    at = NOW + timedelta(seconds=seconds)
    return [row.id for row in outbox.claim(transaction, lane, holder, at, at + timedelta(seconds=20), 10)]


def _number(transaction: Transaction, row: str) -> Any:
    return next(
        number for number, id_ in transaction.connection.exec_driver_sql("SELECT number, id FROM outbox") if id_ == row
    )


Row = tuple[str, int, Lane, Kind, str | None]
"""Id, chat, lane, kind, who holds it."""

WAITS: list[tuple[str, list[Row], dict[Lane, list[str]]]] = [
    (
        "several chats side by side, and with each what waits behind it",
        [("a", 1, "reply", "screen", None), ("b", 1, "reply", "text", None), ("c", 2, "reply", "text", None)],
        {"reply": ["a", "c", "b"]},
    ),
    (
        "what another worker is sending in the chat goes first",
        [("a", 1, "reply", "screen", "other"), ("b", 1, "reply", "text", None), ("c", 2, "reply", "text", None)],
        {"reply": ["c"]},
    ),
    (
        "an urgent text waits for nothing but what is urgent",
        [("a", 1, "reply", "screen", None), ("b", 1, "urgent", "text", None), ("c", 1, "urgent", "text", None)],
        {"urgent": ["b"], "reply": ["a", "c"]},
    ),
    (
        "an urgent screen is an answer, and keeps its place in the chat",
        [("a", 1, "reply", "screen", None), ("b", 1, "urgent", "screen", None)],
        {"urgent": [], "reply": ["a", "b"]},
    ),
    (
        "an answer does not wait for what the bot starts by itself",
        [("a", 1, "own", "screen", None), ("b", 1, "reply", "screen", None), ("c", 1, "own", "text", None)],
        {"reply": ["b"], "own": ["a"]},
    ),
    (
        "unless that is being sent just now",
        [("a", 1, "own", "screen", "other"), ("b", 1, "reply", "screen", None)],
        {"reply": [], "own": []},
    ),
    (
        "what the bot starts by itself waits for every answer before it",
        [("a", 1, "reply", "screen", None), ("b", 1, "own", "text", None)],
        {"own": [], "reply": ["a"]},
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in WAITS], ids=[case[0] for case in WAITS])
def test_what_may_go_out_next(store: Store, rows: list[Row], expected: dict[Lane, list[str]]) -> None:
    """Within a chat what is said later never overtakes what it answers to; nobody waits for other chats."""
    with store.transaction() as transaction:
        for id_, chat, lane, kind, holder in rows:
            _add(transaction, id_, chat, lane, kind, holder)
        assert {lane: _claimed(transaction, lane) for lane in expected} == expected


ADDED_AFTER: list[tuple[str, list[Row], Lane, bool]] = [
    ("nothing", [], "reply", True),
    ("a row of another chat", [("a", 2, "reply", "text", "other")], "reply", True),
    (
        "rows the same worker holds",
        [("a", 1, "reply", "text", "worker"), ("b", 1, "own", "text", "worker")],
        "reply",
        True,
    ),
    ("a row another worker holds", [("a", 1, "reply", "text", "other")], "reply", False),
    ("an answer that nobody holds", [("a", 1, "reply", "text", None)], "reply", False),
    ("something of the bot's own that nobody holds", [("a", 1, "own", "text", None)], "reply", True),
    ("something of the bot's own that another worker sends", [("a", 1, "own", "text", "other")], "reply", False),
    ("something of the bot's own before more of it", [("a", 1, "own", "text", None)], "own", False),
]


@pytest.mark.parametrize(
    ("before", "lane", "held"), [case[1:] for case in ADDED_AFTER], ids=[case[0] for case in ADDED_AFTER]
)
def test_whoever_writes_a_row_may_send_it_at_once(store: Store, before: list[Row], lane: Lane, held: bool) -> None:
    """Held after these rows, unless something goes first that this worker does not send itself."""
    with store.transaction() as transaction:
        for id_, chat, in_lane, kind, holder in before:
            _add(transaction, id_, chat, in_lane, kind, holder)
        assert _add(transaction, "new", FIRST, lane, holder="worker") is held
        assert not _add(transaction, "nobody's", SECOND, lane), "nobody holds what nobody asked to hold"


def test_a_row_is_held_until_its_lease_is_let_go_as_expired(store: Store) -> None:
    """A worker that died is waited for, and then its rows are anybody's; what it sends after that is not its own."""
    with store.transaction() as transaction:
        assert _add(transaction, "a", holder="dead")
        assert _add(transaction, "b", SECOND, holder="slow")
        number = _number(transaction, "b")
        assert outbox.renew(transaction, number, "slow", LATER + timedelta(seconds=20))
        assert not outbox.renew(transaction, number, "dead", LATER), "only who holds it may hold it longer"
        assert _claimed(transaction, seconds=21) == []
        assert outbox.let_go_expired(transaction, LATER) == 0, "its last moment still counts"
        assert outbox.let_go_expired(transaction, LATER + timedelta(seconds=1)) == 1
        assert _claimed(transaction, seconds=21) == ["a"]
        assert not outbox.renew(transaction, _number(transaction, "a"), "dead", LATER)
        outbox.let_go_of_others(transaction, "another worker")
        assert _claimed(transaction, seconds=21) == ["a", "b"]


def test_what_is_put_off_holds_up_its_chat_until_then_and_counts_the_try(store: Store) -> None:
    with store.transaction() as transaction:
        _add(transaction, "a", holder="worker")
        _add(transaction, "b", holder="worker")
        outbox.put_off(transaction, _number(transaction, "a"), NOW + timedelta(seconds=5))
        outbox.let_go(transaction, [_number(transaction, "b")])
        assert _claimed(transaction, seconds=4.9) == []
        first, second = outbox.claim(transaction, "reply", "worker", NOW + timedelta(seconds=5), LATER, 10)
        assert (first.id, first.tries, first.content) == ("a", 1, "words of a")
        assert (second.id, second.tries) == ("b", 0)


def test_the_oldest_go_first_and_no_more_than_asked_for(store: Store) -> None:
    with store.transaction() as transaction:
        for chat in (5, 3, 4):
            _add(transaction, f"row of {chat}", chat)
        found = outbox.claim(transaction, "reply", "worker", NOW, LATER, 2)
        assert [row.id for row in found] == ["row of 5", "row of 3"]
        assert _claimed(transaction) == ["row of 4"]


def test_what_the_bot_starts_in_a_chat_is_paced_and_answers_are_not(store: Store) -> None:
    with store.transaction() as transaction:
        _add(transaction, "own", FIRST, "own")
        _add(transaction, "answer", FIRST, "reply")
        _add(transaction, "elsewhere", SECOND, "own")
        outbox.pace(transaction, FIRST, NOW + timedelta(seconds=1))
        assert _claimed(transaction, "own", seconds=0.9) == ["elsewhere"]
        assert _claimed(transaction, "reply", seconds=0.9) == ["answer"]
        outbox.remove(transaction, [_number(transaction, "answer")])
        assert _claimed(transaction, "own", seconds=1) == ["own"]


def test_a_claimed_row_knows_where_its_person_s_screen_is(store: Store) -> None:
    """As it is when the row is sent, not as it was when the row was written."""
    with store.transaction() as transaction:
        people.find_or_create(transaction, FIRST, new_id="a", at=NOW)
        outbox.add(
            transaction,
            row_id="row",
            chat_id=FIRST,
            person_id="a",
            lane="own",
            kind="screen",
            content="words",
            at=NOW,
        )
        people.save_screen(transaction, "a", people.ScreenShown(44, 7, "walk"))
        (row,) = outbox.claim(transaction, "own", "worker", NOW, LATER, 1)
        assert (row.living, row.revision, row.person_id, row.made_at) == (44, 7, "a", NOW)


def test_a_chat_that_is_closed_is_told_nothing_more(store: Store) -> None:
    with store.transaction() as transaction:
        for id_, chat in (("a", FIRST), ("b", FIRST), ("c", SECOND)):
            _add(transaction, id_, chat)
        assert outbox.count_of_chat(transaction, FIRST) == 2
        assert outbox.waiting(transaction) == [outbox.LaneWaiting("reply", 3, NOW)]
        assert outbox.remove_chat(transaction, FIRST) == 2
        assert _claimed(transaction) == ["c"]


def test_a_worker_finds_what_it_holds_in_a_chat_without_knowing_it(store: Store) -> None:
    """After a commit that nobody heard of: its rows are sent soon, and none that is being sent is sent twice."""
    with store.transaction() as transaction:
        for row in ("unknown", "known", "unknown too"):
            _add(transaction, row, FIRST, holder="worker")
        _add(transaction, "elsewhere", SECOND, holder="worker")
        known = [_number(transaction, "known")]
        found = outbox.hold_on(transaction, FIRST, "worker", LATER + timedelta(minutes=1), known)
        assert [(row.id, row.content) for row in found] == [
            ("unknown", "words of unknown"),
            ("unknown too", "words of unknown too"),
        ]
        assert outbox.hold_on(transaction, SECOND, "another worker", LATER, []) == []
        assert outbox.let_go_expired(transaction, LATER + timedelta(seconds=1)) == 2, "known, elsewhere"
