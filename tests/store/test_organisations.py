"""Organisations, members and invitations, on a real store of each engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store import Store, StoreConflict, Transaction, invitations, organisations, people
from bot.store.invitations import Invitation, new_token
from bot.store.organisations import Member, Organisation
from states.roles import OrganisationRole
from tests.store.conftest import NOW

CLUB = Organisation("club", "Riverside Youth Club", "eng", "voluntary", NOW)
LEAD = OrganisationRole.LEAD
ALEX = Member("m1", "club", "p1", LEAD, "waiting", "Alex", NOW)
SECOND, DAY = timedelta(seconds=1), timedelta(hours=24)


@pytest.fixture
def store(each_store: Store) -> Store:
    with each_store.transaction() as transaction:
        for number in (1, 2):
            people.find_or_create(transaction, number, new_id=f"p{number}", at=NOW)
        organisations.add(transaction, CLUB)
    return each_store


def _invite(transaction: Transaction, token: str = "token") -> str:  # noqa: S107
    invitations.add(transaction, token, Invitation("club", LEAD, "p1", NOW, NOW + DAY))
    return invitations.key_of(transaction, token)


def test_an_organisation_is_found_by_its_name_of_which_there_is_one(store: Store) -> None:
    with store.reading() as transaction:
        assert organisations.by_name(transaction, "Riverside Youth Club") == CLUB
        assert organisations.by_id(transaction, "club") == CLUB
        assert organisations.by_name(transaction, "Riverside") is None
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        organisations.add(transaction, replace(CLUB, id="other"))


def test_somebody_has_a_part_once_and_keeps_it_until_it_is_taken_away(store: Store) -> None:
    with store.transaction() as transaction:
        assert organisations.join(transaction, ALEX)
        assert not organisations.join(transaction, replace(ALEX, id="m2", status="active")), (
            "joining twice is no way in"
        )
        assert organisations.join(transaction, replace(ALEX, id="m3", role=OrganisationRole.DEPUTY, since=NOW + SECOND))
        assert organisations.member(transaction, "m1") == ALEX
        assert [one.id for one in organisations.memberships_of(transaction, "p1")] == ["m1", "m3"]
        organisations.save_status(transaction, "m1", "active")
        organisations.remove_member(transaction, "m3")
        assert organisations.members_of(transaction, "club") == [replace(ALEX, status="active")]
        assert organisations.memberships_of(transaction, "p2") == []


def test_an_invitation_works_once_and_for_a_day(store: Store) -> None:
    with store.transaction() as transaction:
        key = _invite(transaction)
        assert invitations.find(transaction, key, NOW + DAY - SECOND) == Invitation("club", LEAD, "p1", NOW, NOW + DAY)
        assert invitations.find(transaction, key, NOW + DAY) is None, "a day old"
        assert not invitations.use(transaction, key, "p2", NOW + DAY)
        assert invitations.use(transaction, key, "p2", NOW + SECOND)
        assert not invitations.use(transaction, key, "p1", NOW + SECOND), "forwarded, and used before"
        assert invitations.find(transaction, key, NOW + SECOND) is None


def test_who_reads_the_database_can_make_no_invitation_of_what_is_there(store: Store) -> None:
    """The token is nowhere, and its hash is no token (A2)."""
    with store.transaction() as transaction:
        key = _invite(transaction, "a-token-of-its-own")
        kept = str(transaction.connection.exec_driver_sql("SELECT * FROM invitations").all())
        assert "a-token-of-its-own" not in kept
        assert key in kept
        assert invitations.find(transaction, invitations.key_of(transaction, key), NOW) is None


def test_a_token_is_128_random_bits_in_letters_that_a_link_may_carry() -> None:
    given: list[int] = []

    def random_bytes(count: int) -> bytes:
        given.append(count)
        return b"\xff" * count

    assert new_token(random_bytes) == "_____________________w"
    assert given == [16]
