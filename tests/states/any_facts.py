"""Facts for tests of the words: any facts at all, and the default of guidance 12.7 with changes."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from states.advice import Advice, advise
from states.editions import Edition, edition_for
from states.facts import Facts
from states.inputs import (
    NO,
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

DEFAULT = Facts(
    nation=Nation.ENG,
    body=Body.LISTED,
    user_role=Role.STAFF,
    danger=NO,
    age=Age.FROM_13,
    pattern=NO,
    allegation_worker=NO,
    lead_conflict=NO,
    harm=Harm.NONE,
    child_contact=NO,
    child_harm=Harm.NONE,
    others_risk=NO,
    needs=YES,
    ask_person=YES,
    harmer_home=NO,
    tell_family=YES,
    capacity=Capacity.HAS,
    coercion=NO,
    consent=Consent.NOT_ASKED,
    consent_by=ConsentBy.PERSON,
    asks=Asks.SELF,
    recipient=Recipient.SOCIAL_CARE,
    legal=Legal.NONE,
    purpose=Purpose.CLEAR,
    identifiable=YES,
    confidential=YES,
    prop=Proportionality.LOW,
)
"""The default of the test vectors in guidance 12.7."""

VALUES: dict[str, tuple[Any, ...]] = {
    "entry": (None, *Entry),
    "nation": (None, *Nation),
    "body": (None, *Body),
    "user_role": (None, *Role),
    "danger": (None, NO, NO, NO, *YesNoUnsure),
    "age": (None, *Age, *(Age.ADULT,) * 6),
    "sex_signs": (None, *SexSigns),
    "allegation_with": (None, *AllegationWith),
    "harm": (*Harm, Harm.NONE),
    "child_harm": (None, *Harm, Harm.NONE),
    "capacity": (None, *Capacity),
    "consent": (None, *Consent),
    "consent_by": (None, *ConsentBy),
    "asks": (None, Asks.SELF, Asks.SELF, *Asks),
    "recipient": (None, *Recipient),
    "legal": (None, Legal.NONE, Legal.NONE, *Legal),
    "purpose": (None, Purpose.CLEAR, Purpose.CLEAR, *Purpose),
    "prop": (None, *Proportionality),
    "law_26a": (False, False, True),
    "law_26b": (False, False, True),
}
FLAGS = tuple(Flag)
NAMES = tuple(field.name for field in fields(Facts) if field.name != "flags")
YES_NO_OR_NOTHING = (None, NO, NO, *YesNoUnsure)


def changed(**changes: Any) -> Facts:
    """The default of 12.7 with these changes."""
    return replace(DEFAULT, **changes)


def advised(**changes: Any) -> tuple[Advice, Edition]:
    """The advice and the edition for the default of 12.7 with these changes."""
    advice = advise(changed(**changes))
    return advice, edition_for(advice.facts.nation)


def _draw(pick: Random) -> Facts:
    told = {name: pick.choice(VALUES.get(name, YES_NO_OR_NOTHING)) for name in NAMES}
    flags = frozenset(pick.sample(FLAGS, pick.choice((0, 0, 0, 1, 2, 5))))
    told["flags"] = flags
    if pick.random() < 0.5:  # half of them near the default, where the rarer outcomes live
        kept = pick.sample(NAMES, 24)
        told |= {name: getattr(DEFAULT, name) for name in kept}
        told["flags"] = frozenset() if pick.random() < 0.6 else flags
    return Facts(**told)


@lru_cache(maxsize=1)
def many_advices() -> tuple[tuple[Advice, Edition], ...]:
    """The same few thousand advices on every run, each with the edition of its nation: all outcomes, many times."""
    pick = Random(20261122)
    advices = (advise(_draw(pick)) for _ in range(4000))
    return tuple((advice, edition_for(advice.facts.nation)) for advice in advices)


any_facts = st.builds(
    Facts,
    flags=st.frozensets(st.sampled_from(FLAGS), max_size=5),
    **{name: st.sampled_from(VALUES.get(name, YES_NO_OR_NOTHING)) for name in NAMES},
)
"""Any facts, also unlikely and unfinished ones, for Hypothesis."""
