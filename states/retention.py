"""How long a record is kept here (RET-5): the bot is not the system of record, so each has an end.

The end moves on with whatever happens to the record, and waits while something about it is open or still to come. It is
told once, early enough to copy the record or to keep it longer. Nothing here knows of a store or a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, IntEnum

NOTICE = timedelta(days=7)
"""From the message that names the day to the day itself; also what somebody has who cannot be told."""
SHORT_NOTICE = timedelta(days=1)
"""The same for what is kept for no longer than `NOTICE`."""
SETTLES = timedelta(hours=1)
"""Nobody is told of the end of something that they have only just saved: that screen says it already."""
LOOK_AGAIN = timedelta(days=1)
"""Until then it is seen whether what was open is over."""


class Stage(IntEnum):
    """How far it has come: left alone; its maker told on which day it goes; or not to be told, and in its last week."""

    LEFT = 0
    TOLD = 1
    UNTOLD = 2


class Act(Enum):
    """What is done now."""

    WAIT = "wait"
    TELL = "tell"
    GO = "go"


@dataclass(frozen=True, slots=True)
class Life:
    """How it stands with one record. `alive_at`: from when its `days` are counted, since that is when something last
    happened to it. `live`: something about it is open or still to come. `reachable`: its maker can be told."""

    alive_at: datetime
    days: int
    live: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What is done now, and when it is looked at next, at which stage. Where it is told: the day that is told."""

    act: Act
    at: datetime
    stage: Stage


def ends_at(life: Life) -> datetime:
    """When its time is over, if nothing more happens to it."""
    return life.alive_at + timedelta(days=life.days)


def told_at(life: Life) -> datetime:
    """When its maker is told of that."""
    return max(life.alive_at + SETTLES, ends_at(life) - NOTICE)


def next_step(stage: Stage, life: Life, at: datetime) -> Next:
    """What is to be done with a record whose time to be looked at has come."""
    if life.live:
        return Next(Act.WAIT, at + LOOK_AGAIN, Stage.LEFT)
    if at < ends_at(life):  # something happened to it since, or it is kept for longer now: what was told is off
        stage = Stage.LEFT
    if stage is Stage.LEFT and at < told_at(life):
        return Next(Act.WAIT, told_at(life), Stage.LEFT)
    if life.reachable and stage is not Stage.TOLD:
        notice = NOTICE if timedelta(days=life.days) > NOTICE else SHORT_NOTICE
        return Next(Act.TELL, max(ends_at(life), at + notice), Stage.TOLD)
    if not life.reachable and stage is not Stage.UNTOLD:
        return Next(Act.WAIT, max(ends_at(life), at) + NOTICE, Stage.UNTOLD)
    return Next(Act.GO, at, stage)
