"""Typed danger wins over every question (INV-1): every such message is heard, and quiet notes are seldom mistaken."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.typed.danger_phrases import PHRASES, DangerPhrases
from bot.typed.danger_words import means_danger

_HERE = Path(__file__).parent
DANGER = (_HERE / "danger_messages.txt").read_text(encoding="utf-8").splitlines()
TOLD_DANGER = (_HERE / "danger_messages_told.txt").read_text(encoding="utf-8").splitlines()
CLEAN = [
    note
    for name in ("clean_notes.txt", "clean_notes_unseen.txt")
    for note in (_HERE / name).read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("message", DANGER)
def test_inv_1_danger_is_heard(message: str) -> None:
    """A miss may cost a life."""
    assert means_danger(message)


@pytest.mark.parametrize("message", TOLD_DANGER)
def test_inv_1_danger_in_other_words_is_heard(message: str) -> None:
    """What happened, told in a sentence. Each batch was written before it was tried; a bit more than half of every
    new batch was missed at first, so the phrases are a net beside the danger button and never the only way."""
    assert means_danger(message)


def test_inv_1_a_slip_of_the_finger_is_heard_wherever_it_is() -> None:
    """A letter left out, put in, mistaken or swapped, in any place of any strong word but its very beginning."""
    english = PHRASES["en"]
    slips = {
        slip
        for word in english.strong
        if len(word) > 5
        for at in range(1, len(word))
        for slip in (
            word[:at] + word[at + 1 :],
            word[:at] + "x" + word[at:],
            word[:at] + "x" + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
    }
    assert [slip for slip in slips.difference(english.lookalikes) if not means_danger(slip)] == []


def test_inv_1_danger_is_heard_in_any_dress() -> None:
    """Capitals, full stops, curly quotes, full-width letters and words around it change nothing."""
    assert len(DANGER) >= 120
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for message in DANGER:
        assert means_danger(message.upper()), message
        assert means_danger(message.translate(wide)), message
        assert means_danger(message.replace("'", "’") + "!!"), message
        assert means_danger(f"  {message} .\n"), message


def test_quiet_notes_raise_at_most_three_false_alarms_in_a_hundred() -> None:
    alarms = [note for note in CLEAN if means_danger(note)]
    print(f"danger heard in {len(alarms)} of {len(CLEAN)} quiet notes ({100 * len(alarms) / len(CLEAN):.1f} %)")
    assert len(alarms) <= 0.03 * len(CLEAN), alarms


@pytest.mark.parametrize(
    ("message", "danger"),
    [
        ("no danger", False),
        ("Not in danger.", False),
        ("nobody is in danger", False),
        ("it's not an emergency", False),
        ("no danger, I think", True),
        ("not in danger but she is scared", True),
        ("not in danger. he has a knife", True),
    ],
)
def test_a_denial_counts_only_as_the_whole_message(message: str, danger: bool) -> None:
    """What follows a denial is often the point, so only the bare denial is believed."""
    assert means_danger(message) is danger


@pytest.mark.parametrize(
    ("message", "danger"),
    [
        ("missing school", False),
        ("missing a lot of school", False),
        ("missing school and missing since 4pm", True),
        ("emergency contact", False),
        ("emergency contact not answering, emergency", True),
        ("stranger", False),
        ("strangly", True),
        ("dangle", False),
        ("1999", False),
        ("help", False),
        ("back", False),
        ("yes", False),
        ("not sure", False),
        ("2", False),
        ("", False),
        ("drawing", False),
        ("leading", False),
    ],
)
def test_words_close_to_danger(message: str, danger: bool) -> None:
    assert means_danger(message) is danger


def test_every_language_is_matched_always() -> None:
    """A practitioner may fall back on the words of home; English still counts beside them."""
    invented = DangerPhrases(strong=("peryglus",), phrases=("mae o ar lawr",), unless=("dim peryglus",))
    both = {**PHRASES, "xx": invented}
    assert means_danger("Mae o ar lawr!", both)
    assert means_danger("perylgus", both)
    assert not means_danger("dim peryglus", {"xx": invented})
    assert means_danger("danger", both)
    assert not means_danger("mae o ar lawr")


def test_phrases_are_written_as_they_are_compared() -> None:
    """A phrase with an apostrophe or a capital, or one that begins with a gap, would never match."""
    for language in PHRASES.values():
        for phrase in (*language.phrases, *language.whole, *language.quiet, *language.unless, *language.strong):
            assert phrase == phrase.lower(), phrase
            assert not phrase.startswith("_"), phrase
            assert not set(phrase) & set("'’.!?\""), phrase
        everything = replace(language, unless=(), quiet=())
        for phrase in language.phrases:
            sample = " ".join(place.split("/")[0] for place in phrase.rstrip("*").split() if place != "_")
            assert means_danger(sample, {"en": everything}), phrase


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["a", "help ", "has ", "in ", "dange", "9", " ", "missing ", "é", "!"]), min_size=1))
def test_hostile_text_of_full_length_is_read_quickly(parts: list[str]) -> None:
    block = "".join(parts)
    text = (block * (4096 // len(block) + 1))[:4096]
    began = time.perf_counter()
    means_danger(text)
    assert time.perf_counter() - began < 2


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_a_word_of_danger_is_heard_in_the_middle_of_any_text(text: str) -> None:
    assert means_danger(f"{text}\n he has a knife \n{text}")
