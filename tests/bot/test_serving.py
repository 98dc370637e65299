"""The bot starts, keeps serving and stays alone, whatever Telegram and its neighbours do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.i18n import translator
from bot.pocket.process import PocketTelegram
from bot.screens.pieces import LONGEST_TEXT
from bot.screens.screen import Paragraph, Screen
from bot.screens.worded import worded
from bot.store import messages
from bot.telegram import rendering, sending
from bot.telegram.sending import Sender
from bot.turns.call import Call
from bot.turns.turn import Turn
from states.text import say
from tests.bot.places import at
from tests.bot.running import TOKEN, Phone, RunningBot, wait_until


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram(token=TOKEN) as running:
        yield running


def throttled(running: RunningBot, phone: Phone, seconds: int = 60) -> None:
    """Telegram refuses to show this chat anything, and asks to wait."""
    for method in ("editMessageText", "sendMessage"):
        running.telegram.fault("too many requests", method=method, chat_id=phone.id, retry_after=seconds, times=None)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.polling.STOP_SECONDS", 0.5)


# ---- one chat that Telegram puts off


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("flooding", ["another chat", "the chat that waits"])
def test_danger_is_answered_while_a_throttled_chat_and_a_hundred_updates_wait(own: RunningBot, flooding: str) -> None:
    """Telegram gives the same hundred updates until they are confirmed: one chat's wait must not keep them so."""
    slow, many, third = at(own.newcomer(), "danger"), at(own.newcomer(), "danger"), own.newcomer()
    throttled(own, slow)
    slow.person.tap("No")
    flood = many if flooding == "another chat" else slow
    if flood is slow:
        slow.person.say("he has a knife")
    for _ in range(101):
        flood.person.say("x")
    before = time.monotonic()
    third.person.say("/danger")
    wait_until(lambda: any("Ring 999 now." in text for text in third.readable()))
    assert time.monotonic() - before < 2
    assert "danger now" in slow.screen, "the throttled chat still waits"
    assert slow.turn.log[-1].question == "danger", "though what it answered is saved"


@pytest.mark.usefixtures("impatient")
def test_what_was_put_off_is_shown_in_the_end_and_no_second_screen_stays(own: RunningBot) -> None:
    phone = at(own.newcomer(), "danger")
    for method in ("editMessageText", "sendMessage"):
        own.telegram.fault("too many requests", method=method, chat_id=phone.id, retry_after=1)
    for text in ("no", "England"):
        phone.person.say(text)
        phone.dealt_with()
    assert "danger now" in phone.screen, "saved and confirmed before it is shown"
    state = phone.turn.walk.state
    assert state not in ("danger", "nation")
    wait_until(lambda: len(phone.readable()) == 1 and "danger now" not in phone.screen)
    phone.say("/where")
    wait_until(lambda: len(phone.readable()) == 1)
    assert phone.turn.walk.state == state


@pytest.mark.usefixtures("impatient")
def test_a_late_999_text_is_the_screen_and_comes_once(own: RunningBot) -> None:
    phone = at(own.newcomer(), "danger")
    own.telegram.fault("too many requests", method="sendMessage", chat_id=phone.id, retry_after=1)
    phone.say("he has a knife")
    assert phone.turn.view == "emergency", "saved, though Telegram puts the text off"
    wait_until(lambda: len(phone.readable()) == 1 and "Ring 999 now." in phone.screen)
    phone.tap("I have rung 999")
    assert phone.turn.walk.state == "decision"


def test_a_group_that_cannot_be_told_holds_up_nobody(own: RunningBot) -> None:
    person, phone = own.telegram.person("Somebody in a group"), own.newcomer()
    group = own.telegram.group("A team", person)
    own.telegram.fault("too many requests", method="sendMessage", chat_id=group, retry_after=60, times=None)
    own.telegram.say_in_group(group, person, "/start")
    before = time.monotonic()
    phone.say("/start")
    wait_until(lambda: not own.telegram.updates())
    assert time.monotonic() - before < 2


# ---- starting


@pytest.mark.parametrize("kind", ["too many requests", "server error"])
@pytest.mark.parametrize("method", ["setMyDescription", "getMyCommands"])
def test_the_bot_serves_though_it_cannot_introduce_itself(
    telegram: PocketTelegram, tmp_path: Path, kind: str, method: str
) -> None:
    telegram.fault(kind, method=method, retry_after=600, times=None)
    running = RunningBot(telegram, tmp_path).start()
    try:
        assert "I help you decide" in running.newcomer().say("/start")
    finally:
        running.stop()


def test_it_waits_before_it_starts_as_long_as_telegram_asks(telegram: PocketTelegram, tmp_path: Path) -> None:
    telegram.fault("too many requests", method="getMe", retry_after=2)
    running = RunningBot(telegram, tmp_path).start()
    try:
        before = time.monotonic()
        wait_until(lambda: telegram.calls("getWebhookInfo"))
        assert time.monotonic() - before > 1.5
        assert len(telegram.calls("getMe")) == 2, "asked once more, and not before"
    finally:
        running.stop()


def test_a_webhook_that_was_left_over_is_taken_away_and_nothing_is_lost(
    telegram: PocketTelegram, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While one is set, Telegram gives no updates to a bot that asks for them."""
    hook = {"url": "http://127.0.0.1:9/canary-hook"}
    assert httpx.post(f"{telegram.base_url}{TOKEN}/setWebhook", json=hook).json()["ok"]
    person = telegram.person("Somebody")
    person.start()
    running = RunningBot(telegram, tmp_path).start()
    try:
        wait_until(lambda: "I help you decide" in str(person.history()))
    finally:
        running.stop()
    said = capsys.readouterr().out
    assert "a webhook was set for this bot" in said
    assert "canary" not in said


# ---- going on


def test_errors_nobody_thought_of_do_not_stop_a_chat(own: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 999 text and the answer to a tap go out beside the turn: should they break, the turn still shows."""
    phone = at(own.newcomer(), "danger")

    async def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Sender, "_tell", broken)
        patched.setattr("telegram.Bot.answer_callback_query", broken)
        assert "Ring 999 now." in phone.say("he has a knife")
        phone.tap("I have rung 999")
    assert phone.turn.walk.state == "decision"


def test_the_999_text_of_an_update_that_is_set_aside_can_be_swept(
    own: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = at(own.newcomer(), "danger")

    def broken(turn: Turn, text: str) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("bot.intake.typed", broken)
        phone.say("he has a knife")
    assert "put it aside" in phone.screen
    with own.store.reading() as transaction:
        known = {row.message_id for row in messages.to_delete_in_chat(transaction, phone.turn.person.id)}
    assert len(known) == 3, "the question, the 999 text, and that it was put aside"
    phone.say("/delete_my_data")
    phone.tap("Yes, delete it")
    assert len(phone.readable()) == 1


# ---- small things that must not grow or break


def test_a_text_that_is_cut_keeps_its_markup_whole() -> None:
    """Telegram refuses a message whose tags do not match, and then nothing at all is shown."""
    translate = translator("en")
    for before in range(4060, 4100):
        text = say("{before}<b>bold words</b>{after}", before="a" * before, after="z" * 60)
        html = rendering.html_of(worded(Screen((Paragraph(text, markup=True),)), translate, "", 0))
        assert html.count("<b>") == html.count("</b>"), before
        assert "&lt;" not in html, before
        assert len(html.replace("<b>", "").replace("</b>", "")) <= LONGEST_TEXT


def test_the_languages_of_the_newest_chats_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LANGUAGES_KEPT", 2)
    sender = Sender(None)  # type: ignore[arg-type]

    async def write() -> None:
        for chat in (1, 2, 1, 3):
            await sender.make(Call(chat, "tidy", "en"), None)

    asyncio.run(write())
    assert sender._languages == {1: "en", 3: "en"}
