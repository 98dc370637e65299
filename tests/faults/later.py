"""What must happen later happens once, also when the bot dies while it is due: everything ends as if nobody had died.

The same people do the same things twice, and the same days pass. Once the bot lives on, once it is killed while things
are due. What each person was shown and what the store holds must then be the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import zip_longest
from typing import Any

from bot.steps import Step
from tests.faults.lives import Plan
from tests.faults.phones import Act, Phone
from tests.faults.practitioners import ByScript
from tests.faults.world import Engine, Servers, World, world
from tests.flows.scripts import scripts

BEGINS = datetime(2027, 2, 2, 10, 0, tzinfo=UTC)
"""A Tuesday morning, so that neither the night nor a weekend comes in between at one time and not at another."""
PASSING = tuple(timedelta(hours=hours) for hours in (23, 3, 47, 23, 23, 23, 23, 23))
"""A review is due; a reminder; the bot was away for too long; screens are old; reviews again; a walk is closed."""
DUE_STEPS = (Step.DUE_CLAIMED, Step.DUE_WRITTEN, Step.DUE_COMMITTED, Step.SENDING, Step.SENT, Step.MARKED)
CASES: tuple[tuple[str, int], ...] = (
    ("child_worry_shared_by_guest", 4),
    ("adult_coerced", 9),
    ("danger_not_sure_known_practitioner", 99),
    ("unborn_baby_worry", 99),
)
"""Scripts, and after how many acts the phone is put away: in the middle of a walk, or when the record is saved. The two
records are to be looked at again, after a day and after three."""
REFERENCE = re.compile(r"SW-[0-9A-Z]+")


@dataclass(frozen=True)
class Fate:
    """How it stands with one person in the end, and all they were shown on the way."""

    screens: int
    view: str
    walks: tuple[str, ...]
    records: tuple[str, ...]
    due: tuple[tuple[str, int], ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """Who does what, and how much time then passes, each time with a bot that lives for a while."""

    cases: tuple[tuple[str, int], ...]
    passing: tuple[timedelta, ...]
    shown: tuple[str, ...]
    """What somebody must be shown in the course of it, or nothing would be compared."""


WHOLE = Course(
    CASES,
    PASSING,
    (
        "You left something unfinished here.",
        "What you left unfinished here is closed.",
        "Today is a day that you chose.",
        "I remind you once more.",
        "I was out of reach, and am back.",
    ),
)
SHORT = Course((CASES[0], CASES[2]), PASSING[:3], WHOLE.shown[:1] + WHOLE.shown[2:3] + WHOLE.shown[4:])


@dataclass
class Later:
    """What came of it."""

    engine: Engine
    kills: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def run(engine: Engine, kills: int, servers: Servers, controls: Sequence[str] = (), course: Course = WHOLE) -> Later:
    """So many kills while things are due, against none."""
    outcome = Later(engine)
    disturbed = _fates(engine, servers, course, kills, outcome, controls)
    if not outcome.problems:
        undisturbed = _undisturbed(engine, servers, course)
        told = "\n".join(text for fate in undisturbed for text in fate.told)
        outcome.problems += [f"nobody was shown {words!r}" for words in course.shown if words not in told]
        for (name, acts), one, other in zip(course.cases, undisturbed, disturbed, strict=True):
            for what in vars(one):
                if (wanted := getattr(one, what)) != (found := getattr(other, what)):
                    outcome.problems.append(f"{name} after {acts} acts: {what} {_differs(wanted, found)}")
    return outcome


def _differs(wanted: Any, found: Any) -> str:
    """In so few words that it can be read: of two long lists only where they part."""
    if isinstance(wanted, tuple):
        both = zip_longest(wanted, found)
        number, (wanted, found) = next((number, pair) for number, pair in enumerate(both, 1) if pair[0] != pair[1])
        return f"should have as number {number} {wanted!r:.80}, and has {found!r:.80}"
    return f"should be {wanted}, and is {found}"


@cache
def _undisturbed(engine: Engine, servers: Servers, course: Course) -> list[Fate]:
    return _fates(engine, servers, course, 0, Later(engine), ())


def _fates(
    engine: Engine, servers: Servers, course: Course, kills: int, outcome: Later, controls: Sequence[str]
) -> list[Fate]:
    with world(engine, servers, 1, controls) as made:
        made.begin_at(BEGINS)
        made.checker.screens_move_by_themselves = True
        made.bear()
        people = _people(made, course)
        while (here := [one for one in people if not one.through]) and not outcome.problems:
            made.here = list(here)
            made.use()
            outcome.problems += made.settle()
        made.here = []
        made.end_all()
        somebody = made.newcomer().phone
        for number, hours in enumerate(course.passing):
            made.pass_time(hours)
            somebody.do(Act("say", "/help"))  # the bot hears Telegram, and so notices how long it did not
            for turn in range(kills // len(course.passing)):
                made.bear()
                step = DUE_STEPS[(number + turn) % len(DUE_STEPS)]
                where, found = made.kill_by(turn % len(made.workers), Plan(step, 1 + turn % 3, from_birth=True))
                outcome.kills[where or "at a random moment"] += 1
                outcome.problems += found
            made.end_all()
            made.bear()
            outcome.problems += made.settle()
            made.end_all()
        return [_fate(made, practitioner.phone) for practitioner in people]


def _people(made: World, course: Course) -> list[ByScript]:
    people = []
    for name, acts in course.cases:
        practitioner = made.newcomer()
        scripted = ByScript(practitioner.phone, practitioner.chance, left=acts, script=dict(scripts()[name].answers))
        made.everybody[-1] = scripted
        people.append(scripted)
    return people


def _fate(made: World, phone: Phone) -> Fate:
    contents = made.reader.after_death()
    person = contents.people[phone.person_id]
    told: dict[tuple[object, ...], str] = {}
    for call in made.side.by_chat[phone.person_id]:
        if call.shows:
            told.setdefault(call.content, REFERENCE.sub("SW-…", call.text))
    return Fate(
        screens=len(told),
        view=person.view,
        walks=tuple(sorted(walk.status for walk in contents.walks.values() if walk.person_id == person.id)),
        records=tuple(sorted(one.status for one in contents.records if one.person_id == person.id)),
        due=tuple(sorted(contents.due[person.id])),
        told=tuple(told.values()),
    )
