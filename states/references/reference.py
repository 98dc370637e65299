"""A reference: what one rule of the guidance says, and where it holds."""

from __future__ import annotations

from dataclasses import dataclass

from states.inputs import Nation
from states.text import Text

ENG = frozenset({Nation.ENG})
WAL = frozenset({Nation.WAL})
SCO = frozenset({Nation.SCO})
NI = frozenset({Nation.NI})
ENGLAND_AND_WALES = ENG | WAL
GREAT_BRITAIN = ENG | WAL | SCO
UK = GREAT_BRITAIN | NI | {Nation.UNKNOWN}
"""A nation that is not known gets only what holds in all four (NAT-1)."""
EVERYWHERE = UK | {Nation.OUTSIDE_UK}
"""Good practice that rests on no nation's law."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One rule id with what it says in a short plain sentence, where it holds, and the sources behind it.

    An evidence of "GK" is general knowledge that a person still has to check; "DESIGN" is a choice of this product.
    """

    id: str
    says: Text
    nations: frozenset[Nation]
    evidence: tuple[str, ...]


def references(*rows: tuple[str, Text, frozenset[Nation], str]) -> dict[str, Reference]:
    """The table of one module, keyed by rule id. Evidence is written as in the guidance: ids with spaces between."""
    return {id_: Reference(id_, says, nations, tuple(evidence.split())) for id_, says, nations, evidence in rows}
