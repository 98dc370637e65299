"""A complete set of facts under inspection: the advice that it gets, and what the path to it left unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from states.advice import Advice, advise
from states.facts import Facts
from states.flow import Flow
from states.inputs import AllegationWith, Asks, Entry, Flag, Nation, Recipient, Role, YesNoUnsure
from states.paths.signature import Signature, signature
from states.question import Answer, Here
from states.rules import O1, PROTECTION, Outcome
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

    def signature(self, flow: Flow) -> Signature:
        return signature(flow, "advice", Here(self.told, self.answers))

    def but(self, **told: Any) -> Point:
        """The same path with something else told."""
        return Point(self.told.but(**told), self.answers)


def protects_at_least(outcome: Outcome, other: Outcome) -> bool:
    """Whether the first protects as much as the second, or more (guidance 12.3)."""
    return PROTECTION[outcome] <= PROTECTION[other]


FORGOTTEN: Mapping[str, type] = {
    "entry": Entry,
    "nation": Nation,
    "user_role": Role,
    "lead_conflict": YesNoUnsure,
    "lead_blocked": YesNoUnsure,
    "allegation_with": AllegationWith,
    "asks": Asks,
    "recipient": Recipient,
    "needs": YesNoUnsure,
    "tell_family": YesNoUnsure,
    "harmer_home": YesNoUnsure,
    "pattern": YesNoUnsure,
}
"""What add-ons and words read and the merging forgets, at least in part."""

PRACTITIONERS = (Role.STAFF, Role.VOLUNTEER, Role.REGULATED, Role.LEAD, None)


def details(flow: Flow, point: Point) -> Iterator[Point]:
    """The point, and every one beside it that differs in one forgotten thing: the merging took them together.

    In each nation, since the nation also chooses the words.
    """
    key, told = point.signature(flow), point.told
    if point.outcome is O1 or told.age is None:
        yield point
        return
    for nation in Nation:
        here = point if told.nation is nation else point.but(nation=nation)
        if here.signature(flow) != key:
            continue
        yield here
        for other in _one_thing_else(here):
            if other.signature(flow) == key:
                yield other


def _one_thing_else(point: Point) -> Iterator[Point]:
    told = point.told
    for name, values in FORGOTTEN.items():
        now = getattr(told, name)
        if now is None or name == "nation":
            continue
        for value in PRACTITIONERS if name == "user_role" else _told_values(name, values):
            if value is not now:
                yield point.but(**{name: value})
    for flag in Flag:
        yield point.but(flags=told.flags ^ {flag})


def _told_values(name: str, values: Any) -> tuple[Any, ...]:
    return (Entry.START, Entry.MISTAKE) if name == "entry" else tuple(values)
