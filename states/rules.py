"""Rules R1-R28 of guidance 12.3 as one table, and the order in which an outcome protects.

Every row reads effective facts (after D1-D12). Group A ends the matter; in B and C every rule that applies speaks; in
D the first that applies speaks. R27 and R28 look at what the others said and stand in `states.advice`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from states.facts import SAID_NO, Facts, d8_flags
from states.inputs import (
    MAYBE,
    NO,
    UNSURE,
    YES,
    Asks,
    Body,
    Capacity,
    Consent,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
)


class Outcome(StrEnum):
    """O1-O12 of guidance 12.5."""

    O1 = "O1"
    O2 = "O2"
    O3 = "O3"
    O4 = "O4"
    O5 = "O5"
    O6 = "O6"
    O7 = "O7"
    O8 = "O8"
    O9 = "O9"
    O10 = "O10"
    O11 = "O11"
    O12 = "O12"


O1, O2, O3, O4, O5, O6 = Outcome.O1, Outcome.O2, Outcome.O3, Outcome.O4, Outcome.O5, Outcome.O6
O7, O8, O9, O10, O11, O12 = Outcome.O7, Outcome.O8, Outcome.O9, Outcome.O10, Outcome.O11, Outcome.O12

MOST_PROTECTIVE_FIRST = (O1, O3, O4, O11, O2, O5, O6, O7, O9, O12, O8, O10)
PROTECTION = {outcome: rank for rank, outcome in enumerate(MOST_PROTECTIVE_FIRST)}
"""0 protects most (guidance 12.3)."""


class Group(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it speaks, for which outcome, and which rules of the guidance justify it."""

    id: str
    group: Group
    when: Callable[[Facts], bool]
    outcome: Callable[[Facts], Outcome]
    because: tuple[str, ...]


def _always(outcome: Outcome) -> Callable[[Facts], Outcome]:
    return lambda facts: outcome


def _either(condition: Callable[[Facts], bool], then: Outcome, otherwise: Outcome) -> Callable[[Facts], Outcome]:
    return lambda facts: then if condition(facts) else otherwise


def _not_valid(facts: Facts) -> bool:
    """ "Not VALID" means any other value of consent (guidance 12.3)."""
    return facts.consent is not Consent.VALID


def _agreed_freely(facts: Facts) -> bool:
    return facts.consent is Consent.VALID and facts.capacity is not Capacity.LACKS and facts.coercion is NO


def _serious(facts: Facts) -> bool:
    return facts.harm is Harm.SIGNIFICANT


def _refusal_may_stand(facts: Facts) -> bool:
    """R18: the narrow case in which an adult's refusal stands although harm is possible (AD-9).

    Guidance 12.3 bars it for D8's flags; here also where the person causing harm lives with them or controls them,
    which lifts "no harm" to "not sure" in D8. Otherwise "no sign of harm" would protect more than "harm is possible",
    against INV-25.
    """
    bound_to_report = facts.body is Body.LISTED and facts.nation in (Nation.WAL, Nation.SCO)  # DU-16, DU-21
    return (
        facts.harm is Harm.POSSIBLE
        and facts.prop is Proportionality.LOW
        and facts.allegation_worker not in MAYBE
        and facts.pattern not in MAYBE
        and facts.harmer_home is not YES
        and not d8_flags(facts)
        and not bound_to_report
    )


REQUESTS_THAT_BIND = frozenset({Asks.COURT, Asks.SAB, Asks.LA_CHILD_S47, Asks.REVIEW})
REQUESTS_FOR_DATA_PROTECTION = frozenset({Asks.THE_PERSON, Asks.PARENT, Asks.RESEARCH_PRESS, Asks.UNKNOWN})

RULES: tuple[Rule, ...] = (
    Rule("R1", Group.A, lambda f: f.danger in MAYBE, _always(O1), ("EM-1", "X-5", "AD-8a", "GR1-2024", "LB-4")),
    Rule(
        "R2",
        Group.A,
        lambda f: f.child_at_significant_risk and f.tell_family is YES,
        _always(O4),
        ("GR1-2024", "GR2-2024", "GR3-2024", "EXC-3", "EM-4", "RF-1", "RF-2", "RF-3", "RF-4", "BASE-1", "AD-13"),
    ),
    Rule(
        "R3",
        Group.A,
        lambda f: f.child_at_significant_risk and f.tell_family is not YES,
        _always(O3),
        (
            *("GR1-2024", "GR3-2024", "EXC-3a", "EXC-3b", "EXC-3c", "EXC-3d"),
            *("NSC-1", "NSC-2", "NSC-3", "NSC-4", "NSC-5", "NSC-6", "NSC-7", "NSC-8", "NSC-9", "EM-4", "AD-13"),
        ),
    ),
    Rule(
        "R4",
        Group.B,
        lambda f: f.asks in REQUESTS_THAT_BIND or f.legal in (Legal.ORDER, Legal.DUTY),
        _always(O2),
        ("DU-1", "DU-2", "AD-5", "EXC-1", "EXC-2", "KQ-a", "DU-20"),
    ),
    Rule(
        "R5",
        Group.B,
        lambda f: f.legal in (Legal.BAR, Legal.UNSURE) or f.asks is Asks.POLICE,
        _always(O5),
        ("DU-12", "DU-19", "GR4-2024"),
    ),
    Rule(
        "R6",
        Group.B,
        lambda f: f.child and f.any_harm,
        _always(O5),
        ("GR3-2024", "GR4-2024", "X-3", "GR3-2008", "EXC-3c", "PF-6"),
    ),
    Rule("R7", Group.B, lambda f: f.any_child_harm, _always(O5), ("AD-13",)),
    Rule(
        "R8",
        Group.B,
        lambda f: f.adult and f.others_risk is UNSURE and _not_valid(f),
        _always(O5),
        ("AD-2", "GR4-2024"),
    ),
    Rule(
        "R9",
        Group.B,
        lambda f: Flag.SERIOUS_CRIME in f.flags and _not_valid(f),
        _always(O5),
        ("EXC-3e", "NSC-2", "DU-5", "AD-8e"),
    ),
    Rule(
        "R10",
        Group.B,
        lambda f: (
            f.recipient in (Recipient.OWN_LEAD, Recipient.UNSURE) or f.purpose in (Purpose.UNSURE, Purpose.TRANSFER)
        ),
        _always(O5),
        ("AD-2", "KQ-b", "GR4-2024"),
    ),
    Rule(
        "R11",
        Group.B,
        lambda f: f.adult and f.capacity in (Capacity.LACKS, Capacity.DOUBT) and _not_valid(f),
        _always(O5),
        ("AD-6", "AD-7"),
    ),
    Rule(
        "R12",
        Group.C,
        lambda f: f.others_risk is YES or f.allegation_worker is YES,
        _either(_agreed_freely, O6, O11),
        ("AD-8b", "AD-8f"),
    ),
    Rule(
        "R13",
        Group.C,
        lambda f: f.capacity is Capacity.LACKS or f.coercion is YES,
        _either(_serious, O11, O5),
        ("AD-6", "AD-7", "AD-8c", "AD-8d"),
    ),
    Rule("R14", Group.C, lambda f: f.coercion is UNSURE, _always(O5), ("AD-8d", "INV-7")),
    Rule(
        "R15",
        Group.C,
        lambda f: f.consent is Consent.UNREACHABLE,
        _either(_serious, O11, O5),
        ("AD-8i", "NSC-3"),
    ),
    Rule(
        "R16",
        Group.C,
        lambda f: f.consent is Consent.VALID,
        _always(O6),
        ("AD-1", "GR4-2008", "CON-1", "CON-2", "CON-3"),
    ),
    Rule(
        "R17",
        Group.C,
        lambda f: f.consent in (Consent.NOT_ASKED, Consent.INVALID),
        _either(lambda f: f.ask_person is YES, O7, O5),
        ("CON-7", "NSC-1", "AD-8i"),
    ),
    Rule(
        "R18",
        Group.C,
        lambda f: f.consent in SAID_NO,
        _either(_refusal_may_stand, O9, O5),
        ("AD-9", "AD-4", "AD-11", "DU-16", "DU-21"),
    ),
    Rule(
        "R19",
        Group.D,
        lambda f: f.asks in REQUESTS_FOR_DATA_PROTECTION or (f.asks is Asks.FAMILY_OR_SOLICITOR and _not_valid(f)),
        _always(O12),
        ("SAR-1", "SAR-2", "SAR-3", "SH-5"),
    ),
    Rule("R20", Group.D, lambda f: f.purpose is Purpose.NONE, _always(O10), ("KQ1",)),
    Rule(
        "R21",
        Group.D,
        lambda f: f.identifiable is NO or f.confidential is NO,
        _always(O8),
        ("KQ2", "KQ3", "CF-6"),
    ),
    Rule(
        "R22",
        Group.D,
        lambda f: f.consent is Consent.VALID,
        _always(O6),
        ("KQ4", "CON-1", "CON-2", "CON-3", "CON-4", "CON-5"),
    ),
    Rule(
        "R23",
        Group.D,
        lambda f: f.consent in (Consent.NOT_ASKED, Consent.INVALID),
        _either(lambda f: f.ask_person is YES, O7, O5),
        ("GR2-2008", "GR4-2008", "X-2", "NSC-1", "NSC-2", "NSC-3", "NSC-4", "NSC-5", "NSC-6"),
    ),
    Rule("R24", Group.D, lambda f: f.consent is Consent.UNREACHABLE, _always(O5), ("NSC-3", "GR3-2008")),
    Rule(
        "R25",
        Group.D,
        lambda f: f.recipient is Recipient.FAMILY and f.child and f.capacity is Capacity.HAS and f.consent in SAID_NO,
        _always(O9),
        ("AGE-5", "SEX-4", "INV-23"),
    ),
    Rule(
        "R26",
        Group.D,
        lambda f: f.consent in SAID_NO,
        _either(lambda f: f.prop is Proportionality.LOW, O9, O5),
        ("GR4-2008", "KQ5", "PF-1", "PF-2", "PF-3", "PF-4", "PF-5", "PF-6", "CON-4"),
    ),
)

RulesByGroup = Mapping[Group, tuple[Rule, ...]]


def by_group(rules: Sequence[Rule]) -> RulesByGroup:
    """The rules of each group, in their order."""
    return {group: tuple(rule for rule in rules if rule.group is group) for group in Group}


RULES_BY_GROUP = by_group(RULES)

R27 = Rule("R27", Group.D, lambda f: True, _always(O5), ("KQ-b",))
"""Nothing spoke: fail safe. No complete set of facts reaches it."""

R28 = Rule(
    "R28",
    Group.D,
    lambda f: f.law_26a and f.nation is Nation.ENG and f.body is Body.LISTED and f.child,
    _always(O5),
    ("LAW-26a",),
)
"""Speaks only when O9 or O10 won: share unless sharing would do the child more harm (once LAW-26a is in force)."""
