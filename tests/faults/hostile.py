"""Malformed and hostile updates against the real decoding, the real turns and a real store: no crash, and no change of
state that the update has no right to.

`python -m tests.faults.hostile --updates 100000 --seed 1` prints what was tried, how long it took, and what was found.
`--broken NAME` breaks one promise first: then it must be found (exit status 1).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from telegram import Bot

import bot.intake as intake_module
from bot.intake import Intake
from bot.logging import start_logging
from bot.screens import codes
from bot.store.tables import metadata
from bot.telegram import decoding
from bot.telegram.decoding import MalformedUpdateError, decode, update_id_of
from bot.turns import pressing
from bot.turns.beside import OLD_BUTTON
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import at
from tests.faults.hostile_updates import CANARY, STRANGER, Json, Target, hostile_updates
from tests.faults.permitted import breaches, changed, judge, read, standing

PLACES = (
    *("first screen", "danger", "worry", "half ticked", "advice", "decision", "note", "note warning", "saved"),
    *("addendum", "signpost", "/danger", "/delete_my_data", "/language"),
)
IN_A_ROW = 8
"""Updates from one state on, so that what one does meets the next."""
ROUND = 250
"""Examples that Hypothesis is asked for at once: it remembers all of them."""
NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


class World:
    """A bot with a store, and people in every sort of place; brought back to the same state for each example."""

    def __init__(self, folder: Path) -> None:
        self.bot = Bot("1:a")
        self.intake = open_intake(folder)
        self.intake.clock = lambda: NOW
        self.store = self.intake.store
        self.chats = [at(DirectChat(self.intake), place) for place in PLACES]
        self.targets = [self._target(chat) for chat in self.chats]
        with self.store.reading() as transaction:
            self.beginning = read(transaction)
            known = (*(chat.id for chat in self.chats), STRANGER)
            self.chat_of = {transaction.sealer.keyed_hash("people.chat_id", chat): chat for chat in known}
        self.kept = self.beginning
        self.seconds: list[float] = []
        self.outcomes: Counter[str] = Counter()

    def _target(self, chat: DirectChat) -> Target:
        turn = chat.turn
        return Target(chat.id, turn.reference, turn.person.screen.revision, turn.walk.state)

    def begin_anew(self) -> None:
        """Bring the store back to how it was made."""
        with self.store.transaction() as transaction:
            for table in reversed(metadata.sorted_tables):
                transaction.connection.execute(delete(table))
            for table in metadata.sorted_tables:
                rows = [row._asdict() for (name, _), row in self.beginning.items() if name == table.name]
                if rows:
                    transaction.connection.execute(insert(table), rows)
        self.kept = self.beginning

    def deal(self, raw: Json) -> str:
        """Deal with one raw update as the bot does. Gives what became of it; raises what nobody would catch."""
        if update_id_of(raw) is None:
            return "without an id"
        try:
            incoming = decode(raw, self.bot)
        except MalformedUpdateError:
            return "malformed"
        self.intake.take(incoming)
        return incoming.came

    def check(self, raw: Json) -> None:
        """Deal with the update, and hold what it changed to what it may change."""
        before, stood = self.kept, standing(self.kept, self.chat_of)
        verdict = judge(raw, stood)
        began = time.perf_counter()
        self.outcomes[self.deal(raw)] += 1
        self.seconds.append(time.perf_counter() - began)
        with self.store.reading() as transaction:
            self.kept = read(transaction)
        if self.kept == before:
            return
        self.outcomes["changed something"] += 1
        stands = standing(self.kept, self.chat_of)
        own = {there[verdict.chat_id].person_id for there in (stood, stands) if verdict.chat_id in there}
        found = breaches(verdict, own, changed(before, self.kept))
        assert not found, f"{verdict}: {sorted(found)}"


def run(world: World, updates: int, seed_: int, log: io.StringIO) -> None:
    """Try so many updates. Raises what Hypothesis found, made as small as it can be."""
    rows = st.lists(hostile_updates(world.targets), min_size=IN_A_ROW, max_size=IN_A_ROW)
    for round_ in range(sys.maxsize):

        @seed(seed_ + round_)
        @settings(
            max_examples=ROUND,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(rows)
        def example(row: list[Json]) -> None:
            world.begin_anew()
            for raw in row:
                world.check(raw)
            assert CANARY not in log.getvalue(), "people's words are in the log"

        example()
        if len(world.seconds) >= updates:
            return


# ---- broken on purpose


def _any_button(turn: Any, data: str) -> None:
    try:
        pressing.press(turn, codes.read(data).press)
    except codes.UnreadableButtonError:
        turn.notice = OLD_BUTTON


def _telling_the_log(take: Callable[..., Any]) -> Callable[..., Any]:
    def told(intake: Intake, incoming: Any, *rest: Any) -> Any:
        print(incoming.text, file=sys.stderr)
        return take(intake, incoming, *rest)

    return told


BROKEN: Mapping[str, tuple[Any, str, Any]] = {
    "old buttons work": (intake_module, "tapped", _any_button),
    "whoever says so owns a chat": (decoding, "_is_own_chat", lambda chat, person: chat.type == "private"),
    "numbers of any kind": (decoding, "_number", lambda value: value),
    "texts of any kind": (decoding, "_text", lambda value, longest=0: value or ""),
    "words in the log": (Intake, "take", _telling_the_log(Intake.take)),
}
"""Promises by name: what takes the place of what keeps them."""


@contextlib.contextmanager
def broken(name: str | None) -> Iterator[None]:
    """With this promise broken; None: as it is."""
    with pytest.MonkeyPatch.context() as patch:
        if name is not None:
            patch.setattr(*BROKEN[name])
        yield


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", choices=BROKEN)
    chosen = parser.parse_args()
    log = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(log):
        start_logging("DEBUG")
        world = World(Path(folder))
        try:
            with broken(chosen.broken):
                run(world, chosen.updates, chosen.seed, log)
        except BaseException:
            print(traceback.format_exc())
            return 1
        finally:
            report(world, chosen.seed)
            world.store.close()
    return 0


def report(world: World, seed_: int) -> None:
    """What was tried, and how long it took."""
    milliseconds = [1000 * one for one in world.seconds]
    cuts = statistics.quantiles(milliseconds, n=100)
    print(f"{len(milliseconds)} updates, seed {seed_}: {dict(world.outcomes.most_common())}")
    print(f"milliseconds each: median {cuts[49]:.1f}, p99 {cuts[98]:.1f}, longest {max(milliseconds):.1f}")


if __name__ == "__main__":
    sys.exit(main())
