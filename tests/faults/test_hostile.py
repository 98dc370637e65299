"""A sample of what `python -m tests.faults.hostile` tries a hundred thousand times: no update, however malformed,
crashes the bot, changes what it has no right to change, or brings a person's words into the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.hostile import World, noticed, run


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.at_work() as working:
        yield working


def test_nothing_changes_that_must_not(world: World) -> None:
    run(world, 600, seed_=20)


@pytest.mark.parametrize("promise", ["whoever says so owns a chat", "files are fetched"])
def test_a_broken_promise_is_noticed(world: World, promise: str) -> None:
    assert noticed(world, promise, 1000, seed_=20)
