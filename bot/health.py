"""Whether the bot is alive, ready and well.

- `python -m bot.health` ends with 0 if Telegram answered not long ago. Whenever it does, the bot touches a file in its
  data folder. A process that hangs, or that cannot reach Telegram, stops touching it; looking at the process list would
  not notice either.
- `Health` is what the process knows about itself, for the probes (bot/probes.py) and the heartbeat (bot/heartbeat.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from bot import metrics

LONGEST_SILENCE_SECONDS = 90.0
"""A round of polling takes up to 25 seconds, and three may be missed. A webhook is looked at every minute."""
STORE_SECONDS = 5.0
"""How long the store may take to answer a question that reads nothing."""


class Trouble(StrEnum):
    """Why the bot is not ready, or not well. For whoever runs it."""

    STOPPING = "stopping"
    STORE = "the store does not answer"
    WEBHOOK = "the webhook is not registered"
    SILENCE = "Telegram has not answered for a while"
    UPDATES = "Telegram cannot bring its updates"
    SENDING = "what is to be sent is not being sent"


class Health:
    """What this process knows about itself."""

    def __init__(
        self,
        ask_store: Callable[[], object],
        alive: Path | None = None,
        *,
        webhook_wanted: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ask_store` raises when the store does not answer. `alive`: a file to touch whenever Telegram answers.
        `clock` gives seconds."""
        self.stopping = False
        self.sending: Callable[[], bool] = lambda: True  # whether what is to be sent is being sent
        self.on_heard: Callable[[], object] = lambda: None  # called as well whenever updates come
        self.updates_come = True  # as far as is known
        self.webhook_registered: bool | None = False if webhook_wanted else None
        self._ask_store = ask_store
        self._alive = alive
        self._clock = clock
        self._answered_at: float | None = None
        self._asking: asyncio.Task[bool] | None = None

    def heard(self) -> None:
        """Telegram gave its updates just now, or has none."""
        self.updates_come = True
        self.on_heard()
        self.answered()

    def answered(self) -> None:
        """Telegram answered just now, which says nothing about its updates."""
        self._answered_at = self._clock()
        metrics.telegram_heard()
        if self._alive is not None:
            beat(self._alive)

    async def unready(self) -> Trouble | None:
        """Why it cannot do its work now, if so."""
        if self.stopping:
            return Trouble.STOPPING
        if self.webhook_registered is False:
            return Trouble.WEBHOOK
        return None if await self._store_answers() else Trouble.STORE

    async def unwell(self) -> Trouble | None:
        """Why somebody should look after it, if so."""
        if trouble := await self.unready():
            return trouble
        if self._answered_at is None or self._clock() - self._answered_at > LONGEST_SILENCE_SECONDS:
            return Trouble.SILENCE
        if not self.updates_come:
            return Trouble.UPDATES
        return None if self.sending() else Trouble.SENDING

    async def _store_answers(self) -> bool:
        """One question at a time, however many ask: a store that hangs must not eat up all threads."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._asked())
        done, _ = await asyncio.wait({self._asking}, timeout=STORE_SECONDS)
        return bool(done) and self._asking.result()

    async def _asked(self) -> bool:
        try:
            await asyncio.to_thread(self._ask_store)
        except Exception:  # whatever it is, the store did not answer; those who need it log why
            return False
        return True


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
