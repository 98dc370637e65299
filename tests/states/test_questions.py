"""What answers mean, tick by tick, and which options are offered to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from states.facts import NAMES, Facts
from states.flow import the_flow
from states.inputs import (
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
    Flag,
    Harm,
    Legal,
    Nation,
    Purpose,
    Recipient,
    Role,
    SexSigns,
)
from states.question import SAVE_NOW, SKIP, Answer, Here, Kind, Question
from states.rules import O4, O7, O12, Outcome
from states.script import walked
from states.still_open import (
    asking_matters,
    capacity_matters,
    consent_matters,
    privacy_matters,
    proportionality_matters,
    route_matters,
)
from tests.flows.scripts import scripts
from tests.states.rule_rows import asked_by, facts_with, to
from tests.states.vectors import ADULT, ALLEGATION, CHILD, DEFAULT, POSSIBLE, REFUSED, SIGNIFICANT, flags

QUESTIONS = the_flow().questions
NOT_ASKED: dict[str, Any] = {"consent": None, "consent_by": None, "ask_person": None, "prop": None}


def here(*changes: dict[str, Any], answers: Mapping[str, Answer] | None = None) -> Here:
    return Here(facts_with(*changes), answers or {})


def means(question: str, *ticked: str, at: Here | None = None) -> dict[str, Any]:
    return dict(QUESTIONS[question].meaning(ticked, at or here()))


def offered(question: str, at: Here) -> set[str]:
    return {option.id for option in QUESTIONS[question].offered(at)}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_option_sets_facts_that_there_are(question: Question) -> None:
    for option in question.all_options(here()):
        assert set(question.meaning((option.id,), here())) <= NAMES


@pytest.mark.parametrize("question", [q for q in QUESTIONS.values() if q.optional], ids=lambda q: q.id)
def test_what_is_optional_can_be_skipped_and_means_nothing_then(question: Question) -> None:
    assert {SKIP, SAVE_NOW} <= {option.id for option in question.offered(here())}
    assert question.meaning((SKIP,), here()) == question.meaning((SAVE_NOW,), here()) == {}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_option_is_offered_to_somebody(question: Question) -> None:
    points = [
        here({"age": age, "sex_signs": None}, harm, flags(*Flag))
        for age in Age
        for harm in ({"harm": Harm.NONE, "pattern": NO}, POSSIBLE)
    ]
    points += [here({"age": age}) for age in Age]
    everything = {option.id for point in points for option in question.all_options(point)}
    assert {option.id for point in points for option in question.offered(point)} >= everything


WORRIES: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("none",), {"flags": frozenset(), "pattern": NO, "lead_blocked": NO}),
    (("unsure",), {"flags": frozenset(), "pattern": UNSURE, "lead_blocked": NO}),
    (("neglect", "hurt", "put_down", "money", "other"), {"flags": frozenset(), "pattern": NO, "lead_blocked": NO}),
    (("da", "pattern"), {"flags": {Flag.DA}, "pattern": YES, "lead_blocked": NO}),
    (("told_to_drop_it",), {"flags": frozenset(), "pattern": NO, "lead_blocked": YES}),
    (("suicide", "missing"), {"flags": {Flag.SUICIDE, Flag.MISSING}, "pattern": NO, "lead_blocked": NO}),
)


@pytest.mark.parametrize(("ticked", "sets"), WORRIES)
def test_worries(ticked: tuple[str, ...], sets: dict[str, Any]) -> None:
    assert means("worry", *ticked) == sets


@pytest.mark.parametrize(
    ("age", "not_offered"),
    [
        (
            Age.UNBORN,
            {
                *("neglect", "hurt", "put_down", "money"),
                *("sexual", "missing", "injury_not_mobile", "fii", "radical"),
                *("reaches_children", "may_reach_children"),
            },
        ),
        (Age.U12, {"money", "reaches_children", "may_reach_children"}),
        (Age.UNKNOWN, {"money", "reaches_children", "may_reach_children"}),
        (Age.ADULT, {"injury_not_mobile", "fii"}),
    ],
)
def test_worries_are_offered_by_age(age: Age, not_offered: set[str]) -> None:
    everything = {option.id for option in QUESTIONS["worry"].all_options(here())}
    assert everything - offered("worry", here({"age": age})) == not_offered


DETAILS: tuple[tuple[tuple[str, ...], dict[str, Any], dict[str, Any]], ...] = (
    (("none",), flags(Flag.SEXUAL), {"flags": {Flag.SEXUAL}, "sex_signs": SexSigns.FALSE}),
    (("unsure",), flags(Flag.SEXUAL), {"flags": {Flag.SEXUAL}, "sex_signs": SexSigns.UNSURE}),
    (("sex_signs", "unsure"), flags(Flag.SEXUAL), {"flags": {Flag.SEXUAL}, "sex_signs": SexSigns.TRUE}),
    (
        ("images", "family_sexual"),
        flags(Flag.SEXUAL),
        {"flags": {Flag.SEXUAL, Flag.IMAGES, Flag.FAMILY_SEXUAL}, "sex_signs": SexSigns.FALSE},
    ),
    (("fgm_known",), flags(Flag.FGM_RISK), {"flags": {Flag.FGM_RISK, Flag.FGM_KNOWN}}),
    (("da_high",), {**ADULT, **flags(Flag.DA)}, {"flags": {Flag.DA, Flag.DA_HIGH}}),
    (("planned_attack",), flags(Flag.RADICAL), {"flags": {Flag.RADICAL, Flag.PLANNED_ATTACK}}),
)


@pytest.mark.parametrize(("ticked", "facts", "sets"), DETAILS)
def test_details_refine_the_worries(ticked: tuple[str, ...], facts: dict[str, Any], sets: dict[str, Any]) -> None:
    at = here(facts)
    assert QUESTIONS["details"].needed(at)
    assert set(ticked) <= offered("details", at)
    assert means("details", *ticked, at=at) == sets


def test_details_are_not_asked_where_nothing_can_be_refined_or_a_child_cannot_wait() -> None:
    assert not QUESTIONS["details"].needed(here(flags(Flag.SUICIDE)))
    assert not QUESTIONS["details"].needed(here({"age": Age.UNBORN}, flags(Flag.FGM_RISK)))
    child = {"child_harm": Harm.SIGNIFICANT}
    assert not QUESTIONS["details"].needed(here(ADULT, child, flags(Flag.DA)))
    assert QUESTIONS["details"].needed(here(SIGNIFICANT, flags(Flag.SEXUAL)))


def who(**sets: Any) -> dict[str, Any]:
    """What `who_did` sets: all no, but for what is given."""
    quiet = {"harmer_home": NO, "allegation_worker": NO, "allegation_with": None, "others_risk": NO}
    return {**quiet, "lead_conflict": NO, **sets}


@pytest.mark.parametrize(
    ("ticked", "sets"),
    [
        (("none",), who()),
        (("home",), who(harmer_home=YES)),
        (("works_with_children",), who(allegation_worker=YES, allegation_with=AllegationWith.CHILDREN)),
        (("works_with_adults",), who(allegation_worker=YES, allegation_with=AllegationWith.ADULTS)),
        (
            ("works_with_children", "works_with_adults"),
            who(allegation_worker=YES, allegation_with=AllegationWith.BOTH),
        ),
        (("others",), who(others_risk=YES)),
        (("lead",), who(lead_conflict=YES)),
        (("unknown",), who(harmer_home=UNSURE, allegation_worker=UNSURE, others_risk=UNSURE)),
        (("home", "unknown"), who(harmer_home=YES, allegation_worker=UNSURE, others_risk=UNSURE)),
    ],
)
def test_who_did_it_is_no_where_not_ticked_unless_something_is_not_known(
    ticked: tuple[str, ...], sets: dict[str, Any]
) -> None:
    assert means("who_did", *ticked) == sets


@pytest.mark.parametrize(
    ("ticked", "recipient", "purpose", "asks", "legal"),
    [
        (("social_care",), Recipient.SOCIAL_CARE, Purpose.CLEAR, Asks.SELF, Legal.NONE),
        (("police", "health"), Recipient.POLICE, Purpose.CLEAR, Asks.SELF, Legal.NONE),
        (("own_lead", "family"), Recipient.OWN_LEAD, Purpose.CLEAR, Asks.SELF, Legal.NONE),
        (("family",), Recipient.FAMILY, Purpose.CLEAR, Asks.SELF, Legal.NONE),
        (("family", "other"), Recipient.OTHER, Purpose.CLEAR, Asks.SELF, Legal.NONE),
        (("unsure",), Recipient.UNSURE, Purpose.UNSURE, Asks.SELF, Legal.NONE),
        (("own_lead", "unsure"), Recipient.OWN_LEAD, Purpose.UNSURE, Asks.SELF, Legal.NONE),
        (("transfer", "no_reason"), Recipient.OTHER, Purpose.TRANSFER, Asks.SELF, Legal.NONE),
        (("health", "no_reason"), Recipient.HEALTH, Purpose.NONE, Asks.SELF, Legal.NONE),
        (("asked",), Recipient.OTHER, Purpose.CLEAR, None, Legal.NONE),
        (("law", "police"), Recipient.POLICE, Purpose.CLEAR, Asks.SELF, None),
    ],
)
def test_of_several_recipients_the_one_that_protects_most_counts(
    ticked: tuple[str, ...], recipient: Recipient, purpose: Purpose, asks: Asks | None, legal: Legal | None
) -> None:
    """What is asked next is not told yet: who asked, and how the law comes in."""
    assert means("for_whom", *ticked) == {"recipient": recipient, "purpose": purpose, "asks": asks, "legal": legal}


def test_no_reason_to_share_is_offered_only_without_harm() -> None:
    assert "no_reason" in offered("for_whom", here())
    assert "no_reason" not in offered("for_whom", here(POSSIBLE))


@pytest.mark.parametrize(
    ("age", "offers"),
    [
        (Age.UNBORN, set()),
        (Age.U12, {"parent_agreed", "care_order", "parent_refused"}),
        (Age.FROM_16, {"parent_agreed", "care_order", "parent_refused", "attorney_agreed"}),
        (Age.ADULT, {"attorney_agreed"}),
    ],
)
def test_who_may_speak_for_them_depends_on_their_age(age: Age, offers: set[str]) -> None:
    for_them = {"parent_agreed", "care_order", "parent_refused", "attorney_agreed"}
    assert offered("consent", here({"age": age})) & for_them == offers
    assert ("parent" in offered("asks", here({"age": age}))) is (age is not Age.ADULT)
    assert ("sab" in offered("asks", here({"age": age}))) is (age is Age.ADULT)


NEEDED: tuple[tuple[str, bool, tuple[dict[str, Any], ...]], ...] = (
    ("nation", True, ({"nation": None},)),
    ("nation", False, ()),
    ("harm", False, (flags(Flag.HBA_FM),)),
    ("harm", True, (POSSIBLE,)),
    ("children", True, (ADULT,)),
    ("children", False, ()),
    ("children", False, (ADULT, flags(Flag.REACHES_CHILDREN))),
    ("tell_family", True, ({"tell_family": None},)),
    ("tell_family", False, ({"tell_family": None}, ALLEGATION)),
    ("tell_family", False, (ADULT, SIGNIFICANT, {"tell_family": None})),
    ("tell_family", True, (ADULT, {"child_harm": Harm.SIGNIFICANT, "tell_family": None})),
    ("role", True, (flags(Flag.FGM_KNOWN), {"user_role": None})),
    ("role", False, (flags(Flag.FGM_KNOWN), {"user_role": None, "nation": Nation.NI})),
    ("role", False, (flags(Flag.FGM_KNOWN),)),
    ("asks", True, ({"asks": None},)),
    ("asks", False, ()),
    ("legal", True, ({"legal": None},)),
    ("legal", False, ()),
    ("body", True, (ADULT, POSSIBLE, REFUSED, {"nation": Nation.WAL, "body": None, "prop": None})),
    ("body", False, (ADULT, POSSIBLE, REFUSED, {"nation": Nation.ENG, "body": None, "prop": None})),
    ("body", False, (ADULT, POSSIBLE, REFUSED, {"nation": Nation.WAL, "prop": None})),
    ("body", True, (REFUSED, {"law_26a": True, "body": None})),
    ("body", False, (POSSIBLE, REFUSED, {"law_26a": True, "body": None})),
    ("body", True, ({"purpose": Purpose.NONE, "law_26a": True, "body": None},)),
    ("safer", True, (REFUSED, {"prop": None})),
    ("safer", False, ({"prop": None},)),
    ("needs", True, (ADULT, SIGNIFICANT, {"ask_person": NO})),
    ("needs", False, (ADULT, SIGNIFICANT, REFUSED)),
    ("needs", False, (SIGNIFICANT,)),
)


@pytest.mark.parametrize(("question", "needed", "changes"), NEEDED)
def test_a_question_is_asked_only_where_it_can_matter(
    question: str, needed: bool, changes: tuple[dict[str, Any], ...]
) -> None:
    assert QUESTIONS[question].needed(here(*changes)) is needed


def test_a_body_is_not_asked_where_the_weighing_has_no_say() -> None:
    """Under LAW-26a, a no that cannot stand anyway."""
    assert not QUESTIONS["body"].needed(here({"law_26a": True, "body": None}))


def test_harm_is_looked_at_again_for_a_child_whose_risk_is_called_high() -> None:
    high = {"risk": ("high",)}
    assert QUESTIONS["harm_again"].needed(here(REFUSED, answers=high))
    assert not QUESTIONS["harm_again"].needed(here(REFUSED, ADULT, answers=high))
    assert not QUESTIONS["harm_again"].needed(here(REFUSED, answers={"risk": ("some",)}))


def test_risk_is_not_asked_where_sharing_makes_them_clearly_safer() -> None:
    facts = (REFUSED, {"prop": None})
    assert QUESTIONS["risk"].needed(here(*facts, answers={"safer": ("a_little",)}))
    assert not QUESTIONS["risk"].needed(here(*facts, answers={"safer": ("clearly",)}))


@pytest.mark.parametrize(
    ("matters", "changes"),
    [
        (True, ()),
        (False, (POSSIBLE,)),
        (False, (asked_by(Asks.POLICE),)),
        (False, (to(Recipient.OWN_LEAD), ADULT)),
        (True, (to(Recipient.OWN_LEAD), ADULT, SIGNIFICANT)),
        (False, (to(Recipient.OWN_LEAD), ADULT, POSSIBLE)),
        (True, (to(Recipient.OWN_LEAD), ADULT, POSSIBLE, ALLEGATION)),
    ],
)
def test_capacity_matters(matters: bool, changes: tuple[dict[str, Any], ...]) -> None:
    assert capacity_matters(here(*changes).facts) is matters


@pytest.mark.parametrize(
    ("matters", "changes"),
    [
        (True, ()),
        (False, (asked_by(Asks.PARENT),)),
        (True, (asked_by(Asks.FAMILY_OR_SOLICITOR),)),
        (False, ({"identifiable": NO},)),
        (False, (ADULT, SIGNIFICANT, {"coercion": YES, "others_risk": YES})),
        (True, (ADULT, POSSIBLE)),
    ],
)
def test_consent_matters(matters: bool, changes: tuple[dict[str, Any], ...]) -> None:
    assert consent_matters(facts_with(*changes, NOT_ASKED)) is matters


def test_being_asked_alone_matters_only_where_asking_could_be_the_advice() -> None:
    assert asking_matters(DEFAULT)
    assert asking_matters(DEFAULT.but(consent=Consent.VALID, capacity=Capacity.LACKS))
    assert not asking_matters(facts_with(REFUSED))
    assert not asking_matters(facts_with(POSSIBLE))


def test_weighing_matters_only_after_a_no() -> None:
    assert proportionality_matters(facts_with(REFUSED))
    assert not proportionality_matters(DEFAULT)
    assert not proportionality_matters(facts_with(REFUSED, POSSIBLE))


def test_privacy_matters_only_where_nobody_is_at_risk() -> None:
    assert privacy_matters(DEFAULT)
    assert not privacy_matters(facts_with(POSSIBLE))
    assert not privacy_matters(facts_with({"purpose": Purpose.NONE}))


def test_care_needs_matter_for_the_route() -> None:
    assert route_matters(facts_with(ADULT, SIGNIFICANT, {"ask_person": NO}))
    assert not route_matters(facts_with(ADULT))
    assert not route_matters(facts_with(POSSIBLE))


def test_harm_to_a_child_in_an_adult_s_life_is_asked_in_one_screen() -> None:
    assert means("children", "unsure") == {"child_contact": UNSURE, "child_harm": Harm.UNSURE}
    assert means("children", "none") == {"child_contact": YES, "child_harm": Harm.NONE}
    assert facts_with(ADULT, CHILD).child_contact is YES


def test_the_record_asks_only_what_has_not_been_asked() -> None:
    asked = QUESTIONS["weigh_wait"].needed
    assert asked(here())
    assert not asked(here(answers={"risk": ("low_can_wait",)}))
    assert not asked(here({"danger": YES}))
    assert not QUESTIONS["weigh_risk"].needed(here(answers={"risk": ("some",)}))
    assert not QUESTIONS["record_body"].needed(here({"body": Body.OTHER}))
    assert QUESTIONS["record_role"].needed(Here(Facts(), {}))
    assert not QUESTIONS["record_role"].needed(here({"user_role": Role.LEAD}))


def test_a_parents_no_is_kept_as_the_parents() -> None:
    """Stored as the child's own no, it would be read as a young person's wish."""
    assert means("consent", "parent_refused") == {"consent": Consent.REFUSED, "consent_by": ConsentBy.PARENT}


EMERGENCY = ("record_age", "record_worry", "record_who_did")


def test_an_emergency_is_asked_afterwards_what_was_not_asked_before_999_and_it_changes_no_fact() -> None:
    """REC-4, REC-7: the record of the gravest cases must not be the emptiest."""
    danger = Here(Facts(danger=YES), {})
    for question in map(QUESTIONS.__getitem__, EMERGENCY):
        assert question.needed(danger)
        assert not question.needed(here(SIGNIFICANT))
        assert all(not question.meaning((option.id,), danger) for option in question.all_options(danger))
    for asked, original in zip(EMERGENCY, ("age", "worry", "who_did"), strict=True):
        before = {option.id: option.label for option in QUESTIONS[original].all_options(danger)}
        after = {option.id: option.label for option in QUESTIONS[asked].all_options(danger)}
        assert after.items() <= before.items()
        assert before.keys() - after.keys() == ({"none"} if original == "worry" else set())


@pytest.mark.parametrize(
    ("age", "there", "not_there"),
    [(None, {"money", "fii"}, set()), ("u12", {"fii"}, {"money"}), ("18p", {"money"}, {"fii"}), (SKIP, {"fii"}, set())],
)
def test_an_emergency_s_worries_are_offered_by_the_age_given(
    age: str | None, there: set[str], not_there: set[str]
) -> None:
    offers = offered("record_worry", Here(Facts(danger=YES), {"record_age": (age,)} if age else {}))
    assert there <= offers
    assert not not_there & offers


def decided(outcome: Outcome) -> dict[str, str]:
    """The labels of the decision where this was advised."""
    script = next(script for script in scripts().values() if script.expect.outcome == outcome)
    at = walked(the_flow(), script.known, script.on, script.answers).here
    assert at.advice.outcome is outcome
    return {option.id: str(option.label) for option in QUESTIONS["decision"].offered(at)}


def test_the_decision_has_an_honest_choice_after_each_outcome() -> None:
    """Whoever follows the advice must find their own decision in the list, under the same ids everywhere."""
    for outcome in (O4, O7, O12):
        assert list(decided(outcome)) == ["shared", "not_shared", "wait_until", "ask_lead"]
    assert decided(O7)["wait_until"] == "I ask them first, and look again on a date"
    assert decided(O12)["not_shared"] == "I give nothing out and pass it on"
    assert decided(O4)["wait_until"] == "I wait until a date"
    assert decided(O4)["not_shared"] == "I do not share it"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("shared", "When will you check that they are acting?"),
        ("not_shared", "When will you look at this again?"),
        ("ask_lead", "When will you look at this again?"),
    ],
)
def test_every_decision_gets_a_day_to_look_again(decision: str, words: str) -> None:
    """A referral that nobody chases gets lost like a worry that nobody looks at (RF-3, REC-13)."""
    at = here(answers={"decision": (decision,)})
    assert QUESTIONS["review"].needed(at)
    assert str(QUESTIONS["review"].words(at)) == words
    assert QUESTIONS["done"].needed(at) is (decision == "shared")


@pytest.mark.parametrize(
    ("spoken", "asked"),
    [
        ("agrees", {"lead_who"}),
        ("disagrees", {"lead_who"}),
        ("not_reached", {"lead_then"}),
        ("not_yet", set()),
        ("about_lead", set()),
        (SKIP, set()),
    ],
)
def test_the_record_says_who_was_asked_or_what_was_done_instead(spoken: str, asked: set[str]) -> None:
    at = here(answers={"lead_spoken": (spoken,)})
    assert {id_ for id_ in ("lead_who", "lead_then") if QUESTIONS[id_].needed(at)} == asked


def test_only_notes_and_tick_lists_take_more_than_one() -> None:
    assert {question.kind for question in QUESTIONS.values()} == set(Kind)
    assert QUESTIONS["note"].kind is Kind.NOTE
