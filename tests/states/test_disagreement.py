"""When they will not act: danger comes first, every way ends with something to do, and nobody has to give up (ES-1 to
ES-3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from states.disagreement import Disagreement, disagreement, what_to_do
from states.editions import EDITIONS, Edition
from states.inputs import Nation
from states.references import REFERENCES


def every_walk(code: str = "") -> Iterator[Disagreement]:
    """Every walk there is, begun or ended."""
    walk = disagreement(code)
    yield walk
    if walk.question is not None:
        for number in range(1, len(walk.question.options) + 1):
            yield from every_walk(f"{code}{number}")


ENDS = [walk for walk in every_walk() if walk.question is None and not walk.urgent]


def said(walk: Disagreement, edition: Edition) -> str:
    return " ".join(str(one.text) for one in what_to_do(walk.answers, edition).sentences)


def test_danger_is_asked_first_and_not_sure_goes_to_999() -> None:
    """INV-1, INV-7: no question about who disagrees stands before somebody's life."""
    assert disagreement().question is not None
    assert {walk.question.id for walk in every_walk() if walk.code == "" and walk.question} == {"danger"}
    assert [disagreement(code).urgent for code in "123"] == [True, True, False]
    assert len(ENDS) == 10
    assert all(walk.code.startswith("3") for walk in ENDS)
    assert max(len(walk.code) for walk in every_walk()) == 4


@pytest.mark.parametrize("walk", ENDS, ids=lambda walk: walk.code)
@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.nation)
def test_every_end_says_what_to_do_in_every_nation(walk: Disagreement, edition: Edition) -> None:
    """A next step, a written record of each, 999 whatever else; and each sentence with its rules."""
    notice = what_to_do(walk.answers, edition)
    text = said(walk, edition)
    assert "Write down each step" in text
    assert "ring 999" in text
    assert "{" not in text
    assert all(one.rules and set(one.rules) <= set(REFERENCES) for one in notice.sentences)
    assert {"ES-1"} <= {rule for one in notice.sentences for rule in one.rules}


@pytest.mark.parametrize(
    ("code", "says", "never"),
    [
        ("3112", ("You may ring social care yourself", "0800 028 0285", "next senior person"), ("again",)),
        ("3111", ("Ring social care again today",), ()),
        ("3122", ("You may ring adult social care yourself", "with no name"), ("0800 028 0285",)),
        ("3212", ("speak to a manager", "escalation policy"), ("board", "again today")),
        ("3211", ("Ring social care again today", "escalation policy"), ()),
        ("3222", ("speak to a manager", "board or committee for adults at risk"), ("escalation policy",)),
        ("331", ("Ask for their reason", "Say more about your worry", "escalation policy"), ("again today",)),
        ("332", ("Ask for their reason", "board or committee for adults at risk"), ()),
    ],
)
def test_who_will_not_act_and_whom_it_is_about_lead_to_their_own_steps(
    code: str, says: tuple[str, ...], never: tuple[str, ...]
) -> None:
    """England's words; ES-2 for one's own organisation, ES-1 between agencies, ES-3 for what is kept back."""
    text = said(disagreement(code), EDITIONS[Nation.ENG])
    assert [words for words in says if words not in text] == []
    assert [words for words in never if words in text] == []


def test_no_uk_number_is_given_abroad() -> None:
    """INV-17: where the line does not answer, it is not named."""
    assert [walk.code for walk in ENDS if "0800" in said(walk, EDITIONS[Nation.OUTSIDE_UK])] == []


@pytest.mark.parametrize("code", ["0", "4", "34", "3113", "31111", "11", "x", "٣", "3 "])
def test_digits_that_no_walk_has_are_refused(code: str) -> None:
    """A button may come back as anything."""
    with pytest.raises(ValueError, match=r".*"):
        disagreement(code)
