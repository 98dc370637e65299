"""What rows that wait for their time cost a bot that has nothing else to do."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Row, by_itself
from benchmarks.filling import add_due
from benchmarks.machine import scratch
from benchmarks.process import BotProcess
from bot.pocket.process import PocketTelegram

MOST_OF_A_CORE = 0.03
MOST_BYTES = 10 * 2**20


def measure(due: int = 10_000, seconds: int = 30) -> list[Row]:
    """A core's share, and memory, of a bot with so many rows beside one with none."""
    _, without = _idle(0, seconds)
    share, held = _idle(due, seconds)
    added = held - without
    return [
        Row(f"{due:,} due rows that wait", f"{share:.1%} of a core", "under 3 %", share < MOST_OF_A_CORE),
        Row(
            f"{due:,} due rows that wait",
            f"{added / 2**20:+.1f} MB beside none",
            "at most 10 MB more",
            added <= MOST_BYTES,
        ),
    ]


def _idle(due: int, seconds: int) -> tuple[float, int]:
    with TemporaryDirectory(dir=scratch()) as folder, PocketTelegram() as telegram:
        add_due(Path(folder) / "sharewise.db", due)
        bot = BotProcess(telegram, Path(folder))
        try:
            bot.introduced()
            before, begun = bot.cpu_seconds(), time.monotonic()
            time.sleep(seconds)
            share = (bot.cpu_seconds() - before) / (time.monotonic() - begun)
            held = bot.resident_bytes()
        finally:
            bot.stop()
    return share, held


if __name__ == "__main__":
    by_itself(measure)
