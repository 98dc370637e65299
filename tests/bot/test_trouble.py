"""Telegram refuses, the network fails, people block the bot, services are stopped and set up wrongly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.pocket.process import PocketTelegram
from bot.store import people
from bot.telegram import outbox
from tests.bot.places import at
from tests.bot.process import BotProcess
from tests.bot.running import TOKEN, Phone, RunningBot, wait_until


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram(token=TOKEN) as running:
        yield running


@pytest.fixture(autouse=True)
def clear(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "shared" in request.fixturenames:
        request.getfixturevalue("shared").telegram.clear_faults()


def blocked_at(running: RunningBot, phone: Phone) -> Any:
    with running.store.reading() as transaction:
        person = people.find(transaction, phone.id)
        assert person is not None
        return person.blocked_at


@pytest.mark.parametrize("kind", ["too many requests", "server error", "bad gateway", "cut before", "cut after"])
@pytest.mark.parametrize("how", ["edited", "sent"])
def test_a_screen_that_telegram_puts_off_or_the_network_loses_still_comes(
    shared: RunningBot, kind: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer is never lost silently: the call is made again, after the time that Telegram asks for."""
    monkeypatch.setattr(outbox, "SHORTEST_WAIT", timedelta(seconds=0.05))
    phone = at(shared.newcomer(), "danger")
    method = "editMessageText" if how == "edited" else "sendMessage"
    shared.telegram.fault(kind, method=method, chat_id=phone.id, retry_after=1)
    before = time.monotonic()
    phone.tap("No") if how == "edited" else phone.say("no")
    assert "Where does the person live" in phone.screen
    assert kind != "too many requests" or time.monotonic() - before >= 1
    phone.tap("England")
    assert phone.turn.walk.answers["nation"] == ("eng",)


def test_a_chat_that_must_wait_holds_up_nobody_else(shared: RunningBot) -> None:
    slow, quick = at(shared.newcomer(), "danger"), at(shared.newcomer(), "danger")
    shared.telegram.fault("too many requests", method="editMessageText", chat_id=slow.id, retry_after=2)
    slow.person.tap("No")
    time.sleep(0.1)
    before = time.monotonic()
    quick.person.tap("No")
    wait_until(lambda: "Where does the person live" in quick.screen)
    assert time.monotonic() - before < 1
    assert "Where does the person live" not in slow.screen
    slow.settled()
    assert "Where does the person live" in slow.screen


def test_a_call_that_keeps_failing_is_made_until_it_succeeds(
    shared: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "SHORTEST_WAIT", timedelta(seconds=0.01))
    phone = at(shared.newcomer(), "danger")
    shared.telegram.fault("server error", method="editMessageText", chat_id=phone.id, times=6)
    phone.tap("No")
    assert "Where does the person live" in phone.screen
    assert phone.turn.walk.state == "nation"


def test_who_blocks_the_bot_is_remembered_and_stops_nothing(shared: RunningBot) -> None:
    phone, other = at(shared.newcomer(), "danger"), shared.newcomer()
    phone.person.say("something")
    phone.person.block()
    phone.settled()
    assert blocked_at(shared, phone) is not None
    assert "I help you decide" in other.say("/start")
    phone.person.unblock()
    phone.settled()
    assert blocked_at(shared, phone) is None
    phone.say("/start", "go on")
    phone.tap("No")
    assert phone.turn.walk.state == "nation"


def test_forbidden_while_sending_does_not_break_the_loop(shared: RunningBot) -> None:
    phone, other = at(shared.newcomer(), "danger"), shared.newcomer()
    shared.telegram.fault("blocked", chat_id=phone.id, times=3)
    phone.say("/danger")
    assert "I help you decide" in other.say("/start")
    shared.telegram.clear_faults()
    assert "Ring 999 now." in phone.say("/danger")


# ---- processes


def test_sigterm_finishes_the_update_in_hand_and_ends_with_0(telegram: PocketTelegram, tmp_path: Path) -> None:
    first = RunningBot(telegram, tmp_path).start()
    phone = at(first.newcomer(), "danger")
    first.stop()
    process = BotProcess(telegram, tmp_path)
    wait_until(lambda: "serving" in process.said())
    telegram.fault("slow", method="editMessageText", seconds=1.6)
    phone.person.tap("No")
    wait_until(lambda: telegram.calls("answerCallbackQuery", phone.id, 0)[-1]["number"] > 0)
    time.sleep(0.8)
    assert process.terminate() == 0
    assert "Where does the person live" in phone.screen
    assert telegram.updates() == [], "and confirmed, so that it does not come again"


def test_a_second_process_with_the_same_token_is_said_in_plain_words(
    own: RunningBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    process = BotProcess(own.telegram, folder)
    wait_until(lambda: "serving" in process.said())
    person = own.newcomer().person
    person.start()
    wait_until(lambda: "I help you decide" in person.screen(), 15)
    heard: list[str] = []  # whichever of the two Telegram turned away says it

    def is_said() -> bool:
        heard.append(capsys.readouterr().out)
        return "another process polls with this token; waiting" in "".join(heard) + process.said()

    wait_until(is_said, 15)
    assert process.terminate() == 0


def test_a_wrong_token_ends_with_2_and_a_sentence(telegram: PocketTelegram, tmp_path: Path) -> None:
    process = BotProcess(telegram, tmp_path, SHAREWISE_TELEGRAM_TOKEN="1:wrong-canary")
    assert process.ended() == 2
    assert "Telegram refuses the token. Check SHAREWISE_TELEGRAM_TOKEN" in process.said()
    assert "canary" not in process.said()
    assert "Traceback" not in process.said()


def test_a_token_revoked_while_running_ends_with_2(telegram: PocketTelegram, tmp_path: Path) -> None:
    process = BotProcess(telegram, tmp_path)
    wait_until(lambda: "serving" in process.said())
    telegram.fault("unauthorized", method="getUpdates", times=None)
    telegram.person("Somebody").start()
    assert process.ended() == 2
    assert "Telegram refuses the token." in process.said()
