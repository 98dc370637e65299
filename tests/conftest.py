"""How tests are shared out among the processes that run them."""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ALL_PATHS = (
    *("tests/states/test_invariants.py", "tests/states/test_paths.py", "tests/states/test_progress.py"),
    "tests/states/test_seeded_faults.py",
)
"""Files whose tests walk every path of the machine: in one process it is walked once for all of them."""


class SharedOut(LoadScopeScheduling):  # type: ignore[misc, unused-ignore]
    """Each test by itself to whoever is free, but the tests of all paths together, and first, since they take longest.

    The marker `xdist_group` would say the same, but this pytest and this pytest-xdist do not agree on it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "all paths" if nodeid.startswith(ALL_PATHS) else nodeid

    def _reschedule(self, node: Any) -> None:
        if "all paths" in self.workqueue:
            self.workqueue.move_to_end("all paths", last=False)
        super()._reschedule(node)


SELDOM = 50_000
"""So many new objects until the garbage collector runs; at the usual 700 it took some tests a fifth of their time."""


def pytest_collection_finish() -> None:
    """Tests and modules stay to the end, so that nothing of them is garbage."""
    gc.freeze()
    gc.set_threshold(SELDOM)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many tests wait for a disk or for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> SharedOut:
    """pytest-xdist asks here for its scheduler."""
    return SharedOut(config, log)
