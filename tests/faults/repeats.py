"""Updates that come twice, late, or in the wrong order have exactly the effects of the distinct ones, once each.

`python -m tests.faults.repeats --updates 200000 --seed 1 --store postgresql` plays many phones at once. What must come
of it is worked out beside the bot, by a model small enough to be read: an update that came before does nothing, a
button works while the chat shows its screen, and a typed number works whenever it comes. In the end every chat's
answers are compared, line by line. With `--controls`, also whether each promise is missed once it is broken on purpose.
Exit status 1: something differed, or a broken promise was not missed.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import bot.intake
from bot.due.old_rows import forget
from bot.screens import codes
from bot.screens.screen import Press
from bot.store import Store, updates
from bot.turns import pressing
from bot.turns.turn import Turn
from tests.bot.running import seen_by_the_store
from tests.faults.in_process import ENGINES, Transport, WorkingBot, intake_over, new_store

TWICE, OVERTAKEN, DAYS_LATER = 0.28, 0.14, 0.09
"""For each distinct update: the chances that it comes again, that others overtake it, and that a tap comes once more
when its id is forgotten. Of all that come, 20 % are then repeats, 10 % out of order and 5 % days late."""
SOON = 40
"""Updates after which the one that was overtaken, or comes again, is there at the latest."""
IN_HAND = 12
"""Updates given to the bot before the first of them must be committed."""
PATIENCE = 60.0
OF_ONE_CHAT = 50
"""Updates a chat: every turn reads the whole log of its walk."""
DAYS_PASS = 5
"""Times that the bot forgets the ids of updates."""
FIRST_CHAT = 700_000_001

OPTIONS = {"nation": ("eng", "sco", "wal", "ni"), "age": ("unborn", "u12", "12", "13_15"), "worry": ()}
"""The stretch of the walk that is played, and the options that are chosen there, by their numbers."""
ORDER = tuple(OPTIONS)
MOST = 4
"""The highest number that is tapped or typed; at the last of the questions it ticks."""


@dataclass(frozen=True, order=True)
class Act:
    """Something a person did: `number` chosen, or 0 for the button Back, on the screen that their phone showed; or
    typed."""

    update_id: int
    chat: int
    question: str
    revision: int
    number: int
    typed: bool

    def json(self, walk: str) -> dict[str, Any]:
        """The update that Telegram makes of it."""
        sender = {"id": self.chat, "is_bot": False, "first_name": "A", "language_code": "en"}
        message = {"message_id": self.update_id, "date": 1, "chat": {"id": self.chat, "type": "private"}}
        if self.typed:
            return {"update_id": self.update_id, "message": {**message, "from": sender, "text": str(self.number)}}
        verb = "tick" if self.question == ORDER[-1] else "option"
        press = Press(verb, self.question, str(self.number)) if self.number else Press("back")
        data = codes.write(press, walk, self.revision)
        query = {"id": str(self.update_id), "from": sender, "chat_instance": "1", "message": message, "data": data}
        return {"update_id": self.update_id, "callback_query": query}


@dataclass
class Model:
    """One chat as it ought to be."""

    revision: int
    question: str = ORDER[0]
    ticks: set[int] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    log: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def meets(self, act: Act) -> bool:
        """Something new came. Gives whether it had an effect; each is met with a screen, so older buttons grow old."""
        works = act.typed or act.revision == self.revision
        self.revision += 1
        if works and act.number:
            self._choose(act.number)
        elif works:
            self._go_to(ORDER[ORDER.index(self.question) - 1])
        return works

    def _choose(self, number: int) -> None:
        if self.question == ORDER[-1]:
            self.ticks ^= {number}
            return
        chosen, before = OPTIONS[self.question][number - 1], self.answers.get(self.question)
        if chosen != before:
            self.log.append(("changed" if before else "answered", self.question, [chosen]))
        self.answers[self.question] = chosen
        self._go_to(next(question for question in ORDER if question not in self.answers))

    def _go_to(self, question: str) -> None:
        self.question = question
        self.ticks.clear()


class Play:
    """Many phones, one bot."""

    def __init__(self, store: Store, chats: int, chance: random.Random) -> None:
        self.store = store
        self.chance = chance
        self.transport = Transport()
        self.bot = WorkingBot(intake_over(store), self.transport)
        self.chats = range(FIRST_CHAT, FIRST_CHAT + chats)
        self.walks: dict[int, str] = {}
        self.models: dict[int, Model] = {}
        self.seen: set[int] = set()
        self.in_hand: list[asyncio.Future[None]] = []
        self.counted: Counter[str] = Counter()
        self.update_id = 0

    async def run(self, count: int) -> None:
        """Let everybody begin a walk, then so many updates come, and those that are under way by then."""
        for chat in self.chats:
            await self._come_to_the_stretch(chat)
        later: list[tuple[int, Act]] = []
        days_later: list[Act] = []
        while (number := self.counted["updates"]) < count or later:
            if later and (later[0][0] <= number or number >= count):
                await self._comes(heapq.heappop(later)[1])
                continue
            act = self._something_done()
            if self.chance.random() < OVERTAKEN:
                self.counted["overtaken"] += 1
                heapq.heappush(later, (number + self.chance.randint(2, SOON), act))
            else:
                await self._comes(act)
            if self.chance.random() < TWICE:
                heapq.heappush(later, (number + self.chance.randint(1, SOON), act))
            if self.chance.random() < DAYS_LATER and not act.typed:
                days_later.append(act)
            if self.update_id % (1 + count // DAYS_PASS) == 0:
                await self._let_days_pass(days_later)
        await self._let_days_pass(days_later)
        await self._settled()

    async def _come_to_the_stretch(self, chat: int) -> None:
        for text in ("/start", "2", "no"):
            self.update_id += 1
            sender = {"id": chat, "is_bot": False, "first_name": "A"}
            message = {"message_id": self.update_id, "date": 1, "chat": {"id": chat, "type": "private"}}
            await self._take({"update_id": self.update_id, "message": {**message, "from": sender, "text": text}})
        await self._settled()
        turn = seen_by_the_store(self.store, chat)
        self.walks[chat] = turn.reference
        self.models[chat] = Model(turn.person.screen.revision)

    async def _take(self, raw: dict[str, Any]) -> None:
        self.in_hand.append(self.bot.receiver.take_in(raw))
        if len(self.in_hand) == IN_HAND:
            await self._settled()

    async def _settled(self) -> None:
        """Wait until all that came is committed, and all that was said is sent and written down."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*self.in_hand)
        await self.bot.outbox.finish(PATIENCE)
        self.in_hand.clear()
        self.transport.calls.clear()

    def _something_done(self) -> Act:
        self.update_id += 1
        chat = self.chance.choice(list(self.models))
        model = self.models[chat]
        may_go_back = model.question != ORDER[0]
        typed = self.chance.random() < 0.2
        number = self.chance.randint(0 if may_go_back and not typed else 1, MOST)
        return Act(self.update_id, chat, model.question, model.revision, number, typed)

    async def _comes(self, act: Act) -> None:
        await self._take(act.json(self.walks[act.chat]))
        self.counted["updates"] += 1
        if act.update_id in self.seen:
            self.counted["repeats"] += 1
            return
        self.seen.add(act.update_id)
        self.counted["effects"] += self.models[act.chat].meets(act)

    async def _let_days_pass(self, come_again: list[Act]) -> None:
        """Longer than the bot knows an update's id; then some of the old taps come once more."""
        await self._settled()
        self.store.run(lambda transaction: forget(transaction, datetime.now(UTC) + timedelta(days=3)))
        self.seen.clear()
        for act in come_again:
            self.counted["days later"] += 1
            await self._comes(act)
        come_again.clear()

    def differences(self) -> list[str]:
        """Every chat whose answers, ticks or question are not what the model says."""
        found = []
        for chat, model in self.models.items():
            turn = seen_by_the_store(self.store, chat)
            log = [(entry.kind, entry.question, entry.value) for entry in turn.log][2:]
            is_so = (turn.person.screen.revision, turn.walk.state, {int(tick) for tick in turn.ticks}, log)
            if is_so != (model.revision, model.question, model.ticks, model.log):
                found.append(f"chat {chat}: {is_so}, but it ought to be {model}")
        return found


# ---- broken on purpose


def _any_button(turn: Turn, data: str) -> None:
    pressing.press(turn, codes.read(data).press)


BROKEN: Mapping[str, tuple[object, str, Any]] = {
    "an update's id is not kept": (updates, "claim", lambda *_: True),
    "old buttons work": (bot.intake, "tapped", _any_button),
}
"""Promises by what happens without them: what takes the place of what keeps them."""


def played(engine: str, count: int, seed: int, broken: str | None = None) -> list[str]:
    """Play on a new store, with this promise broken, and print what came. Gives every chat that differs."""
    began = time.perf_counter()
    with new_store(engine) as store, pytest.MonkeyPatch.context() as patch:
        if broken is not None:
            patch.setattr(*BROKEN[broken])
        play = Play(store, 1 + count // OF_ONE_CHAT, random.Random(seed))
        asyncio.run(play.run(count))
        differences = play.differences()
    counted = ", ".join(f"{number} {what}" for what, number in play.counted.items())
    print(f"{engine}, seed {seed}: {counted}; {len(differences)} of {len(play.models)} chats differ", end="; ")
    print(f"{time.perf_counter() - began:.0f} s")
    return differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--controls", action="store_true")
    chosen = parser.parse_args()
    differences = played(chosen.store, chosen.updates, chosen.seed)
    print(*differences[:5], sep="\n", end="")
    status = 1 if differences else 0
    for name in BROKEN if chosen.controls else ():
        caught = played(chosen.store, min(chosen.updates, 2000), chosen.seed, name)
        print(f"broken on purpose: {name}: {'caught' if caught else 'NOT CAUGHT'}")
        status = status if caught else 1
    return status


if __name__ == "__main__":
    sys.exit(main())
