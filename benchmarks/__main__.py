"""python -m benchmarks: measure everything, each benchmark in a process of its own, and print the page."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import typer

from benchmarks.everything import NAMES, rows_of
from benchmarks.figures import Row, left_out, page, table


def main() -> None:
    """What goes wrong with one benchmark is told in its row; the others are measured all the same."""
    rows: list[Row] = []
    for name in NAMES:
        typer.echo(f"{name} ...", err=True)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            try:
                found = alone.submit(rows_of, name).result()
            except Exception as error:
                found = [left_out(name, f"{type(error).__name__}: {error}")]
        typer.echo(table(found), err=True)  # what has been measured is not lost if it is broken off
        rows += found
    typer.echo(page(rows))


if __name__ == "__main__":
    main()
