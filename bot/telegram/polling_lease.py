"""Whose turn it is to ask Telegram for updates, where several processes serve one bot from one database.

Telegram gives updates to whoever asks last and turns the other away, so two that ask would only disturb each other.
Nothing depends on the lease being right: an update that two processes get has one effect (`bot.store.updates`).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.store import Store, StoreError, leases

log = structlog.get_logger()

HELD_SECONDS = 15.0
RENEW_SECONDS = 5.0
ANSWER_SECONDS = 4.0
"""A store that says nothing for so long counts as one that cannot say."""
LOOK_SECONDS = 1.0
"""How often somebody who waits looks whether the lease is free."""


def awake_and_asleep() -> float:
    """Seconds that also pass while the machine sleeps, where the system counts them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class PollingLease:
    """One process's part in it."""

    def __init__(self, store: Store, bot_id: int, worker: str, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.name = f"polling:{bot_id}"
        self.worker = worker
        self.clock = clock
        self.is_known = False
        """Whether the store could say, when it was asked last, whose turn it is."""
        self._until = float("-inf")
        self._heard_at = float("-inf")
        self._waits = False
        self._changed = asyncio.Event()

    def is_mine(self) -> bool:
        """Whether this process may ask Telegram now. Not after it was stopped for longer than the lease lasts."""
        return awake_and_asleep() < self._until

    async def wait(self) -> None:
        """Until it may."""
        while not self.is_mine():
            self._changed.clear()
            await self._changed.wait()

    async def keep(self) -> None:
        """Take the lease as soon as it is free, and keep it, until cancelled; then give it back."""
        try:
            while True:
                await self._ask()
                await asyncio.sleep(RENEW_SECONDS if self.is_mine() else LOOK_SECONDS)
        finally:
            with contextlib.suppress(StoreError, TimeoutError):
                release = self.store.submit(lambda work: leases.release(work, self.name, self.worker))
                async with asyncio.timeout(LOOK_SECONDS):
                    await asyncio.wrap_future(release)

    async def _ask(self) -> None:
        began, at = awake_and_asleep(), self.clock()
        until = at + timedelta(seconds=HELD_SECONDS)
        was_mine = self.is_mine()
        try:
            asked = self.store.submit(lambda work: leases.take(work, self.name, self.worker, at, until))
            async with asyncio.timeout(ANSWER_SECONDS):
                mine = await asyncio.wrap_future(asked)
        except Exception as error:  # whatever it is, this must not end
            # Somebody must hear that nothing can be saved. Should another process poll, Telegram says so.
            if was_mine or began - self._heard_at > HELD_SECONDS:
                log.error("polling without knowing whose turn it is", error_class=type(error).__name__)
                self._until = awake_and_asleep() + 2 * HELD_SECONDS  # over the next question, which may take long
            self.is_known = False
        else:
            self.is_known = True
            self._heard_at = began
            self._until = began + HELD_SECONDS if mine else float("-inf")
            if not mine and not self._waits:
                log.warning("another process polls for this bot; this one waits and takes over when that one ends")
            if mine and self._waits:
                log.warning("the other process has ended; this one polls now")
            self._waits = not mine
        if self.is_mine():
            self._changed.set()
