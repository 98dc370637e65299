"""One update in, one committed turn out: the heart.

Everything an update causes, also what must be said, is in one transaction with the note that it was dealt with, so it
happens once or not at all. Nothing is sent from here: what was written into the outbox is sent after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from bot.i18n import language_for, translator
from bot.screens.advice_screen import emergency_screen
from bot.screens.pieces import pieces
from bot.screens.screen import Screen, paragraphs
from bot.screens.worded import worded
from bot.steps import Step, passed
from bot.store import Store, StoreConflict, StoreError, Transaction, messages, people, updates
from bot.store.messages import Direction, MessageRow
from bot.store.outbox import Lane
from bot.store.people import Person
from bot.turns.call import Call, Said, say_in
from bot.turns.held_back import over_what, talk_held_back, talk_shown
from bot.turns.incoming import Came, Incoming
from bot.turns.ladder import leave_nothing_behind
from bot.turns.later import remember, unreachable
from bot.turns.pressing import tapped
from bot.turns.showing import screen_of, shows_999
from bot.turns.standing import on_present_screen
from bot.turns.turn import UNASKED, Surroundings, Turn
from bot.turns.typing import NOT_PASSED_ON, typed
from bot.turns.urgent import is_urgent
from states.text import say

TRIES = 3
"""Failures after which an update is set aside, so that one bad update cannot stop the bot."""

UNWANTED = say("I cannot take pictures, voice, files, contacts or places, and did not open it. Please use the buttons.")
BACK_AGAIN = say("I am back, and can save again. Here is where we are:")
SET_ASIDE = say(
    "I could not make sense of your last message and have put it aside. Everything before it is safe. Please try again "
    "with a button, or type /start. If anyone is in danger, ring 999."
)

WANTS_A_SCREEN = (Came.TAP, Came.TEXT, Came.UNWANTED)


class Intake:
    """Takes updates for one bot; one update of a chat at a time."""

    def __init__(self, store: Store, surroundings: Surroundings, bot_id: int, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.surroundings = surroundings
        self.bot_id = bot_id
        self.clock = clock

    def take(
        self, incoming: Incoming, shown_already: int | None = None, told_down: tuple[int, ...] = ()
    ) -> Future[list[Said]]:
        """Deal with one update and commit it. Gives what is to be sent now.

        `shown_already` is the message in which the emergency screen went out before anything was saved; `told_down`
        those that said that nothing can be saved. Raises whatever a turn raises; then nothing of it was saved (see
        `failed`).
        """
        at = self.clock()
        return self.store.submit(lambda transaction: self.turn(transaction, incoming, at, shown_already, told_down))

    def turn(
        self,
        transaction: Transaction,
        incoming: Incoming,
        at: datetime,
        shown_already: int | None = None,
        told_down: tuple[int, ...] = (),
    ) -> list[Said]:
        """What `take` does inside its transaction."""
        if not updates.claim(transaction, self.bot_id, incoming.update_id, at):
            return self._shown_again(transaction, incoming, at, shown_already, told_down)
        passed(Step.CLAIMED)
        said = self._turn(transaction, incoming, at, shown_already, told_down)
        passed(Step.TURN_WRITTEN)
        return said

    def _turn(
        self,
        transaction: Transaction,
        incoming: Incoming,
        at: datetime,
        shown_already: int | None,
        told_down: tuple[int, ...],
    ) -> list[Said]:
        if incoming.came in (Came.BLOCKED, Came.UNBLOCKED):
            return self._blocked(transaction, incoming, at)
        if incoming.came not in WANTS_A_SCREEN:
            return []
        person = people.find_or_create(
            transaction, incoming.chat_id, new_id=self.surroundings.new_id(), at=at, language=incoming.language
        )
        gone = set(told_down)
        if person.blocked_at is not None:  # whoever writes can be written to
            people.save_blocked(transaction, person.id, None)
            gone |= _left_standing(transaction, person) - {incoming.message_id}
        if on_present_screen(person, incoming) and person.screen.message_id != incoming.message_id:
            # Its screen was sent, and the bot died before it could write down where; perhaps it was sent twice.
            gone |= {person.screen.message_id} if person.screen.message_id else set()
            person = replace(person, screen=replace(person.screen, message_id=incoming.message_id))
            self._remember(transaction, person.id, incoming.message_id, "out", at)
        turn = Turn(transaction, self.surroundings, person, at, incoming.name)
        if incoming.came is Came.TAP:
            tapped(turn, incoming.data)
        elif incoming.came is Came.TEXT:
            typed(turn, incoming.text)
        elif is_urgent(incoming):
            turn.notice = NOT_PASSED_ON if talk_shown(turn) or talk_held_back(turn) else None
            turn.show("emergency", over_what(turn))
        else:
            turn.notice = UNWANTED
        living = shown_already or person.screen.message_id
        return [
            self._say(transaction, call, "" if turn.forgotten else person.id, lane, at, living)
            for call, lane in self._calls(turn, incoming, shown_already, gone, below=bool(told_down))
        ]

    def _blocked(self, transaction: Transaction, incoming: Incoming, at: datetime) -> list[Said]:
        """The person closed the chat to the bot, or opened it again."""
        person = people.find(transaction, incoming.chat_id)
        if person is None:
            return []
        people.save_blocked(transaction, person.id, at if incoming.came is Came.BLOCKED else None)
        if incoming.came is Came.BLOCKED:
            leave_nothing_behind(transaction, person.id, at)
            unreachable(transaction, person.id, at)
        delete = tuple(sorted(_left_standing(transaction, person)))
        if incoming.came is Came.BLOCKED or not delete:
            return []
        return [self._say(transaction, Call(incoming.chat_id, "tidy", delete=delete), person.id, "reply", at)]

    def _calls(
        self, turn: Turn, incoming: Incoming, shown_already: int | None, gone: set[int], *, below: bool
    ) -> Iterator[tuple[Call, Lane]]:
        """What the chat must be told and shown now. The screen's message is edited, unless the chat has moved on
        below it; `below`: the bot itself has said something there."""
        person, chat = turn.person, incoming.chat_id
        living = person.screen.message_id
        own = incoming.message_id if incoming.came is not Came.TAP else None
        tapped_on = incoming.message_id if incoming.came is Came.TAP else None
        screen = screen_of(turn)
        lane: Lane = "urgent" if shows_999(turn) else "reply"
        # What the bot showed by itself may be days old: what comes after it must not stand in so old a message.
        unasked = turn.seen in UNASKED
        closes = turn.profile.mode == "new" and not (turn.forgotten or unasked)
        fresh = shown_already is None and bool(
            own or below or turn.forgotten or turn.kept or closes or unasked or tapped_on != living
        )
        old = {tapped_on} - {living, None}
        if shown_already:  # its message is the screen's from now on
            old |= {living} - {shown_already, None}
            living = shown_already
        language = turn.translate.language
        if below:
            yield Call(chat, "text", language, worded(Screen(paragraphs(BACK_AGAIN)), turn.translate, "", 0)), lane
        if turn.kept:
            for piece in pieces(turn.kept):
                yield Call(chat, "kept", language, kept=piece), lane
        revision = person.screen.revision + 1
        if not turn.forgotten:
            revision = turn.saved_screen(living).revision
            self._remember(turn.transaction, person.id, own, "in", turn.at)
            self._remember(turn.transaction, person.id, shown_already, "out", turn.at)
        words = worded(screen, turn.translate, turn.reference, revision)
        yield Call(chat, "screen", language, words, revision, screen == emergency_screen(), fresh, closes), lane
        delete = gone | set(turn.delete) | ({own} if own else set())
        if turn.forgotten:
            delete |= {one for one in (living, shown_already) if one}
        close = {one for one in old if one}
        if not closes:
            delete, close = delete | close, set()
        if delete or close:
            yield (
                Call(chat, "tidy", language, delete=tuple(sorted(delete)), close=tuple(sorted(close - delete))),
                "reply",
            )

    def _shown_again(
        self,
        transaction: Transaction,
        incoming: Incoming,
        at: datetime,
        shown_already: int | None,
        told_down: tuple[int, ...],
    ) -> list[Said]:
        """An update that was dealt with came again. That nothing could be saved is no longer true, and goes away. If
        the emergency text went out again before that was known, it becomes the screen where that is still the
        emergency's, and else goes away too."""
        if shown_already is None and not told_down:
            return []
        person = people.find(transaction, incoming.chat_id)
        away = {*told_down, shown_already}
        if person is not None and shown_already is not None:
            self._remember(transaction, person.id, shown_already, "out", at)
            if person.screen.view == "emergency":
                people.save_living(transaction, person.id, shown_already)
                away = {*told_down, person.screen.message_id} - {shown_already}  # called for twice, shown once
        delete = tuple(sorted(message_id for message_id in away if message_id))
        if not delete:
            return []
        call = Call(incoming.chat_id, "tidy", delete=delete)
        return [self._say(transaction, call, person.id if person else "", "reply", at)]

    def _say(
        self, transaction: Transaction, call: Call, person_id: str, lane: Lane, at: datetime, living: int | None = None
    ) -> Said:
        return say_in(
            transaction,
            call,
            row_id=self.surroundings.new_id(),
            person_id=person_id or None,
            lane=lane,
            at=at,
            holder=self.surroundings.worker,
            living=living,
        )

    def told(self, chat_id: int, message_id: int) -> Future[None]:
        """Write down a message that went out beside any turn, so that it can be swept."""
        at = self.clock()

        def work(transaction: Transaction) -> None:
            person = people.find(transaction, chat_id)
            if person is not None:
                self._remember(transaction, person.id, message_id, "out", at)

        return self.store.submit(work)

    def failed(
        self, incoming: Incoming, error: Exception, shown_already: int | None, *, final: bool = False
    ) -> Future[list[Said] | None]:
        """Count a failure that is no outage. None: the update is to be tried again; else it is set aside, and this is
        to be sent. `final`: another try would fail in the same way."""
        at = self.clock()

        def work(transaction: Transaction) -> list[Said] | None:
            if updates.seen(transaction, self.bot_id, incoming.update_id):
                return []  # it was set aside when it came before
            tries = updates.count_try(transaction, self.bot_id, incoming.update_id, type(error).__name__, at)
            if tries < TRIES and not final:
                return None
            updates.set_aside(transaction, self.bot_id, incoming.update_id)
            return self._told_set_aside(transaction, incoming, at, shown_already)

        return self.store.submit(work)

    def _told_set_aside(
        self, transaction: Transaction, incoming: Incoming, at: datetime, shown_already: int | None
    ) -> list[Said]:
        """Its sender is told, and what they typed is taken away."""
        if not incoming.chat_id:
            return []
        person = people.find(transaction, incoming.chat_id)
        person_id = person.id if person else ""
        if person is not None:
            self._remember(transaction, person.id, shown_already, "out", at)
        translate = translator(language_for(person.profile.language if person else incoming.language))
        words = worded(Screen(paragraphs(SET_ASIDE)), translate, "", 0)
        calls = [Call(incoming.chat_id, "text", translate.language, words)]
        if incoming.came in (Came.TEXT, Came.UNWANTED) and incoming.message_id:
            calls.append(Call(incoming.chat_id, "tidy", delete=(incoming.message_id,)))
        return [self._say(transaction, call, person_id, "reply", at) for call in calls]

    def _remember(
        self, transaction: Transaction, person_id: str, message_id: int | None, direction: Direction, at: datetime
    ) -> None:
        """Write down a message of the chat, if there is one and it is not known yet."""
        if message_id is not None:
            remember(transaction, MessageRow(person_id, message_id, direction, at), self.surroundings.new_id())


def is_outage(error: Exception) -> bool:
    """Whether the store failed, and not the update: then it is tried again until it can be saved."""
    return isinstance(error, StoreError) and not isinstance(error, StoreConflict)


def _left_standing(transaction: Transaction, person: Person) -> set[int]:
    """What was to be taken away from a chat while it was closed to the bot: all that is neither kept nor its screen."""
    standing = messages.to_delete_in_chat(transaction, person.id)
    return {row.message_id for row in standing} - {person.screen.message_id or 0}
