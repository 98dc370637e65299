"""What an organisation has arranged: all settings in a list, and each to be changed by a tap or by typing."""

from __future__ import annotations

from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs, rows_of
from bot.screens.walk_screens import NUMBERS_ACROSS
from bot.store.organisations import Organisation
from states.arrangements import SETTINGS
from states.text import Text, joined, say


def arrangements_screen(organisation: Organisation) -> Screen:
    """Every setting with its number, and a button each: their words are too long for a phone's buttons."""
    lines = [
        say(
            "{number} {setting}: {value}",
            number=number,
            setting=setting.words,
            value=setting.show(getattr(organisation.arrangements, name)),
        )
        for number, (name, setting) in enumerate(SETTINGS.items(), 1)
    ]
    each = [
        Button(say("{number}", number=number), Press("arrange", name), number=number)
        for number, name in enumerate(SETTINGS, 1)
    ]
    return Screen(
        (
            Paragraph(say("{organisation}: settings", organisation=organisation.name), bold=True),
            *paragraphs(joined(lines, "\n"), say("Tap a number to change that setting.")),
        ),
        (
            *rows_of(each, NUMBERS_ACROSS),
            (Button(say("All members"), Press("view", "admin", organisation.id), ("all members", "everybody", "all")),),
            *WAY_OUT,
        ),
        lists_numbers=True,
    )


def arrangement_screen(organisation: Organisation, name: str) -> Screen:
    """One setting."""
    setting = SETTINGS[name]
    value = setting.show(getattr(organisation.arrangements, name))
    rows = tuple(
        (Button(Text("{choice}", (("choice", choice),)), Press("choose", str(number))),)
        for number, choice in enumerate(setting.choices)
    )
    return Screen(
        (
            Paragraph(setting.words, bold=True),
            *paragraphs(say("Now: {value}.", value=value), say("Tap or type. {hint}", hint=setting.hint)),
        ),
        (*rows, (Button(say("All settings"), Press("view", "arrangements", organisation.id)),), *WAY_OUT),
    )
