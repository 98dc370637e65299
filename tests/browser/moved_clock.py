"""`sharewise run` with the clock that it is given moved on: by as many seconds as a file says at that moment.

So a test need not wait for what happens after a time, and need not stop the bot either.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import run
from bot.cli import main


def moved_by(seconds: Path) -> None:
    """Give the bot that clock, and run it."""
    vars(run)["_now"] = lambda: datetime.now(UTC) + timedelta(seconds=float(seconds.read_text()))
    main()


if __name__ == "__main__":
    moved_by(Path(sys.argv.pop(1)))
