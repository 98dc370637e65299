"""Numbers that point to a person: NHS, phone, bank card, tax reference, and long numbers of no known kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
from stdnum import luhn
from stdnum.gb import nhs

from bot.typed.identifier_kinds import Kind
from bot.typed.plain_text import word_list

# Anyone may write these down: they reach a service, not a person.
PUBLIC_NUMBERS = frozenset(
    word_list(
        """
        999 112 111 101 105 116123 116000 08001111 08088005000 08082000247 08000280285 08000196999 03001231231
        08082802882 85258 03001230220 08081689111
        """
    )
)

_RUN = re.compile(r"[0-9](?:[ \t\n.\-_/()*~|]{0,3}[0-9])*")
_ENDLESS = re.compile(r"[0-9]{20,}")
_GROUP = re.compile(r"[0-9]+")
_LETTER_O = re.compile(r"(?<![A-Za-z])[oO]{1,12}(?=[0-9])|(?<=[0-9])[oO]{1,12}(?![A-Za-z])")
_LETTER_L = re.compile(r"(?<=[0-9])[lI](?=[0-9])")
_PHONE_WORD = re.compile(
    r"\b(?:call|ring|rang|phone|tel|telephone|mobile|mob|cell|text|whatsapp|landline|contact)\b[^0-9\n]{0,25}$",
    re.IGNORECASE,
)
_TAX_WORD = re.compile(r"\b(?:utr|tax(?:payer)?|self.?assessment|hmrc)\b[^0-9\n]{0,30}$", re.IGNORECASE)
_NHS_WORD = re.compile(r"\b(?:nhs|chi|h ?& ?c|h and c|hcn)\b[^0-9\n]{0,20}$", re.IGNORECASE)
_DIGIT_WORDS = "zero|oh|o|nought|naught|one|two|three|four|five|six|seven|eight|nine|hundred"
_SPOKEN = re.compile(
    rf"(?<![A-Za-z])(?:(?:double|treble|triple)[ -])?(?:{_DIGIT_WORDS}|[0-9])"
    rf"(?:[ ,.-]{{1,3}}(?:(?:double|treble|triple)[ -])?(?:{_DIGIT_WORDS}|[0-9])(?![A-Za-z0-9])){{6,19}}",
    re.IGNORECASE,
)
_SPOKEN_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of whole digit groups; `even` when the same separator, or none, stands between all of them."""

    start: int
    end: int
    digits: str
    even: bool


def number_findings(text: str, dates: Sequence[tuple[int, int]]) -> Iterator[tuple[Kind, int, int]]:
    """Each number that points to a person, as kind, start and end in plain `text`. `dates` are stretches that read
    as dates: an unevenly written number that runs into one of them is taken to be the date and a time."""
    for spoken in _SPOKEN.finditer(text):
        if len(_SPOKEN_WORD.findall(spoken[0])) >= 3:
            yield Kind.PHONE, spoken.start(), spoken.end()
    # The letters O and l stand in for figures on many keyboards. The text keeps its length.
    figures = _LETTER_L.sub("1", _LETTER_O.sub(lambda found: "0" * len(found[0]), text))
    for run in _RUN.finditer(figures):
        whole = re.sub(r"[^0-9]", "", run[0])
        if whole in PUBLIC_NUMBERS:
            continue
        before = figures[max(0, run.start() - 45) : run.start()]
        for group in _ENDLESS.finditer(run[0]):
            yield Kind.LONG_NUMBER, run.start() + group.start(), run.start() + group.end()
        for window in _windows(run):
            in_date = any(start < window.end and window.start < end for start, end in dates)
            if in_date and not window.even:
                continue
            kind = _kind_of(
                window, before if window.start == run.start() else "", figures[max(0, window.start - 3) : window.start]
            )
            if kind and not (in_date and kind in {Kind.LONG_NUMBER, Kind.PHONE}):
                yield kind, window.start, window.end


def _windows(run: re.Match[str]) -> Iterator[_Window]:
    groups = [(found.start() + run.start(), found.end() + run.start(), found[0]) for found in _GROUP.finditer(run[0])]
    text = run.string
    for first, (start, end, group) in enumerate(groups):
        digits, separators = group, set[str]()
        last = first
        while len(digits) <= 19:
            if len(digits) >= 6:
                yield _Window(start, end, digits, len(separators) < 2)
            last += 1
            if last == len(groups):
                break
            separators.add(text[end : groups[last][0]].strip() or " ")
            end = groups[last][1]
            digits += groups[last][2]


def _kind_of(window: _Window, before: str, prefix: str) -> Kind | None:
    digits = window.digits
    if len(digits) == 10 and (nhs.is_valid(digits) or _NHS_WORD.search(before)):
        return Kind.NHS_NUMBER
    if len(digits) == 10 and _TAX_WORD.search(before):
        return Kind.TAX_REFERENCE
    if is_phone(digits, plus="+" in prefix) or (6 <= len(digits) <= 9 and _PHONE_WORD.search(before)):
        return Kind.PHONE
    if 13 <= len(digits) <= 19 and digits[0] in "23456" and luhn.is_valid(digits):
        return Kind.BANK
    contiguous = window.end - window.start == len(digits)
    return Kind.LONG_NUMBER if contiguous and len(digits) >= 9 else None


def is_phone(digits: str, *, plus: bool) -> bool:
    """Whether these figures have the shape of a phone number that can be dialled from the United Kingdom.

    Shapes, not Ofcom's list of numbers in use: a number with one slip in it still must not be kept, and a range that
    opens next month must not slip through. Numbers of other countries go by the library's metadata."""
    if digits in PUBLIC_NUMBERS:
        return False
    if not plus and digits[:2] == "00":
        digits, plus = digits[2:], True
    if digits[:2] == "44" and len(digits) in {11, 12, 13}:
        digits, plus = "0" + digits[2:].lstrip("0"), False
    if plus:
        if not 8 <= len(digits) <= 15:
            return False
        try:
            number = phonenumbers.parse("+" + digits, None)
        except phonenumbers.NumberParseException:
            return False
        return phonenumbers.is_possible_number(number)
    if digits[0] != "0":
        # A mobile number whose first 0 was left out.
        return len(digits) == 10 and digits[0] == "7" and digits[1] in "123456789"
    if digits[1:2] not in set("1235789"):
        return False
    return len(digits) == 11 or (len(digits) == 10 and digits[1] in "158")
