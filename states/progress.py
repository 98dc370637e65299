"""How far a walk is, in honest words: at most how many questions are still to come before the advice.

The numbers are the longest way on from each question, found by walking every path (`states.paths.remaining`); a test
holds the table to that.
"""

from __future__ import annotations

from enum import StrEnum

from states.facts import Facts
from states.inputs import Harm
from states.text import Text, say
from states.walk import Walk


class About(StrEnum):
    """What is known so far of the person and the harm, as far as it shortens the way."""

    NOBODY = "nobody yet"
    CHILD = "child"
    CHILD_HARM = "child, some harm"
    CHILD_NO_HARM = "child, no harm"
    ADULT = "adult"
    ADULT_HARM = "adult, some harm"
    ADULT_NO_HARM = "adult, no harm"


def about(facts: Facts) -> About:
    """Which row of the table holds; `facts` are the effective ones."""
    if facts.age is None:
        return About.NOBODY
    if facts.harm is None:
        return About.ADULT if facts.adult else About.CHILD
    if facts.harm is Harm.NONE:
        return About.ADULT_NO_HARM if facts.adult else About.CHILD_NO_HARM
    return About.ADULT_HARM if facts.adult else About.CHILD_HARM


_CHILD, _CHILD_HARM, _CHILD_NO_HARM = About.CHILD, About.CHILD_HARM, About.CHILD_NO_HARM
_ADULT, _ADULT_HARM, _ADULT_NO_HARM = About.ADULT, About.ADULT_HARM, About.ADULT_NO_HARM

AT_MOST_AFTER: dict[str, dict[About, int]] = {
    "danger": {About.NOBODY: 16},
    "nation": {About.NOBODY: 15},
    "age": {About.NOBODY: 14},
    "worry": {_CHILD: 13, _ADULT: 11},
    "who_did": {_CHILD: 12, _CHILD_HARM: 6, _ADULT: 10, _ADULT_HARM: 9},
    "harm": {_CHILD: 11, _CHILD_HARM: 5, _ADULT: 9, _ADULT_HARM: 8},
    "children": {_ADULT_HARM: 7, _ADULT_NO_HARM: 8},
    "details": {_CHILD_HARM: 4, _CHILD_NO_HARM: 10, _ADULT_HARM: 6},
    "tell_family": {_CHILD_HARM: 3, _CHILD_NO_HARM: 9, _ADULT_HARM: 0, _ADULT_NO_HARM: 0},
    "role": {_CHILD_HARM: 1},
    "for_whom": {_CHILD_HARM: 2, _CHILD_NO_HARM: 8, _ADULT_HARM: 6, _ADULT_NO_HARM: 7},
    "asks": {_CHILD_HARM: 1, _CHILD_NO_HARM: 7, _ADULT_HARM: 5, _ADULT_NO_HARM: 6},
    "legal": {_CHILD_HARM: 0, _CHILD_NO_HARM: 0, _ADULT_HARM: 3, _ADULT_NO_HARM: 1},
    "capacity": {_CHILD_NO_HARM: 6, _ADULT_HARM: 4, _ADULT_NO_HARM: 5},
    "identifiable": {_CHILD_NO_HARM: 5, _ADULT_NO_HARM: 4},
    "confidential": {_CHILD_NO_HARM: 4, _ADULT_NO_HARM: 3},
    "consent": {_CHILD_NO_HARM: 3, _ADULT_HARM: 3, _ADULT_NO_HARM: 2},
    "ask_person": {_CHILD_NO_HARM: 0, _ADULT_HARM: 1, _ADULT_NO_HARM: 1},
    "body": {_ADULT_HARM: 2},
    "safer": {_CHILD_NO_HARM: 2, _ADULT_HARM: 1, _ADULT_NO_HARM: 1},
    "risk": {_CHILD_NO_HARM: 1, _ADULT_HARM: 0, _ADULT_NO_HARM: 0},
    "harm_again": {_CHILD_NO_HARM: 0},
    "needs": {_ADULT_HARM: 0, _ADULT_NO_HARM: 0},
}
"""By question and what is known: at most so many questions after this one."""


def progress(walk: Walk) -> Text | None:
    """Where the walk is, for the top of a question before the advice; None elsewhere."""
    if walk.advised or walk.state not in AT_MOST_AFTER:
        return None
    number = sum(1 for id_ in walk.path if walk.flow.before_advice(id_)) + 1
    most = AT_MOST_AFTER[walk.state][about(walk.here.facts)]
    if most == 0:
        return say("Question {number}, the last before my advice.", number=number)
    return say("Question {number}. At most {most} more before my advice, often fewer.", number=number, most=most)
