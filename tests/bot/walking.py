"""Going through a walk by the labels on the buttons, as a person does, with a phone or in a chat without network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot.pocket.person import Screen as Seen
from bot.screens.walk_screens import shown_options
from bot.turns.turn import Turn
from states.question import SAVE_NOW, SKIP, Kind, Option, Question
from states.walk import Walk
from states.words import fill


class Chat(Protocol):
    """Somebody who writes, taps and reads."""

    def say(self, *texts: str) -> Seen: ...
    def tap(self, *labels: str) -> Seen: ...
    @property
    def screen(self) -> Seen: ...
    @property
    def turn(self) -> Turn: ...


Pick = Callable[[Question, tuple[Option, ...], Walk], tuple[str, ...]]

QUIET: Mapping[str, tuple[str, ...]] = {
    "entry": ("start",),
    "danger": ("no",),
    "nation": ("england",),
    "note": ("none",),
}
"""Answers that lead through a long walk without an emergency; elsewhere "not sure", or the first option."""


def quiet(question: Question, options: tuple[Option, ...], walk: Walk) -> tuple[str, ...]:
    ids = [option.id for option in options]
    wanted = QUIET.get(question.id, ())
    if set(wanted) <= set(ids) and wanted:
        return wanted
    return ("unsure",) if "unsure" in ids else (ids[0],)


def answer(chat: Chat, walk: Walk, *chosen: str) -> Seen:
    """Answer the question that the walk stands at by tapping; a tick list is ticked and ended with Done."""
    question = walk.question
    assert question is not None
    options = shown_options(question, walk.here)
    labels = {option.id: (str(fill(option.label, walk.here)), str(n)) for n, option in enumerate(options, 1)}
    seen = chat.screen
    for one in chosen:
        label, number = labels[one]
        seen = chat.tap(next(b for b in (label, number, f"✓ {label}", f"✓ {number}") if b in seen.buttons))
    if question.kind is Kind.MANY and not {SKIP, SAVE_NOW} & set(chosen):
        seen = chat.tap("Done")
    return seen


def step(chat: Chat, pick: Pick = quiet, walk: Walk | None = None) -> None:
    """Answer whatever is asked now. Whoever has just looked up the walk gives it: every look replays it."""
    walk = walk or chat.turn.walk
    question = walk.question
    assert question is not None
    if walk.at_advice:
        label = "I have rung 999" if "I have rung 999" in chat.screen.buttons else "Write down my decision"
        chat.tap(label)
    elif question.id == "check":
        chat.tap("Save the record")
    else:
        answer(chat, walk, *pick(question, shown_options(question, walk.here), walk))


def go_to(chat: Chat, wanted: str, pick: Pick = quiet) -> Seen:
    """Go on until this question, "advice" or "check" is asked, or the record is saved."""
    for _ in range(80):
        turn = chat.turn
        if turn.view == "saved" or turn.walk.state == wanted:
            return chat.screen
        step(chat, pick, turn.walk)
    raise AssertionError(f"never came to {wanted}")


def begin(chat: Chat, wanted: str = "danger", pick: Pick = quiet, **answers: Any) -> Seen:
    """A new person's /start, and on to this question."""
    chat.say("/start")

    def with_answers(question: Question, options: tuple[Option, ...], walk: Walk) -> tuple[str, ...]:
        return tuple(answers[question.id]) if question.id in answers else pick(question, options, walk)

    return go_to(chat, wanted, with_answers)
