"""Fork servers for all tests of a process: importing once takes a second, being born a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.world import Servers


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Started when they are first asked for."""
    with Servers() as some:
        yield some
