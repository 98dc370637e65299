"""The questions in the order they are asked, and the one machine that is built from them.

The machine's states are the questions and two ends. From each question two triggers lead on: `answer`, and
`pass_over` where the question needs no asking. Both go to the next question, unless one of its routes goes elsewhere.
Walks do not drive the machine object: they read its table, since one machine serves every chat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from transitions import Machine

from states.question import Condition, Kind, Question, always
from states.questions import (
    capacity,
    consent,
    danger,
    decision,
    harm,
    person,
    proportionality,
    purpose,
    recording,
    request,
    sharing,
    telling,
    worry,
)
from states.questions.advice_given import ADVICE, CHECK
from states.questions.practitioner import BODY, ROLE

SIGNPOST, SAVED = "signpost", "saved"
ENDS = (SIGNPOST, SAVED)
ANSWER, PASS_OVER = "answer", "pass_over"

QUESTIONS: tuple[Question, ...] = (
    *danger.QUESTIONS,
    *person.QUESTIONS,
    worry.WORRY,
    *harm.QUESTIONS,
    worry.DETAILS,
    ROLE,
    *telling.QUESTIONS,
    *request.QUESTIONS,
    *capacity.QUESTIONS,
    *purpose.QUESTIONS,
    *consent.QUESTIONS,
    BODY,
    proportionality.SAFER,
    proportionality.RISK,
    harm.HARM_AGAIN,
    proportionality.NEEDS,
    ADVICE,
    *decision.QUESTIONS,
    *sharing.QUESTIONS,
    *recording.QUESTIONS,
    CHECK,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One row of the machine's table: where a trigger leads from a question, if its condition (if any) holds."""

    target: str
    condition: Condition | None
    label: str


@dataclass(frozen=True, eq=False)
class Flow:
    """The machine and its questions. `ways[trigger][question]` are tried in order; the last has no condition."""

    questions: Mapping[str, Question]
    order: Mapping[str, int]
    machine: Machine
    ways: Mapping[str, Mapping[str, tuple[Way, ...]]]

    @property
    def first(self) -> str:
        return str(self.machine.initial)

    def before_advice(self, question: str) -> bool:
        """Whether the question comes before the advice; the first screen is no question."""
        return 0 < self.order[question] < self.order[ADVICE.id]


def build(questions: Sequence[Question] = QUESTIONS) -> Flow:
    """Build the machine from the questions, in their order."""
    ids = [question.id for question in questions]
    followers = [*ids[1:], SAVED]
    transitions = []
    labels: dict[tuple[str, str, str], str] = {}
    for question, following in zip(questions, followers, strict=True):
        for trigger in (ANSWER, PASS_OVER) if _can_be_passed_over(question) else (ANSWER,):
            for route in question.routes:
                transitions.append(
                    {"trigger": trigger, "source": question.id, "dest": route.target, "conditions": [route.when]}
                )
                labels[trigger, question.id, route.target] = route.label
            transitions.append({"trigger": trigger, "source": question.id, "dest": following})
    machine = Machine(
        model=None,
        states=list(dict.fromkeys([*ids, *ENDS])),
        initial=ids[0],
        transitions=transitions,
        auto_transitions=False,
    )
    return Flow(
        questions={question.id: question for question in questions},
        order={id_: place for place, id_ in enumerate([*ids, SAVED, SIGNPOST])},
        machine=machine,
        ways={trigger: _table(machine, trigger, labels) for trigger in (ANSWER, PASS_OVER)},
    )


def _can_be_passed_over(question: Question) -> bool:
    return question.needed is not always or question.optional or question.kind is Kind.NOTE


def _table(machine: Machine, trigger: str, labels: Mapping[tuple[str, str, str], str]) -> dict[str, tuple[Way, ...]]:
    table: dict[str, tuple[Way, ...]] = {}
    for source, transitions in machine.events[trigger].transitions.items():
        ways = []
        for transition in transitions:
            target = str(transition.dest)
            condition = cast("Condition", transition.conditions[0].func) if transition.conditions else None
            ways.append(Way(target, condition, labels.get((trigger, source, target), "")))
        table[source] = tuple(ways)
    return table


@cache
def the_flow() -> Flow:
    """The flow in force, built once and checked (see `states.definition`)."""
    from states.definition import check_definition

    flow = build()
    check_definition(flow)
    return flow
