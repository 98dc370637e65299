"""Figures as rows of one table, whichever benchmark they come from."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps

import typer

from benchmarks.machine import machine, versions

HEAD = ("What", "Measured", "Wanted", "Holds", "Samples", "Median", "99th percentile")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `holds`: whether it is what was wanted; None where nothing was. `samples` are single times, in
    seconds, `count` how many there were where only `median` and `p99` are known."""

    what: str
    measured: str
    wanted: str = ""
    holds: bool | None = None
    count: int = 0
    median: float | None = None
    p99: float | None = None

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        holds = {True: "yes", False: "NO", None: ""}[self.holds]
        count = f"{self.count:,}" if self.count else ""
        return (self.what, self.measured, self.wanted, holds, count, in_words(self.median), in_words(self.p99))


def row(what: str, measured: str, samples: Sequence[float], wanted: str = "", holds: bool | None = None) -> Row:
    """A figure with the single times, in seconds, that it was taken from."""
    return Row(what, measured, wanted, holds, len(samples), statistics.median(samples), percentile(samples, 99))


def left_out(what: str, why: str) -> Row:
    """Something that cannot be measured here, and why."""
    return Row(what, f"left out: {why}")


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that so many percent of them do not exceed."""
    return sorted(samples)[max(0, math.ceil(len(samples) * percent / 100) - 1)]


def in_words(seconds: float | None) -> str:
    """A time in the unit in which it is easily read."""
    if seconds is None:
        return ""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(rows: Iterable[Row]) -> str:
    """The figures as a table in Markdown."""
    lines = [HEAD, tuple("---" for _ in HEAD), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page(rows: Iterable[Row]) -> str:
    """The figures, and what they were measured on."""
    day = f"{datetime.now(UTC):%d.%m.%Y}"
    facts = [f"- Measured on {day}.", *(f"- {name}: {value}." for name, value in {**machine(), **versions()}.items())]
    return "\n".join([*facts, "", table(rows)])


def by_itself(measure: Callable[..., list[Row]]) -> None:
    """Run one benchmark from the command line, its arguments as options, and print its page."""

    @wraps(measure)
    def printed(*arguments: int, **options: int) -> None:
        typer.echo(page(measure(*arguments, **options)))

    typer.run(printed)
