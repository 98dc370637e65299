"""The words of progress promise an upper bound; a broken promise makes people give up a walk that matters."""

from datetime import date

from states.flow import the_flow
from states.paths.remaining import at_most_after
from states.progress import AT_MOST_AFTER, progress
from states.walk import Walk
from tests.states.all_paths import report

ON = date(2026, 11, 22)


def test_the_table_is_the_longest_way_on_over_every_path() -> None:
    """No walk asks more questions than were promised, and the promise is no larger than it must be."""
    assert at_most_after(report().graph) == AT_MOST_AFTER


def test_progress_is_said_before_the_advice_and_not_after_it() -> None:
    """A count that runs on after the advice would make the record look like an exam."""
    walk = Walk.begin(the_flow(), ON)
    assert progress(walk) is None
    walk = walk.answer("entry", ("start",)).walk
    assert str(progress(walk)) == "Question 1. At most 16 more before my advice, often fewer."
    for question, answer in (
        ("danger", "no"),
        ("nation", "eng"),
        ("age", "u12"),
        ("worry", "none"),
        ("who_did", "none"),
        ("harm", "significant"),
    ):
        walk = walk.answer(question, (answer,)).walk
    assert str(progress(walk)) == "Question 7. At most 3 more before my advice, often fewer."
    walk = walk.answer("tell_family", ("no",)).walk
    assert walk.at_advice
    assert progress(walk) is None


def test_progress_is_known_for_a_child_at_serious_risk_beside_an_adult_who_is_not_harmed() -> None:
    """Found by walking at random: without this row the turn failed, in a walk about a child at serious risk."""
    walk = Walk.begin(the_flow(), ON)
    for question, answer in (
        ("entry", "start"),
        ("danger", "no"),
        ("nation", "eng"),
        ("age", "18p"),
        ("worry", "none"),
        ("who_did", "none"),
        ("harm", "none"),
        ("children", "significant"),
    ):
        walk = walk.answer(question, (answer,)).walk
    assert walk.state == "tell_family"
    assert str(progress(walk)) == "Question 8, the last before my advice."
