"""What an organisation has arranged: all settings in a list, and each to be changed by a tap or by typing."""

from __future__ import annotations

from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs
from bot.store.organisations import Organisation
from states.arrangements import SETTINGS
from states.text import Text, say


def arrangements_screen(organisation: Organisation) -> Screen:
    """Every setting, a button each."""
    lines = [
        say("{setting}: {value}", setting=setting.words, value=setting.show(getattr(organisation.arrangements, name)))
        for name, setting in SETTINGS.items()
    ]
    rows = tuple((Button(setting.words, Press("arrange", name)),) for name, setting in SETTINGS.items())
    return Screen(
        (
            Paragraph(say("{organisation}: settings", organisation=organisation.name), bold=True),
            *paragraphs(*lines, say("Tap one to change it.")),
        ),
        (*rows, (Button(say("Everybody"), Press("view", "admin", organisation.id)),), *WAY_OUT),
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
