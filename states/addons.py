"""Add-ons of guidance 12.4: what is said beside the outcome, each with the condition under which it is said."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from states.facts import Facts
from states.inputs import (
    MAYBE,
    NO,
    YES,
    Age,
    AllegationWith,
    Asks,
    Body,
    Entry,
    Flag,
    Legal,
    Nation,
    Purpose,
    Role,
)
from states.rules import O1, O2, O3, O4, O5, O9, O11, Outcome


class AddOn(StrEnum):
    LEAD = "A-LEAD"
    NOTLEAD = "A-NOTLEAD"
    TELL = "A-TELL"
    DONT_TELL = "A-DONT-TELL"
    LADO = "A-LADO"
    PIPOT = "A-PIPOT"
    DBS = "A-DBS"
    FGM = "A-FGM"
    NRM = "A-NRM"
    PREVENT = "A-PREVENT"
    RADICAL_POLICE = "A-RADICAL-POLICE"
    TERROR = "A-TERROR"
    MARAC = "A-MARAC"
    ONECHANCE = "A-ONECHANCE"
    SUICIDE = "A-SUICIDE"
    MISSING = "A-MISSING"
    INJURY = "A-INJURY"
    IMAGES = "A-IMAGES"
    UNBORN = "A-UNBORN"
    CHILD = "A-CHILD"
    NEEDS = "A-NEEDS"
    LEGAL = "A-LEGAL"
    BAR = "A-BAR"
    HOLD = "A-HOLD"
    VERIFY = "A-VERIFY"
    TRANSFER = "A-TRANSFER"
    MISTAKE = "A-MISTAKE"
    DUTY_WAL = "A-DUTY-WAL"
    DUTY_SCO = "A-DUTY-SCO"
    DUTY_NI = "A-DUTY-NI"
    LAW_26A = "A-26A"
    LAW_26B = "A-26B"
    RECORD = "A-RECORD"


GREAT_BRITAIN = frozenset({Nation.ENG, Nation.SCO, Nation.WAL})
ENGLAND_AND_WALES = frozenset({Nation.ENG, Nation.WAL})
REQUESTS_TO_HOLD = frozenset({Asks.PARENT, Asks.FAMILY_OR_SOLICITOR, Asks.RESEARCH_PRESS, Asks.UNKNOWN})
REQUESTS_TO_VERIFY = frozenset({Asks.POLICE, Asks.OTHER_AGENCY, Asks.LA_CHILD_S47, Asks.SAB, Asks.REVIEW, Asks.COURT})
LEAD_ALWAYS = frozenset({O1, O2, O3, O4, O5, O9, O11})
CHILD_SEXUAL_ABUSE = frozenset({Flag.SEXUAL, Flag.FAMILY_SEXUAL, Flag.IMAGES})


def _harm_to_anyone(f: Facts) -> bool:
    return f.any_harm or f.any_child_harm


def may_tell(f: Facts) -> bool:
    """INV-3 and INV-23: only when it is known to be safe, and never behind a competent young person's back."""
    return f.tell_family is YES and not f.in_confidence


def _allegation_with(f: Facts, kind: AllegationWith) -> bool:
    """With whom the person works; not told means with the people this walk is about."""
    if f.allegation_worker not in MAYBE:
        return False
    told = f.allegation_with or (AllegationWith.CHILDREN if f.child else AllegationWith.ADULTS)
    return told in (kind, AllegationWith.BOTH)


Condition = Callable[[Facts, Outcome], bool]

ADD_ONS: dict[AddOn, Condition] = {
    AddOn.LEAD: lambda f, o: _harm_to_anyone(f) or o in LEAD_ALWAYS,
    AddOn.NOTLEAD: lambda f, o: f.lead_conflict in MAYBE or f.lead_blocked is YES,
    AddOn.TELL: lambda f, o: may_tell(f),
    AddOn.DONT_TELL: lambda f, o: not may_tell(f),
    AddOn.LADO: lambda f, o: _allegation_with(f, AllegationWith.CHILDREN),
    AddOn.PIPOT: lambda f, o: _allegation_with(f, AllegationWith.ADULTS),
    AddOn.DBS: lambda f, o: f.allegation_worker in MAYBE and f.user_role is Role.LEAD,
    AddOn.FGM: lambda f, o: (
        Flag.FGM_KNOWN in f.flags and f.child and f.nation in ENGLAND_AND_WALES and f.user_role is Role.REGULATED
    ),
    AddOn.NRM: lambda f, o: Flag.SLAVERY in f.flags,
    AddOn.PREVENT: lambda f, o: Flag.RADICAL in f.flags and f.nation in GREAT_BRITAIN,
    AddOn.RADICAL_POLICE: lambda f, o: Flag.RADICAL in f.flags and f.nation not in GREAT_BRITAIN,
    AddOn.TERROR: lambda f, o: Flag.PLANNED_ATTACK in f.flags,
    AddOn.MARAC: lambda f, o: Flag.DA_HIGH in f.flags and f.adult,
    AddOn.ONECHANCE: lambda f, o: Flag.HBA_FM in f.flags,
    AddOn.SUICIDE: lambda f, o: Flag.SUICIDE in f.flags,
    AddOn.MISSING: lambda f, o: Flag.MISSING in f.flags,
    AddOn.INJURY: lambda f, o: Flag.INJURY_NOT_MOBILE in f.flags,
    AddOn.IMAGES: lambda f, o: Flag.IMAGES in f.flags and f.child,
    AddOn.UNBORN: lambda f, o: f.age is Age.UNBORN,
    AddOn.CHILD: lambda f, o: f.adult and (f.child_contact in MAYBE or f.any_child_harm),
    AddOn.NEEDS: lambda f, o: f.adult and o in (O5, O11) and f.needs is NO,
    AddOn.LEGAL: lambda f, o: f.legal in (Legal.ORDER, Legal.DUTY, Legal.UNSURE) and _harm_to_anyone(f),
    AddOn.BAR: lambda f, o: f.legal is Legal.BAR,
    AddOn.HOLD: lambda f, o: f.asks in REQUESTS_TO_HOLD and _harm_to_anyone(f),
    AddOn.VERIFY: lambda f, o: f.asks in REQUESTS_TO_VERIFY,
    AddOn.TRANSFER: lambda f, o: f.purpose is Purpose.TRANSFER,
    AddOn.MISTAKE: lambda f, o: f.entry is Entry.MISTAKE,
    AddOn.DUTY_WAL: lambda f, o: f.nation is Nation.WAL and _harm_to_anyone(f),
    AddOn.DUTY_SCO: lambda f, o: f.nation is Nation.SCO and f.adult and f.any_harm,
    AddOn.DUTY_NI: lambda f, o: f.nation is Nation.NI and _harm_to_anyone(f),
    AddOn.LAW_26A: lambda f, o: (
        f.law_26a and f.nation is Nation.ENG and f.body is Body.LISTED and (f.child or f.any_child_harm)
    ),
    AddOn.LAW_26B: lambda f, o: f.law_26b and f.nation is Nation.ENG and f.child and bool(f.flags & CHILD_SEXUAL_ABUSE),
    AddOn.RECORD: lambda f, o: True,
}


def add_ons(facts: Facts, outcome: Outcome) -> tuple[AddOn, ...]:
    """The add-ons that go with this outcome, in the order of guidance 12.4. `facts` are the effective ones."""
    return tuple(add_on for add_on, applies in ADD_ONS.items() if applies(facts, outcome))
