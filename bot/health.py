"""Whether the bot is alive: `python -m bot.health` ends with 0 if it asked Telegram for updates not long ago.

After each round of polling that Telegram answered, the bot touches a file in its data folder. A process that hangs, or
that cannot reach Telegram, stops touching it; looking at the process list would not notice either.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

LONGEST_SILENCE_SECONDS = 90.0
"""A round of polling takes up to 25 seconds, and three may be missed."""


def beat(alive: Path) -> None:
    """Note that Telegram answered just now. A full disk must not stop the bot; the file then grows old, and rightly."""
    with contextlib.suppress(OSError):
        alive.touch(mode=0o600)


def silence(alive: Path, now: float) -> float | None:
    """Seconds since the last answer at `now` (seconds since 1970); None where there never was one."""
    try:
        return max(0.0, now - alive.stat().st_mtime)
    except OSError:
        return None


def main() -> int:
    """Say how it stands; 0 when the bot is alive, 1 when it is not, 2 when the settings cannot be read."""
    from bot.settings import SettingsError, load_settings

    try:
        seconds = silence(load_settings().alive_path, time.time())
    except SettingsError as error:
        _say(str(error))
        return 2
    if seconds is None:
        _say("Telegram has not answered yet.")
        return 1
    _say(f"Telegram last answered {seconds:.0f} seconds ago.")
    return 0 if seconds < LONGEST_SILENCE_SECONDS else 1


def _say(sentence: str) -> None:
    print(sentence)  # noqa: T201  what whoever asks must read


if __name__ == "__main__":
    sys.exit(main())
