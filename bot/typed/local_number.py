"""A local number as an administrator writes it, typed or in a file: checked, and put into one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from bot.typed.identifier_kinds import Kind
from bot.typed.identifiers import find_identifiers
from states.outcomes.local_numbers import NumberKind
from states.text import Text, joined, say

SHORT_NUMBERS: Mapping[NumberKind, frozenset[str]] = {
    NumberKind.POLICE: frozenset({"101", "999"}),
    NumberKind.HELPLINE: frozenset({"111", "116000", "116123"}),
}
"""Numbers without an area code, and the kinds for which each makes sense."""
COSTS_EXTRA = (PhoneNumberType.PREMIUM_RATE,)

_SIGNS = re.compile(r"\+?[0-9 ().\-\u2010-\u2014]+")
_WITH_WORDS = re.compile(r"(?P<words>.*?)[\s:,]*(?P<number>\+?[0-9(][0-9 ().\-\u2010-\u2014]*)", re.DOTALL)
_EXTENSION = re.compile(r"(?:\bext\b|extension|\bx\s?[0-9])", re.IGNORECASE)
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_BRITISH_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})")

NO_NUMBER = say("That is no UK phone number that I know. Give it with its area code, such as 020 7946 0123.")
NO_EXTENSION = say("Leave out the extension. Write it beside the name, if it matters.")
NOT_A_SHORT_ONE = say("That short number does not fit here. Give the one with an area code.")
DEAR = say("That number costs extra. Find one that anybody can ring.")
UNREADABLE = say("It has a sign that cannot be shown.")
NO_DAY = say("That is no day. Write it as in 2026-12-01.")
NOT_YET = say("That day has not come yet.")


class Refused(ValueError):  # noqa: N818  the name says what is the matter
    """It is not taken. `sentence` says why, and what to do, for people."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read_number(text: str, kind: NumberKind) -> str:
    """The number in the one form in which it is kept: +44…, or a short one such as 101. Raises Refused."""
    written = text.strip()
    if _EXTENSION.search(written):
        raise Refused(NO_EXTENSION)
    if _SIGNS.fullmatch(written) is None:
        raise Refused(NO_NUMBER)
    digits = re.sub(r"[^0-9]", "", written)
    if digits in SHORT_NUMBERS.get(kind, ()):
        return digits
    if any(digits in short for short in SHORT_NUMBERS.values()):
        raise Refused(NOT_A_SHORT_ONE)
    try:
        number = phonenumbers.parse(written, "GB")
    except NumberParseException as error:
        raise Refused(NO_NUMBER) from error
    if not phonenumbers.is_valid_number_for_region(number, "GB"):
        raise Refused(NO_NUMBER)
    if phonenumbers.number_type(number) in COSTS_EXTRA:
        raise Refused(DEAR)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def with_words(text: str) -> tuple[str, str]:
    """What stands before a number, and the number: "Front door 020 7946 0123". The second is "" where none ends it."""
    found = _WITH_WORDS.fullmatch(text.strip())
    return (found["words"].strip(), found["number"].strip()) if found else (text.strip(), "")


def to_ring(number: str) -> str:
    """The number so that a phone makes it a link, from abroad too: +44 20 7946 0123."""
    return _formatted(number, PhoneNumberFormat.INTERNATIONAL)


def as_written_here(number: str) -> str:
    """The number as people in the UK write it: 020 7946 0123."""
    return _formatted(number, PhoneNumberFormat.NATIONAL)


def _formatted(number: str, form: int) -> str:
    return phonenumbers.format_number(phonenumbers.parse(number), form) if number.startswith("+") else number


def read_words(text: str, longest: int, today: date) -> str:
    """A name, hours or a source, its spaces put right. Raises Refused, also for what points to a person; a web address
    is welcome, since many numbers come from one."""
    words = " ".join(text.split())
    if not words.isprintable():
        raise Refused(UNREADABLE)
    if len(words) > longest:
        raise Refused(say("At most {most} characters, please.", most=longest))
    found = find_identifiers(words, today=today)
    kinds = {one.kind: None for one in found if one.must_rephrase and one.kind is not Kind.WEB}
    if kinds:
        held = joined([kind.plain_name for kind in kinds], ", ")
        raise Refused(say("It holds {kinds}. Please leave that out.", kinds=held))
    return words


def may_name_somebody(words: str, today: date) -> bool:
    """Whether it may be a person's name, which nobody can be sure of."""
    return any(one.kind is Kind.NAME for one in find_identifiers(words, today=today))


def read_day(text: str, today: date) -> date:
    """The day as in 2026-12-01, or as a spreadsheet here makes it: 01/12/2026. Raises Refused, also for a day to
    come."""
    found = _DAY.fullmatch(text.strip()) or _BRITISH_DAY.fullmatch(text.strip())
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(NO_DAY)
    if day > today:
        raise Refused(NOT_YET)
    return day
