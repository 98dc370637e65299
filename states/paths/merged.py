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
from states.paths.ticks import Choice, choices
from states.progress import About, about
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
    """All raw paths that stand at one question with one signature; `walk` is the first of them that was found.

    `by_known` keeps the first walk for each thing that `states.progress` knows on these paths: that may make no
    difference to the way on, and yet to what is promised. Mostly it is `walk` alone.
    """

    walk: Walk
    key: Signature
    counts: Counter[Length] = field(default_factory=Counter)
    came: dict[Length, tuple[Node, Answer]] = field(default_factory=dict)
    by_known: dict[About, Walk] = field(default_factory=dict)
    following: dict[Signature, Node] = field(default_factory=dict, repr=False)

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
    """The merged nodes: those at a question, in the order of the walk, and those at the advice or at an end."""

    flow: Flow
    passed: tuple[Node, ...]
    complete: tuple[Node, ...]

    @property
    def asked(self) -> frozenset[str]:
        """The questions before the advice that some path comes to, the first screen among them."""
        return frozenset(node.walk.state for node in self.passed)


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
        node = waiting.setdefault(walk.state, {}).setdefault(key, Node(walk, key))
        node.by_known.setdefault(about(walk.here.facts), walk)
        return node

    for who, walk in starts(flow, on):
        reach(walk).counts[who, -1] += 1
    passed: list[Node] = []
    for state in list(flow.questions)[: flow.order[ADVICE.id]]:
        nodes = waiting.pop(state, {}).values()
        passed += nodes
        for node in nodes:
            _expand(node, reach, step)
    complete = [node for nodes in waiting.values() for node in nodes.values()]
    return Graph(flow, tuple(passed), tuple(complete))


def _expand(node: Node, reach: Callable[[Walk], Node], step: Step | None) -> None:
    for walk in node.by_known.values():
        question = walk.question
        assert question is not None  # noqa: S101
        for choice in choices(walk, question):
            after = walk.answer(question.id, choice.answer).walk
            if step is not None:
                step(walk, after)
            following = reach(after)
            node.following[following.key] = following
            if walk is node.walk:
                _count(node, choice, following)


def _count(node: Node, choice: Choice, following: Node) -> None:
    """Every raw path to the node goes on with every raw answer that the choice stands for."""
    for (who, questions), count in node.counts.items():
        length = (who, questions + 1)
        following.counts[length] += count * choice.stands_for
        following.came.setdefault(length, (node, choice.answer))
