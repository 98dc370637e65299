"""Typed text brought to one plain form, so that look-alike characters cannot hide an identifier or a cry for help.

Compatibility forms (full-width, circled, mathematical), the digits of every script, dashes, spaces and Latin
look-alikes become their ASCII twin; invisible characters and accents go. Every character remembers where it stood.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Cyrillic and Greek letters that look like Latin ones, in two rows of equal length.
_LOOKALIKES = "АВСЕНІЈКМОРЅТХУԜԚаеоурсхіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν"
_LATIN_TWIN = "ABCEHIJKMOPSTXYWQaeoypcxijshdqwABEZHIKMNOPTYXoiv"
_TWINS = dict(zip(_LOOKALIKES, _LATIN_TWIN, strict=True)) | {
    **dict.fromkeys("·•∙⋅。｡‧・٫۔", "."),
    **dict.fromkeys("ⓐⒶ", "@"),
    **dict.fromkeys("‘’‛ʼʹ′`´", "'"),
    **dict.fromkeys("−⁃ー一﹘", "-"),
    "⁄": "/",
    "∕": "/",
}
# Both cases of a look-alike go to both cases of its twin, so that text compares equal whatever its case.
for _capital, _twin in zip(_LOOKALIKES, _LATIN_TWIN, strict=True):
    _TWINS.setdefault(_capital.lower(), _twin.lower())
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text` is the plain form; its character n came from `origins[n]` of the typed text (which had `length`)."""

    text: str
    origins: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the plain stretch [start, end) stands in the text as it was typed. The stretch is not empty."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    if character in _TWINS:
        return _TWINS[character]
    out: list[str] = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if part in _BLANK or category in {"Cf", "Mn", "Me"}:
            continue
        digit = unicodedata.digit(part, None)
        if digit is not None:
            out.append(str(digit))
        elif category == "Pd":
            out.append("-")
        elif category == "Zs":
            out.append(" ")
        elif part in "\n\r" or category in {"Zl", "Zp"}:
            out.append("\n")
        elif category == "Cc":
            out.append(" ")
        else:
            out.append(_TWINS.get(part, part))
    return "".join(out)


def plain(text: str) -> PlainText:
    """The plain form of what was typed. Takes time in proportion to its length."""
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for part in character if character.isascii() and character.isprintable() else _plain(character):
            characters.append(part)
            origins.append(index)
    return PlainText("".join(characters), tuple(origins), len(text))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of the plain form, without case, apostrophes and punctuation; emoji count as words."""
    return tuple("".join([_folded(character) for character in text]).split())


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    """What becomes of one character, whatever stands beside it; what parts words becomes a space."""
    kept: list[str] = []
    for part in plain(character.casefold()).text.casefold():
        category = unicodedata.category(part)
        if category == "So":
            kept.append(f" {part} ")
        elif category[0] in "LNM":
            kept.append(part)
        elif part != "'":
            kept.append(" ")
    return "".join(kept)


def word_list(text: str) -> tuple[str, ...]:
    """The words of a table written as running text."""
    return tuple(text.split())
