"""The advice on the screen, and the pages behind its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.i18n import Translator
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs, with_numbers
from bot.screens.walk_screens import DANGER, GO_ON, LAST_ROW, LEAD
from states.add_on_words import add_on_statement, shown_add_ons
from states.inputs import Nation
from states.outcomes import (
    emergency_statement,
    how_serious,
    numbers_to_ring,
    outcome_statement,
    unsafe_to_ring,
    what_to_say,
)
from states.questions.advice_given import ADVICE
from states.record import Shown
from states.references import RULE_REASONS, visible
from states.rules import O1
from states.text import Text, joined, say
from states.walk import Walk

RUNG_SAID = (
    *("rung", "i have rung", "done", "called", "rung 999", "called 999", "i rang 999"),
    *("i called 999", "i have called 999", "i've rung 999", "i've called 999"),
)


def shown_advice(walk: Walk, translate: Translator) -> Shown:
    """The advice as it is worded for this practitioner, for the record."""
    advice, edition = walk.here.advice, walk.here.edition
    if advice.outcome is O1:  # what the emergency screen says, and nothing that was not on it
        headline, *rest = emergency_statement().visible
        return Shown(translate(headline), tuple(map(translate, rest)), ())
    statement = outcome_statement(advice, edition)
    headline, *rest = statement.visible
    shorts = [add_on_statement(add_on, advice, edition).short for add_on in shown_add_ons(advice, edition)]
    return Shown(translate(headline), tuple(map(translate, rest)), tuple(map(translate, shorts)))


def advice_screen(walk: Walk, numbers: Text | None = None) -> Screen:
    """What to do now, first, with the local `numbers` of whom to ring; then what else matters in this case; the reasons
    are one tap away."""
    advice, edition = walk.here.advice, walk.here.edition
    if advice.outcome is O1:
        return emergency_screen()
    statement = outcome_statement(advice, edition)
    headline, *rest = statement.visible
    add_ons = shown_add_ons(advice, edition)
    also = [add_on_statement(add_on, advice, edition).short for add_on in add_ons]
    *sentences, next_step, footing = rest
    also_paragraph = Paragraph(joined([say("Also:"), *(say("• {line}", line=line) for line in also)], "\n"))
    more = (
        (Button(say("More on this ({count})", count=len(add_ons)), Press("view", "more"), ("more",)),)
        if add_ons
        else ()
    )
    return Screen(
        (
            Paragraph(headline, bold=True),
            *paragraphs(numbers, joined(sentences, "\n"), next_step),
            *((also_paragraph,) if also else ()),
            Paragraph(footing),
        ),
        (
            (
                Button(say("Numbers to ring"), Press("view", "numbers"), ("numbers", "numbers to ring")),
                Button(say("What to say"), Press("view", "what_to_say"), ("what to say",)),
            ),
            (Button(say("Why this advice"), Press("view", "why"), ("why", "why this advice")), *more[: len(add_ons)]),
            (
                Button(
                    say("Write down my decision"),
                    Press("option", ADVICE.id, "1"),
                    ("write down my decision", "write", "decision", "next"),
                    number=1,
                ),
            ),
            LAST_ROW,
        ),
    )


@cache
def emergency_screen() -> Screen:
    """Static: needs no walk, no edition, no store (INV-1, INV-16). Its buttons work however old they are."""
    headline, *sentences, next_step, footing = emergency_statement().visible
    screen = Screen(
        (Paragraph(headline, bold=True), *paragraphs(joined(sentences, "\n"), next_step, footing)),
        (
            (Button(say("I have rung 999"), Press("emergency", "rung"), RUNG_SAID),),
            (
                Button(
                    say("I cannot ring safely"),
                    Press("emergency", "unsafe"),
                    ("cannot", "i cannot", "i cannot ring safely"),
                ),
                LEAD,
            ),
            (
                Button(
                    say("Not an emergency after all: go back"),
                    Press("emergency", "back"),
                    ("back", "go back", "not an emergency", "no"),
                ),
            ),
        ),
    )
    return with_numbers(screen)


@cache
def unsafe_screen() -> Screen:
    """Ways to get help for somebody who cannot ring safely (EM-2)."""
    notice = unsafe_to_ring()
    screen = Screen(
        (Paragraph(notice.headline, bold=True), Paragraph(joined([one.text for one in notice.sentences], "\n"))),
        (
            (Button(say("I have rung 999"), Press("emergency", "rung"), RUNG_SAID),),
            (LEAD, Button(say("Back"), Press("emergency", "show"), ("back",))),
        ),
    )
    return with_numbers(screen)


def numbers_screen(walk: Walk, given: Sequence[Text], rows: tuple[Row, ...]) -> Screen:
    """Numbers that fit this advice; a local number that is not known is never guessed (INV-17).

    `given`: what organisations gave, under their names. `rows`: buttons to all of it.
    """
    numbers = numbers_to_ring(walk.here.advice, walk.here.edition)
    abroad = walk.here.edition.nation is Nation.OUTSIDE_UK
    lines = [
        say("{name}: {number}. {note}", name=contact.name, number=contact.number, note=contact.note)
        if contact.note
        else say("{name}: {number}", name=contact.name, number=contact.number)
        for contact in numbers.contacts
    ]
    checked = max(contact.checked_on for contact in numbers.contacts)
    return Screen(
        (
            Paragraph(say("Numbers to ring"), bold=True),
            *paragraphs(
                *given,
                numbers.local if abroad or not given else None,
                joined(lines, "\n"),
                say("Last checked: {day}", day=checked.strftime("%d.%m.%Y")),
            ),
        ),
        (*rows, (GO_ON,), (LEAD, DANGER)),
    )


def what_to_say_screen(walk: Walk) -> Screen:
    """What to say on the phone (RF-5, RF-6)."""
    lines = [say("• {line}", line=sentence.text) for sentence in what_to_say(walk.here.advice, walk.here.edition)]
    return _page(say("What to say"), joined(lines, "\n"))


def why_screen(walk: Walk) -> Screen:
    """The reasons: for the advice, every rule that spoke; for a question, why it is asked. Then back to it."""
    question = walk.question
    if question is not None and question.id != ADVICE.id:
        ids = visible(question.rules, walk.here.edition.nation)
        return _page(say("Why I ask"), question.why, _rules(ids))
    advice, edition = walk.here.advice, walk.here.edition
    reasons, others = _reasons(walk)
    return _page(
        say("Why this advice"),
        joined(reasons, " "),
        joined([say("• {line}", line=line) for line in others], "\n") if others else None,
        _rules((*advice.rules, *visible(advice.because, edition.nation))),
        say("{title}, last reviewed {day}.", title=edition.title, day=edition.reviewed_on.strftime("%d.%m.%Y")),
    )


def reasons_of(walk: Walk) -> tuple[Text, ...]:
    """Why this advice, for whoever is asked about it."""
    reasons, others = _reasons(walk)
    return (*reasons, *others)


def _reasons(walk: Walk) -> tuple[list[Text], list[Text]]:
    """The reasons of the outcome, and those of the other rules that spoke."""
    advice = walk.here.advice
    reasons = [sentence.text for sentence in outcome_statement(advice, walk.here.edition).reason]
    return reasons, [RULE_REASONS[rule] for rule in advice.rules[1:] if RULE_REASONS[rule] not in reasons]


def meaning_screen(walk: Walk) -> Screen:
    """The help behind a question."""
    question = walk.question
    if question is not None and question.id in ("harm", "harm_again"):
        notice = how_serious(walk.here.facts)
        return _page(notice.headline, *(sentence.text for sentence in notice.sentences))
    return _page(say("What it means"), question.help if question is not None else None)


def more_screen(walk: Walk) -> Screen:
    """The add-ons of this advice in full."""
    advice, edition = walk.here.advice, walk.here.edition
    parts = []
    for add_on in shown_add_ons(advice, edition):
        statement = add_on_statement(add_on, advice, edition)
        parts.append(joined([say("• {line}", line=statement.short), *(one.text for one in statement.full)], " "))
    return _page(say("More on this"), *parts)


def _rules(ids: tuple[str, ...]) -> Text | None:
    return say("Rules: {ids}", ids=", ".join(ids)) if ids else None


def _page(title: Text, *texts: Text | None) -> Screen:
    return Screen((Paragraph(title, bold=True), *paragraphs(*texts)), ((GO_ON,), (LEAD, DANGER)))
