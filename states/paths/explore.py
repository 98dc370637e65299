"""Walk every path and check on each what guidance 12.6 demands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from itertools import islice

from states.advice import outcome_of
from states.editions import EDITIONS
from states.facts import NAMES, Facts
from states.flow import SIGNPOST, Flow
from states.paths.after_advice import from_the_advice
from states.paths.invariants import INVARIANTS
from states.paths.merged import Graph, Node, Step, to_the_advice
from states.paths.points import Point, alike_in_words, beside
from states.paths.report import LIMITS, Report, Violation, kind_of
from states.paths.steps import less_sure, lowered_by, silently_assumed
from states.paths.wording import broken_wording
from states.question import Answer
from states.questions.danger import NOT_A_PRACTITIONER
from states.walk import Walk

Progress = Callable[[str], None]
Found = Iterator[tuple[str, str]]
"""An invariant that is broken, and by what."""


def explore(
    flow: Flow, *, on: date | None = None, progress: Progress | None = None, step: Step | None = None
) -> Report:
    """Walk and check every path. `on` is the day of the walks: by default the day of the newest edition.

    `progress` is told in a few words what is being done; `step` is shown every step that is walked.
    """
    tell = progress or (lambda words: None)
    day = on or max(edition.in_force_from for edition in EDITIONS.values())
    tell("walking to the advice")
    graph = to_the_advice(flow, day, step)
    checked: Counter[str] = Counter()
    violations: list[Violation] = []
    checks: dict[str, Callable[[Node], Found]] = {
        "lengths": _too_long,
        "invariants": _broken,
        "not sure against no": _not_sure,
        "risks raised": _raised,
        "inputs not asked": _not_asked,
        "walks replayed": _replayed,
        "details and words": _Words().broken,
    }
    for name, check in checks.items():
        tell(name)
        for node in graph.complete:
            checked[name] += 1
            violations += (Violation(*found, _answers(node)) for found in check(node))
    tell("walking from the advice")
    after = from_the_advice(flow, (node.walk for node in graph.complete if node.walk.at_advice), step)
    violations += (Violation("after the advice", mistake, ()) for mistake in after.mistakes)
    violations += (Violation("after the advice", f"{id_} is never asked", ()) for id_ in after.unreached)
    violations += (Violation("reach", f"{id_} is never asked", ()) for id_ in _never_asked(graph))
    return Report(graph, checked, tuple(violations), after)


def _answers(node: Node) -> tuple[tuple[str, Answer], ...]:
    answers = node.walk.here.answers
    return tuple((question, answers[question]) for question in node.walk.path)


def _too_long(node: Node) -> Found:
    kind = kind_of(node)
    for who, questions in node.counts:
        if questions > LIMITS[kind]:
            _, answers = node.path((who, questions))
            path = " ".join(f"{question}={'+'.join(answer)}" for question, answer in answers)
            yield "limit", f"{questions} questions for {who}, {kind}: {path}"


def _broken(node: Node) -> Found:
    if node.walk.state == SIGNPOST:
        if not node.walk.here.answered("entry", *NOT_A_PRACTITIONER):
            yield "INV-18", "a practitioner is sent away"
        return
    point = Point.of(node.walk)
    yield from ((id_, f"{point.outcome}") for id_, holds in INVARIANTS.items() if not holds(point))


def _not_sure(node: Node) -> Found:
    if node.walk.at_advice:
        told = node.walk.here.told
        yield from (("INV-7", _difference(not_sure, no)) for not_sure, no in less_sure(told))


def _raised(node: Node) -> Found:
    if node.walk.at_advice:
        told = node.walk.here.told
        yield from (("INV-25", _difference(told, raised)) for raised in lowered_by(told))


def _not_asked(node: Node) -> Found:
    if node.walk.at_advice:
        told = node.walk.here.told
        for other in islice(silently_assumed(told), 1):  # one shows it; there may be millions
            yield "INV-26", _difference(told, other)


def _replayed(node: Node) -> Found:
    """INV-21: answers alone make the walk again, and one step back and forth comes to the same point."""
    walk = node.walk
    if Walk.replay(walk.flow, walk.on, walk.known, walk.answers).walk != walk:
        yield "INV-21", "replaying the answers makes another walk"
    back = walk.back()
    if back.answer(back.state, walk.answers[back.state]).walk != walk:
        yield "INV-21", "one step back and forth makes another walk"


class _Words:
    """Add-ons and words, once for each point whose words differ, with everything that the merging forgot."""

    def __init__(self) -> None:
        self.seen: set[Hashable] = set()
        self.looked_at: set[Facts] = set()

    def broken(self, node: Node) -> Found:
        if not node.walk.at_advice:
            return
        point = Point.of(node.walk)
        key = (point.told.nation, alike_in_words(point))
        if key in self.seen:
            return
        self.seen.add(key)
        for other in (point, *beside(point)):
            if other.facts in self.looked_at:  # a fact that others outweigh makes no difference to what is said
                continue
            self.looked_at.add(other.facts)
            for id_, holds in INVARIANTS.items():
                if not holds(other):
                    yield id_, f"{other.outcome} with {_difference(point.told, other.told)}"
            for id_, text in broken_wording(other):
                yield id_, f"{other.outcome} says: {text}"


def _difference(facts: Facts, other: Facts) -> str:
    """What differs, in the input's own names, and the outcomes of both."""
    changed = ", ".join(
        f"{name} {getattr(facts, name)} -> {getattr(other, name)}"
        for name in sorted(NAMES)
        if getattr(facts, name) != getattr(other, name)
    )
    return f"{changed}: {outcome_of(facts)} -> {outcome_of(other)}"


def _never_asked(graph: Graph) -> Iterator[str]:
    """Questions before the advice that no path comes to."""
    flow = graph.flow
    yield from (id_ for id_ in flow.questions if flow.before_advice(id_) and id_ not in graph.asked)
