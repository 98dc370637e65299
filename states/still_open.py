"""What can still change the outcome: the conditions under which a question before the advice is worth asking.

A question that cannot change anything any more is not asked (guidance 12.8). Each condition here is checked against
the rules themselves over every reachable point of the walk (INV-26).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from states.advice import outcome_of
from states.facts import Facts
from states.inputs import NO, YES, Consent, ConsentBy, Harm, Proportionality
from states.rules import O5, O11, RULES, Outcome

WHATEVER_CONSENT_SAYS = tuple(rule for rule in RULES if rule.id in ("R4", "R5", "R6", "R7", "R10"))
"""Rules of group B that speak for O2 or O5 whatever is answered about consent."""

CONSENT_TRIALS: tuple[Mapping[str, Any], ...] = (
    {"consent": Consent.VALID, "consent_by": ConsentBy.PARENT},
    {"consent": Consent.NOT_ASKED, "ask_person": YES},
    {"consent": Consent.NOT_ASKED, "ask_person": NO},
    {"consent": Consent.UNREACHABLE},
    {"consent": Consent.REFUSED, "prop": Proportionality.LOW},
    {"consent": Consent.REFUSED, "prop": Proportionality.HIGH},
)


_outcome = lru_cache(maxsize=65536)(outcome_of)
"""Kept, since one point of the walk tries the same answers for several questions."""


def _outcomes(told: Facts, trials: Iterable[Mapping[str, Any]]) -> set[Outcome]:
    return {_outcome(told.but(**trial)) for trial in trials}


def lead_is_needed_whatever_is_said(facts: Facts) -> bool:
    """O5 or more is certain already; only O11 (or O2) could still come above it."""
    return any(rule.when(facts) for rule in WHATEVER_CONSENT_SAYS)


def _others_in_reach(facts: Facts) -> bool:
    return facts.others_risk is YES or facts.allegation_worker is YES


def capacity_matters(facts: Facts) -> bool:
    """Whether being able, or free, to decide can change the outcome."""
    if not lead_is_needed_whatever_is_said(facts):
        return True
    return facts.adult and (facts.harm is Harm.SIGNIFICANT or (facts.any_harm and _others_in_reach(facts)))


def consent_matters(told: Facts) -> bool:
    """Whether what the person said about sharing can change the outcome."""
    return len(_outcomes(told, CONSENT_TRIALS)) > 1


def asking_matters(told: Facts) -> bool:
    """Whether it matters that the person can be spoken to alone: it decides between asking them and the lead."""
    trials: tuple[Mapping[str, Any], ...] = ({"ask_person": YES}, {"ask_person": NO})
    return told.consent in (Consent.NOT_ASKED, Consent.VALID, Consent.INVALID) and len(_outcomes(told, trials)) > 1


def proportionality_matters(told: Facts) -> bool:
    """Whether weighing sharing against not sharing can change the outcome: only after a no (R18, R26)."""
    trials: tuple[Mapping[str, Any], ...] = ({"prop": Proportionality.LOW}, {"prop": Proportionality.HIGH})
    return told.consent in (Consent.REFUSED, Consent.WITHDRAWN) and len(_outcomes(told, trials)) > 1


def privacy_matters(told: Facts) -> bool:
    """Whether it matters that the information is private and names someone: only where nobody is at risk (R21)."""
    if told.harm is not Harm.NONE:
        return False
    for trial in CONSENT_TRIALS:
        facts = told.but(**trial)
        if _outcome(facts.but(identifiable=NO)) is not _outcome(facts.but(identifiable=YES)):
            return True
    return False


def route_matters(told: Facts) -> bool:
    """Whether care and support needs matter: they decide whom to ring for an adult (A-NEEDS)."""
    return told.adult and _outcome(told) in (O5, O11)
