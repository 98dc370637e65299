"""Builds of the bot with one promise deliberately broken. Each must be caught, or the checker proves nothing.

They are patches that the forked bot applies to itself before it serves; nothing of them is in the bot.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.intake import Intake
from bot.store import Transaction, outbox, updates
from bot.telegram import receiving
from bot.telegram.marking import Marking
from bot.telegram.outbox import Outbox
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender
from bot.turns.incoming import Incoming


@dataclass(frozen=True)
class Control:
    """One broken promise: which, and how to break it."""

    promise: str
    break_it: Callable[[], None]


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

    async def take(self: Intake, incoming: Incoming, shown: int | None = None, down: tuple[int, ...] = ()) -> Any:
        at = self.clock()

        def claim(transaction: Transaction) -> None:
            updates.claim(transaction, self.bot_id, incoming.update_id, at)

        def effect(transaction: Transaction) -> Any:
            if not claim_first and updates.seen(transaction, self.bot_id, incoming.update_id):
                return []
            return self._turn(transaction, incoming, at, shown, down)

        said: Any = []
        for work in (claim, effect) if claim_first else (effect, claim):
            said = await asyncio.wrap_future(self.store.submit(work)) or said
        return said

    setattr(Intake, "take", take)  # noqa: B010


def _told_before_stored() -> None:
    """The screen goes out while the transaction that it belongs to is still open."""
    sender: list[Sender] = []
    loops: list[asyncio.AbstractEventLoop] = []

    def remembered(take_in: Any) -> Any:
        def remembering(self: Receiver, raw: Any) -> Any:
            sender[:], loops[:] = [self.sender], [asyncio.get_running_loop()]
            return take_in(self, raw)

        return remembering

    def patched(turn: Any) -> Any:
        def telling(self: Intake, *given: Any, **named: Any) -> Any:
            said = turn(self, *given, **named)
            for one in said:
                if one.call.kind == "screen":
                    asyncio.run_coroutine_threadsafe(sender[0].make(one.call, one.row.living), loops[0]).result(2.0)
            return said

        return telling

    _replace(Receiver, "take_in", remembered)
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
    async def shown(self: Marking, *_: Any, **__: Any) -> list[Any]:
        return []

    setattr(Marking, "said", lambda self, row: None)  # noqa: B010
    setattr(Marking, "shown", shown)  # noqa: B010


def _no_order() -> None:
    numbers = itertools.count(1)
    setattr(receiving, "sender_of", lambda raw: next(numbers))  # noqa: B010  every update in a line of its own

    def patched(take: Any) -> Any:
        async def whenever(self: Receiver, waiting: Any) -> Any:
            await asyncio.sleep(random.uniform(0, 0.02))
            return await take(self, waiting)

        return whenever

    _replace(Receiver, "_take", patched)


def _danger_waits() -> None:
    setattr(receiving, "is_urgent", lambda incoming: False)  # noqa: B010  999 is then only what the turn shows


CONTROLS: dict[str, Control] = {
    "acknowledge before commit": Control("an update is confirmed only after its commit", _acknowledge_before_commit),
    "claim first, effect second": Control("claim and effect are one transaction", lambda: _in_two(claim_first=True)),
    "effect outside the transaction": Control(
        "claim and effect are one transaction", lambda: _in_two(claim_first=False)
    ),
    "told before stored": Control("what is told was committed before", _told_before_stored),
    "mark sent before sending": Control("a row goes only when it was sent", _mark_before_sending),
    "sent and never marked": Control("what was sent is not sent again", _never_mark),
    "order in a chat not kept": Control("a chat's updates are dealt with in order", _no_order),
    "danger waits for the transaction": Control("999 goes out before anything is saved", _danger_waits),
}
