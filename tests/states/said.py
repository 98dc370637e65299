"""Everything said for a few thousand advices, rendered once, for the tests that search all words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from states.add_on_words import AddOnStatement, add_on_statement
from states.addons import AddOn
from states.advice import Advice
from states.editions import Edition
from states.outcomes import Sentence, Statement, outcome_statement
from tests.states.any_facts import many_advices

_PIECES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Said:
    """One advice with its edition, its statement and its add-ons."""

    advice: Advice
    edition: Edition
    statement: Statement
    add_ons: tuple[tuple[AddOn, AddOnStatement], ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        beside = (sentence for _, words in self.add_ons for sentence in words.full)
        return (*self.statement.sentences, *self.statement.reason, *beside)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every English text that this advice can show."""
        statement = self.statement
        return (
            *map(str, statement.visible),
            *(str(sentence.text) for sentence in statement.reason),
            str(statement.record),
            *(str(words.short) for _, words in self.add_ons),
            *(str(sentence.text) for _, words in self.add_ons for sentence in words.full),
        )


def pieces(text: str) -> list[str]:
    """The single sentences of a text."""
    return _PIECES.split(text)


def visible(statement: Statement) -> str:
    return " ".join(map(str, statement.visible))


def say_all(advice: Advice, edition: Edition) -> Said:
    return Said(
        advice,
        edition,
        outcome_statement(advice, edition),
        tuple((add_on, add_on_statement(add_on, advice, edition)) for add_on in advice.add_ons),
    )


@lru_cache(maxsize=1)
def everything() -> tuple[Said, ...]:
    return tuple(say_all(advice, edition) for advice, edition in many_advices())


def distinct_pieces(said: Iterator[Said]) -> set[str]:
    return {piece for one in said for text in one.texts for piece in pieces(text)}
