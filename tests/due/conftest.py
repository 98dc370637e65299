"""A world for each test, and one on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.due.world import World
from tests.store.postgresql import new_database


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "sharewise.db")
    yield made
    made.close()


@pytest.fixture(params=["embedded", "postgresql"])
def each_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if request.param == "embedded":
        yield request.getfixturevalue("world")
        return
    with new_database() as address:
        made = World(address)
        yield made
        made.close()
