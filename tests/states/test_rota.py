"""Who is on duty when, and working time: whoever is taken for on duty and is not costs a rung, whoever is not and is
costs a person who could have answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.arrangements import SETTINGS, Arrangements, NotAllowedError, changed, from_kept, kept, may_ask_at
from states.escalation import Urgency
from states.rota import (
    OUT_OF_HOURS,
    WORKING_DAYS,
    Calendar,
    Duty,
    UnclearHoursError,
    after_working_time,
    hours_text,
    is_on_duty,
    is_within,
    read_hours,
)

HERE = Calendar(ZoneInfo("Europe/London"), {date(2026, 12, 25), date(2026, 12, 28)})
WORK, OUT = read_hours(WORKING_DAYS), read_hours(OUT_OF_HOURS)


def there(text: str) -> datetime:
    """A moment on the wall clock here, such as "2026-12-01 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("Mon-Fri 9-17, Sat 10:00-14:00", "Mon-Fri 09:00-17:00, Sat 10:00-14:00"),
        ("monday – friday 9.30-17", "Mon-Fri 09:30-17:00"),
        ("20-8", "20:00-08:00"),
        ("Hol 0-24", "Hol 00:00-24:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, kept_as: str) -> None:
    assert hours_text(read_hours(typed)) == kept_as


@pytest.mark.parametrize(
    "typed", ["", "always", "Mon-Fri", "9-25", "9:60-17", "Fri-Mon 9-17", "9-9", "24-3", "Moo 9-17", "9-17,"]
)
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(UnclearHoursError):
        read_hours(typed)


@pytest.mark.parametrize(
    ("moment", "works", "out"),
    [
        ("2026-12-01 08:59", False, True),  # a Tuesday
        ("2026-12-01 09:00", True, False),
        ("2026-12-01 16:59", True, False),
        ("2026-12-01 17:00", False, True),
        ("2026-12-05 12:00", False, True),  # a Saturday
        ("2026-12-28 12:00", False, True),  # a Monday, and a bank holiday
        ("2026-12-29 03:00", False, True),  # the night after it
        ("2027-03-28 01:30", False, True),  # an hour that is not: clocks go forward
        ("2026-10-25 01:30", False, True),  # an hour that is twice
    ],
)
def test_hours_are_those_of_the_wall_clock(moment: str, works: bool, out: bool) -> None:
    assert (is_within(WORK, there(moment), HERE), is_within(OUT, there(moment), HERE)) == (works, out)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_somebody_is_on_duty_at_any_time(at: datetime) -> None:
    """Working days and out of hours together leave no gap, and do not overlap: also when clocks change."""
    assert is_within(WORK, at, HERE) != is_within(OUT, at, HERE)


@pytest.mark.parametrize(
    ("hours", "duty", "moment", "on"),
    [
        ((), Duty(), "2026-12-05 03:00", True),  # who has no hours is always there
        (WORK, Duty(), "2026-12-05 03:00", False),
        (WORK, Duty(True), "2026-12-05 03:00", True),
        (WORK, Duty(False, there("2026-12-02 09:00")), "2026-12-02 08:59", False),
        (WORK, Duty(False, there("2026-12-02 09:00")), "2026-12-02 09:00", True),
        ((), Duty(False), "2026-12-02 09:00", False),
    ],
)
def test_what_somebody_said_last_goes_before_their_hours(hours, duty, moment, on) -> None:  # type: ignore[no-untyped-def]
    assert is_on_duty(hours, duty, there(moment), HERE) is on


@pytest.mark.parametrize(
    ("begins", "hours", "ends"),
    [
        ("2026-12-01 10:00", 4, "2026-12-01 14:00"),
        ("2026-12-01 13:00", 4, "2026-12-01 17:00"),
        ("2026-12-01 15:00", 4, "2026-12-02 11:00"),
        ("2026-12-04 16:00", 4, "2026-12-07 12:00"),  # over a weekend
        ("2026-12-24 15:00", 4, "2026-12-29 11:00"),  # over Christmas, with the Monday after it
        ("2026-12-05 12:00", 0, "2026-12-07 09:00"),  # when work begins next
        ("2026-12-01 12:00", 0, "2026-12-01 12:00"),
        ("2027-03-26 16:00", 4, "2027-03-29 12:00"),  # over the change to summer time
    ],
)
def test_working_time_passes_only_while_somebody_works(begins: str, hours: int, ends: str) -> None:
    assert after_working_time(there(begins), timedelta(hours=hours), WORK, HERE) == there(ends)


def test_working_time_that_never_comes_passes_all_the_same() -> None:
    """A call for a lead must not wait for a day that does not come."""
    never = Calendar(HERE.zone, {date(2026, 12, 1) + timedelta(days=day) for day in range(400)})
    ends = after_working_time(there("2026-12-02 12:00"), timedelta(hours=4), WORK, never)
    assert ends == there("2026-12-02 16:00")


@pytest.mark.parametrize(
    ("quiet", "moment", "asked"),
    [
        ("20:00-08:00", "2026-12-01 21:00", "2026-12-02 09:00"),
        ("20:00-10:00", "2026-12-01 21:00", "2026-12-02 10:00"),
        ("none", "2026-12-01 21:00", "2026-12-02 09:00"),
        ("20:00-08:00", "2026-12-01 11:07", "2026-12-01 11:07"),
        ("0-24", "2026-12-01 11:00", "2026-12-01 11:00"),  # nobody may be woken ever: then they are
    ],
)
def test_what_can_wait_wakes_nobody(quiet: str, moment: str, asked: str) -> None:
    assert may_ask_at(changed(Arrangements(), "quiet", quiet), there(moment), HERE) == there(asked)


@pytest.mark.parametrize(
    ("name", "typed", "wrong"),
    [
        ("emergency_minutes", "5", "0"),
        ("today_minutes", "30", "61"),
        ("routine_hours", "8", "soon"),
        ("working_hours", "Mon-Sat 08:00-18:00", "none"),
        ("quiet", "none", "at night"),
        ("closed_days", "24.12.2026, 31.12.2026", "Christmas"),
        ("notes", "no", "perhaps"),
        ("protocol", "Sharing with care, 2026", "x" * 101),
        ("protocol_signed", "01.02.2026", "30.02.2026"),
        ("protocol_review", "2027-02-01", "next year"),
        ("days_kept", "365", "366"),
        ("days_kept", "1", "0"),
    ],
)
def test_each_setting_takes_what_fits_and_keeps_it(name: str, typed: str, wrong: str) -> None:
    made = changed(Arrangements(), name, typed)
    assert getattr(made, name) != getattr(Arrangements(), name)
    assert from_kept(kept(made)) == made
    assert [*kept(made)] == [name]
    with pytest.raises(NotAllowedError):
        changed(made, name, wrong)


def test_every_setting_is_tried_here_and_its_choices_are_ones() -> None:
    for name, setting in SETTINGS.items():
        for choice in setting.choices:
            assert setting.show(getattr(changed(Arrangements(), name, choice), name)) == choice


def test_a_rung_waits_as_the_goals_say_unless_it_was_arranged_otherwise() -> None:
    usual = Arrangements()
    assert [usual.rung(urgency) for urgency in Urgency] == [
        timedelta(minutes=2),
        timedelta(minutes=15),
        timedelta(hours=4),
    ]
