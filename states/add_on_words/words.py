"""The words of one add-on before and after they are filled."""

from __future__ import annotations

from dataclasses import dataclass

from states.outcomes.statement import Sentence
from states.text import Text


@dataclass(frozen=True, slots=True)
class AddOnStatement:
    """`short` stands under the advice; `full` opens from it. `rules` are all rules behind it in this nation."""

    short: Text
    full: tuple[Sentence, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """An add-on's words with their placeholders still open."""

    short: Text
    full: tuple[Sentence, ...]
