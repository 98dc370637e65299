"""The same load on PostgreSQL, brought by webhook to two workers, of which one is killed in the middle."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Row, by_itself, left_out
from benchmarks.load import expected, load_row
from benchmarks.load_check import check
from benchmarks.load_people import People
from benchmarks.load_scripts import Script, scripts
from benchmarks.machine import scratch
from benchmarks.postgresql import postgresql
from benchmarks.process import TOKEN, BotProcess
from benchmarks.sharing_out import SharingOut, free_port
from bot.pocket.process import PocketTelegram

WORKERS = 2
SECRET = "a-secret-that-only-this-benchmark-and-the-pocket-know"  # noqa: S105


def measure(people: int = 500, a_second: int = 25, seconds: int = 120) -> list[Row]:
    """Nothing may be lost or come to the wrong chat. What the dead worker held waits for its lease to run out."""
    written = asyncio.run(scripts(people, max(1, a_second * seconds // people - 1)))
    what = f"load: {people:,} practitioners, {a_second} a second, {WORKERS} workers on PostgreSQL, one of them killed"
    try:
        with postgresql() as address, TemporaryDirectory(dir=scratch()) as folder:
            state = Path(folder) / "telegram.sqlite"
            with PocketTelegram(state, TOKEN) as telegram:
                late = asyncio.run(_walk(telegram, address, Path(folder), written, a_second))
            verdict = check(state, expected(written))
    except ImportError as missing:
        return [left_out(what, str(missing))]
    return [load_row(what, verdict, late, None)]


async def _walk(telegram: PocketTelegram, database: str, folder: Path, written: list[Script], a_second: int) -> int:
    sharing_out = SharingOut([free_port() for _ in range(WORKERS)])
    await sharing_out.start()
    workers = []
    for port in sharing_out.workers:
        settings = {
            "SHAREWISE_DATABASE_URL": database,
            "SHAREWISE_WEBHOOK_URL": f"http://127.0.0.1:{sharing_out.port}/telegram",
            "SHAREWISE_WEBHOOK_SECRET": SECRET,
            "SHAREWISE_WEBHOOK_PORT": str(port),
        }
        data = folder / f"worker-{port}"
        data.mkdir()
        workers.append(BotProcess(telegram, data, **settings))
        await asyncio.to_thread(workers[-1].introduced)

    async def kill_one() -> None:
        workers[0].kill()

    everybody = People(telegram.address, written)
    try:
        await everybody.come()
        await everybody.walk(a_second, kill_one)
    finally:
        for worker in workers[1:]:
            await asyncio.to_thread(worker.stop)
        await sharing_out.stop()
    return everybody.late


if __name__ == "__main__":
    by_itself(measure)
