"""What the worry is: a tick list, offered by age (the flags of guidance 12.1), and the signs of SEX-2 and SEX-3."""

from collections.abc import Mapping
from typing import Any

from states.facts import FROM_13_TO_17
from states.inputs import NO, UNSURE, YES, Age, Flag, SexSigns
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
    Option("neglect", say("Not fed or not looked after"), offered=_born),
    Option("hurt", say("Hit, hurt or marked"), offered=_born),
    Option("put_down", say("Put down, scared or shut out"), offered=_born),
    Option("da", say("Abuse by a partner or at home")),
    Option("sexual", say("Sexual abuse, activity or pictures"), offered=_born),
    Option("money", say("Money or things taken"), offered=_adult),
    Option("suicide", say("Suicide or self-harm")),
    Option("missing", say("Missing, or often goes missing"), offered=_born),
    Option("injury_not_mobile", say("Mark or injury on a baby who cannot crawl"), offered=_born_child),
    Option("pattern", say("Worried before, or help refused")),
    Option("slavery", say("Slavery, trafficking, gangs")),
    Option("hba_fm", say("Forced marriage, “honour” abuse")),
    Option("fgm_risk", say("FGM (cutting), done or feared")),
    Option("radical", say("Drawn into extremism"), offered=_born),
    Option("fii", say("Illness made up by a carer"), offered=_born_child),
    Option("reaches_children", say("Past abuser can reach children now"), offered=_adult),
    Option("may_reach_children", say("Past abuser might reach children"), offered=_adult),
    Option("serious_crime", say("Another serious crime")),
    Option("told_to_drop_it", say("My lead told me to drop it")),
    Option("other", say("Something else")),
    Option("none", say("No worry: a request, or everyday sharing"), exclusive=True),
    Option("unsure", say("Not sure"), exclusive=True),
)
"""The common ones first. Those that are no flag change nothing in the advice (how serious it is does); they are here so
that the record says what the worry was (REC-4)."""


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
        "parts. Slavery includes being made to carry or sell drugs. A past abuser is somebody who hurt this adult long "
        "ago. The line about a baby who cannot crawl is also for an older child who cannot move about. If it is not on "
        "the list, tap Something else; if you cannot say what it is, tap Not sure."
    ),
)


def _sexual(here: Here) -> bool:
    return Flag.SEXUAL in here.facts.flags


def _sexual_and_13_to_17(here: Here) -> bool:
    return _sexual(here) and here.facts.age in FROM_13_TO_17


def _cutting(here: Here) -> bool:
    return Flag.FGM_RISK in here.facts.flags and _born_child(here)


def _adult_abused_at_home(here: Here) -> bool:
    return here.facts.adult and Flag.DA in here.facts.flags


def _extremism(here: Here) -> bool:
    return Flag.RADICAL in here.facts.flags


def _has_details(here: Here) -> bool:
    """A child at serious risk in an adult's life cannot wait for what refines the worry about the adult."""
    if here.facts.adult and here.facts.child_at_significant_risk:
        return False
    return _sexual(here) or _cutting(here) or _adult_abused_at_home(here) or _extremism(here)


def _details_meaning(ticked: frozenset[str], here: Here) -> Mapping[str, Any]:
    """The finer worries, and the signs of SEX-2 and SEX-3: one is enough, and not sure counts as one (D7)."""
    finer = frozenset(flag for flag in Flag if flag.value in ticked)
    meaning: dict[str, Any] = {"flags": here.told.flags | finer}
    if _sexual_and_13_to_17(here):
        seen = SexSigns.TRUE if "sex_signs" in ticked else SexSigns.FALSE
        meaning["sex_signs"] = SexSigns.UNSURE if "unsure" in ticked and seen is SexSigns.FALSE else seen
    return meaning


DETAILS = Question(
    id="details",
    stage=STAGE,
    text=say("Does any of this fit too?\nTick all that fit."),
    options=(
        Option("sex_signs", say("Age gap, pressure, gifts or another sign"), offered=_sexual_and_13_to_17),
        Option("family_sexual", say("Sexual abuse in the family or home"), offered=_sexual),
        Option("images", say("Sexual pictures or videos"), offered=_sexual),
        Option("fgm_known", say("They told me, or I saw, that FGM was done"), offered=_cutting),
        Option("da_high", say("It is getting worse, or frightens me"), offered=_adult_abused_at_home),
        Option("planned_attack", say("Somebody is planning an attack"), offered=_extremism),
        Option("none", say("None of these"), exclusive=True),
        Option("unsure", say("Not sure of the rest")),
    ),
    kind=Kind.MANY,
    means=_details_meaning,
    why=say(
        "Each of these changes what must be done, or who may be told. Young people may be close by choice; a sign such "
        "as pressure means that somebody may be using them."
    ),
    rules=("SEX-2", "SEX-3", "SEX-4", "NSC-8", "DU-6", "DU-7", "AD-12"),
    needed=_has_details,
    help=say(
        "Signs that somebody may be using a young person: a big age gap, pressure, gifts or money, drink or drugs, "
        "someone in charge of them, secrecy, met online, or a learning disability. One is enough."
    ),
)
