"""The walk as drawings for people: one for each stage, made from the machine's own table, in the reader's words.

The drawings are Mermaid (flowchart), which code hosts and many editors show as pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten

from states.facts import Facts
from states.flow import ANSWER, ENDS, PASS_OVER, SAVED, SIGNPOST, Flow
from states.question import Here, Kind, Question, always
from states.text import Text
from states.words import fill

QUESTION_CHARACTERS = 70
LABEL_CHARACTERS = 44
OPTIONS_DRAWN = 7
"""A longer list is cut, with the number of those left out."""

END_WORDS = {SAVED: "The record is saved", SIGNPOST: "Somebody better placed helps"}
ANYWHERE = Here(Facts(), {})
_MARKS = re.compile(r"</?[a-z]+>")

INTRODUCTION = """\
# The walk, stage by stage

Made from the questions by `sharewise diagram --write docs/flow.md`; a test fails when it is out of date.

A box is a question with its options; one with slanted sides is a tick list. Every answer leads along a whole line. A
dashed line is taken without asking: the question could no longer change the advice, does not apply, or is skipped.
Rounded boxes belong to another stage. From every question, "danger now" leads to the emergency text at once; that way
is not drawn.
"""


def flow_page(flow: Flow) -> str:
    """The whole page, in Markdown: an introduction and one drawing for each stage."""
    drawn = (f"## {stage.capitalize()}\n\n```mermaid\n{drawing(flow, stage)}\n```\n" for stage in stages(flow))
    return "\n".join([INTRODUCTION, *drawn])


def stages(flow: Flow) -> tuple[str, ...]:
    """The stages in the order in which a walk first comes to them."""
    return tuple(dict.fromkeys(question.stage for question in flow.questions.values()))


def drawing(flow: Flow, stage: str) -> str:
    """One stage as a Mermaid flowchart."""
    own = [question for question in flow.questions.values() if question.stage == stage]
    edges = [edge for question in own for edge in _edges(flow, question)]
    near = dict.fromkeys(target for _, target, _, _ in edges if target not in {question.id for question in own})
    lines = ["flowchart TD"]
    lines += [f"    {question.id}{_box(question)}" for question in own]
    lines += [f"    {target}{_neighbour(flow, target)}" for target in near]
    for source, target, dashed, label in edges:
        arrow = "-.->" if dashed else "-->"
        lines.append(
            f"    {source} {arrow} {target}" if not label else f'    {source} {arrow}|"{_escaped(label)}"| {target}'
        )
    return "\n".join(lines)


Edge = tuple[str, str, bool, str]
"""Source, target, whether it is taken without asking, and its label."""


def _edges(flow: Flow, question: Question) -> Iterator[Edge]:
    for way in flow.ways[ANSWER][question.id]:
        yield question.id, way.target, False, way.label
    for way in flow.ways[PASS_OVER].get(question.id, ()):
        yield question.id, way.target, True, way.label or _why_passed_over(flow, question)


def _why_passed_over(flow: Flow, question: Question) -> str:
    if question.needed is always:
        return "skipped"
    if flow.before_advice(question.id):
        return "known, or no longer changes the advice"
    return "does not apply, or skipped" if question.optional else "does not apply"


def _box(question: Question) -> str:
    options = question.all_options(ANYWHERE)
    lines = [f"<b>{_first_words(question)}</b>"]
    lines += [_escaped(shorten(_plain(option.label), LABEL_CHARACTERS, placeholder="…")) for option in options]
    if len(options) > OPTIONS_DRAWN:
        lines = [*lines[:OPTIONS_DRAWN], f"… and {len(options) - OPTIONS_DRAWN + 1} more"]
    inside = "<br/>".join(lines)
    return f'[/"{inside}"/]' if question.kind is Kind.MANY else f'["{inside}"]'


def _neighbour(flow: Flow, target: str) -> str:
    if target in ENDS:
        return f'((("{END_WORDS[target]}")))'
    question = flow.questions[target]
    return f'(["{question.stage}: {_first_words(question)}"])'


def _first_words(question: Question) -> str:
    first_line = _plain(question.words(ANYWHERE)).split("\n")[0]
    return _escaped(shorten(first_line, QUESTION_CHARACTERS, placeholder="…"))


def _plain(text: Text) -> str:
    return _MARKS.sub("", str(fill(text, ANYWHERE)))


def _escaped(text: str) -> str:
    """Quotes and brackets as Mermaid's entity codes."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
