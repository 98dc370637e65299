"""The test vectors T01-T70 of guidance 12.7, and walks that answer each question as a vector's facts say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.facts import Facts
from states.flow import Flow
from states.inputs import (
    MAYBE,
    NO,
    UNSURE,
    YES,
    Age,
    AllegationWith,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
    Role,
    SexSigns,
)
from states.question import Answer
from states.walk import Walk

DEFAULT = Facts(
    entry=Entry.START,
    nation=Nation.ENG,
    body=Body.LISTED,
    user_role=Role.STAFF,
    danger=NO,
    age=Age.FROM_13,
    pattern=NO,
    allegation_worker=NO,
    lead_conflict=NO,
    lead_blocked=NO,
    harm=Harm.NONE,
    child_contact=NO,
    child_harm=Harm.NONE,
    others_risk=NO,
    needs=YES,
    ask_person=YES,
    harmer_home=NO,
    tell_family=YES,
    capacity=Capacity.HAS,
    coercion=NO,
    consent=Consent.NOT_ASKED,
    consent_by=ConsentBy.PERSON,
    asks=Asks.SELF,
    recipient=Recipient.SOCIAL_CARE,
    legal=Legal.NONE,
    purpose=Purpose.CLEAR,
    identifiable=YES,
    confidential=YES,
    prop=Proportionality.LOW,
)


@dataclass(frozen=True)
class Vector:
    """One row of guidance 12.7."""

    id: str
    facts: Facts
    outcome: str
    add_ons: tuple[str, ...]
    within: str | None


ADULT: dict[str, Any] = {"age": Age.ADULT}
REFUSED: dict[str, Any] = {"consent": Consent.REFUSED}
VALID: dict[str, Any] = {"consent": Consent.VALID}
SIGNIFICANT: dict[str, Any] = {"harm": Harm.SIGNIFICANT}
POSSIBLE: dict[str, Any] = {"harm": Harm.POSSIBLE}
LACKS: dict[str, Any] = {"capacity": Capacity.LACKS}
ALLEGATION: dict[str, Any] = {"allegation_worker": YES}
CHILD: dict[str, Any] = {"child_contact": YES}


def flags(*ticked: Flag) -> dict[str, Any]:
    return {"flags": frozenset(ticked)}


def vector(id_: str, *changes: Mapping[str, Any], expect: str, within: str | None = None) -> Vector:
    told = {name: value for change in changes for name, value in change.items()}
    outcome, *add_ons = expect.split()
    return Vector(id_, DEFAULT.but(**told), outcome, tuple(add_ons), within)


ADULT_POSSIBLE_REFUSED = {**ADULT, **POSSIBLE, **REFUSED}
ADULT_SIGNIFICANT = {**ADULT, **SIGNIFICANT}
ADULT_SIGNIFICANT_REFUSED = {**ADULT_SIGNIFICANT, **REFUSED}
UNREACHABLE: dict[str, Any] = {"consent": Consent.UNREACHABLE}

VECTORS = (
    vector("T01", {"danger": YES}, REFUSED, expect="O1"),
    vector("T02", ADULT, {"danger": UNSURE}, expect="O1"),
    vector("T03", SIGNIFICANT, REFUSED, expect="O4"),
    vector("T04", SIGNIFICANT, {"tell_family": NO}, expect="O3"),
    vector("T05", SIGNIFICANT, {"harmer_home": UNSURE}, expect="O3"),
    vector("T06", POSSIBLE, REFUSED, expect="O5"),
    vector("T07", {"age": Age.TWELVE}, flags(Flag.SEXUAL), expect="O4"),
    vector("T08", {"age": Age.UNKNOWN}, flags(Flag.SEXUAL), expect="O4"),
    vector("T09", flags(Flag.SEXUAL), {"sex_signs": SexSigns.FALSE}, expect="O5"),
    vector("T10", {"age": Age.FROM_16}, flags(Flag.SEXUAL), {"sex_signs": SexSigns.FALSE}, expect="O7"),
    vector("T11", {"age": Age.FROM_16}, flags(Flag.SEXUAL), {"sex_signs": SexSigns.TRUE}, expect="O4"),
    vector("T12", VALID, expect="O6"),
    vector("T13", expect="O7"),
    vector("T14", {"ask_person": NO}, expect="O5"),
    vector("T15", REFUSED, expect="O9"),
    vector("T16", REFUSED, {"prop": Proportionality.HIGH}, expect="O5"),
    vector("T17", REFUSED, {"pattern": YES}, expect="O5"),
    vector("T18", {"purpose": Purpose.NONE}, expect="O10"),
    vector("T19", {"purpose": Purpose.NONE}, flags(Flag.SERIOUS_CRIME), expect="O5"),
    vector("T20", {"identifiable": NO}, expect="O8"),
    vector("T21", {"confidential": NO}, expect="O8"),
    vector("T22", {"asks": Asks.COURT}, REFUSED, expect="O2 A-VERIFY"),
    vector("T23", {"asks": Asks.LA_CHILD_S47, "body": Body.OTHER}, expect="O2 A-LEAD"),
    vector("T24", {"asks": Asks.POLICE}, expect="O5 A-VERIFY"),
    vector("T25", {"asks": Asks.FAMILY_OR_SOLICITOR}, expect="O12"),
    vector("T26", {"asks": Asks.FAMILY_OR_SOLICITOR}, VALID, expect="O6"),
    vector("T27", {"asks": Asks.PARENT}, POSSIBLE, expect="O5 A-HOLD"),
    vector("T28", {"asks": Asks.RESEARCH_PRESS}, expect="O12"),
    vector("T29", {"legal": Legal.DUTY}, expect="O2"),
    vector("T30", {"legal": Legal.UNSURE}, expect="O5"),
    vector("T31", {"legal": Legal.BAR}, VALID, expect="O5 A-BAR"),
    vector("T32", SIGNIFICANT, {"legal": Legal.ORDER, "tell_family": NO}, expect="O3 A-LEGAL"),
    vector("T33", {"recipient": Recipient.OWN_LEAD}, expect="O5"),
    vector("T34", {"recipient": Recipient.FAMILY}, REFUSED, {"prop": Proportionality.HIGH}, expect="O9"),
    vector("T35", ALLEGATION, expect="O5 A-LADO A-DONT-TELL"),
    vector("T36", ALLEGATION, SIGNIFICANT, expect="O3 A-LADO"),
    vector("T37", {"age": Age.FROM_16}, flags(Flag.HBA_FM), VALID, expect="O3 A-ONECHANCE"),
    vector("T38", flags(Flag.SLAVERY), REFUSED, expect="O4 A-NRM"),
    vector("T39", {"age": Age.UNBORN}, POSSIBLE, expect="O5 A-UNBORN"),
    vector("T40", {"age": Age.U12}, flags(Flag.INJURY_NOT_MOBILE), expect="O4 A-INJURY"),
    vector("T41", flags(Flag.MISSING), expect="O4 A-MISSING"),
    vector("T42", {"purpose": Purpose.TRANSFER}, REFUSED, expect="O5 A-TRANSFER"),
    vector("T43", REFUSED, {"others_risk": YES}, expect="O5"),
    vector("T44", {"lead_conflict": UNSURE}, POSSIBLE, expect="O5 A-NOTLEAD"),
    vector("T45", ADULT_POSSIBLE_REFUSED, expect="O9"),
    vector("T46", ADULT_POSSIBLE_REFUSED, {"nation": Nation.WAL}, expect="O5 A-DUTY-WAL"),
    vector("T47", ADULT_POSSIBLE_REFUSED, {"prop": Proportionality.UNSURE}, expect="O5"),
    vector("T48", ADULT_POSSIBLE_REFUSED, flags(Flag.SUICIDE), expect="O5 A-SUICIDE"),
    vector("T49", ADULT_SIGNIFICANT_REFUSED, expect="O5"),
    vector("T50", ADULT_SIGNIFICANT_REFUSED, {"coercion": YES}, expect="O11"),
    vector("T51", ADULT_SIGNIFICANT_REFUSED, {"coercion": UNSURE}, expect="O5"),
    vector("T52", ADULT_SIGNIFICANT, LACKS, expect="O11"),
    vector("T53", ADULT_SIGNIFICANT, {"capacity": Capacity.DOUBT}, expect="O5"),
    vector("T54", ADULT_SIGNIFICANT, LACKS, {"child_harm": Harm.UNSURE}, expect="O11 A-CHILD"),
    vector("T55", ADULT_POSSIBLE_REFUSED, {"others_risk": YES}, expect="O11"),
    vector("T56", ADULT, POSSIBLE, VALID, {"others_risk": YES}, expect="O6"),
    vector("T57", ADULT, CHILD, REFUSED, {"child_harm": Harm.SIGNIFICANT}, expect="O4 A-CHILD"),
    vector("T58", ADULT, CHILD, REFUSED, {"child_harm": Harm.POSSIBLE}, expect="O5 A-CHILD"),
    vector("T59", ADULT, CHILD, flags(Flag.DA), {"tell_family": NO}, expect="O5 A-CHILD"),
    vector("T60", ADULT_SIGNIFICANT, VALID, expect="O6", within="today"),
    vector("T61", ADULT_SIGNIFICANT, expect="O7", within="today"),
    vector("T62", ADULT_SIGNIFICANT, {"ask_person": NO}, expect="O5"),
    vector("T63", ADULT, flags(Flag.HBA_FM), expect="O7 A-ONECHANCE A-DONT-TELL", within="today"),
    vector("T64", ADULT, ALLEGATION, expect="O11 A-PIPOT"),
    vector("T65", ADULT_POSSIBLE_REFUSED, flags(Flag.SERIOUS_CRIME), expect="O5"),
    vector("T66", ADULT_SIGNIFICANT, UNREACHABLE, flags(Flag.SERIOUS_CRIME), expect="O11"),
    vector("T67", ADULT, LACKS, expect="O5"),
    vector("T68", ADULT, CHILD, expect="O7 A-CHILD"),
    vector("T69", ADULT, {"child_harm": Harm.SIGNIFICANT, "legal": Legal.ORDER}, expect="O4 A-CHILD A-LEGAL"),
    vector("T70", REFUSED, {"law_26a": True}, expect="O5 A-26A"),
)

IN_THE_LIST = frozenset(Flag) - {
    Flag.FAMILY_SEXUAL,
    Flag.IMAGES,
    Flag.FGM_KNOWN,
    Flag.DA_HIGH,
    Flag.PLANNED_ATTACK,
}
FOUND_UNDER = {
    Flag.FAMILY_SEXUAL: Flag.SEXUAL,
    Flag.IMAGES: Flag.SEXUAL,
    Flag.FGM_KNOWN: Flag.FGM_RISK,
    Flag.DA_HIGH: Flag.DA,
    Flag.PLANNED_ATTACK: Flag.RADICAL,
}
"""The finer worries, asked about after the ones on the list."""


def _worry(facts: Facts) -> set[str]:
    ticked = {FOUND_UNDER.get(flag, flag).value for flag in facts.flags}
    ticked |= {"pattern"} if facts.pattern is YES else set()
    ticked |= {"told_to_drop_it"} if facts.lead_blocked is YES else set()
    return ticked or {"unsure" if facts.pattern is UNSURE else "none"}


def _details(facts: Facts) -> set[str]:
    ticked = {flag.value for flag in facts.flags if flag in FOUND_UNDER}
    ticked |= {"sex_signs"} if facts.sex_signs is SexSigns.TRUE else set()
    ticked |= {"unsure"} if facts.sex_signs is SexSigns.UNSURE else set()
    return ticked or {"none"}


def _who_did(facts: Facts) -> set[str]:
    """ "Not sure" of one of them can only be said of all that are not ticked."""
    with_whom = facts.allegation_with or (AllegationWith.ADULTS if facts.adult else AllegationWith.CHILDREN)
    ticked = set()
    if facts.allegation_worker is YES:
        ticked |= {"works_with_children"} if with_whom is not AllegationWith.ADULTS else set()
        ticked |= {"works_with_adults"} if with_whom is not AllegationWith.CHILDREN else set()
    ticked |= {"home"} if facts.harmer_home is YES else set()
    ticked |= {"others"} if facts.others_risk is YES else set()
    ticked |= {"lead"} if facts.lead_conflict in MAYBE else set()
    ticked |= {"unknown"} if UNSURE in (facts.harmer_home, facts.others_risk, facts.allegation_worker) else set()
    return ticked or {"none"}


def _children(facts: Facts) -> set[str]:
    if facts.child_harm in (Harm.SIGNIFICANT, Harm.POSSIBLE):
        return {facts.child_harm.value}
    if UNSURE in (facts.child_contact, facts.child_harm):
        return {"unsure"}
    return {"none" if facts.child_contact is YES else "no"}


def _for_whom(facts: Facts) -> set[str]:
    assert facts.recipient
    ticked = {facts.recipient.value}
    ticked |= {"transfer"} if facts.purpose is Purpose.TRANSFER else set()
    ticked |= {"no_reason"} if facts.purpose is Purpose.NONE else set()
    ticked |= {"unsure"} if facts.purpose is Purpose.UNSURE else set()
    ticked |= {"asked"} if facts.asks is not Asks.SELF else set()
    ticked |= {"law"} if facts.legal is not Legal.NONE else set()
    return ticked


def _capacity(facts: Facts) -> set[str]:
    if facts.coercion in MAYBE:
        return {"pressed" if facts.coercion is YES else "may_be_pressed"}
    assert facts.capacity
    return {facts.capacity.value}


AGREED = {
    ConsentBy.PERSON: "agreed",
    ConsentBy.PARENT: "parent_agreed",
    ConsentBy.ATTORNEY_OR_DEPUTY: "attorney_agreed",
    ConsentBy.LOCAL_AUTHORITY: "care_order",
    ConsentBy.OTHER: "other_agreed",
}


def _consent(facts: Facts) -> set[str]:
    assert facts.consent
    if facts.consent is Consent.VALID:
        return {AGREED[facts.consent_by or ConsentBy.PERSON]}
    return {"not_clear" if facts.consent is Consent.INVALID else facts.consent.value}


def _safer(facts: Facts) -> set[str]:
    return {"clearly" if facts.prop is Proportionality.HIGH else "a_little"}


def _risk(facts: Facts) -> set[str]:
    return {"low_can_wait" if facts.prop is Proportionality.LOW else "unsure"}


SAYS: Mapping[str, Callable[[Facts], set[str]]] = {
    "entry": lambda facts: {"mistake" if facts.entry is Entry.MISTAKE else "start"},
    "worry": _worry,
    "details": _details,
    "who_did": _who_did,
    "children": _children,
    "role": lambda facts: {"regulated" if facts.user_role is Role.REGULATED else str(facts.user_role)},
    "for_whom": _for_whom,
    "capacity": _capacity,
    "consent": _consent,
    "safer": _safer,
    "risk": _risk,
    "harm_again": lambda facts: {str(facts.harm)},
}
"""How a practitioner who knows these facts answers; every other question is named after the fact it asks for."""


def answer_for(walk: Walk, facts: Facts) -> Answer:
    """What somebody who knows these facts answers where the walk stands."""
    question = walk.question
    assert question
    says = SAYS[question.id](facts) if question.id in SAYS else {str(getattr(facts, question.id))}
    return question.in_order(frozenset(says), walk.here)


def walk_to_advice(flow: Flow, on: date, facts: Facts, known: Facts | None = None) -> Walk:
    """Walk as somebody who knows these facts would, up to the advice."""
    walk = Walk.begin(flow, on, known)
    while not walk.at_advice:
        walk = walk.answer(walk.state, answer_for(walk, facts)).walk
    return walk


def profile(facts: Facts) -> Facts:
    """What an organisation's invitation tells about the practitioner with these facts."""
    return Facts(nation=facts.nation, body=facts.body, user_role=facts.user_role)
