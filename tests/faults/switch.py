"""A page of memory that the harness and the bot it kills share: where to die, and whether it did.

It is a mapped file, so what the bot wrote there outlives kill -9.
"""

from __future__ import annotations

import mmap
import os
import signal
from pathlib import Path

from bot.steps import Step

STEPS = tuple(Step)
_WANTED, _LEFT, _STRUCK = range(3)
_BYTES = 4096


class Switch:
    """One bot's page. The harness arms it, the bot passes by."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_BYTES))
        with path.open("r+b") as file:
            self._numbers = memoryview(mmap.mmap(file.fileno(), _BYTES)).cast("q")  # numbers of 64 bits

    # ---- the harness's side

    def reset(self) -> None:
        """For the next life."""
        for place in (_WANTED, _LEFT, _STRUCK):
            self._numbers[place] = 0

    def arm(self, step: Step, passing: int) -> None:
        """Die at this step, at its n-th passing from now on."""
        self._numbers[_LEFT] = passing
        self._numbers[_WANTED] = STEPS.index(step) + 1

    @property
    def struck(self) -> bool:
        """Whether the bot died where it was told to."""
        return bool(self._numbers[_STRUCK])

    # ---- the bot's side

    def passed(self, step: Step) -> None:
        """A step was passed: die if it is the one."""
        if self._numbers[_WANTED] == STEPS.index(step) + 1:
            self._numbers[_LEFT] -= 1
            if self._numbers[_LEFT] == 0:
                self._numbers[_STRUCK] = 1
                os.kill(os.getpid(), signal.SIGKILL)
