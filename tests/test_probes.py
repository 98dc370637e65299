"""The probes and the heartbeat say how the bot stands to whoever looks after it, and nothing about anybody."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from bot import health as health_module
from bot import heartbeat, metrics
from bot.health import LONGEST_SILENCE_SECONDS, Health, Trouble, silence
from bot.probes import probes


def no_trouble() -> None:
    """A store that answers."""


def trouble() -> None:
    """A store that does not."""
    raise ZeroDivisionError


def answers(health: Health, *paths: str) -> list[tuple[int, str]]:
    """What the probes answer at these paths, asked all at once."""

    async def whole() -> list[httpx.Response]:
        transport = httpx.ASGITransport(probes(health))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await asyncio.gather(*(client.get(path) for path in paths))

    return [(found.status_code, found.text) for found in asyncio.run(whole())]


def test_ready_is_who_can_save_is_not_stopping_and_is_known_to_telegram() -> None:
    assert answers(Health(no_trouble), "/readyz") == [(200, "ready")]
    assert answers(Health(trouble), "/readyz") == [(503, "the store does not answer")]
    health = Health(no_trouble, webhook_wanted=True)
    assert answers(health, "/readyz") == [(503, "the webhook is not registered")]
    health.webhook_registered = True
    assert answers(health, "/readyz") == [(200, "ready")]
    health.stopping = True
    assert answers(health, "/readyz", "/healthz") == [(503, "stopping"), (200, "alive")]


def test_a_store_that_hangs_is_asked_once_however_many_probes_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question holds a thread: as many as probes would keep the bot from its work."""
    asked: list[int] = []
    free = threading.Event()

    def hang() -> None:
        asked.append(1)
        free.wait(10)

    async def whole() -> None:
        health = Health(hang)
        with monkeypatch.context() as patched:
            patched.setattr(health_module, "STORE_SECONDS", 0.01)
            assert await asyncio.gather(*(health.unready() for _ in range(20))) == [Trouble.STORE] * 20
        assert len(asked) == 1
        free.set()
        assert await health.unready() is None, "and asked again when it answers"

    asyncio.run(whole())


def test_nothing_else_is_there() -> None:
    assert [status for status, _ in answers(Health(no_trouble), "/", "/telegram", "/healthz/x")] == [404, 404, 404]


def test_no_metric_names_anybody() -> None:
    """Labels are words of the program: whoever reads the metrics must not learn who asked for help."""
    metrics.update_done("tap", "committed")
    metrics.turn_took(0.004)
    metrics.sent("sendMessage", "too many requests")
    metrics.store_failed(ZeroDivisionError("canary"))
    metrics.telegram_heard()
    metrics.webhook_answered(200)
    metrics.waiting_at_telegram(3)
    ((status, text),) = answers(Health(no_trouble), "/metrics")
    assert status == 200
    assert "canary" not in text
    labels = set(re.findall(r"[{,](\w+)=", text))
    assert labels <= {"kind", "result", "le", "method", "error_class", "status", "lane"}
    for line in (
        'sharewise_updates_total{kind="tap",result="committed"}',
        "sharewise_turn_seconds_bucket",
        'sharewise_sends_total{method="sendMessage",result="too many requests"}',
        'sharewise_store_failures_total{error_class="ZeroDivisionError"}',
        "sharewise_telegram_heard_timestamp_seconds",
        'sharewise_webhook_requests_total{status="200"}',
        "sharewise_telegram_pending_updates 3.0",
        "process_resident_memory_bytes",
    ):
        assert f"\n{line}" in text, line


# ---- the heartbeat


class Watcher:
    """An outside watcher; `answer` is what it answers to each call."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str | None]] = []
        self.answer = 200
        watcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                watcher.calls.append((self.command, self.path, self.headers.get("Content-Length")))
                self.send_response(watcher.answer)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/ping/canary"


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    made = Watcher()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def beat(address: str, health: Health, until: Callable[[], object]) -> None:
    """Let the heartbeat beat until something is so."""

    async def whole() -> None:
        beating = asyncio.create_task(heartbeat.heartbeat(address, health))
        for _ in range(500):
            if until():
                break
            await asyncio.sleep(0.01)
        assert until(), "waited in vain"
        assert not beating.done(), "it ended by itself"
        beating.cancel()

    asyncio.run(whole())


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", 0.01)


@pytest.mark.usefixtures("quickly")
def test_the_heartbeat_calls_while_all_is_well_and_carries_nothing(watcher: Watcher) -> None:
    health = Health(no_trouble)
    health.heard()
    beat(watcher.address, health, lambda: len(watcher.calls) > 2)
    assert set(watcher.calls) == {("GET", "/ping/canary", None)}


UNWELL: dict[str, tuple[Callable[[], Health], str]] = {
    "Telegram was never heard": (lambda: Health(no_trouble), "SILENCE"),
    "Telegram is silent": (
        lambda: _heard(Health(no_trouble, clock=iter([0.0, *[LONGEST_SILENCE_SECONDS + 1] * 999]).__next__)),
        "SILENCE",
    ),
    "the store is gone": (lambda: _heard(Health(trouble)), "STORE"),
    "the webhook is gone": (lambda: _heard(Health(no_trouble, webhook_wanted=True)), "WEBHOOK"),
    "nothing is sent": (lambda: _heard(_not_sending(Health(no_trouble))), "SENDING"),
    "it stops": (lambda: _stopping(_heard(Health(no_trouble))), "STOPPING"),
}


def _heard(health: Health) -> Health:
    health.heard()
    return health


def _not_sending(health: Health) -> Health:
    health.sending = lambda: False
    return health


def _stopping(health: Health) -> Health:
    health.stopping = True
    return health


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("case", UNWELL)
def test_the_heartbeat_stays_away_when_something_is_wrong(
    watcher: Watcher, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its absence is what the watcher tells somebody."""
    make, name = UNWELL[case]
    said: list[str] = []

    def told() -> bool:
        said.append(capsys.readouterr().out)
        return "no heartbeat, because not all is well" in "".join(said)

    beat(watcher.address, make(), told)
    assert f"error_class={name}" in "".join(said).replace("'", "")
    assert watcher.calls == []


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("kind", ["redirected", "refused", "nobody there", "no address at all"])
def test_a_heartbeat_that_is_not_taken_is_a_line_and_no_more(
    watcher: Watcher, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names no address: it often holds the watcher's secret."""
    watcher.answer = {"redirected": 302, "refused": 404}.get(kind, 200)
    address = {"nobody there": "http://127.0.0.1:9/canary", "no address at all": "http://[canary"}.get(
        kind, watcher.address
    )
    said: list[str] = []

    def told_twice() -> bool:
        said.append(capsys.readouterr().out)
        return "".join(said).count("heartbeat not taken") > 1

    health = _heard(Health(no_trouble))
    beat(address, health, told_twice)
    assert "canary" not in "".join(said)
    assert "/elsewhere" not in {path for _, path, _ in watcher.calls}


def test_hearing_telegram_touches_the_file_that_the_container_looks_at(tmp_path: Path) -> None:
    health = Health(no_trouble, tmp_path / "alive")
    assert silence(tmp_path / "alive", 0.0) is None
    health.heard()
    assert silence(tmp_path / "alive", 0.0) is not None
