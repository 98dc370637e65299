"""Dates in typed text, and which of them could be somebody's date of birth.

A full date is taken for a date of birth when it makes a living person's age plausible, unless it lies within the last
60 days or ahead: a record needs to say when something was seen. Words of birth beside a date always win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.typed.plain_text import word_list

RECENT = timedelta(days=60)
OLDEST_YEARS = 115

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb febuary chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![A-Za-z])"
_ORDINALS = word_list(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
    twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
    """
)
_SPOKEN_DAY = "|".join(sorted((name.replace("-", "[ -]?") for name in _ORDINALS), key=len, reverse=True))
_BETWEEN = r"[\s.\-/,']{0,3}"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
_FULL_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|(?<=')[0-9]{2})(?![0-9])"
_SEPARATOR = r"(?:\s{0,2}(?P<gap>[/.\-\\_|]|,(?=\s?[0-9]{1,2}\s?,\s?(?:19|20)[0-9]{2}))\s{0,2}|\s{1,2})"
_SAME_SEPARATOR = r"(?(gap)\s{0,2}(?:(?P=gap)|\s(?=[0-9]{4}))\s{0,2}|\s{1,2})"
_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![0-9])(?P<day>[0-9]{{1,2}}){_SEPARATOR}(?P<month>[0-9]{{1,2}}){_SAME_SEPARATOR}{_YEAR}",
        rf"(?<![0-9]){_FULL_YEAR}{_SEPARATOR}(?P<month>[0-9]{{1,2}}){_SAME_SEPARATOR}(?P<day>[0-9]{{1,2}})(?![0-9])",
        rf"(?<![0-9])(?P<day>[0-9]{{1,2}})\s?(?:st|nd|rd|th)?{_BETWEEN}(?:(?:day )?of )?{_MONTH}{_BETWEEN}{_YEAR}",
        rf"(?<![A-Za-z]){_MONTH}{_BETWEEN}(?:the )?(?P<day>[0-9]{{1,2}})\s?(?:st|nd|rd|th)?{_BETWEEN}{_LONG_YEAR}",
        rf"(?<![0-9])(?P<year>(?:19|20)[0-9]{{2}}){_BETWEEN}{_MONTH}{_BETWEEN}(?P<day>[0-9]{{1,2}})(?![0-9])",
        r"(?<![0-9])(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>(?:19|20)[0-9]{2})(?![0-9])",
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
    )
)
_SPOKEN = re.compile(
    rf"\b(?:{_SPOKEN_DAY})\b(?: of)? {_MONTH},? (?:(?:19|20)[0-9]{{2}}|nineteen|twenty|two thousand)", re.IGNORECASE
)
# Figures with gaps between all of them, eight in all, are read as ddmmyyyy or yyyymmdd.
_SPACED = re.compile(
    r"(?<![0-9])[0-9](?:\s{0,2}[\s/.\-]\s{0,2}[0-9]){7}(?![0-9])|(?<![0-9])[0-9]{2}(?:[ .\-/][0-9]{2}){3}(?![0-9])"
)
_SIX = re.compile(r"(?<![0-9])(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{2})(?![0-9])")
_DAY_MONTH = re.compile(rf"(?<![0-9])[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:of )?{_MONTH}", re.IGNORECASE)
_BIRTH = r"(?:born|birth|birthday|b-?day|birthdate|d ?\. ?o ?\. ?b|dob|d/o/b|ganwyd|ganed)"
_BIRTH_BEFORE = re.compile(rf"\b{_BIRTH}\b[^\n]{{0,25}}$", re.IGNORECASE)
_BIRTH_AFTER = re.compile(rf"^[^\n.]{{0,30}}\b{_BIRTH}\b", re.IGNORECASE)
# After "3 May", figures such as "14:30", "10.30", "15 minutes" or "2 children" are not a year.
_NOT_A_YEAR = re.compile(
    r"\s?(?:[:.][0-9]|am\b|pm\b|%|children|people|men\b|women|staff|or [0-9]|to [0-9]|[A-Za-z]{3,12}s\b)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A stretch of plain text that reads as a date; `birth` when it could be a date of birth, `full` when it has a
    year."""

    start: int
    end: int
    birth: bool
    full: bool = True


def found_dates(text: str, today: date) -> Iterator[FoundDate]:
    """Every date in plain `text`, judged as it looks on `today`."""
    for shape in _SHAPES:
        for found in shape.finditer(text):
            if (day := _read(found, today, _beside(text, found))) is None:
                continue
            yield FoundDate(found.start(), found.end(), _could_be_birth(day, today) or _beside(text, found))
    for found in _SPACED.finditer(text):
        figures = re.sub("[^0-9]", "", found[0])
        for order in _SHAPES[-2:]:
            packed = order.fullmatch(figures)
            if packed and (day := _read(packed, today, born=False)):
                yield FoundDate(found.start(), found.end(), _could_be_birth(day, today) or _beside(text, found))
    for found in _SPOKEN.finditer(text):
        yield FoundDate(found.start(), found.end(), birth=True)
    for found in _SIX.finditer(text):
        if _beside(text, found) and _read(found, today, born=True):
            yield FoundDate(found.start(), found.end(), birth=True)
    for found in _DAY_MONTH.finditer(text):
        if _beside(text, found):
            yield FoundDate(found.start(), found.end(), birth=True, full=False)


def _beside(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 45]
    return bool(_BIRTH_BEFORE.search(before) or _BIRTH_AFTER.search(after))


def _could_be_birth(day: date, today: date) -> bool:
    return date(today.year - OLDEST_YEARS, 1, 1) <= day < today - RECENT


def _read(found: re.Match[str], today: date, born: bool) -> date | None:
    written = found["month"].casefold()
    month = _MONTHS.get(written) or int(written)
    day, year = int(found["day"]), int(found["year"])
    if len(found["year"]) == 2:
        spaced = "gap" in found.re.groupindex and found["gap"] is None
        if spaced and not born and len(found["day"]) + len(written) < 4:
            return None
        if written in _MONTHS and not born and _NOT_A_YEAR.match(found.string, found.end()):
            return None
        year += 2000
        if year > today.year + (0 if born else 1):
            year -= 100
    # The American order, but not for "at 10 20 30", which is rather three times or numbers.
    orders = ((year, month, day), (year, day, month)) if len(found["year"]) == 4 or born else ((year, month, day),)
    for numbers in orders:
        try:
            return date(*numbers)
        except ValueError:
            continue
    return None
