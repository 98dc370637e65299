"""Tests of an organisation's roster: who was pinged in which part without a case, and when they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, null, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import roster_test_pings, roster_tests
from bot.store.transaction import Transaction
from states.roles import OrganisationRole


@dataclass(frozen=True, slots=True)
class RosterTest:
    """`asked_by`: None once they asked to be forgotten."""

    id: str
    organisation_id: str
    asked_by: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TestPing:
    """One person, pinged in one part. `sent`: False where they had blocked the bot."""

    __test__ = False  # no class of tests

    id: str
    test_id: str
    person_id: str
    role: OrganisationRole
    sent: bool
    made_at: datetime
    answered_at: datetime | None = None


_TEST: Select[*tuple[Any, ...]] = select(
    roster_tests.c.id, roster_tests.c.organisation_id, roster_tests.c.asked_by, roster_tests.c.made_at
)
_FIND = _TEST.where(roster_tests.c.id == bindparam("test"))
_ADD = insert(roster_tests)
_PING: Select[*tuple[Any, ...]] = select(
    roster_test_pings.c.id,
    roster_test_pings.c.test_id,
    roster_test_pings.c.person_id,
    roster_test_pings.c.role,
    roster_test_pings.c.sent,
    roster_test_pings.c.made_at,
    roster_test_pings.c.answered_at,
)
_PINGS = _PING.where(roster_test_pings.c.test_id == bindparam("test")).order_by(
    roster_test_pings.c.made_at, roster_test_pings.c.id
)
_ADD_PING = insert(roster_test_pings)
_ANSWER = (
    update(roster_test_pings)
    .where(
        roster_test_pings.c.id == bindparam("ping"),
        roster_test_pings.c.person_id == bindparam("person"),
        roster_test_pings.c.answered_at.is_(None),
    )
    .values(answered_at=bindparam("at"))
)
_OWN = _PING.where(roster_test_pings.c.person_id == bindparam("person")).order_by(roster_test_pings.c.made_at)
_DELETE_PINGS = delete(roster_test_pings).where(roster_test_pings.c.person_id == bindparam("person"))
_ASKED_BY = roster_tests.c.asked_by == bindparam("person")
_ASKED = _TEST.where(_ASKED_BY).order_by(roster_tests.c.made_at)
_UNTIE = update(roster_tests).where(_ASKED_BY).values(asked_by=null())


def add(transaction: Transaction, test: RosterTest) -> None:
    """A test begins."""
    transaction.execute(
        _ADD,
        {
            "id": test.id,
            "organisation_id": test.organisation_id,
            "asked_by": test.asked_by,
            "made_at": test.made_at,
        },
    )


def find(transaction: Transaction, test_id: str) -> RosterTest | None:
    """The test with this id."""
    row = transaction.execute(_FIND, {"test": test_id}).one_or_none()
    return None if row is None else RosterTest(*row)


def add_ping(transaction: Transaction, ping: TestPing) -> None:
    """Somebody is pinged, or could not be."""
    transaction.execute(
        _ADD_PING,
        {
            "id": ping.id,
            "test_id": ping.test_id,
            "person_id": ping.person_id,
            "role": ping.role.value,
            "sent": ping.sent,
            "made_at": ping.made_at,
        },
    )


def pings_of(transaction: Transaction, test_id: str) -> list[TestPing]:
    """Everybody who was pinged so far, in order."""
    return [_ping(row) for row in transaction.execute(_PINGS, {"test": test_id})]


def answer(transaction: Transaction, ping_id: str, person_id: str, at: datetime) -> bool:
    """They have got it. False if they said so before, or it is not theirs."""
    return transaction.execute(_ANSWER, {"ping": ping_id, "person": person_id, "at": at}).rowcount == 1


def _ping(row: Any) -> TestPing:
    id_, test_id, person_id, role, sent, made_at, answered_at = row
    return TestPing(id_, test_id, person_id, OrganisationRole(role), sent, made_at, answered_at)


def _export_pings(transaction: Transaction, person_id: str) -> list[Shown]:
    found = [_ping(row) for row in transaction.execute(_OWN, {"person": person_id})]
    return [{"role": one.role.value, "made_at": one.made_at, "answered_at": one.answered_at} for one in found]


def _blank_pings(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE_PINGS, {"person": person_id})


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [{"made_at": row.made_at} for row in transaction.execute(_ASKED, {"person": person_id})]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_UNTIE, {"person": person_id})


SHREDDERS = (Shredder(roster_test_pings, _export_pings, _blank_pings), Shredder(roster_tests, _export, _blank))
