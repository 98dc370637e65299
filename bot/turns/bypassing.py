"""Whoever a call for a lead must not reach (INV-24) stays out of it when their part changes, when they come with a new
account, and when they ask to be forgotten and come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import structlog

from bot.store import due, escalations, organisations, people
from bot.store.errors import SealBroken
from bot.store.escalations import Escalation
from bot.store.people import Person
from bot.turns.later import ESCALATION
from bot.turns.telling import Acting

log = structlog.get_logger()


def readable(acting: Acting, organisation_id: str | None = None) -> Iterator[Escalation]:
    """What is not closed, there or anywhere. One that is damaged can be shown to nobody, and must not keep anybody from
    leaving or joining."""
    for id_ in escalations.all_open(acting.transaction):
        try:
            one = escalations.find(acting.transaction, id_)
        except SealBroken as error:
            log.error("a call for a lead cannot be read", error_class=type(error).__name__)
            continue
        if one is not None and organisation_id in (None, one.organisation_id):
            yield one


def goes_with(acting: Acting, organisation_id: str, before: str, now: str) -> None:
    """A part ends there. What its owner must not hear of by it, or by their id, the person `now` must not either: they
    themselves in what they have left, or they with a new account. Told before the part is gone."""
    for one in readable(acting, organisation_id):
        if now not in one.bypassed and _is_bypassed(acting, one, before):
            _bypass(acting, one, people_=(now,))


def is_forgotten(acting: Acting, person: Person) -> None:
    """Somebody asks to be forgotten. What is still open, and they must not hear of, keeps a keyed hash of their chat:
    not the chat, and nothing else of them. It goes when that call is closed. Told before they are forgotten."""
    for one in readable(acting):
        if _is_bypassed(acting, one, person.id):
            _bypass(acting, one, chats=(_hashed(acting, person),))


def comes_back(acting: Acting, organisation_id: str, person: Person) -> None:
    """Somebody joins who may have been forgotten. What came out of one walk counts as one, as where it is asked for."""
    found, hashed = list(readable(acting, organisation_id)), _hashed(acting, person)
    known = {(one.reference, one.asked_by) for one in found if hashed in one.bypassed_chats}
    for one in found:
        if (one.reference, one.asked_by) in known and person.id not in one.bypassed:
            _bypass(acting, one, people_=(person.id,), chats=(hashed,))


def _hashed(acting: Acting, person: Person) -> str:
    return people.chat_hash(acting.transaction, person.chat_id).hex()


def _is_bypassed(acting: Acting, one: Escalation, person_id: str) -> bool:
    """Whether it must not reach them: as whom they were then, or by a part that they have now, also unconfirmed."""
    theirs = organisations.memberships_of(acting.transaction, person_id)
    here = {each.role for each in theirs if each.organisation_id == one.organisation_id}
    return person_id in one.bypassed or not here.isdisjoint(one.without)


def _bypass(acting: Acting, one: Escalation, people_: tuple[str, ...] = (), chats: tuple[str, ...] = ()) -> None:
    due.hold(acting.transaction, ESCALATION, one.id)
    held = escalations.hold(acting.transaction, one.id)
    if held is not None:
        bypassed = tuple(dict.fromkeys((*held.bypassed, *people_)))
        bypassed_chats = tuple(dict.fromkeys((*held.bypassed_chats, *chats)))
        escalations.amend(acting.transaction, replace(held, bypassed=bypassed, bypassed_chats=bypassed_chats))
