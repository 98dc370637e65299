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
from bot.turns.ladder import (
    WATCHED_EVERY,
    asked_now,
    contacts_for,
    give_back,
    left_out,
    newest_pings,
    settle,
    stopped,
)
from bot.turns.later import CASE, ESCALATION, call_closed, climb_now
from bot.turns.organisations import NOT_THERE, belongs, roles_in
from bot.turns.ring_now import numbers_of
from bot.turns.telling import change, tell
from bot.turns.turn import Turn
from states.escalation import CLOSE, State, after, asked_on
from states.roles import Action, may
from states.text import Text, say

FROM_A_CASE = ("pass_on", "ring_me", "hand_back", "look_again")
"""What its holder may open from a case."""
CASE_VIEWS = ("case", "close_case", "differ", *FROM_A_CASE)


def _asked(turn: Turn, escalation: Escalation | None) -> Escalation | None:
    """The escalation, if this person may take one there and is not by-passed; else None, as if it did not exist.
    Whoever may, need not wait until the ladder comes to them."""
    if escalation is None or turn.person.id in left_out(turn.transaction, escalation):
        return None
    return escalation if may(roles_in(turn, escalation.organisation_id), Action.TAKE) else None


def held(turn: Turn, escalation: Escalation | None) -> Escalation | None:
    """The escalation, if this person holds it."""
    asked = _asked(turn, escalation)
    theirs = asked is not None and asked.state is State.TAKEN and asked.holder == turn.person.id
    return asked if theirs else None


def to_change(turn: Turn, escalation_id: str) -> Escalation | None:
    """The escalation, held until this turn ends, and before it what is due of it, as the loop holds them."""
    due.hold(turn.transaction, ESCALATION, escalation_id)
    return escalations.hold(turn.transaction, escalation_id)


def _escalation(turn: Turn, what: Press) -> None:
    """A button of a ping, which may be old, or of what one says to the other, or of one's case."""
    found = to_change(turn, what.second)
    if found is not None and found.asked_by == turn.person.id and what.first == "answer":
        turn.show("asked", found.id)
        return
    escalation = _asked(turn, found)
    if escalation is None:
        turn.notice = NOT_THERE
    elif held(turn, escalation) is not None:
        turn.show(what.first if what.first in FROM_A_CASE else "case", escalation.id)
    elif escalation.state is State.TAKEN and escalation.offered_to == turn.person.id:
        _offered(turn, escalation, takes=what.first == "take")
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
    escalations.save(turn.transaction, escalation.id, State.TAKEN, turn.person.id)
    due.move(turn.transaction, ESCALATION, escalation.id, turn.at + WATCHED_EVERY)
    role = role_of(turn, escalation, turn.person.id)
    add_step(turn, escalation, "taken", "")
    words = Screen(paragraphs(screens.taken_words(escalation.reference, role)))
    _answered(turn, escalation)
    settle(turn, escalation, words, turn.person.id)
    if escalation.asked_by is not None:
        tell(turn, escalation.asked_by, screens.taken_screen(escalation, role), lane="urgent")
    turn.show("case", escalation.id)


def _answered(turn: Turn, escalation: Escalation) -> None:
    """Whoever answers needs their ping no longer. They may have tapped another message: a copy of it whose sending was
    in doubt, of which nothing is known, or the list of what is open."""
    ping = newest_pings(turn, escalation).get(turn.person.id)
    message_id = stopped(turn, ping).message_id if ping is not None else None
    if message_id is not None:
        turn.delete.append(message_id)


def _decline(turn: Turn, escalation: Escalation) -> None:
    """Who cannot take it is not asked alone again, and the others do not wait for them."""
    _answered(turn, escalation)
    add_step(turn, escalation, "declined", "")
    escalations.decline(turn.transaction, escalation.id, turn.person.id)
    if not _others_can(turn, escalation):
        turn.notice = say("I understand. There is nobody else here whom I can ask, so I ask you again later.")
        if escalation.asked_by is not None:
            numbers = numbers_of(turn, escalation.organisation_id)
            tell(turn, escalation.asked_by, screens.nobody_can_screen(escalation, numbers=numbers), lane="urgent")
        return
    if escalation.state is State.EVERYBODY:
        turn.notice = say("All right. I go on asking, and ask you again if nobody takes it.")
        return
    if not asked_now(turn, escalation):
        climb_now(turn.transaction, [escalation.id], turn.at)
    turn.notice = say("All right. I ask somebody else.")


def _others_can(turn: Turn, escalation: Escalation) -> bool:
    """Whether there is anybody who could be asked and has not said no, since the last round began."""
    declined = {id_ for id_, ping in newest_pings(turn, escalation).items() if ping.declined}
    everybody = asked_on(State.EVERYBODY, contacts_for(turn, escalation), left_out(turn.transaction, escalation))
    return bool(set(everybody) - declined)


def _offered(turn: Turn, escalation: Escalation, *, takes: bool) -> None:
    """Its holder passed it on to this person, who takes it, or cannot."""
    before = escalation.holder
    if takes:
        due.remove(turn.transaction, CASE, escalation.id)
        _take(turn, escalation)
        words = screens.taken_words(escalation.reference, role_of(turn, escalation, turn.person.id))
    else:
        _answered(turn, escalation)
        add_step(turn, escalation, "declined", "")
        escalations.offer(turn.transaction, escalation.id, None)
        due.move(turn.transaction, ESCALATION, escalation.id, turn.at + WATCHED_EVERY)
        turn.notice = say("All right. It stays with whoever has it.")
        words = screens.not_passed_on_words(escalation.reference)
    if before is not None:
        tell(turn, before, Screen(paragraphs(words)), lane="urgent")


def offer_no_more(turn: Turn, escalation: Escalation, words: Text) -> None:
    """Whoever was asked to take it over, if anybody was, reads why they need not any more."""
    ping = newest_pings(turn, escalation).get(escalation.offered_to or "")
    if ping is not None:
        change(turn, stopped(turn, ping), Screen(paragraphs(words)))


def hand_back(turn: Turn, escalation: Escalation, words: str) -> None:
    """Everybody else is asked; `words` are for whoever takes it next."""
    offer_no_more(turn, escalation, say("{reference} was handed back.", reference=escalation.reference))
    add_step(turn, escalation, "handed back", words)
    due.move(turn.transaction, ESCALATION, escalation.id, give_back(turn, escalation))
    turn.show_walk()
    turn.notice = say("{reference} is handed back. Everybody else is asked.", reference=escalation.reference)


def _close(turn: Turn, what: Press) -> None:
    """It is dealt with; whoever asked reads how. Who sees it differently says why first."""
    escalation = held(turn, to_change(turn, what.second))
    if escalation is None or what.first not in screens.OUTCOMES:
        turn.notice = NOT_THERE
    elif what.first == screens.DIFFERS:
        turn.show("differ", escalation.id)
    else:
        _closed(turn, escalation, what.first, "")


def type_reason(turn: Turn, words: str) -> None:
    """Why the lead sees it differently; the words are checked already."""
    escalation = held(turn, to_change(turn, turn.detail))
    if escalation is None:
        turn.notice = NOT_THERE
    else:
        _closed(turn, escalation, screens.DIFFERS, words)


def _closed(turn: Turn, escalation: Escalation, outcome: str, reason: str) -> None:
    escalations.save(turn.transaction, escalation.id, after(escalation.state, CLOSE), turn.person.id)
    due.remove(turn.transaction, ESCALATION, escalation.id)
    due.remove(turn.transaction, CASE, escalation.id)
    offer_no_more(turn, escalation, screens.closed_words(escalation.reference))
    if reason:
        add_step(turn, escalation, "said", reason)
    add_step(turn, escalation, "closed", outcome)
    call_closed(turn.transaction, escalation.id, escalation.organisation_id, turn.at, turn.surroundings.new_id())
    if escalation.asked_by is not None:
        theirs = reason if belongs(turn, escalation.asked_by, escalation.organisation_id) else ""
        tell(turn, escalation.asked_by, screens.closed_screen(escalation.reference, outcome, theirs), lane="reply")
    turn.show_walk()
    turn.notice = screens.closed_words(escalation.reference)


def write_to_practitioner(turn: Turn, words: str) -> None:
    """Something was typed for whoever asked; the words are checked already."""
    escalation = held(turn, to_change(turn, turn.detail))
    if escalation is None:
        turn.notice = NOT_THERE
    elif escalation.asked_by is None:
        turn.notice = say("They asked me to forget them, so I cannot pass it on.")
    elif not belongs(turn, escalation.asked_by, escalation.organisation_id):
        turn.notice = say("They do not belong here any more, so I cannot pass it on. Reach them in another way.")
    else:
        name = role_here(turn, escalation)
        add_step(turn, escalation, "said", words)
        if tell(turn, escalation.asked_by, screens.said_screen(escalation, name, words), lane="reply"):
            turn.notice = say("I pass that on. {reference}", reference=escalation.reference)
        else:
            turn.notice = say("They have blocked me, so they cannot read it here. Reach them in another way.")


def role_here(turn: Turn, escalation: Escalation) -> str:
    """In which role this person answers there."""
    role = role_of(turn, escalation, turn.person.id)
    return role.value if role else ""


def add_step(turn: Turn, escalation: Escalation, what: str, text: str) -> None:
    """Write down what this person did."""
    escalations.add_step(turn.transaction, escalation.id, Step(turn.at, what, role_here(turn, escalation), text))


# ---- what the chat shows


def case_screen(turn: Turn) -> Screen | None:
    """The case, for who holds it alone."""
    escalation = held(turn, escalations.find(turn.transaction, turn.detail))
    if escalation is None:
        return None
    return screens.case_screen(escalation, escalations.steps_of(turn.transaction, escalation.id))


def close_screen(turn: Turn) -> Screen | None:
    """How it ended."""
    escalation = held(turn, escalations.find(turn.transaction, turn.detail))
    return None if escalation is None else screens.close_screen(escalation)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"escalation": _escalation, "close": _close}
