"""What the bot shows by itself, and the question that it asks again after a long pause.

A phone shows the first line of a message to whoever sees its lock screen: it says nothing of what this is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.local_time import local
from bot.screens.pages import WAY_OUT
from bot.screens.record_screens import BEGIN, LOOKED_AGAIN, go_through_again, keep_longer
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from bot.screens.walk_screens import DANGER, GO_ON, LEAD, numbered, option_buttons, option_rows
from states.questions.danger import DANGER as DANGER_QUESTION
from states.text import Text, joined, say
from states.walk import Walk
from states.words import fill

RING_999 = say("If anyone is in danger now, ring 999.")


def returning_screen(walk: Walk) -> Screen:
    """After a long pause: 999, and danger asked again, before the walk goes on (INV-22)."""
    options = DANGER_QUESTION.offered(walk.here)
    buttons = option_buttons(DANGER_QUESTION, options, walk, frozenset())
    return Screen(
        (
            Paragraph(RING_999, bold=True),
            *paragraphs(
                say("You were away for a while. Your answers are kept. I ask this again before we go on:"),
                fill(DANGER_QUESTION.words(walk.here), walk.here),
                numbered(buttons),
            ),
        ),
        (*option_rows(DANGER_QUESTION, options, buttons), (LEAD, DANGER)),
        lists_numbers=True,
    )


def reminder_screen(reference: str, closes_on: date) -> Screen:
    """Once for each pause, without a sound: something was left unfinished, and when it ends."""
    return _unasked(
        say("You left something unfinished here."),
        say("Your answers are kept as {reference}. You can go on where you were, or stop.", reference=reference),
        say(
            "If you leave it, I close it on {day} and keep what you said as an unfinished record. I do not remind you "
            "before that.",
            day=_day(closes_on),
        ),
        rows=(
            (GO_ON,),
            (Button(say("Stop"), Press("view", "stop"), ("stop",)),),
            (Button(say("No more reminders"), Press("reminders", "off"), ("no reminders", "no more reminders")),),
        ),
    )


def closed_screen(reference: str) -> Screen:
    """A walk that lay still for too long is closed, as if it had been stopped. `reference`: "" where nothing was worth
    keeping."""
    kept = (
        say("What you said is kept as unfinished record {reference}. Find it under /records.", reference=reference)
        if reference
        else say("You had not answered anything yet, so nothing was kept.")
    )
    show: tuple[Row, ...] = (
        ((Button(say("Show the record"), Press("view", "record", reference), ("show the record", "record")),),)
        if reference
        else ()
    )
    return _unasked(
        say("What you left unfinished here is closed."),
        kept,
        say("If you are still worried, speak to your lead, or begin again with /start. That feeling counts."),
        rows=(*show, (BEGIN,)),
    )


def review_screen(
    references: Sequence[str], last: Sequence[str], *, first: bool, in_walk: bool, closes_on: date | None
) -> Screen:
    """The day that somebody chose to look again has come; not `first`: they did not say that they have. `last`: those
    of which they are reminded no more. It may stand where a reminder of something unfinished stood: `closes_on`."""
    named = ", ".join(references)
    one = len(references) == 1
    return _unasked(
        say("Today is a day that you chose.") if first else say("I remind you once more."),
        say("You wanted to look again at {references}.", references=named),
        say("Has anything changed? Has anyone answered you? If you are still worried, tell your lead today."),
        say(
            "I have asked several times about {references}, so this is the last time. You find it under /records.",
            references=", ".join(last),
        )
        if last
        else None,
        also_unfinished(closes_on) if closes_on else None,
        rows=(
            *((go_through_again(references[0]),) if one else ()),
            *(
                (
                    Button(
                        say("Open the record") if one else say("Open {reference}", reference=reference),
                        Press("view", "record", reference),
                        ("open", "open the record") if one else (reference,),
                    ),
                )
                for reference in references
            ),
            (Button(LOOKED_AGAIN, Press("review", "done"), ("done", "looked again", "i have looked again")),),
            (Button(say("Remind me tomorrow"), Press("review", "tomorrow"), ("tomorrow", "remind me tomorrow")),),
            (GO_ON,) if in_walk else (BEGIN,),
        ),
    )


def also_unfinished(closes_on: date) -> Text:
    """What a reminder said that stood here before."""
    return say("You also left something unfinished. I close it on {day}.", day=_day(closes_on))


def was_away_text(since: datetime, until: datetime, lost_before: datetime, reference: str, *, lead: bool) -> Screen:
    """The bot was out of reach for longer than Telegram keeps what people send. It stands beside the screen."""
    return Screen(
        (
            Paragraph(say("I was out of reach, and am back."), bold=True),
            *paragraphs(
                say(
                    "From {since} to {until} nothing reached me. What you sent me before {lost} is lost: please say it "
                    "again. What I had saved is safe.",
                    since=_moment(since),
                    until=_moment(until),
                    lost=_moment(lost_before),
                ),
                say("Your answers are kept as {reference}. Type /start to come back to them.", reference=reference)
                if reference
                else None,
                say("You told me that you are a lead. Somebody may have needed you in that time: please ask your team.")
                if lead
                else say("If you were waiting for advice, ring your safeguarding lead."),
                RING_999,
            ),
        )
    )


def ends_screen(goes_on: Mapping[str, date], *, in_walk: bool, closes_on: date | None) -> Screen:
    """Some records are deleted on these days (RET-5): once, without a sound."""
    one = len(goes_on) == 1
    days = [say("• {reference} on {day}", reference=each, day=_day(day)) for each, day in goes_on.items()]
    return _unasked(
        say("I delete something here soon that you saved."),
        joined(days, "\n"),
        say("Is it copied into your organisation's own records? If not, open it and copy it now."),
        say("I keep it longer if you tap that, or add what is new to it."),
        also_unfinished(closes_on) if closes_on else None,
        rows=(
            *(
                (
                    Button(
                        say("Open the record") if one else say("Open {reference}", reference=each),
                        Press("view", "record", each),
                        ("open", "open the record") if one else (each,),
                    ),
                    keep_longer(each, one=one),
                )
                for each in goes_on
            ),
            (GO_ON,) if in_walk else (BEGIN,),
        ),
    )


def tidied_screen(reference: str) -> Screen:
    """In the place of a screen that nobody has touched for long, so that nothing of the case rests in the chat."""
    return _unasked(
        say("I have tidied this chat."),
        say("Your answers are kept as {reference}. Tap Go on to come back to them.", reference=reference)
        if reference
        else say("You find your records under /records. Tap Go on, or type /start, to begin anew."),
        rows=((GO_ON,),),
    )


def reminders_screen(*, wanted: bool) -> Screen:
    """Whether to be reminded of what is unfinished."""
    now = (
        say("Now: on. When you leave questions unfinished, I remind you once, after a day, without a sound.")
        if wanted
        else say("Now: off. I do not remind you of questions that you left unfinished.")
    )
    other = (
        Button(say("Turn them off"), Press("reminders", "off"), ("off", "turn them off", "no reminders"))
        if wanted
        else Button(say("Turn them on"), Press("reminders", "on"), ("on", "turn them on"))
    )
    return Screen(
        (
            Paragraph(say("Reminders"), bold=True),
            *paragraphs(
                now,
                say(
                    "After a week without an answer I close them and keep what you said as an unfinished record. I "
                    "tell you when I do."
                ),
                say("Of a day that you chose to look again I always remind you."),
                say("What you said you would do I ask about until you answer."),
            ),
        ),
        ((other,), *WAY_OUT),
    )


def _unasked(first_line: Text, *texts: Text | None, rows: tuple[Row, ...]) -> Screen:
    return Screen((Paragraph(first_line, bold=True), *paragraphs(*texts, RING_999)), (*rows, (LEAD, DANGER)))


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _moment(moment: datetime) -> str:
    return local(moment).strftime("%d.%m.%Y, %H:%M")
