"""What is typed word for word as it stands on the screen is an answer, and every number is spelled out; a cry for help
in any other form is met with 999 (INV-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from bot.i18n import translator
from bot.intake import Intake
from bot.screens import walk_screens
from bot.screens.advice_screen import emergency_screen, unsafe_screen
from bot.screens.screen import Screen
from bot.screens.walk_screens import LEAD, question_screen
from bot.turns import pressing, typing
from bot.turns.command_words import ARGUMENTS
from bot.turns.incoming import Came, Incoming
from bot.turns.own_words import labels_with_danger_words
from bot.turns.showing import VIEWS, screen_of
from bot.turns.typing import COMMANDS, typed
from bot.turns.urgent import is_urgent
from bot.typed.danger_words import means_danger
from states.facts import Facts
from states.flow import the_flow
from states.question import Here
from states.words import fill
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import DETAILS, at
from tests.bot.walking import begin, go_to

RING = "Ring 999 now."
UNNUMBERED = {"back", "go_on", "lead", "danger", "done"}


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("own_words"))
    yield opened
    opened.store.close()


def urgent(text: str) -> bool:
    return is_urgent(Incoming(1, Came.TEXT, 1, 1, text))


@pytest.mark.parametrize(
    "text",
    [
        *("/999", "/emergency", "/sos", "/help me he has a knife", "/ he has a knife", "/mode he has a knife", "//999"),
        *("/records he has a gun", "/danger", " /danger", "/danger@sharewise_bot", "/danger\nnow"),
    ],
)
def test_danger_behind_a_stroke_is_heard(intake: Intake, text: str) -> None:
    assert urgent(text)
    assert RING in at(DirectChat(intake), "worry").say(text)


@pytest.mark.parametrize(
    "text", ["/help", "/mode new", "/mode edit", "/records SW-99911", "/records sw-7f3k2", "/start x999", "/cancel"]
)
def test_a_command_is_still_a_command(intake: Intake, text: str) -> None:
    assert not urgent(text)
    assert RING not in at(DirectChat(intake), "worry").say(text)


def test_the_commands_are_those_that_have_arguments_named() -> None:
    assert set(ARGUMENTS) == set(COMMANDS)


def test_an_unknown_command_says_what_to_do_in_danger(intake: Intake) -> None:
    assert "If anyone is in danger, ring 999." in DirectChat(intake).say("/nonsense")


@pytest.mark.parametrize(
    "text", ["I have rung 999", "i have called 999", "1", "done", "2", "3", "Not an emergency after all: go back"]
)
@pytest.mark.parametrize("place", ["/danger", "advice of 999"])
def test_the_999_screen_takes_its_own_words_and_numbers(intake: Intake, place: str, text: str) -> None:
    """Whoever has rung and says so must not be told once more to ring."""
    chat = DirectChat(intake)
    if place == "/danger":
        at(chat, "/danger")
    else:
        begin(chat, "advice", danger=("yes",))
    assert RING in chat.screen
    screen = chat.say(text)
    assert RING not in screen
    if text == "2":
        assert "press 55" in screen
        assert "For the record" in chat.say("I have rung 999")
    elif text in ("3", "Not an emergency after all: go back"):
        assert chat.turn.walk.state == ("worry" if place == "/danger" else "danger")
    else:
        assert chat.turn.walk.here.advice.outcome == "O1"
        assert chat.turn.walk.state == "decision"


def test_the_words_of_the_999_screen_mean_danger_everywhere_else(intake: Intake) -> None:
    assert RING in at(DirectChat(intake), "worry").say("I have rung 999")


def test_what_is_not_understood_stands_below_the_999_text(intake: Intake) -> None:
    for way in ((), ("I cannot ring safely",)):
        chat = at(DirectChat(intake), "/danger")
        before = chat.tap(*way).text if way else chat.screen.text
        after = chat.say("hm hm").text
        assert after.startswith(before)
        assert "I did not understand that" in after


def every_label() -> list[tuple[str, str]]:
    here = Here(Facts(), {})
    return [
        (question.id, str(fill(option.label, here)))
        for question in the_flow().questions.values()
        if question.id not in ("entry", "danger")
        for option in question.all_options(here)
    ]


def test_no_label_of_a_question_is_taken_for_a_cry_before_the_screen_is_known() -> None:
    """But those of the two questions that ask about danger are: "someone is in danger now"."""
    labels = every_label()
    assert len(labels) > 150
    assert [label for _, label in labels if urgent(label) or urgent(label.upper())] == []
    assert sum(means_danger(label) for _, label in labels) > 5, "some would be"
    assert urgent("Someone is in danger now")
    assert urgent("Police, come quickly")


@pytest.mark.parametrize(("question", "label"), [one for one in every_label() if means_danger(one[1])])
def test_a_label_with_danger_words_answers_its_own_question(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, question: str, label: str
) -> None:
    """And at any other question it is met with 999."""
    chat = at(DirectChat(intake), "worry")
    turn = chat.turn
    asked = the_flow().questions[question]
    place = next(n for n, one in enumerate(asked.all_options(turn.walk.here)) if str(one.label) == label)
    pressed = []
    monkeypatch.setattr(pressing, "press", lambda turn, what: pressed.append(what))
    monkeypatch.setattr(type(asked), "offered", lambda self, here: self.all_options(here))
    stands = {"question": asked, "state": question, "here": turn.walk.here}
    turn.walk = SimpleNamespace(**stands, at_advice=False, advised=False, signposted=False)  # type: ignore[assignment]
    monkeypatch.setattr(typing, "screen_of", lambda turn: question_screen(turn.walk, frozenset()))
    monkeypatch.setattr(walk_screens, "_where", lambda walk: None)
    typed(turn, label.upper())
    assert [one.second for one in pressed] == [str(place + 1)]
    assert turn.view == "walk"


def test_a_worry_with_danger_words_is_ticked(intake: Intake) -> None:
    chat = at(DirectChat(intake), "worry")
    assert RING not in chat.say("Suicide or self-harm", 'forced marriage, "honour" abuse')
    assert len(chat.turn.ticks) == 2
    assert RING in at(DirectChat(intake), "note").say("Suicide or self-harm")
    assert "suicide or self-harm" in labels_with_danger_words()


def noted(chat: DirectChat) -> str | None:
    turn = chat.turn
    with chat.intake.store.reading() as transaction:
        turn.transaction = transaction
        return turn.note()


def test_a_note_with_danger_words_is_asked_about_after_999(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    assert RING in chat.say("he has a knife in his bag")
    chat.tap("I cannot ring safely", "Speak to my lead", "Danger now")
    screen = chat.tap("Not an emergency after all: go back")
    assert "Shall I keep it as your note?" in screen
    chat.tap("It names nobody: keep it")
    assert noted(chat) == "he has a knife in his bag"


def test_a_note_with_danger_words_can_be_thrown_away(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    chat.say("he has a knife in his bag", "3")
    chat.tap("Throw it away")
    assert (chat.turn.walk.state, noted(chat)) == ("note", None)


@pytest.mark.parametrize("leaves", ["not an emergency", "rung"])
@pytest.mark.parametrize("text", ["he has a knife, ring 07700 900123", "he has a knife " * 60])
def test_a_note_that_cannot_be_kept_is_said_to_be_gone(intake: Intake, text: str, leaves: str) -> None:
    chat = at(DirectChat(intake), "note")
    screen = chat.say(text)
    assert screen.text.startswith(RING), "nothing goes before 999"
    assert "was not kept" in chat.say(leaves)


def test_a_waiting_note_is_gone_with_a_word_when_999_was_rung(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    chat.say("he has a knife in his bag")
    assert "was not kept" in chat.tap("I have rung 999")
    assert "Shall I keep" not in chat.say("/danger", "not an emergency")


def test_an_addition_with_danger_words_is_said_to_be_gone(intake: Intake) -> None:
    chat = at(DirectChat(intake), "addendum")
    reference = chat.turn.detail
    assert RING in chat.say("he has a knife in his bag")
    assert "was not kept" in chat.tap("Not an emergency after all: go back")
    assert (chat.turn.view, chat.turn.detail) == ("add", reference)


def spelled_out(screen: Screen) -> set[int]:
    text = "\n".join(translator("en")(paragraph.text) for paragraph in screen.paragraphs)
    return {int(number) for number in re.findall(r"(?:^|   )(\d+) ", text, re.MULTILINE)}


@pytest.mark.parametrize("place", ["no walk", "first screen", "signpost", "worry", "advice", "note", "check", "saved"])
def test_every_option_of_every_view_has_a_number_that_is_spelled_out(intake: Intake, place: str) -> None:
    """Whoever cannot see the buttons reads what can be typed (needs, point 13)."""
    chat = at(DirectChat(intake), place)
    if place == "no walk":
        chat.say("/help")
    reference = chat.turn.detail.partition("|")[0] if place == "saved" else "SW-ABCDE"
    details = {**DETAILS, "saved": f"{reference}|2026-12-01", "add": reference, "record": reference}
    for view in VIEWS:
        turn = chat.turn
        with intake.store.reading() as transaction:
            turn.transaction = transaction
            turn.show(view, details.get(view, ""))
            screen = screen_of(turn)
        numbers = [button.number for button in screen.buttons if button.number is not None]
        assert len(numbers) == len(set(numbers)), view
        assert set(numbers) <= spelled_out(screen), view
        bare = [b for b in screen.buttons if b.number is None and b.press.verb not in UNNUMBERED]
        assert all(str(button.label) in ("Why?", "Explain") for button in bare), (view, bare)


def test_the_two_999_screens_number_their_options_before_anything_is_read() -> None:
    for screen in (emergency_screen(), unsafe_screen()):
        assert {b.number for b in screen.buttons if b != LEAD} == spelled_out(screen) - {999}


@pytest.mark.parametrize(("page", "typed_", "view"), [("/rules", "1", "look_up"), ("/cancel", "2", "stopped")])
def test_a_number_on_a_page_does_what_its_button_does(intake: Intake, page: str, typed_: str, view: str) -> None:
    chat = at(DirectChat(intake), "worry")
    chat.say(page, typed_)
    assert chat.turn.view == view
    assert chat.turn.detail or "Nothing was kept." in chat.screen


def test_begin_anew_after_saving_can_be_typed_by_its_number(intake: Intake) -> None:
    chat = at(DirectChat(intake), "worry")
    go_to(chat, "saved")
    assert "2 Begin anew" in chat.screen
    chat.say("2")
    assert chat.turn.walk.state == "entry"
