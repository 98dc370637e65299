"""Nothing is lost, doubled or told before it is so, however the bot ends. `make faults` tries it much longer."""

from __future__ import annotations

import pytest

from tests.faults import kills, later
from tests.faults.caught import tried
from tests.faults.controls import CONTROLS
from tests.faults.world import Engine, Servers


@pytest.mark.parametrize(("engine", "count"), [("SQLCipher", 20), ("PostgreSQL", 10), ("PostgreSQL, 2 workers", 10)])
def test_kill_9_in_the_middle_of_everything(engine: Engine, count: int, servers: Servers) -> None:
    """At every step and at random moments, while several people write, tap and cry for help; with two workers, while
    the other one goes on."""
    outcome = kills.run(engine, count, 1, servers)
    assert not outcome.problems, str(outcome)
    assert outcome.total == count


def test_kill_9_while_something_is_due(servers: Servers) -> None:
    """Reminders, ends of walks, review dates, sweeps and the notice after a long silence: as if nobody had died."""
    outcome = later.run("SQLCipher", 9, servers, course=later.SHORT)
    assert outcome.problems == []
    assert outcome.kills.total() == 9


@pytest.mark.parametrize("name", CONTROLS)
def test_a_build_with_a_broken_promise_is_caught(name: str, servers: Servers) -> None:
    """A checker that finds nothing wrong there would prove nothing anywhere."""
    assert tried(name, servers).problem
