"""Whatever Telegram or the network does to a call, the conversation ends with the right screen and nothing is lost."""

from __future__ import annotations

from tests.faults import matrix
from tests.faults.world import Servers

WANTED = 24
"""Kinds of fault that the bot must stand."""


def test_there_are_enough_kinds_of_fault() -> None:
    assert len(set(matrix.KINDS)) == len(matrix.KINDS) >= WANTED
    assert matrix.size() == 32 * 18


def test_every_kind_of_fault_at_some_call(servers: Servers) -> None:
    """All kinds at all calls take minutes: `make faults`."""
    assert [cell for cell in matrix.sample(servers) if cell.problems] == []
