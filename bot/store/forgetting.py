"""One person's data: shown to them, or forgotten when they ask.

Forgetting removes the profile, every walk with its answers and notes, the list of messages, and what was still to be
said or to happen. Decision records stay: they say what was decided and why, belong to the organisation's duty to
account for it, and name nobody; what goes is what ties them to the person and to the walk. A finished walk's answers
live on only inside its record. Records have an end of their own (RET-5), which comes without the person too: its row
stays, tied to nobody.

Whom an open call for a lead must not reach stays out of it though they ask to be forgotten and come back (INV-24): it
keeps a keyed hash of their chat, which nobody can turn back into one, until it is closed (`bot.turns.bypassing`).
"""

from __future__ import annotations

from bot.store import (
    due,
    escalations,
    invitations,
    messages,
    notes,
    organisations,
    outbox,
    people,
    records,
    roster_tests,
    walks,
)
from bot.store.shredder import Shown
from bot.store.transaction import Transaction

# Rows that point at others come first, so that no row ever points at nothing.
SHREDDERS = (
    *outbox.SHREDDERS,
    *due.SHREDDERS,
    *messages.SHREDDERS,
    *records.SHREDDERS,
    *notes.SHREDDERS,
    *walks.SHREDDERS,
    *escalations.SHREDDERS,
    *roster_tests.SHREDDERS,
    *invitations.SHREDDERS,
    *organisations.SHREDDERS,
    *people.SHREDDERS,
)


def export(transaction: Transaction, person_id: str) -> dict[str, list[Shown]]:
    """Everything the store keeps of one person, by table, in words they can read."""
    return {shredder.table.name: shredder.export(transaction, person_id) for shredder in SHREDDERS}


def forget(transaction: Transaction, person_id: str) -> None:
    """Forget the person. What they asked for is done when the transaction is committed."""
    for shredder in SHREDDERS:
        shredder.blank(transaction, person_id)
