"""A sample of what `python -m tests.faults.repeats` plays two hundred thousand updates long: every one counts once."""

from __future__ import annotations

import pytest

from tests.faults.repeats import played


@pytest.mark.parametrize("engine", ["embedded", "postgresql"])
def test_repeated_late_and_disordered_updates_have_the_effects_of_the_distinct_ones(engine: str) -> None:
    assert played(engine, 1000, seed=20) == []


@pytest.mark.parametrize("promise", ["an update's id is not kept", "old buttons work"])
def test_a_broken_promise_is_noticed(promise: str) -> None:
    assert played("embedded", 150, seed=20, broken=promise)
