"""Writing down what was sent. An edit that is repeated changes nothing, so edits are written down together, a little
later; a new message is written down before anything else is sent to its chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.i18n import language_for, translator
from bot.screens.escalation_screens import closed_words, taken_words
from bot.screens.screen import Screen, paragraphs
from bot.screens.worded import worded
from bot.steps import Step, passed
from bot.store import Store, StoreError, Transaction, escalations, messages, outbox, people
from bot.store.messages import MessageRow
from bot.store.outbox import OutboxRow
from bot.telegram.sending import Done, not_shown
from bot.turns.call import Call, Said, say_in
from bot.turns.ladder import leave_nothing_behind, may_be_asked
from bot.turns.later import remember, unreachable
from states.escalation import State

log = structlog.get_logger()

Result = TypeVar("Result")

GATHER_SECONDS = 0.05
OWN_PAUSE = timedelta(seconds=1)
"""Between two things that the bot starts in the same chat."""
AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Written:
    """`living`: the message that holds the chat's screen since now; `later`: what must be sent because of it."""

    living: int | None = None
    later: tuple[Said, ...] = ()


class Marking:
    """For one worker's outbox. What the store cannot take now is kept and tried again until it can."""

    def __init__(self, store: Store, worker: str, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.worker = worker
        self.clock = clock
        self._said: list[int] = []
        self._gathering: asyncio.Task[None] | None = None

    @property
    def gathered(self) -> tuple[int, ...]:
        """The rows that are sent, and soon written down."""
        return tuple(self._said)

    async def said(self, row: OutboxRow, *, at_once: bool = False) -> None:
        """Sent, and there is nothing else to remember: the row goes with the next ones, or `at_once`."""
        if at_once:
            await self._surely(partial(outbox.remove, numbers=[row.number]))
            return
        self._said.append(row.number)
        if self._gathering is None:
            self._gathering = asyncio.create_task(self._gather())

    async def shown(self, row: OutboxRow, call: Call, done: Done) -> Written:
        """Sent, in new messages, or with messages gone."""
        at = self.clock()
        return await self._surely(lambda transaction: write_down(transaction, row, call, done, at, self.worker))

    async def given_up(self, row: OutboxRow, call: Call) -> Written:
        """Telegram will never take this: its person is told so, once."""
        at = self.clock()

        def work(transaction: Transaction) -> Written:
            person = people.by_id(transaction, row.person_id) if row.person_id else None
            outbox.remove(transaction, [row.number])
            instead = Call(call.chat_id, "text", call.language, not_shown(call.language))
            if call.kind == "tidy" or call.worded == instead.worded:
                return Written()
            person_id = person.id if person else None
            said = say_in(
                transaction, instead, row_id=row.id, person_id=person_id, lane=row.lane, at=at, holder=self.worker
            )
            return Written(None, (said,))

        return await self._surely(work)

    async def closed(self, chat_id: int, numbers: Sequence[int]) -> None:
        """The chat is closed to the bot: these rows go, and what the bot starts by itself leaves it out, until its
        person writes again."""
        at = self.clock()

        def work(transaction: Transaction) -> None:
            person = people.find(transaction, chat_id)
            if person is not None:
                people.save_blocked(transaction, person.id, at)
                leave_nothing_behind(transaction, person.id, at)
                unreachable(transaction, person.id, at)
            outbox.remove(transaction, numbers)

        await self._surely(work)

    async def put_off(self, row: OutboxRow, not_before: datetime, let_go: Sequence[int]) -> None:
        """It is to be sent later, and what comes after it in its chat waits."""

        def work(transaction: Transaction) -> None:
            outbox.put_off(transaction, row.number, not_before)
            outbox.let_go(transaction, let_go)

        await self._surely(work)

    async def let_go(self, numbers: Sequence[int]) -> None:
        """Another worker may send these."""
        await self._surely(partial(outbox.let_go, numbers=numbers))

    async def finish(self) -> None:
        """Write down what is still gathered, as far as the store takes it."""
        if self._gathering is not None:
            self._gathering.cancel()
            await asyncio.gather(self._gathering, return_exceptions=True)
        if self._said:
            try:
                await asyncio.wrap_future(self.store.submit(partial(outbox.remove, numbers=tuple(self._said))))
            except StoreError as error:
                log.error("not written down, will be sent again", error_class=type(error).__name__)
            else:
                self._said.clear()

    async def _gather(self) -> None:
        try:
            while self._said:
                await asyncio.sleep(GATHER_SECONDS)
                numbers = tuple(self._said)
                await self._surely(partial(outbox.remove, numbers=numbers))
                del self._said[: len(numbers)]  # not before: the bot may stop while they are being written down
        finally:
            self._gathering = None

    async def _surely(self, work: Callable[[Transaction], Result]) -> Result:
        """Do the work, however long the store is down: what was sent cannot be unsent."""
        while True:
            try:
                result = await asyncio.wrap_future(self.store.submit(work))
            except StoreError as error:
                log.error("not written down yet", error_class=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                passed(Step.MARKED)
                return result


def write_down(transaction: Transaction, row: OutboxRow, call: Call, done: Done, at: datetime, worker: str) -> Written:
    """The row is said: it goes, and its messages are remembered, so that they can be edited and swept.

    A new screen takes the place of the old one, which is then taken away; unless the chat has moved on meanwhile, and
    the new one is the one to go. Not so the 999 text while it is still wanted: a later call for it may wait for the
    same message. What the bot starts by itself next in this chat waits a moment.
    """
    # The person's row first, as in every turn, so that two workers cannot each wait for the other's.
    person = people.by_id(transaction, row.person_id) if row.person_id else None
    outbox.remove(transaction, [row.number])
    if row.lane == "own":
        outbox.pace(transaction, call.chat_id, at + OWN_PAUSE)
    if person is None:
        forgotten = row.person_id is not None and call.kind != "kept"  # while it was on its way
        return _after(transaction, row, None, call, at, worker, delete=done.new if forgotten else ())
    for message_id in done.new:
        kept = call.kind in ("kept", "ping")  # a ping must ring until it is settled, whatever is swept
        remember(transaction, MessageRow(person.id, message_id, "out", at, keep=kept), row_id=row.id)
    for message_id in done.gone:
        messages.save_deleted(transaction, person.id, message_id, at)
    if call.kind == "ping" and done.new:
        return _rang(transaction, row, call, done.new[0], at, worker)
    if call.kind != "screen" or not done.new:
        return Written()
    new, old = done.new[0], person.screen.message_id
    if new == old:  # it was tapped before this could be written down
        return Written(new)
    if call.revision != person.screen.revision and not (done.static and person.screen.view == "emergency"):
        return _after(transaction, row, None, call, at, worker, delete=(new,))
    people.save_living(transaction, person.id, new)
    return _after(
        transaction, row, new, call, at, worker, **{"close" if call.closes else "delete": (old,) if old else ()}
    )


def _rang(transaction: Transaction, row: OutboxRow, call: Call, message_id: int, at: datetime, worker: str) -> Written:
    """Remember in which message the ping is. Where its person answered, or was asked anew, while it was on its way, or
    may not be asked any more, it goes; where somebody else took the case, it says so."""
    escalations.save_sent(transaction, row.id, message_id)
    one = escalations.of_ping(transaction, row.id)
    if one is None:
        return Written()
    theirs = [ping for ping in escalations.pings_of(transaction, one.id) if ping.person_id == row.person_id]
    this = next(ping for ping in theirs if ping.id == row.id)
    answered = row.person_id == one.holder or (one.waits and this.declined)
    if this is not theirs[-1] or answered or not may_be_asked(transaction, one, row.person_id or ""):
        return _after(transaction, row, None, call, at, worker, delete=(message_id,))
    if one.waits or row.person_id == one.offered_to:
        return Written()
    over = one.state is State.CLOSED
    taken = Screen(paragraphs(closed_words(one.reference) if over else taken_words(one.reference, None)))
    words = worded(taken, translator(language_for(call.language)), "", 0)
    instead = Call(call.chat_id, "change", call.language, words, change=message_id)
    said = say_in(transaction, instead, row_id=row.id, person_id=row.person_id, lane="reply", at=at, holder=worker)
    return Written(None, (said,))


def _after(
    transaction: Transaction,
    row: OutboxRow,
    living: int | None,
    call: Call,
    at: datetime,
    worker: str,
    *,
    delete: tuple[int, ...] = (),
    close: tuple[int, ...] = (),
) -> Written:
    """What is to be taken away from the chat once the row is said, if anything."""
    if not delete and not close:
        return Written(living)
    tidy = Call(call.chat_id, "tidy", call.language, delete=delete, close=close)
    person_id = row.person_id if people.by_id(transaction, row.person_id or "") else None
    # The row's id serves again: the row itself is gone.
    said = say_in(transaction, tidy, row_id=row.id, person_id=person_id, lane="reply", at=at, holder=worker)
    return Written(living, (said,))
