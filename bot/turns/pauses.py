"""The moment at which a pause of `states.following_up` ends, on the clocks of the people who are asked."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.local_time import (
    UNITED_KINGDOM,
    WORK_ENDS,
    local,
    morning_of,
    next_morning,
    next_working_morning,
    waking,
)
from states.following_up import Pause
from states.rota import WORKING_DAYS, Calendar, after_working_time, read_hours

HOUR = timedelta(hours=1)
WORKING_DAY = timedelta(hours=8)
BY_NIGHT = {Pause.HOUR: HOUR, Pause.TWO_HOURS: 2 * HOUR, Pause.FOUR_HOURS: 4 * HOUR}


def moment_after(pause: Pause, at: datetime) -> datetime:
    """When it ends that begins now."""
    if pause in BY_NIGHT:
        return at + BY_NIGHT[pause]
    match pause:
        case Pause.THIS_AFTERNOON:
            return waking(max(at + HOUR, min(at + 4 * HOUR, _today_at(WORK_ENDS, at))))
        case Pause.TWO_HOURS_BY_DAY:
            return waking(at + 2 * HOUR)
        case Pause.WORKING_MORNING:
            return next_working_morning(at)
        case Pause.WORKING_DAY:
            # Whose bank holidays count is not known here: most who follow up ring a council.
            return waking(after_working_time(at, WORKING_DAY, read_hours(WORKING_DAYS), Calendar(UNITED_KINGDOM)))
        case Pause.WEEK:
            return morning_of(local(at).date() + timedelta(days=7))
        case _:
            return next_morning(at)


def _today_at(hour: time, at: datetime) -> datetime:
    return local(at).replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0).astimezone(at.tzinfo)
