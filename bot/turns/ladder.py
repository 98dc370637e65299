"""An escalation on its ladder: whom a rung asks, the pings it sends, and when the next rung is due.

Used by the turn in which somebody asks, and by the due row when nobody has answered. The due row stays while somebody
holds the case, and looks whether they still can.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.calendars import calendar_for
from bot.screens import escalation_screens as screens
from bot.screens.screen import Screen
from bot.store import due, escalations, organisations, outbox, people
from bot.store.escalations import Escalation, Ping, Step
from bot.store.organisations import Organisation
from bot.store.receipts import mark_of
from bot.store.transaction import Transaction
from bot.turns.later import CASE, ESCALATION, LOST, call_closed, climb_now
from bot.turns.ring_now import numbers_of
from bot.turns.telling import Acting, change, retire, ring, tell
from states.climbing import Circumstances, begun, given_back
from states.escalation import CLOSE, LADDER, Asking, Contact, State, after, asked_on, is_higher
from states.roles import Action, may
from states.rota import is_on_duty

WATCHED_EVERY = timedelta(minutes=5)
"""How often the bot looks whether whoever holds a case still can."""
BEGINS_ANEW = ("asked", "cannot wait", "taken")
"""Steps after which it is as urgent as at the start, however long it rang before."""
LONG_ENOUGH = timedelta(minutes=10)
"""What is said at the first ping: whoever has waited so long waits no longer."""


def contacts_for(acting: Acting, escalation: Escalation) -> list[Contact]:
    """Everybody there who has been confirmed. On duty: by what they said last, or their hours. Not reachable:
    suspended, or they have blocked the bot. Whoever has declined is asked again only when everybody is."""
    organisation, found = _organisation(acting, escalation), []
    calendar = calendar_for(organisation)
    out = {ping.person_id for ping in escalations.pings_of(acting.transaction, escalation.id) if ping.declined}
    for member in organisations.members_of(acting.transaction, organisation.id):
        if member.status != "waiting":
            person = people.look_at(acting.transaction, member.person_id)
            reachable = person is not None and person.blocked_at is None and member.status == "active"
            on_duty = is_on_duty(member.hours, member.duty, acting.at, calendar) and member.person_id not in out
            found.append(Contact(member.person_id, member.role, on_duty, reachable))
    return found


def _organisation(acting: Acting, escalation: Escalation) -> Organisation:
    """Whose escalation it is. No organisation ever goes."""
    found = organisations.by_id(acting.transaction, escalation.organisation_id)
    if found is None:
        raise LookupError("an escalation without its organisation")
    return found


def left_out(transaction: Transaction, escalation: Escalation) -> set[str]:
    """Who is on no rung: whoever asks, whoever is by-passed (INV-24), and everybody who has such a part by now, also
    unconfirmed."""
    members = organisations.members_of(transaction, escalation.organisation_id)
    later = {member.person_id for member in members if member.role in escalation.without}
    return {*escalation.bypassed, *later, *([escalation.asked_by] if escalation.asked_by else [])}


def has_waited(escalation: Escalation, rung: State, at: datetime) -> bool:
    """Whether silence has lasted so long that whoever asked must ring themselves, or there is nobody else to ask."""
    return escalation.state is not State.LATER and (rung is State.EVERYBODY or at >= escalation.made_at + LONG_ENOUGH)


def may_be_asked(transaction: Transaction, escalation: Escalation, person_id: str) -> bool:
    """Whether this person may take it, and is not left out."""
    roles = organisations.active_roles(transaction, person_id, escalation.organisation_id)
    return person_id not in left_out(transaction, escalation) and may(roles, Action.TAKE)


def asked_now(acting: Acting, escalation: Escalation) -> tuple[str, ...]:
    """Who is asked on the present rung, and could take it."""
    if escalation.state not in LADDER:
        return ()
    return asked_on(escalation.state, contacts_for(acting, escalation), left_out(acting.transaction, escalation))


def circumstances(acting: Acting, escalation: Escalation) -> Circumstances:
    """What decides who is asked now, and how long for."""
    organisation = _organisation(acting, escalation)
    return Circumstances(
        urgency=escalation.urgency,
        contacts=contacts_for(acting, escalation),
        left_out=left_out(acting.transaction, escalation),
        arranged=organisation.arrangements,
        calendar=calendar_for(organisation),
        at=acting.at,
        rungs=_rungs_climbed(acting, escalation),
    )


def _rungs_climbed(acting: Acting, escalation: Escalation) -> int:
    """Since it was asked for, or began anew."""
    count = 0
    for step in escalations.steps_of(acting.transaction, escalation.id):
        count = 0 if step.what in BEGINS_ANEW else count + (step.what in LADDER)
    return count


def begin(acting: Acting, escalation: Escalation) -> None:
    """Ask whoever is first, and have the next rung due when they have been silent for long enough."""
    first = begun(circumstances(acting, escalation))
    ask(acting, escalation, first.asking)
    due.add(
        acting.transaction,
        row_id=acting.surroundings.new_id(),
        kind=ESCALATION,
        subject=escalation.id,
        person_id=None,  # it goes on though whoever asked asks to be forgotten
        due_at=first.until,
    )


def ask(acting: Acting, escalation: Escalation, asking: Asking, *, given_back: bool = False) -> None:
    """Ping everybody on this rung, and write down that it was climbed. Who was asked before has one ping at a time."""
    escalations.save(acting.transaction, escalation.id, asking.rung, None)
    escalations.add_step(acting.transaction, escalation.id, Step(acting.at, asking.rung.value, "", ""))
    before = newest_pings(acting, escalation)
    words = screens.ping_screen(escalation, asking.rung, acting.at, given_back=given_back)
    for person_id in asking.people:
        if person_id in before:
            _take_back(acting, before[person_id])
        ping = Ping(acting.surroundings.new_id(), escalation.id, person_id, None)
        escalations.add_ping(acting.transaction, ping, acting.at)
        ring(acting, ping, words)


def newest_pings(acting: Acting, escalation: Escalation) -> dict[str, Ping]:
    """The last ping of each person: earlier ones are gone from their chats."""
    return {ping.person_id: ping for ping in escalations.pings_of(acting.transaction, escalation.id)}


def stopped(acting: Acting, ping: Ping) -> Ping:
    """Where the ping is not known to be in its chat, it is not sent any more. Another worker may just be writing down
    that it is: then it comes back with its message."""
    if ping.message_id is not None or outbox.withdraw(acting.transaction, ping.id):
        return ping
    return escalations.find_ping(acting.transaction, ping.id) or ping


def _take_back(acting: Acting, ping: Ping) -> None:
    retire(acting, stopped(acting, ping))


def settle(acting: Acting, escalation: Escalation, words: Screen, but: str) -> None:
    """Put these words in the place of every ping of it that stands, but that of one person."""
    for person_id, ping in newest_pings(acting, escalation).items():
        found = stopped(acting, ping)
        if person_id != but:
            change(acting, found, words)


def can_hold(acting: Acting, escalation: Escalation) -> bool:
    """Whether whoever holds the case is still there, may, and can be written to."""
    person = people.look_at(acting.transaction, escalation.holder) if escalation.holder else None
    here = person is not None and person.blocked_at is None
    return person is not None and here and may_be_asked(acting.transaction, escalation, person.id)


def others_to_ask(acting: Acting, escalation: Escalation) -> bool:
    """Whether there is anybody else who could be asked, where somebody holds it."""
    return bool(given_back(circumstances(acting, escalation), escalation.state, escalation.holder).asking.people)


def give_back(acting: Acting, escalation: Escalation, *, unanswered: bool = False) -> datetime:
    """Nobody holds it any longer: everybody else is asked, and whoever asked is told. Gives when its due row, which is
    the caller's, is to come next. `unanswered`: whoever asked says that they hear nothing."""
    next_ = given_back(circumstances(acting, escalation), escalation.state, escalation.holder)
    if escalation.holder is not None:
        _lost(acting, escalation.holder)
    ask(acting, escalation, next_.asking, given_back=True)
    due.remove(acting.transaction, CASE, escalation.id)
    if escalation.asked_by is not None:
        numbers = numbers_of(acting, escalation.organisation_id)
        words = screens.given_back_screen(escalation, next_.asking, numbers=numbers, unanswered=unanswered)
        tell(acting, escalation.asked_by, words, lane="urgent")
    return next_.until


def _lost(acting: Acting, person_id: str) -> None:
    """Whoever held it does so no longer: what their chat shows of it goes, as soon as a due row can see to it."""
    if not due.move(acting.transaction, LOST, person_id, acting.at):
        due.add(
            acting.transaction,
            row_id=acting.surroundings.new_id(),
            kind=LOST,
            subject=person_id,
            person_id=person_id,
            due_at=acting.at,
        )


def amend(acting: Acting, standing: Escalation, wanted: Escalation) -> None:
    """What is asked for again goes on as one call: with what may be read now, as urgent as it is now, and without
    whoever it must not reach by now, also where they hold it (INV-24)."""
    urgency = wanted.urgency if is_higher(wanted.urgency, standing.urgency) else standing.urgency
    bypassed = tuple(dict.fromkeys((*standing.bypassed, *wanted.bypassed)))
    without = tuple(dict.fromkeys((*standing.without, *wanted.without)))
    now = replace(
        standing,
        urgency=urgency,
        bypassed=bypassed,
        without=without,
        content=wanted.content,
        proof=standing.proof or mark_of(acting.transaction, standing.content),
    )
    escalations.amend(acting.transaction, now)
    out = left_out(acting.transaction, now)
    for person_id, ping in newest_pings(acting, now).items():
        if person_id in out:
            _take_back(acting, ping)
    if now.state is not State.TAKEN:
        climb_now(acting.transaction, [now.id], acting.at)
    elif not can_hold(acting, now):
        due.move(acting.transaction, ESCALATION, now.id, give_back(acting, now))


def withdraw(acting: Acting, escalation: Escalation) -> None:
    """It is over, as if it had never been asked: no ping stands any more, and nobody keeps it."""
    for ping in newest_pings(acting, escalation).values():
        _take_back(acting, ping)
    if escalation.holder is not None:
        _lost(acting, escalation.holder)
    escalations.save(acting.transaction, escalation.id, after(escalation.state, CLOSE), None)
    due.remove(acting.transaction, ESCALATION, escalation.id)
    due.remove(acting.transaction, CASE, escalation.id)
    call_closed(acting.transaction, escalation.id, escalation.organisation_id, acting.at, acting.surroundings.new_id())


def take_back_pings(acting: Acting, person_id: str, organisation_id: str) -> None:
    """Whoever is no longer asked there finds no button on their phone that does nothing."""
    for id_ in escalations.waiting_on(acting.transaction, person_id):
        one = escalations.find(acting.transaction, id_)
        ping = newest_pings(acting, one).get(person_id) if one is not None else None
        if one is not None and ping is not None and one.organisation_id == organisation_id:
            _take_back(acting, ping)


def leave_nothing_behind(
    transaction: Transaction, person_id: str, at: datetime, organisation_id: str | None = None
) -> None:
    """Somebody goes, is suspended, or has blocked the bot: what they were asked, and what they hold, goes on to others
    at once. With `organisation_id`: there alone."""
    theirs = [*escalations.waiting_on(transaction, person_id), *escalations.held_by(transaction, person_id)]
    found = [escalations.find(transaction, id_) for id_ in theirs]
    here = [one.id for one in found if one is not None and organisation_id in (None, one.organisation_id)]
    climb_now(transaction, here, at)
