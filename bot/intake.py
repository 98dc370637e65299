"""One update in, one committed turn out: the heart.

Everything an update causes is in one transaction with the note that it was dealt with, so it happens once or not at
all. Nothing is sent from here: the reply says what the chat must show, after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.i18n import language_for
from bot.screens import codes
from bot.screens.advice_screen import emergency_screen
from bot.screens.pages import forgotten_screen
from bot.store import Store, StoreConflict, StoreError, Transaction, messages, people, updates
from bot.store.messages import Direction, MessageRow
from bot.store.people import Person
from bot.store.updates import Claim
from bot.turns.incoming import Came, Incoming, Reply
from bot.turns.pressing import tapped
from bot.turns.showing import screen_of
from bot.turns.turn import Surroundings, Turn
from bot.turns.typing import typed
from bot.turns.urgent import is_urgent
from states.text import say

TRIES = 3
"""Failures after which an update is set aside, so that one bad update cannot stop the bot."""

UPDATES_KEPT = timedelta(hours=48)

UNWANTED = say("I cannot take pictures, voice, files, contacts or places, and did not open it. Please use the buttons.")

WANTS_A_SCREEN = (Came.TAP, Came.TEXT, Came.UNWANTED)


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
                return self._once_more(transaction, incoming, at, shown_already)
            reply = self._turn(transaction, incoming, at, shown_already)
            updates.finish(transaction, self.bot_id, incoming.update_id, at)
        return reply

    def _turn(
        self, transaction: Transaction, incoming: Incoming, at: datetime, shown_already: int | None
    ) -> Reply | None:
        if incoming.came in (Came.BLOCKED, Came.UNBLOCKED):
            known = people.find(transaction, incoming.chat_id)
            if known is not None:
                people.save_blocked(transaction, known.id, at if incoming.came is Came.BLOCKED else None)
        if incoming.came not in WANTS_A_SCREEN:
            return None
        new_id = self.surroundings.random_bytes(16).hex()
        person = people.find_or_create(transaction, incoming.chat_id, new_id=new_id, at=at, language=incoming.language)
        person = _with_unrecorded_screen(transaction, person, incoming, at)
        turn = Turn(transaction, self.surroundings, person, at)
        if incoming.came is Came.TAP:
            tapped(turn, incoming.data)
        elif incoming.came is Came.TEXT:
            typed(turn, incoming.text)
        elif is_urgent(incoming):
            turn.show("emergency")
        else:
            turn.notice = UNWANTED
        return self._reply(turn, incoming, shown_already)

    def _reply(self, turn: Turn, incoming: Incoming, shown_already: int | None) -> Reply:
        """What the chat must show now: the living screen edited, or a new one where it scrolled away or is unwanted."""
        person = turn.person
        old = person.screen.message_id
        own_message = incoming.message_id if incoming.came is not Came.TAP else None
        tapped_on = incoming.message_id if incoming.came is Came.TAP else None
        screen = screen_of(turn)
        shows = shown_already if screen == emergency_screen() else None
        fresh = bool(own_message or shown_already or turn.forgotten or turn.kept) or turn.profile.mode == "new"
        edits = old if not fresh and tapped_on == old else shown_already if not shows else None
        left_over = {old, tapped_on} - {None, edits, shows}
        delete, close = set(turn.delete), set[int | None]()
        if turn.profile.mode == "new" and not turn.forgotten:
            close = left_over
        else:
            delete |= {message_id for message_id in left_over if message_id}
        revision = person.screen.revision + 1
        if turn.forgotten:
            delete |= {message_id for message_id in (own_message, shown_already) if message_id}
        else:
            revision = turn.saved_screen(shows or edits).revision
            if fresh:
                _remember(turn.transaction, person.id, own_message, "in", turn.at)
                _remember(turn.transaction, person.id, shown_already, "out", turn.at)
                delete |= _typed_and_standing(turn.transaction, person.id)
        return Reply(
            person_id="" if turn.forgotten else person.id,
            chat_id=incoming.chat_id,
            language=turn.translate.language,
            screen=None if shows else screen,
            revision=revision,
            walk=turn.reference,
            edits=edits,
            delete=tuple(sorted(delete)),
            close=tuple(sorted(message_id for message_id in close if message_id)),
            kept=turn.kept,
        )

    def _once_more(
        self, transaction: Transaction, incoming: Incoming, at: datetime, shown_already: int | None
    ) -> Reply | None:
        """An update that was dealt with came again: perhaps the bot died before its screen was sent.

        Nothing changes; the chat is brought to what it should show.
        """
        if incoming.came not in WANTS_A_SCREEN:
            return None
        person = people.find(transaction, incoming.chat_id)
        if person is None:  # only /delete_my_data makes a person unknown again
            language = language_for(incoming.language)
            return Reply("", incoming.chat_id, language, forgotten_screen(), edits=incoming.message_id)
        turn = Turn(transaction, self.surroundings, person, at)
        screen = screen_of(turn)
        old = person.screen.message_id
        shows = shown_already if screen == emergency_screen() else None
        _remember(transaction, person.id, shown_already, "out", at)
        delete = _typed_and_standing(transaction, person.id)
        if shows:
            people.save_screen(transaction, person.id, replace(person.screen, message_id=shows))
            delete |= {old} if old else set()
        return Reply(
            person_id=person.id,
            chat_id=incoming.chat_id,
            language=turn.translate.language,
            screen=None if shows else screen,
            revision=person.screen.revision,
            walk=turn.reference,
            edits=old,
            delete=tuple(sorted(delete)),
        )

    def sent(self, person_id: str, message_id: int, *, is_screen: bool, keep: bool = False) -> None:
        """Write down a message that went out, so that it can be edited and swept."""
        at = self.clock()
        with self.store.transaction() as transaction:
            person = people.by_id(transaction, person_id)
            if person is None:
                return
            _remember(transaction, person_id, message_id, "out", at, keep=keep)
            if is_screen:
                people.save_screen(transaction, person_id, replace(person.screen, message_id=message_id))

    def told(self, chat_id: int, message_ids: Iterable[int]) -> None:
        """Write down messages about the bot's own trouble, which went out beside any turn."""
        at = self.clock()
        with self.store.transaction() as transaction:
            person = people.find(transaction, chat_id)
            if person is not None:
                for message_id in message_ids:
                    _remember(transaction, person.id, message_id, "out", at)

    def swept(self, person_id: str, message_ids: Iterable[int]) -> None:
        """Write down messages that are gone from the chat."""
        at = self.clock()
        with self.store.transaction() as transaction:
            for message_id in message_ids:
                messages.save_deleted(transaction, person_id, message_id, at)

    def failed(self, incoming: Incoming, error: Exception) -> bool:
        """Count a failure. True: the update is set aside now, and its sender must be told.

        An error of the store is no fault of the update and counts as no try.
        """
        if is_outage(error):
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


def is_outage(error: Exception) -> bool:
    """Whether the store failed, and not the update: then it is tried again until it can be saved."""
    return isinstance(error, StoreError) and not isinstance(error, StoreConflict)


def _with_unrecorded_screen(transaction: Transaction, person: Person, incoming: Incoming, at: datetime) -> Person:
    """The present screen was tapped, though the bot died before it could write down which message it went out in."""
    if incoming.came is not Came.TAP or incoming.message_id is None or person.screen.message_id is not None:
        return person
    try:
        is_present = codes.read(incoming.data).revision == person.screen.revision
    except codes.UnreadableButtonError:
        return person
    if not is_present:
        return person
    _remember(transaction, person.id, incoming.message_id, "out", at)
    return replace(person, screen=replace(person.screen, message_id=incoming.message_id))


def _remember(
    transaction: Transaction,
    person_id: str,
    message_id: int | None,
    direction: Direction,
    at: datetime,
    *,
    keep: bool = False,
) -> None:
    """Write down a message of the chat, if there is one and it is not known yet."""
    if message_id is not None and not messages.is_known(transaction, person_id, message_id):
        messages.add(transaction, MessageRow(person_id, message_id, direction, at, keep=keep))


def _typed_and_standing(transaction: Transaction, person_id: str) -> set[int]:
    """What the person typed that is still in the chat, also from before: typed, committed, and then the bot died
    before it could take it away."""
    standing = messages.to_delete_in_chat(transaction, person_id)
    return {row.message_id for row in standing if row.direction == "in"}
