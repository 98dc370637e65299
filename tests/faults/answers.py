"""The laws of answers: what was tapped is in the log or in the record, once, in order; and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from bot.screens.codes import ALWAYS, Pressed
from tests.faults.history import DealtWith, History, pressed_by
from tests.faults.options import answer_of
from tests.faults.store_contents import Line, RecordHeld

ANSWERING = ("option", "done", "emergency", "note")
"""Verbs of buttons that may answer a question."""
SAVES = "check"
"""The question whose answer saves the record."""


def answers_law(history: History, logs: dict[str, tuple[Line, ...]]) -> Iterator[str]:
    """Every answer stands in its walk's log, by the turn of the tap that gave it, and every line has such a turn.

    `logs` is what was found before, by walk; it is brought up to date.
    """
    by_moment = {one.moment: one for one in history.dealt_with}
    for walk in history.walks:
        before = logs.get(walk.id, ())
        if walk.status == "open":
            if walk.log[: len(before)] != before:
                yield f"lines of walk {walk.reference} changed or vanished"
            logs[walk.id] = walk.log
            if [line.sequence for line in walk.log] != list(range(1, len(walk.log) + 1)):
                yield f"the log of walk {walk.reference} has a gap"
            turns = {line.at for line in walk.log}
            if not len(turns) <= walk.revision <= len(walk.log):
                yield f"walk {walk.reference} has revision {walk.revision} after {len(turns)} turns"
        for line in walk.log:
            cause = by_moment.get(line.at)
            if cause is None:
                yield f"nobody gave the answer {line.question}={line.answer}"
            elif cause.done.act.kind == "tap" and not _may_answer(cause):
                yield f"{cause.done.act} gave the answer {line.question}={line.answer}"
    for one in history.dealt_with:
        yield from _answered(history, one)


def _may_answer(cause: DealtWith) -> bool:
    """Only a button of the present screen answers; but those that speak of danger never grow old."""
    pressed = cause.pressed or pressed_by(cause.done.act)
    return pressed is not None and pressed.press.verb in (ALWAYS if cause.pressed is None else ANSWERING)


def _answered(history: History, one: DealtWith) -> Iterator[str]:
    """A tap on an option, or what was typed for it, has its line; unless that very answer stood there already."""
    pressed = _chosen(one)
    if pressed is None:
        return
    question = pressed.press.first
    answer = answer_of(question, one.done.act.chosen)
    walk = next(
        (walk for walk in history.walks if pressed.walk in ("", walk.reference) and walk.status == "open"), None
    )
    if walk is None or (not pressed.walk and not any(line.at == one.moment for line in walk.log)):
        return  # closed since: its record is looked at
    lines = [line for line in walk.log if line.at == one.moment and line.question == question and line.answer]
    stood = _standing(walk.log, one.moment).get(question)
    if not lines and stood is None:
        yield f"the answer {one.done.act} to {question} is lost"
    elif not lines and answer is not None and stood != answer:
        yield f"the answer {one.done.act} to {question} is lost; {stood} stands"
    elif lines and (len(lines) > 1 or (answer is not None and lines[0].answer != answer)):
        yield f"the answer {one.done.act} to {question} became {[line.answer for line in lines]}"


def _chosen(one: DealtWith) -> Pressed | None:
    """The button by which something was chosen; of a tick list only where something was ticked."""
    pressed = one.pressed
    if pressed is None or pressed.press.verb not in ("option", "done"):
        return None
    return None if pressed.press.verb == "done" and not one.done.act.chosen else pressed


def _standing(log: tuple[Line, ...], before: datetime) -> dict[str, tuple[str, ...]]:
    standing: dict[str, tuple[str, ...]] = {}
    for line in log:
        if line.at < before:
            if line.kind == "fell_away":
                standing.pop(line.question, None)
            else:
                standing[line.question] = line.answer
    return standing


def records_law(history: History) -> Iterator[str]:
    """Every walk that is closed has one record, and it holds the answers that were given last."""
    closed = {walk.id: walk for walk in history.walks if walk.status != "open"}
    kept = Counter(record.walk_id for record in history.contents.records if record.walk_id in closed)
    for walk in closed.values():
        if kept[walk.id] != 1:
            yield f"walk {walk.reference} is {walk.status} and has {kept[walk.id]} records"
    for record in history.contents.records:
        if record.walk_id in closed:
            yield from _holds_the_answers(history, record)


def _holds_the_answers(history: History, record: RecordHeld) -> Iterator[str]:
    held = {one["question"]: tuple(one["answer"]) for one in record.content["answers"]}
    given: dict[str, DealtWith] = {}
    for one in history.dealt_with:
        pressed = _chosen(one)
        if pressed is not None and pressed.walk == record.reference:
            given[pressed.press.first] = one
    for question, one in given.items():
        answer = answer_of(question, one.done.act.chosen)
        if (
            question in held
            and answer is not None
            and held[question] != answer
            and not _gone_since(history, question, one)
        ):
            yield f"record {record.reference} says {question}={held[question]}, but {one.done.act} came last"
        if record.status == "complete" and question not in held and question not in ("advice", SAVES):
            changed = {change["question"] for change in record.content["REC-14"]}
            if question not in changed:
                yield f"record {record.reference} lacks the answer {one.done.act} {one.done.act.chosen} to {question}"


def _gone_since(history: History, question: str, one: DealtWith) -> bool:
    """Whether something else than an option, such as "I have rung 999" or typed words, may have changed it later."""
    return any(
        later.moment > one.moment
        and (
            later.done.act.kind == "say"
            or (later.pressed and later.pressed.press.verb in ("emergency", "note", "nation", "role"))
        )
        for later in history.dealt_with
    )
