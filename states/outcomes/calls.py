"""What helps around the advice: what to say on the phone, which numbers, and what counts as serious harm."""

from __future__ import annotations

from dataclasses import dataclass

from states.addons import AddOn
from states.advice import Advice
from states.editions import Contact, Edition, local_number_not_set_up
from states.facts import Facts
from states.inputs import NO, Age, Flag
from states.outcomes.local_numbers import NumberKind
from states.outcomes.naming import about_children, words_for
from states.outcomes.statement import Notice, Sentence, fill_all, line
from states.rules import O3, O4, O5, O6, O7, O8, O9, O10, O11, O12
from states.text import Text, say

WHO_YOU_ARE = line(say("Say who you are, your job and your number. At work you cannot stay unnamed."), "RF-5", "RF-9")
WHO_IT_IS_ABOUT = line(
    say("Give names, ages and where they are now to the service on the phone. Never type them here."), "RF-5", "REC-1"
)
NO_NAMES_YET = line(say("You can leave names out at first. Never type them here."), "GR3-2008", "REC-1")
SAW_AND_HEARD = line(say("Say what you saw or heard, and when. Use their own words."), "RF-5", "COM-3")
FACT_AND_VIEW = line(say("Keep apart what you saw, what you were told and what you think."), "COM-5", "SH-4")
WHO_ELSE = line(say("Say who else may be at risk, and who may have caused harm."), "RF-5", "SH-2")
HELP_TO_TALK = line(say("Say if they need an interpreter, or help to speak or hear."), "RF-5", "AGE-9")
WHO_KNOWS = line(
    say("Say who knows of this, if there is a yes or a no, or why no one was asked or told."), "RF-5", "REC-5"
)
NO_SHORT_FORMS = line(say("Use whole words. Others may not know your short forms."), "COM-2", "COM-3")
SAY_IT_BACK = line(say("Ask them to say it back to you, and check that they heard you."), "COM-4", "COM-1")
WHAT_NEXT = line(
    say("Ask what they will do, by when, and who rings you. Note their name and the time."), "SH-9", "RF-3", "REC-11"
)
THEN_WRITE = line(say("Then confirm it {written_confirmation}."), "RF-1")
AGREED_ONLY = line(say("Say only what was agreed."), "CON-5")
DO_NOT_DIG = line(say("Do not question or search for proof. Listen, and write down what you hear."), "RF-6")

OUTSIDE_CALLS = frozenset({O3, O4, O11})
INSIDE_CALLS = frozenset({O5, O7, O8, O9, O10, O12})


def what_to_say(advice: Advice, edition: Edition) -> tuple[Sentence, ...]:
    """A short list for the phone call (RF-5, RF-6, COM-1..5); names go to the service, never to the bot (INV-9)."""
    about = NO_NAMES_YET if advice.outcome in INSIDE_CALLS else WHO_IT_IS_ABOUT
    agreed = (AGREED_ONLY,) if advice.outcome is O6 else ()
    write = (THEN_WRITE,) if advice.outcome in OUTSIDE_CALLS else ()
    told = (
        *(WHO_YOU_ARE, about, *agreed, SAW_AND_HEARD, FACT_AND_VIEW, WHO_ELSE, HELP_TO_TALK, WHO_KNOWS),
        *(NO_SHORT_FORMS, SAY_IT_BACK, WHAT_NEXT, *write, DO_NOT_DIG),
    )
    return fill_all(told, words_for(advice.facts, edition), edition.nation)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The national numbers that fit this advice; the kinds of local ones that do, of which the advice is to ring `now`;
    and what to say to whoever belongs to no organisation that could have given one (INV-17)."""

    contacts: tuple[Contact, ...]
    kinds: tuple[NumberKind, ...]
    now: tuple[NumberKind, ...]
    local: Text


ALWAYS = frozenset({"999", "55", "18000", "112", "101", "18001-101"})


def _fitting(advice: Advice) -> frozenset[str]:
    facts = advice.facts
    ids = set(ALWAYS)
    if about_children(facts):
        ids.add("nspcc")
    if facts.child and facts.age is not Age.UNBORN:
        ids.add("childline")
    if Flag.HBA_FM in facts.flags:
        ids |= {"karma-nirvana", "forced-marriage"}
    if Flag.SLAVERY in facts.flags:
        ids.add("modern-slavery")
    if Flag.RADICAL in facts.flags:
        ids.add("act-early")
    if Flag.SUICIDE in facts.flags:
        ids |= {"samaritans", "nhs-111"}
    if advice.has(AddOn.NOTLEAD) and about_children(facts):
        ids.add("whistleblowing")
    return frozenset(ids)


def numbers_to_ring(advice: Advice, edition: Edition) -> Numbers:
    """The edition's numbers that fit this advice, emergency first. A missing local number is not guessed."""
    ids = _fitting(advice)
    contacts = tuple(contact for contact in edition.contacts if contact.id in ids)
    return Numbers(contacts, _fitting_kinds(advice), _ring_now(advice), local_number_not_set_up(edition.nation))


def _ring_now(advice: Advice) -> tuple[NumberKind, ...]:
    """Who the advice names as the one to ring (EM-4, EM-11)."""
    if advice.outcome in (O3, O4):
        return (NumberKind.CHILDREN,)
    return (NumberKind.ADULTS,) if advice.outcome is O11 and advice.facts.needs is not NO else ()


def _fitting_kinds(advice: Advice) -> tuple[NumberKind, ...]:
    wanted = {NumberKind.OUT_OF_HOURS, NumberKind.POLICE, NumberKind.HELPLINE}
    if about_children(advice.facts):
        wanted.add(NumberKind.CHILDREN)
    if advice.facts.adult:
        wanted.add(NumberKind.ADULTS)
    if advice.has(AddOn.LADO):
        wanted.add(NumberKind.ALLEGATIONS)
    if advice.outcome in INSIDE_CALLS:  # they may want to ask inside whether they may share (GR4-2024)
        wanted |= {NumberKind.DATA_PROTECTION, NumberKind.CALDICOTT}
    return tuple(kind for kind in NumberKind if kind in wanted)


CHILD_EXAMPLES = (
    line(say("Being hit, burned, shaken, or hurt in a way that no one can explain."), "X-3"),
    line(say("Anything sexual done to or with a child, or shown to them."), "X-3", "NSC-8"),
    line(say("Going without food, warmth, care or a doctor."), "X-3"),
    line(say("Being scared, put down or shut out again and again, or living with abuse at home."), "X-3", "PF-1"),
)
UNBORN_EXAMPLES = (
    line(say("Violence at home, heavy drink or drugs, or no care before the birth."), "X-3"),
    line(say("Harm to an older child in the same family."), "X-3", "PF-1"),
)
ADULT_EXAMPLES = (
    line(say("Being hit, forced into sex, locked in, or made to live in fear."), "PF-1"),
    line(say("Losing money or a home to someone who uses them."), "PF-1"),
    line(say("Going without food, care or medicine, by others or by not coping."), "PF-1"),
)
ADDS_UP = line(say("It can be one bad thing, or many small ones that add up."), "PF-1")
NO_PROOF = line(say("You do not need proof. If it feels serious to you, choose serious."), "GR4-2024", "INV-7")


def how_serious(facts: Facts) -> Notice:
    """The help behind "What counts as serious harm?": signs, never a line below which nothing counts (INV-12)."""
    if facts.adult:
        return Notice(say("Serious harm to an adult can be:"), (*ADULT_EXAMPLES, ADDS_UP, NO_PROOF))
    if facts.age is Age.UNBORN:
        return Notice(say("Signs that a baby may come to serious harm:"), (*UNBORN_EXAMPLES, ADDS_UP, NO_PROOF))
    return Notice(say("Serious harm to a child can be:"), (*CHILD_EXAMPLES, ADDS_UP, NO_PROOF))
