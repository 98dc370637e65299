"""A page of "Look something up", and the pages' shared parts."""

from __future__ import annotations

from dataclasses import dataclass

from states.outcomes.statement import Sentence
from states.text import Text

LONGEST_PAGE = 900
"""Characters of English on one page, title included; what is longer goes on to a next page."""


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is the id of the page that goes on from this one; None on a last page."""

    id: str
    title: Text
    sentences: tuple[Sentence, ...]
    next: str | None = None
