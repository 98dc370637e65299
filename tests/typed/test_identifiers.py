"""A typed note is checked before anything of it is kept (INV-9): what identifies a person is found in every spelling,
and a clean note is left in peace, since a check that cries wolf is soon clicked away."""

from __future__ import annotations

import dataclasses
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.typed.identifier_kinds import Kind
from bot.typed.identifiers import Finding, find_identifiers
from tests.typed.made_values import DATE_SPELLINGS, SPELLINGS, TODAY, made_notes

# A run over 1,250 of each of the eight kinds (10,000 values) in every spelling takes about a minute: set both for it.
VALUES_OF_EACH_KIND = 260
EVERY_SPELLING = False

CLEAN_NOTES = Path(__file__).with_name("clean_notes.txt").read_text(encoding="utf-8").splitlines()
UNSEEN_CLEAN_NOTES = Path(__file__).with_name("clean_notes_unseen.txt").read_text(encoding="utf-8").splitlines()


def _kinds(text: str) -> list[tuple[str, bool]]:
    return [(one.kind.name, one.must_rephrase) for one in find_identifiers(text, today=TODAY)]


def test_every_structured_identifier_is_found_in_every_spelling() -> None:
    """C7: not one of the made-up values gets through, however it is spaced, dashed, widened or hidden."""
    assert len(SPELLINGS) >= 30
    assert len(DATE_SPELLINGS) >= 30
    missed = [
        (kind.name, note)
        for kind, note in made_notes(VALUES_OF_EACH_KIND, seed=2026, every_spelling=EVERY_SPELLING)
        if not any(one.must_rephrase for one in find_identifiers(note, today=TODAY))
    ]
    assert missed == []


def test_found_kind_is_the_right_one() -> None:
    """The message names the kind, so it should be the true one; where two kinds share a shape either may be named."""
    wrong = total = 0
    for kind, note in made_notes(VALUES_OF_EACH_KIND, seed=11):
        total += 1
        wrong += kind not in {one.kind for one in find_identifiers(note, today=TODAY)}
    print(f"named as another kind: {wrong} of {total}")
    assert wrong <= total * 0.02


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to someone@example.org", "EMAIL"),
        ("SOME.ONE+x@mail.example.co.uk", "EMAIL"),
        ("some_one @ example . com", "EMAIL"),
        ("someone at example dot com", "EMAIL"),
        ("someone(at)example(dot)org", "EMAIL"),
        ("someone [at] example [dot] org", "EMAIL"),
        ("someone at example.co.uk", "EMAIL"),
        ("someone＠example．com", "EMAIL"),
        ("some\u200bone@exam\u200bple.com", "EMAIL"),
        ("someone@exаmple。com", "EMAIL"),
        ("her insta is @some_one", "WEB"),
        ("t.me/some_one", "WEB"),
        ("https://example.org/a", "WEB"),
        ("www.example.org", "WEB"),
        ("see some-club.co.uk", "WEB"),
        ("on Snapchat: some1_x", "WEB"),
        ("his username is darkwolf", "WEB"),
        ("gamertag: night9", "WEB"),
        ("UTR 1955839661", "TAX_REFERENCE"),
        ("her tax reference is 19558 39661", "TAX_REFERENCE"),
        ("nhs no 943 476 5871", "NHS_NUMBER"),  # one figure wrong: still points to a person
        ("CHI 010190 1230", "NHS_NUMBER"),
        ("passport 123456789", "PASSPORT"),
        ("Passport number: AB 1234567", "PASSPORT"),
        ("sort code 12-34-56, account 12345678", "BANK"),
        ("12-34-56 12345678", "BANK"),
        ("account number is 12345678", "BANK"),
        ("GB29 NWBK 6016 1331 9268 19", "BANK"),
        ("12 Acacia Road", "ADDRESS"),
        ("12a acacia rd.", "ADDRESS"),
        ("they live at 7, Long Acre Close", "ADDRESS"),
        ("104 OLD MILL LANE", "ADDRESS"),
        ("Flat 3, the old mill", "ADDRESS"),
        ("lives on Acacia Avenue", "ADDRESS"),
        ("AB12 CDE", "VEHICLE"),
        ("ab12cde", "VEHICLE"),
        ("A123 BCD", "VEHICLE"),
        ("BCD 123A", "VEHICLE"),
        ("car reg was ab 12 cde", "VEHICLE"),
        ("AXI 1234", "VEHICLE"),
        ("QQ 12 34 56 C is no allowed prefix but JX123456C is", "NATIONAL_INSURANCE"),
        ("AB123456", "NATIONAL_INSURANCE"),
        ("at 99 88 77 a", "NATIONAL_INSURANCE"),  # in small letters, but no date has these figures
        ("+44 (0)7700 900123", "PHONE"),
        ("+447700900123", "PHONE"),
        ("O77OO 9OO 123", "PHONE"),
        ("7700 900123", "PHONE"),
        ("oh seven seven double oh nine double oh one two three", "PHONE"),
        ("ring her on 496 0123", "PHONE"),
        ("+353 20 912 3456", "PHONE"),
        ("W1A OAA", "POSTCODE"),
        ("he was born on 3 May 2015", "BIRTH_DATE"),
        ("03/05/15", "BIRTH_DATE"),
        ("3.5.2015", "BIRTH_DATE"),
        ("2015-05-03", "BIRTH_DATE"),
        ("dob 030515", "BIRTH_DATE"),
        ("the third of May 2015", "BIRTH_DATE"),
        ("3 Mai 2015", "BIRTH_DATE"),
        ("baby born 20/07/2026", "BIRTH_DATE"),  # recent, but a birth
        ("5/13/2015", "BIRTH_DATE"),  # the American order
    ],
)
def test_other_identifiers_must_be_rephrased(text: str, kind: str) -> None:
    assert (kind, True) in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "seen on 03/07/2026 at 14:30",
        "seen on 20 July 2026",
        "seen 29/05/2026",  # sixty days ago exactly
        "review on 3 September 2027",
        "on 12.07.26 a boy said",
        "on 3 May 15 minutes after school",
        "in 2024 it began",
        "s47 1st meeting",
        "at 12 the boy left",
        "at 10 20 30 they left",
        "+012 345 678 is no number",
        "S17 CIN plan",
        "15 minutes down the road",
        "2 children on the way home",
        "moved into a flat 2 weeks ago",
        "ring 999 or 101 or 0800 1111",
        "SW-7F3K2 and SW-1A1AA and GR3-2024",
        "they met at school. He was late",
        "meet @ 3pm",
        "between 10 and 11, aged 4, 6, 8, 10, 12 and 14",
        "",
        "   \n ",
    ],
)
def test_dates_of_events_times_and_references_are_allowed(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize(
    ("day", "must"),
    [
        ("28/05/2026", True),
        ("29/05/2026", False),
        ("28/07/2026", False),
        ("29/07/2026", False),
        ("01/01/1911", True),
        ("31/12/1910", False),
        ("29/02/2023", False),
        ("29/02/2024", True),
    ],
)
def test_a_full_date_is_taken_for_a_birth_when_a_living_person_could_have_it(day: str, must: bool) -> None:
    assert _kinds(f"on {day} it began") == ([("BIRTH_DATE", True)] if must else [])


def test_a_birthday_without_a_year_is_a_warning() -> None:
    assert _kinds("his birthday is 3 May") == [("BIRTH_DATE", False)]


def test_a_long_number_of_no_known_kind_is_a_warning() -> None:
    assert _kinds("file 1234567890123456789012") == [("LONG_NUMBER", False)]


def test_clean_notes_raise_at_most_one_false_alarm_in_a_hundred() -> None:
    """C7. Warnings count as false alarms too. The second list was written after the tables were settled."""
    for notes in (CLEAN_NOTES, UNSEEN_CLEAN_NOTES):
        alarms = [note for note in notes if _kinds(note)]
        print(f"false alarms: {len(alarms)} of {len(notes)} clean notes")
    alarms = [note for note in CLEAN_NOTES + UNSEEN_CLEAN_NOTES if _kinds(note)]
    assert len(CLEAN_NOTES) >= 250
    assert len(alarms) <= 0.01 * len(CLEAN_NOTES + UNSEEN_CLEAN_NOTES), alarms


# Common and rarer names, of many origins; about half are in the table of first names.
_NAMES = (
    "Kayla Jayden Mohammed Oluwaseun Agnieszka Niamh Siân Callum Priya Zainab Tyler Chloe Mateusz Fatima Rhys "
    "Zbigniew Ifeoma Tunde Björn Aoife Lowri Ceri Tegan Saoirse Xanthe Kwame Nkechi Dilys Anwen Bożena Thuy Yetunde "
    "Cosmin Ionela Vytautas Hristo Parminder Gurpreet Shanice Tyrese"
)
NAMES = tuple(_NAMES.split(" "))
NAME_SETTINGS = (
    "I am worried about {}.",
    "Yesterday {} came in with a bruise.",
    "the boy is called {lower} and he is 7",
    "Her name is {}.",
    "I spoke to Mrs {} about it.",
    "my colleague saw {} and her mum in town",
    "{} told me that she is afraid.",
    "{} said nothing at all.",
    "It is about {}'s dad.",
    "today {lower} was late again",
)


def test_most_names_are_warned_about_and_none_is_promised() -> None:
    """C7: recall of at least 85 %, told honestly. Names in small letters are the weak spot, as the figure shows."""
    found = total = 0
    for name in NAMES:
        for setting in NAME_SETTINGS:
            total += 1
            found += ("NAME", False) in _kinds(setting.format(name, lower=name.lower()))
    print(f"names found: {found} of {total} ({100 * found / total:.1f} %)")
    assert found >= 0.85 * total


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("mr smith came in", True),
        ("her Auntie Bev knows", True),
        ("she is called bev", True),
        ("I called the police", False),
        ("he was called lazy", False),
        ("J.S. and T. were there", False),
        ("he may miss school on Monday", False),
        ("we asked CAMHS, MASH and Children's Services in Wales", False),
        ("He is in Year 6. It began in April.", False),
    ],
)
def test_names_by_their_place(text: str, warned: bool) -> None:
    assert _kinds(text) == ([("NAME", False)] if warned else [])


def test_a_finding_says_where_and_never_what() -> None:
    """Nothing of the typed text may travel on with a finding into a log or a record."""
    typed = "mail to s\u200bomeone＠example.org now"
    (found,) = find_identifiers(typed, today=TODAY)
    assert typed[found.start : found.end] == "s\u200bomeone＠example.org"
    assert [field.name for field in dataclasses.fields(Finding)] == ["kind", "must_rephrase", "start", "end"]
    assert str(found.kind.plain_name) == "an e-mail address"


def test_every_kind_has_its_own_plain_name() -> None:
    names = [str(kind.plain_name) for kind in Kind]
    assert len(set(names)) == len(names)
    assert all(name.startswith(("a ", "an ")) for name in names)


_HOSTILE = st.sampled_from([*"019aA -.@O\né٣'/", "born ", "May "])
LONGEST_SECONDS = 2.0


@settings(max_examples=25, deadline=None)
@given(st.lists(_HOSTILE, min_size=1, max_size=12))
def test_hostile_text_of_full_length_is_read_quickly(parts: list[str]) -> None:
    """A message of 4,096 characters, the longest Telegram carries, cannot hold up the chat."""
    block = "".join(parts)
    text = (block * (4096 // len(block) + 1))[:4096]
    began = time.perf_counter()
    find_identifiers(text, today=TODAY)
    assert time.perf_counter() - began < LONGEST_SECONDS


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_any_text_gives_ordered_findings_that_do_not_overlap(text: str, today: date) -> None:
    findings = find_identifiers(text, today=today)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert all(one.start <= other.start for one, other in pairwise(findings))
