"""Finding what identifies a person in a typed note, before anything of it is kept (INV-9).

What has a structure (numbers, dates, addresses) must be rephrased. Words that look like names are a warning only:
no rule knows every name, and a warning that is wrong too often is no longer read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from stdnum.gb import upn

from bot.typed import identifier_kinds as kinds
from bot.typed.birth_dates import RECENT, found_dates
from bot.typed.identifier_kinds import Kind
from bot.typed.name_words import name_words
from bot.typed.number_runs import number_findings
from bot.typed.plain_text import plain, word_list


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifier: what kind, and where it stands in the typed text. It carries no copy of the words."""

    kind: Kind
    must_rephrase: bool
    start: int
    end: int


# One finding before it is placed: kind, must_rephrase, and its stretch of plain text.
_Found = tuple[Kind, bool, int, int]
# Three-letter words of the field that follow a section or a school year: "S17 CIN", "Y10 SEN".
_FIELD_WORDS = frozenset(
    word_list("cin lac cla sen cpp icp cps dsl mdt cme psp plo car son dad mum boy and the has was for")
)
_PLANNED = timedelta(days=730)


def find_identifiers(text: str, *, today: date) -> tuple[Finding, ...]:
    """Everything in `text` that could identify a person, in the order it stands there. `today` is the local date,
    against which dates are judged. Of findings that overlap, the first that must be rephrased is kept."""
    read = plain(text)
    taken = bytearray(len(read.text))
    findings: list[Finding] = []
    structured = list(_structured(read.text, today))
    names: Iterator[_Found] = ((Kind.NAME, False, start, end) for start, end in name_words(read.text))
    for kind, must, start, end in chain(sorted(structured, key=lambda one: not one[1]), names):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            findings.append(Finding(kind, must, *read.span(start, end)))
    return tuple(sorted(findings, key=lambda one: (one.start, one.end)))


def _structured(text: str, today: date) -> Iterator[_Found]:
    dates = list(found_dates(text, today))
    references = [found.span() for found in kinds.REFERENCE.finditer(text)]
    for kind, pattern, identifies in _CODES:
        for found in _every(pattern, text):
            start, end = found.span()
            if identifies(found, today) and not any(first <= start and end <= last for first, last in references):
                yield kind, True, start, end
    for kind, start, end in number_findings(text, [(day.start, day.end) for day in dates if day.full]):
        yield kind, kind is not Kind.LONG_NUMBER, start, end
    yield from ((Kind.BIRTH_DATE, day.full, day.start, day.end) for day in dates if day.birth)


def _every(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches, also those that begin inside another: a chance match must not swallow a real one."""
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _always(_found: re.Match[str], _today: date) -> bool:
    return True


def _is_pupil_number(found: re.Match[str], _today: date) -> bool:
    number = re.sub(r"[^0-9A-Z]", "", found[0].upper())
    return found[0][0].isupper() or len(found[0]) == len(number) or upn.calc_check_digit(number[1:]) == number[0]


def _is_national_insurance(found: re.Match[str], today: date) -> bool:
    """Not "on 12.05.26 a boy", where a little word and the date of an event have the same shape."""
    written = found[0]
    prefix = "".join(character for character in written[:4] if character.isalpha())[:2]
    figures = re.sub(r"[^0-9]", "", written)
    apart = re.match(r"[A-Za-z]{2}\s", written)
    if not apart or prefix.casefold() not in kinds.LITTLE_WORDS:
        return True
    if not written[-1].isalpha():
        return False
    try:
        day = date(2000 + int(figures[4:]), int(figures[2:4]), int(figures[:2]))
    except ValueError:
        return True
    return prefix.isupper() or not today - RECENT <= day <= today + _PLANNED


def _is_postcode(found: re.Match[str], _today: date) -> bool:
    """Not "s47 1st meeting". Oddly broken ones count when in capitals, or when every character stands alone."""
    if found["outward"] is None:
        return True
    outward, inward = found["outward"], found["inward"]
    if inward[0] in "Oo" and not inward.isupper():
        return False
    if outward.isalnum() and inward.isalnum():
        return not (re.fullmatch("s(?:17|20|31|42|47)", outward) and re.fullmatch("1st|2nd|3rd|[4-9]th", inward))
    return found[0].upper() == found[0] or not re.search(r"[A-Za-z0-9]{2}", found[0])


def _is_vehicle(found: re.Match[str], _today: date) -> bool:
    written = found[0]
    groups = [group.casefold() for group in re.findall(r"[A-Za-z]+", written)]
    if written.isalnum() and not re.fullmatch(r"[A-Za-z]+[0-9]{4}", written):
        return not re.fullmatch(r"[A-Za-z]{3}[0-9]+s", written)
    if written.upper() != written or groups[0] in kinds.LITTLE_WORDS:
        return False
    return not (groups[0] in {"s", "y", "r"} and groups[-1] in _FIELD_WORDS)


def _is_address(found: re.Match[str], _today: date) -> bool:
    between = (found["plain"] or found["lived"] or "").casefold().replace(".", " ").split()
    return not kinds.NOT_STREETS.intersection(between)


_CODES: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str], date], bool]], ...] = (
    (Kind.EMAIL, kinds.EMAIL, _always),
    (Kind.WEB, kinds.WEB, _always),
    (Kind.DRIVING_LICENCE, kinds.DRIVING_LICENCE, _always),
    (Kind.PUPIL_NUMBER, kinds.PUPIL_NUMBER, _is_pupil_number),
    (Kind.PASSPORT, kinds.PASSPORT, _always),
    (Kind.BANK, kinds.SORT_CODE, _always),
    (Kind.NATIONAL_INSURANCE, kinds.NATIONAL_INSURANCE, _is_national_insurance),
    (Kind.POSTCODE, kinds.POSTCODE, _is_postcode),
    (Kind.ADDRESS, kinds.ADDRESS, _is_address),
    (Kind.VEHICLE, kinds.VEHICLE, _is_vehicle),
    (Kind.VEHICLE, kinds.VEHICLE_IN_CONTEXT, _always),
)
