"""The kinds of local numbers, and the way that is open where one is missing or old (INV-17, NAT-1)."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest

from states.inputs import Age, Harm, Nation
from states.outcomes import numbers_to_ring
from states.outcomes.local_numbers import NEEDED, NumberKind, is_old, kind_words, route
from states.references import REFERENCES
from tests.states.any_facts import advised

SERVICES = {"999", "101"}


@pytest.mark.parametrize(("kind", "nation"), list(product(NumberKind, Nation)))
def test_inv_17_without_a_number_there_is_a_way_that_names_its_rules_and_guesses_no_number(
    kind: NumberKind, nation: Nation
) -> None:
    """The only numbers in it are those that are the same everywhere."""
    way = route(kind, nation)
    said = str(way.text)
    assert said.endswith(".")
    assert "{" not in said
    assert set(re.findall(r"\d+", said)) <= SERVICES
    assert way.rules
    assert all(nation in REFERENCES[rule].nations for rule in way.rules)


def test_the_officer_for_allegations_has_each_nations_own_name() -> None:
    """ "LADO" means nothing outside England (LA-1, LA-5, NAT-1)."""
    words = {
        nation: f"{kind_words(NumberKind.ALLEGATIONS, nation)} {route(NumberKind.ALLEGATIONS, nation).text}"
        for nation in Nation
    }
    assert [nation.value for nation in Nation if "LADO" in words[nation]] == ["eng"]
    assert [nation.value for nation in Nation if "designated officer" in words[nation]] == ["wal"]
    assert str(kind_words(NumberKind.CHILDREN, Nation.NI)) == "the Gateway team for children"
    assert "Health and Social Care Trust" in str(route(NumberKind.ADULTS, Nation.NI).text)


@pytest.mark.parametrize(
    ("checked_on", "old"),
    [
        (date(2026, 12, 1), False),
        (date(2025, 12, 2), False),
        (date(2025, 12, 1), False),
        (date(2025, 11, 30), True),
        (date(2016, 2, 29), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_number_is_old_after_a_year(checked_on: date, old: bool) -> None:
    assert is_old(checked_on, date(2026, 12, 1)) is old


def test_what_everybody_needs_is_there_when_nobody_can_wait_for_a_lead() -> None:
    assert [kind.value for kind in NEEDED] == ["children", "out_of_hours", "adults"]
    child, adult = numbers_to_ring(*advised(harm=Harm.SIGNIFICANT)), numbers_to_ring(*advised(age=Age.ADULT))
    assert child.kinds[:2] == (NumberKind.CHILDREN, NumberKind.OUT_OF_HOURS)
    assert NumberKind.ADULTS not in child.kinds
    assert NumberKind.ADULTS in adult.kinds
    assert (child.now, adult.now) == ((NumberKind.CHILDREN,), ())
