"""Builds of the bot with one promise deliberately broken. Each must be caught, or the checker proves nothing.

They are patches that the forked bot applies to itself before it serves; nothing of them is in the bot.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from bot.i18n import translator
from bot.intake import Intake
from bot.screens.worded import worded
from bot.store import Transaction, due, escalations, outbox, people, updates
from bot.store.messages import MessageRow
from bot.store.outbox import OutboxRow
from bot.telegram import receiving
from bot.telegram.marking import Marking, Written, write_down
from bot.telegram.outbox import Outbox
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Done, Sender
from bot.turns import ladder, taking, telling
from bot.turns.call import Call
from bot.turns.incoming import Incoming
from bot.turns.later import ESCALATION, remember

LONG_AFTER = 0.1
"""Seconds between what is told too early and the commit that it should have waited for."""


@dataclass(frozen=True)
class Control:
    """One broken promise: which it is, how it is broken, and the words by which the checker must find it out. `later`:
    it shows only when days pass; `of_a_call`: only where leads are called; `seldom`: only when things come together."""

    promise: str
    break_it: Callable[[], None]
    found_out: str
    later: bool = False
    of_a_call: bool = False
    seldom: bool = False


def _replace(owner: Any, name: str, patched: Callable[[Any], Any]) -> None:
    """Put `patched(original)` in the place of an attribute."""
    setattr(owner, name, patched(getattr(owner, name)))


def _acknowledge_before_commit() -> None:
    def patched(take_in: Any) -> Any:
        def at_once(self: Receiver, raw: Any) -> asyncio.Future[None]:
            take_in(self, raw)
            done = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done

        return at_once

    _replace(Receiver, "take_in", patched)


def _in_two(*, claim_first: bool) -> None:
    """A turn in two transactions, one after the other."""

    def take(self: Intake, incoming: Incoming, shown: int | None = None, down: tuple[int, ...] = ()) -> Future[Any]:
        at = self.clock()
        both: Future[Any] = Future()

        def claim(transaction: Transaction) -> None:
            updates.claim(transaction, self.bot_id, incoming.update_id, at)

        def effect(transaction: Transaction) -> Any:
            if not claim_first and updates.seen(transaction, self.bot_id, incoming.update_id):
                return []
            return self._turn(transaction, incoming, at, shown, down)

        def second(done: Future[Any]) -> None:
            last = self.store.submit(effect if claim_first else claim)
            last.add_done_callback(lambda _: both.set_result(done.result() or last.result() or []))

        self.store.submit(claim if claim_first else effect).add_done_callback(second)
        return both

    setattr(Intake, "take", take)  # noqa: B010


class _Sending:
    """Sends from inside a transaction, as soon as the bot sends at all."""

    def __init__(self) -> None:
        self._sender: Sender | None = None

        def patched(run: Any) -> Any:
            def remembering(its: Outbox) -> Any:
                self._sender, self._loop = its.sender, asyncio.get_running_loop()
                return run(its)

            return remembering

        _replace(Outbox, "run", patched)

    @property
    def ready(self) -> bool:
        """Whether it does."""
        return self._sender is not None

    def make(self, call: Call, living: int | None) -> Done:
        """Make the call now."""
        assert self._sender is not None
        return asyncio.run_coroutine_threadsafe(self._sender.make(call, living), self._loop).result(2.0)


def _told_before_stored() -> None:
    """The screen goes out while the transaction that it belongs to is still open."""
    sending = _Sending()

    def patched(turn: Any) -> Any:
        def telling(self: Intake, transaction: Transaction, *given: Any, **named: Any) -> Any:
            said = turn(self, transaction, *given, **named)
            for one in [one for one in said if one.call.kind == "screen"]:
                made = sending.make(one.call, one.row.living)
                write_down(transaction, one.row, one.call, made, self.clock(), "")
                said.remove(one)
            return said

        return telling

    _replace(Intake, "turn", patched)


def _mark_before_sending() -> None:
    def patched(send: Any) -> Any:
        async def marked_first(self: Outbox, item: Any, *rest: Any) -> Any:
            number = item.said.row.number
            await asyncio.wrap_future(self.store.submit(lambda transaction: outbox.remove(transaction, [number])))
            return await send(self, item, *rest)

        return marked_first

    _replace(Outbox, "_send", patched)


def _never_mark() -> None:
    async def forgetful(self: Marking, row: OutboxRow, *_: Any, **__: Any) -> Written:
        await asyncio.wrap_future(self.store.submit(lambda transaction: outbox.let_go(transaction, [row.number])))
        return Written()

    setattr(Marking, "said", forgetful)  # noqa: B010
    setattr(Marking, "shown", forgetful)  # noqa: B010


def _no_order() -> None:
    """Every update of a chat is dealt with by itself, whichever comes first."""

    async def work_off(self: Receiver, chat: int) -> None:
        del self._workers[chat]
        await asyncio.gather(*(alone(self, waiting) for waiting in self._lines.pop(chat)))

    async def alone(self: Receiver, waiting: Any) -> None:
        await asyncio.sleep(random.uniform(0, 0.03))
        await self._one(waiting)
        if not waiting.dealt_with.done():
            waiting.dealt_with.set_result(None)

    setattr(Receiver, "_work_off", work_off)  # noqa: B010


def _rungs_in_memory() -> None:
    """When the next is asked is remembered by nothing."""

    def patched(add: Any) -> Any:
        def but_rungs(transaction: Transaction, **timer: Any) -> bool:
            return timer["kind"] == ESCALATION or bool(add(transaction, **timer))

        return but_rungs

    _replace(due, "add", patched)


def _told_at_once(kind: str) -> None:
    """What is urgent for somebody else goes out while the transaction that it belongs to is still open."""
    sending = _Sending()

    def patched(say: Any) -> Any:
        def at_once(acting: Any, person_id: str, screen: Any, of: Any, lane: Any, row_id: str, *rest: Any) -> bool:
            if of != kind or lane != "urgent" or not sending.ready:
                return bool(say(acting, person_id, screen, of, lane, row_id, *rest))
            person = people.look_at(acting.transaction, person_id)
            assert person is not None
            call = Call(person.chat_id, of, "en", worded(screen, translator("en"), "", 0))
            done = sending.make(call, None)
            remember(acting.transaction, MessageRow(person_id, done.new[0], "out", acting.at, keep=True), row_id=row_id)
            if of == "ping":
                escalations.save_sent(acting.transaction, row_id, done.new[0])
            time.sleep(LONG_AFTER)
            return True

        return at_once

    _replace(telling, "_say", patched)


def _others_ring_on() -> None:
    setattr(taking, "settle", lambda *_: None)  # noqa: B010  only the ping that was tapped goes


def _nobody_is_left_out() -> None:
    setattr(ladder, "left_out", lambda acting, escalation: {escalation.asked_by})  # noqa: B010


def _danger_waits() -> None:
    setattr(receiving, "is_urgent", lambda incoming: False)  # noqa: B010  999 is then only what the turn shows


def _timers_in_memory() -> None:
    """What must happen later is remembered by the process, and by nothing else."""
    timers: list[dict[str, Any]] = []

    def add(transaction: Transaction, **timer: Any) -> bool:
        timers.append(timer)
        return True

    setattr(due, "add", add)  # noqa: B010


CONTROLS: dict[str, Control] = {
    "acknowledge before commit": Control(
        "an update is confirmed only after its commit",
        _acknowledge_before_commit,
        "was confirmed and is not in the store",
    ),
    "claim first, effect second": Control(
        "claim and effect are one transaction", lambda: _in_two(claim_first=True), "the screen should be"
    ),
    "effect outside the transaction": Control(
        "claim and effect are one transaction", lambda: _in_two(claim_first=False), "the screen should be"
    ),
    "told before stored": Control(
        "what a person is told was committed before", _told_before_stored, "was shown, but the store knows"
    ),
    "mark sent before sending": Control(
        "a row goes only when it was sent", _mark_before_sending, "should be in message|the chat shows screen"
    ),
    "sent and never marked": Control(
        "what was sent is not sent again", _never_mark, "times between two deaths|not settled"
    ),
    "order in a chat not kept": Control(
        "a chat's updates are dealt with in order", _no_order, "before an earlier one|was shown after screen"
    ),
    "danger waits for the transaction": Control(
        "999 goes out before anything is saved", _danger_waits, "was not met with 999"
    ),
    "next rung in memory": Control(
        "the next rung of a call for a lead is a row", _rungs_in_memory, "and nothing is due", of_a_call=True
    ),
    "ping before its commit": Control(
        "whoever is rung is in the store",
        lambda: _told_at_once("ping"),
        "call for a lead that is not in|no such ping",
        of_a_call=True,
        seldom=True,
    ),
    "told of a call before its commit": Control(
        "whoever is told who is asked, or has it, can rely on it",
        lambda: _told_at_once("text"),
        "knows of no step|which never happened|which the store does not know",
        of_a_call=True,
        seldom=True,
    ),
    "others ring on": Control(
        "when somebody takes it, no other ping asks on",
        _others_ring_on,
        "a ping still asks to take it",
        of_a_call=True,
        seldom=True,
    ),
    "nobody is left out": Control(
        "whom it is about hears nothing of it",
        _nobody_is_left_out,
        "must hear nothing of|instead of",
        of_a_call=True,
        seldom=True,
    ),
    "timer in memory": Control(
        "what must happen later is a row", _timers_in_memory, "should be .*, and is", later=True
    ),
}
