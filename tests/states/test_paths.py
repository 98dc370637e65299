"""All paths: that those taken together are alike, that they are counted exactly, and that none is too long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from states.flow import ANSWER, SAVED, SIGNPOST, Flow, Way, the_flow
from states.inputs import NO, Harm
from states.paths import explore, wording
from states.paths.after_advice import _changed, from_the_advice
from states.paths.explore import _replayed, _Words
from states.paths.merged import PROFILES, Node, Who
from states.paths.report import LIMITS, Kind, Violation, kind_of
from states.paths.signature import Signature, signature
from states.paths.steps import less_sure, lowered_by, silently_assumed
from states.paths.ticks import choices
from states.question import Answer
from states.question import Kind as QuestionKind
from states.walk import Walk
from tests.states.all_paths import TODAY, random_answer, report
from tests.states.vectors import DEFAULT, answer_for, profile, walk_to_advice


def test_no_path_breaks_anything() -> None:
    assert [str(violation) for violation in report().violations] == []
    assert report().holds


def _alike(walk: Walk, other: Walk, random: Random) -> Walk:
    """Answer both walks alike to the advice, and show that they are asked and advised alike."""
    flow = walk.flow
    while True:
        assert signature(flow, walk.state, walk.here) == signature(flow, other.state, other.here)
        if walk.at_advice:
            assert walk.here.advice.outcome is other.here.advice.outcome
            return walk
        question, its_other = walk.question, other.question
        if question is None or its_other is None:
            assert walk.state == other.state == SIGNPOST
            return walk
        assert question is its_other
        assert [option.id for option in question.offered(walk.here)] == [
            option.id for option in question.offered(other.here)
        ]
        answer = random_answer(random, walk)
        walk, other = walk.answer(question.id, answer).walk, other.answer(question.id, answer).walk


@pytest.mark.parametrize("seed", range(4))
def test_paths_taken_together_are_asked_and_advised_alike(seed: int) -> None:
    """Random raw paths that come to one signature on different ways go on alike, whatever is answered then."""
    random = Random(seed)
    flow = the_flow()
    met: dict[Signature, list[Walk]] = defaultdict(list)
    pairs = 0
    for _ in range(600):
        walk = Walk.begin(flow, TODAY, random.choice((None, *PROFILES)))
        while walk.question is not None and not walk.at_advice:
            walk = walk.answer(walk.state, random_answer(random, walk)).walk
            others = met[signature(flow, walk.state, walk.here)]
            if others and walk.question is not None:
                _alike(walk, random.choice(others), random)
                pairs += 1
            others.append(walk)
    assert pairs > 2500


def test_paths_taken_together_break_the_same_comparisons() -> None:
    """INV-7, 25 and 26 look at one path of each node: the others must answer alike. Shown on many random ones."""
    random = Random(5)
    for _ in range(150):
        walk = Walk.begin(the_flow(), TODAY, random.choice((None, *PROFILES)))
        while walk.question is not None and not walk.at_advice:
            walk = walk.answer(walk.state, random_answer(random, walk)).walk
        if walk.at_advice:
            told = walk.here.told
            assert [*less_sure(told), *lowered_by(told), *silently_assumed(told)] == []


def _standing_at(question: str) -> Walk:
    walk = Walk.begin(the_flow(), TODAY, profile(DEFAULT))
    while walk.state != question:
        walk = walk.answer(walk.state, answer_for(walk, DEFAULT)).walk
    return walk


@pytest.mark.parametrize("question", ["who_did", "for_whom"])
def test_tick_lists_are_counted_exactly(question: str) -> None:
    """Every list written out one by one gives the same classes with the same counts as building them tick by tick."""
    walk = _standing_at(question)
    asked = walk.question
    assert asked
    assert asked.kind is QuestionKind.MANY
    options = asked.offered(walk.here)
    ticks = [option.id for option in options if not option.exclusive]
    lists: list[Answer] = [(option.id,) for option in options if option.exclusive]
    lists += [some for size in range(1, len(ticks) + 1) for some in combinations(ticks, size)]
    by_hand: dict[Signature, int] = defaultdict(int)
    for answer in lists:
        after = walk.answer(question, answer).walk
        by_hand[signature(walk.flow, after.state, after.here)] += 1
    built: dict[Signature, int] = defaultdict(int)
    for choice in choices(walk, asked):
        after = walk.answer(question, choice.answer).walk
        built[signature(walk.flow, after.state, after.here)] += choice.stands_for
    assert built == by_hand
    assert sum(built.values()) == len(lists)


def test_the_worries_stand_for_every_list() -> None:
    walk = _standing_at("worry")
    asked = walk.question
    assert asked
    ticks = [option for option in asked.offered(walk.here) if not option.exclusive]
    alone = len(asked.offered(walk.here)) - len(ticks)
    assert sum(choice.stands_for for choice in choices(walk, asked)) == 2 ** len(ticks) - 1 + alone


def test_each_length_has_a_raw_path_that_goes_as_long() -> None:
    """The way back through the merged nodes is a real path: it can be walked, and it comes to the same point."""
    nodes = list(report().graph.complete)
    seen: dict[tuple[Kind, Who, int], Node] = {}
    for node in nodes:
        for who, questions in node.counts:
            seen.setdefault((kind_of(node), who, questions), node)
    for (_, who, questions), node in seen.items():
        walk, answers = node.path((who, questions))
        for question, answer in answers:
            walk = walk.answer(question, answer).walk
        assert len(walk.path) == questions + 1
        assert signature(walk.flow, walk.state, walk.here) == node.key


@pytest.mark.parametrize(
    ("who", "kind", "most"),
    [
        (Who.GUEST, Kind.DANGER, 1),
        (Who.KNOWN, Kind.DANGER, 1),
        (Who.GUEST, Kind.CHILD, 8),
        (Who.KNOWN, Kind.CHILD, 7),
        (Who.GUEST, Kind.CHILD_LATER, 17),
        (Who.KNOWN, Kind.CHILD_LATER, 16),
        (Who.GUEST, Kind.ADULT, 14),
        (Who.KNOWN, Kind.ADULT, 13),
        (Who.GUEST, Kind.OTHER, 17),
        (Who.KNOWN, Kind.OTHER, 16),
    ],
)
def test_no_walk_is_long(who: Who, kind: Kind, most: int) -> None:
    """The most questions to the advice, the first screen not counted; the worse the harm, the fewer."""
    assert max(report().lengths()[who, kind]) == most <= LIMITS[kind]


def test_every_path_is_counted_once() -> None:
    """The paths that a person can count: danger, and those who are no practitioners."""
    lengths = report().lengths()
    assert lengths[Who.GUEST, Kind.DANGER] == {0: 4, 1: 4}  # four exits of the first screen; start or mistake, yes or ?
    assert lengths[Who.KNOWN, Kind.DANGER] == {0: 4 * len(PROFILES), 1: 4 * len(PROFILES)}
    assert sum(sum(counts.values()) for counts in lengths.values()) == report().paths > 10**15


def test_after_the_advice_every_question_is_asked_and_every_path_is_saved() -> None:
    """And no answer there changes the advice."""
    after = report().after_advice
    assert (after.unreached, after.mistakes) == ((), ())
    assert after.nodes > 1000


def test_after_the_advice_a_question_that_is_never_needed_is_named() -> None:
    """From one advice alone not every question is needed."""
    walk = next(node.walk for node in report().graph.complete if node.walk.at_advice and not node.walk.here.told.age)
    after = from_the_advice(the_flow(), [walk])
    assert "informed" in after.unreached
    assert walk.flow.order[SAVED] > walk.flow.order["check"]


def test_the_report_says_what_was_found() -> None:
    lines = list(report().lines())
    assert lines[0] == f"{report().paths:,} paths to the advice"
    assert "  first-time guest, child at significant risk: 5 to 8 (limit 8)" in lines
    assert lines[-1] == "0 violations"
    assert str(Violation("INV-2", "O9", (("danger", ("no",)), ("worry", ("da", "fii"))))) == (
        "INV-2: O9 [danger=no worry=da+fii]"
    )


def _faulty() -> Flow:
    """Whoever was sent something by mistake is sent away, and after danger nobody is asked anything else."""
    flow = the_flow()
    ways = {
        **flow.ways[ANSWER],
        "entry": (Way("signpost", lambda here: here.answered("entry", "mistake"), ""), Way("danger", None, "")),
        "danger": (Way("advice", None, ""),),
    }
    return replace(flow, ways={**flow.ways, ANSWER: ways})


def test_a_faulty_machine_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else "no violations" would mean nothing. The progress is told in words."""
    monkeypatch.setitem(LIMITS, Kind.DANGER, 0)
    told: list[str] = []
    faulty = explore(_faulty(), progress=told.append)
    found = {violation.invariant: violation.what for violation in reversed(faulty.violations)}
    assert not faulty.holds
    assert found["INV-18"] == "a practitioner is sent away"
    assert found["limit"].startswith("1 questions for first-time guest, danger")
    assert "O5" in found["INV-24"]
    assert "None" in found["INV-26"]
    assert "age is never asked" in {v.what for v in faulty.violations if v.invariant == "reach"}
    assert "informed is never asked" in {v.what for v in faulty.violations if v.invariant == "after the advice"}
    assert told[0] == "walking to the advice"
    assert f"{len(faulty.violations)} violations" in list(faulty.lines())


def test_a_walk_that_its_answers_do_not_make_is_found_out() -> None:
    node = next(node for node in report().graph.complete if node.walk.at_advice and len(node.walk.path) > 3)
    wrong = Node(replace(node.walk, path=node.walk.path[:-1]), node.key)
    assert [what for _, what in _replayed(wrong)] == [
        "replaying the answers makes another walk",
        "one step back and forth makes another walk",
    ]
    assert list(_replayed(node)) == []


def test_words_that_break_an_invariant_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "texts_of", lambda advice: iter(["Ring 999.", "The child is not at risk."]))
    walk = Walk.begin(the_flow(), TODAY).answer("entry", ("danger",)).walk
    found = set(_Words().broken(Node(walk, ())))
    assert found == {("INV-12", "O1 says: The child is not at risk.")}


def test_advice_that_changes_after_it_was_given_is_found_out() -> None:
    known = profile(DEFAULT)
    before = walk_to_advice(the_flow(), TODAY, DEFAULT.but(harm=Harm.POSSIBLE), known)
    after = walk_to_advice(the_flow(), TODAY, DEFAULT.but(harm=Harm.SIGNIFICANT, tell_family=NO), known)
    assert list(_changed(before, after)) == [
        "advice changes the outcome from O5 to O3",
        "advice changes A-DONT-TELL",
        "advice changes A-TELL",
    ]
    assert list(_changed(before, before)) == []
