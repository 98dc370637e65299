"""The checks of the questions: each mistake that can be made in them is made here, and its sentence expected."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from states import definition
from states.definition import DefinitionError, check_definition, warnings_about
from states.flow import ANSWER, PASS_OVER, QUESTIONS, SAVED, Flow, Way, build, the_flow
from states.inputs import NO
from states.question import Option, Route, always
from states.text import Text, say

THE_FLOW = build()
CAPACITY = THE_FLOW.questions["capacity"]
FIRST = CAPACITY.all_options(definition.SAMPLES[0])[0]


def changed(**changes: Any) -> Flow:
    """The flow with the question on capacity changed."""
    return build(tuple(replace(question, **changes) if question is CAPACITY else question for question in QUESTIONS))


def rewired(trigger: str, **ways: tuple[Way, ...]) -> Flow:
    """The flow with other ways on from some questions."""
    return replace(THE_FLOW, ways={**THE_FLOW.ways, trigger: {**THE_FLOW.ways[trigger], **ways}})


def looping() -> Flow:
    """Capacity and everything after it leads back to capacity."""
    start = THE_FLOW.order["capacity"]
    back = {id_: (Way("capacity", None, ""),) for id_, place in THE_FLOW.order.items() if place >= start}
    ways: Mapping[str, Any] = {trigger: {**THE_FLOW.ways[trigger], **back} for trigger in (ANSWER, PASS_OVER)}
    return replace(THE_FLOW, ways=ways)


def many(count: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), say("x"), {"capacity": NO, "coercion": NO}) for number in range(count))


def with_option(**changes: Any) -> Flow:
    return changed(options=(replace(FIRST, **changes), *CAPACITY.all_options(definition.SAMPLES[0])[1:]))


def without(*ids: str) -> Flow:
    return build(tuple(question for question in QUESTIONS if question.id not in ids))


BROKEN: list[tuple[str, Callable[[], Flow], str]] = [
    (
        "a way to a question that there is not",
        lambda: changed(routes=(Route("nowhere", always, "x"),)),
        "Question “capacity” leads to “nowhere”, which there is not.",
    ),
    (
        "two questions with one id",
        lambda: build((*QUESTIONS, CAPACITY)),
        "There are two questions “capacity”, or a way on after one that is always taken.",
    ),
    (
        "two options with one id",
        lambda: changed(options=(FIRST, *CAPACITY.all_options(definition.SAMPLES[0]))),
        f"Question “capacity” has two options “{FIRST.id}”.",
    ),
    (
        "an option with the id of skipping",
        lambda: with_option(id="skip"),
        "Question “capacity” has two options “skip”.",
    ),
    (
        "no way on that is always open",
        lambda: rewired(ANSWER, capacity=(Way("identifiable", always, ""),)),
        "Question “capacity” has no way on that is always open (answer).",
    ),
    (
        "no way past a question that need not be asked",
        lambda: rewired(PASS_OVER, capacity=()),
        "Question “capacity” has no way on that is always open (pass_over).",
    ),
    (
        "a question that nothing leads to",
        lambda: rewired(ANSWER, entry=(Way("signpost", always, ""), Way("age", None, ""))),
        "Question “nation” cannot be come to.",
    ),
    (
        "an end that nothing leads to",
        lambda: rewired(ANSWER, entry=(Way("danger", None, ""),)),
        "The end “signpost” cannot be come to.",
    ),
    ("a loop that nothing leaves", looping, "From question “capacity” no end can be come to."),
    ("no stage", lambda: changed(stage=""), "Question “capacity” (stage “”) needs an id and a stage."),
    ("no words", lambda: changed(text=say(" ")), "Question “capacity” has no text."),
    ("no why", lambda: changed(why=say("")), "Question “capacity” has no why."),
    (
        "an option without words",
        lambda: with_option(label=say("")),
        f"Question “capacity” has no label of the option “{FIRST.id}”.",
    ),
    ("no options", lambda: changed(options=()), "Question “capacity” has no options."),
    (
        "a placeholder that nothing fills",
        lambda: changed(text=say("Can {persn} decide?")),
        "Question “capacity”: its text has a placeholder “persn” that nothing fills.",
    ),
    (
        "such a placeholder in a sentence within a sentence",
        lambda: changed(why=say("Because {inner}", inner=say("of {it}"))),
        "Question “capacity”: its why has a placeholder “it” that nothing fills.",
    ),
    (
        "a brace that is never closed",
        lambda: changed(help=Text("Can {person decide?")),
        "Question “capacity”: its help cannot be filled: expected '}' before end of string.",
    ),
    (
        "more words than a message holds",
        lambda: changed(text=say("x" * 4097), options=many(0)),
        "Question “capacity” takes 4097 characters; a message holds 4096.",
    ),
    (
        "more options than there are buttons",
        lambda: changed(options=many(93)),
        "Question “capacity” has 93 options; there is room for 92 buttons.",
    ),
    (
        "a rule that nobody knows",
        lambda: changed(rules=("AGE-1", "AGE-99")),
        "Question “capacity” rests on the rule “AGE-99”, which the references do not know.",
    ),
    ("no rule at all", lambda: changed(rules=()), "Question “capacity” names no rule of the guidance."),
    (
        "a tick list without a meaning",
        lambda: build(
            tuple(replace(question, means=None) if question.id == "worry" else question for question in QUESTIONS)
        ),
        "Question “worry” is a tick list whose ticks have no meaning together (means).",
    ),
    (
        "an exclusive option where only one can be chosen",
        lambda: with_option(exclusive=True),
        f"Question “capacity” takes one option, yet its option “{FIRST.id}” is exclusive.",
    ),
    (
        "an input that no question sets (INV-26)",
        lambda: without("safer", "risk", "wait"),
        "No question sets the input “prop”.",
    ),
    (
        "a question that sets what is no input",
        lambda: with_option(sets={"capcity": NO}),
        "Question “capacity” sets “capcity”, which is no input.",
    ),
]


@pytest.mark.parametrize(("broken", "sentence"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_flow_is_refused_and_the_question_named(broken: Callable[[], Flow], sentence: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        check_definition(broken())
    assert sentence in str(caught.value).splitlines()


def test_every_check_is_broken_by_something() -> None:
    """A check that nothing here breaks could be an empty one."""
    breaking = {one.__name__ for one in definition.CHECKS for _, broken, _ in BROKEN if list(one(broken()))}
    assert breaking == {one.__name__ for one in definition.CHECKS}


def test_the_flow_in_force_is_sound_and_fits_a_small_phone() -> None:
    check_definition(THE_FLOW)
    assert warnings_about(THE_FLOW) == ()
    assert the_flow().order[SAVED] == len(QUESTIONS)


def test_a_long_question_draws_a_warning_but_no_refusal() -> None:
    flow = changed(text=say("x" * 900))
    check_definition(flow)
    [warning] = warnings_about(flow)
    assert warning.startswith("Question “capacity” takes ")


def test_inv_26_no_input_is_left_to_silence() -> None:
    """The static half: take any question away that alone sets an input, and the flow is refused."""
    refused = 0
    for question in QUESTIONS:
        alone = definition._sets(question) - {
            name for other in QUESTIONS if other is not question for name in definition._sets(other)
        }
        if alone and question.id not in ("entry", "danger"):
            refused += 1
            with pytest.raises(DefinitionError) as caught:
                check_definition(without(question.id))
            for name in alone:
                assert f"No question sets the input “{name}”." in str(caught.value)
    assert refused >= 10


def test_the_checks_are_quick_enough_for_every_start() -> None:
    check_definition(THE_FLOW)
    best = min(_seconds(lambda: check_definition(THE_FLOW)) for _ in range(5))
    assert best < 0.05


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
