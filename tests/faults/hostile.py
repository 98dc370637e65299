"""Malformed and hostile updates against the whole bot but for the network: nothing crashes, and no update changes what
it has no right to change.

`python -m tests.faults.hostile --updates 100000 --seed 1` prints what was tried, how long it took, and what was found;
with `--controls`, also whether each promise is missed once it is broken on purpose. Exit status 1: something was found,
or a broken promise was not missed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import statistics
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from structlog.testing import capture_logs

from bot import intake
from bot.screens import codes
from bot.store import Store
from bot.store.tables import metadata
from bot.telegram import decoding, receiving
from bot.telegram.decoding import MalformedUpdateError
from bot.telegram.sending import Sender
from bot.turns import pressing
from bot.turns.beside import OLD_BUTTON
from bot.turns.turn import Turn
from bot.turns.typing import typed
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.faults.hostile_updates import CANARY, STRANGER, Json, Target, hostile_updates
from tests.faults.in_process import ENGINES, Transport, WorkingBot, intake_over, new_store
from tests.faults.permitted import breaches, changed, judge, read, senders, standing

PLACES = (
    *("first screen", "danger", "worry", "half ticked", "advice", "decision", "note", "note warning", "saved"),
    *("addendum", "signpost", "/danger", "/delete_my_data", "/language"),
)
METHODS = {
    *("sendmessage", "editmessagetext", "editmessagereplymarkup", "deletemessage", "deletemessages"),
    "answercallbackquery",
}
"""All that may be called because of an update. Nothing that anybody sent is ever fetched."""
PATIENCE = 5.0
"""Seconds for an update to be dealt with, and as many for what it says to be sent."""
IN_A_ROW = 8
"""Updates from one state on, so that what one does meets the next."""
ROUND = 250
"""Examples that Hypothesis is asked for at once: it remembers all of them."""


class World:
    """A bot with people in every sort of place, who are brought back there for each example."""

    def __init__(self, store: Store) -> None:
        self.transport = Transport()
        self.store = store
        self.intake = intake_over(store)
        self.chats = [at(DirectChat(self.intake), place) for place in PLACES]
        self.targets = [_target(chat) for chat in self.chats]
        with self.store.reading() as transaction:
            self.beginning = read(transaction)
            known = (*(chat.id for chat in self.chats), STRANGER)
            self.chat_of = {transaction.sealer.keyed_hash("people.chat_id", chat): chat for chat in known}
        self.kept = self.beginning
        self.seconds: list[float] = []
        self.outcomes: Counter[str] = Counter()
        self.logged: list[Any] = []
        self.unhandled: list[str] = []
        self.runner = asyncio.Runner()
        self.runner.get_loop().set_exception_handler(lambda _, said: self.unhandled.append(str(said["message"])))
        self.bot = WorkingBot(self.intake, self.transport)

    @classmethod
    @contextlib.contextmanager
    def at_work(cls, engine: str = ENGINES[0]) -> Iterator[World]:
        """A world over a new store, with its log watched; a failed turn is tried again without a pause."""
        with contextlib.ExitStack() as stack:
            world = cls(stack.enter_context(new_store(engine)))
            stack.enter_context(world.runner)
            stack.enter_context(pytest.MonkeyPatch.context()).setattr(receiving, "PAUSE_SECONDS", 0.0)
            world.logged = stack.enter_context(capture_logs())
            yield world

    def begin_anew(self) -> None:
        """Start the bot again, with the store as it was made."""
        self.runner.run(self.bot.finish(0))
        self.bot = WorkingBot(self.intake, self.transport)
        with self.store.transaction() as transaction:
            for table in reversed(metadata.sorted_tables):
                transaction.connection.execute(delete(table))
            for table in metadata.sorted_tables:
                rows = [row._asdict() for (name, _), row in self.beginning.items() if name == table.name]
                if rows:
                    transaction.connection.execute(insert(table), rows)
        self.kept = self.beginning
        self.logged.clear()
        self.unhandled.clear()

    async def deal(self, raw: Json) -> None:
        """Deal with one raw update, until everything that it says is sent and written down."""
        with contextlib.suppress(ValueError):  # without an id, it is left out
            async with asyncio.timeout(PATIENCE):
                await self.bot.receiver.take_in(raw)
        await self.bot.outbox.finish(PATIENCE)

    def check(self, raw: Json) -> None:
        """Deal with the update, and hold what it did to what it may do."""
        before, stood = self.kept, standing(self.kept, self.chat_of)
        self.transport.calls.clear()
        began = time.perf_counter()
        try:
            self.runner.run(self.deal(raw))
        except Exception as error:
            raise AssertionError("an update got through to whoever takes them in") from error
        self.seconds.append(time.perf_counter() - began)
        with self.store.reading() as transaction:
            self.kept = read(transaction)
        permitted, chats = judge(raw, stood), senders(raw)
        stands = standing(self.kept, self.chat_of)
        own = {there[chat].person_id for there in (stood, stands) for chat in chats if chat in there}
        changes = changed(before, self.kept)
        self.outcomes[f"{permitted.name.lower()}{', changed' if changes else ''}"] += 1
        found = breaches(permitted, own, changes)
        assert not found, f"{permitted}: {sorted(found)}"
        called = {method for method, _ in self.transport.calls}
        assert called <= METHODS, f"{called} called"
        told = {chat for _, chat in self.transport.calls} & {*self.chat_of.values()}
        assert told <= chats, f"{permitted}: something was sent to {told}"
        assert CANARY not in str(self.logged), "people's words are in the log"
        failed = [one for one in self.logged if one["event"] == "turn failed"]
        assert {one["error_class"] for one in failed} <= {MalformedUpdateError.__name__}, failed
        assert not self.unhandled, self.unhandled


def _target(chat: DirectChat) -> Target:
    turn = chat.turn
    return Target(chat.id, turn.reference, turn.person.screen.revision, turn.walk.state)


def run(world: World, updates: int, seed_: int, phases: Sequence[Phase] = (Phase.generate, Phase.shrink)) -> None:
    """Try so many updates. Raises what Hypothesis found, made as small as it can be."""
    rows = st.lists(hostile_updates(world.targets), min_size=IN_A_ROW, max_size=IN_A_ROW)
    until = len(world.seconds) + updates
    for round_ in itertools.count(seed_):

        @seed(round_)
        @settings(
            max_examples=min(ROUND, -(-(until - len(world.seconds)) // IN_A_ROW)),
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        )
        @given(rows)
        def example(row: list[Json]) -> None:
            world.begin_anew()
            for raw in row:
                world.check(raw)

        example()
        if len(world.seconds) >= until:
            return


# ---- broken on purpose


def _any_button(turn: Turn, data: str) -> None:
    try:
        pressing.press(turn, codes.read(data).press)
    except codes.UnreadableButtonError:
        turn.notice = OLD_BUTTON


def _telling_the_log(turn: Turn, text: str) -> None:
    structlog.get_logger().info(text)
    typed(turn, text)


async def _fetching(sender: Sender, callback_id: str) -> None:
    await sender.bot.get_file(callback_id)


BROKEN: Mapping[str, tuple[Any, str, Any]] = {
    "old buttons work": (intake, "tapped", _any_button),
    "whoever says so owns a chat": (decoding, "_is_own_chat", lambda chat, person: chat.type == "private"),
    "numbers of any kind are taken": (decoding, "_number", lambda value: value),
    "texts of any kind are taken": (decoding, "_text", lambda value, longest=0: value or ""),
    "what was typed is logged": (intake, "typed", _telling_the_log),
    "files are fetched": (Sender, "answer_tap", _fetching),
}
"""Promises by what happens without them: what takes the place of what keeps them."""


def noticed(world: World, name: str, updates: int, seed_: int) -> bool:
    """Whether it is noticed that this promise is broken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*BROKEN[name])
        try:
            run(world, updates, seed_, (Phase.generate,))
        except AssertionError:
            return True
        except ExceptionGroup as several:
            return several.split(AssertionError)[1] is None
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--controls", action="store_true")
    chosen = parser.parse_args()
    status = 0
    with World.at_work(chosen.store) as world:
        try:
            run(world, chosen.updates, chosen.seed)
        except Exception:
            print(traceback.format_exc())
            status = 1
        report(world, chosen.seed)
        for name in BROKEN if chosen.controls else ():
            caught = noticed(world, name, chosen.updates, chosen.seed)
            print(f"broken on purpose: {name}: {'caught' if caught else 'NOT CAUGHT'}")
            status = status if caught else 1
    return status


def report(world: World, seed_: int) -> None:
    """What was tried, and how long it took."""
    milliseconds = [1000 * one for one in world.seconds]
    cuts = statistics.quantiles(milliseconds, n=100)
    print(f"{len(milliseconds)} updates, seed {seed_}, by what they may change and did:", dict(world.outcomes))
    print(f"milliseconds each: median {cuts[49]:.1f}, p99 {cuts[98]:.1f}, longest {max(milliseconds):.1f}")


if __name__ == "__main__":
    sys.exit(main())
