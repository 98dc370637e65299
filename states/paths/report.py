"""What was found on all paths: how many there are, how long they are, and every violation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from states.paths.after_advice import AfterAdvice
from states.paths.merged import Graph, Node, Who
from states.question import Answer
from states.rules import O1, Outcome


class Kind(StrEnum):
    """Paths that have a limit of their own."""

    DANGER = "danger, or not a practitioner"
    CHILD = "child at significant risk"
    CHILD_LATER = "child at significant risk, told only when harm was looked at again"
    ADULT = "adult with any harm"
    OTHER = "all others"


LIMITS = {Kind.DANGER: 1, Kind.CHILD: 8, Kind.CHILD_LATER: 20, Kind.ADULT: 14, Kind.OTHER: 20}
"""Most questions to the advice, the first screen not counted. Whoever sees no sign of harm and says only at the end
that the risk is high has come a longer way (PF-1): from then on it is one more question."""


def kind_of(node: Node) -> Kind:
    """Which limit the node's paths have."""
    here = node.walk.here
    facts = here.facts
    if node.walk.signposted or here.advice.outcome is O1:
        return Kind.DANGER
    if facts.child_at_significant_risk:
        return Kind.CHILD_LATER if "harm_again" in here.answers else Kind.CHILD
    return Kind.ADULT if facts.adult and (facts.any_harm or facts.any_child_harm) else Kind.OTHER


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant or a limit that does not hold, what broke it, and the answers that lead there."""

    invariant: str
    what: str
    answers: tuple[tuple[str, Answer], ...]

    def __str__(self) -> str:
        path = " ".join(f"{question}={'+'.join(answer)}" for question, answer in self.answers)
        return f"{self.invariant}: {self.what} [{path}]"


@dataclass(frozen=True)
class Report:
    """What `sharewise paths` prints."""

    graph: Graph
    checked: Counter[str]
    violations: tuple[Violation, ...]
    after_advice: AfterAdvice

    @property
    def paths(self) -> int:
        """Raw paths from the first screen to the advice."""
        return sum(count for node in self.graph.complete for count in node.counts.values())

    @property
    def holds(self) -> bool:
        return not self.violations

    def lengths(self) -> dict[tuple[Who, Kind], Counter[int]]:
        """How many raw paths of each kind have how many questions."""
        found: dict[tuple[Who, Kind], Counter[int]] = {(who, kind): Counter() for who in Who for kind in Kind}
        for node in self.graph.complete:
            for (who, questions), count in node.counts.items():
                found[who, kind_of(node)][questions] += count
        return found

    def outcomes(self) -> Counter[Outcome]:
        """How many raw paths lead to each outcome."""
        found: Counter[Outcome] = Counter()
        for node in self.graph.complete:
            if not node.walk.signposted:
                found[node.walk.here.advice.outcome] += sum(node.counts.values())
        return found

    def lines(self) -> Iterator[str]:
        """The report in plain lines."""
        graph, after = self.graph, self.after_advice
        yield f"{self.paths:,} paths to the advice"
        yield f"{len(graph.passed):,} merged nodes, {len(graph.complete):,} complete sets of facts"
        for outcome, count in sorted(self.outcomes().items(), key=lambda item: list(Outcome).index(item[0])):
            yield f"  {outcome}: {count:,}"
        yield "Questions to the advice, the first screen not counted:"
        for (who, kind), lengths in self.lengths().items():
            if lengths:
                most = max(lengths)
                yield f"  {who}, {kind}: {min(lengths)} to {most} (limit {LIMITS[kind]})"
                yield "    " + ", ".join(f"{questions}: {count:,}" for questions, count in sorted(lengths.items()))
        yield f"After the advice: {after.nodes:,} merged nodes, {after.ways:,} ways"
        yield "Checked: " + ", ".join(f"{name} {count:,}" for name, count in self.checked.items())
        yield f"{len(self.violations)} violations"
        yield from (str(violation) for violation in self.violations)
