"""Words on a button -> the option's id, from the questions alone."""

from __future__ import annotations

from functools import cache

from states.flow import the_flow
from states.question import SKIPS, Option


@cache
def ids_by_words(question: str) -> dict[str, str]:
    """The options of a question by their words; only those whose words are the same in every walk."""
    found = the_flow().questions[question]
    options: tuple[Option, ...] = () if callable(found.options) else found.options
    words = {str(option.label): option.id for option in (*options, *SKIPS)}
    return {label: id_ for label, id_ in words.items() if "{" not in label}


def answer_of(question: str, chosen: tuple[str, ...]) -> tuple[str, ...] | None:
    """The answer that these words are; None where words alone do not tell."""
    known = ids_by_words(question)
    return tuple(known[words] for words in chosen) if chosen and all(words in known for words in chosen) else None
