"""What must be met with 999 before anything else, even before anything is saved (INV-1)."""

from __future__ import annotations

from bot.screens import codes
from bot.screens.screen import Press
from bot.turns.command_words import is_proper_command, parted
from bot.turns.incoming import Came, Incoming
from bot.turns.own_words import as_typed, labels_with_danger_words
from bot.typed.danger_words import means_danger
from states.questions.danger import DANGER

IN_DANGER = ("1", "2")
"""The numbers of "yes" and "not sure" at the danger question; a test holds them to it."""


def is_urgent(incoming: Incoming) -> bool:
    """A danger button, however old; danger answered with yes or not sure; danger typed, forwarded or under a photo."""
    if incoming.came in (Came.TEXT, Came.UNWANTED):
        return says_danger(incoming.text) and as_typed(incoming.text) not in labels_with_danger_words()
    if incoming.came is not Came.TAP:
        return False
    try:
        return presses_danger(codes.read(incoming.data).press)
    except codes.UnreadableButtonError:
        return False


def says_danger(text: str) -> bool:
    """The command, or words that mean it, also behind a stroke. Only what is nothing but a command is not searched."""
    written = text.strip()
    if written.startswith("/") and parted(written)[0] == "danger":
        return True
    return not is_proper_command(written) and means_danger(written.lstrip("/ "))


def presses_danger(what: Press) -> bool:
    """Whether this button says that somebody is, or may be, in danger now."""
    return what.verb == "danger" or (what.verb == "option" and what.first == DANGER.id and what.second in IN_DANGER)
