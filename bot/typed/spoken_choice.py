"""A choice made by typing: a number, a word or the label. Only short, whole matches count; it never guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.typed.plain_text import folded_words, plain, word_list

# Synonyms to hand to options whose meaning they carry, beside those of the practitioner's language.
YES = ("yes", "y", "yeah", "yep", "yup", "yea", "ye", "yes please", "👍")
NO = ("no", "n", "nope", "nah", "no thanks", "no thank you", "👎")
NOT_SURE = (
    *("not sure", "im not sure", "i am not sure", "unsure", "dont know", "i dont know", "do not know", "i do not know"),
    *("dunno", "idk", "not certain", "no idea", "not really sure", "maybe", "unknown"),
)
NONE = ("none", "none of these", "none of them", "none of the above", "nothing", "neither")

_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            *(
                "one first 1st",
                "two second 2nd",
                "three third 3rd",
                "four fourth 4th",
                "five fifth 5th",
                "six sixth 6th",
            ),
            *("seven seventh 7th", "eight eighth 8th", "nine ninth 9th", "ten tenth 10th", "eleven eleventh 11th"),
            "twelve twelfth 12th",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = re.compile(
    r"\s*(?:(?:option|number|answer|choice|button|#)\s*)?(?:the\s+)?(?P<word>[0-9]{1,3}(?:st|nd|rd|th)?|[a-z]{3,8})"
    r"(?:\s+(?:one|option|answer))?\s*[.)!]?\s*"
)
_LIST = re.compile(r"\s*(?:[,;&+\n]|\band\b|\bplus\b)\s*")
_SPACED_NUMBERS = re.compile(r"\s*[0-9]{1,3}(?:\s+[0-9]{1,3})+\s*")
# Words that turn a label's meaning round, or are too little to be the start of one label rather than an answer.
_TURNS = frozenset(
    word_list("not no never none nothing nobody cannot without unless except but dont doesnt isnt arent wont cant")
)
_TOO_LITTLE = frozenset(word_list("not the a an i it is he she they we there this that to in on of and or my"))
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Spoken:
    """An option as it can be typed. `number` is its place on the screen from 1, or None for a control word such as
    back; `label` is in the practitioner's language."""

    number: int | None
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, in the order of the options. Empty only where several may be chosen and "none" was typed."""

    options: tuple[Spoken, ...]


def choose(text: str, options: Sequence[Spoken], *, several: bool = False) -> Chosen | None:
    """The option that `text` means, or None when it means none or more than one. `several` allows lists."""
    if len(text) > _LONGEST:
        return None
    read = plain(text.casefold()).text.casefold()
    one = _meant(read, options)
    if not several:
        return Chosen((options[one.pop()],)) if len(one) == 1 else None
    listed = _listed(read, options)
    if one and listed is not None and listed != one:
        return None
    chosen = listed if not one else one if len(one) == 1 else None
    if chosen is None:
        none_typed = not one and folded_words(read) in {tuple(word.split()) for word in NONE}
        return Chosen(()) if none_typed else None
    return (
        None if len(chosen) > 1 and _has_alone(chosen, options) else Chosen(tuple(options[n] for n in sorted(chosen)))
    )


def _listed(read: str, options: Sequence[Spoken]) -> set[int] | None:
    """The options of a list such as "1, 3 and 4", or None when it is no list or any part of it is unclear."""
    parts = read.split() if _SPACED_NUMBERS.fullmatch(read) else [part for part in _LIST.split(read) if part.strip()]
    if len(parts) == 1 and _SPACED_NUMBERS.fullmatch(parts[0]) is None:
        return None
    items = [item for part in parts for item in (part.split() if _SPACED_NUMBERS.fullmatch(part) else [part])]
    chosen: set[int] = set()
    for item in dict.fromkeys(items):
        meant = _meant(item, options)
        if len(meant) != 1:
            return None
        chosen |= meant
    return chosen or None


def _has_alone(chosen: set[int], options: Sequence[Spoken]) -> bool:
    """Whether a control word or "none of these" stands among several choices: that contradicts itself."""
    alone = set(NONE) | set(NOT_SURE)
    return any(options[n].number is None or alone & set(options[n].synonyms) for n in chosen)


def _meant(read: str, options: Sequence[Spoken]) -> set[int]:
    """Places of the options that `read`, plain and without case, can mean."""
    words = folded_words(read)
    symbols = read.strip()
    number = _number(read)
    exact: set[int] = set()
    begins: set[int] = set()
    for place, option in enumerate(options):
        label = folded_words(option.label)
        if number is not None and option.number == number:
            exact.add(place)
        if (
            words
            and _only_words(read)
            and (words == label or any(words == folded_words(word) for word in option.synonyms))
        ) or (symbols and any(symbols == plain(word.casefold()).text.casefold() for word in option.synonyms)):
            exact.add(place)
        elif words and _only_words(read) and _begins(words, label):
            begins.add(place)
    # A figure that also begins a label ("2" and "2 to 3 weeks") could mean either.
    if exact and number is None:
        return exact
    meant = exact | begins
    unsafe = not exact and any(_turned(words, folded_words(options[place].label)) for place in begins)
    return set() if unsafe and len(meant) == 1 else meant


def _number(read: str) -> int | None:
    found = _NUMBER.fullmatch(read)
    if not found:
        return None
    word = found["word"]
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(word)


def _only_words(read: str) -> bool:
    """Not "-1", "1.5", "1/2", "£1" or "1-3", which lose their meaning with their signs."""
    return not re.search(r"[-+£$€%/=<>~^]\s?[0-9]|[0-9]\s?[-%/.:,][0-9]|[0-9]\s?%", read)


def _begins(words: tuple[str, ...], label: tuple[str, ...]) -> bool:
    """Whether `words` are the first words of the longer `label`."""
    return 0 < len(words) < len(label) and label[: len(words)] == words


def _turned(words: tuple[str, ...], label: tuple[str, ...]) -> bool:
    """Whether `words` say too little to stand for `label`, or the rest of it turns them round."""
    return bool(_TURNS.intersection(label[len(words) :])) or _TOO_LITTLE.issuperset(words)
