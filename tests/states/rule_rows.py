"""Rows in which each rule of guidance 12.3 speaks, and near misses in which it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from states.facts import Facts
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
)
from tests.states.vectors import (
    ADULT,
    ALLEGATION,
    CHILD,
    DEFAULT,
    LACKS,
    POSSIBLE,
    REFUSED,
    SIGNIFICANT,
    UNREACHABLE,
    VALID,
    flags,
)


@dataclass(frozen=True)
class Speaks:
    """Facts, the outcome, and every rule that speaks, the winning ones first."""

    rule: str
    facts: Facts
    outcome: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Silent:
    """Facts close to those in which the rule speaks."""

    rule: str
    facts: Facts


def facts_with(*changes: Mapping[str, Any]) -> Facts:
    return DEFAULT.but(**{name: value for change in changes for name, value in change.items()})


def speaks(expect: str, *changes: Mapping[str, Any]) -> Speaks:
    """`expect` is the outcome and the rules; the rule under test is marked with a star."""
    outcome, *rules = expect.split()
    (rule,) = (id_.removesuffix("*") for id_ in rules if id_.endswith("*"))
    return Speaks(rule, facts_with(*changes), outcome, tuple(id_.removesuffix("*") for id_ in rules))


def silent(rule: str, *changes: Mapping[str, Any]) -> Silent:
    return Silent(rule, facts_with(*changes))


CHILD_SIGNIFICANT: dict[str, Any] = {"child_harm": Harm.SIGNIFICANT}
OTHERS: dict[str, Any] = {"others_risk": YES}
COERCED: dict[str, Any] = {"coercion": YES}
BY_ATTORNEY: dict[str, Any] = {**VALID, "consent_by": ConsentBy.ATTORNEY_OR_DEPUTY}
BY_OTHER: dict[str, Any] = {**VALID, "consent_by": ConsentBy.OTHER}
NOT_CLEAR: dict[str, Any] = {"consent": Consent.INVALID}
WITHDRAWN: dict[str, Any] = {"consent": Consent.WITHDRAWN}
CRIME = flags(Flag.SERIOUS_CRIME)
LAW_26A: dict[str, Any] = {"law_26a": True}
WEIGHED_UNSURE: dict[str, Any] = {"prop": Proportionality.UNSURE}
MUST_SHARE: dict[str, Any] = {"prop": Proportionality.HIGH}


def asked_by(asks: Asks) -> dict[str, Any]:
    return {"asks": asks}


def law(legal: Legal) -> dict[str, Any]:
    return {"legal": legal}


def to(recipient: Recipient) -> dict[str, Any]:
    return {"recipient": recipient}


def for_purpose(purpose: Purpose) -> dict[str, Any]:
    return {"purpose": purpose}


SPEAKS = (
    speaks("O1 R1*", {"danger": YES}),
    speaks("O1 R1*", {"danger": UNSURE}),
    speaks("O1 R1*", {"danger": YES}, SIGNIFICANT, {"tell_family": NO}),
    speaks("O4 R2*", SIGNIFICANT),
    speaks("O4 R2* R7", ADULT, CHILD_SIGNIFICANT),
    speaks("O4 R2* R7 R11 R12 R13 R15", ADULT, CHILD_SIGNIFICANT, SIGNIFICANT, LACKS, OTHERS, UNREACHABLE),
    speaks("O3 R3*", SIGNIFICANT, {"tell_family": NO}),
    speaks("O3 R3* R7", ADULT, CHILD_SIGNIFICANT, {"tell_family": UNSURE}),
    speaks("O2 R4* R23", asked_by(Asks.COURT)),
    speaks("O2 R4* R23", asked_by(Asks.SAB), ADULT),
    speaks("O2 R4* R6", asked_by(Asks.LA_CHILD_S47)),
    speaks("O2 R4* R23", asked_by(Asks.REVIEW)),
    speaks("O2 R4* R23", law(Legal.ORDER)),
    speaks("O2 R4* R23", law(Legal.DUTY)),
    speaks("O5 R5* R22", law(Legal.BAR), VALID),
    speaks("O5 R5* R22", law(Legal.UNSURE), VALID),
    speaks("O5 R5* R22", asked_by(Asks.POLICE), VALID),
    speaks("O5 R6*", POSSIBLE),
    speaks("O5 R6*", {"harm": Harm.UNSURE}, VALID),
    speaks("O5 R7* R22", ADULT, CHILD, VALID, {"child_harm": Harm.POSSIBLE}),
    speaks("O5 R8* R17", ADULT, {"others_risk": UNSURE}),
    speaks("O5 R9* R23", CRIME),
    speaks("O5 R9* R18", CRIME, ADULT, POSSIBLE, REFUSED),
    speaks("O5 R10* R22", to(Recipient.OWN_LEAD), VALID),
    speaks("O5 R10* R22", to(Recipient.UNSURE), VALID),
    speaks("O5 R10* R22", for_purpose(Purpose.UNSURE), VALID),
    speaks("O5 R10* R22", for_purpose(Purpose.TRANSFER), VALID),
    speaks("O5 R11* R23", ADULT, LACKS),
    speaks("O5 R11* R23", ADULT, {"capacity": Capacity.DOUBT}),
    speaks("O11 R12* R17", ADULT, POSSIBLE, OTHERS),
    speaks("O11 R12* R17", ADULT, POSSIBLE, ALLEGATION),
    speaks("O6 R12* R16", ADULT, POSSIBLE, VALID, OTHERS),
    speaks("O11 R12* R14 R16", ADULT, POSSIBLE, VALID, OTHERS, {"coercion": UNSURE}),
    speaks("O11 R12* R13 R16", ADULT, POSSIBLE, BY_ATTORNEY, OTHERS, LACKS),
    speaks("O11 R13* R16", ADULT, SIGNIFICANT, VALID, COERCED),
    speaks("O5 R13* R16", ADULT, POSSIBLE, VALID, COERCED),
    speaks("O11 R13* R16", ADULT, SIGNIFICANT, BY_ATTORNEY, LACKS),
    speaks("O5 R13* R16", ADULT, POSSIBLE, BY_ATTORNEY, LACKS),
    speaks("O5 R14* R16", ADULT, POSSIBLE, VALID, {"coercion": UNSURE}),
    speaks("O11 R15*", ADULT, SIGNIFICANT, UNREACHABLE),
    speaks("O5 R15*", ADULT, POSSIBLE, UNREACHABLE),
    speaks("O6 R16*", ADULT, POSSIBLE, VALID),
    speaks("O7 R17*", ADULT, POSSIBLE),
    speaks("O7 R17*", ADULT, POSSIBLE, NOT_CLEAR),
    speaks("O5 R17*", ADULT, POSSIBLE, {"ask_person": NO}),
    speaks("O9 R18*", ADULT, POSSIBLE, REFUSED),
    speaks("O9 R18*", ADULT, POSSIBLE, WITHDRAWN),
    speaks("O5 R18*", ADULT, SIGNIFICANT, REFUSED),
    speaks("O5 R18*", ADULT, {"harm": Harm.UNSURE}, REFUSED),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, WEIGHED_UNSURE),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, {"pattern": UNSURE}),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, flags(Flag.DA)),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, flags(Flag.SEXUAL)),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, {"allegation_worker": UNSURE}),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, {"harmer_home": YES}),
    speaks("O9 R18*", ADULT, POSSIBLE, REFUSED, {"harmer_home": UNSURE}),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, {"nation": Nation.WAL}),
    speaks("O5 R18*", ADULT, POSSIBLE, REFUSED, {"nation": Nation.SCO}),
    speaks("O9 R18*", ADULT, POSSIBLE, REFUSED, {"nation": Nation.SCO, "body": Body.OTHER}),
    speaks("O9 R18*", ADULT, POSSIBLE, REFUSED, {"nation": Nation.NI}),
    speaks("O12 R19*", asked_by(Asks.THE_PERSON), VALID),
    speaks("O12 R19*", asked_by(Asks.PARENT)),
    speaks("O12 R19*", asked_by(Asks.RESEARCH_PRESS)),
    speaks("O12 R19*", asked_by(Asks.UNKNOWN)),
    speaks("O12 R19*", asked_by(Asks.FAMILY_OR_SOLICITOR)),
    speaks("O10 R20*", for_purpose(Purpose.NONE)),
    speaks("O8 R21*", {"identifiable": NO}),
    speaks("O8 R21*", {"confidential": NO}),
    speaks("O6 R22*", VALID),
    speaks("O6 R22*", VALID, ADULT),
    speaks("O7 R23*"),
    speaks("O7 R23*", NOT_CLEAR),
    speaks("O5 R23*", {"ask_person": UNSURE}),
    speaks("O5 R24*", UNREACHABLE),
    speaks("O9 R25*", REFUSED, to(Recipient.FAMILY), MUST_SHARE),
    speaks("O9 R26*", REFUSED),
    speaks("O9 R26*", REFUSED, ADULT),
    speaks("O5 R26*", WITHDRAWN, WEIGHED_UNSURE),
    speaks("O5 R28* R26", REFUSED, LAW_26A),
    speaks("O5 R28* R20", for_purpose(Purpose.NONE), LAW_26A),
)

SILENT = (
    silent("R1"),
    silent("R2", SIGNIFICANT, {"tell_family": NO}),
    silent("R2", ADULT, SIGNIFICANT),
    silent("R2", CHILD_SIGNIFICANT),
    silent("R3", SIGNIFICANT),
    silent("R3", POSSIBLE, {"tell_family": NO}),
    silent("R4", asked_by(Asks.OTHER_AGENCY)),
    silent("R4", asked_by(Asks.POLICE)),
    silent("R4", law(Legal.UNSURE)),
    silent("R5", law(Legal.ORDER)),
    silent("R5", asked_by(Asks.COURT)),
    silent("R6"),
    silent("R6", ADULT, POSSIBLE),
    silent("R7", ADULT, CHILD),
    silent("R7", {"child_harm": Harm.POSSIBLE}),
    silent("R8", ADULT, VALID, {"others_risk": UNSURE}),
    silent("R8", ADULT, OTHERS),
    silent("R8", {"others_risk": UNSURE}),
    silent("R9", CRIME, VALID),
    silent("R9"),
    silent("R10", to(Recipient.HEALTH)),
    silent("R10", for_purpose(Purpose.NONE)),
    silent("R11", LACKS),
    silent("R11", ADULT, LACKS, BY_ATTORNEY),
    silent("R11", ADULT),
    silent("R12", ADULT, POSSIBLE, {"others_risk": UNSURE}),
    silent("R12", ADULT, POSSIBLE, {"allegation_worker": UNSURE}),
    silent("R12", OTHERS),
    silent("R13", ADULT, SIGNIFICANT, {"coercion": UNSURE}),
    silent("R13", ADULT, SIGNIFICANT, {"capacity": Capacity.DOUBT}),
    silent("R13", ADULT, LACKS),
    silent("R14", ADULT, POSSIBLE, COERCED),
    silent("R15", ADULT, SIGNIFICANT),
    silent("R15", ADULT, UNREACHABLE),
    silent("R16", ADULT, POSSIBLE, NOT_CLEAR),
    silent("R16", ADULT, POSSIBLE, BY_OTHER),
    silent("R16", ADULT, POSSIBLE, VALID, LACKS),
    silent("R17", ADULT, POSSIBLE, VALID),
    silent("R17", ADULT, POSSIBLE, UNREACHABLE),
    silent("R18", ADULT, POSSIBLE),
    silent("R18", ADULT, REFUSED),
    silent("R19", asked_by(Asks.FAMILY_OR_SOLICITOR), VALID),
    silent("R19", asked_by(Asks.OTHER_AGENCY)),
    silent("R19", asked_by(Asks.PARENT), POSSIBLE),
    silent("R20"),
    silent("R20", for_purpose(Purpose.NONE), asked_by(Asks.PARENT)),
    silent("R21", {"identifiable": UNSURE}),
    silent("R21", {"confidential": UNSURE}),
    silent("R22", BY_OTHER),
    silent("R23", REFUSED),
    silent("R23", POSSIBLE),
    silent("R24", REFUSED),
    silent("R25", ADULT, REFUSED, to(Recipient.FAMILY)),
    silent("R25", REFUSED, to(Recipient.FAMILY), {"capacity": Capacity.DOUBT}),
    silent("R25", REFUSED),
    silent("R25", to(Recipient.FAMILY)),
    silent("R26", REFUSED, to(Recipient.FAMILY)),
    silent("R26", UNREACHABLE),
    silent("R27"),
    silent("R28", REFUSED),
    silent("R28", REFUSED, LAW_26A, {"nation": Nation.WAL}),
    silent("R28", REFUSED, LAW_26A, {"body": Body.OTHER}),
    silent("R28", REFUSED, LAW_26A, ADULT),
    silent("R28", LAW_26A),
)
