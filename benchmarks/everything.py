"""Every benchmark by name, in the order of the page."""

from __future__ import annotations

from importlib import import_module

from benchmarks.figures import Row

NAMES = (
    "whole_turn",
    "core_alone",
    "emergency_lane",
    "growth",
    "starting",
    "flood",
    "due_rows",
    "postgresql_workers",
    "load",
    "load_two_workers",
)


def rows_of(name: str) -> list[Row]:
    """The figures of one benchmark, taken here and now."""
    found: list[Row] = import_module(f"benchmarks.{name}").measure()
    return found
