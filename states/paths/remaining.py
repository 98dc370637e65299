"""The longest way on from each question, over every path of the real machine: what `states.progress` promises."""

from __future__ import annotations

from states.paths.merged import Graph
from states.paths.signature import Signature
from states.progress import About


def at_most_after(graph: Graph) -> dict[str, dict[About, int]]:
    """By question and what is known there: the most questions that can follow it before the advice."""
    most: dict[Signature, int] = {}
    found: dict[str, dict[About, int]] = {}
    for node in reversed(graph.passed):
        most[node.key] = max(1 + most[after] if after in most else 0 for after in node.following)
        if graph.flow.before_advice(node.walk.state):
            row = found.setdefault(node.walk.state, {})
            for known in node.by_known:
                row[known] = max(row.get(known, 0), most[node.key])
    return found
