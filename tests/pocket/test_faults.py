"""Trouble on demand, as PTB reports it, and what it leaves behind."""

import time
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.pocket.faults import KINDS
from bot.pocket.person import PocketError
from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking

TABLE: list[tuple[str, type[Exception], bool, int]] = [
    ("too many requests", RetryAfter, False, 429),
    ("too many requests, no time", NetworkError, False, 429),
    ("server error", NetworkError, False, 500),
    ("bad gateway", NetworkError, False, 502),
    ("service unavailable", NetworkError, False, 503),
    ("gateway timeout", NetworkError, False, 504),
    ("unauthorized", InvalidToken, False, 401),
    ("not found", InvalidToken, False, 404),
    ("blocked", Forbidden, False, 403),
    ("deactivated", Forbidden, False, 403),
    ("chat not found", BadRequest, False, 400),
    ("bad request", BadRequest, False, 400),
    ("conflict", Conflict, False, 409),
    ("not JSON", TelegramError, True, 200),
    ("error page", NetworkError, True, 200),
    ("half JSON", TelegramError, True, 200),
    ("empty body", TelegramError, True, 200),
    ("no result", KeyError, True, 200),
    ("refusal without code", KeyError, True, 200),
    ("redirect", NetworkError, True, 200),
    ("cut before", NetworkError, False, 0),
    ("cut after", NetworkError, True, 0),
    ("silence", TimedOut, True, 0),
]


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB's newer form of retry_after; the older one only warns."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize(("kind", "error", "arrives", "status"), TABLE, ids=[row[0] for row in TABLE])
def test_fault(shared: PocketTelegram, kind: str, error: type[Exception], arrives: bool, status: int) -> None:
    """What is spoilt or lost after the call leaves the message in the chat: sent, but the bot never learned it."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault(kind, method="sendMessage", chat_id=sam.id)
    ask = asking(shared)
    with pytest.raises(error) as caught:
        ask(lambda bot: bot.send_message(sam.id, "struck", read_timeout=0.5))
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


@pytest.mark.parametrize("kind", ["wrong content type", "slow bytes"])
def test_an_answer_that_is_only_strange_is_an_answer(shared: PocketTelegram, kind: str) -> None:
    """What it says is all there."""
    sam = shared.person("Sam")
    sam.start()
    shared.fault(kind, method="sendMessage", chat_id=sam.id, seconds=0.2)
    assert asking(shared)(lambda bot: bot.send_message(sam.id, "strange")).text == "strange"


def test_every_kind_is_tried_here() -> None:
    """A kind that nobody tries may do something else than it says."""
    tried = {row[0] for row in TABLE} | {"wrong content type", "slow bytes", "slow"}
    assert tried == set(KINDS)


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
