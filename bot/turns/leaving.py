"""Somebody leaves an organisation, or asks to be forgotten: their parts there end at once, and its administrators are
told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import organisation_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import organisations
from bot.store.organisations import Member, Organisation
from bot.turns.organisations import NOT_THERE, end_part, hand_over, tell_administrators
from bot.turns.turn import Turn
from states.roles import Action, OrganisationRole, may
from states.text import say


def leave(turn: Turn, argument: str = "") -> None:
    """/leave."""
    mine = _mine(turn)
    if mine:
        turn.show("leave", mine[0].id if len(mine) == 1 else "")
    else:
        turn.notice = say("You belong to no organisation here, so there is nothing to leave.")


def _mine(turn: Turn) -> list[Organisation]:
    """Where this person has any part, also a suspended one, or one that waits to be confirmed."""
    theirs = organisations.memberships_of(turn.transaction, turn.person.id)
    found = (organisations.by_id(turn.transaction, id_) for id_ in dict.fromkeys(one.organisation_id for one in theirs))
    return [one for one in found if one is not None]


def leave_screen(turn: Turn) -> Screen | None:
    """Whether they want to leave it, or which; None where they belong nowhere."""
    mine = _mine(turn)
    chosen = next((one for one in mine if one.id == turn.detail), None)
    if chosen is None:
        return screens.leave_which_screen(mine) if mine else None
    if _is_only_administrator(turn, chosen):
        return screens.cannot_leave_screen(chosen)
    return screens.leave_screen(chosen, [one.role for one in _parts(turn, chosen.id)])


def _parts(turn: Turn, organisation_id: str) -> list[Member]:
    theirs = organisations.memberships_of(turn.transaction, turn.person.id)
    return [one for one in theirs if one.organisation_id == organisation_id]


def _is_only_administrator(turn: Turn, organisation: Organisation) -> bool:
    """Then nobody could let anybody in, or confirm a lead, once they are gone."""
    there = organisations.members_of(turn.transaction, organisation.id)
    confirm = {one.person_id for one in there if one.status == "active" and may([one.role], Action.CONFIRM)}
    return confirm == {turn.person.id}


def _leave(turn: Turn, what: Press) -> None:
    organisation = next((one for one in _mine(turn) if one.id == what.second), None)
    if organisation is None or turn.seen != "leave":
        turn.notice = NOT_THERE
        return
    turn.show("leave", organisation.id)
    if what.first != "yes":
        return
    organisations.hold_members(turn.transaction, organisation.id)  # of two administrators one stays
    if _is_only_administrator(turn, organisation):
        return
    parts = _parts(turn, organisation.id)
    for one in parts:
        end_part(turn, one, turn.person.id)
    for one in parts:
        hand_over(turn, one)
    _tell(turn, organisation, parts)
    turn.show_walk()
    turn.notice = say("You do not belong to {organisation} any more.", organisation=organisation.name)


def tell_before_forgetting(turn: Turn) -> None:
    """Somebody asks to be forgotten: wherever they answered for others, that is told while it is known."""
    for organisation in sorted(_mine(turn), key=lambda one: one.id):
        organisations.hold_members(turn.transaction, organisation.id)
        parts = _parts(turn, organisation.id)
        _tell(turn, organisation, [one for one in parts if one.role is not OrganisationRole.PRACTITIONER])


def _tell(turn: Turn, organisation: Organisation, parts: list[Member]) -> None:
    there = organisations.members_of(turn.transaction, organisation.id)
    others = {one.role for one in there if one.status == "active" and one.person_id != turn.person.id}
    for one in parts:
        if one.status == "active":
            words = screens.left_screen(organisation, one, alone=one.role not in others)
            tell_administrators(turn, organisation, words, turn.person.id)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"leave": _leave}
