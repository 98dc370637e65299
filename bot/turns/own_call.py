"""One's own call for a lead: how it stands, what is written to whoever takes it, and what whoever asked may still
change of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.screens import asking_screens
from bot.screens import escalation_screens as screens
from bot.screens.screen import Press, Screen, paragraphs
from bot.store import due, escalations
from bot.store.escalations import Escalation
from bot.store.receipts import code_of
from bot.turns.asking import NEW, Wanted, add_step, holder_role
from bot.turns.beside import OLD_BUTTON
from bot.turns.ladder import asked_now, give_back, has_waited, others_to_ask, settle
from bot.turns.later import ESCALATION, call_closed, climb_now
from bot.turns.organisations import belongs, organisations_where
from bot.turns.ring_now import numbers_of
from bot.turns.telling import tell
from bot.turns.turn import Turn
from states.escalation import CLOSE, State, Urgency, after
from states.roles import Action, OrganisationRole
from states.text import say

PRACTITIONER = OrganisationRole.PRACTITIONER.value


def _open(turn: Turn) -> Escalation | None:
    """One's own call, of which the chat shows something, held until this turn ends; None where it is over."""
    found = turn.detail if turn.seen in ("asked", "stop_asking") else ""
    due.hold(turn.transaction, ESCALATION, found)
    escalation = escalations.hold(turn.transaction, found)
    over = escalation is None or escalation.asked_by != turn.person.id or escalation.state is State.CLOSED
    return None if over else escalation


def _hurry(turn: Turn) -> None:
    """What was thought to be able to wait cannot: the next rung is climbed at once."""
    escalation = _open(turn)
    if escalation is None or not escalation.waits:
        turn.notice = OLD_BUTTON
    elif escalation.urgency is Urgency.ROUTINE:
        escalations.amend(turn.transaction, replace(escalation, urgency=Urgency.TODAY))
        add_step(turn, escalation, "cannot wait")
        climb_now(turn.transaction, [escalation.id], turn.at)
        turn.notice = say("All right. I ask now, and do not wait so long for an answer.")


def _about_them(turn: Turn) -> None:
    """It turns out that it may be about somebody who is asked, or has it (INV-24)."""
    escalation = _open(turn)
    if escalation is None:
        turn.notice = OLD_BUTTON
    else:
        turn.show("ask_without", str(Wanted(escalation.organisation_id, call=escalation.id)))


def _anew(turn: Turn) -> None:
    """A lead is needed for something else."""
    mine = organisations_where(turn, Action.ASK_A_LEAD)
    if len(mine) > 1:
        turn.show("ask_where", str(Wanted(call=NEW)))
    elif mine:
        turn.show("ask_conflict", str(Wanted(mine[0].id, call=NEW)))
    else:
        turn.notice = OLD_BUTTON


def _dealt(turn: Turn) -> None:
    escalation = _open(turn)
    if escalation is None:
        turn.notice = OLD_BUTTON
    elif escalation.waits:
        turn.show("stop_asking", turn.detail)
    else:
        turn.notice = say("Somebody has taken it: tell them that it is dealt with.")


def _stop(turn: Turn) -> None:
    """Whoever asked has dealt with it: nobody is asked any longer, and everybody who was reads so."""
    escalation = _open(turn)
    if escalation is None or not escalation.waits:
        turn.notice = OLD_BUTTON
        return
    escalations.save(turn.transaction, escalation.id, after(escalation.state, CLOSE), None)
    due.remove(turn.transaction, ESCALATION, escalation.id)
    add_step(turn, escalation, "closed", "stopped")
    call_closed(turn.transaction, escalation.id, escalation.organisation_id, turn.at, turn.surroundings.new_id())
    settle(turn, escalation, Screen(paragraphs(asking_screens.stopped_words(escalation.reference))), "")
    turn.show_walk()
    turn.notice = asking_screens.stopped_words(escalation.reference)


def _unanswered(turn: Turn) -> None:
    """Whoever took it does not answer: everybody else is asked, and they can take it again."""
    escalation = _open(turn)
    if escalation is None or escalation.holder is None:
        turn.notice = OLD_BUTTON
    elif not others_to_ask(turn, escalation):
        turn.notice = say(
            "There is nobody else here whom I can ask. Do not wait any longer: ring a senior person or social care "
            "yourself now."
        )
    else:
        add_step(turn, escalation, "no answer", "")
        tell(turn, escalation.holder, screens.not_answered_screen(escalation.reference), lane="urgent")
        until = give_back(turn, escalation, unanswered=True)
        due.move(turn.transaction, ESCALATION, escalation.id, until)
        turn.notice = say("I ask the others now.")


WAYS: Mapping[str, Callable[[Turn], None]] = {
    "hurry": _hurry,
    "about": _about_them,
    "anew": _anew,
    "dealt": _dealt,
    "stop": _stop,
    "unanswered": _unanswered,
}
"""What whoever asked may do with their own call."""


def _change(turn: Turn, what: Press) -> None:
    change = WAYS.get(what.first)
    if change is None:
        turn.notice = OLD_BUTTON
    else:
        change(turn)


# ---- what the chat shows


def stop_screen(turn: Turn) -> Screen | None:
    """Whether one's own call is dealt with; None where it no longer waits."""
    escalation = escalations.find(turn.transaction, turn.detail)
    mine = escalation is not None and escalation.asked_by == turn.person.id and escalation.waits
    return asking_screens.stop_screen(escalation) if escalation is not None and mine else None


def asked_screen(turn: Turn) -> Screen | None:
    """How one's own call for a lead stands; None where there is none."""
    escalation = escalations.find(turn.transaction, turn.detail)
    if escalation is None or escalation.asked_by != turn.person.id:
        return None
    steps = escalations.steps_of(turn.transaction, escalation.id)
    if not belongs(turn, turn.person.id, escalation.organisation_id):
        steps = [step for step in steps if step.what != "said" or step.role == PRACTITIONER]
    nobody = not asked_now(turn, escalation)
    row = due.find(turn.transaction, ESCALATION, escalation.id)
    return screens.asked_screen(
        escalation,
        holder_role(turn, escalation),
        steps,
        nobody=nobody,
        asked_at=row.due_at if row is not None else None,
        receipt=code_of(turn.transaction, escalation),
        waited=has_waited(escalation, escalation.state, turn.at),
        numbers=numbers_of(turn, escalation.organisation_id) if escalation.waits else None,
    )


# ---- what is said


def write_to_lead(turn: Turn, words: str) -> None:
    """Something was typed for whoever took it; the words are checked already."""
    due.hold(turn.transaction, ESCALATION, turn.detail)
    escalation = escalations.hold(turn.transaction, turn.detail)
    if escalation is None or escalation.asked_by != turn.person.id:
        turn.notice = OLD_BUTTON
    elif escalation.state is State.CLOSED:
        turn.notice = say("It is closed, so I kept nothing and told nobody. You can ask again.")
    elif not belongs(turn, turn.person.id, escalation.organisation_id):
        turn.notice = say(
            "You do not belong there any more, so I cannot pass it on. If a child or adult may be at risk, ring "
            "social care yourself. If anyone is in danger, ring 999."
        )
    else:
        add_step(turn, escalation, "said", words)
        if escalation.holder is None:
            turn.notice = say("Nobody has taken it yet. I keep that for whoever does, and go on asking.")
        elif tell(
            turn,
            escalation.holder,
            screens.said_screen(escalation, OrganisationRole.PRACTITIONER.value, words),
            lane="reply",
        ):
            turn.notice = say("I pass that on. {reference}", reference=escalation.reference)
        else:
            climb_now(turn.transaction, [escalation.id], turn.at)
            turn.notice = say("They cannot be reached any more. I keep it, and ask the others now.")


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"own_call": _change}
