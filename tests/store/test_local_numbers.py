"""An organisation's local numbers, on a real store of each engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.store import Store, local_numbers, organisations
from bot.store.local_numbers import LocalNumber
from bot.store.organisations import Organisation
from states.outcomes.local_numbers import NumberKind
from tests.store.conftest import NOW

DAY = date(2026, 3, 14)
DESK = LocalNumber("n1", "club", NumberKind.POLICE, "101", "", "", "Their own website", DAY)
DOOR = LocalNumber("n2", "club", NumberKind.CHILDREN, "+442079460123", "Front door", "Mon to Fri", "Asked", DAY)


@pytest.fixture
def store(each_store: Store) -> Store:
    with each_store.transaction() as transaction:
        for club in ("club", "other"):
            organisations.add(transaction, Organisation(club, club, "eng", "voluntary", NOW))
    return each_store


def test_numbers_come_in_the_order_of_their_kinds_each_once(store: Store) -> None:
    later = date(2026, 4, 1)
    with store.transaction() as transaction:
        assert local_numbers.add(transaction, DESK)
        assert local_numbers.add(transaction, DOOR)
        assert not local_numbers.add(transaction, replace(DOOR, id="n3", label="Again"))
        assert local_numbers.add(transaction, replace(DOOR, id="n4", organisation_id="other"))
        assert local_numbers.of_organisation(transaction, "club") == [DOOR, DESK]
        local_numbers.checked(transaction, "n1", later)
        assert local_numbers.find(transaction, "n1") == replace(DESK, checked_on=later)
        new = replace(DOOR, number="+442079460124", label="New door", source="Asked again", checked_on=later)
        assert local_numbers.change(transaction, new)
        assert local_numbers.find(transaction, "n2") == new
        assert local_numbers.add(transaction, replace(DOOR, id="n5"))
        assert not local_numbers.change(transaction, replace(DOOR, id="n2")), "n5 has it"
        assert local_numbers.find(transaction, "n2") == new
        local_numbers.remove(transaction, "n2")
        assert local_numbers.find(transaction, "n2") is None


def test_all_are_replaced_for_one_organisation_alone(store: Store) -> None:
    theirs = replace(DOOR, id="n4", organisation_id="other")
    with store.transaction() as transaction:
        for one in (DESK, DOOR, theirs):
            local_numbers.add(transaction, one)
        assert local_numbers.replace_all(transaction, "club", [replace(DESK, id="n9")]) == 2
        assert local_numbers.of_organisation(transaction, "club") == [replace(DESK, id="n9")]
        assert local_numbers.of_organisation(transaction, "other") == [theirs]
