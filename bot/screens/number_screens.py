"""Local numbers: as practitioners read them, with what is missing or old said and the way round it (INV-17); and what
an administrator sees and does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs, rows_of
from bot.screens.walk_screens import NUMBERS_ACROSS
from bot.store.local_numbers import LocalNumber
from bot.store.organisations import Organisation
from bot.typed.local_number import to_ring
from states.inputs import Nation
from states.outcomes.local_numbers import NEEDED, NumberKind, is_old, kind_words, route
from states.text import Text, joined, say

SOURCES = {
    "website": say("Their own website"),
    "asked": say("I rang them and asked"),
    "papers": say("Our own procedures"),
}
"""Where an administrator has a number from, by one tap."""


def named(name: str) -> Text:
    """An organisation's name above its numbers."""
    return Text("{name}", (("name", name),))


def day_of(day: date) -> str:
    """The day as people read it."""
    return f"{day:%d.%m.%Y}"


def missing_kinds(numbers: Iterable[LocalNumber], wanted: Collection[NumberKind]) -> list[NumberKind]:
    """Those of the kinds of which there is no number, in their order. Helplines are extra: none is missed."""
    there = {one.kind for one in numbers} | {NumberKind.HELPLINE}
    return [kind for kind in NumberKind if kind in wanted and kind not in there]


def _title(one: LocalNumber, organisation: Organisation) -> Text:
    kind = kind_words(one.kind, Nation(organisation.nation))
    label = Text("{label}", (("label", one.label),))
    if not one.label:
        return kind
    return label if one.kind is NumberKind.HELPLINE else joined([kind, label], ", ")


def _checked(one: LocalNumber, today: date) -> Text:
    if is_old(one.checked_on, today):
        return say("last checked on {day}, it may be wrong", day=day_of(one.checked_on))
    return say("checked on {day}", day=day_of(one.checked_on))


def _line(one: LocalNumber, organisation: Organisation, today: date) -> Text:
    """One number, so that a phone makes it a link, and how far it can be trusted."""
    head = say("{name}: {number}", name=_title(one, organisation), number=to_ring(one.number))
    hours = [Text("{hours}", (("hours", one.hours),))] if one.hours else []
    return joined([head, *hours, _checked(one, today)], " · ")


# ---- for practitioners


def numbers_of(
    organisation: Organisation, numbers: Sequence[LocalNumber], kinds: Collection[NumberKind], today: date
) -> Text:
    """Its numbers of these kinds, in their order. What is missing or old is said, with the way that is open without it;
    no number is guessed (INV-17)."""
    nation = Nation(organisation.nation)
    missing = missing_kinds(numbers, kinds)
    lines = []
    for kind in NumberKind:
        given = [one for one in numbers if one.kind is kind and kind in kinds]
        lines += [_line(one, organisation, today) for one in given]
        way = route(kind, nation).text
        if kind in missing:
            name = kind_words(kind, nation)
            lines.append(say("Your organisation has not given me its number for {kind}. {way}", kind=name, way=way))
        elif any(is_old(one.checked_on, today) for one in given):
            lines.append(say("If that is wrong: {way}", way=way))
    return joined([say("• {line}", line=line) for line in lines], "\n")


def everything_button(organisation: Organisation) -> Button:
    """To all that one organisation gave."""
    return Button(
        say("All numbers of {organisation}", organisation=organisation.name), Press("number", "all", organisation.id)
    )


def everything_screen(
    organisation: Organisation, numbers: Sequence[LocalNumber], others: Sequence[Organisation], today: date
) -> Screen:
    """All that one organisation gave. `others`: further ones to which one belongs."""
    return Screen(
        (
            Paragraph(say("Numbers of {organisation}", organisation=organisation.name), bold=True),
            *paragraphs(numbers_of(organisation, numbers, tuple(NumberKind), today), say("In danger, ring 999.")),
        ),
        (*((everything_button(one),) for one in others), *WAY_OUT),
    )


# ---- for administrators


def kept_screen(organisation: Organisation, numbers: Sequence[LocalNumber], today: date) -> Screen:
    """What there is, what is old or missing."""
    lines = [
        say("{number} {line}", number=place, line=_line(one, organisation, today))
        for place, one in enumerate(numbers, 1)
    ]
    nation = Nation(organisation.nation)
    missing = [kind_words(kind, nation) for kind in missing_kinds(numbers, tuple(NumberKind))]
    buttons = [
        Button(say("{number}", number=place), Press("number", "one", one.id), (), number=place)
        for place, one in enumerate(numbers, 1)
    ]
    add = Button(say("Add a number"), Press("number", "kinds", organisation.id), ("add", "add a number"))
    back = Button(say("All members"), Press("view", "admin", organisation.id), ("all members", "everybody", "all"))
    return Screen(
        (
            Paragraph(say("Numbers of {organisation}", organisation=organisation.name), bold=True),
            *paragraphs(
                joined(lines, "\n") if lines else None,
                joined([say("Missing:"), *(say("• {line}", line=kind) for kind in missing)], "\n") if missing else None,
                say("Tap a number to change it, or to say that it is still right.") if lines else None,
            ),
        ),
        (*rows_of(buttons, NUMBERS_ACROSS), (add,), (back,), *WAY_OUT),
        lists_numbers=True,
    )


def one_screen(organisation: Organisation, one: LocalNumber, today: date) -> Screen:
    """One number, and what can be done with it."""
    return Screen(
        (
            Paragraph(_line(one, organisation, today), bold=True),
            *paragraphs(
                say("It comes from: {source}", source=one.source),
                say("Ring it, or look where it comes from, before you say that it is right."),
            ),
        ),
        (
            (
                Button(
                    say("I have checked it: still right"), Press("number", "right", one.id), ("still right", "right")
                ),
            ),
            (Button(say("Change it"), Press("number", "change", one.id), ("change", "change it")),),
            (Button(say("Remove it"), Press("number", "remove", one.id), ("remove", "remove it")),),
            (_to_list(organisation),),
            *WAY_OUT,
        ),
    )


def kinds_screen(organisation: Organisation) -> Screen:
    """Whose number is to be added."""
    nation = Nation(organisation.nation)
    rows = tuple((Button(kind_words(kind, nation), Press("number", "add", kind.value)),) for kind in NumberKind)
    return Screen(
        paragraphs(Paragraph(say("Whose number is it?"), bold=True)), (*rows, (_to_list(organisation),), *WAY_OUT)
    )


def typed_screen(organisation: Organisation, kind: NumberKind) -> Screen:
    """The number is typed, with a name before it if it needs one."""
    name = kind_words(kind, Nation(organisation.nation))
    return Screen(
        paragraphs(
            Paragraph(say("Type the number for {kind}.", kind=name), bold=True),
            say("You can put a name before it, such as: Front door 020 7946 0123. Name no person."),
        ),
        ((_to_list(organisation),), *WAY_OUT),
    )


def source_screen(organisation: Organisation, number: str, label: str) -> Screen:
    """Where the typed number comes from."""
    rows: tuple[Row, ...] = tuple((Button(words, Press("number", "source", key)),) for key, words in SOURCES.items())
    shown = (
        say("{name}: {number}", name=label, number=to_ring(number))
        if label
        else Text("{number}", (("number", to_ring(number)),))
    )
    return Screen(
        paragraphs(
            Paragraph(shown, bold=True),
            say("Where do you have it from? Tap, or type it. By this you say that you checked it today."),
        ),
        (*rows, (_to_list(organisation),), *WAY_OUT),
    )


def reminder_screen(organisation: Organisation, numbers: Sequence[LocalNumber], today: date) -> Screen | None:
    """To each administrator: what is old, or missing and needed. None where all is well."""
    nation = Nation(organisation.nation)
    missing = [say("{kind}: missing", kind=kind_words(kind, nation)) for kind in missing_kinds(numbers, NEEDED)]
    old = [
        say("{name}: {checked}", name=_title(one, organisation), checked=_checked(one, today))
        for one in numbers
        if is_old(one.checked_on, today)
    ]
    if not missing and not old:
        return None
    return Screen(
        paragraphs(
            Paragraph(say("Please look at the numbers of {organisation}.", organisation=organisation.name), bold=True),
            joined([say("• {line}", line=line) for line in (*missing, *old)], "\n"),
            say("Somebody may need one of them tonight. Send /admin and tap Numbers. I remind you each month."),
        )
    )


def _to_list(organisation: Organisation) -> Button:
    return Button(say("All numbers"), Press("number", "list", organisation.id), ("all numbers", "numbers"))
