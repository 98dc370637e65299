"""Each build with a broken promise, tried: it must be caught, and by the law that it breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.faults import kills, later
from tests.faults.controls import CONTROLS
from tests.faults.world import Engine, Servers

MOST_KILLS = 80
TRIES = 4
"""Histories, one after the other, until the law is broken: some promises break only when things come together."""


@dataclass(frozen=True)
class Caught:
    """What came of one control. `problem` is what gave it away; "" where it went unnoticed."""

    name: str
    promise: str
    kills: int
    problem: str


def tried(name: str, servers: Servers, engine: Engine = "SQLCipher") -> Caught:
    """Try one broken build until it is caught."""
    control, count = CONTROLS[name], 0
    for seed in range(1, TRIES + 1):
        if control.later:
            found = later.run(engine, 3, servers, [name], later.SHORT)
            count, problems = count + found.kills.total(), found.problems
        else:
            organised = None if control.of_a_call else 0
            outcome = kills.run(engine, MOST_KILLS, seed, servers, [name], patience=4.0, organised=organised)
            count, problems = count + outcome.total, outcome.problems
        for problem in problems:
            if re.search(control.found_out, problem):
                return Caught(name, control.promise, count, problem)
    return Caught(name, control.promise, count, "")
