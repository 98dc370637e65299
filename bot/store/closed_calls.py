"""Calls for a lead that are over: their words go when their time is over (RET-5), and their steps and receipts stay.

Nothing is unsealed but where words go, so that one that is damaged keeps no record from ending.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from bot.store import escalations
from bot.store.escalations import Escalation, Step
from bot.store.receipts import mark_of
from bot.store.tables import escalation_steps
from bot.store.tables import escalations as calls
from bot.store.transaction import Transaction
from states.escalation import State

EMPTIED = "emptied"
"""The step that says that the words are gone."""
_WORDS = ("said", "handed back")
"""Steps whose text is what somebody wrote; that of the others says what was done."""

_OPEN = (
    select(func.count()).select_from(calls).where(calls.c.reference == bindparam("known_as"), calls.c.state != "closed")
)
_LAST_AT: Select[*tuple[Any, ...]] = (
    select(func.max(escalation_steps.c.at))
    .join(calls, calls.c.id == escalation_steps.c.escalation_id)
    .where(calls.c.reference == bindparam("known_as"), escalation_steps.c.what != EMPTIED)
)
_CLOSED_AT = select(func.max(escalation_steps.c.at)).where(
    escalation_steps.c.escalation_id == bindparam("escalation"), escalation_steps.c.what == State.CLOSED.value
)
_WORDED = (
    select(escalation_steps.c.sequence)
    .where(escalation_steps.c.escalation_id == bindparam("escalation"), escalation_steps.c.what.in_(_WORDS))
    .order_by(escalation_steps.c.sequence)
)
_WIPE = (
    update(escalation_steps)
    .where(
        escalation_steps.c.escalation_id == bindparam("escalation"), escalation_steps.c.sequence == bindparam("number")
    )
    .values(text=bindparam("sealed"))
)


def any_open(transaction: Transaction, reference: str) -> bool:
    """Whether a call of this reference is not closed."""
    return bool(transaction.execute(_OPEN, {"known_as": reference}).scalar_one())


def last_step_at(transaction: Transaction, reference: str) -> datetime | None:
    """When something last happened in a call of this reference; None where there was none."""
    found: datetime | None = transaction.execute(_LAST_AT, {"known_as": reference}).scalar_one()
    return found


def closed_at(transaction: Transaction, escalation_id: str) -> datetime | None:
    """When it was closed; None while it is open."""
    found: datetime | None = transaction.execute(_CLOSED_AT, {"escalation": escalation_id}).scalar_one()
    return found


def empty(transaction: Transaction, one: Escalation, at: datetime) -> None:
    """Its words are gone for good: what a lead could read of it, and what was written. What happened when, by whom as a
    role, stays, and so does its receipt. Raises SealBroken where what is kept of it is damaged."""
    escalations.amend(transaction, replace(one, content={}, proof=one.proof or mark_of(transaction, one.content)))
    for (number,) in transaction.execute(_WORDED, {"escalation": one.id}).all():
        nothing = transaction.sealer.seal("", "escalation_steps", "text", one.id, number)
        transaction.execute(_WIPE, {"escalation": one.id, "number": number, "sealed": nothing})
    escalations.add_step(transaction, one.id, Step(at, EMPTIED, "", ""))
