"""`sharewise diagram`: the walk as drawings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.leaving import NOT_DONE, leave


def diagram(
    write: Annotated[Path | None, typer.Option("--write", help="Write the page to this file instead.")] = None,
) -> None:
    """Draw the walk, stage by stage.

    Prints a Markdown page with one Mermaid drawing for each stage.
    """
    from states.diagram import flow_page
    from states.flow import the_flow

    page = flow_page(the_flow())
    if write is None:
        typer.echo(page, nl=False)
        return
    try:
        write.write_text(page, encoding="utf-8")
    except OSError as error:
        leave(f"The page could not be written to {write}: {error.strerror}.", NOT_DONE)
    typer.echo(f"Written: {write}")
