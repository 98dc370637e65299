"""INV-22: a walk that was left for hours goes on only after 999 was shown again and danger asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.intake import Intake
from bot.screens import codes
from bot.screens.codes import ALWAYS
from bot.store import notes
from bot.turns.pressing import NOBODY_IN_DANGER
from bot.turns.turn import LONG_AWAY, RETURNING
from states.questions.danger import DANGER
from states.questions.recording import NOTE
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import PAGES, at
from tests.bot.walking import begin, go_to

RING = "If anyone is in danger now, ring 999."
ASKED = "Is anyone in danger now"
IN_A_WALK = ("danger", "worry", "advice", "decision", "note", "check", "note warning", "half ticked")
BESIDE_THE_WALK = ("help", "privacy", "records", "record", "mode", "language", "look_up", "reminders", "stop", "forget")


class Clock:
    """The bot's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 14, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("returning"))
    yield opened
    opened.store.close()


@pytest.fixture(autouse=True)
def clock(intake: Intake) -> Clock:
    moved = Clock()
    intake.clock = moved
    return moved


def stands(chat: DirectChat) -> tuple[Any, ...]:
    """Where the walk stands, and everything that was answered."""
    turn = chat.turn
    return turn.walk.state, dict(turn.walk.answers), turn.ticks, turn.log, turn.reference


def asked_again(chat: DirectChat) -> bool:
    """Whether the chat shows 999 first, and then the question about danger."""
    return chat.screen.text.startswith(RING) and ASKED in chat.screen and chat.turn.view == RETURNING


# ---- everywhere


@pytest.mark.parametrize("place", IN_A_WALK)
def test_inv_22_whatever_is_tapped_on_the_old_screen_danger_is_asked_first(
    intake: Intake, clock: Clock, place: str
) -> None:
    """Every button of every screen, hours later: nothing of it happens, and "no" brings back the very same screen."""
    chat = at(DirectChat(intake), place)
    before = stands(chat)
    buttons = {label: codes.read(data).press for label, data in chat.messages[max(chat.messages)][1].items()}
    for label, press in buttons.items():
        if press.verb in ALWAYS or press.first in BESIDE_THE_WALK or press.second in ("1", "2") * (place == "danger"):
            continue
        clock.passes(LONG_AWAY)
        chat.tap(label)
        assert asked_again(chat), label
        assert stands(chat) == before, label
        if place == "danger":  # the very question that is asked again, and answered by it
            return
        chat.tap("No")
        if place == "note warning":
            assert "Shall I keep it as your note?" in chat.screen
            return
        assert stands(chat) == before, label
        assert chat.turn.view == "walk"


@pytest.mark.parametrize("place", IN_A_WALK)
@pytest.mark.parametrize("text", ["3", "no", "1 and 2", "something happened", "yes, that is right"])
def test_inv_22_what_is_typed_below_the_old_screen_is_no_answer_to_a_question_that_nobody_saw(
    intake: Intake, clock: Clock, place: str, text: str
) -> None:
    """A "3" may be meant for the list on the screen; taken for "nobody is in danger", it would be a lie."""
    chat = at(DirectChat(intake), place)
    before = stands(chat)
    clock.passes(LONG_AWAY)
    chat.say(text)
    assert asked_again(chat)
    assert stands(chat) == before


@pytest.mark.parametrize("page", PAGES)
def test_inv_22_from_every_page_the_way_back_leads_past_danger(intake: Intake, clock: Clock, page: str) -> None:
    """Opened before the pause or after it. Of the pages, those of the walk itself give way at once."""
    for pause_first in (True, False):
        chat = at(DirectChat(intake), "worry")
        before = stands(chat)
        if not pause_first:
            chat.say(page)
        clock.passes(LONG_AWAY)
        if pause_first:
            chat.say(page)
        way_back = {"Go on", "No, go back", "Not an emergency after all: go back", "Back"} & set(chat.screen.buttons)
        if chat.turn.view != RETURNING or not pause_first:
            chat.tap(*way_back)
        assert asked_again(chat), page
        chat.tap("No")
        assert stands(chat) == before


def test_inv_22_start_and_go_on(intake: Intake, clock: Clock) -> None:
    chat = at(DirectChat(intake), "decision")
    before = stands(chat)
    clock.passes(timedelta(days=2))
    assert "Go on where you were, or begin anew?" in chat.say("/start")
    chat.tap("Go on")
    assert asked_again(chat)
    chat.tap("No")
    assert stands(chat) == before
    assert "What have you decided?" in chat.screen


# ---- once for each return, and not before


def test_inv_22_a_short_pause_is_no_return(intake: Intake, clock: Clock) -> None:
    chat = at(DirectChat(intake), "worry")
    clock.passes(LONG_AWAY - timedelta(seconds=1))
    chat.tap("2", "Done")
    assert chat.turn.walk.answers["worry"]
    assert chat.turn.view == "walk"


def test_inv_22_danger_is_asked_once_and_then_the_walk_goes_on_to_its_end(intake: Intake, clock: Clock) -> None:
    chat = at(DirectChat(intake), "half ticked")
    for _ in range(2):
        clock.passes(LONG_AWAY)
        chat.tap("Done")
        assert asked_again(chat)
        chat.say("no")
        assert chat.turn.ticks == {"2"}, "what was ticked is still ticked"
    go_to(chat, "saved")
    assert "Saved as record" in chat.screen


def test_inv_22_the_question_itself_may_be_left_for_hours(intake: Intake, clock: Clock) -> None:
    """It is still the question that the person sees, so its answer counts."""
    chat = at(DirectChat(intake), "worry")
    clock.passes(LONG_AWAY)
    chat.tap("Why?")
    assert asked_again(chat)
    clock.passes(2 * LONG_AWAY)
    chat.tap("No")
    assert chat.turn.view == "walk"


def test_inv_22_who_left_at_the_question_about_danger_answers_it(intake: Intake, clock: Clock) -> None:
    chat = at(DirectChat(intake), "danger")
    clock.passes(LONG_AWAY)
    chat.tap("No")
    assert asked_again(chat), "999 was not on the old screen"
    chat.tap("No")
    assert chat.turn.walk.answers["danger"] == ("no",)
    assert chat.turn.walk.state == "nation"


@pytest.mark.parametrize("place", ["no walk", "first screen", "signpost", "saved", "addendum"])
def test_inv_22_where_there_is_nothing_to_go_on_with_nothing_is_asked(intake: Intake, clock: Clock, place: str) -> None:
    chat = at(DirectChat(intake), place)
    clock.passes(timedelta(days=1))
    chat.say("/start")
    assert not asked_again(chat)
    assert RING in chat.screen


# ---- yes, and not sure


@pytest.mark.parametrize("answer", ["Yes", "Not sure", "yes", "1", "he has a knife", "/danger"])
@pytest.mark.parametrize("place", ["worry", "advice", "decision", "check", "half ticked"])
def test_inv_22_danger_on_return_is_an_emergency_and_no_answer_is_lost(
    intake: Intake, clock: Clock, place: str, answer: str
) -> None:
    chat = at(DirectChat(intake), place)
    before = stands(chat)
    clock.passes(LONG_AWAY)
    chat.say("and now?")
    chat.tap(answer) if answer in chat.screen.buttons else chat.say(answer)
    assert "Ring 999 now." in chat.screen
    assert stands(chat) == before
    chat.tap("Not an emergency after all: go back")
    assert asked_again(chat), "it was not answered with no"
    chat.tap("No")
    assert stands(chat) == before


@pytest.mark.parametrize("answer", ["Yes", "Not sure"])
def test_inv_22_danger_at_the_question_that_was_left_is_its_answer(intake: Intake, clock: Clock, answer: str) -> None:
    chat = at(DirectChat(intake), "danger")
    clock.passes(LONG_AWAY)
    chat.tap(answer)
    assert "Ring 999 now." in chat.screen
    assert chat.turn.walk.here.advice.outcome == "O1"


@pytest.mark.parametrize("place", ["worry", "decision"])
def test_inv_22_who_has_rung_999_is_not_asked_again(intake: Intake, clock: Clock, place: str) -> None:
    chat = at(DirectChat(intake), place)
    for _ in range(2):  # the second time the walk is an emergency's already
        clock.passes(LONG_AWAY)
        chat.say("and now?")
        chat.tap("Yes", "I have rung 999")
        assert chat.turn.walk.here.advice.outcome == "O1"
        assert chat.turn.view == "walk"
    go_to(chat, "saved")


def test_inv_22_nothing_takes_the_place_of_999_itself(intake: Intake, clock: Clock) -> None:
    """A walk whose advice is to ring 999 shows that, however late it is."""
    chat = DirectChat(intake)
    begin(chat, "advice", danger=("yes",))
    clock.passes(timedelta(days=1))
    assert "Ring 999 now." in chat.say("what now?")
    chat.tap("Not an emergency after all: go back")
    assert asked_again(chat)
    chat.tap("No")
    assert chat.turn.walk.state == "nation"


# ---- what was typed as a note


@pytest.mark.parametrize("place", ["note", "note warning"])
def test_inv_22_a_note_typed_after_the_pause_is_asked_about_and_not_lost(
    intake: Intake, clock: Clock, place: str
) -> None:
    chat = at(DirectChat(intake), place)
    clock.passes(LONG_AWAY)
    chat.say("They did not want to go home.")
    assert asked_again(chat)
    chat.tap("No")
    assert "Shall I keep it as your note?" in chat.screen
    chat.tap("It names nobody: keep it")
    row = chat.turn.row
    assert row is not None
    with intake.store.reading() as transaction:
        assert notes.of_walk(transaction, row.id) == {NOTE.id: "They did not want to go home."}


def test_inv_22_a_note_that_cannot_be_kept_is_said_to_be_gone(intake: Intake, clock: Clock) -> None:
    chat = at(DirectChat(intake), "note")
    clock.passes(LONG_AWAY)
    chat.say("Ring her on 07700 900123 she said")
    assert asked_again(chat)
    assert "What you typed as a note was not kept" in chat.tap("No")


def test_inv_22_the_button_is_the_question_s_no() -> None:
    assert [option.id for option in DANGER.options][int(NOBODY_IN_DANGER.second) - 1] == "no"  # type: ignore[union-attr]
