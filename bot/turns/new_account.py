"""Somebody comes with a new phone or account, and is confirmed: what was open with the older one goes on with it."""

from __future__ import annotations

from bot.screens import escalation_screens as screens
from bot.store import due, escalations, new_accounts, organisations
from bot.store.escalations import Escalation, Ping
from bot.turns.bypassing import readable
from bot.turns.ladder import left_out, newest_pings, stopped
from bot.turns.later import ESCALATION
from bot.turns.telling import Acting, retire, ring
from states.escalation import State
from states.roles import Action, may


def takes_along(acting: Acting, organisation_id: str, before: str, now: str) -> list[str]:
    """What the older account asked for, holds, or is offered there, is the new one's, as far as the older one has no
    part there by now that would keep it, and the new one may have it. Gives the references of it."""
    old = organisations.active_roles(acting.transaction, before, organisation_id)
    new = organisations.active_roles(acting.transaction, now, organisation_id)
    takes = may(new, Action.TAKE) and not may(old, Action.TAKE)
    theirs = [one for one in readable(acting, organisation_id) if before in (one.asked_by, one.holder, one.offered_to)]
    found = []
    for one in theirs:
        due.hold(acting.transaction, ESCALATION, one.id)
        held = escalations.hold(acting.transaction, one.id)
        if held is not None and held.state is not State.CLOSED and _moves(acting, held, before, now, not old, takes):
            found.append(one.reference)
    return list(dict.fromkeys(found))


def _moves(acting: Acting, one: Escalation, before: str, now: str, asks: bool, takes: bool) -> bool:
    """Move what can be of one call. False if nothing could."""
    if asks and one.asked_by == before:
        new_accounts.move(acting.transaction, one.id, "asked_by", before, now)
        return True
    if not takes or one.state is not State.TAKEN or now in left_out(acting.transaction, one):
        return False
    if one.holder == before:
        new_accounts.move(acting.transaction, one.id, "holder", before, now)
        return True
    if one.offered_to == before and one.holder != now:
        new_accounts.move(acting.transaction, one.id, "offered_to", before, now)
        _ring_there(acting, one, before, now)
        return True
    return False


def _ring_there(acting: Acting, one: Escalation, before: str, now: str) -> None:
    """The ping that asks them to take it over is on the older phone."""
    old = newest_pings(acting, one).get(before)
    if old is not None:
        retire(acting, stopped(acting, old))
    ping = Ping(acting.surroundings.new_id(), one.id, now, None)
    escalations.add_ping(acting.transaction, ping, acting.at)
    ring(acting, ping, screens.passed_on_screen(one, acting.at))
