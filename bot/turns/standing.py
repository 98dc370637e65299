"""Whether a tap came from the screen that the chat shows now."""

from __future__ import annotations

from bot.screens import codes
from bot.store.people import Person
from bot.turns.incoming import Came, Incoming


def on_present_screen(person: Person, incoming: Incoming) -> bool:
    """Whether this is a tap on a button of the present screen, in whatever message that stands."""
    if incoming.came is not Came.TAP or incoming.message_id is None:
        return False
    try:
        return codes.read(incoming.data).revision == person.screen.revision
    except codes.UnreadableButtonError:
        return False
