"""Made-up values of the structured kinds, and thirty ways to write each one down. No value belongs to a person."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from stdnum import luhn
from stdnum.gb import nhs, upn

from bot.typed.identifier_kinds import Kind
from bot.typed.plain_text import word_list

TODAY = date(2026, 7, 28)
_AREAS = word_list("AB B BA BT CF E EC EH G L LL LS M N NE NW PL S SA SE SW W WC YO ZE")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_NI_FIRST, _NI_SECOND = "ABCEGHJKLMNOPRSTWXYZ", "ABCEGHJKLMNPRSTWXYZ"
_NI_NEVER = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
_MONTHS = list(calendar.month_name)[1:]


def _figures(source: random.Random, count: int) -> str:
    return "".join(source.choice("0123456789") for _ in range(count))


def _letters(source: random.Random, count: int, of: str = "ABCDEFGHJKLMNPRSTUVWXYZ") -> str:
    return "".join(source.choice(of) for _ in range(count))


def nhs_number(source: random.Random) -> list[str]:
    while True:
        body = _figures(source, 9)
        for last in "0123456789":
            if nhs.is_valid(body + last):
                return [body[:3], body[3:6], body[6:] + last]


def national_insurance(source: random.Random) -> list[str]:
    while True:
        prefix = source.choice(_NI_FIRST) + source.choice(_NI_SECOND)
        if prefix not in _NI_NEVER:
            return [prefix, _figures(source, 2), _figures(source, 2), _figures(source, 2), source.choice("ABCD")]


def pupil_number(source: random.Random) -> list[str]:
    body = source.choice(["801", "302", "938", "865"]) + _figures(source, 9)
    return [upn.calc_check_digit(body), body[:3], body[3:7], body[7:]]


def driving_licence(source: random.Random) -> list[str]:
    surname = _letters(source, source.randint(2, 5)).ljust(5, "9")
    month, day = source.randint(1, 12) + source.choice([0, 50]), source.randint(1, 28)
    birth = f"{source.randint(0, 9)}{month:02d}{day:02d}{source.randint(0, 9)}"
    return [surname, birth, _letters(source, 1) + source.choice("9JKLM") + _figures(source, 1) + _letters(source, 2)]


def postcode(source: random.Random) -> list[str]:
    district = str(source.randint(1, 29)) if source.random() < 0.8 else f"{source.randint(1, 4)}{source.choice('AHPW')}"
    return [source.choice(_AREAS) + district, _figures(source, 1) + _letters(source, 2, _INWARD)]


def phone(source: random.Random) -> list[str]:
    """From the ranges that Ofcom keeps for drama, and shapes beside them."""
    shape = source.randrange(5)
    if shape == 0:
        return ["07700", "900" + _figures(source, 3)]
    if shape == 1:
        return ["020", "7946", "0" + _figures(source, 3)]
    if shape == 2:
        return ["01632", "960" + _figures(source, 3)]
    if shape == 3:
        return ["0044", "7700", "900" + _figures(source, 3)]
    return ["0113", "496", "0" + _figures(source, 3)]


def bank_card(source: random.Random) -> list[str]:
    body = source.choice("45") + _figures(source, 14)
    whole = body + luhn.calc_check_digit(body)
    return [whole[:4], whole[4:8], whole[8:12], whole[12:]]


def birth_day(source: random.Random) -> date:
    return TODAY - timedelta(days=source.randint(61, 100 * 365))


MAKERS: dict[Kind, Callable[[random.Random], list[str]]] = {
    Kind.NHS_NUMBER: nhs_number,
    Kind.NATIONAL_INSURANCE: national_insurance,
    Kind.PUPIL_NUMBER: pupil_number,
    Kind.DRIVING_LICENCE: driving_licence,
    Kind.POSTCODE: postcode,
    Kind.PHONE: phone,
    Kind.BANK: bank_card,
}


def _between(text: str, mark: str) -> str:
    return mark.join(text)


def _shifted(text: str, zero: int) -> str:
    return "".join(chr(zero + int(one)) if one.isdigit() else one for one in text)


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_CYRILLIC = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")

# The parts of a value -> one way of writing it.
SPELLINGS: tuple[Callable[[list[str]], str], ...] = (
    "".join,
    " ".join,
    "-".join,
    ".".join,
    "/".join,
    "_".join,
    "  ".join,
    " - ".join,
    "\t".join,
    "\n".join,
    "\u00a0".join,
    "\u2009".join,
    "\u2013".join,
    "\u2011".join,
    "\u2212".join,
    lambda parts: " ".join("".join(parts)),
    lambda parts: "-".join("".join(parts)),
    lambda parts: ".".join("".join(parts)),
    lambda parts: _between("".join(parts), "\u200b"),
    lambda parts: _between(" ".join(parts), "\u2060"),
    lambda parts: _between("".join(parts), "\u00ad"),
    lambda parts: _between(" ".join(parts), "\u200d"),
    lambda parts: "".join(parts).translate(_WIDE),
    lambda parts: " ".join(parts).translate(_WIDE),
    lambda parts: _shifted(" ".join(parts), 0x660),
    lambda parts: _shifted("".join(parts), 0x966),
    lambda parts: _shifted("".join(parts), 0x1D7CE),
    lambda parts: " ".join(parts).lower(),
    lambda parts: "".join(parts).lower(),
    lambda parts: " ".join(parts).translate(_CYRILLIC),
    lambda parts: "".join(one + "\ufe0f\u20e3" if one.isdigit() else one for one in " ".join(parts)),
    lambda parts: "(" + " ".join(parts) + ").",
)

# A day -> one way of writing it as a date of birth.
DATE_SPELLINGS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d %m %Y}",
    lambda day: f"{day:%d / %m / %Y}",
    lambda day: f"{day:%d\u2013%m\u2013%Y}",
    lambda day: f"{day:%d\u00a0%m\u00a0%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%d%m%Y}",
    lambda day: " ".join(f"{day:%d%m%Y}"),
    lambda day: f"{day:%d/%m/%Y}".translate(_WIDE),
    lambda day: _between(f"{day:%d/%m/%Y}", "\u200b"),
    lambda day: _shifted(f"{day:%d/%m/%Y}", 0x660),
    lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {_MONTHS[day.month - 1].lower()} {day.year}",
    lambda day: f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"{day.day}-{_MONTHS[day.month - 1][:3]}-{day.year}",
    lambda day: f"{day.day}{_MONTHS[day.month - 1][:3].upper()}{day.year}",
    lambda day: f"{day.day}{_nth(day.day)} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"the {day.day}{_nth(day.day)} of {_MONTHS[day.month - 1]}, {day.year}",
    lambda day: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{_MONTHS[day.month - 1]} {day.day}{_nth(day.day)} {day.year}",
    lambda day: f"{_MONTHS[day.month - 1][:3]} {day.day} {day.year}",
    lambda day: f"{day.year} {_MONTHS[day.month - 1]} {day.day}",
    lambda day: f"born {day:%d/%m/%y}",
    lambda day: f"dob {day:%d%m%y}",
    lambda day: f"DOB: {day:%d.%m.%y}",
    lambda day: f"D.O.B. {day.day} {_MONTHS[day.month - 1][:3]} {day:%y}",
    lambda day: f"{day:%d/%m/%y} is her date of birth",
)


def _nth(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


SETTINGS = ("{}", "It is {} as far as I know", "number: {}, please", "I saw it at 3pm, {}")


def made_notes(count: int, seed: int, *, every_spelling: bool = False) -> Iterator[tuple[Kind, str]]:
    """Notes with `count` values of each kind, each in the next spelling and sentence, or in every spelling."""
    source = random.Random(seed)
    for turn in range(count):
        setting = SETTINGS[turn // len(SPELLINGS) % len(SETTINGS)]
        for kind, maker in MAKERS.items():
            value = maker(source)
            for spelled in SPELLINGS if every_spelling else (SPELLINGS[turn % len(SPELLINGS)],):
                yield kind, setting.format(spelled(value))
        day = birth_day(source)
        for dated in DATE_SPELLINGS if every_spelling else (DATE_SPELLINGS[turn % len(DATE_SPELLINGS)],):
            yield Kind.BIRTH_DATE, setting.format(dated(day))
