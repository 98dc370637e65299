"""How hard a text is to read: the Flesch-Kincaid grade, with syllables counted by hyphenation."""

from __future__ import annotations

import re
from functools import cache

import pyphen

_HYPHENS = pyphen.Pyphen(lang="en_GB")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[A-Za-z’']+")


@cache
def _syllables(word: str) -> int:
    """The larger of two counts: hyphenation misses short words' syllables, vowel groups count silent ones."""
    groups = len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))
    return max(1, groups, len(_HYPHENS.inserted(word).split("-")))


def grade(text: str) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59: about the school year (United States) that can read it."""
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
