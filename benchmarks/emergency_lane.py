"""Somebody is in danger while the bot has ten thousand messages of its own to send, at most 25 a second: how long until
the first try to send what is urgent."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from benchmarks.figures import Row, by_itself, percentile, row
from benchmarks.in_process import BotInProcess, new_store, now, start_update, tap_update
from benchmarks.network import Network
from bot.i18n import translator
from bot.screens import codes
from bot.screens.screen import Screen, paragraphs
from bot.screens.worded import worded
from bot.store import Transaction
from bot.store.outbox import Lane
from bot.turns.call import Call, say_in
from states.text import Text

AT_MOST = 2.0
PAUSE, PATIENCE = 0.04, 30.0
PEOPLE, OTHERS = 10_000, 100_000
"""The first chat of those in danger, and of those who only have a message waiting."""


def measure(waiting: int = 10_000, times: int = 200) -> list[Row]:
    """From the tap to the 999 text, and from the commit of an urgent row that nobody holds to its sending."""
    return asyncio.run(_measure(waiting, times))


async def _measure(waiting: int, times: int) -> list[Row]:
    with new_store() as store:
        arrived: dict[int, float] = {}
        came, sent = asyncio.Event(), 0

        def on_call(name: str, parameters: dict[str, Any]) -> None:
            nonlocal sent
            if name == "sendmessage":
                chat = int(parameters["chat_id"])
                arrived.setdefault(chat, time.perf_counter())
                sent += chat >= OTHERS
                if chat < OTHERS:
                    came.set()

        worker = await BotInProcess(store, Network(on_call)).start()
        people = range(PEOPLE, PEOPLE + times)
        for number, chat in enumerate(people, 1):
            await worker.deal_with(start_update(number, chat))
        store.run(lambda transaction: _write(transaction, worker, range(OTHERS, OTHERS + waiting), "own"))
        arrived.clear()
        begun = time.perf_counter()
        sending = asyncio.create_task(worker.outbox.run())
        tapped = []
        for number, chat in enumerate(people, times + 1):
            tap = tap_update(number, chat, worker.network.message[chat], _danger(worker.network, chat))
            tapped.append((chat, time.perf_counter()))
            await worker.deal_with(tap)
            await asyncio.sleep(PAUSE)
        texts = [arrived[chat] - at for chat, at in tapped]
        arrived.clear()
        rows = [await _escalated(worker, chat, arrived, came) for chat in people]
        rate = sent / (time.perf_counter() - begun)
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sending
        await worker.stop()
    wanted, beside = "p99 at most 2 s", f"{rate:.0f} ordinary ones a second beside it"
    left = f"with {waiting:,} ordinary messages waiting"
    return [
        row(f"emergency tap to first send, {left}", beside, texts, wanted, _holds(texts)),
        row(f"urgent row committed to first send, {left}", beside, rows, wanted, _holds(rows)),
    ]


def _holds(samples: list[float]) -> bool:
    return percentile(samples, 99) <= AT_MOST


async def _escalated(worker: BotInProcess, chat: int, arrived: dict[int, float], came: asyncio.Event) -> float:
    """Something urgent is written that no worker holds, as by a due row; the outbox finds it."""
    came.clear()
    await asyncio.to_thread(
        worker.store.run, lambda transaction: _write(transaction, worker, range(chat, chat + 1), "urgent")
    )
    committed = time.perf_counter()
    worker.outbox.look()
    async with asyncio.timeout(PATIENCE):
        await came.wait()
    return arrived[chat] - committed


def _write(transaction: Transaction, worker: BotInProcess, chats: range, lane: Lane) -> None:
    at, words = now(), worded(Screen(paragraphs(Text("A message."))), translator("en"), "", 0)
    for chat in chats:
        row_id = worker.intake.surroundings.new_id()
        say_in(transaction, Call(chat, "text", "en", words), row_id=row_id, person_id=None, lane=lane, at=at)


def _danger(network: Network, chat: int) -> str:
    return next(
        str(button["callback_data"])
        for button in network.buttons[chat]
        if codes.read(button["callback_data"]).press.verb == "danger"
    )


if __name__ == "__main__":
    by_itself(measure)
