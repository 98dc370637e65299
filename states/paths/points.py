"""A complete set of facts under inspection: the advice that it gets, and what the path to it left unasked."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from states.advice import Advice, advise
from states.facts import Facts
from states.inputs import NO, YES, AllegationWith, Asks, Entry, Flag, Nation, Recipient, Role, YesNoUnsure
from states.question import Answer
from states.rules import PROTECTION, Outcome
from states.walk import Walk


@dataclass(frozen=True)
class Point:
    """What was told on a path that has come to the advice."""

    told: Facts
    answers: Mapping[str, Answer]

    @classmethod
    def of(cls, walk: Walk) -> Point:
        return cls(walk.here.told, walk.here.answers)

    @cached_property
    def advice(self) -> Advice:
        return advise(self.told)

    @property
    def facts(self) -> Facts:
        """The effective facts."""
        return self.advice.facts

    @property
    def outcome(self) -> Outcome:
        return self.advice.outcome

    def but(self, **told: Any) -> Point:
        """The same path with something else told."""
        return Point(self.told.but(**told), self.answers)


def protects_at_least(outcome: Outcome, other: Outcome) -> bool:
    """Whether the first protects as much as the second, or more (guidance 12.3)."""
    return PROTECTION[outcome] <= PROTECTION[other]


FORGOTTEN: Mapping[str, tuple[Any, ...]] = {
    "entry": (Entry.START, Entry.MISTAKE),
    "user_role": (Role.STAFF, Role.VOLUNTEER, Role.REGULATED, Role.LEAD, None),
    "lead_conflict": tuple(YesNoUnsure),
    "lead_blocked": (YES, NO),
    "allegation_with": (*AllegationWith, None),
    "asks": tuple(Asks),
    "recipient": tuple(Recipient),
    "needs": tuple(YesNoUnsure),
    "tell_family": tuple(YesNoUnsure),
    "harmer_home": tuple(YesNoUnsure),
    "pattern": tuple(YesNoUnsure),
}
"""What add-ons and words read and the merging forgets, at least in part, with its values. Worries and nations too."""


def alike_in_words(point: Point) -> tuple[Hashable, ...]:
    """What the words of an outcome depend on, but for the nation and what is forgotten."""
    facts, advice = point.facts, point.advice
    return (
        *(advice.outcome, advice.rules[0], advice.tell, facts.age, facts.harm, facts.any_child_harm),
        *(facts.capacity, facts.coercion, facts.consent, facts.ask_person, facts.asks, facts.legal),
        *(facts.child_at_significant_risk, facts.in_confidence, facts.sex_signs, facts.purpose),
    )


def beside(point: Point) -> Iterator[Point]:
    """Every point that differs from this one in the nation, and every one that differs in one forgotten thing.

    The merging took such points together. Add-ons and words read each of these things by itself, so that one at a time
    is enough. Some of these points no path leads to; they must be as right as the others.
    """
    told = point.told
    for nation in Nation:
        if nation is not told.nation:
            yield point.but(nation=nation)
    for name, values in FORGOTTEN.items():
        now = getattr(told, name)
        if now is not None:
            yield from (point.but(**{name: value}) for value in values if value is not now)
    for flag in Flag:
        yield point.but(flags=told.flags ^ {flag})
