"""What a lead sees of calls for a lead beside the one they hold: lists, one found by its reference, the morning's
digest; and what can be done with a case. Never more of it than reference, urgency, time and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.local_time import local
from bot.screens import pages
from bot.screens.escalation_screens import ASKED_WORDS, GONE_ROUND, OUTCOMES, URGENCY_WORDS, WAY_OUT, clock
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from bot.store.closed_calls import EMPTIED
from bot.store.escalations import Escalation, Step
from bot.store.organisations import Member
from bot.store.tombstones import Tombstone
from states.escalation import LADDER, State
from states.roles import ROLE_WORDS, OrganisationRole
from states.text import Text, joined, say

LISTED = 8
STEPS_SHOWN = 15

STEP_WORDS: Mapping[str, Text] = {
    "asked": say("asked for a lead"),
    "cannot wait": say("it cannot wait"),
    "no answer": say("heard nothing, so the others were asked"),
    "taken": say("taken"),
    "declined": say("cannot take it"),
    "handed back": say("handed back"),
    "passed on": say("passed on"),
    "said": say("wrote"),
    "ring me": say("asked to be rung"),
    "look again": say("set a day to look again"),
    "closed": say("closed"),
}
"""What happened, as a record says it; beside the rungs."""


def step_words(step: Step) -> Text:
    """One step of an escalation, with the role, never the name, of who did it (REC-11)."""
    if step.what in {rung.value for rung in LADDER}:
        return say("I asked {who}", who=ASKED_WORDS[State(step.what)])
    if step.what == EMPTIED:
        return say("I deleted what was written here, as arranged.")
    what = STEP_WORDS.get(step.what, Text("{what}", (("what", step.what),)))
    if step.what == "closed" and step.text == "stopped":
        what = say("dealt with it, so nobody was asked any more")
    elif step.what == "closed" and step.text == GONE_ROUND:
        what = say("it may be about anybody here, so nobody is asked")
    elif step.what == "closed" and step.text in OUTCOMES:
        what = say("closed: {outcome}", outcome=OUTCOMES[step.text])
    role = ROLE_WORDS[OrganisationRole(step.role)] if step.role else say("somebody who has left")
    if step.role == OrganisationRole.PRACTITIONER:
        role = say("practitioner")
    return say("{role}: {what}", role=role, what=what)


def step_line(step: Step) -> Text:
    """The same with its time."""
    at = local(step.at)
    return say("{time} {words}", time=f"{at:%d.%m.%Y} {at:%H:%M}", words=step_words(step))


def standing(one: Escalation, holder: OrganisationRole | None) -> Text:
    """Reference, urgency, since when, and where it stands."""
    if one.waits:
        now = say("asking {who}", who=ASKED_WORDS[one.state])
    elif one.state is State.CLOSED:
        now = say("closed")
    elif holder is not None:
        now = say("taken by the {role}", role=ROLE_WORDS[holder])
    else:
        now = say("taken")
    return say(
        "{reference} · {urgency} · {day} {time} · {now}",
        reference=one.reference,
        urgency=URGENCY_WORDS[one.urgency],
        day=f"{local(one.made_at):%d.%m.}",
        time=clock(one.made_at),
        now=now,
    )


def _list(
    head: Text, none: Text, found: Sequence[tuple[Escalation, OrganisationRole | None]], view: str, begin: int = 0
) -> Screen:
    """A page of them, and a button to the next."""
    page = found[begin : begin + LISTED] or found[:LISTED]
    lines = [standing(one, role) for one, role in page]
    rows: tuple[Row, ...] = tuple(
        (Button(Text("{reference}", (("reference", one.reference),)), Press("view", "found", one.id)),)
        for one, _ in page
    )
    left = len(found) - begin - LISTED
    more = say("Show {count} more", count=left)
    next_ = ((Button(more, Press("view", view, str(begin + LISTED)), ("more",)),),) if left > 0 else ()
    return Screen((Paragraph(head if found else none, bold=True), *paragraphs(*lines)), (*rows, *next_, *pages.WAY_OUT))


def open_screen(found: Sequence[tuple[Escalation, OrganisationRole | None]], begin: int = 0) -> Screen:
    """/open: what nobody has closed, what waits first, the most urgent of it before the rest."""
    return _list(say("What is open:"), say("Nothing is open."), found, "open", begin)


def mine_screen(found: Sequence[tuple[Escalation, OrganisationRole | None]], begin: int = 0) -> Screen:
    """/mine: what one holds."""
    return _list(say("What you hold:"), say("You hold nothing."), found, "mine", begin)


def found_screen(
    one: Escalation,
    holder: OrganisationRole | None,
    steps: Sequence[Step],
    receipt: str,
    *,
    mine: bool,
    gone: Tombstone | None = None,
) -> Screen:
    """One call for a lead, as every lead may see it. `gone`: the record that it belonged to, if its time was over."""
    rows: list[Row] = []
    if mine:
        rows.append((Button(say("Open it"), Press("escalation", "answer", one.id), ("open",)),))
    elif one.waits:
        rows.append((Button(say("I'll take it"), Press("escalation", "take", one.id), ("take it",)),))
    return Screen(
        (
            Paragraph(standing(one, holder), bold=True),
            *paragraphs(
                joined([step_line(step) for step in steps[-STEPS_SHOWN:]], "\n"),
                say("Its record was deleted on {day}, as arranged.", day=day_words(gone.gone_on))
                if gone is not None
                else None,
                say("Its receipt: {receipt}", receipt=receipt),
            ),
        ),
        (*rows, *WAY_OUT),
    )


def digest_screen(name: str, found: Sequence[tuple[Escalation, OrganisationRole | None]]) -> Screen:
    """In the morning, to each lead: what is open."""
    return Screen(
        (
            Paragraph(say("Good morning. Open at {organisation}:", organisation=name), bold=True),
            *paragraphs(*(standing(one, role) for one, role in found[:LISTED]), say("/open shows all.")),
        )
    )


# ---- with a case in hand


def pass_on_screen(one: Escalation, others: Sequence[Member]) -> Screen:
    """To whom."""
    rows = tuple(
        (Button(say("{name}, {role}", name=each.name, role=ROLE_WORDS[each.role]), Press("offer", each.id)),)
        for each in others[:LISTED]
    )
    none = None if others else say("There is nobody to whom I could pass it on.")
    return Screen(
        paragraphs(
            Paragraph(say("Who shall take {reference} from you?", reference=one.reference), bold=True),
            say("It stays yours until they take it."),
            none,
        ),
        (*rows, _back(one), *WAY_OUT),
    )


def ring_me_screen(one: Escalation) -> Screen:
    """On which number."""
    return Screen(
        paragraphs(
            Paragraph(say("On which number shall they ring you?"), bold=True),
            say("Type your number. I pass it on to them, and delete it here."),
        ),
        (_back(one), *WAY_OUT),
    )


def hand_back_screen(one: Escalation) -> Screen:
    """With a word for whoever takes it next."""
    return Screen(
        paragraphs(
            Paragraph(say("What must the next lead know about {reference}?", reference=one.reference), bold=True),
            say("Type it, without names. Only whoever takes it next reads it. I ask everybody else at once."),
        ),
        ((Button(say("Nothing: hand it back"), Press("give_back"), ("nothing",)),), _back(one), *WAY_OUT),
    )


def differ_screen(one: Escalation) -> Screen:
    """A lead who sees it differently says why."""
    return Screen(
        paragraphs(
            Paragraph(say("What do you see differently, and why?"), bold=True),
            say("Type it, without names. They read it, and it stays with {reference}.", reference=one.reference),
        ),
        (_back(one), *WAY_OUT),
    )


def look_again_screen(one: Escalation) -> Screen:
    """When the lead wants to look at it again."""
    return Screen(
        paragraphs(
            Paragraph(say("When shall I remind you of {reference}?", reference=one.reference), bold=True),
            say("Tap, or type a day such as 31.12.2026."),
        ),
        (
            (
                Button(say("Tomorrow"), Press("remind", "tomorrow"), ("tomorrow",)),
                Button(say("In a week"), Press("remind", "week"), ("in a week", "week")),
            ),
            _back(one),
            *WAY_OUT,
        ),
    )


def _back(one: Escalation) -> Row:
    return (Button(say("Back to the case"), Press("escalation", "answer", one.id), ("back",)),)


def reminder_screen(reference: str) -> Screen:
    """On the day that the lead chose."""
    return Screen(
        paragraphs(
            Paragraph(say("You wanted to look at {reference} again today. /mine", reference=reference), bold=True)
        )
    )


def day_words(day: date) -> str:
    """A day as people here write it."""
    return f"{day:%d.%m.%Y}"
