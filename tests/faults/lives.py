"""Bots that live and die one after the other, as the harness sees them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import certifi

from bot.steps import Step
from tests.faults.switch import Switch

KILLED = -signal.SIGKILL
ROOT = Path(__file__).parents[2]


class Life:
    """One bot, from its birth to its end."""

    def __init__(self, server: ForkServer, pid: int) -> None:
        self.pid = pid
        self.switch = server.switch
        self.status: int | None = None
        self._server = server

    def ended(self, seconds: float = 0.0) -> bool:
        """Whether it has ended, waiting at most so long for it."""
        if self.status is None and self._server.has_line(seconds):
            self.status = int(self._server.line())
        return self.status is not None

    def kill(self) -> None:
        """kill -9, if it still lives, and wait for its end."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, and its exit status."""
        self._signal(signal.SIGTERM)
        return self.status if self.status is not None else 0

    def _signal(self, number: int) -> None:
        # The server reaps a child and tells us in one go, so a process id that we know cannot be somebody else's yet.
        if not self.ended():
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(self.pid, number)
            if not self.ended(20.0):
                raise TimeoutError("a bot does not end")


class ForkServer:
    """A process with everything imported, which bears one bot at a time. `folder` is the bots' working folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.switch = Switch(folder / "switch")
        self._life: Life | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.fork_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        self._read = b""
        assert self.line() == "ready"

    def bear(
        self,
        environment: dict[str, str],
        controls: Sequence[str] = (),
        worker: str = "worker",
        names_fail: Path | None = None,
        ahead: timedelta = timedelta(),
    ) -> Life:
        """A new bot with these settings, and with these promises broken. `worker` is what it calls itself in leases.
        While the file `names_fail` is there, no name resolves for it. Its clock is `ahead` of the machine's."""
        assert self._life is None or self._life.ended(), "one bot at a time"
        self.switch.reset()
        order = {
            "folder": str(self.folder),
            "switch": str(self.folder / "switch"),
            # Reading every certificate of the world would take longer than all the rest; one will do here.
            "environment": {"SSL_CERT_FILE": str(one_certificate(self.folder)), **environment},
            "controls": list(controls),
            "worker": worker,
            "ahead": ahead.total_seconds(),
            "names_fail": str(names_fail) if names_fail else "",
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        self._life = Life(self, int(self.line()))
        return self._life

    def close(self) -> None:
        """No more bots."""
        if self._life is not None:
            self._life.kill()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def has_line(self, seconds: float) -> bool:
        """Whether the server says something within this time."""
        assert self._process.stdout is not None
        while b"\n" not in self._read and select.select([self._process.stdout], [], [], seconds)[0]:
            said = os.read(self._process.stdout.fileno(), 4096)
            if not said:
                raise RuntimeError("the fork server ended; its error output says why")
            self._read += said
        return b"\n" in self._read

    def line(self) -> str:
        """The next thing it says."""
        while not self.has_line(60.0):
            pass
        line, _, self._read = self._read.partition(b"\n")
        return line.decode()

    def clear_log(self) -> None:
        """Forget what earlier bots logged."""
        (self.folder / "log.txt").unlink(missing_ok=True)

    def log(self) -> str:
        """What the bots logged."""
        path = self.folder / "log.txt"
        return path.read_text() if path.exists() else ""


def one_certificate(folder: Path) -> Path:
    """A file with one of the certificates of the world, for bots that speak to no one but this machine."""
    path = folder / "certificate.pem"
    if not path.exists():
        end = "-----END CERTIFICATE-----\n"
        path.write_text(Path(certifi.where()).read_text().partition(end)[0] + end)
    return path


@dataclass(frozen=True)
class Plan:
    """How a life is to end: at the n-th passing of a step, or, where there is none, so many seconds after that matters.
    With a step, `seconds` is how long it is waited for, if not as long as usual.

    `from_birth`: it matters from the fork on, so that starting and picking up what was left over are struck as well.
    """

    step: Step | None = None
    passing: int = 1
    seconds: float = 0.0
    from_birth: bool = False

    def __str__(self) -> str:
        where = f'at "{self.step.name}", passing {self.passing}' if self.step else f"after {1000 * self.seconds:.0f} ms"
        return f"{where}{', from birth' if self.from_birth else ''}"
