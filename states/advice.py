"""Facts -> Advice: every rule that applies speaks, the most protective outcome wins, all that spoke stay as reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from states.addons import AddOn, add_ons, may_tell
from states.facts import Facts, derive
from states.inputs import Harm
from states.rules import (
    O1,
    O2,
    O3,
    O4,
    O5,
    O6,
    O7,
    O8,
    O9,
    O10,
    O11,
    PROTECTION,
    R27,
    R28,
    RULES,
    Group,
    Outcome,
    Rule,
)


class LeadNeeded(StrEnum):
    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Within(StrEnum):
    NOW = "now"
    TODAY = "today"
    DAYS = "days"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do and why. `rules` holds every rule that spoke, the one that won first."""

    outcome: Outcome
    rules: tuple[str, ...]
    because: tuple[str, ...]
    add_ons: tuple[AddOn, ...]
    lead: LeadNeeded
    within: Within
    tell: bool
    facts: Facts

    def has(self, add_on: AddOn) -> bool:
        return add_on in self.add_ons


def advise(told: Facts, rules: Sequence[Rule] = RULES) -> Advice:
    """The advice for these facts (guidance 12.3). `rules` is a parameter so that tests can seed faults into it."""
    facts = derive(told)
    spoken = _speaking(facts, rules)
    outcome = min((said for _, said in spoken), key=PROTECTION.__getitem__)
    if spoken[0][0].group is Group.A:  # B and C add reasons for an adult's own risk, never a second outcome
        outcome = spoken[0][1]
    if outcome in (O9, O10) and R28.when(facts):
        spoken.append((R28, R28.outcome(facts)))
        outcome = O5
    winners = [rule for rule, said in spoken if said is outcome]
    others = [rule for rule, said in spoken if said is not outcome]
    ordered = [*winners, *others]
    return Advice(
        outcome=outcome,
        rules=tuple(rule.id for rule in ordered),
        because=tuple(dict.fromkeys(id_ for rule in ordered for id_ in rule.because)),
        add_ons=add_ons(facts, outcome),
        lead=_lead(facts, outcome),
        within=_within(facts, outcome),
        tell=may_tell(facts),
        facts=facts,
    )


def _speaking(facts: Facts, rules: Sequence[Rule]) -> list[tuple[Rule, Outcome]]:
    groups: dict[Group, list[Rule]] = {group: [] for group in Group}
    for rule in rules:
        groups[rule.group].append(rule)
    ending = next((rule for rule in groups[Group.A] if rule.when(facts)), None)
    spoken = [(ending, ending.outcome(facts))] if ending else []
    if ending and (facts.child or spoken[0][1] is O1):
        return spoken
    spoken += [(rule, rule.outcome(facts)) for rule in groups[Group.B] if rule.when(facts)]
    if facts.adult and facts.any_harm:
        spoken += [(rule, rule.outcome(facts)) for rule in groups[Group.C] if rule.when(facts)]
    elif facts.harm is Harm.NONE and not ending:
        spoken += [(rule, rule.outcome(facts)) for rule in groups[Group.D] if rule.when(facts)][:1]
    return spoken or [(R27, R27.outcome(facts))]


LEAD_MUST = frozenset({O1, O2, O3, O4, O5, O11})


def _lead(facts: Facts, outcome: Outcome) -> LeadNeeded:
    if outcome in LEAD_MUST:
        return LeadNeeded.MUST
    if outcome is O9 or facts.any_harm or facts.any_child_harm:
        return LeadNeeded.SHOULD
    return LeadNeeded.MAY


def _within(facts: Facts, outcome: Outcome) -> Within:
    if outcome in (O1, O3, O4):
        return Within.NOW
    if outcome in (O6, O7):
        return Within.TODAY if facts.harm is Harm.SIGNIFICANT else Within.DAYS
    if outcome is O8:
        return Within.DAYS
    return Within.NONE if outcome is O10 else Within.TODAY
