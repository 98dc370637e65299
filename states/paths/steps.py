"""The invariants that compare two sets of facts: not sure against no (INV-7), a raised risk (INV-25), an input that
was not asked (INV-26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from states.advice import outcome_of
from states.facts import Facts, derive
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
    SexSigns,
)
from states.paths.points import protects_at_least
from states.rules import O1, O3, O4

Change = Mapping[str, Any]

NOT_SURE_AND_NO: tuple[tuple[str, Any, Any], ...] = (
    ("danger", UNSURE, NO),
    ("sex_signs", SexSigns.UNSURE, SexSigns.FALSE),
    ("pattern", UNSURE, NO),
    ("allegation_worker", UNSURE, NO),
    ("harm", Harm.UNSURE, Harm.NONE),
    ("child_contact", UNSURE, NO),
    ("child_harm", Harm.UNSURE, Harm.NONE),
    ("others_risk", UNSURE, NO),
    ("harmer_home", UNSURE, NO),
    ("coercion", UNSURE, NO),
    ("capacity", Capacity.DOUBT, Capacity.HAS),
    ("recipient", Recipient.UNSURE, Recipient.SOCIAL_CARE),
    ("legal", Legal.UNSURE, Legal.NONE),
    ("purpose", Purpose.UNSURE, Purpose.NONE),
    ("purpose", Purpose.UNSURE, Purpose.CLEAR),
    ("identifiable", UNSURE, NO),
    ("confidential", UNSURE, NO),
    ("prop", Proportionality.UNSURE, Proportionality.LOW),
    # Here yes, not no, is the answer that leads to less protection.
    ("tell_family", UNSURE, YES),
    ("ask_person", UNSURE, YES),
)
"""Input, "not sure", and the answer that claims less risk (INV-7)."""

LADDER = {NO: (UNSURE, YES), UNSURE: (YES,), YES: (), None: (UNSURE, YES)}
HARM_LADDER = {
    None: (Harm.UNSURE, Harm.POSSIBLE, Harm.SIGNIFICANT),
    Harm.NONE: (Harm.UNSURE, Harm.POSSIBLE, Harm.SIGNIFICANT),
    Harm.UNSURE: (Harm.SIGNIFICANT,),
    Harm.POSSIBLE: (Harm.SIGNIFICANT,),
    Harm.SIGNIFICANT: (),
}
RAISED = ("danger", "coercion", "others_risk", "allegation_worker", "pattern")

REFERRED = frozenset({O1, O3, O4})


def less_sure(told: Facts) -> Iterator[tuple[Facts, Facts]]:
    """Pairs that differ in one answered input, where "not sure" protects less than the answer that claims less risk
    (INV-7): none, if all is well."""
    for name, not_sure, no in NOT_SURE_AND_NO:
        if getattr(told, name) is None:
            continue
        unsure, sure = told.but(**{name: not_sure}), told.but(**{name: no})
        if not protects_at_least(outcome_of(unsure), outcome_of(sure)):
            yield unsure, sure


def raised(told: Facts) -> Iterator[Facts]:
    """The facts with one risk raised, by every step of INV-25; what was not asked counts as "no" """
    for name in RAISED:
        for answer in LADDER[getattr(told, name)]:
            yield told.but(**{name: answer})
    for harm in HARM_LADDER[told.harm]:
        yield told.but(harm=harm)
    if told.adult:
        for harm in HARM_LADDER[told.child_harm]:
            yield told.but(child_harm=harm)
    for flag in Flag:
        if flag not in told.flags:
            yield told.but(flags=told.flags | {flag})


def lowered_by(told: Facts) -> Iterator[Facts]:
    """Raised facts that protect less than they should (INV-25): none, if all is well.

    Both what was told and what it means (D1-D12) are raised: a told "none" may stand for an effective "not sure".
    """
    before = outcome_of(told)
    for facts in {told, derive(told)}:
        for more in raised(facts):
            if not protects_at_least(outcome_of(more), before):
                yield more


def _changes(name: str, *values: Any) -> tuple[Change, ...]:
    return tuple({name: value} for value in values)


CONSENT_AND_ASKING: tuple[Change, ...] = (
    *(
        {"consent": consent, "consent_by": by, "ask_person": ask}
        for ask in (YES, NO)
        for consent, by in (
            (Consent.VALID, ConsentBy.PARENT),
            (Consent.VALID, ConsentBy.PERSON),
            (Consent.VALID, ConsentBy.OTHER),
            (Consent.NOT_ASKED, None),
        )
    ),
    {"consent": Consent.INVALID, "consent_by": ConsentBy.PERSON, "ask_person": NO},
    {"consent": Consent.UNREACHABLE},
    {"consent": Consent.REFUSED, "consent_by": ConsentBy.PERSON, "prop": Proportionality.LOW},
    {"consent": Consent.WITHDRAWN, "consent_by": ConsentBy.PERSON, "prop": Proportionality.HIGH},
)

VALUES: Mapping[str, tuple[Change, ...]] = {
    "nation": _changes("nation", *Nation),
    "body": _changes("body", *Body),
    "sex_signs": _changes("sex_signs", *SexSigns),
    "harm": _changes("harm", *Harm),
    "child_harm": _changes("child_harm", *Harm),
    "child_contact": _changes("child_contact", YES, NO, UNSURE),
    "tell_family": _changes("tell_family", YES, NO, UNSURE),
    "capacity": tuple({"capacity": able, "coercion": pressed} for able in Capacity for pressed in (YES, NO, UNSURE)),
    "asks": _changes("asks", *Asks),
    "recipient": _changes("recipient", *Recipient),
    "legal": _changes("legal", *Legal),
    "purpose": _changes("purpose", *Purpose),
    "identifiable": _changes("identifiable", YES, NO),
    "confidential": _changes("confidential", YES, NO),
    "ask_person": _changes("ask_person", YES, NO),
    "prop": _changes("prop", *Proportionality),
}
"""The values of each input that a rule reads, in bundles where one question asks for several.

Not here, since no path to the advice but that of danger leaves them out: the tick lists (worries, pattern, who did it)
and the age. Their "not ticked" is a "no" by the words of the list, which has its own "not sure".
"""


def unasked_changes(told: Facts, outcome_ends: bool) -> Iterator[Facts]:
    """The facts with every value of every input that no question asked for (INV-26).

    Each input alone where a rule of group A has ended the matter: each of them can only raise harm or forbid telling,
    so none helps another to change R1 to R3. All together everywhere else.
    """
    open_inputs = [name for name in VALUES if getattr(told, name) is None and _counts(name, told)]
    if outcome_ends:
        for name in open_inputs:
            for change in (*VALUES[name], *(CONSENT_AND_ASKING if name == "ask_person" else ())):
                yield told.but(**change)
        return
    bundles = [
        CONSENT_AND_ASKING if name == "ask_person" and told.consent is None else VALUES[name] for name in open_inputs
    ]
    for together in product(*bundles):
        yield told.but(**{name: value for change in together for name, value in change.items()})


def _counts(name: str, told: Facts) -> bool:
    """Whether the input exists at all for these facts."""
    if name in ("child_harm", "child_contact"):
        return told.adult
    if name == "sex_signs":
        return Flag.SEXUAL in told.flags
    if name == "tell_family":
        return derive(told).tell_family is None
    return not (name == "prop" and told.consent is None)


def silently_assumed(told: Facts) -> Iterator[Facts]:
    """Facts with another outcome because of an input that no question asked for (INV-26): none, if all is well."""
    before = outcome_of(told)
    for other in unasked_changes(told, before in REFERRED):
        if outcome_of(other) is not before:
            yield other
