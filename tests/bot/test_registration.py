"""The webhook stays registered as it is wanted, whoever changes it. With the real client and the pocket Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot.health import Health, Trouble
from bot.pocket.process import PocketTelegram
from bot.telegram.decoding import ALLOWED_UPDATES
from bot.telegram.registration import Registration
from tests.bot.test_webhook import SECRET, Kept, door
from tests.pocket.conftest import client

URL = "http://127.0.0.1:9/telegram"
WANTED = {"url": URL, "max_connections": 100, "allowed_updates": list(ALLOWED_UPDATES)}

Look = Callable[[], Awaitable[float]]


@pytest.fixture
def watched() -> Iterator[PocketTelegram]:
    """A pocket of its own."""
    with PocketTelegram() as telegram:
        yield telegram


def looking(telegram: PocketTelegram, visit: Callable[[Bot, Look, Health], Awaitable[None]]) -> None:
    """Run a visit with a registration that looks when it is told to."""

    async def whole() -> None:
        health = Health(lambda: None, webhook_wanted=True)
        async with client(telegram) as bot:
            await visit(bot, Registration(bot, URL, SECRET, health)._look, health)

    asyncio.run(whole())


async def _failed(bot: Bot) -> None:
    """Wait until Telegram tells that it could not bring an update."""
    for _ in range(500):
        if (await bot.get_webhook_info()).last_error_message:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("waited in vain")


def test_it_is_set_at_the_start_and_then_left_alone(watched: PocketTelegram) -> None:
    """At every start, because Telegram never tells the secret, which may be a new one."""
    watched.person("Sam").say("waiting")

    async def visit(bot: Bot, look: Look, health: Health) -> None:
        assert await health.unready() == "the webhook is not registered"
        assert [await look() for _ in range(3)] == [60.0, 60.0, 60.0]
        assert await health.unready() is None
        info = await bot.get_webhook_info()
        assert {name: info.to_dict()[name] for name in WANTED} == WANTED
        assert info.pending_update_count == 1, "nothing that waits is thrown away"

    looking(watched, visit)
    assert len(watched.calls("setWebhook")) == 1
    looking(watched, visit)
    assert len(watched.calls("setWebhook")) == 2


OTHERS: dict[str, dict[str, Any]] = {
    "another address": {"url": "http://127.0.0.1:9/elsewhere"},
    "no address": {"url": ""},
    "other kinds of updates": {"url": URL, "allowed_updates": ["message"], "max_connections": 100},
    "another pace": {"url": URL, "allowed_updates": list(ALLOWED_UPDATES), "max_connections": 1},
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_somebody_else_changed_is_set_again_and_said(
    watched: PocketTelegram, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever can change it has the token, and would read what people tell the bot."""

    async def visit(bot: Bot, look: Look, health: Health) -> None:
        await look()
        assert "webhook was changed" not in capsys.readouterr().out
        await bot.set_webhook(**OTHERS[case])
        assert await look() == 60.0
        assert "the webhook was changed: does somebody else have the bot's token?" in capsys.readouterr().out
        info = (await bot.get_webhook_info()).to_dict()
        assert {name: info[name] for name in WANTED} == WANTED
        assert await health.unready() is None

    looking(watched, visit)


def test_a_secret_that_somebody_else_changed_is_told_again(
    watched: PocketTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    """Telegram does not tell it, but tells that it was refused; then what waits comes through."""
    watched.deliver(retry_seconds=0.05)
    kept = Kept()

    async def whole() -> None:
        async with door(kept) as inside, client(watched) as bot:
            url = str(inside.base_url.join("/telegram"))
            look = Registration(bot, url, SECRET, Health(lambda: None, webhook_wanted=True))._look
            await look()
            changed: Any = {"max_connections": 100, "allowed_updates": ALLOWED_UPDATES}
            await bot.set_webhook(url, secret_token="another", **changed)
            await asyncio.to_thread(watched.person("Sam").say, "hello")
            await _failed(bot)
            assert kept.raws == []
            await look()
            async with asyncio.timeout(5):
                await kept.received.wait()

    asyncio.run(whole())
    assert kept.raws[0]["message"]["text"] == "hello"
    said = capsys.readouterr().out
    assert "error_class='HTTP 401'" in said
    assert "Telegram shows another secret than the one set here" in said


def test_a_failure_is_said_once_and_keeps_the_heartbeat_away(
    watched: PocketTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing listens at the address, such as after a certificate ran out. Setting it again would not help, and
    Telegram answers all the while, so nobody would notice."""
    heard: list[int] = []

    async def visit(bot: Bot, look: Look, health: Health) -> None:
        health.on_heard = lambda: heard.append(1)
        await look()
        assert (await health.unwell(), len(heard)) == (None, 1)
        await asyncio.to_thread(watched.person("Sam").say, "hello")
        await _failed(bot)
        await look()
        await look()
        assert (await health.unwell(), len(heard)) == (Trouble.UPDATES, 1)
        health.heard()
        assert await health.unwell() is None, "one came"

    watched.deliver(retry_seconds=60)
    looking(watched, visit)
    assert capsys.readouterr().out.count("Telegram could not bring an update, and will try again") == 1
    assert len(watched.calls("setWebhook")) == 1


@pytest.mark.parametrize("method", ["getWebhookInfo", "setWebhook"])
def test_a_telegram_in_trouble_is_asked_again_soon(watched: PocketTelegram, method: str) -> None:
    """It takes no worker down: what is registered already goes on."""
    watched.fault("server error", method=method)
    watched.fault("too many requests", method=method, retry_after=7)

    async def visit(bot: Bot, look: Look, health: Health) -> None:
        assert [await look(), await look()] == [5.0, 7.0]
        assert await health.unready() == "the webhook is not registered"
        assert await look() == 60.0
        assert await health.unready() is None

    looking(watched, visit)


def test_an_address_that_telegram_refuses_is_said(watched: PocketTelegram, capsys: pytest.CaptureFixture[str]) -> None:
    """The pocket takes none that is not on this machine; Telegram none that is."""

    async def whole() -> None:
        async with client(watched) as bot:
            health = Health(lambda: None, webhook_wanted=True)
            assert await Registration(bot, "https://bot.example.org/telegram", SECRET, health)._look() == 60.0
            assert await health.unready() == "the webhook is not registered"

    asyncio.run(whole())
    assert "Telegram refuses the webhook's address" in capsys.readouterr().out


def test_a_refused_token_ends_it(watched: PocketTelegram) -> None:
    watched.fault("unauthorized", method="getWebhookInfo")

    async def visit(bot: Bot, look: Look, health: Health) -> None:
        with pytest.raises(InvalidToken):
            await look()

    looking(watched, visit)
