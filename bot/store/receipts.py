"""Receipts: a short code that proves what was sent to whom and when, and that nobody without the store's key can make.

The code is a keyed hash over everything that an escalation was when it was asked for, so it holds only for that very
content (https://datatracker.ietf.org/doc/html/rfc2104).
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict

from bot.store import escalations
from bot.store.escalations import Escalation
from bot.store.transaction import Transaction

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""As for references: nothing that is easily misread."""
CHARACTERS = 16
"""80 bits: nobody finds one by trying."""
GROUP = 4


def code_of(transaction: Transaction, one: Escalation) -> str:
    """The receipt of an escalation, such as SW-7F3K2-9K2M-PX4T-0ABC-DE7F."""
    asked = {name: value for name, value in asdict(one).items() if name in _LASTING}
    asked["content"] = one.proof or mark_of(transaction, one.content)
    text = json.dumps(asked, sort_keys=True, default=str, ensure_ascii=False)
    digest = transaction.sealer.keyed_hash("escalation.receipt", text)
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CHARACTERS])
    groups = [letters[begin : begin + GROUP] for begin in range(0, CHARACTERS, GROUP)]
    return "-".join([one.reference, *groups])


_LASTING = ("id", "reference", "organisation_id", "made_at")
"""What of an escalation never changes, beside what was sent."""


def mark_of(transaction: Transaction, content: object) -> str:
    """What stands in a receipt for this content, and for it alone, so that the receipt still proves it when the content
    itself is gone."""
    return transaction.sealer.keyed_hash("escalation.content", json.dumps(content, sort_keys=True)).hex()


def proven_by(transaction: Transaction, code: str) -> Escalation | None:
    """What this receipt proves; None for one that is forged, misread, or of another bot."""
    given = code.strip().upper()
    reference = "-".join(given.split("-")[:2])
    for one in escalations.of_reference(transaction, reference):
        if hmac.compare_digest(code_of(transaction, one).encode(), given.encode()):
            return one
    return None
