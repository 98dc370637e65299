"""What the worry is: a tick list, offered by age (the flags of guidance 12.1), and the signs of SEX-2 and SEX-3."""

from collections.abc import Mapping
from typing import Any

from states.facts import FROM_13_TO_17
from states.inputs import NO, UNSURE, YES, Age, Flag, Harm, SexSigns
from states.question import Here, Kind, Option, Question
from states.text import say

STAGE = "worry"


def _born_child(here: Here) -> bool:
    return here.facts.child and here.facts.age is not Age.UNBORN


def _born(here: Here) -> bool:
    return here.facts.age is not Age.UNBORN


def _adult(here: Here) -> bool:
    return here.facts.adult


WORRY_OPTIONS = (
    Option("sexual", say("Sexual abuse or activity"), offered=_born),
    Option("family_sexual", say("Sexual abuse in the family or home"), offered=_born),
    Option("images", say("Sexual pictures or videos"), offered=_born),
    Option("da", say("Abuse by a partner or at home")),
    Option("da_high", say("... and it is getting worse or frightens me"), offered=_adult),
    Option("hba_fm", say("Forced marriage or “honour” abuse")),
    Option("fgm_known", say("FGM (cutting) has been done"), offered=_born),
    Option("fgm_risk", say("FGM (cutting) may be done")),
    Option("slavery", say("Slavery, trafficking, gangs, drug runs")),
    Option("missing", say("Missing, or often goes missing"), offered=_born),
    Option("suicide", say("Suicide or self-harm")),
    Option("injury_not_mobile", say("Any injury, and they cannot move about yet"), offered=_born_child),
    Option("fii", say("Illness made up or caused by a carer"), offered=_born_child),
    Option("radical", say("Drawn into extremism"), offered=_born),
    Option("planned_attack", say("Somebody is planning an attack"), offered=_born),
    Option("serious_crime", say("Another serious crime")),
    Option("reaches_children", say("Past abuse; whoever did it can reach children"), offered=_adult),
    Option("may_reach_children", say("Past abuse; not sure if they can"), offered=_adult),
    Option("pattern", say("I was worried before, or help was refused")),
    Option("told_to_drop_it", say("My lead told me to drop it")),
    Option("none", say("None of these"), exclusive=True),
    Option("unsure", say("Not sure"), exclusive=True),
)


def _meaning(ticked: frozenset[str], here: Here) -> Mapping[str, Any]:
    """Not sure what it is counts as a worry that was there before: harm is then at least "not sure" (D8)."""
    return {
        "flags": frozenset(flag for flag in Flag if flag.value in ticked),
        "pattern": YES if "pattern" in ticked else UNSURE if "unsure" in ticked else NO,
        "lead_blocked": YES if "told_to_drop_it" in ticked else NO,
    }


WORRY = Question(
    id="worry",
    stage=STAGE,
    text=say("What are you worried about?\nTick all that fit."),
    options=WORRY_OPTIONS,
    kind=Kind.MANY,
    means=_meaning,
    why=say(
        "Some worries need a special step, or must not be talked about with the family first. "
        "A worry that comes back counts for more than each one alone."
    ),
    rules=("SEX-1", "NSC-7", "NSC-8", "NSC-9", "DU-6", "DU-7", "DU-8", "PF-1"),
    help=say(
        "Ordinary curiosity between small children is not sexual abuse. FGM means cutting or closing a girl's private "
        "parts. Slavery includes being made to carry or sell drugs. If it is something else, tap None of these; "
        "if you cannot say what it is, tap Not sure."
    ),
)

SEX_SIGNS = Question(
    id="sex_signs",
    stage=STAGE,
    text=say(
        "Do you see any of these? A big age gap; pressure; gifts or money; drink or drugs; someone in charge of them; "
        "secrecy; met online; pictures; a learning disability."
    ),
    options=(
        Option("true", say("Yes, at least one"), {"sex_signs": SexSigns.TRUE}),
        Option("unsure", say("Not sure"), {"sex_signs": SexSigns.UNSURE}),
        Option("false", say("No, none of them"), {"sex_signs": SexSigns.FALSE}),
    ),
    why=say(
        "Young people of the same age may be close by choice. One of these signs means that somebody may be using them."
    ),
    rules=("SEX-2", "SEX-3", "SEX-4"),
    needed=lambda here: (
        here.facts.age in FROM_13_TO_17 and Flag.SEXUAL in here.facts.flags and here.facts.harm is not Harm.SIGNIFICANT
    ),
)

QUESTIONS = (WORRY, SEX_SIGNS)
