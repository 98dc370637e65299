"""Every part in an organisation, and everybody outside it, tries everything there, by buttons pressed out of place.

What is not theirs changes nothing, shows nothing, and is answered as if it were not there (A1 of the goals).

`python -m pytest tests/bot/test_role_matrix.py -n 0 -s` prints the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import escalations, local_numbers, organisation_tables, organisations
from bot.store.escalations import Escalation
from bot.store.local_numbers import LocalNumber
from bot.store.organisations import Member, Organisation
from states.escalation import State, Urgency
from states.outcomes.local_numbers import NumberKind
from states.roles import Action, OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.several import AT, Club

P, L, D, C, A = OrganisationRole
OUTSIDE = ("guest", "suspended", "waiting", "removed", "administrator elsewhere")
SECRET = "Zebedee"
"""A member's name, and a number's: who reads it has seen something of the organisation."""
TABLES = (
    organisation_tables.members,
    organisation_tables.invitations,
    organisation_tables.local_numbers,
    organisation_tables.escalations,
    organisation_tables.roster_tests,
)
Deed = tuple[tuple[str, str, str], ...]
DEEDS: dict[tuple[Action, str], Deed] = {
    (Action.ASK_A_LEAD, ""): (("lead", "", ""), ("ask", "conflict", "no")),
    (Action.TAKE, ""): (("escalation", "take", "{escalation}"),),
    (Action.TAKE, "from the list"): (("view", "found", "{escalation}"),),
    (Action.SEE_MEMBERS, ""): (("view", "admin", "{organisation}"),),
    (Action.SEE_MEMBERS, "one"): (("view", "member", "{member}"),),
    (Action.INVITE, ""): (("invite", "lead", "{organisation}"),),
    (Action.CONFIRM, ""): (("member", "confirm", "{waiting}"),),
    (Action.CONFIRM, "refuse"): (("member", "refuse", "{waiting}"),),
    (Action.SUSPEND, ""): (("member", "suspend", "{member}"),),
    (Action.REMOVE, ""): (("member", "remove", "{member}"),),
    (Action.SEE_ROTA, ""): (("view", "rota", "{organisation}"),),
    (Action.ARRANGE, "setting"): (
        ("view", "arrangements", "{organisation}"),
        ("arrange", "today_minutes", ""),
        ("choose", "0", ""),
    ),
    (Action.ARRANGE, "hours"): (("view", "hours", "{member}"), ("hours", "work", "")),
    (Action.ARRANGE, "test"): (("test", "{organisation}", ""),),
    (Action.SEE_NUMBERS, ""): (("number", "all", "{organisation}"),),
    (Action.KEEP_NUMBERS, "see"): (("number", "list", "{organisation}"),),
    (Action.KEEP_NUMBERS, "remove"): (("number", "remove", "{number}"),),
}
ALLOWED = {
    Action.ASK_A_LEAD: {P, L, D, C, A},
    Action.TAKE: {L, D, C, A},
    Action.SEE_ROTA: {L, D, C, A},
    Action.SEE_NUMBERS: {P, L, D, C, A},
}
"""Everything else is the administrator's alone."""


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


def actors(club: Club) -> dict[str, DirectChat]:
    """One of each part, and those who have none there, or none any more."""
    found = {role.value: club.member(f"The {role.value}", role) for role in OrganisationRole}
    elsewhere = Organisation("e" * 32, "Another Club", "eng", "voluntary", AT)
    with club.intake.store.transaction() as transaction:
        organisations.add(transaction, elsewhere)
    found["administrator elsewhere"] = club.member("Far", A, place=elsewhere.id)
    found["guest"] = club.somebody("Guest")
    found["guest"].say("/start")
    for status in ("suspended", "waiting", "removed"):
        chat = found[status] = club.member(f"The {status}", A)
        with club.intake.store.transaction() as transaction:
            (one,) = organisations.memberships_of(transaction, chat.turn.person.id)
            if status == "removed":
                organisations.remove_member(transaction, one.id)
            else:
                organisations.save_status(transaction, one.id, "suspended" if status == "suspended" else "waiting")
    return found


def targets(club: Club, numbers: Iterator[int], asked_by: DirectChat, victim: str) -> dict[str, str]:
    """Something new for each try to be done to."""
    ids = {name: f"{next(numbers):032x}" for name in ("member", "waiting", "number", "escalation")}
    here = club.organisation.id
    with club.intake.store.transaction() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM members WHERE person_id = ?", (victim,))
        organisations.join(transaction, Member(ids["member"], here, victim, L, "active", SECRET, AT))
        organisations.join(transaction, Member(ids["waiting"], here, victim, D, "waiting", SECRET, AT))
        transaction.connection.exec_driver_sql("DELETE FROM local_numbers")
        number = LocalNumber(ids["number"], here, NumberKind.POLICE, "101", SECRET, "", "Asked", AT.date())
        local_numbers.add(transaction, number)
        person = asked_by.turn.person.id if asked_by.turn.person else victim
        one = Escalation(ids["escalation"], "SW-ZEBED", here, person, Urgency.TODAY, State.LEAD, None, AT, {})
        escalations.add(transaction, one)
    return ids | {"organisation": here}


def kept(club: Club) -> list[Any]:
    """All that the organisation is and has."""
    here = club.organisation.id
    with club.intake.store.reading() as transaction:
        execute = transaction.connection.execute
        rows = [execute(select(table).where(table.c.organisation_id == here)).all() for table in TABLES]
        return [organisations.by_id(transaction, here), *rows]


def test_nobody_does_or_sees_what_is_not_theirs(club: Club) -> None:
    everybody = actors(club)
    victim = club.somebody("Victim")
    victim.say("/start")
    asker = club.member("Asker", P)
    numbers = itertools.count(1)
    table: dict[tuple[str, str], str] = {}
    for (action, how), deed in DEEDS.items():
        for name, chat in everybody.items():
            ids = targets(club, numbers, asker, victim.turn.person.id)
            chat.say("/start")
            before = kept(club)
            seen = ""
            for verb, first, second in deed:
                turn = chat.turn
                press = Press(verb, first.format(**ids), second.format(**ids))
                chat.press(codes.write(press, turn.reference, turn.person.screen.revision))
                seen += chat.screen.text
            did = kept(club) != before or SECRET in seen or "SW-ZEBED" in seen
            allowed = name in {role.value for role in ALLOWED.get(action, {A})}
            assert did == allowed, (action, how, name, seen)
            table[f"{action.value} {how}".strip(), name] = "yes" if did else "-"
            club.deliver()
    names = list(everybody)
    print("\n" + " " * 46 + " ".join(f"{name[:13]:>13}" for name in names))
    for deed_ in dict.fromkeys(deed_ for deed_, _ in table):
        print(f"{deed_:<46}" + " ".join(f"{table[deed_, name]:>13}" for name in names))
    print(f"{len(table)} cells, 0 unauthorised")
    assert {action for action, _ in DEEDS} == {*Action}, "every action is tried"
    assert len(table) == 17 * 10
