"""Walks: going back, changing answers, what falls away and what waits, skipping, profiles, editions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from states.editions import EDITIONS
from states.facts import Facts
from states.flow import ANSWER, SAVED, Flow, Way, the_flow
from states.inputs import Asks, Body, Consent, Harm, Nation, Proportionality, Role
from states.question import SAVE_NOW, SKIP, Answer, Kind
from states.questions.advice_given import mark
from states.rules import O1, O4, O5, O9
from states.walk import AnswerRefusedError, Walk
from tests.states.all_paths import TODAY, random_answer
from tests.states.rule_rows import facts_with
from tests.states.vectors import ADULT, DEFAULT, POSSIBLE, REFUSED, SIGNIFICANT, answer_for, profile, walk_to_advice

KNOWN = profile(DEFAULT)


def to_the_end(walk: Walk, **said: str) -> Walk:
    """The same walk saved: what is not said is skipped."""
    while walk.question is not None:
        question = walk.question
        offered = question.offered(walk.here)
        answer = said.get(question.id) or (SKIP if question.optional else offered[0].id)
        walk = walk.answer(question.id, (answer,)).walk
    return walk


def advised(facts: Facts, known: Facts | None = KNOWN) -> Walk:
    return walk_to_advice(the_flow(), TODAY, facts, known)


def noted(walk: Walk) -> Walk:
    return walk.answer("advice", (mark(walk.here),)).walk


def test_a_walk_starts_at_the_first_screen() -> None:
    walk = Walk.begin(the_flow(), TODAY)
    assert (walk.state, walk.path, dict(walk.answers)) == ("entry", (), {})
    assert not walk.at_advice
    assert not walk.advised
    assert not walk.finished
    assert not walk.signposted
    assert walk.back() == walk


@pytest.mark.parametrize("steps_back", range(9))
def test_any_number_of_steps_back_and_the_same_answers_lead_to_the_same_point(steps_back: int) -> None:
    """Nothing is lost by looking back."""
    walk = advised(facts_with(REFUSED))
    back = walk
    for _ in range(steps_back):
        back = back.back()
    assert len(back.path) == len(walk.path) - steps_back
    assert back.answers == walk.answers
    again = back if steps_back == 0 else back.answer(back.state, back.answers[back.state]).walk
    assert again == walk


def test_back_to_the_very_first_screen() -> None:
    walk = advised(DEFAULT)
    for _ in walk.path:
        walk = walk.back()
    assert (walk.state, walk.path, walk.revisiting) == ("entry", (), "entry")
    assert walk.waiting == walk.answers


def test_a_changed_answer_names_what_falls_away_and_keeps_the_rest() -> None:
    """What is asked about a child's family is not asked about an adult's; who asked stays."""
    walk = advised(facts_with({"asks": Asks.POLICE}, REFUSED))
    step = walk.revisit("age").answer("age", ("18p",))
    assert (step.walk.state, step.fell_away) == ("children", ())
    step = step.walk.answer("children", ("no",))
    assert step.fell_away == ("tell_family",)
    assert step.walk.here.told.asks is Asks.POLICE


def test_an_answer_that_is_no_longer_offered_falls_away_and_is_asked_again() -> None:
    """A parent cannot agree for an adult."""
    facts = facts_with({"consent": Consent.VALID})
    walk = Walk.begin(the_flow(), TODAY, KNOWN)
    while walk.state != "consent":
        walk = walk.answer(walk.state, answer_for(walk, facts)).walk
    walk = walk.answer("consent", ("parent_agreed",)).walk
    step = walk.revisit("age").answer("age", ("18p",))
    step = step.walk.answer("children", ("no",))
    assert (step.walk.state, step.fell_away) == ("consent", ("tell_family", "consent"))


def test_other_advice_renews_the_decision_and_keeps_the_rest() -> None:
    """What was decided on other advice is not a decision on this one; when it was seen stays as it was."""
    walk = to_the_end(noted(advised(facts_with(POSSIBLE))), decision="ask_lead", review="7", concern_when="today")
    assert walk.finished
    step = walk.revisit("harm").answer("harm", ("significant",))
    assert (step.walk.state, step.walk.here.advice.outcome) == ("advice", O4)
    assert {"for_whom", "advice", "decision", "review"} <= set(step.fell_away)
    assert "concern_when" not in step.fell_away
    after = to_the_end(noted(step.walk), decision="shared", with_whom="police")
    assert after.answers["concern_when"] == ("today",)


def test_the_same_advice_keeps_the_decision() -> None:
    walk = to_the_end(noted(advised(facts_with(POSSIBLE))), decision="ask_lead", review="7")
    step = walk.revisit("harm").answer("harm", ("unsure",))
    assert (step.walk.state, step.fell_away) == (SAVED, ())
    assert step.walk.answers["decision"] == ("ask_lead",)


def test_skip_the_rest_leaves_out_only_what_may_be_left_out() -> None:
    """With whom it was shared must be on the record; the note need not."""
    walk = noted(advised(facts_with(SIGNIFICANT))).answer("decision", ("shared",)).walk
    walk = walk.answer("done", ("just_now",)).walk.answer("review", ("1",)).walk
    assert walk.state == "with_whom"
    walk = walk.answer("with_whom", ("police",)).walk
    walk = walk.answer("what_kinds", (SAVE_NOW,)).walk
    assert walk.state == "check"
    assert walk.answer("check", ("save",)).walk.finished


def test_skipping_one_question_asks_the_next() -> None:
    walk = noted(advised(facts_with(POSSIBLE))).answer("decision", ("ask_lead",)).walk
    walk = walk.answer("review", ("3",)).walk.answer("concern_when", (SKIP,)).walk
    assert walk.state == "based_on"
    assert walk.answers["concern_when"] == (SKIP,)


def test_what_the_profile_tells_is_not_asked() -> None:
    guest, known = advised(DEFAULT, None), advised(DEFAULT)
    assert "nation" in guest.path
    assert "nation" not in known.path
    assert guest.here.told == known.here.told.but(body=None, user_role=None)


def test_a_profile_told_meanwhile_keeps_the_answer_given() -> None:
    """A guest who joins an organisation mid-walk has said where the person lives: that stands."""
    walk = advised(DEFAULT.but(nation=Nation.WAL), None)
    step = walk.known_as(KNOWN)
    assert step.fell_away == ()
    assert (step.walk.here.told.nation, step.walk.here.told.body) == (Nation.WAL, Body.LISTED)


def test_a_profile_taken_away_asks_for_what_it_told() -> None:
    walk = advised(DEFAULT)
    step = walk.known_as(Facts(user_role=Role.STAFF))
    assert step.walk.state == "nation"
    assert set(step.walk.waiting) == set(walk.answers) - {"entry", "danger"}


IN_FORCE = date(2027, 1, 10)


@pytest.fixture
def _law_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    england = replace(EDITIONS[Nation.ENG], law_26a=IN_FORCE, law_26b=IN_FORCE)
    monkeypatch.setitem(EDITIONS, Nation.ENG, england)


@pytest.mark.usefixtures("_law_in_force")
@pytest.mark.parametrize(("days", "outcome"), [(-1, O9), (0, O5), (1, O5)])
def test_a_dated_law_counts_from_its_day(days: int, outcome: object) -> None:
    walk = walk_to_advice(the_flow(), IN_FORCE + timedelta(days), facts_with(REFUSED), KNOWN)
    assert walk.here.advice.outcome is outcome
    assert walk.here.told.law_26a is walk.here.told.law_26b is (days >= 0)


@pytest.mark.usefixtures("_law_in_force")
def test_a_dated_law_counts_only_in_its_nation() -> None:
    walk = walk_to_advice(the_flow(), IN_FORCE, facts_with(REFUSED, {"nation": Nation.WAL}), None)
    assert (walk.here.advice.outcome, walk.here.told.law_26a) == (O9, False)


@pytest.mark.usefixtures("_law_in_force")
def test_a_walk_moved_to_a_newer_edition_is_asked_what_the_new_law_needs() -> None:
    """Under the new law it matters what kind of body a guest works for."""
    walk = noted(advised(facts_with(REFUSED), None))
    assert walk.here.advice.outcome is O9
    step = Walk.replay(walk.flow, IN_FORCE, walk.known, walk.answers)
    assert step.walk.state == "body"
    step = step.walk.answer("body", ("listed",))
    assert (step.walk.state, step.walk.here.advice.outcome) == ("advice", O5)
    assert {"advice", "safer"} <= set(step.fell_away)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("danger", ("perhaps",)),
        ("danger", ()),
        ("danger", ("no", "no")),
        ("danger", ("no", "yes")),
        ("danger", (SKIP,)),
        ("age", ("u12",)),
        ("saved", ("yes",)),
        ("nonsense", ("yes",)),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_changes_nothing(question: str, answer: Answer) -> None:
    walk = Walk.begin(the_flow(), TODAY).answer("entry", ("start",)).walk
    before = (walk.state, walk.path, dict(walk.answers))
    with pytest.raises(AnswerRefusedError, match=question):
        walk.answer(question, answer)
    assert (walk.state, walk.path, dict(walk.answers)) == before


def test_none_of_these_stands_alone() -> None:
    walk = Walk.begin(the_flow(), TODAY, KNOWN).answer("entry", ("start",)).walk
    walk = walk.answer("danger", ("no",)).walk.answer("age", ("13_15",)).walk
    with pytest.raises(AnswerRefusedError):
        walk.answer("worry", ("none", "da"))
    assert walk.answer("worry", ("da", "pattern")).walk.state == "who_did"


def test_other_advice_cannot_be_taken_note_of() -> None:
    walk = advised(DEFAULT)
    with pytest.raises(AnswerRefusedError):
        walk.answer("advice", ("O5:LEAD",))


def test_a_finished_walk_takes_no_answer() -> None:
    walk = to_the_end(noted(advised(facts_with(POSSIBLE))))
    assert (walk.finished, walk.question) == (True, None)
    with pytest.raises(AnswerRefusedError):
        walk.answer("saved", ("save",))


def test_only_a_question_on_the_way_here_can_be_revisited() -> None:
    walk = advised(facts_with(SIGNIFICANT))
    with pytest.raises(AnswerRefusedError, match="consent"):
        walk.revisit("consent")


def test_answers_to_questions_that_are_no_more_are_named_and_left_out() -> None:
    """An older edition may have asked something else."""
    walk = advised(facts_with(POSSIBLE))
    step = Walk.replay(walk.flow, walk.on, walk.known, {**walk.answers, "old_question": ("yes",)})
    assert (step.walk, step.fell_away) == (walk, ("old_question",))


def test_danger_on_the_first_screen_makes_the_rest_fall_away() -> None:
    walk = advised(facts_with(ADULT, POSSIBLE, REFUSED, {"prop": Proportionality.LOW}))
    step = walk.revisit("entry").answer("entry", ("danger",))
    assert (step.walk.here.advice.outcome, step.walk.path) == (O1, ("entry",))
    assert {"danger", "age", "consent"} <= set(step.fell_away)
    assert step.walk.here.told.harm is None


def test_a_flow_without_a_way_on_is_an_error() -> None:
    flow = the_flow()
    ways: dict[str, tuple[Way, ...]] = {**flow.ways[ANSWER], "entry": ()}
    broken = replace(flow, ways={**flow.ways, ANSWER: ways})
    with pytest.raises(LookupError, match="no way on from entry"):
        Walk.begin(broken, TODAY).answer("entry", ("start",))


def test_words_of_harm_differ_after_something_sent_by_mistake() -> None:
    walk = Walk.begin(the_flow(), TODAY, KNOWN).answer("entry", ("mistake",)).walk
    for question, answer in (("danger", "no"), ("age", "13_15"), ("worry", "none"), ("who_did", "none")):
        walk = walk.answer(question, (answer,)).walk
    assert walk.question
    assert "before you stopped reading" in str(walk.question.words(walk.here))
    assert walk.here.told.harm is None
    assert walk.answer("harm", ("none",)).walk.here.told.harm is Harm.NONE


class AnyWalk(RuleBasedStateMachine):
    """Answers, steps back and changes in any order: nothing raises or loops, and the answers alone make it again."""

    flow: Flow
    walk: Walk
    random: Random

    @initialize(seed=st.integers(0, 10**9), guest=st.booleans())
    def begin(self, seed: int, guest: bool) -> None:
        self.flow = the_flow()
        self.random = Random(seed)
        self.walk = Walk.begin(self.flow, TODAY, None if guest else KNOWN)

    @precondition(lambda self: self.walk.question is not None)
    @rule(times=st.integers(1, 6))
    def answer(self, times: int) -> None:
        for _ in range(times):
            if self.walk.question is None:
                return
            before = set(self.walk.answers)
            step = self.walk.answer(self.walk.state, random_answer(self.random, self.walk))
            kept = set(step.walk.answers)
            assert before - kept == set(step.fell_away) & before  # whatever is gone is named
            self.walk = step.walk

    @rule()
    def go_back(self) -> None:
        answers = self.walk.answers
        back = self.walk.back()
        assert back.answers == answers
        self.walk = back

    @precondition(lambda self: self.walk.path)
    @rule(where=st.floats(0, 0.999))
    def revisit(self, where: float) -> None:
        path = self.walk.path
        question = path[int(where * len(path))]
        self.walk = self.walk.revisit(question)
        assert (self.walk.state, self.walk.revisiting) == (question, question)

    @rule()
    def refuse_nonsense(self) -> None:
        with pytest.raises(AnswerRefusedError):
            self.walk.answer(self.walk.state, ("no such option",))

    @invariant()
    def the_answers_alone_make_the_walk(self) -> None:
        walk = self.walk
        again = Walk.replay(walk.flow, walk.on, walk.known, walk.answers, walk.revisiting)
        assert again.walk == walk
        assert again.fell_away == ()

    @invariant()
    def the_walk_never_goes_in_circles(self) -> None:
        assert len(set(self.walk.path)) == len(self.walk.path)
        orders = [self.flow.order[id_] for id_ in self.walk.path]
        assert orders == sorted(orders)


AnyWalk.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestAnyWalk = AnyWalk.TestCase


def _random_walks(count: int) -> Iterator[Walk]:
    random = Random(11)
    for _ in range(count):
        walk = Walk.begin(the_flow(), TODAY)
        while walk.question is not None:
            walk = walk.answer(walk.state, random_answer(random, walk)).walk
        yield walk


def test_every_walk_ends() -> None:
    """Answered at random, each comes to the record or to those who help."""
    for walk in _random_walks(150):
        assert walk.finished or walk.signposted
        notes = [id_ for id_ in walk.path if walk.flow.questions[id_].kind is Kind.NOTE]
        assert len(notes) <= 1
