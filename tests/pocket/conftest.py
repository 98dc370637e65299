"""A pocket Telegram in a process of its own, and PTB's real client speaking to it over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.pocket.process import PocketTelegram

TOKEN = "123456:ABC-pocket"
Result = TypeVar("Result")


def client(telegram: PocketTelegram, token: str = TOKEN) -> Bot:
    """PTB's client. Reading the certificates of the world takes 0.1 s and serves nothing here."""
    return Bot(
        token,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=HTTPXRequest(httpx_kwargs={"verify": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": False}),
    )


class asking:  # noqa: N801 - read as a verb: asking(telegram)(lambda bot: bot.get_me())
    """Lets PTB's client make calls and returns what they return."""

    def __init__(self, telegram: PocketTelegram, token: str = TOKEN) -> None:
        self.telegram = telegram
        self.token = token

    def __call__(self, work: Callable[[Bot], Awaitable[Result]]) -> Result:
        async def whole() -> Result:
            async with client(self.telegram, self.token) as bot:
                return await work(bot)

        return asyncio.run(whole())


@pytest.fixture(scope="module")
def shared() -> Iterator[PocketTelegram]:
    """One pocket for tests that only add people of their own."""
    with PocketTelegram() as running:
        yield running


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    """A pocket of its own, for tests that watch updates, faults or the clock."""
    with PocketTelegram() as running:
        yield running
