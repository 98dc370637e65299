"""Which messages a chat holds, so that it can be cleaned. Telegram lets a bot delete a message for 48 hours only
(https://core.telegram.org/bots/api#deletemessage)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, delete, exists, false, insert, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import due, messages
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there

Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message in a chat, without its words. `keep`: a record that the person asked to keep."""

    person_id: str
    message_id: int
    direction: Direction
    sent_at: datetime
    keep: bool = False
    deleted_at: datetime | None = None


_COLUMNS: Select[*tuple[Any, ...]] = select(
    messages.c.person_id,
    messages.c.message_id,
    messages.c.direction,
    messages.c.sent_at,
    messages.c.keep,
    messages.c.deleted_at,
)
_THIS = (messages.c.person_id == bindparam("person")) & (messages.c.message_id == bindparam("number"))
_STANDING = messages.c.deleted_at.is_(None) & (messages.c.keep == false())
_ADD = unless_there(
    insert(messages).values(
        person_id=bindparam("person"),
        message_id=bindparam("number"),
        direction=bindparam("way"),
        sent_at=bindparam("at"),
        keep=bindparam("kept"),
        deleted_at=bindparam("gone_at"),
    ),
    "person_id",
    "message_id",
)
_DELETED = update(messages).where(_THIS).values(deleted_at=bindparam("at"))
_KEEP = update(messages).where(_THIS).values(keep=True)
_IN_CHAT = _COLUMNS.where(messages.c.person_id == bindparam("person"), _STANDING).order_by(
    messages.c.sent_at, messages.c.message_id
)
_ALL_IN_CHAT = _COLUMNS.where(messages.c.person_id == bindparam("person"), messages.c.deleted_at.is_(None)).order_by(
    messages.c.sent_at, messages.c.message_id
)
_OVERDUE = exists().where(
    due.c.person_id == messages.c.person_id, due.c.kind == bindparam("waits_for"), due.c.due_at <= bindparam("at")
)
_FORGET = delete(messages).where(messages.c.sent_at < bindparam("moment"), ~_OVERDUE)
_OF_PERSON = _COLUMNS.where(messages.c.person_id == bindparam("person")).order_by(
    messages.c.sent_at, messages.c.message_id
)
_DELETE = delete(messages).where(messages.c.person_id == bindparam("person"))


def add(transaction: Transaction, message: MessageRow) -> bool:
    """A message came in or went out. False, and nothing changes, if it is known already."""
    added = transaction.execute(
        _ADD,
        {
            "person": message.person_id,
            "number": message.message_id,
            "way": message.direction,
            "at": message.sent_at,
            "kept": message.keep,
            "gone_at": message.deleted_at,
        },
    )
    return added.rowcount == 1


def save_deleted(transaction: Transaction, person_id: str, message_id: int, at: datetime) -> None:
    """The message is gone from the chat."""
    transaction.execute(_DELETED, {"person": person_id, "number": message_id, "at": at})


def save_keep(transaction: Transaction, person_id: str, message_id: int) -> None:
    """The person wants this message to stay."""
    transaction.execute(_KEEP, {"person": person_id, "number": message_id})


def to_delete_in_chat(transaction: Transaction, person_id: str) -> list[MessageRow]:
    """The messages of one chat that are still there and not to be kept, oldest first."""
    return [MessageRow(*row) for row in transaction.execute(_IN_CHAT, {"person": person_id})]


def standing_in_chat(transaction: Transaction, person_id: str) -> list[MessageRow]:
    """The messages of one chat that are still there, also those that were to be kept, oldest first."""
    return [MessageRow(*row) for row in transaction.execute(_ALL_IN_CHAT, {"person": person_id})]


def forget_before(transaction: Transaction, moment: datetime, at: datetime, unless_due: str) -> int:
    """Forget every message sent before this moment, deleted or not: past 48 hours it can no longer be taken away.

    Not where something of the kind `unless_due` should have happened to its person by `at` and has not: what stands in
    their chat is still to be looked at. Gives how many were forgotten.
    """
    return transaction.execute(_FORGET, {"moment": moment, "at": at, "waits_for": unless_due}).rowcount


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [
        {
            "message_id": row.message_id,
            "direction": row.direction,
            "sent_at": row.sent_at,
            "keep": row.keep,
            "deleted_at": row.deleted_at,
        }
        for row in transaction.execute(_OF_PERSON, {"person": person_id})
    ]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE, {"person": person_id})


SHREDDERS = (Shredder(messages, _export, _blank),)
