"""Follow-ups: "did you?", "have they answered you?", and what to do after each answer (RF-1 to RF-3).

The question comes unasked, so it holds a record's reference and nothing of the case.
"""

from __future__ import annotations

from datetime import datetime

from bot.local_time import local
from bot.screens.disagreement_screens import they_will_not_act
from bot.screens.pages import WAY_OUT
from bot.screens.record_screens import BEGIN
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from bot.screens.unasked_screens import RING_999, also_unfinished
from bot.screens.walk_screens import DANGER, GO_ON, LEAD
from states.editions import Edition
from states.following_up import REPLIES, Asked, Reply
from states.following_up_words import LABELS, QUESTIONS, REASON_LABELS
from states.outcomes.statement import Notice, holding
from states.text import Text, joined, say

GO_UP = {"ES-1", "ES-2"}
"""Rules whose sentences lead on to what to do when they will not act."""


def follow_up_screen(reference: str, asked: Asked, *, in_walk: bool, closes_at: datetime | None) -> Screen:
    """The question that stands over a record. It may stand where a reminder of something unfinished stood."""
    buttons = tuple(
        (Button(LABELS[reply], Press("follow", reply, reference), _said(reply)),) for reply in REPLIES[asked]
    )
    return Screen(
        (
            Paragraph(_about(QUESTIONS[asked], reference), bold=True),
            *paragraphs(
                say("I ask until you answer. Your answer is kept with the record."),
                also_unfinished(local(closes_at).date()) if closes_at else None,
                RING_999,
            ),
        ),
        (*buttons, _record(reference), (GO_ON,) if in_walk else (BEGIN,), (LEAD, DANGER)),
    )


def _said(reply: Reply) -> tuple[str, ...]:
    return {
        Reply.YES: ("yes", "done", "i did", "i have"),
        Reply.HEARD: ("yes", "they have"),
        Reply.NOT_HEARD: ("no", "not yet", "nothing"),
        Reply.NOT_YET: ("no", "not yet", "later"),
        Reply.WILL_NOT: ("i will not", "never"),
    }.get(reply, ())


def will_not_screen(reference: str) -> Screen:
    """A reason now is worth more than one remembered later."""
    buttons = tuple(
        (Button(label, Press("follow", f"reason-{reason}", reference)),) for reason, label in REASON_LABELS.items()
    )
    return Screen(
        (
            Paragraph(_about(say("{reference}: what is your main reason?"), reference), bold=True),
            *paragraphs(say("You may well be right. It is kept with the record.")),
        ),
        (*buttons, (Button(say("I will do it after all"), Press("follow", "after_all", reference)),), *WAY_OUT),
    )


def followed_screen(
    reference: str,
    notice: Notice,
    edition: Edition,
    again_at: datetime | None,
    *,
    at: datetime,
    after_all: bool = False,
) -> Screen:
    """What to do now, with the rules behind it, and when it is asked again."""
    rules = holding(tuple(dict.fromkeys(rule for one in notice.sentences for rule in one.rules)), edition.nation)
    change: tuple[Row, ...] = (
        ((Button(say("I will do it after all"), Press("follow", "after_all", reference)),),) if after_all else ()
    )
    return Screen(
        (
            Paragraph(notice.headline, bold=True),
            Paragraph(joined([say("• {line}", line=one.text) for one in notice.sentences], "\n")),
            *paragraphs(
                say("I ask you again about {reference}: {moment}.", reference=reference, moment=when(again_at, at))
                if again_at
                else None,
                say("Rules: {ids}", ids=", ".join(rules)),
            ),
        ),
        (
            *change,
            *(((they_will_not_act(reference)),) if GO_UP & set(rules) else ()),
            (Button(say("Add something to it"), Press("add", reference), ("add",)),),
            _record(reference),
            *WAY_OUT,
        ),
    )


def _record(reference: str) -> Row:
    return (Button(say("Open the record"), Press("view", "record", reference), ("open", "open the record")),)


def _about(text: Text, reference: str) -> Text:
    return Text(text.msgid, (("reference", reference),))


def when(moment: datetime, at: datetime) -> Text:
    """The hour alone where it is today."""
    there = local(moment)
    if there.date() == local(at).date():
        return say("today at {time}", time=f"{there:%H:%M}")
    return say("on {day} at {time}", day=f"{there:%d.%m.%Y}", time=f"{there:%H:%M}")
