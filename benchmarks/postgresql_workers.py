"""Turns a second on PostgreSQL, with one worker process and with two, the network of each replaced."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from multiprocessing.synchronize import Barrier
from typing import Any

from benchmarks.figures import Row, by_itself, left_out, row
from benchmarks.in_process import BotInProcess, new_store, start_update, tap_update
from benchmarks.network import Network
from benchmarks.postgresql import postgresql
from benchmarks.practitioners import next_tap

AT_ONCE = 32
TAPS = 10
READY_SECONDS = 60.0

Times = tuple[float, float, list[float]]
"""When a worker began and ended, by the clock that all processes share, and how long each turn took."""


def measure(chats: int = 200) -> list[Row]:
    """So many chats, shared out among the workers; /start and ten taps each."""
    try:
        with postgresql() as address:
            rates = {workers: _with_workers(address, workers, chats) for workers in (1, 2)}
    except ImportError as missing:
        return [left_out("turns on PostgreSQL", str(missing))]
    rows = []
    for workers, (rate, times) in rates.items():
        what = f"turns on PostgreSQL, {workers} worker{'s' if workers > 1 else ''}, {AT_ONCE} chats at once in each"
        more = f", {rate / rates[1][0]:.2f} times one worker" if workers > 1 else ""
        rows.append(row(what, f"{rate:,.0f} turns/s{more}", times))
    return rows


def _with_workers(address: str, workers: int, chats: int) -> tuple[float, list[float]]:
    processes = multiprocessing.get_context("spawn")
    barrier, answers = processes.Barrier(workers), processes.SimpleQueue()
    first = 100_000 * workers
    started = [
        processes.Process(
            target=_work, args=(address, range(first + number, first + chats, workers), barrier, answers), daemon=True
        )
        for number in range(workers)
    ]
    for process in started:
        process.start()
    found: list[Times] = [answers.get() for _ in started]
    for process in started:
        process.join()
    times = [one for _, _, turns in found for one in turns]
    return len(times) / (max(end for _, end, _ in found) - min(begun for begun, _, _ in found)), times


def _work(address: str, chats: range, barrier: Barrier, answers: Any) -> None:
    """One worker process, begun together with the others."""
    answers.put(asyncio.run(_turns(address, chats, barrier)))


async def _turns(address: str, chats: range, barrier: Barrier) -> Times:
    free, times = asyncio.Semaphore(AT_ONCE), []

    async def practitioner(worker: BotInProcess, chat: int) -> None:
        raw = start_update(chat * 100, chat)
        for number in range(TAPS + 1):
            if number:
                shown = worker.network.message[chat], next_tap(worker.network.buttons[chat])
                raw = tap_update(chat * 100 + number, chat, *shown)
            async with free:
                begun = time.perf_counter()
                await worker.deal_with(raw)
                times.append(time.perf_counter() - begun)

    with new_store(address) as store:
        worker = await BotInProcess(store, Network()).start()
        barrier.wait(READY_SECONDS)
        begun = time.monotonic()
        await asyncio.gather(*(practitioner(worker, chat) for chat in chats))
        ended = time.monotonic()
        await worker.stop()
    return begun, ended, times


if __name__ == "__main__":
    by_itself(measure)
