"""One living screen; and old, doubled, racing and foreign taps that change nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.screens.codes import read, write
from bot.screens.screen import Press
from tests.bot.places import at
from tests.bot.running import Phone, RunningBot
from tests.bot.walking import begin, go_to

OLD = "That question is already answered. Here is where we are:"


def shown(phone: Phone) -> list[int]:
    """The bot's messages that the phone still shows."""
    return [message["id"] for message in phone.person.phone()["messages"] if message["from_bot"]]


def with_buttons(phone: Phone) -> list[int]:
    return [message["id"] for message in phone.person.phone()["messages"] if message["buttons"]]


def data_of(phone: Phone, label: str) -> str:
    """What the phone would send for this button."""
    newest = phone.person.phone()["messages"][-1]
    return next(str(b["callback_data"]) for row in newest["buttons"] for b in row if b["text"] == label)


def forge(phone: Phone, data: str) -> None:
    """Send data that no button of this chat carries."""
    number = phone.screen.message_id
    phone.person._do("tap", message_id=number, data=data, label="forged", stale=True)
    phone.settled()


def test_a_tap_edits_the_screen_in_place_and_is_answered_first(shared: RunningBot) -> None:
    phone = shared.newcomer()
    number = phone.say("/start").message_id
    before = phone.calls()[-1]["number"]
    phone.tap("Start", "No", "England", "Back")
    assert phone.screen.message_id == number
    assert shown(phone) == [number]
    methods = [call["method"] for call in phone.calls(after=before)]
    assert methods == ["answerCallbackQuery", "editMessageText"] * 4


def test_after_typing_a_fresh_screen_comes_and_the_old_one_goes(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "danger")
    number = phone.screen.message_id
    phone.say("gibberish that is no answer")
    assert phone.screen.message_id > number
    assert shown(phone) == [phone.screen.message_id]
    assert not any("gibberish" in text for text in phone.readable())


def test_mode_new_sends_each_question_as_a_new_message_and_closes_the_old_keyboard(shared: RunningBot) -> None:
    """For screen readers, which do not announce an edit."""
    phone = at(shared.newcomer(), "danger")
    assert "each question comes as a new message" in phone.say("/mode new")
    first = phone.screen.message_id
    phone.tap("No", "England")
    assert phone.screen.message_id > first + 1
    assert with_buttons(phone) == [phone.screen.message_id], "only the newest has buttons"
    assert len(shown(phone)) >= 3, "the earlier ones can be read again"
    phone.say("/mode edit")
    number = phone.screen.message_id
    phone.tap("Back")
    assert phone.screen.message_id == number


def test_old_buttons_change_nothing_and_say_so(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "danger")
    old = phone.screen.message_id
    go_to(phone, "worry")
    before = phone.turn
    for label in ("No", "Why?", "Back"):
        phone.person.tap(label, message_id=old, stale=True)
        phone.settled()
        assert phone.screen.text.startswith(OLD) or label != "No"
    assert phone.turn.log == before.log
    assert phone.turn.walk.state == before.walk.state


def test_the_same_tap_twice_counts_once(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "danger")
    data, number = data_of(phone, "No"), phone.screen.message_id
    for _ in range(2):
        phone.person._do("tap", message_id=number, data=data, label="No", stale=True)
    phone.settled()
    assert phone.turn.walk.state == "nation"
    assert [entry.question for entry in phone.turn.log] == ["entry", "danger"]
    assert phone.screen.text.startswith(OLD)


def test_two_taps_racing_on_one_screen_one_counts(shared: RunningBot) -> None:
    """A thumb on one button, another on the next."""
    phone = shared.newcomer()
    begin(phone, "nation")
    number = phone.screen.message_id
    taps = [(data_of(phone, label), label) for label in ("England", "Wales", "Scotland", "Back")]
    with ThreadPoolExecutor(4) as hands:
        list(
            hands.map(
                lambda tap: phone.person._do("tap", message_id=number, data=tap[0], label=tap[1], stale=True), taps
            )
        )
    phone.settled()
    changes = [entry for entry in phone.turn.log if entry.question == "nation"]
    assert len(changes) <= 1
    assert phone.screen.text.startswith(OLD)


def test_a_button_of_somebody_elses_walk_changes_nothing(shared: RunningBot) -> None:
    other, phone = at(shared.newcomer(), "danger"), at(shared.newcomer(), "danger")
    before, theirs = phone.turn, other.turn
    forge(phone, data_of(other, "No"))
    assert phone.screen.text.startswith(OLD)
    assert phone.turn.log == before.log
    assert other.turn.log == theirs.log


@pytest.mark.parametrize(
    "data", ["", "x", "....", "a.b.c.d.e.f", "zzzz.SW-AAAAA.1.3.1.1", "\x00" * 10, "9" * 64, ".-.-.-.-."]
)
def test_made_up_button_data_changes_nothing(shared: RunningBot, data: str) -> None:
    phone = at(shared.newcomer(), "danger")
    before = phone.turn
    forge(phone, data)
    assert phone.turn.log == before.log
    assert phone.turn.walk.state == "danger"


@pytest.mark.parametrize(
    "press",
    [
        Press("view", "saved", "SW-AAAAA|no date"),
        Press("view", "forgotten"),
        Press("view", "nonsense"),
        Press("option", "danger", "9"),
        Press("option", "danger", "0"),
        Press("option", "worry", "1"),
        Press("tick", "danger", "1"),
        Press("done", "danger"),
        Press("change", "worry"),
        Press("keep", "SW-AAAAA"),
        Press("add", "SW-AAAAA"),
        Press("language", "xx"),
        Press("mode", "xx"),
        Press("note", "keep"),
        Press("forget", "maybe"),
    ],
)
def test_a_forged_but_well_formed_press_does_no_harm(shared: RunningBot, press: Press) -> None:
    """With the right walk and revision: only the chat's owner could send it, and it still makes no nonsense."""
    phone = at(shared.newcomer(), "danger")
    before = phone.turn
    pressed = read(data_of(phone, "No"))
    forge(phone, write(press, pressed.walk, pressed.revision))
    assert phone.turn.log == before.log
    assert phone.turn.walk.state == "danger"
    assert phone.turn.profile == before.profile


def test_a_screen_that_the_person_deleted_comes_anew(shared: RunningBot) -> None:
    """They deleted it on both sides, or Telegram lost it: an edit cannot work, so a new message is sent."""
    phone = at(shared.newcomer(), "danger")
    number = phone.screen.message_id
    data = data_of(phone, "No")
    shared.telegram._post(f"people/{phone.id}/clear")
    phone.person._do("tap", message_id=number, data=data, label="No", stale=True)
    phone.settled()
    assert phone.turn.walk.state == "nation"


def test_a_tap_too_late_to_be_answered_is_no_error(shared: RunningBot, capsys: pytest.CaptureFixture[str]) -> None:
    """Half an hour in the queue: "query is too old" and "message is not modified" are daily bread."""
    phone = at(shared.newcomer(), "danger")
    shared.telegram.fault("slow", method="answerCallbackQuery", seconds=0.2)
    phone.tap("Why?", "Go on")
    phone.person.tap("Why?")
    phone.settled()
    phone.say("/danger")
    phone.tap("I cannot ring safely", "Back", "I cannot ring safely")
    log = capsys.readouterr()
    assert "error" not in (log.out + log.err).lower()
