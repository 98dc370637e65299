"""Nothing is lost and nothing doubled: kill -9 at every point of a turn, poison, malformed updates, outages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from bot.pocket.process import PocketTelegram
from bot.steps import Step
from bot.store import StoreUnavailable, Transaction, updates
from bot.telegram import polling
from bot.turns.turn import Turn
from states.text import say
from tests.bot.places import at
from tests.bot.process import BotProcess
from tests.bot.running import Phone, RunningBot, wait_until

TAP, TYPED, DANGER = "No", "no", "he has a knife"


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram() as running:
        yield running


@pytest.mark.parametrize(
    ("point", "does"),
    [
        (Step.TURN_WRITTEN, TAP),
        (Step.TURN_WRITTEN, TYPED),
        (Step.COMMITTED, TAP),
        (Step.COMMITTED, TYPED),
        (Step.SENT, TYPED),
        (Step.EMERGENCY_SENT, DANGER),
    ],
)
def test_kill_9_loses_and_doubles_nothing(telegram: PocketTelegram, tmp_path: Path, point: Step, does: str) -> None:
    """The bot dies in the middle of a turn; the next one finishes it, and the person can go on."""
    first = RunningBot(telegram, tmp_path).start()
    phone = at(first.newcomer(), "danger")
    first.stop()
    dying = BotProcess(telegram, tmp_path, point.name)
    phone.person.tap(TAP) if does == TAP else phone.person.say(does)
    assert dying.ended() == -9
    assert telegram.updates() or point is Step.SENT, "not confirmed before it is saved"
    second = RunningBot(telegram, tmp_path).start()
    try:
        phone = Phone(second, phone.person).settled()
        if does == DANGER:
            assert phone.turn.view == "emergency"
            assert "Ring 999 now." in phone.screen
            phone.tap("I have rung 999")
            assert phone.turn.walk.state == "decision"
        else:
            assert [entry.question for entry in phone.turn.log] == ["entry", "danger"]
            assert "Where does the person live" in phone.screen, "what was never sent is sent now"
            assert does != TYPED or TYPED not in phone.readable(), "what was typed is taken away"
            phone.tap("England")
            assert phone.turn.walk.answers["nation"] == ("eng",)
        phone.say("/start")
        assert "begin anew" in phone.screen
        phone.say("/delete_my_data")
        phone.tap("Yes, delete it")
        # Telegram tells a message's id only in its answer: a screen whose answer was never heard stays, doubled.
        unheard = point is Step.SENT or does == DANGER
        assert len(phone.readable()) == (2 if unheard else 1), "every message was known"
    finally:
        second.stop()


def test_the_offset_passes_only_what_is_dealt_with(own: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people, the middle one's update cannot be saved: hers and later ones stay with Telegram."""
    one, two, three = (at(own.newcomer(), "danger") for _ in range(3))
    real, broken = Turn.show, [True]

    def show(turn: Turn, view: str, detail: str = "") -> None:
        if broken and turn.person.chat_id == two.id:
            raise StoreUnavailable(say("The disk is full. Nothing was saved."))
        real(turn, view, detail)

    monkeypatch.setattr(Turn, "show", show)
    for phone in (one, two, three):
        phone.person.tap("Why?")
    wait_until(lambda: "I cannot save anything" in str(two.readable()))
    wait_until(lambda: "Why I ask" in one.screen and "Why I ask" in three.screen)
    one.settled()
    waiting = {update["callback_query"]["from"]["id"] for update in own.telegram.updates()}
    assert two.id in waiting
    assert one.id not in waiting
    broken.clear()
    two.settled()
    three.settled()
    assert "Why I ask" in two.screen
    with own.store.reading() as transaction:
        assert updates.all_set_aside(transaction) == [], "an error of the store is no try"


def test_an_answer_is_shown_soon_though_nobody_heard_that_it_was_saved(
    own: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit took effect and its confirmation got lost: who wrote waits for no lease to run out."""
    phone = at(own.newcomer(), "danger")
    real, unheard = own.store.submit, [True]

    def submit(work: Callable[[Transaction], Any]) -> Future[Any]:
        saving = real(work)
        if not unheard or "Intake.take" not in work.__qualname__:
            return saving
        unheard.clear()
        saving.result()
        lost: Future[Any] = Future()
        lost.set_exception(StoreUnavailable(say("The connection broke.")))
        return lost

    monkeypatch.setattr(own.store, "submit", submit)
    phone.person.tap("No")
    wait_until(lambda: "Where does the person live" in phone.screen)
    assert not unheard
    phone.settled()
    assert [entry.question for entry in phone.turn.log] == ["entry", "danger"]


def test_a_poison_update_is_set_aside_after_three_tries_and_told(
    own: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = at(own.newcomer(), "danger")
    tries: list[str] = []

    def broken(turn: Turn, text: str) -> Any:
        tries.append(text)
        raise ZeroDivisionError(text)

    with monkeypatch.context() as patched:
        patched.setattr("bot.intake.typed", broken)
        phone.say("canary-quixotic")
    assert len(tries) == 3
    assert "put it aside" in phone.screen
    assert "canary" not in str(phone.readable())
    with own.store.reading() as transaction:
        aside = updates.all_set_aside(transaction)
        rows = transaction.connection.exec_driver_sql("SELECT * FROM updates").fetchall()
    assert [(one.tries, one.error_class) for one in aside] == [(3, "ZeroDivisionError")]
    assert "canary" not in str(rows), "an id and an error class, nothing of its words"
    phone.tap("No")
    assert phone.turn.walk.state == "nation"


def test_malformed_updates_do_not_hurt_the_others_of_their_batch(
    own: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram never sent such; should it, everybody else's updates still count."""
    phone = at(own.newcomer(), "danger")
    seen: list[Any] = []
    real = polling.Polling._receive

    def receive(self: polling.Polling, raw: Any) -> None:
        if not seen:
            for odd in (
                {},
                "text",
                None,
                {"update_id": "x"},
                {"update_id": 7_000_001, "message": {"message_id": "x", "chat": []}},
                {"update_id": 7_000_002, "callback_query": {"from": {"id": [1]}}},
                {
                    "update_id": 7_000_003,
                    "message": {"chat": {"id": phone.id, "type": "private"}, "from": {"id": phone.id}},
                },
            ):
                seen.append(odd)
                real(self, odd)
        real(self, raw)

    monkeypatch.setattr(polling.Polling, "_receive", receive)
    other = own.newcomer()
    other.person.start()
    wait_until(lambda: "I help you decide" in other.screen)
    wait_until(lambda: "put it aside" in str(phone.readable()))
    phone.tap("No")
    assert phone.turn.walk.state == "nation"
    with own.store.reading() as transaction:
        assert {one.update_id for one in updates.all_set_aside(transaction)} == {7_000_001, 7_000_002, 7_000_003}
