"""What the bot does by itself, through the real bot and a Telegram: reminders, ends, reviews, tidying, and what is said
after a long silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.due import loop
from bot.local_time import next_morning
from bot.pocket.process import PocketTelegram
from bot.store import Store, due, moments
from bot.turns.later import REVIEW, SWEEP_AFTER
from tests.bot.places import at
from tests.bot.process import BotProcess
from tests.bot.running import KEY, TOKEN, Phone, RunningBot, wait_until

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNFINISHED = "You left something unfinished here."
CLOSED = "What you left unfinished here is closed."
TODAY = "Today is a day that you chose."
TIDY = "I have tidied this chat."
BACK = "I was out of reach, and am back."


class Days:
    """A clock that goes on, and can be put forward. It begins at noon, so that nothing waits for the day."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        self.ahead = next_morning(now) + 3 * HOUR - now

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Life:
    """One bot, which can be stopped and started again on the same store, while its days go by."""

    def __init__(self, telegram: PocketTelegram, folder: Path) -> None:
        self.telegram = telegram
        self.folder = folder
        self.days = Days()
        self.started()

    def started(self) -> None:
        self.bot = RunningBot(self.telegram, self.folder)
        self.bot.clock = self.days
        self.bot.start()

    def passes(self, time: timedelta, *, heard: bool = True) -> None:
        """Time goes by. Telegram was `heard` all the while, or not."""
        if heard:
            with self.bot.store.transaction() as transaction:
                moments.save(transaction, f"heard:{TOKEN.partition(':')[0]}", self.days() + time)
        self.days.ahead += time

    def restarted(self) -> None:
        self.bot.stop()
        self.started()

    def newcomer(self) -> Phone:
        return self.bot.newcomer()

    def again(self, phone: Phone) -> Phone:
        """The same person, whose bot was started anew."""
        return Phone(self.bot, phone.person)


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.setattr(loop, "LOOK_AGAIN_SECONDS", 0.05)
    with PocketTelegram(token=TOKEN) as telegram:
        lived = Life(telegram, tmp_path)
        yield lived
        lived.bot.stop()


def comes(phone: Phone, words: str) -> None:
    """Wait until the newest message holds these words, and nothing more is to be said."""
    wait_until(lambda: phone.person.phone()["messages"] and words in phone.screen)
    phone.settled()


def test_a_walk_that_was_left_is_reminded_of_and_closed_over_a_restart(life: Life) -> None:
    phone = at(life.newcomer(), "worry")
    reference = phone.turn.reference
    old = phone.screen.message_id
    life.passes(DAY)
    life.restarted()
    phone = life.again(phone)
    comes(phone, UNFINISHED)
    wait_until(lambda: [message["id"] for message in phone.person.phone()["messages"]] == [phone.screen.message_id])
    assert phone.screen.message_id != old
    (reminder,) = [call for call in phone.calls("sendMessage") if UNFINISHED in call["parameters"]["text"]]
    assert reminder["parameters"]["disable_notification"] == "true"
    assert reminder["parameters"]["protect_content"] == "true"
    assert phone.tap("Go on").text.startswith("If anyone is in danger now, ring 999.")
    assert "What are you worried about?" in phone.tap("No")
    life.passes(DAY)
    comes(phone, UNFINISHED)
    life.passes(6 * DAY)
    life.restarted()
    phone = life.again(phone)
    comes(phone, CLOSED)
    assert f"kept as unfinished record {reference}" in phone.screen
    assert sum(CLOSED in text for text in phone.readable()) == 1


def test_a_day_that_was_chosen_comes_and_a_screen_that_nobody_touches_is_tidied(life: Life) -> None:
    phone, other = at(life.newcomer(), "saved"), at(life.newcomer(), "first screen")
    reference = phone.turn.detail.partition("|")[0]
    life.passes(DAY)
    comes(phone, TODAY)
    assert reference in phone.screen
    assert f"I do not remind you of {reference} again" in phone.tap("Done: I have looked again")
    life.passes(13 * HOUR)
    comes(other, TIDY)
    assert len(other.readable()) == 1
    assert "I help you decide" in other.tap("Go on")
    assert len(other.readable()) == 1, "in a new message; the old one is gone"


def test_what_is_left_of_a_finished_walk_goes_in_less_than_a_minute(life: Life) -> None:
    """Whoever gets each question as a new message is left with the last one (C9)."""
    phone = at(life.newcomer(), "check")
    phone.say("/mode new")
    phone.tap("Save the record", "Show the record")
    assert len(phone.readable()) > 2
    life.passes(SWEEP_AFTER)
    wait_until(lambda: len(phone.readable()) == 1)


def test_after_a_silence_of_more_than_a_day_people_in_a_walk_are_told(life: Life) -> None:
    """And once, however often the bot is started after that."""
    phone, other = at(life.newcomer(), "worry"), at(life.newcomer(), "first screen")
    reference = phone.turn.reference
    life.passes(26 * HOUR, heard=False)
    life.restarted()
    phone, other = life.again(phone), life.again(other)
    other.say("/help")  # with this Telegram is heard again
    wait_until(lambda: BACK in str(phone.readable()))
    phone.settled()
    (text,) = [one for one in phone.readable() if BACK in one]
    assert reference in text
    assert "is lost: please say it again" in text
    assert BACK not in str(other.readable())
    life.restarted()
    other = life.again(other)
    other.say("/start")
    assert sum(BACK in call["parameters"]["text"] for call in phone.calls("sendMessage")) == 1


@pytest.mark.parametrize("point", ["DUE_WRITTEN", "DUE_COMMITTED"])
def test_a_kill_in_the_middle_of_what_is_due_loses_and_doubles_nothing(life: Life, point: str) -> None:
    phone = at(life.newcomer(), "saved")
    reference = phone.turn.detail.partition("|")[0]
    life.bot.stop()
    store = Store.open(life.folder / "sharewise.db", KEY)
    assert store.run(lambda transaction: due.move(transaction, REVIEW, reference, datetime.now(UTC)))
    store.close()
    killed = BotProcess(life.telegram, life.folder, point)
    assert killed.ended() == -9
    life.started()
    life.bot.clock = lambda: datetime.now(UTC)
    phone = life.again(phone)
    comes(phone, TODAY)
    assert sum(TODAY in call["parameters"]["text"] for call in phone.calls("sendMessage")) == 1
