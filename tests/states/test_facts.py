"""D1-D12 of guidance 12.2: what the answers mean before the rules look at them."""

from __future__ import annotations

from typing import Any

import pytest

from states.facts import Facts, at_least, derive
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Age,
    Asks,
    Capacity,
    Consent,
    ConsentBy,
    Flag,
    Harm,
    SexSigns,
)
from tests.states.rule_rows import facts_with
from tests.states.vectors import ADULT, ALLEGATION, CHILD, POSSIBLE, VALID, flags

SEXUAL = flags(Flag.SEXUAL)
FROM_16: dict[str, Any] = {"age": Age.FROM_16}
NO_SIGN: dict[str, Any] = {"sex_signs": SexSigns.FALSE}


@pytest.mark.parametrize(("age", "child"), [(age, age is not Age.ADULT) for age in Age])
def test_d1_everybody_but_a_known_adult_counts_as_a_child(age: Age, child: bool) -> None:
    facts = Facts(age=age)
    assert (facts.child, facts.adult) == (child, not child)


@pytest.mark.parametrize(("age", "under_13"), [(age, age in (Age.U12, Age.TWELVE, Age.UNKNOWN)) for age in Age])
def test_d2_unknown_ages_count_as_under_13(age: Age, under_13: bool) -> None:
    assert Facts(age=age).under_13 is under_13


HARM_ROWS: tuple[tuple[str, tuple[dict[str, Any], ...], Harm | None], ...] = (
    ("nothing lifts", (), Harm.NONE),
    ("not asked stays not asked", ({"harm": None},), None),
    ("D3 under 13, sexual", ({"age": Age.U12}, SEXUAL), Harm.SIGNIFICANT),
    ("D3 age 12, sexual", ({"age": Age.TWELVE}, SEXUAL), Harm.SIGNIFICANT),
    ("D3 age unknown, sexual", ({"age": Age.UNKNOWN}, SEXUAL), Harm.SIGNIFICANT),
    ("D3 not an unborn child", ({"age": Age.UNBORN}, SEXUAL), Harm.NONE),
    *(
        (f"D4 {flag}", (flags(flag),), Harm.SIGNIFICANT)
        for flag in (Flag.FGM_KNOWN, Flag.FGM_RISK, Flag.SLAVERY, Flag.MISSING, Flag.INJURY_NOT_MOBILE)
    ),
    *((f"D4 and D8 {flag}, adult", (flags(flag), ADULT), Harm.UNSURE) for flag in (Flag.SLAVERY, Flag.MISSING)),
    ("D5 forced marriage, child", (flags(Flag.HBA_FM),), Harm.SIGNIFICANT),
    ("D5 forced marriage, adult", (flags(Flag.HBA_FM), ADULT), Harm.SIGNIFICANT),
    ("D5 made-up illness, child", (flags(Flag.FII),), Harm.SIGNIFICANT),
    ("D5 sexual abuse in the family, child", (flags(Flag.FAMILY_SEXUAL),), Harm.SIGNIFICANT),
    ("D5 not for adults", (flags(Flag.FAMILY_SEXUAL), ADULT), Harm.UNSURE),
    ("D6 worker", (ALLEGATION,), Harm.UNSURE),
    ("D6 perhaps a worker", ({"allegation_worker": UNSURE},), Harm.UNSURE),
    ("D6 never down", (ALLEGATION, POSSIBLE), Harm.POSSIBLE),
    ("D7 a sign at 13 to 15", (SEXUAL, {"sex_signs": SexSigns.TRUE}), Harm.SIGNIFICANT),
    ("D7 perhaps a sign at 16", (SEXUAL, FROM_16, {"sex_signs": SexSigns.UNSURE}), Harm.SIGNIFICANT),
    ("D7 no sign at 13 to 15", (SEXUAL, NO_SIGN), Harm.UNSURE),
    ("D7 no sign at 16 or 17", (SEXUAL, FROM_16, NO_SIGN), Harm.NONE),
    ("D7 not yet asked", (SEXUAL,), Harm.NONE),
    *(
        (f"D8 {flag}", (flags(flag),), Harm.UNSURE)
        for flag in (Flag.RADICAL, Flag.DA, Flag.SUICIDE, Flag.IMAGES, Flag.PLANNED_ATTACK, Flag.DA_HIGH)
    ),
    ("D8 sexual, adult", (SEXUAL, ADULT), Harm.UNSURE),
    ("D8 not a serious crime", (flags(Flag.SERIOUS_CRIME),), Harm.NONE),
    ("D8 pressed", ({"coercion": YES},), Harm.UNSURE),
    ("D8 perhaps pressed", ({"coercion": UNSURE},), Harm.UNSURE),
    ("D8 others at risk", ({"others_risk": YES},), Harm.UNSURE),
    ("D8 others perhaps at risk", ({"others_risk": UNSURE},), Harm.UNSURE),
    ("D8 a pattern", ({"pattern": YES},), Harm.UNSURE),
    ("D8 perhaps a pattern", ({"pattern": UNSURE},), Harm.UNSURE),
    ("D8 at home", ({"harmer_home": YES},), Harm.UNSURE),
    ("D8 not for perhaps at home", ({"harmer_home": UNSURE},), Harm.NONE),
    ("D11 council asks about a child", ({"asks": Asks.LA_CHILD_S47},), Harm.UNSURE),
    ("D11 for an adult it is the child's", ({"asks": Asks.LA_CHILD_S47}, ADULT), Harm.NONE),
)


@pytest.mark.parametrize(("changes", "harm"), [row[1:] for row in HARM_ROWS], ids=[row[0] for row in HARM_ROWS])
def test_d3_to_d8_and_d11_lift_harm(changes: tuple[dict[str, Any], ...], harm: Harm | None) -> None:
    assert derive(facts_with(*changes)).harm is harm


CHILD_HARM_ROWS: tuple[tuple[str, tuple[dict[str, Any], ...], Harm], ...] = (
    ("nothing lifts", (ADULT, CHILD), Harm.NONE),
    ("D9 abuse at home, a child there", (ADULT, CHILD, flags(Flag.DA)), Harm.UNSURE),
    ("D9 abuse at home, perhaps a child", (ADULT, {"child_contact": UNSURE}, flags(Flag.DA)), Harm.UNSURE),
    ("D9 abuse at home, no child", (ADULT, flags(Flag.DA)), Harm.NONE),
    ("D9 could reach children now", (ADULT, flags(Flag.REACHES_CHILDREN)), Harm.SIGNIFICANT),
    ("D9 may reach children now", (ADULT, flags(Flag.MAY_REACH_CHILDREN)), Harm.UNSURE),
    ("D9 only for adults", (flags(Flag.REACHES_CHILDREN),), Harm.NONE),
    ("D11 council asks about the adult's child", (ADULT, {"asks": Asks.LA_CHILD_S47}), Harm.UNSURE),
    ("never down", (ADULT, flags(Flag.MAY_REACH_CHILDREN), {"child_harm": Harm.POSSIBLE}), Harm.POSSIBLE),
)


@pytest.mark.parametrize(
    ("changes", "harm"), [row[1:] for row in CHILD_HARM_ROWS], ids=[row[0] for row in CHILD_HARM_ROWS]
)
def test_d9_and_d11_lift_a_child_s_harm(changes: tuple[dict[str, Any], ...], harm: Harm) -> None:
    assert derive(facts_with(*changes)).child_harm is harm


@pytest.mark.parametrize(
    ("changes", "tell"),
    [
        ((), YES),
        ((flags(Flag.HBA_FM),), NO),
        ((flags(Flag.HBA_FM), ADULT), NO),
        ((flags(Flag.FII),), NO),
        ((flags(Flag.FAMILY_SEXUAL),), NO),
        ((flags(Flag.FAMILY_SEXUAL), ADULT), YES),
        ((ALLEGATION,), NO),
        (({"allegation_worker": UNSURE},), NO),
        (({"harmer_home": YES},), NO),
        (({"harmer_home": UNSURE},), NO),
        (({"tell_family": UNSURE},), NO),
        (({"tell_family": None},), None),
    ],
)
def test_d5_d6_and_d10_forbid_telling_the_family(changes: tuple[dict[str, Any], ...], tell: object) -> None:
    assert derive(facts_with(*changes)).tell_family is tell


@pytest.mark.parametrize(
    ("changes", "consent"),
    [
        ((VALID,), Consent.VALID),
        ((VALID, {"consent_by": ConsentBy.OTHER}), Consent.INVALID),
        ((VALID, {"capacity": Capacity.LACKS}), Consent.INVALID),
        ((VALID, {"capacity": Capacity.LACKS, "consent_by": ConsentBy.PARENT}), Consent.VALID),
        ((VALID, {"capacity": Capacity.DOUBT}), Consent.VALID),
        (({"consent": Consent.REFUSED, "capacity": Capacity.LACKS},), Consent.REFUSED),
    ],
)
def test_d12_a_yes_falls_if_it_was_not_theirs_to_give(changes: tuple[dict[str, Any], ...], consent: Consent) -> None:
    assert derive(facts_with(*changes)).consent is consent


@pytest.mark.parametrize(("told", "means"), [(YES, YES), (UNSURE, YES), (NO, NO), (None, None)])
def test_not_sure_if_it_names_someone_or_is_private_counts_as_yes(told: Any, means: object) -> None:
    facts = derive(facts_with({"identifiable": told, "confidential": told}))
    assert (facts.identifiable, facts.confidential) == (means, means)


def test_a_finer_worry_brings_the_one_it_refines() -> None:
    assert derive(facts_with(flags(Flag.DA_HIGH))).flags == {Flag.DA_HIGH, Flag.DA}
    assert derive(facts_with(flags(Flag.PLANNED_ATTACK))).flags == {
        Flag.PLANNED_ATTACK,
        Flag.RADICAL,
        Flag.SERIOUS_CRIME,
    }


@pytest.mark.parametrize(
    ("changes", "may_know"),
    [
        ((ADULT, flags(Flag.REACHES_CHILDREN)), NO),
        ((flags(Flag.REACHES_CHILDREN),), YES),
        ((ADULT, flags(Flag.PLANNED_ATTACK)), NO),
        ((flags(Flag.PLANNED_ATTACK),), NO),
        ((ADULT, flags(Flag.RADICAL)), YES),
    ],
)
def test_no_word_to_the_family_that_could_warn_an_abuser_or_an_attacker(
    changes: tuple[dict[str, Any], ...], may_know: object
) -> None:
    assert derive(facts_with(*changes)).tell_family is may_know


def test_deriving_twice_changes_nothing_more() -> None:
    for _, changes, _ in (*HARM_ROWS, *CHILD_HARM_ROWS):
        once = derive(facts_with(*changes))
        assert derive(once) == once


def test_at_least_never_lowers() -> None:
    assert [at_least(Harm.UNSURE, harm) for harm in (None, *Harm)] == [
        *(Harm.UNSURE, Harm.UNSURE, Harm.UNSURE, Harm.POSSIBLE, Harm.SIGNIFICANT)
    ]


def test_facts_refuse_a_name_that_is_none() -> None:
    """A misspelt fact would be a silent default."""
    with pytest.raises(TypeError, match="no such fact: hram"):
        Facts().but(hram=Harm.NONE)
