"""Every button can also be typed. A typed answer counts only when it can mean one thing: a wrong guess about danger or
consent would go into a decision record."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.typed.spoken_choice import NO, NONE, NOT_SURE, YES, Chosen, Spoken, choose

BACK = Spoken(None, "Back", ("back", "go back"))
DANGER = Spoken(None, "Someone is in danger now", ("danger", "999"))
THREE = (Spoken(1, "Yes", YES), Spoken(2, "No", NO), Spoken(3, "Not sure", NOT_SURE), BACK, DANGER)
SIGNS = (
    Spoken(1, "Bruises or marks"),
    Spoken(2, "Hungry or dirty"),
    Spoken(3, "Afraid and quiet"),
    Spoken(4, "Missing lessons"),
    BACK,
)
WITH_NONE = (*SIGNS, Spoken(5, "None of these", NONE))


def _labels(chosen: Chosen | None) -> list[str] | None:
    return None if chosen is None else [option.label for option in chosen.options]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *((text, "Yes") for text in ("1", "1.", "1)", " 1 ", "#1", "one", "One!", "option 1", "Option one", "first")),
        *(
            (text, "Yes")
            for text in ("the first one", "number 1", "1st", "yes", "YES", "Yes!!", "y", "yeah", "yep", "👍")
        ),
        *((text, "Yes") for text in ("１", "١", "𝟏", "1\ufe0f\u20e3", "\u200b1", "①", "ｙｅｓ", "👍🏽", "yes please")),
        *((text, "No") for text in ("2", "two", "no", "No.", "n", "nope", "nah", "second")),
        *((text, "Not sure") for text in ("3", "not sure", "Not sure?", "unsure", "idk", "dont know", "don't know")),
        *((text, "Not sure") for text in ("don’t know", "I don't know", "dunno", "maybe", "3.")),
        *((text, "Back") for text in ("back", "BACK", "go back")),
        *((text, "Someone is in danger now") for text in ("danger", "999", "someone is in danger", "someone")),
        *((text, None) for text in ("yes but not now", "yes and no", "no yes", "yes no", "not", "not yes", "1 or 2")),
        *(
            (text, None)
            for text in ("1 2", "1,2", "12", "0", "4", "999 1", "-1", "+1", "1.5", "1/2", "1-2", "£1", "1%")
        ),
        *((text, None) for text in ("", " ", "...", "?", "nos", "ye s", "is", "sure", "one two", "yes " * 200)),
    ],
)
def test_one_choice(text: str, label: str | None) -> None:
    assert _labels(choose(text, THREE)) == (None if label is None else [label])


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1, 3 and 4", ["Bruises or marks", "Afraid and quiet", "Missing lessons"]),
        ("1 3 4", ["Bruises or marks", "Afraid and quiet", "Missing lessons"]),
        ("4,1", ["Bruises or marks", "Missing lessons"]),
        ("1 & 2", ["Bruises or marks", "Hungry or dirty"]),
        ("one and two", ["Bruises or marks", "Hungry or dirty"]),
        ("1\n2", ["Bruises or marks", "Hungry or dirty"]),
        ("１、３".replace("、", ","), ["Bruises or marks", "Afraid and quiet"]),
        ("1 1", ["Bruises or marks"]),
        ("2", ["Hungry or dirty"]),
        ("bruises, hungry", ["Bruises or marks", "Hungry or dirty"]),
        ("afraid and quiet", ["Afraid and quiet"]),
        ("back", ["Back"]),
        ("none", []),
        ("None of these.", []),
        ("1 and back", None),
        ("1, 9", None),
        ("1 9", None),
        ("1-3", None),
        ("1.3", None),
        ("134", None),
        ("1 and then some", None),
        ("1, none", None),
        ("", None),
    ],
)
def test_several_choices(text: str, labels: list[str] | None) -> None:
    assert _labels(choose(text, SIGNS, several=True)) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [("none", ["None of these"]), ("5", ["None of these"]), ("1 5", None), ("1 and none", None)],
)
def test_none_of_these_stands_alone(text: str, labels: list[str] | None) -> None:
    assert _labels(choose(text, WITH_NONE, several=True)) == labels


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("it is safe", None),  # begins both
        ("it is safe to ask", 0),
        ("it is", None),
        ("i", None),
        ("i do", None),  # "I do not know" begins so and means the reverse
        ("i do not", 2),
        ("2", None),  # the second option, or "2 to 3 weeks"
        ("3", 2),
        ("2 to 3", 3),
    ],
)
def test_the_start_of_a_label_counts_when_it_can_mean_only_that(text: str, place: int | None) -> None:
    labels = ("It is safe to ask them", "It is safe, but they are away", "I do not know", "2 to 3 weeks")
    options = [Spoken(number, label) for number, label in enumerate(labels, start=1)]
    assert _labels(choose(text, options)) == (None if place is None else [labels[place]])


def test_labels_in_other_scripts_are_matched() -> None:
    options = (Spoken(1, "Так"), Spoken(2, "Ні"), Spoken(3, "Siŵr"))
    assert _labels(choose("так", options)) == ["Так"]
    assert _labels(choose("ні!", options)) == ["Ні"]
    assert _labels(choose("siwr", options)) == ["Siŵr"]


_WORDS = st.sampled_from(["yes", "no", "not", "sure", "but", "now", "1", "2", "safe", "they", "know", "maybe"])
_LABELS = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)
_OPTIONS = st.lists(st.tuples(_LABELS, st.lists(_LABELS, max_size=2)), min_size=1, max_size=5).map(
    lambda made: tuple(Spoken(number, label, tuple(synonyms)) for number, (label, synonyms) in enumerate(made, start=1))
)


@given(_OPTIONS, _LABELS)
def test_text_that_says_two_options_is_never_taken_for_one(options: tuple[Spoken, ...], text: str) -> None:
    """Labels and synonyms made at random collide often: whatever two options both answer to, chooses neither."""
    saying = [option for option in options if text in {option.label, *option.synonyms, str(option.number)}]
    chosen = choose(text, options)
    if len(saying) > 1:
        assert chosen is None
    elif chosen is not None:
        (option,) = chosen.options
        names = (option.label, *option.synonyms, str(option.number))
        assert any(name == text or name.startswith(text + " ") for name in names)


@given(st.integers(-1000, 5000), st.booleans())
def test_a_number_out_of_range_chooses_nothing(number: int, several: bool) -> None:
    assume(not 1 <= number <= 4)
    assert choose(str(number), SIGNS, several=several) is None


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.sampled_from([" ", ",", ", ", " and ", " & ", "\n"]))
def test_a_list_of_numbers_chooses_just_those(numbers: list[int], separator: str) -> None:
    chosen = choose(separator.join(map(str, numbers)), SIGNS, several=True)
    assert chosen is not None
    assert [option.number for option in chosen.options] == sorted(set(numbers))


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_without_error_and_one_choice_is_one(text: str, several: bool) -> None:
    chosen = choose(text, THREE, several=several)
    assert chosen is None or several or len(chosen.options) == 1


@given(st.sampled_from(["yes", "no", "1", "2", "not sure"]), st.text("abcdefgh", min_size=3, max_size=12))
def test_more_words_after_an_answer_make_it_unclear(answer: str, more: str) -> None:
    """ "yes but not now" is not yes."""
    assert choose(f"{answer} {more}", THREE) is None
