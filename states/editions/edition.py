"""An edition: the dated words, numbers and sources of one nation's guidance. A walk is pinned to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from states.inputs import Nation
from states.text import Text

WORD_KEYS = frozenset(
    {
        "nation_name",
        "emergency_number",
        "childrens_service",
        "childrens_service_short",
        "adults_service",
        "adults_service_short",
        "out_of_hours",
        "worker_contact",
        "adult_worker_contact",
        "lead_advice",
        "non_urgent_police",
        "written_confirmation",
        "crisis_line",
        "child_advice_line",
        "radical_route",
        "early_help",
        "guidance",
    }
)
"""The placeholders that every text may use. Every edition fills exactly these, short enough to read in a sentence."""

LONGEST_REVIEW_DAYS = 184
"""Six months, the longest that an edition may go without a person's review (LAW-CYCLE)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A national number. `nations` are those in which it is offered; no hours are kept, since they change (EM-8)."""

    id: str
    name: Text
    number: str
    note: Text | None
    checked_on: date
    nations: frozenset[Nation]


@dataclass(frozen=True, slots=True)
class Source:
    """A document behind what an edition says (guidance 13). `year` is None where the page bears no date."""

    id: str
    title: str
    publisher: str
    year: int | None
    primary: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """The guidance for one nation on one day. `law_26a`/`law_26b`: the day that law came into force, once a person
    has confirmed it; None means not confirmed, and nothing may say that it is in force (INV-20).
    """

    id: str
    nation: Nation
    title: Text
    in_force_from: date
    reviewed_on: date
    review_by: date
    words: Mapping[str, Text]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    law_26a: date | None = None
    law_26b: date | None = None

    def __post_init__(self) -> None:
        """Refuse an edition with a word missing or too many, or one that would go unreviewed for too long.

        Raises ValueError: a half-filled edition must stop the program at its start, not a practitioner mid-walk.
        """
        if wrong := self.words.keys() ^ WORD_KEYS:
            raise ValueError(f"edition {self.id}: words missing or unknown: {', '.join(sorted(wrong))}")
        if not 0 < (self.review_by - self.reviewed_on).days <= LONGEST_REVIEW_DAYS:
            raise ValueError(f"edition {self.id}: the review date must be within six months of the last review")
        if stray := [contact.id for contact in self.contacts if self.nation not in contact.nations]:
            raise ValueError(f"edition {self.id}: contacts of another nation: {', '.join(stray)}")
        if self.nation is not Nation.ENG and (self.law_26a or self.law_26b):
            raise ValueError(f"edition {self.id}: LAW-26a and LAW-26b are laws of England")
