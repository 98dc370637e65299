"""A Redis that writes every change to the disk before it answers, as the peers are measured with."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from benchmarks.machine import scratch
from benchmarks.sharing_out import free_port

START_SECONDS = 5.0


@contextmanager
def redis_with_fsync() -> Iterator[str]:
    """Its address, for as long as the block runs. Raises FileNotFoundError where there is no redis-server."""
    server = shutil.which("redis-server")
    if server is None:
        raise FileNotFoundError("there is no redis-server on this machine")
    with TemporaryDirectory(dir=scratch()) as folder:
        port = free_port()
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "daemonize": "no"}
        options |= {"appendonly": "yes", "appendfsync": "always", "loglevel": "warning"}
        command = [server, *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
