"""Decision records (REC-1..15 of the guidance) and what was added to them later. A saved record is never rewritten."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import addenda, records
from bot.store.transaction import Transaction

Status = Literal["complete", "incomplete"]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One decision record as it is kept. `content` is anything JSON can hold.

    `person_id` and `walk_id` are None once the person has asked to be forgotten. `kept_from`: from when the time is
    counted that it is kept for (RET-5), unless something happened to it later.
    """

    reference: str
    walk_id: str | None
    person_id: str | None
    edition: str
    outcome: str
    status: Status
    made_at: datetime
    content: Any
    kept_from: datetime


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """What a list shows of a record: none of its words, so nothing is unsealed."""

    reference: str
    made_at: datetime
    outcome: str
    status: Status


@dataclass(frozen=True, slots=True)
class Outline:
    """A record without its words. `alive_at`: when something last happened to it, by what is kept with it."""

    walk_id: str | None
    person_id: str | None
    made_at: datetime
    alive_at: datetime


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was learned after the record was made (REC-14)."""

    id: str
    reference: str
    at: datetime
    text: str


_COLUMNS: Select[*tuple[Any, ...]] = select(
    records.c.reference,
    records.c.walk_id,
    records.c.person_id,
    records.c.edition,
    records.c.outcome,
    records.c.status,
    records.c.made_at,
    records.c.content,
    records.c.kept_from,
)
_OWN = (
    _COLUMNS.where(records.c.person_id == bindparam("person"))
    .order_by(records.c.made_at.desc(), records.c.reference)
    .limit(bindparam("limit"))
)
_ALL_OWN = _COLUMNS.where(records.c.person_id == bindparam("person")).order_by(records.c.made_at, records.c.reference)
_BY_REFERENCE = _COLUMNS.where(records.c.reference == bindparam("number"))
_ALL: Select[*tuple[Any, ...]] = select(
    records.c.reference, records.c.made_at, records.c.outcome, records.c.status
).order_by(records.c.made_at.desc(), records.c.reference)
_ADD = insert(records)
_ADD_ADDENDUM = insert(addenda)
_ADDENDA: Select[*tuple[Any, ...]] = (
    select(addenda.c.id, addenda.c.reference, addenda.c.at, addenda.c.text)
    .where(addenda.c.reference == bindparam("number"))
    .order_by(addenda.c.at, addenda.c.id)
)
_OWN_ADDENDA: Select[*tuple[Any, ...]] = (
    select(addenda.c.id, addenda.c.reference, addenda.c.at, addenda.c.text)
    .join(records, records.c.reference == addenda.c.reference)
    .where(records.c.person_id == bindparam("person"))
    .order_by(addenda.c.at, addenda.c.id)
)
_KEEP_FROM = (
    update(records)
    .where(records.c.reference == bindparam("number"), records.c.kept_from < bindparam("moment"))
    .values(kept_from=bindparam("moment"))
)
_OUTLINE: Select[*tuple[Any, ...]] = select(
    records.c.walk_id, records.c.person_id, records.c.made_at, records.c.kept_from
).where(records.c.reference == bindparam("number"))
_LAST_ADDED = select(func.max(addenda.c.at)).where(addenda.c.reference == bindparam("number"))
_DELETE_ADDENDA = delete(addenda).where(addenda.c.reference == bindparam("number"))
_DELETE = delete(records).where(records.c.reference == bindparam("number"))
_UNTIE = update(records).where(records.c.person_id == bindparam("person")).values(person_id=None, walk_id=None)


def _record(transaction: Transaction, row: Row[*tuple[Any, ...]]) -> RecordRow:
    content = json.loads(transaction.sealer.unseal(row[7], "records", "content", row[0]))
    return RecordRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], content, row[8])


def _addendum(transaction: Transaction, row: Row[*tuple[Any, ...]]) -> Addendum:
    return Addendum(row[0], row[1], row[2], transaction.sealer.unseal(row[3], "addenda", "text", row[0], row[1]))


def save(transaction: Transaction, record: RecordRow) -> None:
    """Keep a new record. Raises StoreConflict if its reference is taken: a record is never overwritten (REC-14)."""
    text = json.dumps(record.content, ensure_ascii=False, separators=(",", ":"))
    transaction.execute(
        _ADD,
        {
            "reference": record.reference,
            "walk_id": record.walk_id,
            "person_id": record.person_id,
            "edition": record.edition,
            "outcome": record.outcome,
            "status": record.status,
            "made_at": record.made_at,
            "content": transaction.sealer.seal(text, "records", "content", record.reference),
            "kept_from": record.kept_from,
        },
    )


def find_own(transaction: Transaction, person_id: str, limit: int = 20) -> list[RecordRow]:
    """The person's own records, newest first. Raises SealBroken if one was changed or moved."""
    rows = transaction.execute(_OWN, {"person": person_id, "limit": limit})
    return [_record(transaction, row) for row in rows]


def all_newest_first(transaction: Transaction) -> list[ListedRecord]:
    """Every record, whoever made it: for whoever runs the bot, never for a practitioner."""
    return [ListedRecord(*row) for row in transaction.execute(_ALL)]


def by_reference(transaction: Transaction, reference: str) -> RecordRow | None:
    """The record of this reference, whoever made it: the caller decides who may see it."""
    row = transaction.execute(_BY_REFERENCE, {"number": reference}).one_or_none()
    return None if row is None else _record(transaction, row)


def add_addendum(transaction: Transaction, addendum: Addendum) -> None:
    """Add to a record what was learned later. Raises StoreConflict if there is no such record or the id is taken."""
    sealed = transaction.sealer.seal(addendum.text, "addenda", "text", addendum.id, addendum.reference)
    transaction.execute(
        _ADD_ADDENDUM,
        {"id": addendum.id, "reference": addendum.reference, "at": addendum.at, "text": sealed},
    )


def addenda_of(transaction: Transaction, reference: str) -> list[Addendum]:
    """What was added to the record, oldest first. Raises SealBroken if a text was changed or moved."""
    return [_addendum(transaction, row) for row in transaction.execute(_ADDENDA, {"number": reference})]


def outline(transaction: Transaction, reference: str) -> Outline | None:
    """What is known of a record without its words, so that one that is damaged ends as well."""
    row = transaction.execute(_OUTLINE, {"number": reference}).one_or_none()
    if row is None:
        return None
    added: datetime | None = transaction.execute(_LAST_ADDED, {"number": reference}).scalar_one()
    return Outline(row[0], row[1], row[2], max(row[3], added or row[3]))


def keep_from(transaction: Transaction, reference: str, moment: datetime) -> None:
    """The time that it is kept for is counted from then, if it was not from a later moment already (RET-5)."""
    transaction.execute(_KEEP_FROM, {"number": reference, "moment": moment})


def remove(transaction: Transaction, reference: str) -> None:
    """Delete a record and what was added to it."""
    transaction.execute(_DELETE_ADDENDA, {"number": reference})
    transaction.execute(_DELETE, {"number": reference})


def _export_records(transaction: Transaction, person_id: str) -> list[Shown]:
    rows = transaction.execute(_ALL_OWN, {"person": person_id})
    return [
        {
            "reference": record.reference,
            "edition": record.edition,
            "outcome": record.outcome,
            "status": record.status,
            "made_at": record.made_at,
            "content": record.content,
            "kept_from": record.kept_from,
        }
        for record in (_record(transaction, row) for row in rows)
    ]


def _export_addenda(transaction: Transaction, person_id: str) -> list[Shown]:
    rows = transaction.execute(_OWN_ADDENDA, {"person": person_id})
    return [
        {"reference": addendum.reference, "at": addendum.at, "text": addendum.text}
        for addendum in (_addendum(transaction, row) for row in rows)
    ]


def _untie_records(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_UNTIE, {"person": person_id})


def _keep_addenda(transaction: Transaction, person_id: str) -> None:
    """Nothing to do: an addendum is tied to a person only through its record."""


SHREDDERS = (Shredder(addenda, _export_addenda, _keep_addenda), Shredder(records, _export_records, _untie_records))
