"""What `sharewise advise` asks for: never too little, so that no input that was not asked for can change the result."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.cli.inputs import INPUTS, LEFT_OUT
from bot.cli.still_needed import still_needed
from states.advice import advise
from states.facts import Facts
from states.inputs import MAYBE, NO, Flag

NAMES = [name for name in INPUTS if name not in LEFT_OUT]
ROUNDS = 400
"""A round tries one set of given inputs in 16 ways. Fifty times as many were run once, without a difference."""


def any_value(name: str, chance: random.Random) -> Any:
    if name == "flags":
        return frozenset(chance.sample(list(Flag), chance.choice((0, 0, 0, 1, 1, 2, 4))))
    return chance.choice(list(INPUTS[name].values.values()))


def every_value(name: str) -> list[Any]:
    if name == "flags":
        return [frozenset(), *(frozenset({flag}) for flag in Flag)]
    return list(INPUTS[name].values.values())


def result(values: dict[str, Any]) -> tuple[Any, ...]:
    advice = advise(Facts(**values))
    return advice.outcome, advice.add_ons, advice.lead, advice.within, advice.tell


def some_given(chance: random.Random, missing: int) -> tuple[dict[str, Any], set[str]]:
    """Everything told but for some inputs, and those inputs."""
    values = {name: any_value(name, chance) for name in NAMES}
    values |= {"danger": NO, "law_26a": chance.random() < 0.3, "law_26b": chance.random() < 0.3}
    left_out = set(chance.sample(NAMES, missing))
    return {name: value for name, value in values.items() if name not in left_out}, left_out


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_given_for_the_named_ones_no_other_changes_the_result(seed: int) -> None:
    chance = random.Random(seed)
    spared = 0
    for _ in range(ROUNDS // 4):
        given, left_out = some_given(chance, chance.choice((1, 2, 3, 5, 8, 12)))
        named = set(still_needed(given))
        assert named <= left_out
        others = left_out - named
        spared += len(others)
        for _ in range(4):
            asked = {**given, **{name: any_value(name, chance) for name in named}}
            if asked["danger"] in MAYBE:
                continue
            alone = result(asked)
            for _ in range(4):
                values = {**asked, **{name: any_value(name, chance) for name in others}}
                assert result(values) == alone, (given, named, values)
    assert spared > ROUNDS / 4, "almost everything is asked for, so this shows little"


@pytest.mark.parametrize("seed", range(2))
def test_one_missing_input_is_asked_for_only_if_it_can_change_the_result(seed: int) -> None:
    chance = random.Random(seed)
    named = 0
    for _ in range(ROUNDS // 2):
        given, [left_out] = some_given(chance, 1)
        different = {result({**given, left_out: value}) for value in every_value(left_out)}
        assert (left_out in still_needed(given)) == (len(different) > 1 or left_out == "danger"), (given, left_out)
        named += len(different) > 1
    assert named > ROUNDS / 20


def test_without_anything_everything_is_asked_for() -> None:
    assert list(still_needed({})) == NAMES


@pytest.mark.parametrize("danger", sorted(MAYBE))
def test_nothing_is_asked_for_in_danger(danger: Any) -> None:
    assert still_needed({"danger": danger}) == ()
