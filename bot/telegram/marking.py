"""Writing down what was sent. An edit that is repeated changes nothing, so edits are written down together, a little
later; a new message is written down before anything else is sent to its chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from bot.steps import Step, passed
from bot.store import Store, StoreError, Transaction, messages, outbox, people
from bot.store.messages import MessageRow
from bot.store.outbox import OutboxRow
from bot.telegram.sending import Done
from bot.turns.call import Call, Said, say_in
from bot.turns.later import remember

log = structlog.get_logger()

Result = TypeVar("Result")

GATHER_SECONDS = 0.05
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

    async def said(self, row: OutboxRow, *, at_once: bool = False) -> None:
        """Sent, and there is nothing else to remember: the row goes with the next ones, or `at_once`."""
        if at_once:
            await self._surely(partial(outbox.remove, numbers=[row.number]))
            return
        self._said.append(row.number)
        if self._gathering is None:
            self._gathering = asyncio.create_task(self._gather())

    async def shown(self, row: OutboxRow, call: Call, done: Done, *, is_screen: bool = True) -> Written:
        """Sent, in new messages, or with messages gone."""
        at = self.clock()
        return await self._surely(
            lambda transaction: write_down(transaction, row, call, done, at, self.worker, is_screen=is_screen)
        )

    async def closed(self, chat_id: int) -> None:
        """The chat is closed to the bot: nothing more is said there until its person writes again."""
        at = self.clock()

        def work(transaction: Transaction) -> None:
            outbox.remove_chat(transaction, chat_id)
            person = people.find(transaction, chat_id)
            if person is not None:
                people.save_blocked(transaction, person.id, at)

        await self._surely(work)

    async def put_off(self, row: OutboxRow, not_before: datetime, let_go: Sequence[int]) -> None:
        """It is to be sent later, and what comes after it in its chat waits."""

        def work(transaction: Transaction) -> None:
            outbox.put_off(transaction, row.number, not_before)
            outbox.let_go(transaction, let_go)

        await self._surely(work)

    async def paced(self, chat_id: int, not_before: datetime) -> None:
        """What the bot starts by itself in this chat waits until then."""
        await self._surely(lambda transaction: outbox.pace(transaction, chat_id, not_before))

    async def finish(self) -> None:
        """Write down what is still gathered, as far as the store takes it."""
        if self._gathering is not None:
            self._gathering.cancel()
            await asyncio.gather(self._gathering, return_exceptions=True)
        if self._said:
            try:
                await asyncio.wrap_future(self.store.submit(partial(outbox.remove, numbers=self._said)))
            except StoreError as error:
                log.error("not written down, will be sent again", error_class=type(error).__name__)

    async def _gather(self) -> None:
        while self._said:
            await asyncio.sleep(GATHER_SECONDS)
            numbers = tuple(self._said)
            await self._surely(partial(outbox.remove, numbers=numbers))
            del self._said[: len(numbers)]  # not before: the bot may stop while they are being written down
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


def write_down(
    transaction: Transaction,
    row: OutboxRow,
    call: Call,
    done: Done,
    at: datetime,
    worker: str,
    *,
    is_screen: bool = True,
) -> Written:
    """The row is said: it goes, and its messages are remembered, so that they can be edited and swept.

    A new screen takes the place of the old one, which is then taken away; unless the chat has moved on meanwhile, and
    the new one is the one to go.
    """
    outbox.remove(transaction, [row.number])
    person = people.by_id(transaction, row.person_id) if row.person_id else None
    if person is None:
        if row.person_id is None or not done.new or call.kind == "kept":
            return Written()
        # Its person was forgotten while it was on its way.
        away = Call(call.chat_id, "tidy", call.language, delete=done.new)
        return Written(
            None, (say_in(transaction, away, row_id=row.id, person_id=None, lane="reply", at=at, holder=worker),)
        )
    for message_id in done.new:
        kept = call.kind == "kept"
        remember(transaction, MessageRow(person.id, message_id, "out", at, keep=kept), row_id=row.id)
    for message_id in done.gone:
        messages.save_deleted(transaction, person.id, message_id, at)
    if call.kind != "screen" or not is_screen or not done.new:
        return Written()
    new, old = done.new[0], person.screen.message_id
    living = new if call.revision == person.screen.revision else None
    if living is None:
        old = new
    else:
        people.save_living(transaction, person.id, new)
        if old is None or old == new:
            return Written(living)
    away = (
        Call(call.chat_id, "tidy", call.language, close=(old,))
        if call.closes
        else Call(call.chat_id, "tidy", call.language, delete=(old,))
    )
    # The row's id serves again: the row itself is gone.
    said = say_in(transaction, away, row_id=row.id, person_id=person.id, lane="reply", at=at, holder=worker)
    return Written(living, (said,))
