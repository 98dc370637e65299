"""The safety invariants of guidance 12.6 that the conversation itself must hold, each on every path.

Each test also shows that its check can fail: advice made wrong on purpose is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from states.addons import AddOn
from states.advice import advise
from states.flow import the_flow
from states.inputs import NO, UNSURE, YES, Age, Asks, Capacity, Consent, Entry, Flag, Harm, Nation
from states.paths import steps
from states.paths.invariants import INVARIANTS
from states.paths.points import Point
from states.paths.wording import _broken_by, broken_wording
from states.rules import O1, O3, O4, O5, O6, O7, O9, O11, Outcome
from states.walk import Walk
from tests.states.all_paths import TODAY, broken, report
from tests.states.rule_rows import facts_with
from tests.states.vectors import (
    ADULT,
    CHILD,
    DEFAULT,
    POSSIBLE,
    REFUSED,
    SIGNIFICANT,
    VALID,
    answer_for,
    flags,
    profile,
    walk_to_advice,
)


def _holds(invariant: str, *changes: Mapping[str, Any], **wrong: Any) -> bool:
    """Whether the check passes for these facts, with something about their advice made wrong."""
    point = Point(facts_with(*changes), {})
    point.__dict__["advice"] = replace(advise(point.told), **wrong)
    return INVARIANTS[invariant](point)


def _without(add_on: AddOn, *changes: Mapping[str, Any]) -> dict[str, Any]:
    kept = advise(facts_with(*changes)).add_ons
    return {"add_ons": tuple(other for other in kept if other is not add_on)}


def test_inv_01_danger_is_o1_on_every_path() -> None:
    assert broken("INV-1") == []
    assert _holds("INV-1", {"danger": UNSURE})
    assert not _holds("INV-1", {"danger": UNSURE}, outcome=O5)
    assert not _holds("INV-1", outcome=O1)


def test_inv_01_danger_is_the_first_screen_and_the_first_question() -> None:
    walk = Walk.begin(the_flow(), TODAY)
    assert walk.question
    assert next(option.id for option in walk.question.offered(walk.here)) == "danger"
    assert walk.answer("entry", ("danger",)).walk.here.advice.outcome is O1
    assert walk.answer("entry", ("start",)).walk.state == "danger"
    assert walk.answer("entry", ("mistake",)).walk.state == "danger"


def test_inv_02_a_child_at_significant_risk_is_referred_whatever_consent_or_law_say() -> None:
    assert broken("INV-2") == []
    assert not _holds("INV-2", SIGNIFICANT, outcome=O5)
    assert not _holds("INV-2", ADULT, {"child_harm": Harm.SIGNIFICANT}, outcome=O11)


def test_inv_03_nobody_is_told_or_asked_where_that_is_not_known_to_be_safe() -> None:
    assert broken("INV-3") == []
    assert not _holds("INV-3", SIGNIFICANT, {"tell_family": NO}, outcome=O4)
    assert not _holds("INV-3", {"tell_family": NO}, tell=True)
    assert not _holds("INV-3", {"tell_family": NO}, add_ons=(AddOn.TELL,))
    assert not _holds("INV-3", {"ask_person": UNSURE}, outcome=O7)


def test_inv_04_a_child_with_any_harm_never_gets_less_than_the_lead() -> None:
    assert broken("INV-4") == []
    assert not _holds("INV-4", POSSIBLE, outcome=O6)
    assert not _holds("INV-4", {"harm": Harm.UNSURE}, outcome=O9)


def test_inv_05_any_harm_brings_the_lead() -> None:
    assert broken("INV-5") == []
    assert not _holds("INV-5", POSSIBLE, **_without(AddOn.LEAD, POSSIBLE))
    child = (ADULT, CHILD, {"child_harm": Harm.UNSURE})
    assert not _holds("INV-5", *child, **_without(AddOn.LEAD, *child))


def test_inv_06_sexual_activity_under_13_is_referred() -> None:
    assert broken("INV-6") == []
    assert not _holds("INV-6", {"age": Age.UNKNOWN}, flags(Flag.SEXUAL), outcome=O5)


def test_inv_07_not_sure_never_protects_less_than_no(monkeypatch: pytest.MonkeyPatch) -> None:
    assert broken("INV-7") == []
    assert list(steps.less_sure(DEFAULT)) == []
    monkeypatch.setattr(steps, "NOT_SURE_AND_NO", (("ask_person", YES, NO),))
    assert list(steps.less_sure(DEFAULT)) == [(DEFAULT, DEFAULT.but(ask_person=NO))]


def test_inv_08_a_free_adult_s_no_is_not_overridden() -> None:
    assert broken("INV-8") == []
    for outcome in (O3, O4, O11):
        assert not _holds("INV-8", ADULT, SIGNIFICANT, REFUSED, outcome=outcome)
    assert _holds("INV-8", ADULT, SIGNIFICANT, REFUSED, {"coercion": YES}, outcome=O11)


def test_inv_12_nobody_is_ever_called_safe() -> None:
    assert broken("INV-12") == []
    for text in ("The child is not at risk.", "It is below the threshold.", "There is nothing to worry about."):
        assert "INV-12" in _broken_by(text, True, Nation.ENG, False)


def test_inv_13_no_call_waits_for_the_lead() -> None:
    assert broken("INV-13") == []
    assert "INV-13" in _broken_by("Wait for your lead.", True, Nation.ENG, False)


def test_inv_14_the_family_is_no_contact_where_they_must_not_know() -> None:
    assert broken("INV-14") == []
    assert "INV-14" in _broken_by("Ring the parents and explain.", False, Nation.ENG, False)
    assert "INV-14" not in _broken_by("Do not ring the parents.", False, Nation.ENG, False)
    assert "INV-14" not in _broken_by("Ring the parents and explain.", True, Nation.ENG, False)


def test_inv_15_every_outcome_has_a_record_prompt() -> None:
    assert broken("INV-15") == []
    assert not _holds("INV-15", **_without(AddOn.RECORD))
    assert {node.walk.here.advice.outcome for node in report().graph.complete if node.walk.at_advice} == set(Outcome)


def test_inv_18_a_child_the_person_at_risk_and_the_public_have_no_decision_walk() -> None:
    assert broken("INV-18") == []
    assert not _holds("INV-18", {"entry": Entry.UNDER_18})
    for entry in ("about_me", "under_18", "public"):
        walk = Walk.begin(the_flow(), TODAY).answer("entry", (entry,)).walk
        assert walk.signposted
        assert (walk.question, walk.advised, walk.finished) == (None, False, False)


def test_inv_19_no_nation_is_told_another_s_duty() -> None:
    assert broken("INV-19") == []
    assert not _holds("INV-19", {"nation": Nation.SCO}, add_ons=(AddOn.DUTY_WAL,))
    assert "INV-19" in _broken_by("Ring the LADO.", True, Nation.SCO, False)


def test_inv_20_law_is_not_in_force_before_its_day() -> None:
    assert broken("INV-20") == []
    assert not _holds("INV-20", add_ons=(AddOn.LAW_26A,))
    assert not _holds("INV-20", add_ons=(AddOn.LAW_26B,))
    assert not _holds("INV-20", rules=("R28",))
    assert "INV-20" in _broken_by("This law is in force.", True, Nation.ENG, False)
    assert "INV-20" not in _broken_by("This law is in force.", True, Nation.ENG, True)


def test_inv_21_going_back_runs_every_rule_again() -> None:
    """On every merged path the replay is checked; here a changed answer changes the advice."""
    assert broken("INV-21") == []
    walk = walk_to_advice(the_flow(), TODAY, DEFAULT.but(harm=Harm.POSSIBLE), profile(DEFAULT))
    assert walk.here.advice.outcome is O5
    changed = walk.revisit("harm").answer("harm", ("significant",)).walk
    assert (changed.state, changed.here.advice.outcome) == ("advice", O4)


def test_inv_23_what_a_young_person_said_in_confidence_stays_so() -> None:
    assert broken("INV-23") == []
    assert not _holds("INV-23", REFUSED, tell=True)
    assert not _holds("INV-23", REFUSED, **_without(AddOn.DONT_TELL, REFUSED))
    lacking = {"capacity": Capacity.LACKS, "consent": Consent.REFUSED}
    assert advise(facts_with(lacking)).tell


def test_inv_24_the_lead_is_kept_out_if_it_may_be_about_them() -> None:
    assert broken("INV-24") == []
    assert not _holds("INV-24", {"lead_conflict": None})
    conflict = {"lead_conflict": UNSURE}
    assert not _holds("INV-24", conflict, **_without(AddOn.NOTLEAD, conflict))
    for node in report().graph.complete:
        if node.walk.at_advice and node.walk.here.advice.outcome is not O1:
            assert "who_did" in node.walk.path


def test_inv_25_a_raised_risk_never_lowers_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told "none" and told "possible" with the harmer at home once fell from O5 to O9; kept as an example."""
    assert broken("INV-25") == []
    at_home = facts_with(ADULT, REFUSED, {"harmer_home": YES})
    assert [advise(at_home.but(harm=harm)).outcome for harm in (Harm.NONE, Harm.POSSIBLE)] == [O5, O5]
    monkeypatch.setattr(steps, "raised", lambda told: [told.but(danger=NO, harm=Harm.NONE)])
    assert list(steps.lowered_by(facts_with(SIGNIFICANT))) == [DEFAULT]


def test_inv_25_every_step_is_a_step() -> None:
    """From nothing to something: each risk by each step, and each worry."""
    more = list(steps.raised(facts_with(ADULT)))
    assert len(more) == 5 * 2 + 3 + 3 + len(Flag)
    assert facts_with(ADULT, {"coercion": UNSURE}) in more
    assert facts_with(ADULT, {"child_harm": Harm.SIGNIFICANT}) in more
    assert facts_with(ADULT, flags(Flag.DA)) in more
    assert facts_with(ADULT, flags(Flag.DA)) not in steps.raised(facts_with(ADULT, flags(Flag.DA)))


def test_inv_26_no_input_that_could_change_the_outcome_is_left_out() -> None:
    assert broken("INV-26") == []
    no_consent = facts_with({"consent": None, "consent_by": None, "ask_person": None, "prop": None})
    assert {advise(facts).outcome for facts in steps.silently_assumed(no_consent)} == {O6, O7, O9}
    assert list(steps.silently_assumed(facts_with(VALID))) == []
    assert list(steps.silently_assumed(facts_with(SIGNIFICANT, {"tell_family": None}))) != []


def test_wording_that_breaks_an_invariant_is_found_in_whole_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    from states.paths import wording

    point = Point(facts_with({"danger": YES}), {})
    assert list(broken_wording(point)) == []
    monkeypatch.setattr(wording, "texts_of", lambda advice: iter(["Ring somebody.", ""]))
    assert list(broken_wording(point)) == [("INV-15", "an empty text"), ("INV-1", "Ring somebody.")]
    refer = Point(facts_with(SIGNIFICANT), {})
    monkeypatch.setattr(wording, "texts_of", lambda advice: iter(["Speak to your lead, then ring social care."]))
    assert [invariant for invariant, _ in broken_wording(refer)] == ["INV-13"]


def test_a_request_by_the_police_is_no_way_round_the_questions() -> None:
    """INV-26 for requests: who asks is asked wherever somebody has asked."""
    facts = facts_with({"asks": Asks.POLICE})
    walk = walk_to_advice(the_flow(), TODAY, facts)
    assert walk.here.told.asks is Asks.POLICE
    assert walk.here.advice.outcome is O5
    assert answer_for(walk.revisit("asks"), facts) == ("police",)
    assert advise(facts.but(asks=Asks.SELF, consent=Consent.VALID)).outcome is O6
    assert advise(facts_with(ADULT, POSSIBLE, REFUSED)).outcome is O9
