"""One chat sends a hundred messages a second: how much longer does everybody else wait?

Stretches with and without the flood take turns, so that whatever else slows the machine slows both.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Row, by_itself, percentile, row
from benchmarks.in_process import BotInProcess, new_store, start_update, tap_update
from benchmarks.network import Network
from benchmarks.practitioners import next_tap

AT_MOST = 1.2
"""Times as long."""
FLOOD_A_SECOND = 100
OTHERS_A_SECOND = 40
FLOODING, FIRST = 9, 10_000
"""The chat that floods, and the first of the others."""
WORDS = ("let me in", "4", "/help", "what do I do now " * 200, "he has a knife")
"""What the flood is made of; the last is answered before anything else is done."""


def measure(people: int = 200, stretches: int = 6, seconds: int = 5) -> list[Row]:
    """From an update's coming in to everything being sent, for everybody but the chat that floods."""
    return asyncio.run(_measure(people, stretches, seconds))


async def _measure(people: int, stretches: int, seconds: int) -> list[Row]:
    quiet: list[float] = []
    flooded: list[float] = []
    with new_store() as store:
        worker = await BotInProcess(store, Network()).start()
        numbers = itertools.count(1)
        chats = range(FIRST, FIRST + people)
        for chat in chats:
            await worker.deal_with(start_update(next(numbers), chat))
        tapping = itertools.cycle(chats)
        for _ in range(stretches):
            quiet += await _tapped(worker, numbers, tapping, seconds)
            flood = asyncio.create_task(_flood(worker, numbers))
            flooded += await _tapped(worker, numbers, tapping, seconds)
            flood.cancel()
            await asyncio.gather(flood, return_exceptions=True)
            await worker.outbox.sent(FLOODING)
        await worker.stop()
    times = percentile(flooded, 95) / percentile(quiet, 95)
    wanted = f"p95 at most {AT_MOST} times"
    return [
        row(f"a turn at {OTHERS_A_SECOND} updates a second", "", quiet),
        row(
            f"the same beside one chat with {FLOOD_A_SECOND} messages a second",
            f"p95 {times:.2f} times",
            flooded,
            wanted,
            times <= AT_MOST,
        ),
    ]


async def _tapped(worker: BotInProcess, numbers: Iterator[int], chats: Iterator[int], seconds: int) -> list[float]:
    """One after the other taps a button of theirs, at an even pace. Gives how long each took."""
    times: list[float] = []

    async def tap(raw: dict[str, Any]) -> None:
        begun = time.perf_counter()
        await worker.deal_with(raw)
        times.append(time.perf_counter() - begun)

    taps = []
    async for _ in _paced(OTHERS_A_SECOND, seconds):
        chat = next(chats)
        data = next_tap(worker.network.buttons[chat])
        raw = tap_update(next(numbers), chat, worker.network.message[chat], data)
        taps.append(asyncio.create_task(tap(raw)))
    await asyncio.gather(*taps)
    return times


async def _flood(worker: BotInProcess, numbers: Iterator[int]) -> None:
    words = itertools.cycle(WORDS)
    async for _ in _paced(FLOOD_A_SECOND, 3600):
        raw = start_update(next(numbers), FLOODING)
        raw["message"] |= {"text": next(words), "entities": []}
        worker.receiver.take_in(raw)


async def _paced(a_second: int, seconds: int) -> Any:
    """So many times a second, whatever else is slow."""
    begun = time.perf_counter()
    for number in range(a_second * seconds):
        await asyncio.sleep(max(0.0, begun + number / a_second - time.perf_counter()))
        yield number


if __name__ == "__main__":
    by_itself(measure)
