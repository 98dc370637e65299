"""A local number as an administrator writes it: what is taken, in which form, and what is refused with which words. The
numbers are those that Ofcom keeps for films."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed.local_number import (
    DEAR,
    NO_DAY,
    NO_EXTENSION,
    NO_NUMBER,
    NOT_A_SHORT_ONE,
    NOT_YET,
    SHORT_NUMBERS,
    Refused,
    as_written_here,
    may_name_somebody,
    read_day,
    read_number,
    read_words,
    to_ring,
    with_words,
)
from states.outcomes.local_numbers import NumberKind
from states.text import Text

TODAY = date(2026, 12, 1)
CHILDREN, POLICE, HELPLINE = NumberKind.CHILDREN, NumberKind.POLICE, NumberKind.HELPLINE


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("020 7946 0123", CHILDREN, "+442079460123"),
        ("+44 20 7946 0123", CHILDREN, "+442079460123"),
        ("(020) 7946-0123", CHILDREN, "+442079460123"),
        ("00 44 20 7946 0123", CHILDREN, "+442079460123"),
        ("0808 157 0123", HELPLINE, "+448081570123"),
        ("0800 1111", HELPLINE, "+448001111"),
        ("101", POLICE, "101"),
        ("111", HELPLINE, "111"),
        ("116 123", HELPLINE, "116123"),
        ("101", CHILDREN, NOT_A_SHORT_ONE),
        ("999", CHILDREN, NOT_A_SHORT_ONE),
        ("01632 960123", CHILDREN, NO_NUMBER),
        ("7946 0123", CHILDREN, NO_NUMBER),
        ("020 7946 CALL", CHILDREN, NO_NUMBER),
        ("", CHILDREN, NO_NUMBER),
        ("+353 1 234 5678", CHILDREN, NO_NUMBER),
        ("0909 879 0123", HELPLINE, DEAR),
        ("020 7946 0123 ext 4", CHILDREN, NO_EXTENSION),
        ("020 7946 0123 x4", CHILDREN, NO_EXTENSION),
        ("=020 7946 0123", CHILDREN, NO_NUMBER),
    ],
)
def test_a_number_is_kept_in_one_form_or_refused_with_a_reason(text: str, kind: NumberKind, kept: str | Text) -> None:
    if isinstance(kept, str):
        assert read_number(text, kind) == kept
        assert read_number(to_ring(kept), kind) == read_number(as_written_here(kept), kind) == kept
    else:
        with pytest.raises(Refused) as refused:
            read_number(text, kind)
        assert refused.value.sentence == kept


def test_what_is_shown_is_what_a_phone_makes_a_link_of() -> None:
    assert [to_ring(number) for number in ("+442079460123", "+448001111", "101")] == [
        "+44 20 7946 0123",
        "+44 800 1111",
        "101",
    ]


@given(st.text(max_size=40), st.sampled_from(NumberKind))
def test_whatever_is_typed_only_a_uk_number_or_a_short_one_comes_out(text: str, kind: NumberKind) -> None:
    try:
        number = read_number(text, kind)
    except Refused:
        return
    assert number.startswith("+44") or number in SHORT_NUMBERS[kind]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Front door 020 7946 0123", ("Front door", "020 7946 0123")),
        ("Front door: +44 20 7946 0123", ("Front door", "+44 20 7946 0123")),
        ("020 7946 0123", ("", "020 7946 0123")),
        ("Team 2, 020 7946 0123", ("Team 2", "020 7946 0123")),
        ("Front door", ("Front door", "")),
    ],
)
def test_a_name_may_stand_before_the_number(text: str, parts: tuple[str, str]) -> None:
    assert with_words(text) == parts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  The council's\n own website ", "The council's own website"),
        ("https://www.riverside.example/safeguarding", "https://www.riverside.example/safeguarding"),
        ("duty@riverside.gov.uk", None),
        ("Flat 3, 12 Acacia Road", None),
        ("a" * 121, None),
        ("left\u202eright", None),
    ],
)
def test_words_are_put_right_or_refused(text: str, kept: str | None) -> None:
    """A web address is a good source; what points to a person is none."""
    if kept is None:
        with pytest.raises(Refused):
            read_words(text, 120, TODAY)
    else:
        assert read_words(text, 120, TODAY) == kept


def test_a_persons_name_is_noticed() -> None:
    assert may_name_somebody("Ring Priya Sharma", TODAY)
    assert not may_name_somebody("Riverside front door", TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", TODAY),
        ("01/12/2026", TODAY),
        ("1.12.2026", TODAY),
        ("2026-12-02", NOT_YET),
        ("2026-02-30", NO_DAY),
        ("12/2026", NO_DAY),
        ("", NO_DAY),
    ],
)
def test_a_day_is_read_as_spreadsheets_here_write_it_too(text: str, day: date | Text) -> None:
    if isinstance(day, date):
        assert read_day(text, TODAY) == day
    else:
        with pytest.raises(Refused) as refused:
            read_day(text, TODAY)
        assert refused.value.sentence == day
