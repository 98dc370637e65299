"""The real bot in a process of its own: to be killed, told to stop, or refused.

`python -m tests.bot.process STEP` serves with the settings of the environment, and after that step (`bot.steps`) ends
as kill -9 does.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from bot.pocket.process import PocketTelegram
from bot.steps import Step, watch
from tests.bot.running import TOKEN


class BotProcess:
    """One process, and what it wrote to its error output and its output."""

    running: ClassVar[list[BotProcess]] = []
    """Those that a test has started; whoever is left is killed at its end (conftest.py)."""

    def __init__(
        self,
        telegram: PocketTelegram,
        folder: Path,
        point: str = "",
        module: str = "tests.bot.process",
        **settings: str,
    ) -> None:
        environment = {
            **os.environ,
            "SHAREWISE_TELEGRAM_TOKEN": TOKEN,
            "SHAREWISE_TELEGRAM_API_URL": telegram.address,
            "SHAREWISE_DATA_DIR": str(folder),
            "SHAREWISE_STORE_KEY": bytes(range(32)).hex(),
            **settings,
        }
        self.log = folder / f"log-{time.monotonic_ns()}.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, point],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=Path(__file__).parents[2],
            )
        self.running.append(self)

    def ended(self, seconds: float = 30.0) -> int:
        """Wait for its end. Gives the exit status, negative for a signal."""
        return self.process.wait(seconds)

    def terminate(self) -> int:
        """SIGTERM, and its exit status."""
        self.process.terminate()
        return self.ended()

    def said(self) -> str:
        """Everything it printed and logged."""
        return self.log.read_text()


def _die_at(step: Step) -> None:
    def look(passed: Step) -> None:
        if passed is step:
            os.kill(os.getpid(), signal.SIGKILL)

    watch(look)


def end_with_the_tests() -> None:
    """On Linux: when the tests end, however they do, this process ends as well. One that is left over would ask
    whatever pocket Telegram comes to listen on the same port, and turn its bot away."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main(point: str, serve: Callable[[Any], int]) -> int:
    from bot.settings import load_settings

    end_with_the_tests()
    if point == "loud":
        logging.basicConfig(level=logging.DEBUG)
        for name in list(logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(logging.DEBUG)
    elif point:
        _die_at(Step[point])
    return serve(load_settings())


if __name__ == "__main__":
    from bot.run import serve

    sys.exit(main(sys.argv[1], serve))
