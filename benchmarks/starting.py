"""From starting the bot to its first answer, with many walks stored. Somebody has written /start before it starts."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from benchmarks.figures import Row, by_itself, row
from benchmarks.filling import filled
from benchmarks.machine import scratch
from benchmarks.process import BotProcess, wait_until
from bot.pocket.process import PocketTelegram

AT_MOST = 2.0


def measure(walks: int = 100_000, times: int = 5) -> list[Row]:
    """As Telegram sees it: until the call that shows the first screen arrives."""
    taken = []
    with TemporaryDirectory(dir=scratch()) as made, PocketTelegram() as telegram:
        # A copy: this Telegram counts its updates from the beginning, and a store that was used before knows them.
        folder = Path(made) / "data"
        copytree(filled(walks, walks, walks).parent, folder)
        for number in range(times):
            person = telegram.person(f"Person {number}")
            person.start()
            bot = BotProcess(telegram, folder)
            try:
                wait_until(lambda chat=person.id: telegram.calls("SendMessage", chat))  # type: ignore[misc]
            finally:
                bot.stop()
            taken.append(telegram.calls("SendMessage", person.id)[0]["at"] - bot.started)
    # Each start counts: with so few, the longest is the 99th percentile.
    return [
        row(f"start to the first answer, {walks:,} walks open", "", taken, "at most 2 s", max(taken) <= AT_MOST),
    ]


if __name__ == "__main__":
    by_itself(measure)
