"""Walks and their answers. The answers are a log that only grows; the present ones come from reading it in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from bot.store.errors import StoreConflict
from bot.store.shredder import Shown, Shredder
from bot.store.tables import answers, walks
from bot.store.transaction import Transaction
from states.text import say

Status = Literal["open", "finished", "abandoned"]
Kind = Literal["answered", "changed", "fell_away"]
Json = Any


@dataclass(frozen=True, slots=True)
class WalkRow:
    """One walk as it is kept. `revision` goes up with every turn that writes to its log."""

    id: str
    person_id: str
    reference: str
    edition: str
    entry: str
    status: Status
    revision: int
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a turn did to one answer. `value` is anything JSON can hold; None only where the answer fell away."""

    kind: Kind
    question: str
    value: Json = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a walk's log. Lines are numbered from 1."""

    sequence: int
    kind: Kind
    question: str
    value: Json
    at: datetime


_COLUMNS: Select[*tuple[Any, ...]] = select(
    walks.c.id,
    walks.c.person_id,
    walks.c.reference,
    walks.c.edition,
    walks.c.entry,
    walks.c.status,
    walks.c.revision,
    walks.c.started_at,
    walks.c.updated_at,
    walks.c.finished_at,
)
_OPEN_OF = _COLUMNS.where(walks.c.person_id == bindparam("person"), walks.c.status == "open")
_BY_ID = _COLUMNS.where(walks.c.id == bindparam("walk"))
_BY_REFERENCE = _COLUMNS.where(walks.c.reference == bindparam("reference"))
_OF_PERSON = _COLUMNS.where(walks.c.person_id == bindparam("person")).order_by(walks.c.started_at, walks.c.id)
_ADD = insert(walks)
_TOUCH = (
    update(walks)
    .where(walks.c.id == bindparam("walk"), walks.c.revision == bindparam("old"), walks.c.status == "open")
    .values(revision=bindparam("new"), updated_at=bindparam("at"))
)
_FINISH = (
    update(walks)
    .where(walks.c.id == bindparam("walk"), walks.c.revision == bindparam("old"), walks.c.status == "open")
    .values(status=bindparam("new_status"), updated_at=bindparam("at"), finished_at=bindparam("at"))
)
_LOG = (
    select(answers.c.sequence, answers.c.kind, answers.c.question, answers.c.value, answers.c.at)
    .where(answers.c.walk_id == bindparam("walk"))
    .order_by(answers.c.sequence)
)
_OPEN_WITH_LOG: Select[*tuple[Any, ...]] = (
    _COLUMNS.add_columns(
        answers.c.sequence, answers.c.kind, answers.c.question, answers.c.value, answers.c.at.label("answered_at")
    )
    .join_from(walks, answers, answers.c.walk_id == walks.c.id, isouter=True)
    .where(walks.c.person_id == bindparam("person"), walks.c.status == "open")
    .order_by(answers.c.sequence)
)
_ADD_ENTRY = insert(answers)
_REMOVE_LOG = delete(answers).where(answers.c.walk_id == bindparam("walk"))
_REMOVE = delete(walks).where(
    walks.c.id == bindparam("walk"), walks.c.revision == bindparam("old"), walks.c.status == "open"
)
_REMOVE_CLOSED = delete(walks).where(walks.c.id == bindparam("walk"), walks.c.status != "open")
_OWN_WALKS = select(walks.c.id).where(walks.c.person_id == bindparam("person")).scalar_subquery()
_DELETE_ANSWERS = delete(answers).where(answers.c.walk_id.in_(_OWN_WALKS))
_DELETE_WALKS = delete(walks).where(walks.c.person_id == bindparam("person"))


def _stale() -> StoreConflict:
    return StoreConflict(say("This walk has moved on since. Nothing was saved. Look at it again, then answer."))


def _one(row: Row[*tuple[Any, ...]] | None) -> WalkRow | None:
    return None if row is None else WalkRow(*row)


def open_walk(
    transaction: Transaction, *, walk_id: str, person_id: str, reference: str, edition: str, entry: str, at: datetime
) -> WalkRow:
    """Begin a walk. Raises StoreConflict (at the latest when the block ends) if the person has one open already.

    The database holds to it, also against another worker.
    """
    walk = WalkRow(walk_id, person_id, reference, edition, entry, "open", 0, at, at, None)
    transaction.execute(
        _ADD,
        {
            "id": walk_id,
            "person_id": person_id,
            "reference": reference,
            "edition": edition,
            "entry": entry,
            "status": "open",
            "revision": 0,
            "started_at": at,
            "updated_at": at,
            "finished_at": None,
        },
    )
    return walk


def open_walk_of(transaction: Transaction, person_id: str) -> WalkRow | None:
    """The person's open walk, if there is one."""
    return _one(transaction.execute(_OPEN_OF, {"person": person_id}).one_or_none())


def by_id(transaction: Transaction, walk_id: str) -> WalkRow | None:
    """The walk of this id, in whatever status."""
    return _one(transaction.execute(_BY_ID, {"walk": walk_id}).one_or_none())


def by_reference(transaction: Transaction, reference: str) -> WalkRow | None:
    """The walk of this reference, in whatever status."""
    return _one(transaction.execute(_BY_REFERENCE, {"reference": reference}).one_or_none())


def open_walk_with_log(transaction: Transaction, person_id: str) -> tuple[WalkRow | None, tuple[LogEntry, ...]]:
    """The person's open walk, if there is one, and its log; in one question to the database, since every turn asks.

    Raises SealBroken if a line was changed or moved.
    """
    rows = transaction.execute(_OPEN_WITH_LOG, {"person": person_id}).all()
    if not rows:
        return None, ()
    walk = WalkRow(*rows[0][:10])
    if rows[0].sequence is None:
        return walk, ()
    return walk, tuple(_entry(transaction, walk.id, *row[10:]) for row in rows)


def read_log(transaction: Transaction, walk_id: str) -> tuple[LogEntry, ...]:
    """The walk's log from its first line. Raises SealBroken if a line was changed or moved."""
    return tuple(_entry(transaction, walk_id, *row) for row in transaction.execute(_LOG, {"walk": walk_id}))


def _entry(
    transaction: Transaction, walk_id: str, sequence: int, kind: Kind, question: str, sealed: bytes | None, at: datetime
) -> LogEntry:
    value = None
    if sealed is not None:
        value = json.loads(transaction.sealer.unseal(sealed, "answers", "value", walk_id, sequence))
    return LogEntry(sequence, kind, question, value, at)


def present_answers(log: Iterable[LogEntry]) -> dict[str, Json]:
    """The answers that stand after this log, by question, in the order they were first given."""
    standing: dict[str, Json] = {}
    for entry in log:
        if entry.kind == "fell_away":
            standing.pop(entry.question, None)
        else:
            standing[entry.question] = entry.value
    return standing


def append(
    transaction: Transaction, walk: WalkRow, log: Sequence[LogEntry], changes: Sequence[Change], at: datetime
) -> tuple[WalkRow, tuple[LogEntry, ...]]:
    """Write the changes of one turn after `log`, as read in this transaction. Gives walk and log as they are now.

    Raises StoreConflict if the walk was written to or closed since it was read.
    """
    touched = transaction.execute(_TOUCH, {"walk": walk.id, "old": walk.revision, "new": walk.revision + 1, "at": at})
    if touched.rowcount != 1:
        raise _stale()
    first = log[-1].sequence + 1 if log else 1
    added = tuple(
        LogEntry(sequence, change.kind, change.question, change.value, at)
        for sequence, change in enumerate(changes, first)
    )
    if added:
        transaction.execute(_ADD_ENTRY, [_sealed_entry(transaction, walk.id, entry) for entry in added])
    return replace(walk, revision=walk.revision + 1, updated_at=at), (*log, *added)


def _sealed_entry(transaction: Transaction, walk_id: str, entry: LogEntry) -> dict[str, Any]:
    sealed = None
    if entry.value is not None:
        text = json.dumps(entry.value, ensure_ascii=False, separators=(",", ":"))
        sealed = transaction.sealer.seal(text, "answers", "value", walk_id, entry.sequence)
    return {
        "walk_id": walk_id,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "question": entry.question,
        "value": sealed,
        "at": entry.at,
    }


def finish(
    transaction: Transaction, walk: WalkRow, at: datetime, status: Literal["finished", "abandoned"] = "finished"
) -> WalkRow:
    """Close the walk. Raises StoreConflict if it was written to or closed since it was read."""
    closed = transaction.execute(_FINISH, {"walk": walk.id, "old": walk.revision, "new_status": status, "at": at})
    if closed.rowcount != 1:
        raise _stale()
    return replace(walk, status=status, updated_at=at, finished_at=at)


def remove_log(transaction: Transaction, walk_id: str) -> None:
    """Remove a walk's answers: once there is a record, they live on only inside it. The walk's row stays, since the
    record points to it."""
    transaction.execute(_REMOVE_LOG, {"walk": walk_id})


def remove(transaction: Transaction, walk: WalkRow) -> None:
    """Remove an open walk and its answers without a trace. Its notes must be gone already, and no record point to it.

    Raises StoreConflict if it was written to or closed since it was read.
    """
    remove_log(transaction, walk.id)
    if transaction.execute(_REMOVE, {"walk": walk.id, "old": walk.revision}).rowcount != 1:
        raise _stale()


def remove_closed(transaction: Transaction, walk_id: str) -> None:
    """Remove a walk that is over, since its record is gone: its answers and notes went when it ended."""
    transaction.execute(_REMOVE_CLOSED, {"walk": walk_id})


def of_person(transaction: Transaction, person_id: str) -> list[WalkRow]:
    """Every walk of the person, oldest first."""
    return [WalkRow(*row) for row in transaction.execute(_OF_PERSON, {"person": person_id})]


def _export_walks(transaction: Transaction, person_id: str) -> list[Shown]:
    return [
        {
            "reference": walk.reference,
            "edition": walk.edition,
            "entry": walk.entry,
            "status": walk.status,
            "started_at": walk.started_at,
            "finished_at": walk.finished_at,
        }
        for walk in of_person(transaction, person_id)
    ]


def _export_answers(transaction: Transaction, person_id: str) -> list[Shown]:
    return [
        {
            "reference": walk.reference,
            "kind": entry.kind,
            "question": entry.question,
            "value": entry.value,
            "at": entry.at,
        }
        for walk in of_person(transaction, person_id)
        for entry in read_log(transaction, walk.id)
    ]


def _blank_walks(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE_WALKS, {"person": person_id})


def _blank_answers(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE_ANSWERS, {"person": person_id})


SHREDDERS = (Shredder(answers, _export_answers, _blank_answers), Shredder(walks, _export_walks, _blank_walks))
