"""The ladder that a call for a lead climbs until a person takes it, as one machine.

Lead, a reminder, deputy, duty contact, then everybody, again and again: silence always leads on, and nothing but a
person ends it (E1 of the goals: no call ends in silence). The machine's states but the last two are the rungs. Who is
by-passed, since it is about them or they are close to it (INV-24), is on no rung.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from transitions import Machine

from states.advice import Advice, Within
from states.roles import ANSWER_FOR_LEADS, OrganisationRole
from states.rules import O1


class Urgency(StrEnum):
    """How soon a lead is needed."""

    EMERGENCY = "emergency"
    TODAY = "today"
    ROUTINE = "routine"


def is_higher(one: Urgency, other: Urgency) -> bool:
    """Whether the first is more urgent than the second."""
    order = list(Urgency)
    return order.index(one) < order.index(other)


def urgency_of(advice: Advice) -> Urgency:
    """How soon this advice wants a lead. An emergency is one where 999 goes first."""
    if advice.outcome is O1:
        return Urgency.EMERGENCY
    return Urgency.TODAY if advice.within in (Within.NOW, Within.TODAY) else Urgency.ROUTINE


class State(StrEnum):
    """Where an escalation stands. All but the last two are rungs of the ladder; on the first nobody is asked yet, for
    what can wait does not wake anybody."""

    LATER = "later"
    LEAD = "lead"
    REMINDER = "reminder"
    DEPUTY = "deputy"
    DUTY_CONTACT = "duty_contact"
    EVERYBODY = "everybody"
    TAKEN = "taken"
    CLOSED = "closed"


LADDER = (State.LATER, State.LEAD, State.REMINDER, State.DEPUTY, State.DUTY_CONTACT, State.EVERYBODY)
SILENCE, TAKE, HAND_BACK, CLOSE = "silence", "take", "hand_back", "close"

MACHINE = Machine(
    model=None,
    states=[state.value for state in State],
    initial=State.LEAD.value,
    transitions=[
        *([SILENCE, rung.value, above.value] for rung, above in pairwise(LADDER)),
        [SILENCE, State.EVERYBODY.value, State.EVERYBODY.value],
        [TAKE, [rung.value for rung in LADDER], State.TAKEN.value],
        # Time was lost, so nobody is asked alone any more.
        [HAND_BACK, State.TAKEN.value, State.EVERYBODY.value],
        # Whoever has it, or whoever asked and has dealt with it.
        [CLOSE, [*(rung.value for rung in LADDER), State.TAKEN.value], State.CLOSED.value],
    ],
    auto_transitions=False,
)


class NotNowError(ValueError):
    """Where the escalation stands, this cannot happen; nothing has changed."""


def after(state: State, what: str) -> State:
    """Where it stands after this. Raises NotNowError."""
    ways = MACHINE.events[what].transitions.get(state.value, [])
    if not ways:
        raise NotNowError(f"{what} in {state}")
    return State(str(ways[0].dest))


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody in one role who could be asked. `on_duty`: now, by the rota; `reachable`: neither suspended, nor gone,
    nor has blocked the bot."""

    person: str
    role: OrganisationRole
    on_duty: bool = True
    reachable: bool = True


_ASKED_ON = {
    State.LEAD: OrganisationRole.LEAD,
    State.REMINDER: OrganisationRole.LEAD,
    State.DEPUTY: OrganisationRole.DEPUTY,
    State.DUTY_CONTACT: OrganisationRole.DUTY_CONTACT,
}


def asked_on(rung: State, contacts: Sequence[Contact], bypassed: Collection[str]) -> tuple[str, ...]:
    """Who is asked on this rung, each person once. On the last rung everybody is, on duty or not, administrators too.

    Who is by-passed is left out in whatever role they could be asked.
    """
    if rung is State.LATER:
        return ()
    role = _ASKED_ON.get(rung)
    roles = (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR) if role is None else (role,)
    return tuple(
        dict.fromkeys(
            contact.person
            for contact in contacts
            if contact.role in roles
            and contact.reachable
            and contact.person not in bypassed
            and (contact.on_duty or role is None)
        )
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """A rung, and who is asked on it: nobody only on the last one, where nobody is left to ask."""

    rung: State
    people: tuple[str, ...]


def first_asking(contacts: Sequence[Contact], bypassed: Collection[str]) -> Asking:
    """Whom to ask first: the lowest rung with somebody on it."""
    return _from(State.LEAD, contacts, bypassed)


def asking_after_silence(rung: State, contacts: Sequence[Contact], bypassed: Collection[str]) -> Asking:
    """Whom to ask next where nobody took it: no rung is waited on that has nobody. Raises NotNowError once somebody has
    taken it."""
    return _from(after(rung, SILENCE), contacts, bypassed)


def _from(rung: State, contacts: Sequence[Contact], bypassed: Collection[str]) -> Asking:
    people = asked_on(rung, contacts, bypassed)
    while not people and rung is not State.EVERYBODY:
        rung = after(rung, SILENCE)
        people = asked_on(rung, contacts, bypassed)
    return Asking(rung, people)
