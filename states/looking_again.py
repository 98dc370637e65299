"""Going through a record again: which of its answers stand, and which are asked anew (PF-5, REC-13, INV-21, INV-22).

Only what cannot have changed since stands: whom it is about and where they are. Everything else is asked again, danger
first, since any of it could make the advice more protective. It is the same walk through the same machine, so the
advice is that of the same answers asked anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from states.question import Answer

STANDS = ("entry", "nation", "age")
"""The questions whose answers stand. Role and body are in the practitioner's profile, as for every walk."""

MAY_BE_KNOWN_BY_NOW: Mapping[str, tuple[str, ...]] = {"nation": ("unknown",), "age": ("unknown", "unborn")}
"""Answers that may have changed all the same: what was not known, and a baby who is born by now."""

OF_PRACTITIONERS = ("start", "mistake")
"""Ways in that lead on to the question about danger."""


def answers_that_stand(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Of a record's answers those that a walk through it again begins with; danger is never among them (INV-1)."""
    standing = {
        question: answers[question]
        for question in STANDS
        if question in answers and not set(answers[question]) & set(MAY_BE_KNOWN_BY_NOW.get(question, ()))
    }
    if not set(standing.get("entry", ())) & set(OF_PRACTITIONERS):
        standing["entry"] = ("start",)  # it began with danger, which is asked now
    return standing
