"""The longest way on from each question, over every path of the real machine: what `states.progress` promises."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from states.flow import Flow
from states.paths.merged import starts
from states.paths.signature import Signature, signature
from states.paths.ticks import choices
from states.progress import About, about
from states.questions.advice_given import ADVICE
from states.walk import Walk

Place = tuple[str, About, Signature]
"""Where walks are one: at a question, the same known, the same ways on. What is known must be part of it, for it may
make no difference to the way on and yet to what `progress` looks up."""


def at_most_after(flow: Flow, on: date) -> dict[str, dict[About, int]]:
    """By question and what is known there: the most questions that can follow it before the advice."""
    walks: dict[Place, Walk] = {}
    following: dict[Place, set[Place]] = {}
    waiting: dict[str, list[Place]] = defaultdict(list)

    def reach(walk: Walk) -> Place:
        place = (walk.state, about(walk.here.facts), signature(flow, walk.state, walk.here))
        if place not in walks:
            walks[place] = walk
            waiting[walk.state].append(place)
        return place

    for _, walk in starts(flow, on):
        reach(walk)
    before_advice = [id_ for id_ in flow.questions if flow.order[id_] < flow.order[ADVICE.id]]
    for state in before_advice:
        for place in waiting[state]:
            walk = walks[place]
            question = flow.questions[state]
            following[place] = {reach(walk.answer(state, choice.answer).walk) for choice in choices(walk, question)}
    most: dict[Place, int] = {}
    found: dict[str, dict[About, int]] = {}
    for state in reversed(before_advice):
        for place in waiting[state]:
            most[place] = max(1 + most[after] if after in most else 0 for after in following[place])
            if flow.before_advice(state):
                known = about(walks[place].here.facts)
                row = found.setdefault(state, {})
                row[known] = max(row.get(known, 0), most[place])
    return found
