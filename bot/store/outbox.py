"""What must be said, as rows: written with its cause, removed once Telegram has it.

Rows of one chat go out in the order of their numbers, whoever sends them; only an urgent text, which is no answer to
anything there, waits for nothing but what is urgent, and an answer does not wait for what the bot starts by itself and
nobody is sending yet. Whoever writes a row usually holds it under a lease from the start
and sends it at once; a row whose holder is gone, or that was put off, is claimed by any worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    LargeBinary,
    Select,
    String,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from bot.store.errors import SealBroken
from bot.store.people import chat_hash
from bot.store.shredder import Shown, Shredder
from bot.store.tables import Moment, outbox, people
from bot.store.transaction import Transaction

Lane = Literal["urgent", "reply", "own"]
"""Emergencies and escalations; answers to what people do; what the bot starts by itself and so must pace."""
Kind = Literal["screen", "text", "kept", "tidy", "ping", "change"]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One thing to be said in one chat. `content` is opaque here.

    `living` is the message that holds the chat's screen, and `revision` the screen's, as they were when the row was
    written or claimed; None where there is none, or nobody whose chat it is.
    """

    number: int
    id: str
    person_id: str | None
    lane: Lane
    kind: Kind
    content: str
    made_at: datetime
    tries: int
    living: int | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class LaneWaiting:
    """How many rows of a lane wait, and since when the oldest."""

    lane: Lane
    count: int
    oldest: datetime


_earlier = outbox.alias("earlier")
_TAKEN_BY_OTHERS = (
    exists()
    .where(
        _earlier.c.chat_hash == bindparam("chat", type_=LargeBinary),
        or_(
            _earlier.c.leased_by != bindparam("holder"),
            _earlier.c.leased_by.is_(None) & or_(_earlier.c.lane != "own", bindparam("to_lane", type_=String) == "own"),
        ),
    )
    .correlate(None)
)
_ADD = (
    insert(outbox)
    .values(
        id=bindparam("row"),
        chat_hash=bindparam("chat"),
        person_id=bindparam("person"),
        lane=bindparam("to_lane"),
        kind=bindparam("of_kind"),
        content=bindparam("sealed"),
        made_at=bindparam("at"),
        due_at=bindparam("not_before"),
        tries=0,
        leased_by=case((_TAKEN_BY_OTHERS, null()), else_=bindparam("holder")),
        leased_until=case((_TAKEN_BY_OTHERS, null()), else_=bindparam("until", type_=Moment)),
    )
    .returning(outbox.c.number, outbox.c.leased_by)
)
_FREE = outbox.c.leased_by.is_(None)
_BEFORE = (_earlier.c.chat_hash == outbox.c.chat_hash) & (_earlier.c.number < outbox.c.number)
_FIRST = case(
    ((outbox.c.lane == "urgent") & (outbox.c.kind == "text"), ~exists().where(_BEFORE, _earlier.c.lane == "urgent")),
    else_=~exists().where(
        _BEFORE, or_(_earlier.c.lane != "own", outbox.c.lane == "own", _earlier.c.leased_by.is_not(None))
    ),
)
_OWNER = people.c.id == outbox.c.person_id
_COLUMNS: Select[*tuple[Any, ...]] = select(
    outbox.c.number,
    outbox.c.id,
    outbox.c.person_id,
    outbox.c.lane,
    outbox.c.kind,
    outbox.c.content,
    outbox.c.made_at,
    outbox.c.tries,
    select(people.c.screen_message_id).where(_OWNER).scalar_subquery().label("living"),
    select(people.c.screen_revision).where(_OWNER).scalar_subquery().label("revision"),
)
_CLAIM = (
    _COLUMNS.where(outbox.c.lane == bindparam("of_lane"), outbox.c.due_at <= bindparam("at"), _FREE, _FIRST)
    .order_by(outbox.c.due_at, outbox.c.number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_HELD = _COLUMNS.where(
    outbox.c.chat_hash == bindparam("chat", type_=LargeBinary),
    outbox.c.leased_by == bindparam("holder"),
    outbox.c.number.not_in(bindparam("known", expanding=True)),
).order_by(outbox.c.number)
_FOLLOWING = (
    _COLUMNS.where(
        outbox.c.chat_hash.in_(
            select(_earlier.c.chat_hash).where(_earlier.c.number.in_(bindparam("first", expanding=True)))
        ),
        outbox.c.number.not_in(bindparam("first", expanding=True)),
        outbox.c.lane != "own",
        outbox.c.due_at <= bindparam("at"),
        _FREE,
    )
    .order_by(outbox.c.number)
    .with_for_update(skip_locked=True, of=outbox)
)
_THIS = outbox.c.number == bindparam("this")
_LEASE = update(outbox).where(_THIS).values(leased_by=bindparam("holder"), leased_until=bindparam("until"))
_RENEW = update(outbox).where(_THIS, outbox.c.leased_by == bindparam("holder")).values(leased_until=bindparam("until"))
_REMOVE = delete(outbox).where(_THIS)
_PUT_OFF = (
    update(outbox)
    .where(_THIS)
    .values(due_at=bindparam("not_before"), tries=outbox.c.tries + 1, leased_by=None, leased_until=None)
)
_LET_GO = update(outbox).where(_THIS).values(leased_by=None, leased_until=None)
_LET_GO_EXPIRED = (
    update(outbox).where(outbox.c.leased_until < bindparam("at")).values(leased_by=None, leased_until=None)
)
_LET_GO_OF_OTHERS = (
    update(outbox).where(outbox.c.leased_by != bindparam("mine")).values(leased_by=None, leased_until=None)
)
_PACE = (
    update(outbox)
    .where(outbox.c.chat_hash == bindparam("chat"), outbox.c.lane == "own", outbox.c.due_at < bindparam("not_before"))
    .values(due_at=bindparam("not_before"))
)
_REMOVE_BY_ID = delete(outbox).where(outbox.c.id == bindparam("row"))
_REMOVE_CHAT = delete(outbox).where(outbox.c.chat_hash == bindparam("chat"))
_WAITING: Select[*tuple[Any, ...]] = (
    select(outbox.c.lane, func.count(), func.min(outbox.c.made_at)).group_by(outbox.c.lane).order_by(outbox.c.lane)
)
_OF_CHAT = select(func.count()).select_from(outbox).where(outbox.c.chat_hash == bindparam("chat"))
_OF_PERSON: Select[*tuple[Any, ...]] = (
    select(outbox.c.lane, outbox.c.kind, outbox.c.made_at)
    .where(outbox.c.person_id == bindparam("person"))
    .order_by(outbox.c.number)
)
_DELETE = delete(outbox).where(outbox.c.person_id == bindparam("person"))


def add(
    transaction: Transaction,
    *,
    row_id: str,
    chat_id: int,
    person_id: str | None,
    lane: Lane,
    kind: Kind,
    content: str,
    at: datetime,
    holder: str | None = None,
    until: datetime | None = None,
) -> tuple[OutboxRow, bool]:
    """Something must be said. Gives the row, and whether `holder` holds it until `until`, to send it at once.

    Nobody holds it while something else of this chat is held by another worker or put off: that goes first.
    """
    sealed = transaction.sealer.seal(content, "outbox", "content", row_id)
    number, leased_by = transaction.execute(
        _ADD,
        {
            "row": row_id,
            "chat": chat_hash(transaction, chat_id),
            "person": person_id,
            "to_lane": lane,
            "of_kind": kind,
            "sealed": sealed,
            "at": at,
            "not_before": at,
            "holder": holder,
            "until": until,
        },
    ).one()
    row = OutboxRow(number, row_id, person_id, lane, kind, content, at, 0)
    return row, leased_by is not None and leased_by == holder


def claim(
    transaction: Transaction, lane: Lane, holder: str, at: datetime, until: datetime, most: int
) -> list[OutboxRow]:
    """Take rows of this lane that are due and that nobody holds, the oldest first: at most one a chat, and at most
    `most`. With an answer comes what waits behind it in its chat.

    Rows that another worker is taking at this moment are passed over. The content of a row that was changed is empty.
    """
    execute = transaction.execute
    found = list(execute(_CLAIM, {"of_lane": lane, "at": at, "most": most}))
    if found and lane == "reply":
        found += execute(_FOLLOWING, {"first": [row.number for row in found], "at": at})
    return _leased(transaction, found, holder, until)


def hold_on(
    transaction: Transaction, chat_id: int, holder: str, until: datetime, known: Iterable[int]
) -> list[OutboxRow]:
    """What `holder` holds in this chat without knowing it, in order: all but the rows that are `known`. Now until
    `until`."""
    chat = chat_hash(transaction, chat_id)
    found = list(transaction.execute(_HELD, {"chat": chat, "holder": holder, "known": [*known]}))
    return _leased(transaction, found, holder, until)


def _leased(transaction: Transaction, found: Sequence[Any], holder: str, until: datetime) -> list[OutboxRow]:
    if found:
        transaction.execute(_LEASE, [{"this": row.number, "holder": holder, "until": until} for row in found])
    return [replace(OutboxRow(*row), content=_unsealed(transaction, row.content, row.id)) for row in found]


def _unsealed(transaction: Transaction, content: bytes, row_id: str) -> str:
    """One that was changed is empty: it must not keep the others from being said."""
    try:
        return transaction.sealer.unseal(content, "outbox", "content", row_id)
    except SealBroken:
        return ""


def renew(transaction: Transaction, number: int, holder: str, until: datetime) -> bool:
    """Hold a row longer. False: it is no longer held by `holder`, who must not send it."""
    return transaction.execute(_RENEW, {"this": number, "holder": holder, "until": until}).rowcount == 1


def remove(transaction: Transaction, numbers: Sequence[int]) -> None:
    """These rows are said, or never can be."""
    if numbers:
        transaction.execute(_REMOVE, [{"this": number} for number in numbers])


def withdraw(transaction: Transaction, row_id: str) -> bool:
    """What this row says need not be said any more. It may be on its way already. False: it is said, or was withdrawn
    before; where another worker is just writing that down, this waits until it has."""
    return transaction.execute(_REMOVE_BY_ID, {"row": row_id}).rowcount == 1


def put_off(transaction: Transaction, number: int, not_before: datetime) -> None:
    """It could not be said now: whoever comes first after `not_before` tries again."""
    transaction.execute(_PUT_OFF, {"this": number, "not_before": not_before})


def let_go(transaction: Transaction, numbers: Iterable[int]) -> None:
    """Hold these rows no longer."""
    given = [{"this": number} for number in numbers]
    if given:
        transaction.execute(_LET_GO, given)


def let_go_of_others(transaction: Transaction, worker: str) -> None:
    """Nobody but this worker holds anything: for the start of a bot that is alone with its store."""
    transaction.execute(_LET_GO_OF_OTHERS, {"mine": worker})


def let_go_expired(transaction: Transaction, at: datetime) -> int:
    """Nobody holds any longer what should have been sent by `at`: its holder is gone. Gives how many rows."""
    return transaction.execute(_LET_GO_EXPIRED, {"at": at}).rowcount


def pace(transaction: Transaction, chat_id: int, not_before: datetime) -> None:
    """What the bot starts by itself in this chat waits until `not_before`."""
    transaction.execute(_PACE, {"chat": chat_hash(transaction, chat_id), "not_before": not_before})


def remove_chat(transaction: Transaction, chat_id: int) -> int:
    """Nothing can be said in this chat any more. Gives how many rows went."""
    return transaction.execute(_REMOVE_CHAT, {"chat": chat_hash(transaction, chat_id)}).rowcount


def waiting(transaction: Transaction) -> list[LaneWaiting]:
    """What waits, by lane."""
    return [LaneWaiting(*row) for row in transaction.execute(_WAITING)]


def count_of_chat(transaction: Transaction, chat_id: int) -> int:
    """How many things one chat still has to be told."""
    count: int = transaction.execute(_OF_CHAT, {"chat": chat_hash(transaction, chat_id)}).scalar_one()
    return count


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    rows = transaction.execute(_OF_PERSON, {"person": person_id})
    return [{"lane": row.lane, "kind": row.kind, "made_at": row.made_at} for row in rows]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE, {"person": person_id})


SHREDDERS = (Shredder(outbox, _export, _blank),)
