"""`sharewise paths`: every path of the walk, counted and checked."""

from __future__ import annotations

import typer

from bot.cli.leaving import NOT_DONE


def paths() -> None:
    """Walk and check every path.

    Counts the paths and checks the safety invariants on each; takes a minute. Ends with 1 if one is broken.
    """
    from states.flow import the_flow
    from states.paths import explore

    report = explore(the_flow(), progress=lambda words: typer.echo(f"… {words}", err=True))
    for line in report.lines():
        typer.echo(line)
    if not report.holds:
        raise typer.Exit(NOT_DONE)
