"""Trouble on demand, as PTB reports it, and what it leaves behind."""

import time
from datetime import timedelta

import pytest
from telegram.error import Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.pocket.person import PocketError
from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking

TABLE: list[tuple[str, type[TelegramError], bool, int]] = [
    ("too many requests", RetryAfter, False, 429),
    ("server error", NetworkError, False, 500),
    ("bad gateway", NetworkError, False, 502),
    ("unauthorized", InvalidToken, False, 401),
    ("blocked", Forbidden, False, 403),
    ("cut before", NetworkError, False, 0),
    ("cut after", NetworkError, True, 0),
]


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB's newer form of retry_after; the older one only warns."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize(("kind", "error", "arrives", "status"), TABLE, ids=[row[0] for row in TABLE])
def test_fault(shared: PocketTelegram, kind: str, error: type[TelegramError], arrives: bool, status: int) -> None:
    """Only "cut after" leaves the message in the chat: sent, but the bot never learned it."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault(kind, method="sendMessage", chat_id=sam.id)
    ask = asking(shared)
    with pytest.raises(error) as caught:
        ask(lambda bot: bot.send_message(sam.id, "struck"))
    assert type(caught.value) is error
    assert sam.history() == (["/start", "struck"] if arrives else ["/start"])
    ask(lambda bot: bot.send_message(sam.id, "fine"))
    assert [(call["status"], call["fault"]) for call in shared.calls("sendMessage", sam.id)] == [
        (status, kind),
        (200, ""),
    ]


def test_retry_after_says_how_long(shared: PocketTelegram) -> None:
    """The bot is told the seconds."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault("too many requests", chat_id=sam.id, retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        asking(shared)(lambda bot: bot.send_message(sam.id, "x"))
    assert caught.value.retry_after == timedelta(seconds=7)


def test_slowness(shared: PocketTelegram) -> None:
    """A slow call still succeeds."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault("slow", chat_id=sam.id, seconds=0.4)
    begun = time.monotonic()
    asking(shared)(lambda bot: bot.send_message(sam.id, "late"))
    assert time.monotonic() - begun >= 0.4
    assert sam.screen().text == "late"


def test_skip_and_times(shared: PocketTelegram) -> None:
    """A fault can strike the second and third call only."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault("server error", chat_id=sam.id, skip=1, times=2)
    ask = asking(shared)
    outcomes = []
    for number in range(4):
        try:
            ask(lambda bot, number=number: bot.send_message(sam.id, str(number)))  # type: ignore[misc]
            outcomes.append(True)
        except NetworkError:
            outcomes.append(False)
    assert outcomes == [True, False, False, True]


def test_an_unknown_fault_is_refused(shared: PocketTelegram) -> None:
    """A harness that misspells a fault must not believe that it struck."""
    with pytest.raises(PocketError, match="A fault is one of: too many requests, server error"):
        shared.fault("gremlins")
