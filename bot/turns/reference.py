"""References of walks and records, such as SW-7F3K2: short enough to say on the phone, and meaning nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.store import escalations, records, tombstones, walks
from bot.store.transaction import Transaction

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U to be misread
LENGTH = 5
PREFIX = "SW-"
TRIES = 50


def new_reference(random_bytes: Callable[[int], bytes], taken: Callable[[str], bool]) -> str:
    """A reference that is not taken. It grows by one character should the short ones run out."""
    for length in (LENGTH, LENGTH + 3):
        for _ in range(TRIES):
            reference = PREFIX + "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(length))
            if not taken(reference):
                return reference
    raise LookupError("no reference is free")


def is_taken(transaction: Transaction, reference: str) -> bool:
    """By a walk, a record, also one that is gone, or a call for a lead: what belongs together is found by its
    reference."""
    found = _is_of_a_walk(transaction, reference) or tombstones.find(transaction, reference) is not None
    return found or bool(escalations.of_reference(transaction, reference))


def of_own_call(transaction: Transaction, person_id: str, since: datetime) -> str:
    """The reference of this person's open call for a lead, if it was made after that and belongs to no walk or record
    yet; else "". Who asks before they answer anything has a call that is about the walk they then begin (REC-11)."""
    call = escalations.open_of(transaction, person_id)
    if call is None or call.made_at <= since or _is_of_a_walk(transaction, call.reference):
        return ""
    return call.reference


def _is_of_a_walk(transaction: Transaction, reference: str) -> bool:
    found = walks.by_reference(transaction, reference) or records.by_reference(transaction, reference)
    return found is not None
