"""An escalation on its ladder: whom a rung asks, the pings it sends, and when the next rung is due.

Used by the turn in which somebody asks, and by the due row when nobody has answered.
"""

from __future__ import annotations

from datetime import datetime

from bot.local_time import after_working_time
from bot.screens import escalation_screens as screens
from bot.screens.screen import Screen
from bot.store import due, escalations, organisations, people
from bot.store.escalations import Escalation, Ping, Step
from bot.turns.later import ESCALATION, climb_now
from bot.turns.telling import Acting, change, ring, tell
from states.escalation import (
    HAND_BACK,
    MINUTES_A_RUNG,
    ROUTINE_WORKING_TIME,
    Asking,
    Contact,
    State,
    Urgency,
    after,
    asked_on,
)


def contacts_of(acting: Acting, organisation_id: str) -> list[Contact]:
    """Everybody there who has been confirmed. Not reachable: suspended, or they have blocked the bot."""
    found = []
    for member in organisations.members_of(acting.transaction, organisation_id):
        if member.status != "waiting":
            person = people.look_at(acting.transaction, member.person_id)
            reachable = person is not None and person.blocked_at is None and member.status == "active"
            found.append(Contact(member.person_id, member.role, reachable=reachable))
    return found


def left_out(escalation: Escalation) -> set[str]:
    """Who is on no rung: whoever is by-passed (INV-24), and who asks."""
    return {*escalation.bypassed, *([escalation.asked_by] if escalation.asked_by else [])}


def ask(acting: Acting, escalation: Escalation, asking: Asking) -> None:
    """Ping everybody on this rung, and write down that it was climbed."""
    escalations.save(acting.transaction, escalation.id, asking.rung, None)
    escalations.add_step(acting.transaction, escalation.id, Step(acting.at, asking.rung.value, "", ""))
    words = screens.ping_screen(escalation, asking.rung, acting.at)
    for person_id in asking.people:
        ping = Ping(acting.surroundings.new_id(), escalation.id, person_id, None)
        escalations.add_ping(acting.transaction, ping, acting.at)
        ring(acting, ping, words)


def next_rung_at(acting: Acting, escalation: Escalation) -> datetime:
    """When this rung has waited long enough."""
    if escalation.urgency is Urgency.ROUTINE:
        return after_working_time(acting.at, ROUTINE_WORKING_TIME)
    return acting.at + MINUTES_A_RUNG[escalation.urgency]


def settle(acting: Acting, escalation: Escalation, words: Screen, but: str) -> None:
    """Put these words in the place of every ping of it but those of one person."""
    for ping in escalations.pings_of(acting.transaction, escalation.id):
        if ping.person_id != but:
            change(acting, ping, words)


def begin(acting: Acting, escalation: Escalation, asking: Asking) -> None:
    """Ask whoever is on this rung, and have the next one due when they have been silent for long enough."""
    ask(acting, escalation, asking)
    due.add(
        acting.transaction,
        row_id=acting.surroundings.new_id(),
        kind=ESCALATION,
        subject=escalation.id,
        person_id=None,  # it goes on though whoever asked asks to be forgotten
        due_at=next_rung_at(acting, escalation),
    )


def give_back(acting: Acting, escalation: Escalation) -> None:
    """Nobody holds it any longer: everybody is asked, and whoever asked is told."""
    out = {*left_out(escalation), *([escalation.holder] if escalation.holder else [])}
    people = asked_on(State.EVERYBODY, contacts_of(acting, escalation.organisation_id), out)
    begin(acting, escalation, Asking(after(escalation.state, HAND_BACK), people))
    if escalation.asked_by is not None:
        words = screens.nobody_yet_screen(escalation.reference, State.EVERYBODY, nobody=not people)
        tell(acting, escalation.asked_by, words, lane="urgent")


def leave_nothing_behind(acting: Acting, person_id: str, organisation_id: str | None = None) -> None:
    """Somebody goes, or is suspended: what they hold is handed back, and what they were asked goes to the next. With
    `organisation_id`: there alone."""
    for escalation in escalations.held_by(acting.transaction, person_id):
        if organisation_id in (None, escalation.organisation_id):
            give_back(acting, escalation)
    climb_now(acting.transaction, escalations.waiting_on(acting.transaction, person_id), acting.at)
