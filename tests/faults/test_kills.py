"""Nothing is lost, doubled or told before it is so, however the bot ends. `make faults` tries it much longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.steps import Step
from tests.faults import kills, later
from tests.faults.caught import tried
from tests.faults.controls import CONTROLS
from tests.faults.lives import Plan
from tests.faults.world import Engine, Servers, world

TRIES = 10


@pytest.mark.parametrize(
    ("engine", "count", "organised"), [("SQLCipher", 20, 10), ("PostgreSQL", 10, 0), ("PostgreSQL, 2 workers", 10, 2)]
)
def test_kill_9_in_the_middle_of_everything(engine: Engine, count: int, organised: int, servers: Servers) -> None:
    """At every step and at random moments, while several people write, tap and cry for help, and leads are called; with
    two workers, while the other one goes on."""
    outcome = kills.run(engine, count, 1, servers, organised=organised)
    assert not outcome.problems, str(outcome)
    assert outcome.total == count


def test_kill_9_while_something_is_due(servers: Servers) -> None:
    """Reminders, ends of walks, review dates, sweeps and the notice after a long silence: as if nobody had died."""
    outcome = later.run("SQLCipher", 9, servers, course=later.SHORT)
    assert outcome.problems == []
    assert outcome.kills.total() == 9


def test_what_a_dead_worker_held_is_done_when_its_leases_run_out(servers: Servers) -> None:
    """Everywhere else the harness lets go of it by hand, to save the waiting."""
    with world("PostgreSQL, 2 workers", servers, 1) as made:
        struck = None
        for _ in range(TRIES):  # it may be killed before it comes to anything, or at a repeat that says nothing
            made.bear()
            struck, found = made.kill_by(0, Plan(Step.COMMITTED), lets_go=False)
            if (struck and made.owes) or found:
                break
        made.kill_all()
        found += made.after_death(made.phones)  # the other died too
        assert (struck, found) == ("COMMITTED", [])
        assert made.owes
        assert any(one.held_by for one in made.reader.while_running().owed)
        made.pass_time(timedelta(minutes=1))
        made.bear()
        assert made.settle() == []


@pytest.mark.parametrize("name", [name for name, control in CONTROLS.items() if not control.seldom])
def test_a_build_with_a_broken_promise_is_caught(name: str, servers: Servers) -> None:
    """A checker that finds nothing wrong there would prove nothing anywhere. `make faults` tries the others too."""
    assert tried(name, servers).problem
