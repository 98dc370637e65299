"""Kill the bot in the middle of everything, again and again, and hold what is found to the checker's laws."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.steps import Step
from tests.faults.calls_for_a_lead import RUNGS
from tests.faults.lives import Plan
from tests.faults.organisation import RUNG
from tests.faults.store_contents import Contents
from tests.faults.world import Engine, Servers, World, world

KILLS_A_WORLD = 150
"""After so many kills everything begins anew, with new people, a new store and a new Telegram."""
AT_RANDOM = "at a random moment"
OF_A_TURN = (
    *(Step.RECEIVED, Step.EMERGENCY_SENT, Step.CLAIMED, Step.TURN_WRITTEN, Step.COMMITTED),
    *(Step.SENDING, Step.SENT, Step.MARKED),
)
OF_THE_LADDER = (Step.DUE_CLAIMED, Step.DUE_WRITTEN, Step.DUE_COMMITTED)
"""Where a bot is struck that finds rungs due, and what holders are watched by."""
TIME_PASSES = 5
"""After so many kills it does, while every bot is dead."""
LONGEST_PAUSE = timedelta(minutes=6)
LADDER_REACHED = 1.5
"""Seconds from its birth until a bot has come to what is due."""
HURRIED = 0.6
"""How often nobody waits for a bot to mend everything, where leads are called: they are answered in their own time."""
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
    escalations: int = 0
    rungs: int = 0
    """Climbed, all calls for a lead together."""
    pings: int = 0
    repeats: int = 0
    """Pings that were seen a second time, since it was in doubt whether they had been sent."""
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
    engine: Engine,
    kills: int,
    seed: int,
    servers: Servers,
    controls: Sequence[str] = (),
    patience: float = 30.0,
    *,
    organised: int | None = None,
) -> Outcome:
    """So many kills on one engine, world after world. Ends at the first problem. `organised`: in so many of them, or in
    all, there is an organisation, so that leads are called and time passes; such a kill takes twice as long."""
    outcome = Outcome(engine, seed)
    begun = time.monotonic()
    while outcome.total < kills and not outcome.problems:
        with world(engine, servers, seed + outcome.total, controls) as made:
            made.patience = patience
            left = (kills if organised is None else organised) - outcome.total
            most = min(KILLS_A_WORLD, left if left > 0 else kills - outcome.total)
            outcome.problems = _run_world(made, most, outcome, organised=left > 0)
            if outcome.problems:
                outcome.told = made.told(outcome.problems)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _run_world(made: World, kills: int, outcome: Outcome, *, organised: bool) -> list[str]:
    """So many kills in one world. Gives what is wrong at the first problem, and nothing if there is none."""
    unsettled = 0
    due = False
    for number in range(kills):
        plan = _at_the_ladder(made) if due else _plan(made)
        made.bear()
        hurried = organised and bool(plan.step) and made.chance.random() < HURRIED
        unsettled = unsettled + 1 if plan.from_birth or hurried else 0
        if not 0 < unsettled <= UNSETTLED_IN_A_ROW:
            unsettled = 0
            if found := made.settle():
                return found
        step, found = made.kill_by(number % len(made.workers), plan)
        outcome.kills[step or AT_RANDOM] += 1
        if organised and not number:
            found = found or made.found_organisation()
        due = organised and number % TIME_PASSES == TIME_PASSES - 1
        if due:
            found = found or _time_passes(made)
        if found:
            return found
    made.bear()
    if found := made.settle() or made.stop():
        return found
    contents = made.reader.after_death()
    outcome.updates += len(contents.dealt_with)
    outcome.records += len(contents.records)
    _count(outcome, made, contents)
    return made.after_death([one.phone for one in made.everybody])


def _time_passes(made: World) -> list[str]:
    """Long enough for a rung, sometimes for the look at who holds a case. Gives what is wrong when all are dead."""
    made.end_all()
    found = made.after_death(made.phones)
    made.pass_time(made.chance.choice((RUNG, LONGEST_PAUSE)) + timedelta(seconds=1))
    return found


def _at_the_ladder(made: World) -> Plan:
    """A bot that is born to what is due."""
    step = made.chance.choice((*OF_THE_LADDER, Step.SENDING, Step.SENT, Step.SENT, Step.MARKED))
    passing = 1 if step in OF_THE_LADDER else made.chance.choice((1, 2))
    return Plan(step, passing, seconds=LADDER_REACHED, from_birth=True)


def _count(outcome: Outcome, made: World, contents: Contents) -> None:
    """What the calls for a lead of this world came to."""
    rung = Counter(call.message_id for call in made.side.calls if call.asks and call.shows)
    pings = [ping.message_id for one in contents.escalations.values() for ping in one.pings]
    outcome.escalations += len(contents.escalations)
    outcome.rungs += sum(step.what in RUNGS for one in contents.escalations.values() for step in one.steps)
    outcome.pings += len(pings)
    outcome.repeats += len(rung.keys() - set(pings))


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
