"""The vectors, the rule rows and the scripted walks notice every fault that is seeded into a rule or a transition."""

from __future__ import annotations

from states.flow import the_flow
from states.rules import RULES
from tests.states.seeded_faults import faults_in_rules, faults_in_transitions, r27_is_a_guard, rules_hold, scripts_hold


def test_without_a_fault_everything_holds() -> None:
    """Else the tests below would notice anything."""
    assert rules_hold(RULES)
    assert scripts_hold(the_flow())


def test_every_fault_in_a_rule_is_noticed() -> None:
    """Dropped, flipped, or aimed at any outcome that protects less."""
    faults = list(faults_in_rules())
    print(*faults, sep="\n")
    assert {fault.where for fault in faults} == {rule.id for rule in RULES} | {"R28"}
    assert [str(fault) for fault in faults if not fault.noticed] == []


def test_r27_is_the_one_rule_that_no_walk_hears() -> None:
    assert r27_is_a_guard()


def test_every_fault_in_a_transition_is_noticed() -> None:
    """Dropped, turned round, or aimed one on, one back or at the advice. What survives no path at all can tell."""
    faults = list(faults_in_transitions())
    print(*faults, sep="\n")
    ways = [(question, trigger) for trigger, table in the_flow().ways.items() for question in table]
    assert {fault.where for fault in faults} == {f"{question}, {trigger}" for question, trigger in ways}
    assert [str(fault) for fault in faults if fault.survived] == []
    assert all(fault.noticed for fault in faults if "aimed" not in fault.what)
