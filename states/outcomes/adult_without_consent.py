"""O11: share about an adult without leaning on their consent; their wishes still count (AD-8, AD-10)."""

from __future__ import annotations

from states.addons import AddOn, may_tell
from states.facts import Facts
from states.inputs import MAYBE, NO, YES, Capacity, Consent
from states.outcomes.statement import Draft, Sentence, line
from states.text import say

SHARE_TODAY = say("Share this today. You do not need to wait for the adult's consent.")
WITH_THE_LEAD = line(
    say("First speak to {lead}. Then, or if no one answers, ring {route}."),
    *("AD-2", "EM-6", "EM-11", "EM-7"),
)
ONLY_WHAT_IS_NEEDED = line(say("Share only what keeps them or others safe."), "SH-2", "GR6-2024")
SAFE_CONTACT = line(
    say("Agree a safe way to reach the adult: nothing that anyone they fear could see."),
    *("NSC-1", "GR5-2024", "AD-8i"),
)
TELL_THEM = line(say("Tell the adult what you share and why, and hear what they want."), "AD-10", "COM-7")
ASK_HOW_TO_TELL = line(say("Settle how the adult can safely be told."), "AD-10", "NSC-1")
NOT_THE_FAMILY = line(say("Do not tell the family, or anyone the adult may fear."), "NSC-1", "GR5-2024")
FAMILY_IF_AGREED = line(say("Tell the family only if the adult agrees."), "AD-1", "AD-7")
NEITHER_FAMILY_NOR_ACCUSED = line(
    say("Do not tell or question whoever may have done harm, the family, or anyone the adult may fear."),
    *("LA-4", "NSC-1", "GR5-2024"),
)
WISHES = line(say("The adult's wishes still count: note them, and why you go past them."), "AD-10", "AD-4", "REC-5")

OTHERS = line(say("You may, as others could be at risk too."), "AD-8b", "AD-8f")
CANNOT_DECIDE = line(say("You may, as the adult cannot decide this now and it is best for them."), "AD-8c", "AD-6")
PRESSED = line(say("You may, as someone may be pressing the adult."), "AD-8d")
UNREACHABLE = line(say("You may, as you cannot reach the adult in time."), "AD-8i")

NEXT_STEP = say("Today: make both calls.")
BECAUSE = line(
    say("An adult's own choice counts for much, but one of the grounds to go past it is met."),
    *("AD-1", "AD-8b", "AD-8c", "AD-8d", "AD-8i"),
)


def _ground(facts: Facts) -> Sentence:
    """The ground of AD-8 that the record will carry."""
    if facts.others_risk is YES or facts.allegation_worker is YES:
        return OTHERS
    if facts.capacity is Capacity.LACKS:
        return CANNOT_DECIDE
    if facts.consent is Consent.UNREACHABLE and facts.coercion is not YES:
        return UNREACHABLE
    return PRESSED


def share_without_consent(facts: Facts) -> Draft:
    """O11."""
    told = TELL_THEM if facts.ask_person is YES else ASK_HOW_TO_TELL
    if facts.allegation_worker in MAYBE:
        family = NEITHER_FAMILY_NOR_ACCUSED
    else:
        family = FAMILY_IF_AGREED if may_tell(facts) else NOT_THE_FAMILY
    covers = {AddOn.LEAD, AddOn.TELL if may_tell(facts) else AddOn.DONT_TELL}
    if facts.needs is NO:
        covers.add(AddOn.NEEDS)
    return Draft(
        headline=SHARE_TODAY,
        sentences=(_ground(facts), WITH_THE_LEAD, ONLY_WHAT_IS_NEEDED, SAFE_CONTACT, told, family, WISHES),
        next_step=NEXT_STEP,
        because=BECAUSE,
        covers=frozenset(covers),
    )
