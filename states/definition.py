"""Placeholder until the definition checks land."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from states.flow import Flow


def check_definition(flow: Flow) -> None:
    """Nothing yet."""
