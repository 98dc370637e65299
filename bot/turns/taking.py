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
from bot.turns.ladder import WATCHED_EVERY, asked_now, give_back, left_out, next_rung_at, settle
from bot.turns.later import ESCALATION, climb_now
from bot.turns.organisations import NOT_THERE, roles_in
from bot.turns.telling import tell
from bot.turns.turn import Turn
from states.escalation import CLOSE, TAKE, State, after
from states.roles import Action, may
from states.text import say


def _asked(turn: Turn, escalation: Escalation | None) -> Escalation | None:
    """The escalation, if this person was asked for it and may take one; else None, as if it did not exist."""
    if escalation is None or turn.person.id in left_out(turn, escalation):
        return None
    asked = any(ping.person_id == turn.person.id for ping in escalations.pings_of(turn.transaction, escalation.id))
    return escalation if asked and may(roles_in(turn, escalation.organisation_id), Action.TAKE) else None


def _held(turn: Turn, escalation: Escalation | None) -> Escalation | None:
    """The escalation, if this person holds it."""
    asked = _asked(turn, escalation)
    held = asked is not None and asked.state is State.TAKEN and asked.holder == turn.person.id
    return asked if held else None


def _to_change(turn: Turn, escalation_id: str) -> Escalation | None:
    due.hold(turn.transaction, ESCALATION, escalation_id)
    return escalations.hold(turn.transaction, escalation_id)


def _escalation(turn: Turn, what: Press) -> None:
    """A button of a ping, which may be old, or of what one says to the other, or of one's case."""
    found = _to_change(turn, what.second)
    if found is not None and found.asked_by == turn.person.id and what.first == "answer":
        turn.show("asked", found.id)
        return
    escalation = _asked(turn, found)
    if escalation is None:
        turn.notice = NOT_THERE
    elif _held(turn, escalation) is not None:
        if what.first == "hand_back":
            _hand_back(turn, escalation)
        else:
            turn.show("case", escalation.id)
    elif not escalation.waits:
        turn.notice = screens.taken_words(escalation.reference, holder_role(turn, escalation))
    elif what.first == "take":
        _take(turn, escalation)
    elif what.first == "decline":
        _decline(turn, escalation)
    else:
        turn.notice = NOT_THERE


def _take(turn: Turn, escalation: Escalation) -> None:
    """The first to take it stops the ladder for everybody."""
    escalations.save(turn.transaction, escalation.id, after(escalation.state, TAKE), turn.person.id)
    due.move(turn.transaction, ESCALATION, escalation.id, turn.at + WATCHED_EVERY)
    role = role_of(turn, escalation, turn.person.id)
    _step(turn, escalation, "taken", "")
    words = Screen(paragraphs(screens.taken_words(escalation.reference, role)))
    settle(turn, escalation, words, turn.person.id)
    if escalation.asked_by is not None:
        tell(turn, escalation.asked_by, words, lane="urgent")
    turn.show("case", escalation.id)


def _decline(turn: Turn, escalation: Escalation) -> None:
    """Who cannot take it is not asked alone again, and the others do not wait for them."""
    _step(turn, escalation, "declined", "")
    escalations.decline(turn.transaction, escalation.id, turn.person.id)
    if escalation.state is State.EVERYBODY:
        turn.notice = say("All right. I go on asking, and ask you again if nobody takes it.")
        return
    if not asked_now(turn, escalation):
        climb_now(turn.transaction, [escalation.id], turn.at)
    turn.notice = say("All right. I ask somebody else.")


def _hand_back(turn: Turn, escalation: Escalation) -> None:
    _step(turn, escalation, "handed back", "")
    give_back(turn, escalation)
    due.move(turn.transaction, ESCALATION, escalation.id, next_rung_at(turn, escalation, State.EVERYBODY))
    turn.show_walk()
    turn.notice = say("{reference} is handed back. Everybody else is asked.", reference=escalation.reference)


def _close(turn: Turn, what: Press) -> None:
    """It is dealt with; whoever asked reads how."""
    escalation = _held(turn, _to_change(turn, what.second))
    if escalation is None or what.first not in screens.OUTCOMES:
        turn.notice = NOT_THERE
        return
    escalations.save(turn.transaction, escalation.id, after(escalation.state, CLOSE), turn.person.id)
    due.remove(turn.transaction, ESCALATION, escalation.id)
    _step(turn, escalation, "closed", what.first)
    if escalation.asked_by is not None:
        tell(turn, escalation.asked_by, screens.closed_screen(escalation.reference, what.first), lane="reply")
    turn.show_walk()
    turn.notice = say("{reference} is closed.", reference=escalation.reference)


def write_to_practitioner(turn: Turn, words: str) -> None:
    """Something was typed for whoever asked; the words are checked already."""
    escalation = _held(turn, escalations.find(turn.transaction, turn.detail))
    if escalation is None:
        turn.notice = NOT_THERE
    elif escalation.asked_by is None:
        turn.notice = say("They asked me to forget them, so I cannot pass it on.")
    else:
        role = holder_role(turn, escalation)
        name = role.value if role else ""
        escalations.add_step(turn.transaction, escalation.id, Step(turn.at, "said", name, words))
        if tell(turn, escalation.asked_by, screens.said_screen(escalation, name, words), lane="reply"):
            turn.notice = say("I pass that on. {reference}", reference=escalation.reference)
        else:
            turn.notice = say("They have blocked me, so they cannot read it here. Reach them in another way.")


def _step(turn: Turn, escalation: Escalation, what: str, text: str) -> None:
    role = role_of(turn, escalation, turn.person.id)
    escalations.add_step(turn.transaction, escalation.id, Step(turn.at, what, role.value if role else "", text))


# ---- what the chat shows


def case_screen(turn: Turn) -> Screen | None:
    """The case, for who holds it alone."""
    escalation = _held(turn, escalations.find(turn.transaction, turn.detail))
    if escalation is None:
        return None
    return screens.case_screen(escalation, escalations.steps_of(turn.transaction, escalation.id))


def close_screen(turn: Turn) -> Screen | None:
    """How it ended."""
    escalation = _held(turn, escalations.find(turn.transaction, turn.detail))
    return None if escalation is None else screens.close_screen(escalation)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"escalation": _escalation, "close": _close}
