"""One bot at a time on a data folder: two would answer the same people from one store."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from bot.settings import PREFIX
from states.text import Text, say

LOCK_NAME = "running.lock"
LOOK_SECONDS = 0.5
"""How often somebody who waits looks whether the other bot has ended."""


class TakenError(Exception):
    """Another bot has the folder."""


class DataFolder:
    """The folder of the data. The system lets go of it however the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def take(self, *, make: bool = True) -> None:
        """Keep the folder for this process; make it if there is none and `make` is left on.

        Raises TakenError, or OSError where the folder cannot be used.
        """
        if self._lock is not None and _is_at(self._lock, self.path / LOCK_NAME):
            return
        self.let_go()
        if make:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _opened(self.path / LOCK_NAME)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException as error:
            lock.close()
            if isinstance(error, BlockingIOError):
                raise TakenError from None
            raise
        self._lock = lock

    def let_go(self) -> None:
        """Let the next bot have it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def taken(self) -> Text:
        """What whoever starts a second bot must read."""
        return say(
            "Another Sharewise is running with the data folder {path}. Stop it, or set {name} to another folder. This "
            "one waits until the other has ended.",
            path=str(self.path),
            name=f"{PREFIX}DATA_DIR",
        )


def _opened(path: Path) -> IO[str]:
    """Nothing is ever written to it, so a folder that may only be read will do, if the file is there."""
    try:
        return path.open("a")
    except OSError:
        with contextlib.suppress(OSError):
            return path.open()
        raise


def _is_at(lock: IO[str], path: Path) -> bool:
    """Not so where the whole folder was replaced by another one, which must be kept in its turn."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), path.stat())
    except OSError:
        return False


def wait_for(folder: DataFolder, said: Callable[[Text], None]) -> None:
    """Wait until no other bot has the folder.

    A folder that cannot be used is not waited for: opening the store tells what is the matter, and tries again.
    """
    waits = False
    while True:
        try:
            folder.take()
        except TakenError:
            if not waits:
                said(folder.taken())
            waits = True
        except OSError:
            return
        else:
            if waits:
                said(say("The other Sharewise has ended. This one goes on."))
            return
        time.sleep(LOOK_SECONDS)
