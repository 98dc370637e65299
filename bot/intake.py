"""One update in, one committed turn out: the heart.

Everything an update causes is in one transaction with the note that it was dealt with, so it happens once or not at
all. Nothing is sent from here: the reply says what the chat must show, after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.store import Store, StoreConflict, StoreError, Transaction, messages, people, updates
from bot.store.messages import MessageRow
from bot.store.people import ScreenShown
from bot.store.updates import Claim
from bot.turns.incoming import Came, Incoming, Reply
from bot.turns.pressing import tapped
from bot.turns.showing import screen_of
from bot.turns.turn import Surroundings, Turn
from bot.turns.typing import typed
from states.text import say

TRIES = 3
"""Failures after which an update is set aside, so that one bad update cannot stop the bot."""

UPDATES_KEPT = timedelta(hours=48)

UNWANTED = say("I cannot take pictures, voice, files, contacts or places, and did not open it. Please use the buttons.")


class Intake:
    """Takes updates for one bot. Synchronous; one update of a chat at a time."""

    def __init__(self, store: Store, surroundings: Surroundings, bot_id: int, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.surroundings = surroundings
        self.bot_id = bot_id
        self.clock = clock

    def take(self, incoming: Incoming, shown_already: int | None = None) -> Reply | None:
        """Deal with one update and commit it. None: nothing is to be sent.

        `shown_already` is the message in which the emergency screen went out before anything was saved. Raises
        whatever a turn raises; then nothing of it was saved (see `failed`).
        """
        at = self.clock()
        with self.store.transaction() as transaction:
            if updates.claim(transaction, self.bot_id, incoming.update_id, at) is Claim.DONE:
                return None
            reply = self._turn(transaction, incoming, at, shown_already)
            updates.finish(transaction, self.bot_id, incoming.update_id, at)
        return reply

    def _turn(
        self, transaction: Transaction, incoming: Incoming, at: datetime, shown_already: int | None
    ) -> Reply | None:
        if incoming.came in (Came.IGNORED, Came.GROUP):
            return None
        if incoming.came in (Came.BLOCKED, Came.UNBLOCKED):
            known = people.find(transaction, incoming.chat_id)
            if known is not None:
                people.save_blocked(transaction, known.id, at if incoming.came is Came.BLOCKED else None)
            return None
        new_id = self.surroundings.random_bytes(16).hex()
        person = people.find_or_create(transaction, incoming.chat_id, new_id=new_id, at=at, language=incoming.language)
        if incoming.came is Came.TAP and incoming.message_id and person.screen.message_id is None:
            # The screen went out, but the bot died before it could write down which message it was.
            person = replace(person, screen=replace(person.screen, message_id=incoming.message_id))
        turn = Turn(transaction, self.surroundings, person, at)
        if incoming.came is Came.TAP:
            tapped(turn, incoming.data)
        elif incoming.came is Came.TEXT:
            typed(turn, incoming.text)
        else:
            turn.notice = UNWANTED
        if incoming.came is not Came.TAP and incoming.message_id:
            turn.delete.append(incoming.message_id)
            if not turn.forgotten:
                _remember(transaction, MessageRow(person.id, incoming.message_id, "in", at))
        return self._reply(turn, incoming, shown_already)

    def _reply(self, turn: Turn, incoming: Incoming, shown_already: int | None) -> Reply:
        old = turn.person.screen.message_id
        typed_in = incoming.came is not Came.TAP
        tapped_elsewhere = not typed_in and incoming.message_id != old
        fresh = typed_in or tapped_elsewhere or turn.profile.mode == "new" or old is None
        screen = None if shown_already and turn.view == "emergency" else screen_of(turn)
        shown = ScreenShown(old, turn.person.screen.revision + 1)
        if not turn.forgotten:
            shown = turn.saved_screen(shown_already or (None if fresh else old))
        if tapped_elsewhere and incoming.message_id and turn.profile.mode == "edit":
            turn.delete.append(incoming.message_id)
        return Reply(
            person_id="" if turn.forgotten else turn.person.id,
            chat_id=incoming.chat_id,
            language=turn.translate.language,
            screen=screen,
            revision=shown.revision,
            walk=turn.reference,
            replaces=old,
            fresh=fresh,
            keep_old=turn.profile.mode == "new" or (shown_already is not None and old == shown_already),
            delete=tuple(dict.fromkeys(turn.delete)),
            kept=turn.kept,
        )

    def sent(self, person_id: str, message_id: int, *, is_screen: bool, keep: bool = False) -> None:
        """Write down a message that went out, so that it can be edited and swept."""
        at = self.clock()
        with self.store.transaction() as transaction:
            person = people.by_id(transaction, person_id)
            if person is None:
                return
            _remember(transaction, MessageRow(person_id, message_id, "out", at, keep=keep))
            if is_screen:
                people.save_screen(transaction, person_id, replace(person.screen, message_id=message_id))

    def swept(self, person_id: str, message_ids: tuple[int, ...]) -> None:
        """Write down messages that are gone from the chat."""
        at = self.clock()
        with self.store.transaction() as transaction:
            for message_id in message_ids:
                messages.save_deleted(transaction, person_id, message_id, at)

    def failed(self, incoming: Incoming, error: Exception) -> bool:
        """Count a failure. True: the update is set aside now, and its sender must be told.

        An error of the store is no fault of the update and counts as no try.
        """
        if isinstance(error, StoreError) and not isinstance(error, StoreConflict):
            return False
        at = self.clock()
        with self.store.transaction() as transaction:
            tries = updates.count_try(transaction, self.bot_id, incoming.update_id, type(error).__name__, at)
            if tries < TRIES:
                return False
            updates.set_aside(transaction, self.bot_id, incoming.update_id)
        return True

    def tidy(self) -> None:
        """Forget update ids that Telegram can no longer send, and messages that can no longer be deleted."""
        moment = self.clock() - UPDATES_KEPT
        with self.store.transaction() as transaction:
            updates.forget_before(transaction, moment)
            messages.forget_before(transaction, moment)


def _remember(transaction: Transaction, message: MessageRow) -> None:
    known = {row.message_id for row in messages.to_delete_in_chat(transaction, message.person_id)}
    if message.message_id not in known:
        messages.add(transaction, message)
