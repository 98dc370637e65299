"""Who is on duty when: weekly hours on the wall clock of an organisation, and working time counted on it.

A time is compared with the clock on the wall, so a change to or from summer time needs no rule of its own. A public
holiday is a day by itself, beside Monday to Sunday: whoever works on Mondays does not work on a bank holiday Monday.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Hol")
"""As hours are typed and kept; "Hol" is any public holiday."""
HOLIDAY = 7
MIDNIGHT = 24 * 60
"""In minutes, as the end of a day."""
ONE_DAY = timedelta(days=1)
LOOKED_AHEAD = 60
"""Days in which working time must come up; else it is taken to pass always, so that nothing waits for ever."""

WORKING_DAYS = "Mon-Fri 09:00-17:00"
LONGEST, MOST_PARTS = 150, 6
"""Of hours as they are typed."""
OUT_OF_HOURS = "17:00-09:00, Sat-Hol 09:00-17:00"
"""Every night, and by day at weekends and on holidays: together with the working days there is no gap."""

_PART = re.compile(
    r"(?:(?P<first>[a-z]{3,9})\s*(?:-\s*(?P<last>[a-z]{3,9})\s*)?\s)?"
    r"(?P<begins>\d{1,2})(?:[:.](?P<begins_minute>\d{2}))?\s*-\s*(?P<ends>\d{1,2})(?:[:.](?P<ends_minute>\d{2}))?"
)


class UnclearHoursError(ValueError):
    """These are no hours; its text is the part that was not understood."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours on some days of every week. `days`: 0 for Monday to 6 for Sunday, 7 for a holiday; `begins` and `ends` in
    minutes after midnight. Hours that end no later than they begin go on past midnight, into the next day."""

    days: tuple[int, ...]
    begins: int
    ends: int


Hours = tuple[Shift, ...]


def read_hours(text: str) -> Hours:
    """Hours as they are typed: "Mon-Fri 9-17, Sat 10:00-14:00"; without a day every day is meant, holidays too.

    Raises UnclearHoursError.
    """
    shifts: list[Shift] = []
    if len(text) > LONGEST or text.count(",") >= MOST_PARTS:
        raise UnclearHoursError(text[:LONGEST])
    for part in text.lower().replace("–", "-").split(","):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise UnclearHoursError(part.strip())
        begins = _minutes(part, found["begins"], found["begins_minute"])
        ends = _minutes(part, found["ends"], found["ends_minute"])
        if begins in (ends, MIDNIGHT):
            raise UnclearHoursError(part.strip())
        shifts.append(Shift(_days(part, found["first"], found["last"]), begins, ends))
    return tuple(shifts)


def _minutes(part: str, hour: str, minute: str | None) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or minutes > MIDNIGHT:
        raise UnclearHoursError(part.strip())
    return minutes


def _days(part: str, first: str | None, last: str | None) -> tuple[int, ...]:
    names = [name.lower() for name in DAY_NAMES]
    try:
        begin = names.index(first[:3]) if first else 0
        end = names.index(last[:3]) if last else (begin if first else HOLIDAY)
    except ValueError:
        raise UnclearHoursError(part.strip()) from None
    if end < begin:
        raise UnclearHoursError(part.strip())
    return tuple(range(begin, end + 1))


def hours_text(hours: Hours) -> str:
    """The hours as `read_hours` reads them."""
    return ", ".join(f"{_days_text(shift.days)}{_clock(shift.begins)}-{_clock(shift.ends)}" for shift in hours)


def _days_text(days: tuple[int, ...]) -> str:
    if len(days) == len(DAY_NAMES):
        return ""
    first, last = DAY_NAMES[days[0]], DAY_NAMES[days[-1]]
    return f"{first} " if len(days) == 1 else f"{first}-{last} "


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where the wall clock hangs, on which days it is a holiday there, and on which further ones they are closed."""

    zone: tzinfo
    holidays: Collection[date] = frozenset()
    closed: Collection[date] = ()

    def day(self, day: date) -> int:
        """0 for Monday to 6 for Sunday, 7 for a holiday."""
        return HOLIDAY if day in self.closed or day in self.holidays else day.weekday()


def is_within(hours: Hours, at: datetime, calendar: Calendar) -> bool:
    """Whether the clock on the wall is within these hours."""
    there = at.astimezone(calendar.zone)
    minute, today = there.hour * 60 + there.minute, there.date()
    is_today, was_yesterday = calendar.day(today), calendar.day(today - ONE_DAY)
    for shift in hours:
        passes_midnight = shift.ends <= shift.begins
        if is_today in shift.days and shift.begins <= minute and (passes_midnight or minute < shift.ends):
            return True
        if passes_midnight and was_yesterday in shift.days and minute < shift.ends:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody said last about being on duty. `on`: None when their hours count. `until`: None for no end."""

    on: bool | None = None
    until: datetime | None = None


def is_on_duty(hours: Hours, duty: Duty, at: datetime, calendar: Calendar) -> bool:
    """Whether somebody is on duty. What they said last goes before their hours; who has no hours always is."""
    if duty.on is not None and (duty.until is None or at < duty.until):
        return duty.on
    return not hours or is_within(hours, at, calendar)


def is_on_duty_between(hours: Hours, duty: Duty, begins: datetime, ends: datetime, calendar: Calendar) -> bool:
    """Whether somebody is on duty at any moment from `begins` on and before `ends`. They come on duty only where their
    hours begin, or where what they said last no longer counts."""
    moments = [begins, *([duty.until] if duty.until is not None else [])]
    for opens, _ in _stretches(begins, hours, calendar):
        if opens >= ends + ONE_DAY:
            break
        moments.append(opens)
    return any(begins <= at < ends and is_on_duty(hours, duty, at, calendar) for at in moments)


def after_working_time(at: datetime, length: timedelta, hours: Hours, calendar: Calendar) -> datetime:
    """When so much of these hours has passed, in UTC. With a length of nothing: `at` itself if it is within them, else
    when they begin next."""
    left = length
    for begins, ends in _stretches(at, hours, calendar):
        if ends <= at:
            continue
        begins = max(begins, at)
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
        at = ends
    return at + left


def _stretches(at: datetime, hours: Hours, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The hours as stretches of time, from the day before on, in order of their beginning."""
    day = at.astimezone(calendar.zone).date() - ONE_DAY
    for _ in range(LOOKED_AHEAD):
        here = calendar.day(day)
        yield from sorted(
            (
                _moment(day, shift.begins, calendar),
                _moment(day + ONE_DAY * (shift.ends <= shift.begins), shift.ends, calendar),
            )
            for shift in hours
            if here in shift.days
        )
        day += ONE_DAY


def _moment(day: date, minutes: int, calendar: Calendar) -> datetime:
    day += ONE_DAY * (minutes // MIDNIGHT)
    return datetime.combine(day, time(*divmod(minutes % MIDNIGHT, 60)), calendar.zone).astimezone(UTC)


STEP = timedelta(minutes=30)


def gaps(
    people: Collection[tuple[Hours, Duty]], at: datetime, length: timedelta, calendar: Calendar
) -> list[tuple[datetime, datetime]]:
    """When nobody is on duty within this time, to the half hour, in order."""
    found: list[tuple[datetime, datetime]] = []
    moment = at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)
    while moment < at + length:
        if not any(is_on_duty(hours, duty, moment, calendar) for hours, duty in people):
            if found and found[-1][1] == moment:
                found[-1] = (found[-1][0], moment + STEP)
            else:
                found.append((moment, moment + STEP))
        moment += STEP
    return found
