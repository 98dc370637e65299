"""Every scripted walk of this folder goes as it says, and together they take every way of the machine."""

from __future__ import annotations

import json

import pytest

from states.flow import ANSWER, PASS_OVER, SAVED, SIGNPOST, the_flow
from states.rules import Outcome
from states.script import ScriptError, found, script_data, script_from, script_of, walked
from states.walk import Walk
from tests.flows.scripts import FOLDER, scripts

NAMES = sorted(scripts())


@pytest.mark.parametrize("name", NAMES)
def test_a_script_goes_as_it_says(name: str) -> None:
    script = scripts()[name]
    walk = walked(the_flow(), script.known, script.on, script.answers)
    assert found(walk) == script.expect


@pytest.mark.parametrize("name", NAMES)
def test_a_script_is_written_as_it_was_read(name: str) -> None:
    """So that a chat saved as a script is the same script."""
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    script = script_from(data)
    assert script_data(script) == data
    assert script_of(script.title, walked(the_flow(), script.known, script.on, script.answers)) == script


def _ways_taken(walk: Walk) -> set[tuple[str, str, str]]:
    """Each way taken by a walk: trigger, question, target. Followed answer by answer."""
    taken: set[tuple[str, str, str]] = set()
    flow = walk.flow
    step = Walk.begin(flow, walk.on, walk.known)
    state = flow.first
    while state not in (SAVED, SIGNPOST):
        trigger = ANSWER if step.state == state else PASS_OVER
        if trigger == ANSWER:
            if state not in walk.here.answers:
                break
            step = step.answer(state, walk.here.answers[state]).walk
        ways = flow.ways[trigger][state]
        target = next(way.target for way in ways if way.condition is None or way.condition(step.here))
        taken.add((trigger, state, target))
        state = target
    return taken


def test_the_scripts_take_every_way_of_the_machine() -> None:
    flow = the_flow()
    taken = {
        way
        for script in scripts().values()
        for way in _ways_taken(walked(flow, script.known, script.on, script.answers))
    }
    every = {
        (trigger, question, way.target)
        for trigger, table in flow.ways.items()
        for question, ways in table.items()
        for way in ways
    }
    assert every - taken == set()


def test_the_scripts_ask_every_question_and_give_every_outcome() -> None:
    asked = {question for script in scripts().values() for question in script.expect.questions}
    assert asked == set(the_flow().questions)
    assert {script.expect.outcome for script in scripts().values()} == {None, *map(str, Outcome)}


GOOD = {
    "title": "A case",
    "known": {"nation": "eng"},
    "on": "2026-12-01",
    "answers": [["entry", "start"]],
    "expect": {"questions": ["entry", "danger"], "outcome": None, "add_ons": [], "ends": "danger"},
}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"known": {"nation": "france"}}, "france"),
        ({"known": {"hat": "red"}}, "hat"),
        ({"known": ["eng"]}, "cannot be read"),
        ({"on": "tomorrow"}, "tomorrow"),
        ({"answers": [[]]}, "cannot be read"),
        ({"answers": None}, "cannot be read"),
        ({"expect": {}}, "questions"),
    ],
)
def test_what_is_no_script_is_refused_with_what_is_wrong(change: dict[str, object], wrong: str) -> None:
    with pytest.raises(ScriptError, match=wrong):
        script_from({**GOOD, **change})


def test_a_script_without_a_title_is_refused() -> None:
    with pytest.raises(ScriptError, match="title"):
        script_from({name: value for name, value in GOOD.items() if name != "title"})
