"""Danger comes first: from every state, from every button however old, before anything is saved, also when nothing can
be (INV-1, INV-16, INV-18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.screens import codes
from bot.store import StoreUnavailable
from bot.store.transaction import Transaction
from states.text import say
from tests.bot.direct import DirectChat
from tests.bot.places import EVERYWHERE, at
from tests.bot.running import RunningBot, wait_until
from tests.bot.walking import go_to

RING = "Ring 999 now."
BACK = "I am back, and can save again."


@pytest.mark.parametrize("place", EVERYWHERE)
def test_danger_typed_in_any_state_is_met_with_999_next(shared: RunningBot, place: str) -> None:
    phone = at(shared.newcomer(), place)
    before = max([call["number"] for call in phone.calls()], default=0)
    phone.say("help he has a knife")
    first = next(call for call in phone.calls(after=before) if call["method"] != "answerCallbackQuery")
    assert first["method"] == "sendMessage"
    assert RING in first["parameters"]["text"], "the very next thing in the chat"
    assert RING in phone.screen
    assert sum(RING in text for text in phone.readable()) == 1, "one living screen"
    assert not any("knife" in text for text in phone.readable())


@pytest.mark.parametrize("place", ["first screen", "worry", "advice", "decision", "note", "check", "saved", "/help"])
def test_not_an_emergency_leads_back_to_the_same_place(shared: RunningBot, place: str) -> None:
    phone = at(shared.newcomer(), place)
    asked = phone.turn.walk.state
    phone.tap(next(label for label in phone.screen.buttons if label in ("Danger now", "Someone is in danger now")))
    assert RING in phone.screen
    phone.tap("Not an emergency after all: go back")
    assert phone.turn.walk.state == asked
    assert phone.turn.view == "walk"


@pytest.mark.parametrize("place", ["no walk", "first screen", "danger", "worry", "advice", "decision", "note", "check"])
def test_i_have_rung_999_leads_to_the_record_with_the_emergency_advice(shared: RunningBot, place: str) -> None:
    """Act first, write after (REC-15): whatever was answered before, the record says O1."""
    phone = at(shared.newcomer(), place)
    phone.say("/danger")
    phone.tap("I have rung 999")
    assert phone.turn.walk.here.advice.outcome == "O1"
    assert phone.turn.walk.state == "decision"
    if place != "no walk":  # from here on it is the same over the network, wherever danger was met
        aside = DirectChat(shared.aside(), chat_id=phone.id)
        aside.say("/start")
        aside.tap("Go on")
        go_to(aside, "check")
        phone.say("/start")
        phone.tap("Go on")
    go_to(phone, "saved")
    record = phone.tap("Show the record").text
    assert RING.rstrip(".") in record
    assert "unfinished" not in record


def test_somebody_who_is_not_a_practitioner_is_never_led_into_a_walk(shared: RunningBot) -> None:
    """INV-18: after 999 a child is back at the numbers for children."""
    phone = at(shared.newcomer(), "signpost")
    phone.tap("Danger now", "I have rung 999")
    assert phone.turn.walk.signposted
    assert "0800 1111" in phone.screen


def test_who_cannot_ring_is_told_other_ways_and_can_come_back(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "worry")
    screen = phone.tap("Danger now", "I cannot ring safely")
    assert "press 55" in screen
    assert RING in phone.tap("Back")
    assert "press 55" in phone.say("I cannot ring safely")
    phone.tap("I have rung 999")
    assert phone.turn.walk.here.advice.outcome == "O1"


def test_no_lead_is_named_before_it_is_known_who_it_is_about(shared: RunningBot) -> None:
    """INV-24: neither beside 999 nor behind "speak to my lead" is there a name or a number of a lead."""
    phone = at(shared.newcomer(), "no walk")
    texts = [phone.say("/danger").text, phone.tap("Speak to my lead").text]
    figures = {word.strip(".,():") for text in texts for word in text.split() if any(c.isdigit() for c in word)}
    assert figures <= {"999", "55", "112", "18000", "1", "2", "3"}, "numbers to ring, and of options"


def test_the_danger_buttons_of_old_screens_and_finished_walks_work(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "worry")
    old = phone.screen.message_id
    phone.say("/help", "/where")
    phone.tap("Danger now", stale=True)
    assert RING in phone.screen
    phone.tap("Not an emergency after all: go back")
    go_to(phone, "saved")
    phone.person.tap("Danger now", message_id=old, stale=True)
    phone.settled()
    assert RING in phone.screen


def test_an_old_yes_to_the_danger_question_still_brings_999(shared: RunningBot) -> None:
    """It changes no answer, but nobody who says that somebody is in danger reads that a question is answered."""
    phone = at(shared.newcomer(), "danger")
    old = phone.screen.message_id
    go_to(phone, "worry")
    log = phone.turn.log
    phone.person.tap("Yes", message_id=old, stale=True)
    phone.settled()
    assert RING in phone.screen
    assert phone.turn.log == log


def test_a_danger_button_from_before_an_update_of_the_questions_works(
    shared: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = at(shared.newcomer(), "worry")
    with monkeypatch.context() as patched:
        patched.setattr(codes, "fingerprint", lambda flow: "zzzz")
        phone.tap("Danger now")
        assert RING in phone.screen
        log = phone.turn.log
        phone.tap("Not an emergency after all: go back")
        assert phone.turn.walk.state == "worry"
    phone.tap("Why?")
    assert "already answered" in phone.screen, "other buttons from before are old"
    assert phone.turn.log == log


def test_rung_on_an_old_screen_does_not_touch_another_walk(shared: RunningBot) -> None:
    """Another worry, days later: a forgotten 999 screen asks again instead of calling this one an emergency."""
    phone = at(shared.newcomer(), "no walk")
    phone.say("/danger")
    phone.tap("Not an emergency after all: go back")
    go_to(phone, "worry")
    log = phone.turn.log
    phone.tap("I have rung 999", stale=True)
    assert phone.turn.log == log
    assert RING in phone.screen


@pytest.mark.parametrize("kind", ["forward", "photo"])
def test_danger_words_under_something_unwanted_count_as_well(shared: RunningBot, kind: str) -> None:
    phone = at(shared.newcomer(), "worry")
    phone.person.send(kind, "he is going to kill her")
    phone.settled()
    assert RING in phone.screen
    assert not any("kill" in text for text in phone.readable())


@pytest.fixture
def failing(own: RunningBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """While the list is not empty, no transaction begins."""
    outage: list[bool] = []
    real = own.store.transaction

    @contextmanager
    def transaction() -> Iterator[Transaction]:
        if outage:
            raise StoreUnavailable(say("The disk is full. Nothing was saved."))
        with real() as opened:
            yield opened

    monkeypatch.setattr(own.store, "transaction", transaction)
    yield outage
    outage.clear()


def test_with_the_store_down_999_arrives_then_the_truth_once_and_later_i_am_back(
    own: RunningBot, failing: list[bool]
) -> None:
    phone = at(own.newcomer(), "worry")
    other = at(own.newcomer(), "worry")
    log = phone.turn.log
    failing.append(True)
    phone.person.tap("Why?")
    phone.person.say("he has a knife")
    other.person.say("/danger")
    wait_until(lambda: RING in str(phone.readable()) and RING in str(other.readable()))
    wait_until(lambda: "I cannot save anything just now." in str(phone.readable()))
    wait_until(lambda: "I cannot save anything just now." in str(other.readable()))
    assert len(own.telegram.updates()) == 3, "nothing is confirmed that is not saved"
    sent = [call["parameters"]["text"] for call in other.calls("sendMessage")][-2:]
    assert [RING in sent[0], "ring 999" in sent[1]] == [True, True], "999 first"
    failing.clear()
    phone.settled()
    other.settled()
    for one in (phone, other):
        said = [call["parameters"]["text"] for call in one.calls("sendMessage")]
        assert sum("I cannot save anything" in text for text in said) == 1, "once a chat"
        assert sum(BACK in text for text in said) == 1
        assert sum(RING in text for text in said) == 1
    assert phone.turn.view == "emergency"
    assert phone.turn.log == log
    phone.tap("Not an emergency after all: go back")
    assert phone.turn.walk.state == "worry"


def test_while_the_store_is_down_nobody_is_told_that_something_was_saved(own: RunningBot, failing: list[bool]) -> None:
    phone = at(own.newcomer(), "check")
    failing.append(True)
    phone.person.tap("Save the record")
    wait_until(lambda: "I cannot save anything" in str(phone.readable()))
    assert "Saved as record" not in str(phone.readable())
    failing.clear()
    phone.settled()
    assert "Saved as record" in phone.screen, "the newest message, below what was said meanwhile"


def test_one_chat_whose_data_is_damaged_does_not_stop_the_others(own: RunningBot) -> None:
    """A broken seal is an error of the store: that person is told, everybody else is served."""
    broken, well = at(own.newcomer(), "worry"), at(own.newcomer(), "worry")
    turn = broken.turn
    assert turn.row is not None
    with own.store.transaction() as transaction:
        transaction.connection.exec_driver_sql(
            "UPDATE answers SET value = zeroblob(40) WHERE walk_id = ? AND value IS NOT NULL", (turn.row.id,)
        )
    broken.person.tap("Why?")
    wait_until(lambda: "I cannot save anything" in str(broken.readable()))
    well.person.say("/help")
    wait_until(lambda: "How I can help" in well.screen)
    assert BACK not in str(broken.readable())
    broken.person.say("/danger")
    wait_until(lambda: RING in str(broken.readable()))
