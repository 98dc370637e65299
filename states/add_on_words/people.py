"""Add-ons on people: whom to turn to, whom to tell and not to tell, workers who may have done harm, the record."""

from __future__ import annotations

from states.add_on_words.words import Words
from states.advice import Advice, stops_reading
from states.editions import Edition
from states.inputs import MAYBE, UNSURE, YES, Age, Flag, Nation, Role
from states.outcomes.naming import not_own_lead
from states.outcomes.statement import Sentence, line
from states.rules import O1, O3, O4, O5, O8, O9, O10, O12
from states.text import say

NO_ANSWER = line(
    say("If you reach no one, do not wait: ring {service} yourself. In danger: {emergency_number}."), "EM-6"
)
NO_SECRETS_FROM_THEM = line(say("You need no consent to tell them what they need to know."), "AD-2", "GR4-2024")
WITHOUT_NAMES = line(say("You can start without names."), "GR3-2008")
NOTE_WHY = line(say("Write down whom you told or did not tell, and why."), "REC-5", "RF-4")


FROM_12 = frozenset({Age.TWELVE, Age.FROM_13, Age.FROM_16, Age.UNKNOWN})
"""Young enough for parents to be told as a rule, old enough to have a say (INV-23); an unknown age may be either."""


def lead(advice: Advice, edition: Edition) -> Words:
    """A-LEAD; a lead turns to an advice line or a named professional."""
    if advice.facts.user_role is Role.LEAD and not not_own_lead(advice.facts):
        short = say("You are the lead: ask {lead} today.")
    elif advice.outcome in (O1, O3, O4):
        short = say("After that first call, go now to {lead}.")
    else:
        short = say("Speak today to {lead}.")
    return Words(short, (NO_SECRETS_FROM_THEM, WITHOUT_NAMES, NO_ANSWER))


def not_lead(advice: Advice, edition: Edition) -> Words:
    """A-NOTLEAD: that lead is shown nothing (INV-24), and nobody can stop a report (ES-2)."""
    blocked = advice.facts.lead_blocked is YES
    short = (
        say("You were told to drop it. You may still report it: go to {lead}.")
        if blocked
        else say("Go to {lead}. The lead who may be part of this sees nothing from me.")
    )
    worker = (
        (line(say("You may also go straight to {worker_contact}."), "LA-3", "LA-4"),)
        if advice.facts.allegation_worker in MAYBE
        else ()
    )
    dropped = (
        (line(say("If your organisation will not act, anyone may still report it."), "ES-2", "EM-7"),)
        if blocked
        else ()
    )
    return Words(
        short,
        (
            line(say("Do not tell the lead who may be part of this, or anyone close to them."), "LA-3", "INV-24"),
            *worker,
            *dropped,
            line(say("Or ring {service} yourself."), "EM-6", "EM-7"),
            NOTE_WHY,
        ),
    )


def tell(advice: Advice, edition: Edition) -> Words:
    """A-TELL, only ever where the family may safely know; an adult's family only as the adult wishes."""
    outcome = advice.outcome
    later = line(say("If it stops being safe for them to know, stop and ask for advice."), "NSC-1", "GR2-2024")
    how = line(say("Say what, with whom and why, and what comes next. Then listen."), "COM-7", "GR2-2024")
    if outcome is O1:
        return Words(
            say("Ask the people on {emergency_number} what the family may be told."),
            (line(say("They may need to be first to speak to the family."), "EM-1", "NSC-2"), later),
        )
    if stops_reading(advice.facts, outcome):
        return Words(say("There is nothing to tell the family for now."), (later,))
    if advice.facts.adult:
        return Words(
            say("Tell the family only if the adult agrees."),
            (line(say("It is the adult's choice who in the family knows."), "AD-1"), later, NOTE_WHY),
        )
    if outcome in (O8, O9, O10, O12):
        return Words(
            say("There is nothing to tell the family yet. If you share later, be open with them."), (how, later)
        )
    if outcome is O5:
        short = (
            say(
                "First get advice. Then be open with the family, unless {person} can decide and says no: "
                "ask {lead_short} first."
            )
            if advice.facts.age in FROM_12
            else say("First get advice. Then tell the family what you share, with whom and why.")
        )
        return Words(
            short,
            (line(say("You told me that it is safe for the family to know."), "GR2-2024", "RF-4"), how, later),
        )
    return Words(say("Be open with the family: say what you do, with whom and why."), (how, later, NOTE_WHY))


def _whom_to_keep_it_from(advice: Advice) -> tuple[Sentence, ...]:
    facts = advice.facts
    told: list[Sentence] = []
    if facts.allegation_worker in MAYBE:
        told.append(line(say("The person who may have done harm is not told and not questioned."), "LA-4"))
    if Flag.HBA_FM in facts.flags:
        told.append(line(say("Never go to the family, friends or leaders in the community."), "NSC-7"))
    if facts.in_confidence:
        told.append(line(say("What they told you in confidence is theirs."), "INV-23", "AGE-5"))
    return tuple(told)


NOT_KNOWN_SAFE = line(
    say("It is not known to be safe if they hear of it. It could add to the risk or spoil an enquiry."),
    *("NSC-1", "NSC-2"),
)
NOT_KNOWN_SAFE_NO_HARM = line(say("It is not known to be safe if they hear of it."), "NSC-1")


def dont_tell(advice: Advice, edition: Edition) -> Words:
    """A-DONT-TELL by case (INV-3, INV-14, INV-23)."""
    facts = advice.facts
    harm = facts.any_harm or facts.any_child_harm
    if advice.outcome is O1:
        short = say("Say nothing to the family until you have asked on {emergency_number} if you may.")
    elif Flag.HBA_FM in facts.flags:
        short = say("Do not tell anyone in the family or their wider circle.")
    elif facts.allegation_worker in MAYBE:
        short = say("Do not tell the family, or the person who may have done harm, before it is agreed who is told.")
    elif facts.in_confidence:
        short = say("Do not tell parents or family before {service_short} or {lead_short} has advised.")
    elif facts.adult:
        short = say("Do not tell the family. The adult has a say in who knows, and it may not be safe.")
    else:
        short = say("Do not tell the family before {lead_short} has advised.")
    unsafe = () if facts.tell_family is YES else (NOT_KNOWN_SAFE if harm else NOT_KNOWN_SAFE_NO_HARM,)
    return Words(
        short,
        (
            *_whom_to_keep_it_from(advice),
            *unsafe,
            line(say("Do not leave a note, a message or a letter that they could find."), "GR5-2024"),
            NOTE_WHY,
        ),
    )


def worker_with_children(advice: Advice, edition: Edition) -> Words:
    """A-LADO under each nation's own name (LA-1..LA-5)."""
    through = (
        line(say("You may go there yourself. Do not go through the lead who may be part of this."), "LA-3")
        if not_own_lead(advice.facts)
        else line(say("Go through {lead_short}. If they are not there, go yourself."), "LA-3", "EM-6")
    )
    limit = {
        Nation.ENG: line(say("Do it within one working day at the latest."), "LA-1"),
        Nation.WAL: line(say("Do it within 24 hours."), "LA-5"),
    }
    unsure = advice.facts.allegation_worker is UNSURE
    short = (
        say("If they may work with children, {worker_contact} must hear today.")
        if unsure
        else say("They work with children: today, tell {worker_contact}.")
    )
    return Words(
        short,
        (
            *((line(say("You do not know if they do: ask {lead_short} today."), "LA-3", "INV-7"),) if unsure else ()),
            through,
            *((limit[edition.nation],) if edition.nation in limit else ()),
            line(say("Any harm counts, at work or at home, and so does a sign that they may do harm."), "LA-2"),
            line(say("Do not tell or question the person who may have done harm."), "LA-4"),
            line(
                say("If a child is hurt, ring {childrens_service} too. In danger: {emergency_number}."), "EM-4", "EM-1"
            ),
        ),
    )


def worker_with_adults(advice: Advice, edition: Edition) -> Words:
    """A-PIPOT under each nation's own name (AD-15)."""
    through = (
        line(say("You may go there yourself. Do not go through the lead who may be part of this."), "LA-3")
        if not_own_lead(advice.facts)
        else line(say("Go through {lead_short}. If they are not there, go yourself."), "LA-3", "EM-6")
    )
    unsure = advice.facts.allegation_worker is UNSURE
    short = (
        say("Not sure they work with adults in need of care? If they may, ask {lead_short} today whom to tell.")
        if unsure
        else say("They work with adults in need of care: today, tell {adult_worker_contact}.")
    )
    return Words(
        short,
        (
            *((line(say("If they may, tell {adult_worker_contact}."), "AD-15", "INV-7"),) if unsure else ()),
            through,
            line(say("Others in their care may be at risk too."), "AD-8f", "AD-15"),
            line(say("Do not tell or question the person who may have done harm."), "LA-4"),
            line(say("In danger, ring {emergency_number} first."), "EM-1"),
        ),
    )


def barred_list(advice: Advice, edition: Edition) -> Words:
    """A-DBS, for a lead: the duty of those who run a service."""
    if edition.nation in (Nation.ENG, Nation.WAL):
        return Words(
            say("If a worker is taken off the work for harm, your organisation has to tell the DBS."),
            (
                line(say("This holds even if the worker leaves first."), "A-DBS"),
                line(
                    say("Ask your legal or staff team, and do it besides the other calls, not in their place."), "A-DBS"
                ),
            ),
        )
    return Words(
        say("Your organisation may have to report this worker to those who keep the barred list. Ask your legal team."),
        (line(say("Do it besides the other calls, not in their place."), "LA-2"),),
    )


def record(advice: Advice, edition: Edition) -> Words:
    """A-RECORD, always."""
    return Words(
        say("Write down what you decided and why, even if you share nothing."),
        (
            line(
                say("Note what you saw and heard, when, and what you think of it. Keep the three apart."),
                "REC-2",
                "REC-4",
            ),
            line(say("Note what they said, or why they were not asked or told."), "REC-5"),
            line(say("Note who advised you, what you did, and when you look again."), "REC-9", "REC-11", "REC-13"),
            line(say("No names here. Copy it to your organisation's own record."), "REC-1", "RET-5"),
        ),
    )
