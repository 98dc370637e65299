"""The lists of a lead: /open, /mine, /find and /receipt. Whoever is by-passed finds nothing, as if there were nothing
(INV-24)."""

from __future__ import annotations

from bot.local_time import local
from bot.screens import case_screens as screens
from bot.screens.escalation_screens import clock
from bot.screens.record_screens import gone_words
from bot.screens.screen import Screen
from bot.store import escalations, organisations, receipts, tombstones
from bot.store.escalations import Escalation
from bot.store.tombstones import Tombstone
from bot.turns.asking import role_of
from bot.turns.ladder import left_out
from bot.turns.organisations import NOT_THERE, organisations_where, roles_in
from bot.turns.telling import Acting
from bot.turns.turn import Turn
from states.escalation import State, Urgency
from states.roles import Action, OrganisationRole, may
from states.text import say

Listed = list[tuple[Escalation, OrganisationRole | None]]


def open_for(acting: Acting, organisation_id: str, person_id: str) -> Listed:
    """What is open there, as this person may see it."""
    found = escalations.open_in(acting.transaction, organisation_id)
    found.sort(key=lambda one: (not one.waits, list(Urgency).index(one.urgency)))  # then by age, as they come
    return [(one, _holder_role(acting, one)) for one in found if person_id not in left_out(acting.transaction, one)]


def _holder_role(acting: Acting, one: Escalation) -> OrganisationRole | None:
    return role_of(acting, one, one.holder) if one.holder else None


def _all_open(turn: Turn) -> Listed:
    mine = organisations_where(turn, Action.TAKE)
    return [each for one in mine for each in open_for(turn, one.id, turn.person.id)]


def open_screen(turn: Turn) -> Screen:
    """What is open in every organisation where this person may take."""
    return screens.open_screen(_all_open(turn), _page(turn))


def _page(turn: Turn) -> int:
    """With which of them the page begins."""
    return int(turn.detail) if turn.detail.isdecimal() and len(turn.detail) < 4 else 0


def mine_screen(turn: Turn) -> Screen:
    """What this person holds."""
    held = [(one, role) for one, role in _all_open(turn) if one.state is State.TAKEN and one.holder == turn.person.id]
    return screens.mine_screen(held, _page(turn))


def visible(turn: Turn, one: Escalation | None) -> Escalation | None:
    """The escalation, if this person answers there and is not by-passed; else None, as if it did not exist."""
    if one is None or turn.person.id in left_out(turn.transaction, one):
        return None
    return one if may(roles_in(turn, one.organisation_id), Action.TAKE) else None


def found_screen(turn: Turn) -> Screen | None:
    """One that was looked for."""
    one = visible(turn, escalations.find(turn.transaction, turn.detail))
    if one is None:
        return None
    return screens.found_screen(
        one,
        _holder_role(turn, one),
        escalations.steps_of(turn.transaction, one.id),
        receipts.code_of(turn.transaction, one),
        mine=one.state is State.TAKEN and one.holder == turn.person.id,
        gone=tombstones.find(turn.transaction, one.reference),
    )


def show_list(turn: Turn, view: str) -> None:
    """/open or /mine."""
    if organisations_where(turn, Action.TAKE):
        turn.show(view)
    else:
        turn.notice = NOT_THERE


def find(turn: Turn, argument: str) -> None:
    """/find SW-7F3K2."""
    if not organisations_where(turn, Action.TAKE):
        turn.notice = NOT_THERE
        return
    reference = argument.strip().upper()
    found = [visible(turn, one) for one in escalations.of_reference(turn.transaction, reference)]
    there = [one for one in found if one is not None]
    if there:
        turn.show("found", there[-1].id)
        return
    turn.show("open")
    tombstone = gone(turn, reference)
    turn.notice = say("I find nothing of that reference.") if tombstone is None else gone_words(tombstone)


def gone(turn: Turn, reference: str) -> Tombstone | None:
    """What stayed of the record of this reference, whose time was over (RET-5); None for whoever must not hear that
    there was one (INV-24)."""
    calls = escalations.of_reference(turn.transaction, reference)
    mine = [one for one in calls if one.asked_by == turn.person.id]
    bypassed = any(turn.person.id in left_out(turn.transaction, one) for one in calls if one not in mine)
    return None if bypassed else tombstones.find(turn.transaction, reference)


def check_receipt(turn: Turn, argument: str) -> None:
    """/receipt CODE: for any lead of the organisation, and for whoever asked."""
    one = receipts.proven_by(turn.transaction, argument)
    mine = one is not None and one.asked_by == turn.person.id
    if one is None or not (mine or visible(turn, one)):
        turn.notice = say("That receipt is not good here. Nothing was sent under it that you may see.")
        return
    organisation = organisations.by_id(turn.transaction, one.organisation_id)
    turn.notice = say(
        "The receipt is good. {reference} was asked for at {organisation} on {day} at {time}. Pings sent: {count}.",
        reference=one.reference,
        organisation=organisation.name if organisation else "",
        day=screens.day_words(local(one.made_at).date()),
        time=clock(one.made_at),
        count=escalations.sent_to(turn.transaction, one.id),
    )
