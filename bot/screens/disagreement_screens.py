"""The short walk for when they will not act, and what to do at its end (ES-1 to ES-3)."""

from __future__ import annotations

from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from states.disagreement import URGENT, Disagreement
from states.outcomes.statement import Notice
from states.text import joined, say

THEY_WILL_NOT_ACT = say("They will not act")


def they_will_not_act(reference: str) -> Row:
    """Leads into the walk, from wherever somebody may learn that they will not."""
    return (Button(THEY_WILL_NOT_ACT, Press("disagree", "", reference), ("they will not act", "disagree")),)


def question_screen(walk: Disagreement, reference: str) -> Screen:
    """One of its questions. Danger goes to 999 at once, as everywhere: before anything is saved (INV-1)."""
    question = walk.question
    if question is None:
        raise LookupError("the walk is at its end")
    buttons = tuple(
        Button(
            label,
            Press("danger")
            if question.id == "danger" and option in URGENT
            else Press("disagree", f"{walk.code}{number}", reference),
            number=number,
        )
        for number, (option, label) in enumerate(question.options, 1)
    )
    return Screen(
        (Paragraph(THEY_WILL_NOT_ACT, bold=True), *paragraphs(question.text)),
        (*((button,) for button in buttons), *WAY_OUT),
    )


def steps_screen(notice: Notice, reference: str, *, has_record: bool) -> Screen:
    """What to do, step by step, with the rules behind it."""
    rules = dict.fromkeys(rule for one in notice.sentences for rule in one.rules)
    own: tuple[Row, ...] = (
        (
            (Button(say("Add something to it"), Press("add", reference), ("add",)),),
            (Button(say("Open the record"), Press("view", "record", reference), ("open", "open the record")),),
        )
        if has_record
        else ()
    )
    return Screen(
        (
            Paragraph(notice.headline, bold=True),
            Paragraph(joined([say("• {line}", line=one.text) for one in notice.sentences], "\n")),
            *paragraphs(
                say("I added to record {reference} that they will not act.", reference=reference)
                if has_record
                else say("If you have a record of it, find it under /records and add each step there."),
                say("Rules: {ids}", ids=", ".join(rules)),
            ),
        ),
        (*own, *WAY_OUT),
    )
