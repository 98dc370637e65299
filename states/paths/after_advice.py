"""From the advice to the saved record: every question, every way, and that none of it changes the advice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from states.addons import AddOn
from states.advice import advise
from states.flow import ENDS, SAVED, Flow
from states.paths.merged import Step
from states.paths.ticks import choices
from states.question import SAVE_NOW
from states.questions.advice_given import ADVICE
from states.walk import Walk

ONLY_FOR_THE_RECORD = frozenset({AddOn.DBS, AddOn.LAW_26A})
"""What the role and the body, asked of a guest for the record, may add: duties of the organisation, not advice."""


@dataclass(frozen=True)
class AfterAdvice:
    """What was walked after the advice. `mistakes` are sentences, none if all is well."""

    nodes: int
    ways: int
    unreached: tuple[str, ...]
    mistakes: tuple[str, ...]


def from_the_advice(flow: Flow, walks: Iterable[Walk], step: Step | None = None) -> AfterAdvice:
    """Walk every path from the advice to an end, walks alike in what may still be asked taken together."""
    waiting: dict[str, dict[Hashable, Walk]] = {}
    ways, mistakes = 0, dict[str, None]()
    for walk in walks:
        waiting.setdefault(walk.state, {}).setdefault(_alike(flow, walk), walk)
    reached: set[str] = set()
    nodes = 0
    for state in list(flow.questions)[flow.order[ADVICE.id] :]:
        for walk in waiting.pop(state, {}).values():
            nodes += 1
            reached.add(state)
            for following in _following(walk):
                ways += 1
                if step is not None:
                    step(walk, following)
                mistakes |= dict.fromkeys(_changed(walk, following))
                waiting.setdefault(following.state, {}).setdefault(_alike(flow, following), following)
    stuck = [f"a path ends at {state}" for state in waiting if state != SAVED]
    unreached = tuple(id_ for id_ in flow.questions if flow.order[id_] >= flow.order[ADVICE.id] and id_ not in reached)
    return AfterAdvice(nodes, ways, unreached, (*mistakes, *stuck))


def _following(walk: Walk) -> Iterator[Walk]:
    question = walk.question
    assert question is not None  # noqa: S101
    for choice in choices(walk, question):
        yield walk.answer(question.id, choice.answer).walk


def _alike(flow: Flow, walk: Walk) -> Hashable:
    """What the questions still ahead can tell apart: which of them are needed as it stands, and what those read."""
    here = walk.here
    if walk.state in ENDS:
        return walk.state
    ahead = list(flow.questions)[flow.order[walk.state] :]
    return (
        here.advice.outcome,
        here.answers.get("decision"),
        any(SAVE_NOW in answer for answer in here.answers.values()),
        tuple(flow.questions[id_].needed(here) for id_ in ahead),
    )


def _changed(walk: Walk, following: Walk) -> Iterator[str]:
    """How the advice changed, if it did."""
    if following.here.told == walk.here.told:
        return
    before, after = walk.here.advice, advise(following.here.told)
    if (before.outcome, before.rules) != (after.outcome, after.rules):
        yield f"{walk.state} changes the outcome from {before.outcome} to {after.outcome}"
    changed = set(before.add_ons) ^ set(after.add_ons)
    for add_on in sorted(changed - ONLY_FOR_THE_RECORD):
        yield f"{walk.state} changes {add_on}"
