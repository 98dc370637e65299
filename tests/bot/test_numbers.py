"""Local numbers in the chat: what a member reads, with what is missing or old said and no number guessed (INV-17); what
an administrator does. The numbers are those that Ofcom keeps for films."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.i18n import translator
from bot.screens import codes, number_screens
from bot.screens.pieces import LONGEST_TEXT
from bot.screens.screen import Press
from bot.screens.worded import worded
from bot.store import local_numbers, organisations
from bot.store.local_numbers import LONGEST_HOURS, LONGEST_LABEL, MOST_NUMBERS, LocalNumber
from bot.store.organisations import Organisation
from states.inputs import Nation
from states.outcomes.local_numbers import NumberKind
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.several import AT, Club
from tests.bot.walking import begin

PRACTITIONER, ADMINISTRATOR = OrganisationRole.PRACTITIONER, OrganisationRole.ADMINISTRATOR
TODAY, LAST_YEAR = date(2026, 12, 1), date(2025, 11, 1)
CHILDREN, ADULTS, NIGHT = NumberKind.CHILDREN, NumberKind.ADULTS, NumberKind.OUT_OF_HOURS
HAS_NOT = "Your organisation has not given me its number for"
NOT_THERE = "I do not know that."


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


def gives(club: Club, kind: NumberKind, last: str, day: date = TODAY, label: str = "", place: str = "") -> LocalNumber:
    """An organisation gives a number of which the last three figures are these."""
    organisation = place or club.organisation.id
    one = LocalNumber(last.rjust(32, "0"), organisation, kind, f"+442079460{last}", label, "", "Asked", day)
    with club.intake.store.transaction() as transaction:
        assert local_numbers.add(transaction, one)
    return one


def kept(club: Club) -> list[LocalNumber]:
    with club.intake.store.reading() as transaction:
        return local_numbers.of_organisation(transaction, club.organisation.id)


# ---- what a member reads


def screens_with_numbers(club: Club, sam: DirectChat) -> dict[str, str]:
    """Every screen on which somebody with advice about a child reads local numbers."""
    begin(sam, "advice")
    found = {"numbers": sam.tap("Numbers to ring").text}
    found["all"] = sam.tap("All numbers of Riverside Youth Club").text
    sam.tap("Speak to my lead", "Yes", "I am not sure, or all of them")
    found["go round"] = sam.screen.text
    sam.tap("Go on", "Speak to my lead", "No", "Nothing: only that I ask")
    found["asked"] = sam.screen.text
    club.pass_time(timedelta(minutes=16))
    found["nobody yet"] = sam.screen.text
    return found


def test_inv_17_every_screen_that_says_whom_to_ring_shows_what_is_there_old_and_missing(club: Club) -> None:
    """A number with its day; an old one as one that may be wrong, with the way round it; a missing one as missing, with
    the way round it. No other number but those that are the same everywhere."""
    gives(club, CHILDREN, "123", label="Front door")
    gives(club, NIGHT, "124", LAST_YEAR)
    club.member("Alex", OrganisationRole.LEAD)
    shown = screens_with_numbers(club, club.member("Sam", PRACTITIONER))
    assert len(shown) == 5
    for name, text in shown.items():
        assert "children's social care, Front door: +44 20 7946 0123 · checked on 01.12.2026\n" in text, name
        assert "+44 20 7946 0124 · last checked on 01.11.2025, it may be wrong\n" in text, name
        assert "If you cannot get through and it cannot wait, ring the police: 101, or 999 in danger." in text, name
        if name != "numbers":  # the advice is about a child
            assert f"{HAS_NOT} adult social care. Find it on the website of the council where they live." in text, name
        local = "".join(line for line in text.splitlines() if line.startswith("• "))
        assert set(re.findall(r"\+?\d[\d ]{2,}\d", local.replace("2025", "").replace("2026", ""))) <= {
            *("+44 20 7946 0123", "+44 20 7946 0124", "101", "999")
        }, name


def test_inv_17_advice_to_ring_social_care_holds_its_number_or_that_there_is_none(club: Club) -> None:
    """Whoever must ring now finds below the headline what to tap."""
    sam = club.member("Sam", PRACTITIONER)
    begin(sam, "advice", harm=("significant",))
    assert f"\n\n• {HAS_NOT} children's social care. Find it on the website of the council" in sam.screen
    gives(club, CHILDREN, "123", label="Front door")
    sam.tap("Numbers to ring", "Go on")
    assert sam.screen.text.startswith("Ring children's social care now")
    assert "\n\n• children's social care, Front door: +44 20 7946 0123 · checked on 01.12.2026\n\n" in sam.screen
    guest = club.somebody("Guest")
    begin(guest, "advice", harm=("significant",))
    assert "Your organisation" not in guest.screen


@pytest.mark.parametrize("who", ["guest", "newcomer", "suspended"])
def test_whoever_does_not_belong_reads_no_number_of_it(club: Club, who: str) -> None:
    """They read that none is set up, and how to find one, as before (INV-17)."""
    gives(club, CHILDREN, "123")
    sam = club.somebody("Sam") if who == "guest" else club.member("Sam", PRACTITIONER)
    if who != "guest":
        with club.intake.store.transaction() as transaction:
            mine = organisations.memberships_of(transaction, sam.turn.person.id)[0]
            organisations.save_status(transaction, mine.id, "suspended" if who == "suspended" else "waiting")
    begin(sam, "advice")
    text = sam.tap("Numbers to ring").text
    assert "Your local number is not set up here, and I will not guess it." in text
    sam.press(codes.write(Press("number", "all", club.organisation.id), sam.turn.reference, revision(sam)))
    assert NOT_THERE in sam.screen
    assert "7946" not in text + sam.screen.text


def revision(chat: DirectChat) -> int:
    return chat.turn.person.screen.revision


def test_with_two_organisations_the_numbers_of_each_stand_under_its_name(club: Club) -> None:
    school = Organisation("e" * 32, "Hillside School", "eng", "school", AT)
    with club.intake.store.transaction() as transaction:
        organisations.add(transaction, school)
    gives(club, CHILDREN, "123")
    gives(club, CHILDREN, "125", place=school.id)
    sam = club.member("Sam", PRACTITIONER)
    member_of(club, sam, school.id)
    begin(sam, "advice")
    text = sam.tap("Numbers to ring").text
    first, second = text.index("Riverside Youth Club\n"), text.index("Hillside School\n")
    assert first < text.index("0123") < second < text.index("+44 20 7946 0125")
    assert "0125" in sam.tap("All numbers of Hillside School").text
    assert "0123" not in sam.screen.text
    assert "0123" in sam.tap("All numbers of Riverside Youth Club").text


def member_of(club: Club, chat: DirectChat, organisation_id: str) -> None:
    """Somebody belongs to another organisation too."""
    with club.intake.store.transaction() as transaction:
        mine = organisations.memberships_of(transaction, chat.turn.person.id)[0]
        organisations.join(transaction, replace(mine, id="m" * 32, organisation_id=organisation_id))


@pytest.mark.parametrize("nation", [nation.value for nation in (Nation.ENG, Nation.SCO, Nation.WAL, Nation.NI)])
def test_as_many_and_as_long_as_may_be_fit_into_one_message(nation: str) -> None:
    """On the page with everything nothing is cut, whatever its numbers are; nor in an administrator's list."""
    organisation = Organisation("c" * 32, "C" * 200, nation, "voluntary", AT)
    for kind in (NumberKind.OUT_OF_HOURS, NumberKind.ALLEGATIONS, NumberKind.ADULTS):
        given = [
            LocalNumber(
                f"{place}", "c", kind, f"+44207946{place:04}", "L" * LONGEST_LABEL, "H" * LONGEST_HOURS, "S", LAST_YEAR
            )
            for place in range(MOST_NUMBERS)
        ]
        for screen in (
            number_screens.everything_screen(organisation, given, [], TODAY),
            number_screens.kept_screen(organisation, given, TODAY),
            number_screens.reminder_screen(organisation, given, TODAY),
        ):
            assert screen is not None
            length = len("\n\n".join(one.text for one in worded(screen, translator("en"), "", 0).paragraphs))
            assert length + 100 <= LONGEST_TEXT, (kind, length)


# ---- what an administrator does


def test_an_administrator_gives_changes_checks_and_removes_a_number(club: Club) -> None:
    dee = club.member("Dee", ADMINISTRATOR)
    dee.say("/admin")
    assert "Missing:\n• children's social care\n" in dee.tap("Numbers")
    dee.tap("Add a number", "children's social care")
    dee.say("Front door 020 7946 0123")
    assert kept(club) == [], "not before it is known where it comes from"
    dee.tap("Their own website")
    assert "Saved." in dee.screen
    assert "1 children's social care, Front door: +44 20 7946 0123 · checked on 01.12.2026" in dee.screen
    first = kept(club)[0]
    assert (first.number, first.label, first.source) == ("+442079460123", "Front door", "Their own website")
    club.now += timedelta(days=400)
    dee.say("/admin")
    assert "last checked on 01.12.2026, it may be wrong" in dee.tap("Numbers")
    dee.tap("1", "I have checked it: still right")
    assert kept(club) == [replace(first, checked_on=date(2028, 1, 5))]
    dee.tap("1", "Change it")
    dee.say("020 7946 0124", "The council's own page")
    changed = replace(first, number="+442079460124", source="The council's own page", checked_on=date(2028, 1, 5))
    assert kept(club) == [changed], "the name stays"
    dee.tap("1", "Remove it")
    assert kept(club) == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("12345", "That is no UK phone number that I know."),
        ("Priya Sharma 020 7946 0123", "That may hold a name."),
        ("1", "That is no UK phone number that I know."),
        ("There is a fire, ring 020 7946 0123, he has a knife", "Ring 999 now."),
        ("999", "Ring 999 now."),
        ("Front door", "That is no UK phone number that I know."),
    ],
)
def test_what_is_typed_for_a_number_is_a_number_or_is_not_kept(club: Club, typed: str, answer: str) -> None:
    """Danger words bring 999 here too (INV-1)."""
    dee = club.member("Dee", ADMINISTRATOR)
    dee.say("/admin")
    dee.tap("Numbers", "Add a number", "children's social care")
    assert answer in dee.say(typed)
    assert kept(club) == []


def test_danger_words_typed_as_a_source_bring_999(club: Club) -> None:
    dee = club.member("Dee", ADMINISTRATOR)
    dee.say("/admin")
    dee.tap("Numbers", "Add a number", "a helpline")
    assert "Type the helpline's name before the number." in dee.say("0808 157 0123")
    dee.say("Riverside helpline 0808 157 0123")
    assert "Ring 999 now." in dee.say("he has a knife")
    assert kept(club) == []


@pytest.mark.parametrize("role", [None, *(role for role in OrganisationRole if role is not ADMINISTRATOR)])
def test_what_is_forbidden_and_what_does_not_exist_are_answered_alike(
    club: Club, role: OrganisationRole | None
) -> None:
    """For everybody who does not administer it, also where they administer another organisation."""
    one = gives(club, CHILDREN, "123")
    elsewhere = Organisation("e" * 32, "Hillside School", "eng", "school", AT)
    with club.intake.store.transaction() as transaction:
        organisations.add(transaction, elsewhere)
    chat = club.member("Mallory", ADMINISTRATOR, place=elsewhere.id)
    if role is not None:
        with club.intake.store.transaction() as transaction:
            mine = organisations.memberships_of(transaction, chat.turn.person.id)[0]
            there = replace(mine, id="m" * 32, organisation_id=club.organisation.id, role=role)
            organisations.join(transaction, there)
    for what, real, made_up in (
        *((what, one.id, "0" * 32) for what in ("one", "change", "right", "remove")),
        *((what, club.organisation.id, "0" * 32) for what in ("list", "kinds")),
        *((what, "children", "nonsense") for what in ("add", "source")),
        ("nonsense", one.id, ""),
    ):
        answers = set()
        for which in (real, made_up):
            chat.say("/help")
            chat.press(codes.write(Press("number", what, which), "", revision(chat)))
            answers.add(str(chat.screen.text))
        assert len(answers) == 1, what
        assert NOT_THERE in answers.pop()
    assert kept(club) == [one]


def test_an_administrator_who_is_none_any_more_saves_nothing(club: Club) -> None:
    """Between the number and its source they lost the part."""
    dee = club.member("Dee", ADMINISTRATOR)
    dee.say("/admin")
    dee.tap("Numbers", "Add a number", "adult social care")
    dee.say("020 7946 0123")
    with club.intake.store.transaction() as transaction:
        organisations.save_status(
            transaction, organisations.memberships_of(transaction, dee.turn.person.id)[0].id, "suspended"
        )
    dee.tap("Their own website")
    assert NOT_THERE in dee.screen
    assert kept(club) == []


def test_no_more_are_taken_than_fit_on_a_page(club: Club) -> None:
    for place in range(MOST_NUMBERS):
        gives(club, NumberKind.HELPLINE, f"{place:03}", label=f"Line {place}")
    dee = club.member("Dee", ADMINISTRATOR)
    dee.say("/admin")
    dee.tap("Numbers", "Add a number", "adult social care")
    dee.say("020 7946 0999")
    assert "There are 15 numbers already. Remove one first." in dee.tap("Their own website")
    assert len(kept(club)) == MOST_NUMBERS


def test_every_button_fits_in_the_middle_of_a_walk(club: Club) -> None:
    """A button carries 64 bytes at most, also beside the reference of an open walk."""
    gives(club, CHILDREN, "123")
    dee = at(club.member("Dee", ADMINISTRATOR), "worry")
    dee.say("/admin")
    dee.tap("Numbers", "1", "Change it", "All numbers", "Add a number", "the Caldicott Guardian")
    assert "Type the number for the Caldicott Guardian." in dee.screen
