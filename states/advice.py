"""Facts -> Advice: every rule that applies speaks, the most protective outcome wins, all that spoke stay as reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from states.addons import AddOn, add_ons, may_tell
from states.facts import Facts, derive
from states.inputs import Entry, Flag, Harm
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
    O12,
    PROTECTION,
    R27,
    R28,
    RULES_BY_GROUP,
    Group,
    Outcome,
    Rule,
    RulesByGroup,
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


def advise(told: Facts, rules: RulesByGroup = RULES_BY_GROUP) -> Advice:
    """The advice for these facts (guidance 12.3). `rules` is a parameter so that tests can seed faults into it."""
    facts = derive(told)
    spoken = _speaking(facts, rules)
    outcome = _winner(spoken)
    ordered = [
        *(rule for rule, said in spoken if said is outcome),
        *(rule for rule, said in spoken if said is not outcome),
    ]
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


def outcome_of(told: Facts, rules: RulesByGroup = RULES_BY_GROUP) -> Outcome:
    """The outcome alone, for questions that ask whether an answer could change it."""
    return _winner(_speaking(derive(told), rules))


Spoken = tuple[Rule, Outcome]


def _winner(spoken: Sequence[Spoken]) -> Outcome:
    """The most protective outcome; R28 speaks last, and only against O9 and O10."""
    last, said = spoken[-1]
    if last is R28 or len(spoken) == 1:
        return said
    return min([said for _, said in spoken], key=PROTECTION.__getitem__)


def _speaking(facts: Facts, rules: RulesByGroup) -> list[Spoken]:
    """Every rule that speaks, in the order of guidance 12.3.

    A rule of group A ends the matter. For an adult's child (R2, R3) groups B and C are run for the adult too: they add
    reasons, never a second outcome, since nothing in them protects more than O3 or O4.
    """
    ending = _first(facts, rules[Group.A])
    if ending and (facts.child or ending[0][1] is O1):
        return ending
    applying = rules[Group.B] + rules[Group.C] if facts.adult and facts.any_harm else rules[Group.B]
    spoken = ending + [(rule, rule.outcome(facts)) for rule in applying if rule.when(facts)]
    if facts.harm is Harm.NONE and not ending:
        spoken += _first(facts, rules[Group.D])
    if not spoken:
        return [(R27, R27.outcome(facts))]
    if _winner(spoken) in (O9, O10) and R28.when(facts):
        spoken.append((R28, R28.outcome(facts)))
    return spoken


def _first(facts: Facts, rules: Sequence[Rule]) -> list[Spoken]:
    for rule in rules:
        if rule.when(facts):
            return [(rule, rule.outcome(facts))]
    return []


def tells_police_now(facts: Facts) -> bool:
    """A planned attack: the police first, whatever the outcome but 999; nobody is asked and nobody else is told."""
    return Flag.PLANNED_ATTACK in facts.flags


def stops_reading(facts: Facts, outcome: Outcome) -> bool:
    """Sent by mistake, and nothing in it that protects somebody: not theirs to share, nor to ask about (A-MISTAKE)."""
    return facts.entry is Entry.MISTAKE and outcome in (O6, O7, O8, O9, O10)


LEAD_MUST = frozenset({O1, O2, O3, O4, O5, O11})


def _lead(facts: Facts, outcome: Outcome) -> LeadNeeded:
    if outcome in LEAD_MUST:
        return LeadNeeded.MUST
    if outcome is O9 or facts.any_harm or facts.any_child_harm:
        return LeadNeeded.SHOULD
    return LeadNeeded.MAY


def _within(facts: Facts, outcome: Outcome) -> Within:
    if (
        outcome in (O1, O3, O4)
        or (tells_police_now(facts) and outcome not in (O2, O12))
        or stops_reading(facts, outcome)
    ):
        return Within.NOW
    if outcome in (O6, O7):
        return Within.TODAY if facts.harm is Harm.SIGNIFICANT else Within.DAYS
    if outcome is O8:
        return Within.DAYS
    return Within.NONE if outcome is O10 else Within.TODAY
