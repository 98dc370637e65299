"""Every path of the walk, counted and checked against the safety invariants: what `sharewise paths` runs."""

from states.paths.explore import explore
from states.paths.report import Report

__all__ = ["Report", "explore"]
