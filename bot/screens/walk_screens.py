"""The walk on the screen: the first screen, a question, the check of the answers."""

from __future__ import annotations

from dataclasses import replace

from bot.screens.screen import SHORT_LABEL, Button, Paragraph, Press, Row, Screen, number_lines, paragraphs, rows_of
from bot.typed import spoken_choice
from states.inputs import Entry
from states.outcomes import not_for_you
from states.progress import progress
from states.question import SAVE_NOW, SKIP, Here, Kind, Option, Question
from states.questions.advice_given import CHECK
from states.questions.danger import ENTRY
from states.questions.recording import NOTE_WRITTEN
from states.record import chosen_labels
from states.text import Text, first_line, joined, say
from states.walk import Walk
from states.words import fill

NUMBER_GRID_FROM = 9
LONGEST_LABEL = 34
"""From this many options on, or with labels that a phone would cut, a tick list's buttons carry numbers alone."""
NUMBERS_ACROSS = 5
ALONE = (SKIP, SAVE_NOW)
"""Options that stand last, in a row of their own, and are never ticked."""

SAID: dict[str, tuple[str, ...]] = {
    "yes": spoken_choice.YES,
    "no": spoken_choice.NO,
    "unsure": spoken_choice.NOT_SURE,
    "none": spoken_choice.NONE,
    SKIP: ("skip", "next", "pass"),
    SAVE_NOW: ("save", "save now"),
}

LEAD = Button(say("Speak to my lead"), Press("lead"), ("lead", "speak to my lead", "my lead"))
DANGER = Button(say("Danger now"), Press("danger"))
BACK = Button(say("Back"), Press("back"), ("back", "go back"))
GO_ON = Button(say("Go on"), Press("go_on"), ("go on", "continue", "ok", "okay"))
WHY = Button(say("Why?"), Press("view", "why"), ("why",))
MEANING = Button(say("Explain"), Press("view", "meaning"), ("explain", "meaning", "what does this mean"))
DONE_SAID = ("done", "finished", "that is all")
LAST_ROW: Row = (BACK, LEAD, DANGER)
"""The same way out, in the same place, on every screen."""


def shown_options(question: Question, here: Here) -> tuple[Option, ...]:
    """The options that stand on the screen; that a note was written is said by writing it."""
    return tuple(option for option in question.offered(here) if option.id != NOTE_WRITTEN)


def option_buttons(
    question: Question, options: tuple[Option, ...], walk: Walk, ticks: frozenset[str]
) -> tuple[Button, ...]:
    """One button an option, in order; in a tick list each says whether it is ticked."""
    verb = "tick" if question.kind is Kind.MANY else "option"
    return tuple(
        Button(
            fill(option.label, walk.here),
            Press("option" if option.id in ALONE else verb, question.id, str(number)),
            SAID.get(option.id, ()),
            ticked=str(number) in ticks,
            number=number,
        )
        for number, option in enumerate(options, 1)
    )


def numbered(buttons: tuple[Button, ...]) -> Text:
    """The options as numbered text, for whoever cannot see or use the buttons (needs, point 13)."""
    return number_lines((button.number or 0, button.label, button.ticked) for button in buttons)


def option_rows(question: Question, options: tuple[Option, ...], buttons: tuple[Button, ...]) -> tuple[Row, ...]:
    """The options' buttons in rows: short labels beside each other, a long tick list as numbers alone."""
    alone = tuple(button for button, option in zip(buttons, options, strict=True) if option.id in ALONE)
    plain = buttons[: len(buttons) - len(alone)]
    longest = max((len(str(button.label)) for button in plain), default=0)
    if question.kind is Kind.MANY and (longest > LONGEST_LABEL or len(plain) >= NUMBER_GRID_FROM):
        by_number = [
            Button(say("{number}", number=button.number or 0), button.press, (), button.ticked, button.number)
            for button in plain
        ]
        rows = rows_of(by_number, NUMBERS_ACROSS)
    else:
        rows = rows_of(plain, len(plain) if longest <= SHORT_LABEL and len(plain) <= 4 else 1)
    return (*rows, alone) if alone else rows


def _where(walk: Walk) -> Text | None:
    """The line above a question: how far it is to the advice, or that what is asked is for the record."""
    if not walk.advised:
        return progress(walk)
    question = walk.question
    if question is not None and question.optional:
        return say("For the record. You can skip this.")
    return say("For the record.")


def question_screen(walk: Walk, ticks: frozenset[str]) -> Screen:
    """One question with its options."""
    question = walk.question
    if question is None:
        raise LookupError("the walk stands at no question")
    options = shown_options(question, walk.here)
    buttons = option_buttons(question, options, walk, ticks)
    help_row = [Button(say("Done"), Press("done", question.id), DONE_SAID)] if question.kind is Kind.MANY else []
    help_row.append(WHY)
    if question.help is not None:
        help_row.append(MEANING)
    return Screen(
        paragraphs(
            _where(walk),
            Paragraph(fill(question.words(walk.here), walk.here)),
            numbered(buttons),
        ),
        (*option_rows(question, options, buttons), tuple(help_row), LAST_ROW),
        lists_numbers=True,
    )


def first_screen(walk: Walk) -> Screen:
    """What a chat shows before a walk begins."""
    buttons = option_buttons(ENTRY, ENTRY.offered(walk.here), walk, frozenset())
    danger, start, mistake, about_me, under_18, public = buttons
    return Screen(
        paragraphs(Paragraph(ENTRY.words(walk.here), markup=True), numbered(buttons)),
        (
            (replace(danger, press=DANGER.press),),
            (replace(start, said=("start", "begin", "go")),),
            (mistake,),
            (about_me, under_18),
            (public,),
            (
                Button(say("Look something up"), Press("view", "look_up"), ("look something up", "rules")),
                Button(say("Other languages"), Press("view", "language"), ("language", "languages")),
            ),
            (LEAD,),
        ),
        lists_numbers=True,
    )


def signpost_screen(entry: Entry, walk: Walk) -> Screen:
    """For somebody for whom there is no decision walk (INV-18)."""
    notice = not_for_you(entry, walk.here.told.nation)
    return Screen(
        paragraphs(Paragraph(notice.headline, bold=True), *(sentence.text for sentence in notice.sentences)),
        (
            (Button(say("I chose this by mistake"), Press("back"), ("back", "mistake")),),
            (DANGER,),
        ),
    )


def kept_as_note_screen() -> Screen:
    """After "not an emergency": what was typed where a note was asked for may have been that note."""
    return Screen(
        paragraphs(
            say("You typed this where I asked for a note. Shall I keep it as your note?"),
            say("I took your message out of the chat. Keep it only if it names nobody, or type it again."),
        ),
        (
            (Button(say("It names nobody: keep it"), Press("note", "keep"), ("keep", "keep it", "it names nobody")),),
            (Button(say("Throw it away"), Press("note", "drop"), ("throw it away", "drop", "no")),),
            (LEAD, DANGER),
        ),
    )


def answers_paragraphs(walk: Walk) -> tuple[Paragraph, ...]:
    """Every answer so far, numbered so that it can be changed."""
    shown = changeable(walk)
    parts: list[Text] = []
    for number, id_ in enumerate(shown, 1):
        question = walk.flow.questions[id_]
        asked = first_line(fill(question.words(walk.here), walk.here))
        worded = joined(chosen_labels(question, walk.here.answers[id_], walk.here), "; ")
        parts.append(say("{number} {asked} → {answered}", number=number, asked=asked, answered=worded))
    return paragraphs(joined(parts, "\n")) if parts else ()


def changeable(walk: Walk) -> tuple[str, ...]:
    """The questions whose answers can be changed, in the order they were asked."""
    return tuple(id_ for id_ in walk.path if id_ not in ("entry", "advice", "check"))


def check_screen(walk: Walk) -> Screen:
    """Check your answers: all of them, each can be changed; then save."""
    changes = [
        Button(say("{number}", number=number), Press("change", id_), (), number=number)
        for number, id_ in enumerate(changeable(walk), 1)
    ]
    return Screen(
        (
            Paragraph(say("Please check your answers."), bold=True),
            *answers_paragraphs(walk),
            Paragraph(say("Tap a number to change that answer, or save.")),
        ),
        (
            (Button(say("Save the record"), Press("option", CHECK.id, "1"), ("save", "save the record", "done")),),
            *rows_of(changes, NUMBERS_ACROSS),
            LAST_ROW,
        ),
        lists_numbers=True,
    )
