"""Typed words that mean somebody is in danger now. They win over whatever question is open (INV-1).

It errs towards danger: a false alarm costs one more tap, on a screen that says "not an emergency: go back"; a miss may
cost a life. So past events in strong words ("he was stabbed last year") count, and so does a denial inside a longer
message ("not in danger but she is scared"), since what follows is often the point. Only a message that is nothing but
the denial does not.

Lists of phrases catch a short cry far better than an event told in fresh words: of such sentences, more than half of
each new batch were missed at first. So this is a net beside the danger button, never instead of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.typed.danger_phrases import PHRASES, DangerPhrases
from bot.typed.plain_text import folded_words

# One place of a phrase: the words that fit it, or None for any one word or none.
_Place = frozenset[str] | None
_Index = dict[str, list[tuple[_Place, ...]]]

_PARTS = re.compile(r"[^\W\d]+|\d+|[^\w\s]")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_FIGURES = re.compile(r"(?<![0-9])[0-9](?: [0-9]){2,}(?![0-9])")
_LONGEST_WORD = 24
# Words in a message in which "hurt" and "now" belong together.
_SHORT = 15
# More than the longest message can hold; but some characters stand for whole sentences.
_MOST_WORDS = 4096


def means_danger(text: str, phrases: Mapping[str, DangerPhrases] = PHRASES) -> bool:
    """Whether what was typed says that somebody is, or may be, in danger now. All languages are tried, always."""
    words = _words(text)
    return any(_says_danger(words, language) for language in phrases.values())


def _words(text: str) -> tuple[str, ...]:
    """Folded words; "9 9 9" joins, stretched letters ("heeeelp") shrink, figures part from letters ("call999")."""
    joined = _FIGURES.sub(lambda found: found[0].replace(" ", ""), " ".join(folded_words(text)))
    return tuple(_PARTS.findall(_STRETCHED.sub(r"\1", joined))[:_MOST_WORDS])


def _says_danger(words: tuple[str, ...], language: DangerPhrases) -> bool:
    if _whole(words, _index(language.unless)):
        return False
    if _whole(words, _index(language.whole)):
        return True
    kept = _without(words, _index(language.quiet))
    spelled = {word: _corrected(word, language) for word in set(kept)}
    corrected = tuple(spelled[word] for word in kept)
    if any(word in language.strong for word in corrected):
        return True
    if len(kept) <= _SHORT and not {*language.harm}.isdisjoint(kept) and not {*language.at_once}.isdisjoint(kept):
        return True
    index, starts = _index(language.phrases), _starts(language.phrases)
    return any(word.startswith(starts) for word in kept if starts) or any(
        True for words_ in {kept, corrected} for _ in _matches(words_, index)
    )


@lru_cache(maxsize=64)
def _index(phrases: tuple[str, ...]) -> _Index:
    """Phrases by each word that can begin them. No phrase begins with `_`."""
    index: _Index = {}
    for phrase in phrases:
        if phrase.endswith("*"):
            continue
        places = tuple(
            None if place == "_" else frozenset("".join(folded_words(word)) for word in place.split("/"))
            for place in phrase.split()
        )
        for first in places[0] or ():
            index.setdefault(first, []).append(places)
    return index


@lru_cache(maxsize=64)
def _starts(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(folded_words(phrase)) for phrase in phrases if phrase.endswith("*"))


def _ends(words: Sequence[str], start: int, places: tuple[_Place, ...]) -> Iterable[int]:
    """Where a match of `places` that begins at word `start` can end."""
    reached = {start}
    for place in places:
        if place is None:
            reached |= {position + 1 for position in reached if position < len(words)}
        else:
            reached = {position + 1 for position in reached if position < len(words) and words[position] in place}
    return reached


def _matches(words: Sequence[str], index: _Index) -> Iterator[tuple[int, int]]:
    for start, word in enumerate(words):
        for places in index.get(word, ()):
            for end in _ends(words, start, places):
                yield start, end


def _whole(words: Sequence[str], index: _Index) -> bool:
    return any(span == (0, len(words)) for span in _matches(words[:12], index)) and len(words) <= 12


def _without(words: tuple[str, ...], index: _Index) -> tuple[str, ...]:
    """The words without the quiet phrases; a mark stands in their place, so that no new phrase forms across it."""
    kept = list(words)
    for start, end in _matches(words, index):
        kept[start:end] = [""] * (end - start)
    return tuple(kept)


def _corrected(word: str, language: DangerPhrases) -> str:
    """The strong word that `word` is a slip of, or `word` itself."""
    if word in language.strong or word in language.lookalikes or not 5 <= len(word) <= _LONGEST_WORD:
        return word
    letters = set(word)
    for strong, its_letters, allowed in _beginning(language.strong).get(word[0], ()):
        # A slip brings in one letter and takes away one at most: a glance that spares most words the counting.
        fits = len(letters ^ its_letters) <= 2 * allowed and _begins_alike(word, strong)
        if fits and _slips(word, strong, allowed) <= allowed:
            return strong
    return word


@lru_cache(maxsize=64)
def _beginning(strong: tuple[str, ...]) -> dict[str, list[tuple[str, frozenset[str], int]]]:
    """Strong words by each letter that a slip of them begins with, with their letters and how many slips they allow."""
    found: dict[str, list[tuple[str, frozenset[str], int]]] = {}
    for word in strong:
        for first in dict.fromkeys(word[:2]):
            found.setdefault(first, []).append((word, frozenset(word), 2 if len(word) >= 9 else 1))
    return found


def _begins_alike(word: str, strong: str) -> bool:
    """With the same letter, or with its first two swapped."""
    return word[0] == strong[0] or word[:2] == strong[1::-1]


def _slips(one: str, other: str, most: int) -> int:
    """How many slips of the finger part two words: a letter more, less, wrong, or two swapped (optimal string
    alignment). Gives up early with a number above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
