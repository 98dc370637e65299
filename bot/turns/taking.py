"""The lead's side: taking what a ping asks for, answering, handing it back, closing it.

Whoever was not asked, or is by-passed, is answered as if there were nothing (INV-24, `states.roles`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import escalation_screens as screens
from bot.screens.screen import Press, Screen, paragraphs
from bot.store import due, escalations
from bot.store.escalations import Escalation, Step
from bot.turns.asking import holder_role, role_of
from bot.turns.ladder import give_back, left_out, settle
from bot.turns.later import ESCALATION, climb_now
from bot.turns.organisations import NOT_THERE, roles_in
from bot.turns.telling import tell
from bot.turns.turn import Turn
from states.escalation import CLOSE, TAKE, State, after
from states.roles import Action, may
from states.text import say


def _asked(turn: Turn, escalation_id: str) -> Escalation | None:
    """The escalation, if this person was asked for it and may take one; else None, as if it did not exist."""
    escalation = escalations.find(turn.transaction, escalation_id)
    if escalation is None or turn.person.id in left_out(escalation):
        return None
    asked = any(ping.person_id == turn.person.id for ping in escalations.pings_of(turn.transaction, escalation.id))
    return escalation if asked and may(roles_in(turn, escalation.organisation_id), Action.TAKE) else None


def _held(turn: Turn, escalation_id: str) -> Escalation | None:
    """The escalation that this person holds."""
    escalation = _asked(turn, escalation_id)
    held = escalation is not None and escalation.state is State.TAKEN and escalation.holder == turn.person.id
    return escalation if held else None


def _escalation(turn: Turn, what: Press) -> None:
    """A button of a ping, which may be old, or of one's case."""
    escalation = _asked(turn, what.second)
    if escalation is None:
        turn.notice = NOT_THERE
    elif what.first == "hand_back":
        _hand_back(turn, what)
    elif escalation.holder == turn.person.id and escalation.state is State.TAKEN:
        turn.show("case", escalation.id)
    elif not escalation.waits:
        turn.notice = screens.taken_words(escalation.reference, holder_role(turn, escalation))
    elif what.first == "take":
        _take(turn, escalation)
    else:
        _decline(turn, escalation)


def _take(turn: Turn, escalation: Escalation) -> None:
    """The first to take it stops the ladder for everybody."""
    escalations.save(turn.transaction, escalation.id, after(escalation.state, TAKE), turn.person.id)
    due.remove(turn.transaction, ESCALATION, escalation.id)
    role = role_of(turn, escalation, turn.person.id)
    _step(turn, escalation, "taken", "")
    words = Screen(paragraphs(screens.taken_words(escalation.reference, role)))
    settle(turn, escalation, words, turn.person.id)
    if escalation.asked_by is not None:
        tell(turn, escalation.asked_by, words, lane="urgent")
    turn.show("case", escalation.id)


def _decline(turn: Turn, escalation: Escalation) -> None:
    """Who cannot take it does not make the others wait; where everybody is asked already, the others still are."""
    _step(turn, escalation, "declined", "")
    if escalation.state is not State.EVERYBODY:
        climb_now(turn.transaction, [escalation.id], turn.at)
    turn.notice = say("All right, somebody else is asked.")


def _hand_back(turn: Turn, what: Press) -> None:
    escalation = _held(turn, what.second)
    if escalation is None:
        turn.notice = NOT_THERE
        return
    give_back(turn, escalation)
    turn.show_walk()
    turn.notice = say("{reference} is handed back. Everybody is asked.", reference=escalation.reference)


def _close(turn: Turn, what: Press) -> None:
    """It is dealt with; whoever asked reads how."""
    escalation = _held(turn, what.second)
    if escalation is None or what.first not in screens.OUTCOMES:
        turn.notice = NOT_THERE
        return
    escalations.save(turn.transaction, escalation.id, after(escalation.state, CLOSE), turn.person.id)
    _step(turn, escalation, "closed", what.first)
    if escalation.asked_by is not None:
        tell(turn, escalation.asked_by, screens.closed_screen(escalation.reference, what.first), lane="reply")
    turn.show_walk()
    turn.notice = say("{reference} is closed.", reference=escalation.reference)


def write_to_practitioner(turn: Turn, words: str) -> None:
    """Something was typed for whoever asked; the words are checked already."""
    escalation = _held(turn, turn.detail)
    if escalation is None:
        turn.notice = NOT_THERE
    elif escalation.asked_by is None:
        turn.notice = say("They asked me to forget them, so I cannot pass it on.")
    else:
        role = holder_role(turn, escalation)
        name = role.value if role else ""
        escalations.add_step(turn.transaction, escalation.id, Step(turn.at, "said", name, words))
        tell(turn, escalation.asked_by, screens.said_screen(escalation, name, words), lane="reply")
        turn.notice = say("I pass that on.")


def _step(turn: Turn, escalation: Escalation, what: str, text: str) -> None:
    role = role_of(turn, escalation, turn.person.id)
    escalations.add_step(turn.transaction, escalation.id, Step(turn.at, what, role.value if role else "", text))


# ---- what the chat shows


def case_screen(turn: Turn) -> Screen | None:
    """The case, for who holds it alone."""
    escalation = _held(turn, turn.detail)
    if escalation is None:
        return None
    return screens.case_screen(escalation, escalations.steps_of(turn.transaction, escalation.id))


def close_screen(turn: Turn) -> Screen | None:
    """How it ended."""
    escalation = _held(turn, turn.detail)
    return None if escalation is None else screens.close_screen(escalation)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"escalation": _escalation, "close": _close}
