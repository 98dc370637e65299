"""The texts around the advice: static notices, people who are no practitioners, numbers, the call, serious harm."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from states.inputs import (
    YES,
    Age,
    Consent,
    Entry,
    Flag,
    Harm,
    Nation,
)
from states.outcomes import (
    Notice,
    how_serious,
    lead_unavailable,
    not_for_you,
    numbers_to_ring,
    store_down,
    unsafe_to_ring,
    what_to_say,
)
from tests.states.any_facts import DEFAULT, advised

ADULT = {"age": Age.ADULT}
SERIOUS = {"harm": Harm.SIGNIFICANT}
REFUSED = {"consent": Consent.REFUSED}

NOTICES: dict[str, tuple[Notice, tuple[str, ...]]] = {
    "unsafe to ring": (unsafe_to_ring(), ("press 55", "Text 999", "Leave if you can", "Ask someone you trust", "safe")),
    "lead unavailable": (
        lead_unavailable(),
        (
            "Do not wait",
            "deputy",
            "senior manager",
            "do not go to them",
            "social care team yourself",
            "Then tell",
            "Northern Ireland: your Health and Social Care Trust",
            "someone close to them",
            "999",
        ),
    ),
    "store down": (
        store_down(),
        ("cannot save anything just now", "say it again", "ring 999", "social care team", "as soon as I am back"),
    ),
}


@pytest.mark.parametrize("name", NOTICES)
def test_static_notices_say_what_to_do_with_nothing_behind_them(name: str) -> None:
    notice, must = NOTICES[name]
    texts = (notice.headline, *(sentence.text for sentence in notice.sentences))
    said = " ".join(map(str, texts))
    assert not [text for text in texts if text.values]
    assert all(words in said for words in must)
    assert len(said) <= 700


@pytest.mark.parametrize("nation", [None, *Nation])
@pytest.mark.parametrize(
    ("entry", "must"),
    [
        (Entry.UNDER_18, ("0800 1111", "not your fault", "grown-up you trust")),
        (Entry.ABOUT_ME, ("116 123", "help and care", "0800 1111", "101")),
        (Entry.PUBLIC, ("Anyone may report", "0808 800 5000", "adult")),
    ],
)
def test_inv_18_no_walk_but_people_who_help(entry: Entry, must: tuple[str, ...], nation: Nation | None) -> None:
    notice = not_for_you(entry, nation)
    said = " ".join((str(notice.headline), *(str(sentence.text) for sentence in notice.sentences)))
    if nation is Nation.OUTSIDE_UK:
        assert "112" in said
        assert not re.search(r"999|0800|0808|116 123|\b101\b", said)
    else:
        assert "999" in said
        assert all(words in said for words in must)
    assert "lead" not in said
    assert len(said) <= 700


def test_inv_18_a_worker_is_not_turned_away() -> None:
    with pytest.raises(ValueError, match="walk"):
        not_for_you(Entry.START, Nation.ENG)


def test_what_to_say_covers_the_call_and_keeps_names_out_of_the_chat() -> None:
    """RF-5, RF-6, COM-1..5 for a referral; for advice the names may stay out (GR3-2008)."""
    referral = " ".join(str(s.text) for s in what_to_say(*advised(**SERIOUS)))
    for words in ("who you are", "names, ages", "Never type them here", "own words", "what you think", "say it back"):
        assert words in referral
    for words in ("Who else".lower(), "interpreter", "who knows", "in writing within 24 hours", "Do not question"):
        assert words in referral.lower() or words in referral
    advice_call = " ".join(str(s.text) for s in what_to_say(*advised(harm=Harm.POSSIBLE)))
    assert "You can leave names out at first" in advice_call
    assert "in writing" not in advice_call


@pytest.mark.parametrize(
    ("changes", "has", "has_not"),
    [
        ({}, {"999", "55", "101", "childline", "nspcc"}, {"samaritans", "112", "act-early"}),
        ({"flags": frozenset({Flag.HBA_FM})}, {"karma-nirvana", "forced-marriage"}, set()),
        ({"flags": frozenset({Flag.SUICIDE})}, {"samaritans", "nhs-111"}, set()),
        ({"flags": frozenset({Flag.SUICIDE}), "nation": Nation.SCO}, {"samaritans"}, {"nhs-111"}),
        ({"flags": frozenset({Flag.RADICAL})}, {"act-early"}, set()),
        ({"flags": frozenset({Flag.RADICAL}), "nation": Nation.NI}, {"101"}, {"act-early"}),
        ({"flags": frozenset({Flag.SLAVERY})}, {"modern-slavery"}, set()),
        ({"age": Age.ADULT}, {"999"}, {"childline", "nspcc"}),
        ({"lead_blocked": YES, "harm": Harm.POSSIBLE}, {"whistleblowing"}, set()),
        ({"nation": Nation.OUTSIDE_UK}, {"112"}, {"999", "101", "childline"}),
    ],
)
def test_inv_17_numbers_fit_the_advice_and_no_local_one_is_guessed(
    changes: dict[str, Any], has: set[str], has_not: set[str]
) -> None:
    numbers = numbers_to_ring(*advised(**changes))
    ids = {contact.id for contact in numbers.contacts}
    assert has <= ids
    assert not has_not & ids
    assert numbers.contacts[0].id in ("999", "112")
    assert "guess" in str(numbers.local)
    assert not re.search(r"\d{4}", str(numbers.local))


@pytest.mark.parametrize("age", Age)
def test_how_serious_gives_signs_and_asks_for_no_proof(age: Age) -> None:
    said = " ".join(str(sentence.text) for sentence in how_serious(replace(DEFAULT, age=age)).sentences)
    assert "You do not need proof" in said
    assert "add up" in said
