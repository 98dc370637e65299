"""What a turn costs when the store holds a million records, beside one that holds a thousand."""

from __future__ import annotations

import asyncio
import statistics
import time
from itertools import count

from benchmarks.figures import Row, by_itself, row
from benchmarks.filling import filled
from benchmarks.in_process import BotInProcess, new_store, start_update, tap_update
from benchmarks.network import Network
from benchmarks.practitioners import next_tap

AT_MOST = 1.2
TAPS = 10
_numbers = count(time.time_ns() // 1_000_000)
"""For chats and updates that no run before this one has used: the filled stores are kept."""


def measure(few: int = 1_000, many: int = 1_000_000, chats: int = 100) -> list[Row]:
    """The same conversations in both, chat by chat in turns, so that both meet the same moments of the machine."""
    return asyncio.run(_measure(few, many, chats))


async def _measure(few: int, many: int, chats: int) -> list[Row]:
    with new_store(filled(few, few, few)) as small, new_store(filled(many, many // 10, many // 10)) as large:
        workers = [await BotInProcess(store, Network()).start() for store in (small, large)]
        for _ in range(chats // 10):  # what was just opened reads its pages for the first time
            await _conversation(workers[1])
        times: list[list[float]] = [[], []]
        for _ in range(chats):
            for worker, taken in zip(workers, times, strict=True):
                taken += await _conversation(worker)
        for worker in workers:
            await worker.stop()
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    wanted = f"at most {AT_MOST} times"
    return [
        row(f"a turn with {few:,} records", "", times[0]),
        row(f"a turn with {many:,} records", f"{ratio:.2f} times that", times[1], wanted, ratio <= AT_MOST),
    ]


async def _conversation(worker: BotInProcess) -> list[float]:
    """/start and ten taps in a new chat, one after another."""
    chat, times = next(_numbers), []
    for number in range(TAPS + 1):
        raw = start_update(next(_numbers), chat)
        if number:
            raw = tap_update(next(_numbers), chat, worker.network.message[chat], next_tap(worker.network.buttons[chat]))
        begun = time.perf_counter()
        await worker.deal_with(raw)
        times.append(time.perf_counter() - begun)
    return times


if __name__ == "__main__":
    by_itself(measure)
