"""The vectors T01-T70, every rule speaking and silent, every add-on on and off (guidance 12.3, 12.4, 12.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.addons import AddOn
from states.advice import LeadNeeded, Within, advise, outcome_of
from states.editions import EDITIONS
from states.facts import Facts
from states.flow import the_flow
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Age,
    AllegationWith,
    Asks,
    Body,
    Capacity,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Purpose,
    Role,
)
from states.rules import MOST_PROTECTIVE_FIRST, O1, O3, O9, R27, R28, RULES, Outcome
from tests.states.rule_rows import SILENT, SPEAKS, Silent, Speaks, asked_by, facts_with, for_purpose, law
from tests.states.vectors import (
    ADULT,
    ALLEGATION,
    CHILD,
    DEFAULT,
    POSSIBLE,
    REFUSED,
    SIGNIFICANT,
    VALID,
    VECTORS,
    Vector,
    flags,
    profile,
    walk_to_advice,
)

TODAY = date(2026, 12, 1)
ENDED_BEFORE_THE_LAW_IS_ASKED = {
    "T32": {"A-LEGAL"},  # R3 ends the walk: no court or law delays a referral, so none is asked about
    "T69": {"A-LEGAL"},  # R2 the same, for the adult's child
}
"""Add-ons that a walk does not give, since it ended before their input is asked."""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_a_vector_gets_its_outcome_and_add_ons(vector: Vector) -> None:
    advice = advise(vector.facts)
    assert advice.outcome == vector.outcome
    assert set(vector.add_ons) <= set(advice.add_ons)
    assert vector.within is None or advice.within == vector.within
    assert outcome_of(vector.facts) is advice.outcome


@pytest.mark.parametrize("guest", [True, False], ids=["first-time guest", "known practitioner"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_a_walk_that_answers_as_the_vector_says_ends_in_its_outcome(
    vector: Vector, guest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The questions ask for what the rules need, for whoever walks."""
    if vector.facts.law_26a:
        england = replace(EDITIONS[Nation.ENG], law_26a=TODAY)
        monkeypatch.setitem(EDITIONS, Nation.ENG, england)
    walk = walk_to_advice(the_flow(), TODAY, vector.facts, None if guest else profile(vector.facts))
    advice = walk.here.advice
    assert advice.outcome == vector.outcome
    assert set(vector.add_ons) - set(advice.add_ons) == ENDED_BEFORE_THE_LAW_IS_ASKED.get(vector.id, set())
    assert vector.within is None or advice.within == vector.within


def test_there_are_all_seventy_vectors() -> None:
    assert [vector.id for vector in VECTORS] == [f"T{number:02}" for number in range(1, 71)]


@pytest.mark.parametrize("row", SPEAKS, ids=lambda row: f"{row.rule}-{row.outcome}")
def test_a_rule_speaks(row: Speaks) -> None:
    advice = advise(row.facts)
    assert (advice.outcome, advice.rules) == (row.outcome, row.rules)


@pytest.mark.parametrize("row", SILENT, ids=lambda row: row.rule)
def test_a_rule_is_silent_in_a_near_miss(row: Silent) -> None:
    assert row.rule not in advise(row.facts).rules


def test_every_rule_has_rows_in_which_it_speaks_and_is_silent() -> None:
    """R27 is a guard: it speaks for no complete facts, only where the rest is missing."""
    ids = {f"R{number}" for number in range(1, 29)}
    assert {rule.id for rule in (*RULES, R27, R28)} == ids
    assert {row.rule for row in SPEAKS} == ids - {"R27"}
    assert {row.rule for row in SILENT} == ids


def test_r27_advises_the_lead_when_nothing_speaks() -> None:
    """Facts with nothing told are no reason to be less careful."""
    advice = advise(Facts())
    assert (advice.outcome, advice.rules, advice.lead) == ("O5", ("R27",), LeadNeeded.MUST)


def test_the_order_of_protection_is_the_guidance_s() -> None:
    assert [outcome.value for outcome in MOST_PROTECTIVE_FIRST] == [
        *("O1", "O3", "O4", "O11", "O2", "O5", "O6", "O7", "O9", "O12", "O8", "O10")
    ]
    assert set(MOST_PROTECTIVE_FIRST) == set(Outcome)


def test_every_reason_is_named_once_and_the_winning_rule_s_first() -> None:
    advice = advise(facts_with(ADULT, POSSIBLE, VALID, {"others_risk": YES}))
    assert advice.because == ("AD-8b", "AD-8f", "AD-1", "GR4-2008", "CON-1", "CON-2", "CON-3")


DA_ADULT = {**ADULT, **flags(Flag.DA)}
REGULATED: dict[str, Any] = {"user_role": Role.REGULATED}
LEAD: dict[str, Any] = {"user_role": Role.LEAD}
OUTCOME_O9 = (ADULT, POSSIBLE, REFUSED)

ADD_ON_ROWS: tuple[tuple[str, bool, tuple[dict[str, Any], ...]], ...] = (
    ("A-LEAD", True, (POSSIBLE,)),
    ("A-LEAD", True, (ADULT, CHILD, {"child_harm": Harm.UNSURE})),
    ("A-LEAD", True, (ADULT, POSSIBLE, VALID)),
    ("A-LEAD", True, (REFUSED,)),
    ("A-LEAD", False, (VALID,)),
    ("A-LEAD", False, ({"identifiable": NO},)),
    ("A-NOTLEAD", True, ({"lead_conflict": YES},)),
    ("A-NOTLEAD", True, ({"lead_conflict": UNSURE},)),
    ("A-NOTLEAD", True, ({"lead_blocked": YES},)),
    ("A-NOTLEAD", False, ()),
    ("A-TELL", True, ()),
    ("A-TELL", False, ({"tell_family": UNSURE},)),
    ("A-TELL", False, (REFUSED,)),
    ("A-TELL", True, (REFUSED, {"capacity": Capacity.LACKS})),
    ("A-DONT-TELL", True, ({"tell_family": NO},)),
    ("A-DONT-TELL", True, (REFUSED,)),
    ("A-DONT-TELL", True, ({"tell_family": None},)),
    ("A-DONT-TELL", False, ()),
    ("A-LADO", True, (ALLEGATION,)),
    ("A-LADO", True, ({"allegation_worker": UNSURE},)),
    ("A-LADO", True, (ADULT, ALLEGATION, {"allegation_with": AllegationWith.BOTH})),
    ("A-LADO", False, (ADULT, ALLEGATION)),
    ("A-LADO", False, ({"allegation_with": AllegationWith.CHILDREN},)),
    ("A-PIPOT", True, (ADULT, ALLEGATION)),
    ("A-PIPOT", True, (ALLEGATION, {"allegation_with": AllegationWith.BOTH})),
    ("A-PIPOT", False, (ALLEGATION,)),
    ("A-DBS", True, (ALLEGATION, LEAD)),
    ("A-DBS", False, (ALLEGATION,)),
    ("A-DBS", False, (LEAD,)),
    ("A-FGM", True, (flags(Flag.FGM_KNOWN), REGULATED)),
    ("A-FGM", True, (flags(Flag.FGM_KNOWN), REGULATED, {"nation": Nation.WAL})),
    ("A-FGM", False, (flags(Flag.FGM_KNOWN), REGULATED, {"nation": Nation.SCO})),
    ("A-FGM", False, (flags(Flag.FGM_KNOWN), REGULATED, ADULT)),
    ("A-FGM", False, (flags(Flag.FGM_RISK), REGULATED)),
    ("A-FGM", False, (flags(Flag.FGM_KNOWN),)),
    ("A-NRM", True, (flags(Flag.SLAVERY),)),
    ("A-NRM", False, ()),
    ("A-PREVENT", True, (flags(Flag.RADICAL),)),
    ("A-PREVENT", True, (flags(Flag.PLANNED_ATTACK),)),
    ("A-PREVENT", False, (flags(Flag.RADICAL), {"nation": Nation.NI})),
    ("A-PREVENT", False, ()),
    ("A-RADICAL-POLICE", True, (flags(Flag.RADICAL), {"nation": Nation.NI})),
    ("A-RADICAL-POLICE", False, (flags(Flag.RADICAL),)),
    ("A-RADICAL-POLICE", False, ({"nation": Nation.NI},)),
    ("A-TERROR", True, (flags(Flag.PLANNED_ATTACK),)),
    ("A-TERROR", False, (flags(Flag.RADICAL),)),
    ("A-MARAC", True, (ADULT, flags(Flag.DA_HIGH))),
    ("A-MARAC", False, (DA_ADULT,)),
    ("A-MARAC", False, (flags(Flag.DA_HIGH),)),
    ("A-ONECHANCE", True, (flags(Flag.HBA_FM),)),
    ("A-ONECHANCE", False, ()),
    ("A-SUICIDE", True, (flags(Flag.SUICIDE),)),
    ("A-SUICIDE", False, ()),
    ("A-MISSING", True, (flags(Flag.MISSING),)),
    ("A-MISSING", False, ()),
    ("A-INJURY", True, (flags(Flag.INJURY_NOT_MOBILE),)),
    ("A-INJURY", False, ()),
    ("A-IMAGES", True, (flags(Flag.IMAGES),)),
    ("A-IMAGES", False, (flags(Flag.IMAGES), ADULT)),
    ("A-UNBORN", True, ({"age": Age.UNBORN},)),
    ("A-UNBORN", False, ()),
    ("A-CHILD", True, (ADULT, CHILD)),
    ("A-CHILD", True, (ADULT, {"child_contact": UNSURE})),
    ("A-CHILD", True, (ADULT, {"child_harm": Harm.POSSIBLE})),
    ("A-CHILD", False, (ADULT,)),
    ("A-CHILD", False, (CHILD,)),
    ("A-NEEDS", True, (ADULT, SIGNIFICANT, REFUSED, {"needs": NO})),
    ("A-NEEDS", True, (ADULT, POSSIBLE, ALLEGATION, {"needs": NO})),
    ("A-NEEDS", False, (ADULT, SIGNIFICANT, REFUSED)),
    ("A-NEEDS", False, (ADULT, SIGNIFICANT, VALID, {"needs": NO})),
    ("A-NEEDS", False, (POSSIBLE, {"needs": NO})),
    ("A-LEGAL", True, (POSSIBLE, law(Legal.ORDER))),
    ("A-LEGAL", True, (POSSIBLE, law(Legal.DUTY))),
    ("A-LEGAL", True, (POSSIBLE, law(Legal.UNSURE))),
    ("A-LEGAL", False, (POSSIBLE, law(Legal.BAR))),
    ("A-LEGAL", False, (law(Legal.ORDER),)),
    ("A-BAR", True, (law(Legal.BAR),)),
    ("A-BAR", False, (law(Legal.ORDER),)),
    ("A-HOLD", True, (POSSIBLE, asked_by(Asks.PARENT))),
    ("A-HOLD", True, (POSSIBLE, asked_by(Asks.FAMILY_OR_SOLICITOR))),
    ("A-HOLD", True, (POSSIBLE, asked_by(Asks.RESEARCH_PRESS))),
    ("A-HOLD", True, (POSSIBLE, asked_by(Asks.UNKNOWN))),
    ("A-HOLD", False, (POSSIBLE, asked_by(Asks.THE_PERSON))),
    ("A-HOLD", False, (asked_by(Asks.PARENT),)),
    *(
        ("A-VERIFY", True, (asked_by(asks),))
        for asks in (Asks.POLICE, Asks.OTHER_AGENCY, Asks.LA_CHILD_S47, Asks.SAB, Asks.REVIEW, Asks.COURT)
    ),
    ("A-VERIFY", False, (asked_by(Asks.PARENT),)),
    ("A-VERIFY", False, ()),
    ("A-TRANSFER", True, (for_purpose(Purpose.TRANSFER),)),
    ("A-TRANSFER", False, ()),
    ("A-MISTAKE", True, ({"entry": Entry.MISTAKE},)),
    ("A-MISTAKE", False, ()),
    ("A-DUTY-WAL", True, (POSSIBLE, {"nation": Nation.WAL})),
    ("A-DUTY-WAL", False, ({"nation": Nation.WAL},)),
    ("A-DUTY-WAL", False, (POSSIBLE,)),
    ("A-DUTY-SCO", True, (ADULT, POSSIBLE, {"nation": Nation.SCO})),
    ("A-DUTY-SCO", False, (POSSIBLE, {"nation": Nation.SCO})),
    ("A-DUTY-SCO", False, (ADULT, {"nation": Nation.SCO})),
    ("A-DUTY-NI", True, (POSSIBLE, {"nation": Nation.NI})),
    ("A-DUTY-NI", False, ({"nation": Nation.NI},)),
    ("A-26A", True, ({"law_26a": True},)),
    ("A-26A", True, (ADULT, CHILD, {"law_26a": True, "child_harm": Harm.POSSIBLE})),
    ("A-26A", False, ({"law_26a": True, "body": Body.OTHER},)),
    ("A-26A", False, ({"law_26a": True, "nation": Nation.WAL},)),
    ("A-26A", False, (ADULT, {"law_26a": True})),
    ("A-26A", False, ()),
    ("A-26B", True, (flags(Flag.SEXUAL), {"law_26b": True})),
    ("A-26B", False, (flags(Flag.SEXUAL),)),
    ("A-26B", False, (flags(Flag.SEXUAL), ADULT, {"law_26b": True})),
    ("A-26B", False, ({"law_26b": True},)),
    ("A-RECORD", True, ()),
)


@pytest.mark.parametrize(("add_on", "said", "changes"), ADD_ON_ROWS)
def test_an_add_on_is_said_exactly_when_it_should_be(
    add_on: str, said: bool, changes: tuple[dict[str, Any], ...]
) -> None:
    assert advise(facts_with(*changes)).has(AddOn(add_on)) is said


def test_every_add_on_has_rows_on_and_off() -> None:
    """A-RECORD is always said."""
    on = {add_on for add_on, said, _ in ADD_ON_ROWS if said}
    off = {add_on for add_on, said, _ in ADD_ON_ROWS if not said}
    assert on == {str(add_on) for add_on in AddOn}
    assert on - off == {"A-RECORD"}


@pytest.mark.parametrize(
    ("changes", "lead", "within"),
    [
        (({"danger": YES},), LeadNeeded.MUST, Within.NOW),
        ((SIGNIFICANT,), LeadNeeded.MUST, Within.NOW),
        ((POSSIBLE,), LeadNeeded.MUST, Within.TODAY),
        ((asked_by(Asks.COURT),), LeadNeeded.MUST, Within.TODAY),
        ((REFUSED,), LeadNeeded.SHOULD, Within.TODAY),
        ((ADULT, SIGNIFICANT, VALID), LeadNeeded.SHOULD, Within.TODAY),
        ((ADULT, POSSIBLE, VALID), LeadNeeded.SHOULD, Within.DAYS),
        ((VALID,), LeadNeeded.MAY, Within.DAYS),
        ((), LeadNeeded.MAY, Within.DAYS),
        (({"identifiable": NO},), LeadNeeded.MAY, Within.DAYS),
        ((for_purpose(Purpose.NONE),), LeadNeeded.MAY, Within.NONE),
        ((asked_by(Asks.PARENT),), LeadNeeded.MAY, Within.TODAY),
    ],
)
def test_the_advice_says_whether_and_how_soon_the_lead_is_needed(
    changes: tuple[dict[str, Any], ...], lead: LeadNeeded, within: Within
) -> None:
    advice = advise(facts_with(*changes))
    assert (advice.lead, advice.within) == (lead, within)


def test_an_adult_s_own_risk_adds_reasons_but_no_second_outcome() -> None:
    """Groups B and C run beside R3: an adult who lacks capacity would alone get O11."""
    facts = DEFAULT.but(
        age=Age.ADULT, harm=Harm.SIGNIFICANT, capacity=Capacity.LACKS, child_harm=Harm.SIGNIFICANT, tell_family=NO
    )
    advice = advise(facts)
    assert advice.outcome is O3
    assert advice.rules == ("R3", "R7", "R11", "R13", "R17")
    assert advise(facts.but(danger=YES)).rules == ("R1",)
    assert advise(facts.but(danger=YES)).outcome is O1
    assert advise(facts.but(child_harm=Harm.NONE)).outcome is not O9
