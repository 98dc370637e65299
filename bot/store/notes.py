"""Optional notes to an answer. Apart from the answers' log, so that a note can be removed without a trace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.store.shredder import Shown, Shredder
from bot.store.tables import notes, walks
from bot.store.transaction import Transaction

_OF_WALK = (
    select(notes.c.question, notes.c.text)
    .where(notes.c.walk_id == bindparam("walk"))
    .order_by(notes.c.at, notes.c.question)
)
_ADD = insert(notes)
_REMOVE = delete(notes).where(notes.c.walk_id == bindparam("walk"), notes.c.question == bindparam("question"))
_REMOVE_ALL = delete(notes).where(notes.c.walk_id == bindparam("walk"))
_OF_PERSON = (
    select(walks.c.reference, notes.c.walk_id, notes.c.question, notes.c.text, notes.c.at)
    .join(walks, walks.c.id == notes.c.walk_id)
    .where(walks.c.person_id == bindparam("person"))
    .order_by(notes.c.at, notes.c.question)
)
_DELETE = delete(notes).where(
    notes.c.walk_id.in_(select(walks.c.id).where(walks.c.person_id == bindparam("person")).scalar_subquery())
)


def save(transaction: Transaction, walk_id: str, question: str, text: str, at: datetime) -> None:
    """Keep the note to this question; an earlier one is gone."""
    remove(transaction, walk_id, question)
    sealed = transaction.sealer.seal(text, "notes", "text", walk_id, question)
    transaction.execute(_ADD, {"walk_id": walk_id, "question": question, "text": sealed, "at": at})


def remove(transaction: Transaction, walk_id: str, question: str) -> None:
    """Remove the note to this question, if there is one."""
    transaction.execute(_REMOVE, {"walk": walk_id, "question": question})


def remove_all(transaction: Transaction, walk_id: str) -> None:
    """Remove every note of the walk."""
    transaction.execute(_REMOVE_ALL, {"walk": walk_id})


def of_walk(transaction: Transaction, walk_id: str) -> dict[str, str]:
    """The walk's notes by question. Raises SealBroken if one was changed or moved."""
    return {
        question: transaction.sealer.unseal(sealed, "notes", "text", walk_id, question)
        for question, sealed in transaction.execute(_OF_WALK, {"walk": walk_id})
    }


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [
        {
            "reference": row.reference,
            "question": row.question,
            "text": transaction.sealer.unseal(row.text, "notes", "text", row.walk_id, row.question),
            "at": row.at,
        }
        for row in transaction.execute(_OF_PERSON, {"person": person_id})
    ]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE, {"person": person_id})


SHREDDERS = (Shredder(notes, _export, _blank),)
