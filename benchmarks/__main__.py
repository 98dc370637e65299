"""python -m benchmarks: measure everything, each benchmark in a process of its own, and print the page."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module

import typer

from benchmarks.figures import Row, left_out, page

ALL = (
    "whole_turn",
    "core_alone",
    "emergency_lane",
    "flood",
    "growth",
    "starting",
    "due_rows",
    "postgresql_workers",
    "load",
    "load_two_workers",
)


def rows_of(name: str) -> list[Row]:
    """The figures of one benchmark, taken here."""
    found: list[Row] = import_module(f"benchmarks.{name}").measure()
    return found


def main() -> None:
    """What goes wrong with one benchmark is told in its row; the others are measured all the same."""
    rows: list[Row] = []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as alone:
        for name in ALL:
            typer.echo(f"{name} ...", err=True)
            try:
                rows += alone.submit(rows_of, name).result()
            except Exception as error:
                rows.append(left_out(name, f"{type(error).__name__}: {error}"))
    typer.echo(page(rows))


if __name__ == "__main__":
    main()
