"""The webhook's door: who is let in, what is refused, and when Telegram hears 200. Over HTTP, with the real server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.health import Health
from bot.listening import Listening, open_socket
from bot.telegram import webhook
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, Webhook, webhook_app

SECRET = "Zq3-made_up_Bh7-0123456789-abcdef"
UPDATE = {"update_id": 7, "message": {"text": "canary"}}
TOLD = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}


class Kept:
    """Receives updates and keeps them; `committed` holds back each until it is set, `error` refuses each."""

    def __init__(self) -> None:
        self.raws: list[Mapping[str, Any]] = []
        self.received = asyncio.Event()
        self.committed = asyncio.Event()
        self.committed.set()
        self.error: Exception | None = None

    async def receive(self, raw: Mapping[str, Any]) -> None:
        self.raws.append(raw)
        self.received.set()
        await self.committed.wait()
        if self.error is not None:
            raise self.error

    async def finish(self, seconds: float) -> None:
        self.committed.set()


@asynccontextmanager
async def door(kept: Kept, health: Health | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """The webhook at /telegram, listening, and a client for it."""
    at = open_socket("127.0.0.1", 0)
    hook = Webhook("https://bot.example.org/telegram", SECRET, at)
    address = f"http://127.0.0.1:{at.getsockname()[1]}"
    listening = Listening(webhook_app(hook, kept, health or Health(lambda: None)), at, most_connections=20)
    try:
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            yield client
    finally:
        await listening.stop()


def at_the_door(visit: Callable[[httpx.AsyncClient, Kept], Awaitable[None]], kept: Kept | None = None) -> Kept:
    """Run one visit; what was received is given back."""
    kept = kept or Kept()

    async def whole() -> None:
        async with door(kept) as client:
            await visit(client, kept)

    asyncio.run(whole())
    return kept


WITHOUT = {"Content-Type": "application/json"}
LARGE = b'{"update_id": 7, "x": "' + b"x" * LARGEST_BODY + b'"}'


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


REFUSED: dict[str, tuple[str, str, dict[str, str] | list[tuple[str, str]], bytes, int]] = {
    "no secret": ("POST", "/telegram", WITHOUT, b"{}", 401),
    "an empty secret": ("POST", "/telegram", {**TOLD, SECRET_HEADER: ""}, b"{}", 401),
    "another secret": ("POST", "/telegram", {**TOLD, SECRET_HEADER: SECRET[:-1] + "x"}, b"{}", 401),
    "the secret's beginning": ("POST", "/telegram", {**TOLD, SECRET_HEADER: SECRET[:-1]}, b"{}", 401),
    "the secret and more": ("POST", "/telegram", {**TOLD, SECRET_HEADER: SECRET + "x"}, b"{}", 401),
    "the secret and another": ("POST", "/telegram", [*TOLD.items(), (SECRET_HEADER, "another")], b"{}", 401),
    "no secret, and no JSON either": ("POST", "/telegram", {}, b"not JSON", 401),
    "no secret, and too large": ("POST", "/telegram", WITHOUT, LARGE, 401),
    "too large": ("POST", "/telegram", TOLD, LARGE, 413),
    "a form": ("POST", "/telegram", {**TOLD, "Content-Type": "application/x-www-form-urlencoded"}, b"update_id=7", 415),
    "no kind": ("POST", "/telegram", {SECRET_HEADER: SECRET}, b"{}", 415),
    "not JSON": ("POST", "/telegram", TOLD, b'{"update_id": 7', 400),
    "no text": ("POST", "/telegram", TOLD, b"\xff\xfe\xff", 400),
    "nothing": ("POST", "/telegram", TOLD, b"", 400),
    "JSON that is too deep": ("POST", "/telegram", TOLD, b"[" * 200_000, 400),
    "a number that is too long": ("POST", "/telegram", TOLD, b'{"update_id": ' + b"9" * 5_000 + b"}", 400),
    "another path": ("POST", "/", TOLD, b"{}", 404),
    "the path and a slash": ("POST", "/telegram/", TOLD, b"{}", 404),
    "the probes": ("GET", "/readyz", TOLD, b"", 404),
    "the metrics": ("GET", "/metrics", TOLD, b"", 404),
    "a visit": ("GET", "/telegram", TOLD, b"", 405),
}


def test_what_is_refused() -> None:
    """Nothing of it reaches the bot, and the connection is closed, so that the rest of a body need not be taken in."""
    answered: dict[str, object] = {}

    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        for case, (method, path, headers, body, _status) in REFUSED.items():
            answer = await client.request(method, path, headers=headers, content=body)
            answered[case] = (answer.status_code, answer.content, answer.headers["Connection"])

    assert at_the_door(visit).raws == []
    assert answered == {case: (status, b"", "close") for case, (*_, status) in REFUSED.items()}


def test_a_body_that_does_not_tell_its_length_is_limited_all_the_same() -> None:
    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        assert (await client.post("/telegram", headers=TOLD, content=_chunks(LARGE))).status_code == 413
        small = json.dumps(UPDATE).encode()
        assert (await client.post("/telegram", headers=TOLD, content=_chunks(small))).status_code == 200

    assert at_the_door(visit).raws == [UPDATE]


async def _answer_to(client: httpx.AsyncClient, beginning: str) -> bytes:
    """What is answered to the beginning of a request whose rest never comes; all of it, since the connection ends."""
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    writer.write(beginning.replace("\n", "\r\n").encode())
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()


BEGINNING = "POST /telegram HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 900000\n"


def test_the_secret_is_looked_at_before_the_body_is_read() -> None:
    """Whoever does not know it can neither make the bot parse anything nor keep it reading."""

    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        assert (await _answer_to(client, f"{BEGINNING}\n")).startswith(b"HTTP/1.1 401 ")

    at_the_door(visit)


def test_a_body_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_SECONDS", 0.1)

    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        beginning = f'{BEGINNING}{SECRET_HEADER}: {SECRET}\n\n{{"update_id": 7,'
        assert (await _answer_to(client, beginning)).startswith(b"HTTP/1.1 408 ")

    assert at_the_door(visit).raws == []


def test_200_comes_after_the_commit_and_not_before() -> None:
    """Until then Telegram must keep the update, or a crash would lose it."""
    kept = Kept()

    async def visit(client: httpx.AsyncClient, kept: Kept) -> None:
        kept.committed.clear()
        posting = asyncio.create_task(client.post("/telegram", headers=TOLD, json=UPDATE))
        await kept.received.wait()
        done, _ = await asyncio.wait({posting}, timeout=0.05)
        assert not done
        kept.committed.set()
        assert (await posting).status_code == 200

    assert at_the_door(visit, kept).raws == [UPDATE]


def test_what_cannot_be_committed_in_time_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.05)

    async def visit(client: httpx.AsyncClient, kept: Kept) -> None:
        kept.committed.clear()
        assert (await client.post("/telegram", headers=TOLD, json=UPDATE)).status_code == 503
        kept.committed.set()
        assert (await client.post("/telegram", headers=TOLD, json=UPDATE)).status_code == 200
        kept.error = ZeroDivisionError()
        assert (await client.post("/telegram", headers=TOLD, json=UPDATE)).status_code == 503

    at_the_door(visit)


def test_json_that_is_no_update_is_left_out_for_good(capsys: pytest.CaptureFixture[str]) -> None:
    """It would be the same each time, and while it came again it could hold up the chat's real ones."""
    bodies = [[], "text", 7, None, {}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**70}, {"message": {}}]

    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        headers = {**TOLD, "Content-Type": "Application/JSON; charset=utf-8"}
        answers = [await client.post("/telegram", headers=headers, content=json.dumps(body)) for body in bodies]
        assert {answer.status_code for answer in answers} == {200}

    assert at_the_door(visit).raws == []
    assert capsys.readouterr().out.count("an update without an id was left out") == len(bodies)


def test_a_bot_that_stops_takes_nothing_in() -> None:
    async def whole() -> None:
        kept, health = Kept(), Health(lambda: None)
        async with door(kept, health) as client:
            health.stopping = True
            assert (await client.post("/telegram", headers=TOLD, json=UPDATE)).status_code == 503
        assert kept.raws == []

    asyncio.run(whole())


def test_what_is_under_way_when_it_stops_is_finished_and_answered() -> None:
    """Otherwise Telegram would bring again what is saved already."""

    async def whole() -> None:
        kept, at = Kept(), open_socket("127.0.0.1", 0)
        kept.committed.clear()
        app = webhook_app(Webhook("https://bot.example.org/t", SECRET, at), kept, Health(lambda: None))
        listening = Listening(app, at, most_connections=20, stop_seconds=5)
        address = f"http://127.0.0.1:{at.getsockname()[1]}/t"
        async with httpx.AsyncClient(trust_env=False) as client:
            posting = asyncio.create_task(client.post(address, headers=TOLD, json=UPDATE))
            await kept.received.wait()
            stopping = asyncio.create_task(listening.stop())
            await asyncio.wait({stopping}, timeout=0.3)
            with pytest.raises(httpx.ConnectError):
                await client.post(address, headers=TOLD, json=UPDATE)
            kept.committed.set()
            assert (await posting).status_code == 200
            await stopping

    asyncio.run(whole())


def test_more_connections_than_it_can_serve_get_503() -> None:
    """Those that are in already are served."""

    async def visit(client: httpx.AsyncClient, kept: Kept) -> None:
        kept.committed.clear()

        def post() -> asyncio.Task[httpx.Response]:
            return asyncio.create_task(client.post("/telegram", headers=TOLD, json=UPDATE))

        first = [post() for _ in range(10)]
        while len(kept.raws) < len(first):
            kept.received.clear()
            await kept.received.wait()
        later = [post() for _ in range(20)]
        await asyncio.wait(later, return_when=asyncio.FIRST_COMPLETED, timeout=5)
        kept.committed.set()
        assert {(await task).status_code for task in first} == {200}
        assert 503 in {(await task).status_code for task in later}

    assert len(at_the_door(visit).raws) < 20


@given(
    st.dictionaries(st.sampled_from(["x-telegram-bot-api-secret-token", "x-secret", "authorization"]), st.binary()),
    st.binary(max_size=200),
)
def test_nothing_that_is_forged_is_read_or_let_in(headers: dict[str, bytes], body: bytes) -> None:
    """The application itself, with a body that may not be asked for."""
    at = open_socket("127.0.0.1", 0)
    at.close()
    kept = Kept()
    app = webhook_app(Webhook("https://bot.example.org/telegram", SECRET, at), kept, Health(lambda: None))
    told = [(b"content-type", b"application/json"), *((name.encode(), value) for name, value in headers.items())]
    scope = {"type": "http", "method": "POST", "path": "/telegram", "headers": told, "query_string": b""}
    statuses = []

    async def receive() -> Any:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    asyncio.run(app(scope, receive, send))
    assert (statuses[0], kept.raws) == (401, [])


def _counted(name: str) -> dict[str, float]:
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        ",".join(sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def test_requests_are_counted_by_their_status_alone() -> None:
    before = _counted("sharewise_webhook_requests_total")

    async def visit(client: httpx.AsyncClient, _: Kept) -> None:
        await client.post("/telegram", headers=TOLD, json=UPDATE)
        await client.post("/telegram", headers=WITHOUT, json=UPDATE)
        await client.get("/canary")

    at_the_door(visit)
    after = _counted("sharewise_webhook_requests_total")
    assert {status: after[status] - before.get(status, 0) for status in ("200", "401", "404")} == dict.fromkeys(
        ("200", "401", "404"), 1
    )
    assert "canary" not in metrics.text().decode()
