"""The wall clock of the people who use the bot. The store keeps UTC; only what people read is local."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UNITED_KINGDOM = ZoneInfo("Europe/London")
MORNING = time(9)
DAY_BEGINS, DAY_ENDS = time(10), time(20)
"""Between these the bot may begin to talk by itself. By then whoever wanted to hear in the morning has heard."""
WORK_ENDS = time(17)
SATURDAY = 5


def local(moment: datetime) -> datetime:
    """The moment on the clocks of the United Kingdom, where every edition's law applies."""
    return moment.astimezone(UNITED_KINGDOM)


def morning_of(day: date) -> datetime:
    """Nine o'clock on this day."""
    return datetime.combine(day, MORNING, UNITED_KINGDOM).astimezone(UTC)


def next_morning(moment: datetime) -> datetime:
    """Nine o'clock on the day after."""
    return morning_of(local(moment).date() + timedelta(days=1))


def next_working_morning(moment: datetime) -> datetime:
    """Nine o'clock on the next day that is no Saturday or Sunday. Bank holidays differ by nation and do not count."""
    day = local(moment).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return morning_of(day)


def waking(moment: datetime) -> datetime:
    """The moment itself if people may be asked something then, else the next nine o'clock."""
    there = local(moment)
    if MORNING <= there.time() < DAY_ENDS:
        return moment
    return morning_of(there.date() + timedelta(days=there.time() >= DAY_ENDS))


def by_day(moment: datetime) -> datetime:
    """The moment itself if it is by day, else when the next day begins."""
    there = local(moment)
    if DAY_BEGINS <= there.time() < DAY_ENDS:
        return moment
    day = there.date() + timedelta(days=there.time() >= DAY_ENDS)
    return datetime.combine(day, DAY_BEGINS, UNITED_KINGDOM).astimezone(UTC)


def by_day_tomorrow(moment: datetime) -> datetime:
    """When the next day begins."""
    return by_day(morning_of(local(moment).date() + timedelta(days=1)))
