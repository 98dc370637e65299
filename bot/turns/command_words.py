"""The commands by name, with the one kind of argument that each may bring along.

Anything else that begins with a stroke is a sentence like any other, and is searched for danger words: "/help me he
has a knife" is a cry for help (INV-1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.turns.reference import PREFIX

_REFERENCE = rf"(?i:{re.escape(PREFIX)})[A-Za-z0-9]+"

ARGUMENTS: Mapping[str, re.Pattern[str] | None] = {
    "start": re.compile(r"[A-Za-z0-9_-]{1,64}"),  # https://core.telegram.org/bots/features#deep-linking
    "danger": None,
    "help": None,
    "back": None,
    "cancel": None,
    "why": None,
    "where": None,
    "rules": None,
    "records": re.compile(_REFERENCE),
    "disagree": re.compile(_REFERENCE),
    "mode": re.compile(r"new|edit"),
    "reminders": None,
    "privacy": None,
    "language": None,
    "delete_my_data": None,
    "organisation": None,  # its name is any words, so they are searched for danger words too
    "admin": None,
    "open": None,
    "mine": None,
    "find": re.compile(_REFERENCE),
    "duty": re.compile(r"(?i:on|off)?\s*((?i:until)\s+\d{1,2}:\d{2})?"),
    "rota": None,
    "receipt": re.compile(_REFERENCE + r"(-[A-Za-z0-9]{4}){4}"),
    "leave": None,
}
"""What may follow each command; None: nothing."""

_COMMAND = re.compile(r"/(?P<name>\w+)(?:@\w+)?(?P<argument>(?:\s.*)?)", re.DOTALL)


def parted(text: str) -> tuple[str, str]:
    """The command's name in small letters, without the bot's name behind it, and what follows it."""
    found = _COMMAND.fullmatch(text.strip())
    return (found["name"].lower(), found["argument"].strip()) if found else ("", "")


def is_proper_command(text: str) -> bool:
    """Whether this is nothing but a known command, alone or with its own kind of argument."""
    if not text.strip().startswith("/"):
        return False
    name, argument = parted(text)
    if name not in ARGUMENTS:
        return False
    kind = ARGUMENTS[name]
    return not argument or (kind is not None and kind.fullmatch(argument) is not None)
