"""Who is who in a statement: the person, the lead to turn to, the service to ring. All placeholders come from here."""

from __future__ import annotations

from states.editions import Edition
from states.facts import Facts
from states.inputs import MAYBE, NO, YES, Age, Capacity, Consent, ConsentBy, Role
from states.text import Text, say

PERSON = {
    Age.UNBORN: say("the mother"),
    Age.U12: say("the child"),
    Age.TWELVE: say("the child"),
    Age.FROM_13: say("the young person"),
    Age.FROM_16: say("the young person"),
    Age.ADULT: say("the adult"),
    Age.UNKNOWN: say("the child"),
}
THE_CHILD = say("the child")

YOUR_LEAD = say("your lead")
LEAD_OR_ANOTHER = say("your lead, or another senior person if it is about them or someone close to them")
DEPUTY = say("the deputy lead or the next senior person")
LEAD_SHORT = say("the lead or senior person")
SENIOR_SHORT = say("the senior person")
ADVICE_SHORT = say("the person who advises you")

ROUTE_NO_CARE_NEEDS = say("the police, a domestic abuse service, their GP or the fire service")

NOT_EMPLOYED = frozenset({Role.PUBLIC, Role.UNDER_18, Role.PERSON_AT_RISK})


def person(facts: Facts) -> Text:
    """ "the child", "the young person", "the adult"; for an unborn baby its mother. No known age: a child (AGE-8)."""
    return PERSON[facts.age] if facts.age is not None else THE_CHILD


def not_own_lead(facts: Facts) -> bool:
    """The lead may be part of this, or has said to drop it: never "your lead" (INV-24, ES-2)."""
    return facts.lead_conflict in MAYBE or facts.lead_blocked is YES


def is_lead(facts: Facts) -> bool:
    """A lead with no conflict turns to an advice line or a named professional, not to themselves (A-LEAD)."""
    return facts.user_role is Role.LEAD and not not_own_lead(facts)


def about_children(facts: Facts) -> bool:
    """The children's service is the one to ring: the person is a child, or a child in an adult's life may be harmed."""
    return facts.child or facts.any_child_harm


def decider(facts: Facts) -> Text:
    """Who said yes or no, in words."""
    by = facts.consent_by
    if by is ConsentBy.PARENT:
        return say("the parent")
    if by is ConsentBy.ATTORNEY_OR_DEPUTY:
        return say("the person who acts for them")
    if by is ConsentBy.LOCAL_AUTHORITY:
        return say("the child's social worker")
    return person(facts)


def decided_alone(facts: Facts) -> bool:
    """The person the walk is about said it, and nothing told says that they cannot."""
    return facts.consent_by in (None, ConsentBy.PERSON) and facts.capacity in (None, Capacity.HAS)


def said_no(facts: Facts) -> Text:
    return say("took back their yes") if facts.consent is Consent.WITHDRAWN else say("said no")


def _lead(facts: Facts, service_short: Text, edition: Edition) -> tuple[Text, Text]:
    if not_own_lead(facts):
        return DEPUTY, SENIOR_SHORT
    if facts.user_role is Role.LEAD:
        return edition.words["lead_advice"], ADVICE_SHORT
    if facts.user_role in NOT_EMPLOYED:
        return service_short, service_short
    if facts.lead_conflict is NO:
        return YOUR_LEAD, YOUR_LEAD
    return LEAD_OR_ANOTHER, LEAD_SHORT


def words_for(facts: Facts, edition: Edition) -> dict[str, Text]:
    """Every placeholder that a text may use, for these facts and this edition."""
    side = "childrens_service" if about_children(facts) else "adults_service"
    service = edition.words[side]
    lead, lead_short = _lead(facts, edition.words[f"{side}_short"], edition)
    return {
        **edition.words,
        "person": person(facts),
        "decider": decider(facts),
        "said_no": said_no(facts),
        "service": service,
        "service_short": edition.words[f"{side}_short"],
        "lead": lead,
        "lead_short": lead_short,
        "route": ROUTE_NO_CARE_NEEDS if facts.needs is NO else edition.words["adults_service"],
    }
