"""The bot as a process of its own, beside the pocket Telegram as another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.in_process import KEY_HEX
from bot.pocket.process import PocketTelegram

ROOT = Path(__file__).parents[1]
TOKEN = "123456:ABC-pocket"  # noqa: S105  good for nothing but the pocket
STOP_SECONDS = 20.0
TICKS = os.sysconf("SC_CLK_TCK")


class BotProcess:
    """`sharewise run` with its data in `folder`."""

    def __init__(self, telegram: PocketTelegram, folder: Path, **settings: str) -> None:
        environment = {
            **os.environ,
            "SHAREWISE_TELEGRAM_TOKEN": TOKEN,
            "SHAREWISE_TELEGRAM_API_URL": telegram.address,
            "SHAREWISE_DATA_DIR": str(folder),
            "SHAREWISE_STORE_KEY": KEY_HEX,
            "SHAREWISE_LOG_LEVEL": "warning",
            **settings,
        }
        self._telegram = telegram
        self.started = time.time()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from bot.cli import main; main()", "run"],
            stdout=subprocess.DEVNULL,
            env=environment,
            cwd=ROOT,
        )

    def introduced(self) -> BotProcess:
        """Wait until it serves, and has said all it says of itself at its first start."""
        wait_until(lambda: self._telegram.calls("SetMyShortDescription"))
        return self

    def stop(self) -> None:
        """SIGTERM, and wait for its end."""
        self.process.terminate()
        self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def cpu_seconds(self) -> float:
        """What it has used of the processor so far (proc(5), fields 14 and 15)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_bytes(self) -> int:
        """The memory that it holds now."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def wait_until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Raises TimeoutError when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("waited in vain")
        time.sleep(0.01)
