"""How long a record is kept: when its end is told, when it goes, and what moves it on (RET-5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from states.retention import Act, Life, Next, Stage, ends_at, next_step, told_at

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MADE = datetime(2026, 3, 10, 10, tzinfo=UTC)


def life(days: int = 30, *, alive_at: datetime = MADE, live: bool = False, reachable: bool = True) -> Life:
    return Life(alive_at, days, live=live, reachable=reachable)


def after(days: float) -> datetime:
    return MADE + days * DAY


@pytest.mark.parametrize(
    ("days", "told", "ends"),
    [(30, 23, 30), (365, 358, 365), (8, 1, 8), (7, 1 / 24, 7), (3, 1 / 24, 3), (1, 1 / 24, 1)],
)
def test_ret_5_the_end_is_told_a_week_before_or_within_an_hour_where_it_is_kept_for_less(
    days: int, told: float, ends: float
) -> None:
    assert (told_at(life(days)), ends_at(life(days))) == (after(told), after(ends))
    assert next_step(Stage.LEFT, life(days), MADE) == Next(Act.WAIT, after(told), Stage.LEFT)
    assert next_step(Stage.LEFT, life(days), after(told)).act is Act.TELL


@pytest.mark.parametrize(
    ("days", "told", "goes"),
    [
        (30, 23, 30),
        (30, 26, 33),  # told late, since something else stood there: the week is theirs all the same
        (30, 300, 307),  # its organisation has just shortened the period
        (5, 1 / 24, 5),
        (5, 4.5, 5.5),
        (1, 0.75, 1.75),  # by night nobody is told
        (1, 40, 41),
    ],
)
def test_ret_5_there_is_a_week_s_notice_or_a_day_s_where_it_is_kept_for_less(
    days: int, told: float, goes: float
) -> None:
    assert next_step(Stage.LEFT, life(days), after(told)) == Next(Act.TELL, after(goes), Stage.TOLD)


def test_ret_5_what_was_told_goes_on_that_day() -> None:
    assert next_step(Stage.TOLD, life(), after(30)) == Next(Act.GO, after(30), Stage.TOLD)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("reachable", [True, False])
def test_ret_5_nothing_goes_while_something_about_it_is_open_or_to_come(stage: Stage, reachable: bool) -> None:
    standing = life(live=True, reachable=reachable)
    assert next_step(stage, standing, after(400)) == Next(Act.WAIT, after(401), Stage.LEFT)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("reachable", [True, False])
def test_ret_5_what_came_to_it_moves_its_end_on_and_it_is_told_anew(stage: Stage, reachable: bool) -> None:
    """Also on the very last day (needs: new content stops the clock)."""
    moved = life(alive_at=after(29), reachable=reachable)
    assert next_step(stage, moved, after(30)) == Next(Act.WAIT, after(52), Stage.LEFT)
    short = life(3, alive_at=after(2), reachable=True)
    assert next_step(stage, short, after(3)) == Next(Act.TELL, after(5), Stage.TOLD)


def test_ret_5_who_cannot_be_told_has_a_week_more() -> None:
    away = life(reachable=False)
    assert next_step(Stage.LEFT, away, after(23)) == Next(Act.WAIT, after(37), Stage.UNTOLD)
    assert next_step(Stage.LEFT, away, after(50)) == Next(Act.WAIT, after(57), Stage.UNTOLD)
    assert next_step(Stage.UNTOLD, away, after(37)) == Next(Act.GO, after(37), Stage.UNTOLD)


def test_ret_5_who_blocked_the_bot_since_they_were_told_has_a_week_more() -> None:
    """The message may never have come to them."""
    assert next_step(Stage.TOLD, life(reachable=False), after(30)) == Next(Act.WAIT, after(37), Stage.UNTOLD)


def test_ret_5_who_is_back_before_it_went_is_told_after_all() -> None:
    assert next_step(Stage.UNTOLD, life(), after(37)) == Next(Act.TELL, after(44), Stage.TOLD)
