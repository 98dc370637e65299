"""An administrator changes what their organisation has arranged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import arrangement_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import organisations
from bot.store.organisations import Organisation
from bot.turns import later
from bot.turns.organisations import NOT_THERE, organisations_where
from bot.turns.turn import Turn
from states.arrangements import SETTINGS, NotAllowedError, changed
from states.roles import Action
from states.text import say


def _administered(turn: Turn) -> tuple[Organisation, str] | None:
    """The organisation that the chat shows, and which setting; None for what is not this person's to arrange."""
    organisation_id, _, name = turn.detail.partition("|")
    found = [one for one in organisations_where(turn, Action.ARRANGE) if one.id == organisation_id]
    return (found[0], name) if found else None


def _arrange(turn: Turn, what: Press) -> None:
    found = _administered(turn)
    if found is None or turn.seen != "arrangements" or what.first not in SETTINGS:
        turn.notice = NOT_THERE
    else:
        turn.show("arrangement", f"{found[0].id}|{what.first}")


def _choose(turn: Turn, what: Press) -> None:
    found = _administered(turn)
    choices = SETTINGS[found[1]].choices if found and found[1] in SETTINGS else ()
    number = int(what.first) if what.first.isdecimal() else len(choices)
    if turn.seen != "arrangement" or number >= len(choices):
        turn.notice = NOT_THERE
    else:
        type_arrangement(turn, choices[number])


def type_arrangement(turn: Turn, words: str) -> None:
    """A setting's new value was typed, or chosen."""
    found = _administered(turn)
    if found is None or found[1] not in SETTINGS:
        turn.notice = NOT_THERE
        return
    organisation, name = found
    try:
        made = changed(organisation.arrangements, name, words)
    except NotAllowedError:
        turn.notice = say("That does not fit, so nothing has changed. {hint}", hint=SETTINGS[name].hint)
        return
    organisations.arrange(turn.transaction, organisation.id, made)
    later.arranged(
        turn.transaction, organisation.id, organisation.arrangements, made, turn.surroundings.new_id, turn.at
    )
    turn.show("arrangements", organisation.id)
    turn.notice = say("Done.")


def arrangements_screen(turn: Turn) -> Screen | None:
    """All settings of an organisation that one administers."""
    found = _administered(turn)
    return None if found is None else screens.arrangements_screen(found[0])


def arrangement_screen(turn: Turn) -> Screen | None:
    """One of them."""
    found = _administered(turn)
    return screens.arrangement_screen(*found) if found and found[1] in SETTINGS else arrangements_screen(turn)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"arrange": _arrange, "choose": _choose}
