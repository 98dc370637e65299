"""Being on duty: what a lead sees of their own hours, and everybody's hours in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.local_time import local
from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs
from bot.store.organisations import Member, Organisation
from states.roles import ROLE_WORDS
from states.rota import Hours, hours_text
from states.text import Text, joined, say

ALWAYS = say("always")
SHOWN_GAPS = 5
LEADS_SHOWN = 12
"""At a line of at most 250 characters, beside the gaps: Telegram takes 4,096 in all."""
HOURS_CHOICES = {
    "always": say("Always"),
    "work": say("Working days, 9 to 5"),
    "out": say("Nights, weekends and holidays"),
}


def when(moment: datetime) -> str:
    """A moment as people here write it."""
    return f"{local(moment):%d.%m.%Y %H:%M}"


def _hours(hours: Hours) -> Text | str:
    return hours_text(hours) or ALWAYS


def duty_screen(
    organisation: Organisation, mine: Sequence[Member], others: Sequence[Organisation], *, on: bool, alone: bool
) -> Screen:
    """Whether one is on duty now, and until when; no button says what is so already. `alone`: nobody else who is asked
    first is."""
    said, until = mine[0].duty.on, mine[0].duty.until
    now = say("You are on duty now.") if on else say("You are not on duty now.")
    why = (
        say("Your hours say so.")
        if said is None
        else say("You said so, until {time}.", time=when(until))
        if until is not None
        else say("You said so, and it stays until you say otherwise.")
    )
    hours = [say("Your hours as {role}: {hours}.", role=ROLE_WORDS[one.role], hours=_hours(one.hours)) for one in mine]
    stays = (said is True and until is None) or (said is None and not any(one.hours for one in mine))
    warning = say("Nobody else is on duty. If you go off, I ask everybody at once.") if alone else None
    change = tuple(
        (Button(say("Change my hours as {role}", role=ROLE_WORDS[one.role]), Press("view", "hours", one.id)),)
        for one in mine
    )
    switch = tuple((Button(Text("{name}", (("name", one.name),)), Press("view", "duty", one.id)),) for one in others)
    return Screen(
        (
            Paragraph(say("{now} ({organisation})", now=now, organisation=organisation.name), bold=True),
            *paragraphs(joined([why, *hours], "\n"), warning),
        ),
        (
            *(() if on and stays else ((Button(say("On duty from now"), Press("duty", "on"), ("on",)),),)),
            (Button(say("Off until tomorrow at nine"), Press("duty", "tomorrow"), ("off",)),),
            (Button(say("Off for a week"), Press("duty", "week")),),
            (Button(say("Off until I say otherwise"), Press("duty", "off")),),
            *(() if said is None else ((Button(say("As my hours say"), Press("duty", "hours"), ("my hours",)),),)),
            *change,
            (Button(say("Everybody's hours"), Press("view", "rota", organisation.id), ("rota",)),),
            *switch,
            *WAY_OUT,
        ),
    )


def hours_screen(one: Member, *, oneself: bool) -> Screen:
    """The hours of one part, to be typed or chosen."""
    whose = (
        say("When are you on duty as {role}?", role=ROLE_WORDS[one.role])
        if oneself
        else say("When is {name} on duty as {role}?", name=one.name, role=ROLE_WORDS[one.role])
    )
    return Screen(
        (
            Paragraph(whose, bold=True),
            *paragraphs(
                say("Now: {hours}.", hours=_hours(one.hours)),
                say("Tap, or type days and hours: Mon-Fri 09:00-17:00, Sat 10:00-14:00. Hol is a bank holiday."),
            ),
        ),
        (*((Button(words, Press("hours", key)),) for key, words in HOURS_CHOICES.items()), *WAY_OUT),
    )


def rota_screen(
    organisation: Organisation,
    members: Sequence[tuple[Member, bool]],
    gaps: Sequence[tuple[datetime, datetime]],
    others: Sequence[Organisation],
    *,
    may_test: bool = False,
) -> Screen:
    """Who answers when, who is on duty now, and when nobody is in the week to come. Whoever is on duty comes first."""
    lines = [
        say(
            "{name}, {role}: {hours}. {now}",
            name=one.name,
            role=ROLE_WORDS[one.role],
            hours=_hours(one.hours),
            now=say("On duty now.") if on else say("Not on duty now."),
        )
        for one, on in sorted(members, key=lambda found: not found[1])[:LEADS_SHOWN]
    ]
    if (left := len(members) - LEADS_SHOWN) > 0:
        lines.append(say("There are {count} more, who do not fit here.", count=left))
    empty = [
        say("From {begins} to {ends} nobody is on duty. I would ask everybody at once.", begins=when(a), ends=when(b))
        for a, b in gaps[:SHOWN_GAPS]
    ]
    fine = None if gaps else say("In the next seven days there is always somebody on duty.")
    switch = tuple((Button(Text("{name}", (("name", one.name),)), Press("view", "rota", one.id)),) for one in others)
    return Screen(
        (
            Paragraph(say("{organisation}: who answers when", organisation=organisation.name), bold=True),
            *paragraphs(joined(lines, "\n") if lines else None, *empty, fine),
        ),
        (
            *(((Button(say("Test it now"), Press("test", organisation.id), ("test",)),),) * may_test),
            (Button(say("My duty"), Press("view", "duty", organisation.id), ("duty",)),),
            *switch,
            *WAY_OUT,
        ),
    )
