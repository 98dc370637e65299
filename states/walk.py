"""A walk: keyed answers, replayed through the machine. Frozen; every step returns a new one.

Where a walk stands is never stored: it follows from its answers. So going back, changing an answer and moving to a
newer edition are the same act, a replay, and what is no longer reached falls away and is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from states.editions import edition_for
from states.facts import Facts
from states.flow import ANSWER, ENDS, PASS_OVER, SAVED, SIGNPOST, Flow
from states.question import SAVE_NOW, Answer, Here, Kind, Question
from states.questions.advice_given import ADVICE


class AnswerRefusedError(ValueError):
    """The answer does not fit the question that the walk stands at; nothing has changed."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one answer did: the walk after it, and the questions whose answers fell away."""

    walk: Walk
    fell_away: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """Answers so far, and where they lead on the edition in force on `on`.

    `known` are the facts that the practitioner's profile gives (nation, body, role); `revisiting` is an earlier
    question that they went back to; `path` are the questions answered, in the order they were asked; `waiting` are
    later answers that are kept until the walk comes to them again.
    """

    flow: Flow
    on: date
    known: Facts
    state: str
    path: tuple[str, ...]
    here: Here = field(compare=False)
    waiting: Mapping[str, Answer]
    revisiting: str | None = None

    @classmethod
    def begin(cls, flow: Flow, on: date, known: Facts | None = None) -> Walk:
        """A new walk at the first screen."""
        return cls.replay(flow, on, known or Facts(), {}).walk

    @classmethod
    def replay(
        cls,
        flow: Flow,
        on: date,
        known: Facts,
        answers: Mapping[str, Answer],
        revisiting: str | None = None,
    ) -> Step:
        """The walk that these answers make, and those of them that lead nowhere any more (INV-21)."""
        start = Here(_with_law(known, on), {})
        return cls(flow, on, known, flow.first, (), start, {})._go_on(answers, revisiting)

    def _go_on(self, waiting: Mapping[str, Answer], revisiting: str | None = None) -> Step:
        """Follow the waiting answers through the machine as far as they lead."""
        flow, state, path, here = self.flow, self.state, list(self.path), self.here
        left = dict(waiting)
        gone: list[str] = []
        saving = any(SAVE_NOW in answer for answer in here.answers.values())
        while state not in ENDS and state != revisiting:
            question = flow.questions[state]
            answer = left.get(state)
            if not _needs_asking(question, here, answer, saving):
                if left.pop(state, None) is not None:
                    gone.append(state)
                state = _next(flow, PASS_OVER, state, here)
                continue
            if answer is None:
                break
            del left[state]
            if not question.accepts(answer, here):
                gone.append(state)
                if state == ADVICE.id:  # other advice than was taken note of: what was decided on it falls too
                    gone += [id_ for id_ in left if flow.questions[id_].renewed_by_advice]
                break
            path.append(state)
            here = here.after(_tell(here, question, answer, self.on), {**here.answers, state: answer})
            saving = saving or SAVE_NOW in answer
            state = _next(flow, ANSWER, state, here)
        gone += [id_ for id_ in left if id_ not in gone and flow.order.get(id_, -1) < flow.order[state]]
        for id_ in gone:
            left.pop(id_, None)
        at = revisiting if state == revisiting else None
        walk = Walk(flow, self.on, self.known, state, tuple(path), here, left, at)
        return Step(walk, tuple(sorted(gone, key=lambda id_: flow.order.get(id_, -1))))

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Every answer that stands, those that wait included."""
        return {**self.here.answers, **self.waiting}

    @property
    def question(self) -> Question | None:
        """The question that wants an answer now; None at an end."""
        return self.flow.questions.get(self.state)

    @property
    def at_advice(self) -> bool:
        return self.state == ADVICE.id

    @property
    def advised(self) -> bool:
        """Whether the advice has been reached."""
        return self.state == ADVICE.id or ADVICE.id in self.path

    @property
    def finished(self) -> bool:
        return self.state == SAVED

    @property
    def signposted(self) -> bool:
        """Whether the person is one for whom there is no decision walk (INV-18)."""
        return self.state == SIGNPOST

    def answer(self, question: str, answer: Answer) -> Step:
        """Answer the question that the walk stands at.

        Raises AnswerRefusedError when the walk stands elsewhere or the answer cannot be given here.
        """
        if question != self.state or question in ENDS:
            raise AnswerRefusedError(question)
        step = self._go_on({**self.waiting, question: answer})
        if question in step.fell_away:
            raise AnswerRefusedError(question)
        return step

    def revisit(self, question: str) -> Walk:
        """Go to an earlier question to change its answer; the later answers wait and are kept where they still fit.

        Raises AnswerRefusedError when the question is not among those answered on the way here.
        """
        if question not in self.path:
            raise AnswerRefusedError(question)
        return self.replay(self.flow, self.on, self.known, self.answers, revisiting=question).walk

    def back(self) -> Walk:
        """One step back; at the first screen, the same walk."""
        return self.revisit(self.path[-1]) if self.path else self

    def known_as(self, known: Facts) -> Step:
        """The same answers with another profile."""
        return self.replay(self.flow, self.on, known, self.answers, self.revisiting)


def _needs_asking(question: Question, here: Here, answer: Answer | None, saving: bool) -> bool:
    """Whether the walk stops at this question, or takes its answer; "skip the rest" leaves out what may be skipped."""
    if saving and (question.optional or question.kind is Kind.NOTE):
        return False
    return question.needed(here) or (question.from_profile and answer is not None)


def _next(flow: Flow, trigger: str, state: str, here: Here) -> str:
    for way in flow.ways[trigger][state]:
        if way.condition is None or way.condition(here):
            return way.target
    raise LookupError(f"no way on from {state}")  # a definition error, refused at start


def _tell(here: Here, question: Question, answer: Answer, on: date) -> Facts:
    meaning = question.meaning(answer, here)
    told = here.told.but(**meaning) if meaning else here.told
    return _with_law(told, on) if "nation" in meaning else told


def _with_law(told: Facts, on: date) -> Facts:
    """The dated law flags of the nation's edition, as facts (INV-20)."""
    edition = edition_for(told.nation)
    law_26a = edition.law_26a is not None and edition.law_26a <= on
    law_26b = edition.law_26b is not None and edition.law_26b <= on
    if (law_26a, law_26b) == (told.law_26a, told.law_26b):
        return told
    return told.but(law_26a=law_26a, law_26b=law_26b)
