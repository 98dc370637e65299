"""On the way to a ping: whose lead, whom it must not reach, what may be read; and the end, when it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence

from bot.screens.escalation_screens import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs
from bot.store.escalations import Escalation
from bot.store.organisations import Organisation
from states.roles import ANSWER_FOR_LEADS, ROLE_LABELS, OrganisationRole
from states.text import Text, say

MAY_BE_LEFT_OUT = (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR)


GO_ROUND = say(
    "Then go round them. Ring social care yourself, or its out-of-hours team, or the police on 101. If it is about "
    "somebody who works with children, social care tells you who deals with that. If anyone is in danger, ring 999."
)


def where_screen(mine: Sequence[Organisation]) -> Screen:
    """For whoever belongs to several."""
    rows = tuple(((Button(Text("{name}", (("name", one.name),)), Press("ask", "where", one.id)),)) for one in mine)
    return Screen(paragraphs(Paragraph(say("Whose lead shall I ask?"), bold=True)), (*rows, *WAY_OUT))


def conflict_screen() -> Screen:
    """Asked before anybody is pinged or named (INV-24)."""
    return Screen(
        paragraphs(
            Paragraph(say("Before I ask anybody:"), bold=True),
            say("Is it about your lead, or about someone close to them?"),
            say(
                "Say yes too if it is about anybody else whom I might ask: a deputy, a duty contact, an administrator."
            ),
        ),
        (
            (
                Button(say("Yes"), Press("ask", "conflict", "yes"), ("yes",)),
                Button(say("Not sure"), Press("ask", "conflict", "unsure"), ("not sure", "unsure")),
                Button(say("No"), Press("ask", "conflict", "no"), ("no",)),
            ),
            *WAY_OUT,
        ),
    )


def without_screen() -> Screen:
    """Whom it must not reach, beside the lead."""
    others = [role for role in MAY_BE_LEFT_OUT if role is not OrganisationRole.LEAD]
    roles = tuple((Button(ROLE_LABELS[role], Press("ask", "without", role.value)),) for role in others)
    return Screen(
        paragraphs(
            Paragraph(say("I leave out the safeguarding lead. Anybody else?"), bold=True),
            say("They get nothing and see nothing, not even that you asked."),
        ),
        (
            (Button(say("Nobody else"), Press("ask", "without", "lead"), ("nobody else", "nobody")),),
            *roles,
            (Button(say("I am not sure, or all of them"), Press("ask", "without", "all")),),
            *WAY_OUT,
        ),
    )


def go_round_screen(numbers: Text | None = None) -> Screen:
    """Nobody inside may be asked (LA-3, EM-7)."""
    return Screen(paragraphs(Paragraph(say("I ask nobody here."), bold=True), GO_ROUND, numbers), WAY_OUT)


def what_screen(*, note: bool) -> Screen:
    """The practitioner decides what the lead may read."""
    with_note = ((Button(say("That, and my note"), Press("ask", "send", "note")),),) if note else ()
    return Screen(
        paragraphs(Paragraph(say("What may they read, once they have taken it?"), bold=True)),
        (
            (Button(say("The advice and its reasons"), Press("ask", "send", "advice")),),
            *with_note,
            (Button(say("Nothing: only that I ask"), Press("ask", "send", "nothing")),),
            *WAY_OUT,
        ),
    )


def stopped_words(reference: str) -> Text:
    """To whoever asked, and in the place of every ping."""
    return say("{reference} is dealt with. I ask nobody any more.", reference=reference)


def stop_screen(escalation: Escalation) -> Screen:
    """Whoever asked may end it before anybody takes it."""
    return Screen(
        paragraphs(
            Paragraph(say("Is {reference} dealt with?", reference=escalation.reference), bold=True),
            say("Then I stop asking, and tell everybody whom I asked."),
        ),
        (
            (Button(say("Yes, stop asking"), Press("own_call", "stop", escalation.id), ("yes", "stop")),),
            (Button(say("No, go on asking"), Press("escalation", "answer", escalation.id), ("no",)),),
            *WAY_OUT,
        ),
    )
