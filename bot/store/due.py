"""What must happen later, as rows with a time: reminders, ends of walks, review dates, the sweeping of chats.

There is at most one row of a kind for a subject. Whoever finds a row due holds it under a lease while its effect is
written; the effect and the row's removal are one transaction, so it happens once, or is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, null, or_, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import due, escalations, members
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there

RECORD_ENDS = "record_ends"
"""The kind of row that goes on though the person it has to do with asks to be forgotten. Subject: a record's
reference."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something of this kind must happen to this subject, such as a walk's id. `stage`: which step of several it is, as
    its kind counts them. `tries`: how often this step was begun."""

    id: str
    kind: str
    subject: str
    person_id: str | None
    stage: int
    due_at: datetime
    tries: int


_COLUMNS: Select[*tuple[Any, ...]] = select(
    due.c.id, due.c.kind, due.c.subject, due.c.person_id, due.c.stage, due.c.due_at, due.c.tries
)
_THIS = due.c.id == bindparam("row")
_SUBJECT = (due.c.kind == bindparam("of_kind")) & (due.c.subject == bindparam("about"))
_FREE = or_(due.c.leased_by.is_(None), due.c.leased_until < bindparam("at"))
_ADD = unless_there(
    insert(due).values(
        id=bindparam("row"),
        kind=bindparam("of_kind"),
        subject=bindparam("about"),
        person_id=bindparam("person"),
        stage=bindparam("step"),
        due_at=bindparam("moment"),
        tries=0,
    ),
    "kind",
    "subject",
)
_FROM_NEW = {
    "stage": bindparam("step"),
    "due_at": bindparam("moment"),
    "tries": 0,
    "leased_by": None,
    "leased_until": None,
}
_MOVE_SUBJECT = update(due).where(_SUBJECT).values(_FROM_NEW)
_MOVE = update(due).where(_THIS).values(_FROM_NEW)
_CLAIM = (
    _COLUMNS.where(due.c.due_at <= bindparam("at"), _FREE)
    .order_by(due.c.due_at, due.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM_KIND = (
    _COLUMNS.where(due.c.kind == bindparam("of_kind"), due.c.due_at <= bindparam("at"), _FREE)
    .order_by(due.c.due_at, due.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(due)
    .where(_THIS)
    .values(leased_by=bindparam("holder"), leased_until=bindparam("until"), tries=due.c.tries + 1)
)
_PUT_OFF = update(due).where(_THIS, due.c.leased_by == bindparam("holder")).values(leased_until=bindparam("not_before"))
_HELD = _COLUMNS.where(_THIS, due.c.leased_by == bindparam("holder")).with_for_update()
_LET_GO_OF_OTHERS = update(due).where(due.c.leased_by != bindparam("mine")).values(leased_by=None, leased_until=None)
_REMOVE = delete(due).where(_THIS)
_REMOVE_SUBJECT = delete(due).where(_SUBJECT)
_NEXT = select(due.c.due_at).where(_FREE).order_by(due.c.due_at).limit(1)
_WAITING: Select[*tuple[Any, ...]] = select(func.count(), func.min(due.c.due_at))
_OF_PERSON = _COLUMNS.where(due.c.person_id == bindparam("person")).order_by(due.c.due_at, due.c.id)
_OF_SUBJECT = _COLUMNS.where(_SUBJECT)
_LOCK_SUBJECT = select(due.c.id).where(_SUBJECT).with_for_update()
_DELETE = delete(due).where(due.c.person_id == bindparam("person"))
_UNTIE = (
    update(due)
    .where(due.c.person_id == bindparam("person"), due.c.kind == bindparam("of_kind"))
    .values(person_id=null())
)
_BRING_FORWARD = update(due).where(
    due.c.kind == bindparam("of_kind"), due.c.stage == bindparam("step"), due.c.due_at > bindparam("moment")
)
_BRING_FORWARD = _BRING_FORWARD.values(due_at=bindparam("moment"))
_OF_MEMBERS = _BRING_FORWARD.where(
    due.c.person_id.in_(
        select(members.c.person_id).where(members.c.organisation_id == bindparam("organisation")).scalar_subquery()
    )
)
_OF_CALLS = _BRING_FORWARD.where(
    due.c.subject.in_(
        select(escalations.c.id).where(escalations.c.organisation_id == bindparam("organisation")).scalar_subquery()
    )
)


def add(
    transaction: Transaction,
    *,
    row_id: str,
    kind: str,
    subject: str,
    person_id: str | None,
    due_at: datetime,
    stage: int = 0,
) -> bool:
    """This must happen at `due_at`. False, and nothing changes, if a row of this kind and subject is there already."""
    added = transaction.execute(
        _ADD,
        {"row": row_id, "of_kind": kind, "about": subject, "person": person_id, "moment": due_at, "step": stage},
    )
    return added.rowcount == 1


def move(transaction: Transaction, kind: str, subject: str, due_at: datetime, stage: int = 0) -> bool:
    """It happens at another time, and whoever holds it now does not do it. False if there is no such row."""
    moved = transaction.execute(_MOVE_SUBJECT, {"of_kind": kind, "about": subject, "moment": due_at, "step": stage})
    return moved.rowcount == 1


def remove(transaction: Transaction, kind: str, subject: str) -> bool:
    """It need not happen any more. False if there is no such row."""
    return transaction.execute(_REMOVE_SUBJECT, {"of_kind": kind, "about": subject}).rowcount == 1


def find(transaction: Transaction, kind: str, subject: str) -> DueRow | None:
    """The row of this kind and subject, if there is one."""
    row = transaction.execute(_OF_SUBJECT, {"of_kind": kind, "about": subject}).one_or_none()
    return None if row is None else DueRow(*row)


def hold(transaction: Transaction, kind: str, subject: str) -> None:
    """Until this transaction ends, nobody does what is due, and nobody else holds it, if there is such a row."""
    if transaction.locking:
        transaction.execute(_LOCK_SUBJECT, {"of_kind": kind, "about": subject})


def claim(
    transaction: Transaction, holder: str, at: datetime, until: datetime, most: int, first: str = ""
) -> list[DueRow]:
    """Take at most `most` rows that are due and that nobody holds, the oldest first, and count the try. Rows of the
    kind `first`, if there are any, before all others.

    Rows that another worker is taking at this moment are passed over.
    """
    execute = transaction.execute
    found = list(execute(_CLAIM_KIND, {"of_kind": first, "at": at, "most": most})) if first else []
    if not found:
        found = list(execute(_CLAIM, {"at": at, "most": most}))
    if found:
        execute(_LEASE, [{"row": row.id, "holder": holder, "until": until} for row in found])
    return [replace(DueRow(*row), tries=row.tries + 1) for row in found]


def held(transaction: Transaction, row_id: str, holder: str) -> DueRow | None:
    """The row, locked, if it is still there and held by `holder`; None: the work is somebody else's, or done."""
    row = transaction.execute(_HELD, {"row": row_id, "holder": holder}).one_or_none()
    return None if row is None else DueRow(*row)


def done(transaction: Transaction, row_id: str, again_at: datetime | None = None, stage: int = 0) -> None:
    """What was due is done with this transaction; `again_at`: and is due again then, at this stage."""
    if again_at is None:
        transaction.execute(_REMOVE, {"row": row_id})
    else:
        transaction.execute(_MOVE, {"row": row_id, "moment": again_at, "step": stage})


def put_off(transaction: Transaction, row_id: str, holder: str, not_before: datetime) -> bool:
    """It failed: nobody tries again before `not_before`. When it was due is kept, so that it can be seen how long it is
    overdue. False: it is no longer held by `holder`."""
    put = transaction.execute(_PUT_OFF, {"row": row_id, "holder": holder, "not_before": not_before})
    return put.rowcount == 1


def let_go_of_others(transaction: Transaction, worker: str) -> None:
    """Nobody but this worker holds anything: for the start of a bot that is alone with its store."""
    transaction.execute(_LET_GO_OF_OTHERS, {"mine": worker})


def next_at(transaction: Transaction, at: datetime) -> datetime | None:
    """When the next of the rows that nobody holds is due, which may be past; None where there is none."""
    found: datetime | None = transaction.execute(_NEXT, {"at": at}).scalar_one_or_none()
    return found


def bring_forward(transaction: Transaction, kind: str, organisation_id: str, at: datetime, stage: int) -> None:
    """What has to do with the members of this organisation, of this kind and at this stage, is looked at now."""
    wanted = {"of_kind": kind, "organisation": organisation_id, "moment": at, "step": stage}
    transaction.execute(_OF_MEMBERS, wanted)


def bring_forward_calls(transaction: Transaction, kind: str, organisation_id: str, at: datetime) -> None:
    """The same for this organisation's calls for a lead."""
    wanted = {"of_kind": kind, "organisation": organisation_id, "moment": at, "step": 0}
    transaction.execute(_OF_CALLS, wanted)


def waiting(transaction: Transaction) -> tuple[int, datetime | None]:
    """How many rows wait, and the earliest time among them."""
    count, earliest = transaction.execute(_WAITING).one()
    return count, earliest


def of_person(transaction: Transaction, person_id: str) -> list[DueRow]:
    """What is to happen later that has to do with this person."""
    return [DueRow(*row) for row in transaction.execute(_OF_PERSON, {"person": person_id})]


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [{"kind": row.kind, "due_at": row.due_at} for row in of_person(transaction, person_id)]


def _blank(transaction: Transaction, person_id: str) -> None:
    """A record stays until its time is over, so its end does."""
    transaction.execute(_UNTIE, {"person": person_id, "of_kind": RECORD_ENDS})
    transaction.execute(_DELETE, {"person": person_id})


SHREDDERS = (Shredder(due, _export, _blank),)
