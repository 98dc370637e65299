"""The walk as a graph: every raw path counted, paths that nothing later tells apart walked once.

The walks are real ones, answered through `Walk.answer`. A node stands for all raw paths that reach one question with
one signature; it remembers how many there are of each length, and where one of each length came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from states.facts import Facts
from states.flow import Flow
from states.inputs import Body, Nation, Role
from states.paths.signature import Signature, signature
from states.paths.ticks import choices
from states.question import Answer
from states.questions.advice_given import ADVICE
from states.walk import Walk


class Who(StrEnum):
    GUEST = "first-time guest"
    KNOWN = "known practitioner"


PROFILES = tuple(
    Facts(nation=nation, body=body, user_role=role)
    for nation in Nation
    for body in Body
    for role in (Role.STAFF, Role.VOLUNTEER, Role.REGULATED, Role.LEAD)
)
"""Every profile that an organisation's invitation can give."""

Length = tuple[Who, int]
"""Who walked, and how many questions they answered, the first screen not counted."""


@dataclass
class Node:
    """All raw paths that stand at one question with one signature; `walk` is the first of them that was found."""

    walk: Walk
    key: Signature
    counts: Counter[Length] = field(default_factory=Counter)
    came: dict[Length, tuple[Node, Answer]] = field(default_factory=dict)

    def path(self, length: Length) -> tuple[Walk, list[tuple[str, Answer]]]:
        """One raw path of this length: the walk at its start, and its answers in order."""
        answers: list[tuple[str, Answer]] = []
        node, (who, questions) = self, length
        while (who, questions) in node.came:
            node, answer = node.came[who, questions]
            answers.append((node.walk.state, answer))
            questions -= 1
        return node.walk, answers[::-1]


@dataclass(frozen=True)
class Graph:
    """The merged nodes: those at a question, and those at the advice or at an end."""

    flow: Flow
    passed: int
    asked: frozenset[str]
    complete: tuple[Node, ...]


def starts(flow: Flow, on: date) -> Iterator[tuple[Who, Walk]]:
    """A first-time guest, then every known profile."""
    yield Who.GUEST, Walk.begin(flow, on)
    for profile in PROFILES:
        yield Who.KNOWN, Walk.begin(flow, on, profile)


Step = Callable[[Walk, Walk], None]
"""Is shown each step that is walked: the walk before an answer, and after it."""


def to_the_advice(flow: Flow, on: date, step: Step | None = None) -> Graph:
    """Walk every path from the first screen to the advice, or to the end where there is no decision walk."""
    waiting: dict[str, dict[Signature, Node]] = {}

    def reach(walk: Walk) -> Node:
        key = signature(flow, walk.state, walk.here)
        return waiting.setdefault(walk.state, {}).setdefault(key, Node(walk, key))

    for who, walk in starts(flow, on):
        reach(walk).counts[who, -1] += 1
    passed, asked = 0, set[str]()
    for state in list(flow.questions)[: flow.order[ADVICE.id]]:
        nodes = waiting.pop(state, {})
        passed += len(nodes)
        asked |= {state} if nodes else set()
        for node in nodes.values():
            _expand(node, reach, step)
    complete = [node for nodes in waiting.values() for node in nodes.values()]
    return Graph(flow, passed, frozenset(asked), tuple(complete))


def _expand(node: Node, reach: Callable[[Walk], Node], step: Step | None) -> None:
    question = node.walk.question
    assert question is not None  # noqa: S101
    for choice in choices(node.walk, question):
        walk = node.walk.answer(question.id, choice.answer).walk
        if step is not None:
            step(node.walk, walk)
        following = reach(walk)
        for (who, questions), count in node.counts.items():
            length = (who, questions + 1)
            following.counts[length] += count * choice.stands_for
            following.came.setdefault(length, (node, choice.answer))
