"""A scripted walk: a case with its answers and what should come of it, as plain data for files and tests.

Reading and writing files is the shell's work; here a script is only turned into data and back, and walked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.facts import Facts
from states.flow import Flow
from states.inputs import Body, Nation, Role
from states.question import Answer
from states.questions.advice_given import ADVICE
from states.walk import Walk

NOTED = "noted"
"""Stands for the one answer that the advice has, whatever was advised."""

PROFILE: Mapping[str, type[Nation] | type[Body] | type[Role]] = {"nation": Nation, "body": Body, "user_role": Role}


class ScriptError(ValueError):
    """The data is no script. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come of a script: the questions in the order they are asked, the advice, and where it ends.

    `ends` is "saved", "signpost", or the question that the walk stands at; `outcome` is None before any advice.
    """

    questions: tuple[str, ...]
    outcome: str | None
    add_ons: tuple[str, ...]
    ends: str


@dataclass(frozen=True, slots=True)
class Script:
    """One case: who walks (`known`, from a profile), on which day, and every answer in order."""

    title: str
    known: Facts
    on: date
    answers: tuple[tuple[str, Answer], ...]
    expect: Expected


def script_from(data: Mapping[str, Any]) -> Script:
    """The script in this data (see tests/flows/README.md). Raises ScriptError with what is wrong."""
    try:
        known: dict[str, Any] = {name: PROFILE[name](value) for name, value in data.get("known", {}).items()}
        expect = data["expect"]
        return Script(
            title=str(data["title"]),
            known=Facts().but(**known),
            on=date.fromisoformat(data["on"]),
            answers=tuple((str(question), tuple(map(str, answer))) for question, *answer in data["answers"]),
            expect=Expected(
                questions=tuple(map(str, expect["questions"])),
                outcome=expect["outcome"],
                add_ons=tuple(map(str, expect["add_ons"])),
                ends=str(expect["ends"]),
            ),
        )
    except KeyError as missing:
        raise ScriptError(f"The script lacks {missing}, or does not know it.") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise ScriptError(f"The script cannot be read: {wrong}.") from wrong


def script_data(script: Script) -> dict[str, Any]:
    """The script as data that `script_from` reads again."""
    told = {name: getattr(script.known, name) for name in PROFILE}
    return {
        "title": script.title,
        "known": {name: str(value) for name, value in told.items() if value is not None},
        "on": script.on.isoformat(),
        "answers": [[question, *answer] for question, answer in script.answers],
        "expect": {
            "questions": list(script.expect.questions),
            "outcome": script.expect.outcome,
            "add_ons": list(script.expect.add_ons),
            "ends": script.expect.ends,
        },
    }


def walked(flow: Flow, known: Facts, on: date, answers: Sequence[tuple[str, Answer]]) -> Walk:
    """The walk that these answers make. Raises AnswerRefusedError at the first that does not fit where it stands."""
    walk = Walk.begin(flow, on, known)
    for question, answer in answers:
        given = tuple(option.id for option in ADVICE.offered(walk.here)) if answer == (NOTED,) else answer
        walk = walk.answer(question, given).walk
    return walk


def found(walk: Walk) -> Expected:
    """What came of a walk."""
    asked = walk.path if walk.question is None else (*walk.path, walk.state)
    advice = walk.here.advice if walk.advised else None
    return Expected(
        questions=asked,
        outcome=str(advice.outcome) if advice else None,
        add_ons=tuple(map(str, advice.add_ons)) if advice else (),
        ends=walk.state,
    )


def script_of(title: str, walk: Walk) -> Script:
    """A script that walks as this walk did, and expects what came of it."""
    answers = walk.here.answers
    given = tuple((question, (NOTED,) if question == ADVICE.id else answers[question]) for question in walk.path)
    return Script(title, walk.known, walk.on, given, found(walk))
