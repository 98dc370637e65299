"""What an organisation has arranged: how soon the next is asked, when it works and when it is not to be woken.

Each setting is a line of one table: what it is called, how it is typed, what it may be. What an organisation has not
chosen stands as it does here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from states.escalation import Urgency
from states.rota import (
    WORKING_DAYS,
    Calendar,
    Hours,
    UnclearHoursError,
    after_working_time,
    hours_text,
    is_within,
    read_hours,
)
from states.text import Text, say

MOST_MINUTES = 60
"""A rung in an emergency, or for today: longer would be no rung any more."""
MOST_HOURS = 40
MOST_DAYS_KEPT = 365
"""What is to be kept for longer belongs into the organisation's own records (RET-5)."""
LONGEST_TITLE = 100
MOST_CLOSED_DAYS = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
NONE = ("none", "no", "-")


@dataclass(frozen=True, slots=True)
class Arrangements:
    """All settings of one organisation. Minutes and hours are those of a rung of the ladder, hours in working time.
    `quiet`: when nobody is woken for what can wait; empty for never. `closed_days`: beside the nation's holidays.
    `protocol`: how it shares information with its council, by title; `signed` and `looked_at_again`: when that was, and
    is to be. `days_kept`: how long a record is kept here after the last that happened to it (RET-5)."""

    emergency_minutes: int = 2
    today_minutes: int = 15
    routine_hours: int = 4
    working_hours: Hours = field(default_factory=lambda: read_hours(WORKING_DAYS))
    quiet: Hours = field(default_factory=lambda: read_hours("20:00-08:00"))
    closed_days: tuple[date, ...] = ()
    notes: bool = True
    protocol: str = ""
    protocol_signed: date | None = None
    protocol_review: date | None = None
    days_kept: int = 30

    @property
    def kept_for(self) -> timedelta:
        """The same as a length of time."""
        return timedelta(days=self.days_kept)

    def rung(self, urgency: Urgency) -> timedelta:
        """How long a rung waits: of the clock, but for what can wait of working time."""
        return {
            Urgency.EMERGENCY: timedelta(minutes=self.emergency_minutes),
            Urgency.TODAY: timedelta(minutes=self.today_minutes),
            Urgency.ROUTINE: timedelta(hours=self.routine_hours),
        }[urgency]


class NotAllowedError(ValueError):
    """A setting cannot be that; its text is what was typed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table. `choices`: what a button offers, as it would be typed."""

    words: Text
    hint: Text
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    choices: tuple[str, ...] = ()


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= most:
            raise NotAllowedError(text)
        return int(text)

    return read


def _hours(*, empty: bool) -> Callable[[str], Hours]:
    def read(text: str) -> Hours:
        if empty and text.lower() in NONE:
            return ()
        try:
            return read_hours(text)
        except UnclearHoursError as error:
            raise NotAllowedError(text) from error

    return read


def read_day(text: str) -> date:
    """A day as it is typed here: 31.12.2026, 31/12/2026, or 2026-12-31. Raises NotAllowedError."""
    for form in ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise NotAllowedError(text)


def _day(text: str) -> date | None:
    return None if text.lower() in NONE else read_day(text)


def _days(text: str) -> tuple[date, ...]:
    if text.lower() in NONE:
        return ()
    days = {read_day(part.strip()) for part in text.split(",")}
    if len(days) > MOST_CLOSED_DAYS:
        raise NotAllowedError(text)
    return tuple(sorted(days))


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise NotAllowedError(text)
    return text.lower() == "yes"


def _title(text: str) -> str:
    if text.lower() in NONE:
        return ""
    if len(text) > LONGEST_TITLE:
        raise NotAllowedError(text)
    return text


def day_text(day: date | None) -> str:
    """A day as people here write it."""
    return f"{day:%d.%m.%Y}" if day else "none"


_HOURS_HINT = say("Days and hours, such as: Mon-Fri 09:00-17:00, Sat 10:00-14:00. Hol is a bank holiday.")
_DAY_HINT = say("A day such as 31.12.2026, or: none")

SETTINGS: Mapping[str, Setting] = {
    "emergency_minutes": Setting(
        say("In an emergency I ask the next after so many minutes"),
        say("A number from 1 to {most}.", most=MOST_MINUTES),
        _number(MOST_MINUTES),
        str,
        ("2", "5"),
    ),
    "today_minutes": Setting(
        say("For today I ask the next after so many minutes"),
        say("A number from 1 to {most}.", most=MOST_MINUTES),
        _number(MOST_MINUTES),
        str,
        ("10", "15", "30"),
    ),
    "routine_hours": Setting(
        say("For what can wait I ask the next after so many working hours"),
        say("A number from 1 to {most}.", most=MOST_HOURS),
        _number(MOST_HOURS),
        str,
        ("2", "4", "8"),
    ),
    "working_hours": Setting(say("Working hours"), _HOURS_HINT, _hours(empty=False), hours_text, (WORKING_DAYS,)),
    "quiet": Setting(
        say("Quiet hours, in which I wake nobody for what can wait"),
        say("Hours such as 20:00-08:00, or: none"),
        _hours(empty=True),
        lambda hours: hours_text(hours) or "none",
        ("20:00-08:00", "none"),
    ),
    "closed_days": Setting(
        say("Days on which you are closed, beside bank holidays"),
        say("Days such as 24.12.2026, 31.12.2026, or: none"),
        _days,
        lambda days: ", ".join(day_text(day) for day in days) or "none",
        ("none",),
    ),
    "notes": Setting(
        say("May notes go to a lead"),
        say("yes or no"),
        _yes_or_no,
        lambda allowed: "yes" if allowed else "no",
        ("yes", "no"),
    ),
    "protocol": Setting(
        say("The paper that says how you share information with your council"),
        say("Its title, at most {most} characters, or: none", most=LONGEST_TITLE),
        _title,
        lambda title: title or "none",
        ("none",),
    ),
    "protocol_signed": Setting(say("That paper was signed on"), _DAY_HINT, _day, day_text, ("none",)),
    "protocol_review": Setting(say("That paper is looked at again on"), _DAY_HINT, _day, day_text, ("none",)),
    "days_kept": Setting(
        say("I delete a record here so many days after the last news of it"),
        say("A number from 1 to {most}.", most=MOST_DAYS_KEPT),
        _number(MOST_DAYS_KEPT),
        str,
        ("7", "30", "90"),
    ),
}
"""By name, in the order in which they are shown."""


def changed(arrangements: Arrangements, name: str, text: str) -> Arrangements:
    """The same with one setting changed. Raises NotAllowedError, and KeyError for a name that there is not."""
    return replace(arrangements, **{name: SETTINGS[name].read(" ".join(text.split()))})


def kept(arrangements: Arrangements) -> dict[str, str]:
    """What differs from what stands without any choice, as it would be typed."""
    usual = Arrangements()
    return {
        name: setting.show(getattr(arrangements, name))
        for name, setting in SETTINGS.items()
        if getattr(arrangements, name) != getattr(usual, name)
    }


def from_kept(values: Mapping[str, str]) -> Arrangements:
    """What `kept` kept."""
    arrangements = Arrangements()
    for name, text in values.items():
        arrangements = changed(arrangements, name, text)
    return arrangements


PAUSE = timedelta(minutes=15)
TRIED = 3 * 24 * 4
"""Pauses, of working time: whoever is quiet all through three days of it is woken all the same."""


def may_ask_at(arrangements: Arrangements, at: datetime, calendar: Calendar) -> datetime:
    """When somebody may be asked for what can wait: `at` itself, or the next moment in working hours that is not
    quiet, to the quarter of an hour."""
    moment = at
    for _ in range(TRIED):
        if not is_within(arrangements.working_hours, moment, calendar):
            moment = after_working_time(moment, timedelta(), arrangements.working_hours, calendar)
        if not is_within(arrangements.quiet, moment, calendar):
            return moment
        moment += PAUSE
    return at
