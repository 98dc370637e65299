"""`python -m tests.faults --kills 1000`: everything that tries to make the bot lose something, and one table of it.

Ends with 0 only if nothing was lost, nothing was doubled, and every build with a broken promise was caught.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time

import psycopg
from sqlcipher3 import dbapi2 as sqlcipher

from bot.steps import Step
from tests.faults import caught, kills, later, matrix
from tests.faults.controls import CONTROLS
from tests.faults.world import ENGINES, Engine, Servers

SHARES: dict[Engine, float] = {"SQLCipher": 0.5, "PostgreSQL": 0.25, "PostgreSQL, 2 workers": 0.25}
"""Of all kills."""
WHOLE_FROM = 1000
"""Kills: a shorter run tries a sample of the faults, and the controls on the embedded store alone, but for those that
are seldom caught soon."""

ORGANISED_OF_A_SHORT_RUN = 6
"""One kill of so many is where leads are called; in a longer run all are."""


def main() -> int:
    """Do it all. Gives the exit status."""
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="on all engines together")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="the same people")
    parser.add_argument("--after-the-tests", action="store_true", help="leave out what they have tried just as well")
    arguments = parser.parse_args()
    begun = time.monotonic()
    print(
        f"seed {arguments.seed} · Python {platform.python_version()} · SQLite {sqlcipher.sqlite_version} · "
        f"psycopg {psycopg.__version__} · {os.cpu_count()} processors · {platform.machine()}",
        flush=True,
    )
    whole = arguments.kills >= WHOLE_FROM
    tried_on = 0 if arguments.after_the_tests else 2 if whole else 1
    with Servers() as servers:
        wrong = [
            *_kills(servers, arguments.kills, arguments.seed),
            *_later(servers, arguments.kills),
            *([] if arguments.after_the_tests else _matrix(servers, whole=whole)),
            *(found for engine in ENGINES[:tried_on] for found in _controls(servers, engine, whole=whole)),
        ]
    print(f"\n{time.monotonic() - begun:.0f} s in all")
    # Last, since of a long output often only the end is kept.
    print("\n".join(["\nWrong:", *wrong] if wrong else ["\nNothing is wrong."]))
    return 1 if wrong else 0


def _kills(servers: Servers, count: int, seed: int) -> list[str]:
    outcomes = []
    for engine in ENGINES:
        own = max(1, int(count * SHARES[engine]))
        organised = own if count >= WHOLE_FROM else max(1, own // ORGANISED_OF_A_SHORT_RUN)
        outcomes.append(kills.run(engine, own, seed, servers, organised=organised))
    rows: list[tuple[str, list[object]]] = [
        (step.name.lower().replace("_", " "), [outcome.kills[step.name] for outcome in outcomes]) for step in Step
    ]
    rows += [
        (kills.AT_RANDOM, [outcome.kills[kills.AT_RANDOM] for outcome in outcomes]),
        ("kills", [outcome.total for outcome in outcomes]),
        ("seconds", [f"{outcome.seconds:.0f}" for outcome in outcomes]),
        ("ms a kill", [f"{1000 * outcome.seconds / outcome.total:.0f}" for outcome in outcomes]),
        ("updates", [outcome.updates for outcome in outcomes]),
        ("records", [outcome.records for outcome in outcomes]),
        ("calls for a lead", [outcome.escalations for outcome in outcomes]),
        ("rungs climbed", [outcome.rungs for outcome in outcomes]),
        ("pings", [outcome.pings for outcome in outcomes]),
        ("pings seen again, where that was in doubt", [outcome.repeats for outcome in outcomes]),
        ("lost, doubled or told before it was so", [len(outcome.problems) for outcome in outcomes]),
    ]
    _table("Killed", [outcome.engine for outcome in outcomes], rows)
    missed = [
        f"{step.name} on {one.engine}"
        for one in outcomes
        for step in (*kills.steps_of_a_turn(1 + one.engine.endswith("workers")), *kills.OF_THE_LADDER)
        if count >= WHOLE_FROM and not one.kills[step.name]
    ]
    return [
        *(f"never killed at {place}" for place in missed),
        *(str(outcome) for outcome in outcomes if outcome.problems),
    ]


def _later(servers: Servers, count: int) -> list[str]:
    outcomes = [later.run(engine, max(8, min(400, int(count * SHARES[engine] / 5))), servers) for engine in ENGINES]
    rows: list[tuple[str, list[object]]] = [
        ("kills", [outcome.kills.total() for outcome in outcomes]),
        ("not as if nobody had died", [len(outcome.problems) for outcome in outcomes]),
    ]
    _table("Killed while things were due", [outcome.engine for outcome in outcomes], rows)
    return [
        f"{outcome.engine}, while things were due: {problem}" for outcome in outcomes for problem in outcome.problems
    ]


def _matrix(servers: Servers, *, whole: bool) -> list[str]:
    cells = matrix.whole(servers) if whole else matrix.sample(servers)
    wrong = [cell for cell in cells if cell.problems]
    kinds, sites = {cell.kind for cell in cells}, {cell.site for cell in cells}
    rows: list[tuple[str, list[object]]] = [
        ("kinds of fault", [len(kinds)]),
        ("calls", [len(sites)]),
        ("fault at call", [len(cells)]),
        ("ended with another screen, or something lost", [len(wrong)]),
    ]
    _table("Faults of Telegram and the network", ["SQLCipher"], rows)
    return [f"{cell.kind} at {cell.site}: {'; '.join(cell.problems)}" for cell in wrong]


def _controls(servers: Servers, engine: Engine, *, whole: bool) -> list[str]:
    names = [name for name, control in CONTROLS.items() if whole or not control.seldom]
    found = [caught.tried(name, servers, engine) for name in names]
    print(f"\nBroken on purpose, {engine}: {sum(bool(one.problem) for one in found)} of {len(found)} caught")
    for one in found:
        what = one.problem.partition(": ")[2] or one.problem or "NOT CAUGHT"
        print(f"  {one.name:<34}{one.kills:>4} kills   {what[:110]}")
    return [f"{one.name} on {engine}: not caught" for one in found if not one.problem]


def _table(title: str, heads: list[str] | list[Engine], rows: list[tuple[str, list[object]]]) -> None:
    print(f"\n{title:<44}" + "".join(f"{head:>24}" for head in heads))
    for name, values in rows:
        print(f"  {name:<42}" + "".join(f"{value!s:>24}" for value in values), flush=True)


if __name__ == "__main__":
    sys.exit(main())
