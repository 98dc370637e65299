"""Going through a record again: danger first, and the advice is that of the same answers asked anew (PF-5, INV-1)."""

from __future__ import annotations

from random import Random

import pytest

from states.flow import the_flow
from states.looking_again import STANDS, answers_that_stand
from states.rules import PROTECTION
from states.walk import Walk
from tests.states.all_paths import TODAY, random_answer
from tests.states.vectors import DEFAULT, profile

WALKS = 80
FLOW = the_flow()


def to_the_end(walk: Walk, random: Random) -> Walk:
    """Any way on."""
    while walk.question is not None:
        walk = walk.answer(walk.state, random_answer(random, walk)).walk
    return walk


def brought_back(walk: Walk) -> Walk:
    return Walk.replay(FLOW, TODAY, walk.known, answers_that_stand(walk.answers)).walk


def test_only_what_cannot_have_changed_stands() -> None:
    """Written out, so that whoever adds one must say why no change of it could protect more. What a worry, a harm or a
    refusal is today decides the advice; whom it is about does not change in a month."""
    assert STANDS == ("entry", "nation", "age")
    assert all(question in FLOW.questions for question in STANDS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"entry": "start", "danger": "no", "age": "18p"}, {"entry": "start", "age": "18p"}),
        ({"entry": "danger"}, {"entry": "start"}),
        ({"entry": "mistake", "danger": "no", "nation": "wal"}, {"entry": "mistake", "nation": "wal"}),
        ({"entry": "start", "nation": "unknown", "age": "unborn"}, {"entry": "start"}),
        ({"entry": "start", "age": "unknown", "nation": "ni"}, {"entry": "start", "nation": "ni"}),
        ({"entry": "start", "worry": "other", "harm": "none", "consent": "refused"}, {"entry": "start"}),
        ({}, {"entry": "start"}),
    ],
)
def test_what_was_not_known_or_is_born_by_now_is_asked_again(before: dict[str, str], after: dict[str, str]) -> None:
    answers = {question: (answer,) for question, answer in before.items()}
    assert answers_that_stand(answers) == {question: (answer,) for question, answer in after.items()}


@pytest.mark.parametrize("seed", range(WALKS))
def test_danger_comes_first_and_the_advice_is_never_less_than_asked_anew(seed: int) -> None:
    """Any walk, brought back and answered in any way: at each point it stands where a new walk with these answers
    stands, and at its end it advises the same."""
    random = Random(seed)
    before = Walk.begin(FLOW, TODAY, profile(DEFAULT) if seed % 2 else None)
    before = to_the_end(before, random)
    if before.signposted:
        return
    again = brought_back(before)
    assert again.state == "danger", "INV-1: nothing stands before it"
    assert again.answer("danger", ("unsure",)).walk.here.advice.outcome.value == "O1"
    again = to_the_end(again, random)
    anew = Walk.begin(FLOW, TODAY, before.known)
    while anew.question is not None:
        anew = anew.answer(anew.state, again.here.answers[anew.state]).walk
    assert anew.path == again.path
    assert PROTECTION[again.here.advice.outcome] == PROTECTION[anew.here.advice.outcome]
    assert again.here.advice == anew.here.advice


@pytest.mark.parametrize("seed", range(WALKS // 3))
def test_an_answer_that_stands_can_be_changed_like_any_other(seed: int) -> None:
    """On the list of one's answers (INV-21)."""
    random = Random(seed)
    again = brought_back(to_the_end(Walk.begin(FLOW, TODAY), random))
    if again.signposted:
        return
    again = again.answer("danger", ("no",)).walk
    for question in [one for one in again.path if one in STANDS]:
        changed = again.revisit(question)
        assert changed.state == question
        assert changed.question is not None
        option = random.choice([one.id for one in changed.question.offered(changed.here) if one.id != "danger"])
        if option not in ("about_me", "under_18", "public"):
            assert changed.answer(question, (option,)).walk.here.answers[question] == (option,)
