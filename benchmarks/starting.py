"""From starting the bot to its first answer, with many walks stored. Somebody has written /start before it starts."""

from __future__ import annotations

from benchmarks.figures import Row, by_itself, row
from benchmarks.filling import filled
from benchmarks.process import BotProcess, wait_until
from bot.pocket.process import PocketTelegram

AT_MOST = 2.0


def measure(walks: int = 100_000, times: int = 5) -> list[Row]:
    """As Telegram sees it: until the call that shows the first screen arrives."""
    folder = filled(walks, walks, walks).parent
    taken = []
    with PocketTelegram() as telegram:
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
