"""Telling somebody else something because of a turn, beside whatever their chat shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.i18n import language_for, translator
from bot.screens.screen import Screen
from bot.screens.worded import worded
from bot.store import people
from bot.store.escalations import Ping
from bot.store.outbox import Kind, Lane
from bot.store.transaction import Transaction
from bot.turns.call import Call, say_in
from bot.turns.turn import Surroundings


class Acting(Protocol):
    """A turn, or something that happens later by itself."""

    @property
    def transaction(self) -> Transaction:
        """What is done is done in it."""

    @property
    def surroundings(self) -> Surroundings:
        """What must not be taken from the air."""

    @property
    def at(self) -> datetime:
        """When it is done."""


@dataclass(frozen=True, slots=True)
class ByItself:
    """Something that happens later, and is nobody's turn."""

    transaction: Transaction
    surroundings: Surroundings
    at: datetime


def tell(acting: Acting, person_id: str, screen: Screen, *, lane: Lane = "own") -> bool:
    """Write down what somebody is told. False if they cannot be: they blocked the bot, or asked to be forgotten."""
    return _say(acting, person_id, screen, "text", lane, acting.surroundings.new_id())


def ring(acting: Acting, ping: Ping, screen: Screen) -> bool:
    """The same for a ping, whose message is remembered so that its words can be changed later."""
    return _say(acting, ping.person_id, screen, "ping", "urgent", ping.id)


def change(acting: Acting, ping: Ping, screen: Screen) -> bool:
    """Put other words in the place of a ping that was sent. One that never was sends nothing."""
    row_id = acting.surroundings.new_id()
    return ping.message_id is not None and _say(
        acting, ping.person_id, screen, "change", "own", row_id, ping.message_id
    )


def retire(acting: Acting, ping: Ping) -> None:
    """Take a ping away, because another one rings in its place."""
    person = people.look_at(acting.transaction, ping.person_id)
    if person is not None and person.blocked_at is None and ping.message_id is not None:
        call = Call(person.chat_id, "tidy", delete=(ping.message_id,))
        row_id = acting.surroundings.new_id()
        say_in(acting.transaction, call, row_id=row_id, person_id=person.id, lane="reply", at=acting.at)


def _say(
    acting: Acting, person_id: str, screen: Screen, kind: Kind, lane: Lane, row_id: str, change: int | None = None
) -> bool:
    person = people.look_at(acting.transaction, person_id)
    if person is None or person.blocked_at is not None:
        return False
    language = language_for(person.profile.language)
    words = worded(screen, translator(language), "", 0)
    call = Call(person.chat_id, kind, language, words, change=change or 0)
    say_in(acting.transaction, call, row_id=row_id, person_id=person.id, lane=lane, at=acting.at)
    return True
