"""Facts: the typed meaning of the answers so far, and the derived values D1-D12 of guidance 12.2.

`Facts` holds what was told; `derive` returns the same shape with every D applied, which is what rules, add-ons and
the questions' conditions read. A value that was not asked is None and never counts as "no" or as "yes".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from states.inputs import (
    HARM_RANK,
    MAYBE,
    NO,
    UNSURE,
    YES,
    Age,
    AllegationWith,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
    Role,
    SexSigns,
    YesNoUnsure,
)


@dataclass(frozen=True)
class Facts:
    """Every input of guidance 12.1 under its own name. `capacity` serves for competence too."""

    entry: Entry | None = None
    nation: Nation | None = None
    body: Body | None = None
    user_role: Role | None = None
    danger: YesNoUnsure | None = None
    age: Age | None = None
    flags: frozenset[Flag] = frozenset()
    sex_signs: SexSigns | None = None
    pattern: YesNoUnsure | None = None
    allegation_worker: YesNoUnsure | None = None
    allegation_with: AllegationWith | None = None
    lead_conflict: YesNoUnsure | None = None
    lead_blocked: YesNoUnsure | None = None
    harm: Harm | None = None
    child_contact: YesNoUnsure | None = None
    child_harm: Harm | None = None
    others_risk: YesNoUnsure | None = None
    needs: YesNoUnsure | None = None
    ask_person: YesNoUnsure | None = None
    harmer_home: YesNoUnsure | None = None
    tell_family: YesNoUnsure | None = None
    capacity: Capacity | None = None
    coercion: YesNoUnsure | None = None
    consent: Consent | None = None
    consent_by: ConsentBy | None = None
    asks: Asks | None = None
    recipient: Recipient | None = None
    legal: Legal | None = None
    purpose: Purpose | None = None
    identifiable: YesNoUnsure | None = None
    confidential: YesNoUnsure | None = None
    prop: Proportionality | None = None
    law_26a: bool = False
    law_26b: bool = False

    def but(self, **told: Any) -> Facts:
        """These facts with others told. Raises TypeError for a name that is no fact.

        What `dataclasses.replace` does, ten times as fast: walks do little else.
        """
        if not told.keys() <= NAMES:
            raise TypeError(f"no such fact: {', '.join(sorted(told.keys() - NAMES))}")
        facts = object.__new__(Facts)
        object.__setattr__(facts, "__dict__", self.__dict__ | told)
        return facts

    def __hash__(self) -> int:
        """As the dataclass would have it, and twice as fast: of what is remembered about facts, all is found by it."""
        return hash(tuple(self.__dict__.values()))

    @property
    def child(self) -> bool:
        """D1. An age that is not known counts as a child's (AGE-8); before the age is asked this says child too."""
        return self.age is not Age.ADULT

    @property
    def adult(self) -> bool:
        return self.age is Age.ADULT

    @property
    def under_13(self) -> bool:
        """D2. 12-year-olds and unknown ages count (AGE-8); an unborn child is no party to sexual activity."""
        return self.age in UNDER_13

    @property
    def any_harm(self) -> bool:
        """Harm to the person the walk is about is anything but a clear "none"."""
        return self.harm is not None and self.harm is not Harm.NONE

    @property
    def any_child_harm(self) -> bool:
        """Harm to a child in an adult's life is anything but a clear "none"."""
        return self.adult and self.child_harm is not None and self.child_harm is not Harm.NONE

    @property
    def child_at_significant_risk(self) -> bool:
        """R2 and R3: the child the walk is about, or an adult's child."""
        return self.harm is Harm.SIGNIFICANT if self.child else self.child_harm is Harm.SIGNIFICANT

    @property
    def in_confidence(self) -> bool:
        """INV-23: a young person able to decide has said no; their parents are not told before the lead advises."""
        return self.child and self.capacity is Capacity.HAS and self.consent in SAID_NO


NAMES = frozenset(field.name for field in fields(Facts))
UNDER_13 = frozenset({Age.U12, Age.TWELVE, Age.UNKNOWN})
FROM_13_TO_17 = frozenset({Age.FROM_13, Age.FROM_16})
SAID_NO = frozenset({Consent.REFUSED, Consent.WITHDRAWN})
D4_FLAGS = frozenset({Flag.FGM_KNOWN, Flag.FGM_RISK, Flag.SLAVERY, Flag.MISSING, Flag.INJURY_NOT_MOBILE})
D8_FLAGS = frozenset(
    {
        Flag.RADICAL,
        Flag.DA,
        Flag.SUICIDE,
        Flag.IMAGES,
        Flag.FAMILY_SEXUAL,
        Flag.SLAVERY,
        Flag.FGM_KNOWN,
        Flag.FGM_RISK,
        Flag.MISSING,
        Flag.FII,
        Flag.INJURY_NOT_MOBILE,
    }
)
IMPLIED_FLAGS = {
    Flag.DA_HIGH: frozenset({Flag.DA}),
    Flag.PLANNED_ATTACK: frozenset({Flag.RADICAL, Flag.SERIOUS_CRIME}),
}
"""A planned attack is a serious crime too (beyond the table: docs/decisions/0010)."""


def d8_flags(facts: Facts) -> frozenset[Flag]:
    """The worries of D8 that are ticked; for adults sexual abuse is one of them."""
    watched = D8_FLAGS | {Flag.SEXUAL} if facts.adult else D8_FLAGS
    return facts.flags & watched


def at_least(floor: Harm, told: Harm | None) -> Harm:
    """ "At least" moves a value up, never down: NONE < UNSURE < POSSIBLE < SIGNIFICANT (guidance 12.2)."""
    return floor if told is None or HARM_RANK[told] < HARM_RANK[floor] else told


def _harm(facts: Facts) -> Harm | None:
    """D3 to D8 and D11, on the harm to the person the walk is about."""
    child, flags = facts.child, facts.flags
    if Flag.HBA_FM in flags:  # D5, at any age
        return Harm.SIGNIFICANT
    if child:
        if Flag.SEXUAL in flags and facts.under_13:  # D3 (SEX-1)
            return Harm.SIGNIFICANT
        if flags & D4_FLAGS:  # D4
            return Harm.SIGNIFICANT
        if Flag.FII in flags or Flag.FAMILY_SEXUAL in flags:  # D5
            return Harm.SIGNIFICANT
    harm = facts.harm
    if Flag.SEXUAL in flags and facts.age in FROM_13_TO_17 and facts.sex_signs is not None:  # D7
        if facts.sex_signs is not SexSigns.FALSE:
            return Harm.SIGNIFICANT
        if facts.age is Age.FROM_13:
            harm = at_least(Harm.UNSURE, harm)
    lifted = (
        facts.allegation_worker in MAYBE  # D6
        or d8_flags(facts)  # D8
        or facts.coercion in MAYBE
        or facts.others_risk in MAYBE
        or facts.pattern in MAYBE
        or facts.harmer_home is YES
        or (child and facts.asks is Asks.LA_CHILD_S47)  # D11
    )
    return at_least(Harm.UNSURE, harm) if lifted else harm


def _child_harm(facts: Facts) -> Harm | None:
    """D9 and D11, on the harm to a child in an adult's life."""
    if not facts.adult:
        return facts.child_harm
    child_harm, flags = facts.child_harm, facts.flags
    if Flag.REACHES_CHILDREN in flags:
        return Harm.SIGNIFICANT
    lifted = (
        Flag.MAY_REACH_CHILDREN in flags
        or (Flag.DA in flags and facts.child_contact in MAYBE)
        or facts.asks is Asks.LA_CHILD_S47
    )
    return at_least(Harm.UNSURE, child_harm) if lifted else child_harm


def _tell_family(facts: Facts) -> YesNoUnsure | None:
    """D5, D6 and D10. Never a reason for delay.

    Beyond the table (docs/decisions/0010): also where a past abuser can reach children, whose parents may be close to
    the abuser or be the abuser; and where an attack is planned, of which no one may be warned.
    """
    flags = facts.flags
    told_no = (
        Flag.HBA_FM in flags
        or (facts.child and (Flag.FII in flags or Flag.FAMILY_SEXUAL in flags))
        or (facts.adult and Flag.REACHES_CHILDREN in flags)
        or Flag.PLANNED_ATTACK in flags
        or facts.allegation_worker in MAYBE
        or facts.harmer_home in MAYBE
        or facts.tell_family is UNSURE
    )
    return NO if told_no else facts.tell_family


def _consent(facts: Facts) -> Consent | None:
    """D12. A competent child's refusal is kept by asking the child; here only a VALID one can fall."""
    if facts.consent is Consent.VALID and (
        facts.consent_by is ConsentBy.OTHER
        or (facts.consent_by is ConsentBy.PERSON and facts.capacity is Capacity.LACKS)
    ):
        return Consent.INVALID
    return facts.consent


@lru_cache(maxsize=1024)
def derive(told: Facts) -> Facts:
    """The facts with D1-D12 applied. Deriving twice changes nothing more.

    Kept for the few readers that one point of a walk has. A larger cache is slower: facts that come again do so soon,
    and what is kept beyond that only fills the memory.
    """
    if implied := told.flags & IMPLIED_FLAGS.keys():
        told = told.but(flags=told.flags.union(*(IMPLIED_FLAGS[flag] for flag in implied)))
    return told.but(
        harm=_harm(told),
        child_harm=_child_harm(told),
        tell_family=_tell_family(told),
        consent=_consent(told),
        identifiable=YES if told.identifiable is UNSURE else told.identifiable,
        confidential=YES if told.confidential is UNSURE else told.confidential,
    )
