"""A thousand practitioners at once, fifty updates a second, through the pocket Telegram: the bot, Telegram and the
people are three processes, on the cores of one machine."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Row, by_itself, percentile, row
from benchmarks.load_check import Verdict, check
from benchmarks.load_people import People
from benchmarks.load_scripts import FIRST_CHAT, Script, scripts
from benchmarks.machine import scratch
from benchmarks.process import TOKEN, BotProcess
from bot.pocket.process import PocketTelegram

AT_MOST = 0.25


def measure(people: int = 1_000, a_second: int = 50, seconds: int = 300) -> list[Row]:
    """From each tap to the arrival of its screen at Telegram, the time that the tap waits to be fetched included."""
    taps = max(1, a_second * seconds // people - 1)
    written = asyncio.run(scripts(people, taps))
    with TemporaryDirectory(dir=scratch()) as folder:
        state = Path(folder) / "telegram.sqlite"
        with PocketTelegram(state, TOKEN) as telegram:
            bot = BotProcess(telegram, Path(folder))
            try:
                bot.introduced()
                late = asyncio.run(_walk(telegram.address, written, a_second))
            finally:
                bot.stop()
        verdict = check(state, expected(written))
    return [load_row(f"load: {people:,} practitioners, {a_second} updates a second", verdict, late, AT_MOST)]


async def _walk(address: str, written: list[Script], a_second: int) -> int:
    everybody = People(address, written)
    await everybody.come()
    await everybody.walk(a_second)
    return everybody.late


def expected(written: list[Script]) -> dict[int, tuple[str, ...]]:
    """By chat, what must be seen there."""
    return {FIRST_CHAT + number: one.texts for number, one in enumerate(written)}


def load_row(what: str, verdict: Verdict, late: int, at_most: float | None) -> Row:
    """What the checker found, as a figure."""
    measured = f"{verdict.lost} lost, {verdict.wrong} wrong or in the wrong chat"
    measured += f", {verdict.shown_twice} shown twice" if verdict.shown_twice else ""
    measured += f", paused {late} times for want of answers" if late else ""
    wanted = "nothing lost, nothing wrong" + (f", p99 at most {at_most * 1e3:.0f} ms" if at_most else "")
    in_time = at_most is None or percentile(verdict.seconds, 99) <= at_most
    return row(what, measured, verdict.seconds, wanted, verdict.holds and in_time)


if __name__ == "__main__":
    by_itself(measure)
