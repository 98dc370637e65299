"""A call for a lead goes on with somebody's new account."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import bindparam, update

from bot.store.tables import escalations
from bot.store.transaction import Transaction

As = Literal["asked_by", "holder", "offered_to"]

_MOVE = {
    part: update(escalations)
    .where(escalations.c.id == bindparam("escalation"), escalations.c[part] == bindparam("before"))
    .values({part: bindparam("now")})
    for part in ("asked_by", "holder", "offered_to")
}


def move(transaction: Transaction, escalation_id: str, part: As, before: str, now: str) -> None:
    """Whoever asked for it, holds it, or is offered it, is known by another id from now on. It is held already."""
    transaction.execute(_MOVE[part], {"escalation": escalation_id, "before": before, "now": now})
