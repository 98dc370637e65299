"""The safety invariants of guidance 12.6 that a single set of facts and its advice can show or break."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from states.addons import AddOn
from states.inputs import MAYBE, NO, YES, Capacity, Consent, Entry, Flag, Nation
from states.paths.points import Point
from states.rules import O1, O3, O4, O6, O7, O8, O9, O10, O11, O12

WHERE_A_CHILD_IS_REFERRED = frozenset({O1, O3, O4})
NEVER_WHERE_A_CHILD_MAY_BE_HARMED = frozenset({O6, O7, O8, O9, O10, O12})
NATIONAL = {
    AddOn.DUTY_WAL: {Nation.WAL},
    AddOn.DUTY_SCO: {Nation.SCO},
    AddOn.DUTY_NI: {Nation.NI},
    AddOn.FGM: {Nation.ENG, Nation.WAL},
    AddOn.PREVENT: {Nation.ENG, Nation.WAL, Nation.SCO},
    AddOn.LAW_26A: {Nation.ENG},
    AddOn.LAW_26B: {Nation.ENG},
}


def _danger_first(point: Point) -> bool:
    return point.outcome is O1 if point.told.danger in MAYBE else point.outcome is not O1


def _child_referred(point: Point) -> bool:
    return not point.facts.child_at_significant_risk or point.outcome in WHERE_A_CHILD_IS_REFERRED


def _nobody_told_unsafely(point: Point) -> bool:
    facts, advice = point.facts, point.advice
    if facts.tell_family is not YES and (advice.tell or advice.has(AddOn.TELL) or advice.outcome is O4):
        return False
    return advice.has(AddOn.TELL) != advice.has(AddOn.DONT_TELL) and (
        advice.outcome is not O7 or facts.ask_person is YES
    )


def _child_with_harm_is_never_left(point: Point) -> bool:
    facts = point.facts
    return not (facts.child and facts.any_harm and point.outcome in NEVER_WHERE_A_CHILD_MAY_BE_HARMED)


def _harm_brings_the_lead(point: Point) -> bool:
    return not (point.facts.any_harm or point.facts.any_child_harm) or point.advice.has(AddOn.LEAD)


def _under_13_sexual(point: Point) -> bool:
    facts = point.facts
    return not (facts.under_13 and Flag.SEXUAL in facts.flags) or point.outcome in WHERE_A_CHILD_IS_REFERRED


def _refusal_of_a_free_adult(point: Point) -> bool:
    facts = point.facts
    stands = (
        facts.adult
        and facts.danger is NO
        and facts.capacity is Capacity.HAS
        and facts.coercion is NO
        and facts.consent in (Consent.REFUSED, Consent.WITHDRAWN)
        and facts.others_risk is NO
        and facts.allegation_worker is NO
        and not facts.any_child_harm
    )
    return not stands or point.outcome not in (O3, O4, O11)


def _record(point: Point) -> bool:
    return point.advice.has(AddOn.RECORD)


def _practitioners_only(point: Point) -> bool:
    return point.told.entry in (Entry.START, Entry.MISTAKE)


def _no_law_of_another_nation(point: Point) -> bool:
    return all(point.told.nation in nations for add_on, nations in NATIONAL.items() if point.advice.has(add_on))


def _no_law_before_its_day(point: Point) -> bool:
    told, advice = point.told, point.advice
    return (told.law_26a or not (advice.has(AddOn.LAW_26A) or "R28" in advice.rules)) and (
        told.law_26b or not advice.has(AddOn.LAW_26B)
    )


def _in_confidence(point: Point) -> bool:
    return not point.facts.in_confidence or (not point.advice.tell and point.advice.has(AddOn.DONT_TELL))


def _lead_conflict_asked(point: Point) -> bool:
    """On O1 it is asked after 999, before the call for a lead."""
    if point.outcome is O1:
        return True
    conflict = point.told.lead_conflict
    return conflict is not None and (conflict not in MAYBE or point.advice.has(AddOn.NOTLEAD))


INVARIANTS: Mapping[str, Callable[[Point], bool]] = {
    "INV-1": _danger_first,
    "INV-2": _child_referred,
    "INV-3": _nobody_told_unsafely,
    "INV-4": _child_with_harm_is_never_left,
    "INV-5": _harm_brings_the_lead,
    "INV-6": _under_13_sexual,
    "INV-8": _refusal_of_a_free_adult,
    "INV-15": _record,
    "INV-18": _practitioners_only,
    "INV-19": _no_law_of_another_nation,
    "INV-20": _no_law_before_its_day,
    "INV-23": _in_confidence,
    "INV-24": _lead_conflict_asked,
}
"""What must hold on every complete set of facts. INV-7, 25 and 26 compare two sets and stand in `states.paths.steps`;
those about wording stand in `states.paths.wording`."""
