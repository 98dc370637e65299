"""A whole turn beside its peers, in one run: an update's JSON decoded, the walk advanced, committed to the encrypted
file with FULL sync, the tap answered and the screen edited, with only the network replaced.

The peers come from a script outside the project (`PEER_BENCH`): every library plays the same ten-question conversation.
Their taps are rewritten to the bot's own buttons; each is a real answer in a real walk.
"""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import Row, by_itself, left_out
from benchmarks.in_process import BotInProcess, chat_of, new_store
from benchmarks.machine import scratch
from benchmarks.network import Network
from benchmarks.practitioners import next_tap
from bot.store import people, walks

ROOT = Path(__file__).parents[1]
PEERS = "peer_bench"
AT_ONCE = 64
"""Updates in hand at the same time, as python-telegram-bot's queue has them in the peers' script."""
LONGEST_TURN = 0.005
MORE_THAN_REDIS, AIM = 1.5, 2.0

_DATA = re.compile(r'"data": "[^"]*"')

Scenario = Callable[[list[dict[str, Any]], int, str], Coroutine[Any, Any, dict[str, Any]]]


class Conversation:
    """The peers' updates as this bot's practitioners would make them."""

    def __init__(self, updates: list[dict[str, Any]], network: Network) -> None:
        self.network = network
        self.waiting = [(chat_of(update), json.dumps(update)) for update in updates]
        self.taps: dict[int, int] = {}

    def next(self, chat: int, text: str) -> dict[str, Any]:
        """The update, decoded; a tap is one on a button that the chat sees now."""
        if '"callback_query"' in text:
            data = next_tap(self.network.buttons[chat])
            text = _DATA.sub(f'"data": "{data}"', text, count=1)
        raw: dict[str, Any] = json.loads(text)
        if "callback_query" in raw:
            raw["callback_query"]["message"]["message_id"] = self.network.message[chat]
            self.taps[chat] = self.taps.get(chat, 0) + 1
        return raw

    def result(self, peers: Any) -> Any:
        """In the peers' own form. The bot takes the typed /start away, one call a chat more than they make."""
        result = peers.Result()
        result.calls, result.done = self.network.calls - len(self.taps), self.taps
        return result


async def one_after_another(updates: list[dict[str, Any]], chats: int, folder: str) -> dict[str, Any]:
    """Each update dealt with to the end before the next comes, as the peers are measured."""
    peers = sys.modules[PEERS]
    with new_store() as store:
        worker = await BotInProcess(store, Network()).start()
        conversation = Conversation(updates, worker.network)
        waiting = iter(conversation.waiting)

        async def feed(_: dict[str, Any]) -> None:
            await worker.deal_with(conversation.next(*next(waiting)))

        times, wall, cpu = await peers.timed(feed, updates)
        await worker.stop()
        check(worker, conversation)
    finished: dict[str, Any] = peers.finish(conversation.result(peers), 0, times, wall, cpu, chats)
    return finished


async def side_by_side(updates: list[dict[str, Any]], chats: int, folder: str) -> dict[str, Any]:
    """One chat's updates in order, many chats at the same time: they may share a commit."""
    peers = sys.modules[PEERS]
    with new_store() as store:
        worker = await BotInProcess(store, Network()).start()
        conversation = Conversation(updates, worker.network)
        lines: dict[int, list[str]] = {}
        for chat, text in conversation.waiting:
            lines.setdefault(chat, []).append(text)
        free, times = asyncio.Semaphore(AT_ONCE), []

        async def practitioner(chat: int, texts: list[str]) -> None:
            for text in texts:
                async with free:
                    begun = time.perf_counter()
                    await worker.deal_with(conversation.next(chat, text))
                    times.append(time.perf_counter() - begun)

        gc.collect()
        cpu, begun = time.process_time(), time.perf_counter()
        await asyncio.gather(*(practitioner(*line) for line in lines.items()))
        wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
        await worker.stop()
        check(worker, conversation)
    finished: dict[str, Any] = peers.finish(conversation.result(peers), 0, times, wall, cpu, chats)
    return finished


def check(worker: BotInProcess, conversation: Conversation) -> None:
    """Every tap was an answer that is kept. A tick is kept with Done: two taps for one answer.

    Raises AssertionError.
    """
    with worker.store.reading() as transaction:
        for chat, taps in conversation.taps.items():
            person = people.find(transaction, chat)
            walk = walks.open_walk_of(transaction, person.id) if person else None
            if person is None or walk is None:
                raise AssertionError("a practitioner has no walk")
            answers = walks.read_log(transaction, walk.id)
            lists = sum(entry.question in ("worry", "who_did") for entry in answers)
            if len(answers) + lists != taps:
                raise AssertionError(f"{taps} taps left {len(answers)} answers")


def peers_script() -> Path:
    """Where the peers' script is, if it is there."""
    return Path(os.environ.get("PEER_BENCH", ROOT.parent / "shared" / "peer_bench.py"))


def scenarios() -> dict[str, Scenario]:
    """For the peers' `--extra`."""
    return {"sharewise": one_after_another, "sharewise-side-by-side": side_by_side}


def measure(chats: int = 200, repeats: int = 5) -> list[Row]:
    """The peers and the bot, their rounds interleaved."""
    script = peers_script()
    if not script.exists():
        return [left_out("a whole turn", f"there is no {script.name}; PEER_BENCH says where it is")]
    rows: list[Row] = []
    wanted = ["ptb-raw", "ptb-conv-queue-perchat", *scenarios()]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(dir=scratch())))
        command = [sys.executable, str(script), "--extra", "benchmarks.whole_turn:scenarios"]
        try:
            address = stack.enter_context(_redis())
        except FileNotFoundError as missing:
            rows.append(left_out("aiogram with Redis and fsync", str(missing)))
        else:
            wanted.append("aiogram-fsm-redis")
            command += ["--redis", address]
        command += ["--chats", str(chats), "--repeats", str(repeats), "--only", ",".join(wanted)]
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TMPDIR": str(folder)}
        command += ["--json", str(folder / "out")]
        subprocess.run(command, env=surroundings, cwd=ROOT, check=True, stdout=sys.stderr)
        results = json.loads((folder / "out").read_text())["results"]
    return [*rows, *in_rows(results, chats * 11 * repeats)]


def _redis() -> Any:
    for package in ("aiogram", "redis"):
        if importlib.util.find_spec(package) is None:
            raise FileNotFoundError(f"{package} is not installed; `make bench` does that")
    from benchmarks.redis_server import redis_with_fsync

    return redis_with_fsync()


def in_rows(results: dict[str, dict[str, float]], count: int) -> list[Row]:
    """The peers' figures in ours."""
    names = {
        "ptb-raw": "python-telegram-bot, nothing stored: the ceiling",
        "ptb-conv-queue-perchat": "python-telegram-bot, many chats at once, nothing stored",
        "aiogram-fsm-redis": "aiogram with Redis and fsync",
        "sharewise": "a whole turn, one after another",
        "sharewise-side-by-side": f"a whole turn, {AT_ONCE} chats at once",
    }
    redis = results.get("aiogram-fsm-redis", {}).get("updates_per_s")
    rows = []
    for name, what in names.items():
        if name not in results:
            continue
        found = results[name]
        rate = found["updates_per_s"]
        measured, wanted, holds = f"{rate:,.0f} updates/s", "", None
        if name.startswith("sharewise") and redis:
            measured += f", {rate / redis:.2f} times aiogram with Redis"
            wanted, holds = f"{MORE_THAN_REDIS} times, aim {AIM:.0f} times and 1,000/s", rate >= MORE_THAN_REDIS * redis
        if name == "sharewise":
            wanted = f"{wanted}; p99 at most 5 ms".removeprefix("; ")
            holds = holds is not False and found["p99_us"] / 1e6 <= LONGEST_TURN
        median, p99 = (value / 1e6 if (value := found[key]) else None for key in ("p50_us", "p99_us"))
        rows.append(Row(what, measured, wanted, holds, count, median, p99))
    return rows


if __name__ == "__main__":
    by_itself(measure)
