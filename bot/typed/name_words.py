"""Words that look like a person's name. A warning, never a refusal: many names are words and many words are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.typed.first_names import AFTER_CALLED, FIRST_NAMES, NO_NAMES, SPEAKERS

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•*>(\[\"“”|]|\s-)\s*$")
_TITLE = re.compile(
    r"\b(?:(?P<any>[Mm]rs?|MRS?|[Mm]s|[Mm]x|[Dd]r|PC|PCSO)|(?:[Mm]iss|[Aa]unt(?:ie|y)?|[Uu]ncle|[Nn]ana?|[Gg]randad|"
    r"[Gg]randma|[Ss]ir|[Rr]ev(?:erend)?|[Ff]ather|[Ii]mam|[Pp]astor|[Cc]oach|[Nn]urse|[Ss]gt))"
    r"\.? {1,2}(?P<name>[^\W\d_]['\w-]{1,30})"
)
_CALLED = re.compile(
    r"\b(?:called|named|nicknamed|name is|name's|names are|known as|goes by|surnamed?|surname is)[ :\"“'‘]{1,3}"
    r"(?P<name>[^\W\d_][\w-]{1,30})",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:'s (?:mum|dad|mother|father|nan|gran|brother|sister|teacher)\b"
    r"| (?:said|says|told|tells|disclosed|confided|texted)\b)"
)
_BEFORE = 12


def name_words(text: str) -> Iterator[tuple[int, int]]:
    """Where words of plain `text` look like a name, as stretches. One name of two words may come as two stretches."""
    for found in _TITLE.finditer(text):
        word = found["name"]
        if word[0].isupper() or (found["any"] and word.casefold() not in AFTER_CALLED):
            yield found.span("name")
    for found in _CALLED.finditer(text):
        word = found["name"].casefold()
        if word not in AFTER_CALLED and (word not in NO_NAMES or word in FIRST_NAMES) and len(word) > 2:
            yield found.span("name")
    for found in _WORD.finditer(text):
        if _looks_like_name(found, text):
            yield found.span()


def _looks_like_name(found: re.Match[str], text: str) -> bool:
    word = found[0]
    base = re.sub(r"'s?$", "", word).casefold()
    if len(base) < 2 or text[found.start() - 1 : found.start()].isdigit():
        return False
    if base in FIRST_NAMES:
        # "christian", "jan" and their like are also other words: then only their place can tell.
        return base not in NO_NAMES
    if (
        not word[0].isupper()
        or word.isupper()
        or (word[1:].lower() != word[1:].replace("'S", "'s") and "-" not in word and "'" not in word)
    ):
        return False
    if {word.casefold(), base, base.removesuffix("s")} & NO_NAMES or all(
        part in NO_NAMES for part in word.casefold().split("-")
    ):
        return False
    if _SENTENCE_START.search(text[max(0, found.start() - _BEFORE) : found.start()]):
        return base not in SPEAKERS and _SPEAKS.match(text, found.start() + len(base)) is not None
    return True
