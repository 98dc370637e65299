"""What a call for a lead does next, and until when it then waits: decided here, done in `bot.turns.ladder`.

Whatever happens, either a person holds it, or there is a moment at which the next are asked: no call ends in silence
(E1 of the goals).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from states.arrangements import Arrangements, may_ask_at
from states.escalation import (
    HAND_BACK,
    Asking,
    Contact,
    State,
    Urgency,
    after,
    asked_on,
    asking_after_silence,
    first_asking,
)
from states.roles import ANSWER_FOR_LEADS
from states.rota import Calendar, after_working_time, is_within


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that decides who is asked and how long for: now, there, for this call. `left_out`: who must hear nothing of
    it, and who asks. `rungs`: how many were climbed already."""

    urgency: Urgency
    contacts: Sequence[Contact]
    left_out: Collection[str]
    arranged: Arrangements
    calendar: Calendar
    at: datetime
    rungs: int = 0


@dataclass(frozen=True, slots=True)
class Climbed:
    """A rung, who is asked on it, and until when it waits for one of them."""

    asking: Asking
    until: datetime


def begun(here: Circumstances) -> Climbed:
    """Whom to ask first. What can wait wakes nobody in the quiet hours, and does not call everybody together where
    nobody is on duty out of working hours."""
    asking = first_asking(here.contacts, here.left_out)
    if here.urgency is Urgency.ROUTINE:
        asked = [one for one in here.contacts if one.person in asking.people]
        answered = any(one.on_duty and one.role in ANSWER_FOR_LEADS for one in asked)
        if _is_quiet(here) or not (answered or is_within(here.arranged.working_hours, here.at, here.calendar)):
            asking = Asking(State.LATER, ())
    return Climbed(asking, _until(here, asking.rung))


def _is_quiet(here: Circumstances) -> bool:
    """Whether nobody is to be woken for this now."""
    return here.urgency is Urgency.ROUTINE and is_within(here.arranged.quiet, here.at, here.calendar)


def not_before(here: Circumstances) -> datetime:
    """When the next rung may be climbed: at once, but for what can wait out of the quiet hours, whatever brought it
    forward, such as a lead who cannot take it."""
    return may_ask_at(here.arranged, here.at, here.calendar) if _is_quiet(here) else here.at


def climbed(here: Circumstances, state: State) -> Climbed:
    """Nobody has taken it on this rung. Raises NotNowError once somebody has."""
    asking = asking_after_silence(state, here.contacts, here.left_out)
    return Climbed(asking, _until(here, asking.rung))


def given_back(here: Circumstances, state: State, holder: str | None) -> Climbed:
    """Whoever held it does so no longer, and everybody else is asked; what can wait not in the quiet hours. Raises
    NotNowError where nobody did."""
    rung = after(state, HAND_BACK)
    if _is_quiet(here):
        return Climbed(Asking(State.LATER, ()), _until(here, State.LATER))
    out = {*here.left_out, *([holder] if holder else [])}
    return Climbed(Asking(rung, asked_on(rung, here.contacts, out)), _until(here, rung))


def _until(here: Circumstances, rung: State) -> datetime:
    if rung is State.LATER:
        return may_ask_at(here.arranged, here.at, here.calendar)
    wait = _patience(here)
    if here.urgency is not Urgency.ROUTINE:
        return here.at + wait
    worked = after_working_time(here.at, wait, here.arranged.working_hours, here.calendar)
    return may_ask_at(here.arranged, worked, here.calendar)


def no_later(here: Circumstances, until: datetime) -> datetime:
    """When a clock was set back, a rung would wait by as much longer. Of what cannot wait, none waits longer than it
    would from now on."""
    return until if here.urgency is Urgency.ROUTINE else min(until, here.at + _patience(here))


WIDENS_AFTER, WIDEST = 8, 4
"""Rungs after which the pause doubles, and how many times the first it is at most: whoever asked has long been told to
ring themselves, and a phone that rings every two minutes all night is switched off."""


def _patience(here: Circumstances) -> timedelta:
    times = 1 << min(here.rungs // WIDENS_AFTER, 2)
    return here.arranged.rung(here.urgency) * min(times, WIDEST)
