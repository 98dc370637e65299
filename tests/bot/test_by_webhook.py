"""The bot by webhook, whole: the pocket Telegram brings updates late, twice and out of order; workers end and begin."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import func, select

from bot.listening import open_socket
from bot.pocket.person import Person
from bot.pocket.process import PocketTelegram
from bot.store import Store
from bot.store.store import Location
from bot.store.tables import updates
from bot.telegram import receiving, webhook
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from tests.bot.places import at
from tests.bot.process import BotProcess
from tests.bot.running import KEY, TOKEN, RunningBot, seen_by_the_store, wait_until
from tests.bot.test_webhook import SECRET
from tests.store.postgresql import administer, new_database

TOLD = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram(token=TOKEN) as running:
        running.deliver(retry_seconds=0.1)
        yield running


def free_port() -> int:
    """A port that nobody listens at just now."""
    with closing(open_socket("127.0.0.1", 0)) as opened:
        return int(opened.getsockname()[1])


@contextmanager
def hooked(telegram: PocketTelegram, folder: Path, store: Location | None = None) -> Iterator[RunningBot]:
    """A bot in a thread of the test, to which Telegram brings the updates."""
    listening = open_socket("127.0.0.1", 0)
    hook = Webhook(f"http://127.0.0.1:{listening.getsockname()[1]}/telegram", SECRET, listening)
    running = RunningBot(telegram, folder, hook)
    if store is not None:
        running.store.close()
        running.store = Store.open(store, KEY)
    running.start()
    try:
        yield running
    finally:
        running.stop()


class Worker(BotProcess):
    """A process to which Telegram brings the updates at `url`, by default its own port; it has probes."""

    def __init__(self, telegram: PocketTelegram, folder: Path, url: str = "", **settings: str) -> None:
        self.port, self.probes_port = free_port(), free_port()
        self.url = url or f"http://127.0.0.1:{self.port}/telegram"
        super().__init__(
            telegram,
            folder,
            SHAREWISE_WEBHOOK_URL=self.url,
            SHAREWISE_WEBHOOK_SECRET=SECRET,
            SHAREWISE_WEBHOOK_PORT=str(self.port),
            SHAREWISE_PROBES_PORT=str(self.probes_port),
            **settings,
        )

    def probe(self, path: str) -> tuple[int, str]:
        """What a probe answers; 0 where nobody does."""
        try:
            found = httpx.get(f"http://127.0.0.1:{self.probes_port}{path}", trust_env=False)
        except httpx.HTTPError:
            return 0, ""
        return found.status_code, found.text

    def ready(self) -> Worker:
        """Wait until it is."""
        wait_until(lambda: self.probe("/readyz")[0] == 200, 30)
        return self


def taken(store: Store) -> int:
    """How many updates the store has taken in, each once."""
    with store.reading() as transaction:
        found: int = transaction.connection.execute(select(func.count()).select_from(updates)).scalar_one()
    return found


# ---- what Telegram does


def test_updates_that_come_twice_and_backwards_have_their_effect_once(telegram: PocketTelegram, tmp_path: Path) -> None:
    """Each turn shows a screen of the next number, so a turn that was done twice would be one too many."""
    with hooked(telegram, tmp_path) as running:
        phones = [at(running.newcomer(), "danger") for _ in range(3)]
        before = [phone.turn.person.screen.revision for phone in phones]
        known = taken(running.store)
        telegram.deliver(order="newest first", doubled=True, gather_seconds=0.3, retry_seconds=0.1)
        for phone in phones:
            phone.person.tap("No")
            for text in ("zzz", "zzzz", "zzzzz"):
                phone.person.say(text)
        for phone in phones:
            phone.settled()
        assert taken(running.store) == known + 4 * len(phones)
        assert [phone.turn.person.screen.revision for phone in phones] == [number + 4 for number in before]
        telegram.deliver(doubled=True, retry_seconds=0.1)
        for phone in phones:
            phone.say("/start")
            phone.tap("Go on")
            phone.say("no", "England")
            assert phone.turn.walk.answers["nation"] == ("eng",)
            assert len(phone.readable()) == 1, "one living screen"


def test_a_store_that_is_gone_puts_updates_off_and_loses_none(
    telegram: PocketTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram hears 503 and keeps the update; the person hears that nothing was saved; then it is dealt with once."""
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(receiving, "PAUSE_SECONDS", 0.1)
    with new_database() as address, hooked(telegram, tmp_path, address) as running:
        name = urlsplit(address).path.strip("/")
        phone = at(running.newcomer(), "danger")
        cut_off = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", cut_off)
        phone.person.tap("No")
        wait_until(lambda: "503" in str(_webhook_info(telegram)))
        wait_until(lambda: "I cannot save anything just now." in str(phone.readable()))
        assert telegram.updates(), "Telegram still has it"
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        phone.settled()
        assert [entry.question for entry in phone.turn.log] == ["entry", "danger"]
        assert "Where does the person live" in phone.screen
        assert str(phone.readable()).count("I am back") == 1


def _webhook_info(telegram: PocketTelegram) -> object:
    return httpx.get(f"{telegram.base_url}{TOKEN}/getWebhookInfo", trust_env=False).json()["result"]


# ---- a process


def test_a_process_lets_nobody_in_and_says_how_it_is(telegram: PocketTelegram, tmp_path: Path) -> None:
    worker = Worker(telegram, tmp_path).ready()
    person = telegram.person("Somebody")
    person.start()
    wait_until(lambda: "I help you decide" in str(person.history()))
    waiting = {"update_id": 2**40, "message": {"text": "/danger", "chat": {"id": person.id}}}
    post = httpx.Client(trust_env=False).post
    assert post(worker.url, json=waiting).status_code == 401
    assert post(worker.url, json=waiting, headers={**TOLD, SECRET_HEADER: SECRET[::-1]}).status_code == 401
    assert post(worker.url, content=b"x" * (LARGEST_BODY + 1), headers=TOLD).status_code == 413
    assert post(worker.url.replace("/telegram", "/metrics"), headers=TOLD).status_code == 404
    assert worker.probe("/healthz") == (200, "alive")
    status, text = worker.probe("/metrics")
    assert status == 200
    assert str(person.id) not in re.sub(r"timestamp_seconds .*|bytes .*", "", text)
    for line in (
        'sharewise_updates_total{kind="text",result="committed"} 1.0',
        "sharewise_turn_seconds_count 1.0",
        'sharewise_sends_total{method="sendMessage",result="ok"} 1.0',
        'sharewise_webhook_requests_total{status="401"} 2.0',
        "sharewise_held_updates 0.0",
        "sharewise_due_waiting ",
    ):
        assert f"\n{line}" in text, line
    asked = subprocess.run(
        [sys.executable, "-m", "bot.health"], env={**os.environ, "SHAREWISE_DATA_DIR": str(tmp_path)}
    )
    assert asked.returncode == 0, "the container's health check"
    assert worker.terminate() == 0
    said = worker.said()
    assert "Traceback" not in said
    assert SECRET not in said
    assert "127.0.0.1" not in said, "nobody's address is logged"


ANSWERS = ("2", "no", "England")
"""Each is another question's answer: one that was lost, or heard twice, would leave the walk somewhere else."""


def answered(store: Store, people: Iterable[Person]) -> set[tuple[str, ...]]:
    """The questions that these people have answered, which must be the same for all."""
    return {tuple(entry.question for entry in seen_by_the_store(store, person.id).log) for person in people}


def test_sigterm_in_the_middle_loses_nothing(telegram: PocketTelegram, tmp_path: Path) -> None:
    """What is in hand is finished, what is not begun stays with Telegram, and the next process goes on."""
    people = [telegram.person(f"Person {number}") for number in range(20)]
    for person in people:
        person.start()
        for answer in ANSWERS:
            person.say(answer)
    worker = Worker(telegram, tmp_path)
    wait_until(lambda: len(telegram.updates()) < 4 * len(people), 30)
    assert worker.terminate() == 0
    assert "Traceback" not in worker.said()
    second = Worker(telegram, tmp_path).ready()
    wait_until(lambda: not telegram.updates(), 30)
    assert second.terminate() == 0
    store = Store.open(tmp_path / "sharewise.db", KEY)
    assert (taken(store), answered(store, people)) == (4 * len(people), {("entry", "danger", "nation")})
    store.close()


def test_a_port_that_is_taken_ends_it_with_2_and_a_sentence(telegram: PocketTelegram, tmp_path: Path) -> None:
    """At once, and not when the first update should come."""
    with closing(open_socket("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = BotProcess(telegram, tmp_path, SHAREWISE_PROBES_PORT=str(port))
        assert process.ended() == 2
    assert f"Nothing can listen at 127.0.0.1, port {port}: it may be taken." in process.said()
    assert "Set SHAREWISE_PROBES_PORT to another port." in process.said()


def test_a_token_that_is_refused_ends_it_with_2_and_a_sentence(telegram: PocketTelegram, tmp_path: Path) -> None:
    """Also where it is refused only after the start."""
    telegram.fault("unauthorized", method="getWebhookInfo", times=None)
    worker = Worker(telegram, tmp_path)
    assert worker.ended() == 2
    assert "Telegram refuses the token." in worker.said()
    assert TOKEN not in worker.said()


def test_the_probes_are_there_in_polling_too(telegram: PocketTelegram, tmp_path: Path) -> None:
    port = free_port()
    process = BotProcess(telegram, tmp_path, SHAREWISE_PROBES_PORT=str(port))
    wait_until(lambda: "serving" in process.said())
    for path in ("healthz", "readyz", "metrics"):
        assert httpx.get(f"http://127.0.0.1:{port}/{path}", trust_env=False).status_code == 200
    assert process.terminate() == 0


# ---- two workers


class Balancer:
    """A proxy before several workers: a new connection goes to the next of them that answers."""

    def __init__(self) -> None:
        self.upstreams: list[int] = []
        self._at = open_socket("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._at.getsockname()[1]}/telegram"
        self._running = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        self._running.wait()

    async def _run(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        async with await asyncio.start_server(self._serve, sock=self._at):
            self._running.set()
            await self._ended.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in self.upstreams:
            self.upstreams.append(self.upstreams.pop(0))
            try:
                inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.upstreams[0])
            except OSError:
                continue
            await asyncio.gather(_pipe(reader, inner_writer), _pipe(inner_reader, writer), return_exceptions=True)
            return
        writer.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    finally:
        writer.close()


@contextmanager
def two_workers(telegram: PocketTelegram, folder: Path) -> Iterator[tuple[Worker, Worker, Store]]:
    """Two processes on one PostgreSQL database behind a proxy, and the store as a third looks at it."""
    balancer = Balancer()
    with new_database() as address:
        store = Store.open(address, KEY)
        workers = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            workers.append(Worker(telegram, folder / name, balancer.url, SHAREWISE_DATABASE_URL=address))
        balancer.upstreams += [worker.port for worker in workers]
        try:
            yield workers[0].ready(), workers[1].ready(), store
        finally:
            store.close()
            balancer.close()


def test_two_workers_share_the_work_and_one_may_be_killed(telegram: PocketTelegram, tmp_path: Path) -> None:
    """kill -9 in the middle: the other one takes in everything, and nothing twice."""
    with two_workers(telegram, tmp_path) as (one, two, store):
        people = [telegram.person(f"Person {number}") for number in range(20)]
        for person in people:
            person.start()
        wait_until(lambda: not telegram.updates(), 30)
        counts = [re.search(r"turn_seconds_count (\d+)", worker.probe("/metrics")[1]) for worker in (one, two)]
        assert all(found is not None and int(found[1]) > 0 for found in counts), "both work"
        for answer in ANSWERS:
            for person in people:
                person.say(answer)
        one.process.kill()
        wait_until(lambda: not telegram.updates(), 60)
        assert (taken(store), answered(store, people)) == (4 * len(people), {("entry", "danger", "nation")})
        assert two.terminate() == 0
