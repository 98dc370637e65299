"""O5: speak to the lead today, with what each case needs to hear first."""

from __future__ import annotations

from states.addons import AddOn, may_tell
from states.facts import FROM_13_TO_17, SAID_NO, Facts
from states.inputs import (
    MAYBE,
    YES,
    Asks,
    Capacity,
    Consent,
    Flag,
    Legal,
    Nation,
    Purpose,
    Recipient,
    SexSigns,
)
from states.outcomes.statement import Draft, Sentence, line
from states.text import say

SPEAK_TODAY = say("Speak today to {lead}.")

WITHOUT_NAMES = line(say("You can describe it without names."), "GR3-2008", "GR4-2024")
NO_CONSENT_INSIDE = line(
    say("You need no consent to tell them. Say what they need to know."), "AD-2", "GR4-2024", "GR3-2024"
)
CHILD_AT_RISK = line(
    say("A child may be at risk. You do not need consent to ask for advice, or to share to keep them safe."),
    *("GR3-2024", "X-3", "EXC-3c", "AD-13"),
)
FAMILY_LATER = line(say("Do not tell the family before you have spoken to {lead_short}."), "NSC-1", "RF-4")
FAMILY_NEVER = line(say("Do not go to the family or anyone close to them."), "NSC-7")
IN_CONFIDENCE = line(
    say("They told you in confidence: do not tell parents or family before {lead_short} has advised."),
    *("INV-23", "AGE-5"),
)
IF_WORSE = line(
    say("If it gets worse, or you reach no one today, ring {service}. In danger, ring {emergency_number}."),
    *("EM-6", "EM-4", "EM-11", "EM-1", "EM-7"),
)

NOT_THE_ACCUSED = line(say("Do not tell or question the person who may have done harm."), "LA-4")
KEEP_THE_SERVICE = line(
    say(
        "If they go to a confidential health service, do not get in its way: it helps to keep them safe. "
        "Ask for advice on this case."
    ),
    *("SEX-4", "SEX-2", "SEX-3", "GR4-2024"),
)
ASK_LEGAL_FIRST = line(
    say(
        "A court or a law may forbid it: ask your legal team too before you share. "
        "You can still say that someone may be at risk. Danger comes first all the same."
    ),
    *("GR4-2024", "X-5", "GR1-2024", "GR3-2024"),
)
LEGAL_UNSURE = line(say("Not sure what the law says? Ask your legal team too."), "GR4-2024", "KQ-b")
POLICE_ASK = line(
    say(
        "The police may ask; you may answer. First ring back on a number you found yourself. In danger, share at once."
    ),
    *("DU-12", "GR4-2024", "SH-5"),
)
SERIOUS_CRIME = line(
    say("You may tell the police without consent. You can ask them first without a name."),
    *("EXC-3e", "AD-8e", "NSC-2", "DU-5"),
)
FILE_MOVES = line(
    say(
        "A child protection file moves apart from other papers, safely, with a receipt. It needs no consent. "
        "With a live worry, ring before the child arrives."
    ),
    *("A-TRANSFER", "GR4-2024"),
)
FILE_MOVES_ENGLAND = line(
    say(
        "A child protection file moves apart from other papers, safely, with a receipt. It needs no consent. "
        "Schools have 5 school days. With a live worry, ring before the child arrives."
    ),
    *("A-TRANSFER", "GR4-2024"),
)
CHECK_CAPACITY = line(
    say("Can the adult decide this? Start from yes, help them, and have it checked today."), "AD-6", "AGE-4"
)
CANNOT_DECIDE = line(
    say("If the adult cannot decide, the choice is made in their interest. Family cannot sign for them."),
    *("AD-6", "AD-7", "AD-8c"),
)
PRESSED = line(say("Someone may be pressing them, so what they said may not be free."), "AD-8d")
SAFE_WAY_TO_ASK = line(say("Do not ask them yet. Plan a safe way to speak to them alone."), "NSC-1", "AD-8i", "CON-7")
ONLY_IF_ALONE = line(say("Ask them only if you can speak alone, safely."), "NSC-1", "AD-8i", "CON-7")
THEY_SAID_NO = line(say("Say that they did not agree, and what worries you still."), "CON-8", "KQ5", "AD-11")
OUT_OF_REACH = line(say("Do not wait for an answer that you cannot get."), "NSC-3", "AD-8i")
LAW_26A = line(say("In England the law now asks you to share, unless that does the child more harm."), "LAW-26a")
PURPOSE_OPEN = line(say("Work out with them what sharing is for."), "KQ1", "KQ-b")

NEXT_STEP = say("Today: make that call. Say that you need an answer today.")
BECAUSE_CHILD = line(
    say("You do not need proof or consent to ask for advice, and two heads judge it better than one."),
    *("GR4-2024", "KQ-b", "PF-6"),
)


def _confidential_service(facts: Facts) -> bool:
    """A young person with somebody by choice, as far as is known; never beside sexual pictures (O5-SEX)."""
    return (
        Flag.SEXUAL in facts.flags
        and Flag.IMAGES not in facts.flags
        and facts.age in FROM_13_TO_17
        and facts.sex_signs in (None, SexSigns.FALSE)
    )


def _special(facts: Facts, law_26a: bool, nation: Nation) -> list[tuple[Sentence, AddOn | None]]:
    """What this case needs to hear, the most weighty first. What finds no room has its add-on beside."""
    told: list[tuple[Sentence, AddOn | None]] = []
    if _confidential_service(facts):
        told.append((KEEP_THE_SERVICE, None))
    if facts.legal is Legal.BAR:
        told.append((ASK_LEGAL_FIRST, AddOn.BAR))
    if facts.asks is Asks.POLICE:
        told.append((POLICE_ASK, AddOn.VERIFY))
    if facts.adult and facts.capacity is Capacity.DOUBT:
        told.append((CHECK_CAPACITY, None))
    if facts.adult and facts.capacity is Capacity.LACKS:
        told.append((CANNOT_DECIDE, None))
    if facts.purpose is Purpose.TRANSFER:
        told.append((FILE_MOVES_ENGLAND if nation is Nation.ENG else FILE_MOVES, AddOn.TRANSFER))
    if Flag.SERIOUS_CRIME in facts.flags:
        told.append((SERIOUS_CRIME, None))
    if law_26a:
        told.append((LAW_26A, AddOn.LAW_26A))
    if facts.adult and facts.coercion in MAYBE:
        told.append((PRESSED, None))
    if facts.consent in (Consent.NOT_ASKED, Consent.INVALID) and facts.ask_person is not YES:
        told.append((ONLY_IF_ALONE if facts.ask_person is None else SAFE_WAY_TO_ASK, None))
    if facts.consent is Consent.UNREACHABLE:
        told.append((OUT_OF_REACH, None))
    if facts.consent in SAID_NO:
        told.append((THEY_SAID_NO, None))
    if facts.legal is Legal.UNSURE:
        told.append((LEGAL_UNSURE, AddOn.LEGAL))
    if facts.purpose is Purpose.UNSURE:
        told.append((PURPOSE_OPEN, None))
    return told


def lead_today(facts: Facts, nation: Nation, law_26a: bool) -> Draft:
    """O5. `law_26a`: R28 spoke and the edition carries the day on which that law came into force (INV-20).

    Every family sentence says "not before": whom to tell is settled with the lead (INV-3, INV-23)."""
    child_at_risk = (facts.child and facts.any_harm) or facts.any_child_harm
    sentences: list[Sentence] = [WITHOUT_NAMES]
    if child_at_risk:
        sentences.append(CHILD_AT_RISK)
    elif facts.recipient in (Recipient.OWN_LEAD, Recipient.UNSURE):
        sentences.append(NO_CONSENT_INSIDE)
    covers = {AddOn.LEAD}
    if Flag.HBA_FM in facts.flags:
        sentences.append(FAMILY_NEVER)
        covers.add(AddOn.DONT_TELL)
    elif facts.in_confidence:
        sentences.append(IN_CONFIDENCE)
        covers.add(AddOn.DONT_TELL)
    elif not may_tell(facts):
        sentences.append(FAMILY_LATER)
        covers.add(AddOn.DONT_TELL)
    if facts.allegation_worker in MAYBE:
        sentences.append(NOT_THE_ACCUSED)
    return Draft(
        headline=SPEAK_TODAY,
        sentences=(*sentences, IF_WORSE),
        next_step=NEXT_STEP,
        because=BECAUSE_CHILD,
        covers=frozenset(covers),
        optional=tuple(_special(facts, law_26a, nation)),
    )
