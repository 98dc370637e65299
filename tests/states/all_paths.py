"""All paths, walked once for every test that asks about them; and random walks."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from states.flow import the_flow
from states.paths import Report, explore
from states.question import Answer, Here, Kind
from states.walk import Walk

TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Walked:
    """The report of the paths, and every step on them: the question answered, and where the walk then stood."""

    report: Report
    steps: tuple[tuple[str, Here], ...]


@cache
def walked() -> Walked:
    """Walk every path: once for all who ask, since it takes most of a minute."""
    steps: list[tuple[str, Here]] = []
    gc.disable()  # nothing of what is kept is garbage, and looking for some took a fifth of the time
    try:
        report = explore(the_flow(), on=TODAY, step=lambda before, after: steps.append((before.state, after.here)))
    finally:
        gc.enable()
        gc.freeze()  # nor is it looked through while other tests run
    return Walked(report, tuple(steps))


def report() -> Report:
    """What was found on every path."""
    return walked().report


def broken(invariant: str) -> list[str]:
    """What breaks this invariant on any path."""
    return [str(violation) for violation in report().violations if violation.invariant == invariant]


def random_answer(random: Random, walk: Walk) -> Answer:
    """Any answer that can be given where the walk stands; mostly no danger, so that walks are long."""
    question = walk.question
    assert question
    if question.id in ("entry", "danger") and random.random() < 0.95:
        return ("start",) if question.id == "entry" else ("no",)
    options = question.offered(walk.here)
    if question.kind is Kind.MANY and random.random() < 0.8:
        often = random.choice((0.05, 0.15, 0.3, 0.6))
        ticked = frozenset(option.id for option in options if not option.exclusive and random.random() < often)
        if ticked:
            return question.in_order(ticked, walk.here)
    return (random.choice(options).id,)
