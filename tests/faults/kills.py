"""Kill the bot in the middle of everything, again and again, and hold what is found to the checker's laws."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.steps import Step
from tests.faults.lives import Plan
from tests.faults.world import Engine, Servers, World, world

KILLS_A_WORLD = 150
"""After so many kills everything begins anew, with new people, a new store and a new Telegram."""
AT_RANDOM = "at a random moment"
OF_A_TURN = (
    *(Step.RECEIVED, Step.EMERGENCY_SENT, Step.CLAIMED, Step.TURN_WRITTEN, Step.COMMITTED),
    *(Step.SENDING, Step.SENT, Step.MARKED),
)
UNSETTLED_IN_A_ROW = 3
"""So many kills may follow each other before the bot is left to mend everything."""


@dataclass
class Outcome:
    """What came of it."""

    engine: Engine
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    """What is wrong, a sentence each; empty when every promise was kept."""
    told: list[str] = field(default_factory=list)
    """The problems with everything that helps to understand them."""
    updates: int = 0
    records: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """All kills."""
        return sum(self.kills.values())

    def __str__(self) -> str:
        if self.problems:
            return "\n".join([f"{self.engine}, seed {self.seed}, after {self.total} kills:", *self.told])
        return f"{self.engine}, seed {self.seed}: {self.total} kills, nothing lost, nothing doubled"


def run(
    engine: Engine, kills: int, seed: int, servers: Servers, controls: Sequence[str] = (), patience: float = 30.0
) -> Outcome:
    """So many kills on one engine, world after world. Ends at the first problem."""
    outcome = Outcome(engine, seed)
    begun = time.monotonic()
    while outcome.total < kills and not outcome.problems:
        with world(engine, servers, seed + outcome.total, controls) as made:
            made.patience = patience
            outcome.problems = _run_world(made, min(KILLS_A_WORLD, kills - outcome.total), outcome)
            if outcome.problems:
                outcome.told = made.told(outcome.problems)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _run_world(made: World, kills: int, outcome: Outcome) -> list[str]:
    """So many kills in one world. Gives what is wrong at the first problem, and nothing if there is none."""
    unsettled = 0
    for number in range(kills):
        plan = _plan(made)
        made.bear()
        unsettled = unsettled + 1 if plan.from_birth else 0
        if not 0 < unsettled <= UNSETTLED_IN_A_ROW:
            unsettled = 0
            if found := made.settle():
                return found
        step, found = made.kill_by(number % len(made.workers), plan)
        outcome.kills[step or AT_RANDOM] += 1
        if found:
            return found
    made.bear()
    if found := made.settle() or made.stop():
        return found
    contents = made.reader.after_death()
    outcome.updates += len(contents.dealt_with)
    outcome.records += len(contents.records)
    return made.after_death([one.phone for one in made.everybody])


def _plan(made: World) -> Plan:
    """A step or a random moment. A bot that picks up what was left over is struck too; what is due has tests of its own
    (`later`)."""
    chance = made.chance
    if made.owes and chance.random() < 0.25:
        return Plan(Step.OUTBOX_CLAIMED, from_birth=True)
    from_birth = chance.random() < 0.2
    if chance.random() < 0.35:
        return Plan(seconds=chance.uniform(0.0, 0.15 if from_birth else 0.06), from_birth=from_birth)
    steps = steps_of_a_turn(len(made.workers))
    return Plan(chance.choice(steps), chance.choice((1, 1, 1, 2, 3)), from_birth=from_birth)


def steps_of_a_turn(workers: int) -> tuple[Step, ...]:
    """Where so many workers can be struck in the middle of a turn: a webhook has no step of its own for confirming."""
    return OF_A_TURN if workers > 1 else (*OF_A_TURN, Step.CONFIRMING)
