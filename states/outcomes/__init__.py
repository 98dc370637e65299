"""What each outcome O1-O12 says: guidance 12.5 in plain words, filled for the facts and the edition."""

from __future__ import annotations

from states.outcomes.calls import Numbers, how_serious, numbers_to_ring, what_to_say
from states.outcomes.emergency import emergency_statement, lead_unavailable, store_down, unsafe_to_ring
from states.outcomes.not_for_you import not_for_you
from states.outcomes.outcome_statement import outcome_statement
from states.outcomes.statement import LONGEST_VISIBLE, Notice, Sentence, Statement

__all__ = [
    "LONGEST_VISIBLE",
    "Notice",
    "Numbers",
    "Sentence",
    "Statement",
    "emergency_statement",
    "how_serious",
    "lead_unavailable",
    "not_for_you",
    "numbers_to_ring",
    "outcome_statement",
    "store_down",
    "unsafe_to_ring",
    "what_to_say",
]
