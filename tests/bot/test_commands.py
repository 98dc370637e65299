"""Every command works in every state, and leaves the walk as it was; what is half done survives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.intake import Intake
from bot.screens.walk_screens import shown_options
from bot.telegram.client import COMMANDS as SHOWN_IN_TELEGRAM
from bot.turns.typing import COMMANDS
from states.question import Option, Question
from states.walk import Walk
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import BESIDE, EVERYWHERE, PAGES, at
from tests.bot.running import RunningBot
from tests.bot.walking import begin, go_to, step

WAY_BACK = ("Go on", "No, go back", "Not an emergency after all: go back")
HEADLINE = {
    "help": "How I can help",
    "danger": "Ring 999 now.",
    "where": "Where we are",
    "rules": "Look something up",
    "records": "Your decision records",
    "mode": "How questions come",
    "privacy": "What happens to what you tell me",
    "language": "Your language",
    "delete_my_data": "Delete what I keep about you?",
}
"""What the commands show that show the same everywhere."""


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("commands"))
    yield opened
    opened.store.close()


FOR_LEADS = {"admin", "open", "mine", "find", "duty", "rota", "receipt"}
TO_TRY_IT_OUT = {"organisation"}


def test_telegram_offers_every_command_that_is_for_everybody() -> None:
    assert {name for name, _ in SHOWN_IN_TELEGRAM} == set(COMMANDS) - FOR_LEADS - TO_TRY_IT_OUT


@pytest.mark.parametrize("place", EVERYWHERE)
def test_every_command_works_in_every_state_and_leads_back(intake: Intake, place: str) -> None:
    """Of the commands only /back changes where the walk stands; each other one is a page to come back from."""
    chat = at(DirectChat(intake), place)
    for command in sorted(COMMANDS):
        if place == "no walk":
            chat = DirectChat(intake)
            chat.say(f"/{command}")
            continue
        before = chat.turn
        screen = chat.say(f"/{command}")
        assert HEADLINE.get(command, "") in screen, f"/{command} at {place}"
        if command == "back":
            go_to(chat, before.walk.state) if before.walk.question else chat.tap("I am under 18")
            continue
        assert chat.turn.walk.state == before.walk.state or command == "start"
        assert chat.turn.log == before.log or (command, place) == ("start", "signpost"), f"/{command} at {place}"
        for label in WAY_BACK:
            if label in screen.buttons:
                chat.tap(label)
                break
        after = chat.turn
        if command != "start" or place not in ("signpost", "first screen"):
            assert after.walk.state == before.walk.state, f"/{command} at {place}"
            assert after.ticks == before.ticks


def test_commands_answer_at_every_question_and_lead_back_to_it(intake: Intake) -> None:
    chat = DirectChat(intake)
    begin(chat, "danger")
    seen = 0
    while chat.turn.view != "saved":
        asked = chat.turn.walk.state
        for command in ("where", "why", "cancel", "start", "danger"):
            screen = chat.say(f"/{command}")
            chat.tap(next(label for label in WAY_BACK if label in screen.buttons))
            assert chat.turn.walk.state == asked, f"/{command} at {asked}"
        seen += 1
        step(chat)
    assert seen > 15


@pytest.mark.parametrize("place", [*BESIDE, *PAGES, "worry", "check"])
def test_commands_over_telegram_and_after_the_bot_was_started_again(shared: RunningBot, place: str) -> None:
    """The same over the network, where nothing of a chat is kept but in the store."""
    phone = at(shared.newcomer(), place)
    walk = phone.turn.walk
    assert "How I can help" in phone.say("/help")
    assert "Where we are" in phone.say("/where")
    assert phone.turn.walk.state == walk.state
    phone.tap("Go on")
    assert phone.turn.walk.state == walk.state
    assert len([text for text in phone.readable() if text]) == 1, "one living screen, nothing typed is left"


def test_start_in_the_middle_asks_and_either_goes_on_or_begins_anew(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "worry")
    screen = phone.say("/start")
    assert "Go on where you were, or begin anew?" in screen
    phone.tap("Go on")
    assert phone.turn.walk.state == "worry"
    phone.say("/start")
    reference = phone.turn.reference
    screen = phone.tap("Begin anew")
    assert f"unfinished record {reference}" in screen
    assert phone.turn.row is None
    assert reference in str(phone.say("/records").buttons)


def test_start_after_going_back_to_the_first_screen_loses_nothing(intake: Intake) -> None:
    """All answers wait behind the first screen; /start there must not wipe them."""
    chat = at(DirectChat(intake), "worry")
    log = chat.turn.log
    while chat.turn.walk.state != "entry":
        chat.say("/back")
    assert "begin anew?" in chat.say("/start")
    assert chat.turn.log == log
    chat.tap("Begin anew")
    assert chat.turn.row is None
    assert "SW-" in str(chat.say("/records").buttons), "kept, though the walk stood at its start"


def test_why_gives_the_reason_and_rule_ids_and_go_on_returns_to_the_very_same_question(intake: Intake) -> None:
    chat = DirectChat(intake)
    begin(chat, "danger")
    while chat.turn.view != "saved":
        asked, text = chat.turn.walk.state, chat.screen.text
        why = chat.say("/why").text
        assert len(why.splitlines()[2]) > 20, "a reason"
        assert "Rules: " in why
        chat.tap("Go on")
        assert (chat.turn.walk.state, chat.screen.text) == (asked, text)
        step(chat)


def test_a_question_gone_back_to_is_still_that_question_after_a_page(intake: Intake) -> None:
    chat = at(DirectChat(intake), "advice")
    chat.say("/where")
    chat.tap("2")
    changed = chat.turn.walk.state
    assert changed != "advice"
    chat.say("/why")
    chat.tap("Go on")
    assert chat.turn.walk.state == changed


def test_ticks_half_made_survive_pages_and_a_new_process(intake: Intake) -> None:
    chat = at(DirectChat(intake), "half ticked")
    chat.say("/help")
    fresh = Intake(intake.store, intake.surroundings, 1, intake.clock)
    chat.intake = fresh
    chat.tap("Go on")
    assert "2 ✓" in chat.screen
    assert chat.turn.ticks == {"2"}


def test_ticks_from_before_an_update_of_the_questions_are_dropped(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same number could mean something else now."""
    chat = at(DirectChat(intake), "half ticked")
    monkeypatch.setattr("bot.turns.place.fingerprint", lambda flow: "zzzz")
    assert chat.turn.ticks == frozenset()


def test_typing_does_what_the_buttons_do(intake: Intake) -> None:
    """Number, label and word; in tick lists a list is the whole answer, a single number only ticks."""
    chat = DirectChat(intake)
    begin(chat, "worry")
    worry = chat.turn.walk.question
    assert worry is not None
    first, second, third, *_ = (option.id for option in shown_options(worry, chat.turn.walk.here))
    chat.say("1", "3")
    assert chat.turn.ticks == {"1", "3"}
    chat.say("3", "done")
    assert chat.turn.walk.answers["worry"] == (first,)
    chat.say("back")
    assert chat.turn.walk.state == "worry"
    chat.say("2", "1, 2 and 3")
    assert set(chat.turn.walk.answers["worry"]) == {first, second, third}
    begin_again = DirectChat(intake)
    begin_again.say("/start", "start", "no")
    assert begin_again.turn.walk.state == "nation"
    begin_again.say("Wales")
    assert begin_again.turn.walk.answers["nation"] == ("wal",)
    assert "I ask" in begin_again.say("why?") or begin_again.turn.view == "why"
    begin_again.say("go on", "my lead")
    assert begin_again.turn.view == "lead"


@pytest.mark.parametrize("page", ["/help", "/mode", "/privacy", "/records", "/cancel", "/where", "/rules"])
def test_words_work_on_pages_beside_the_walk(intake: Intake, page: str) -> None:
    chat = at(DirectChat(intake), "worry")
    chat.say(page, "go on")
    assert (chat.turn.view, chat.turn.walk.state) == ("walk", "worry")


@pytest.mark.parametrize(
    "code", ["en-GB-oxendict", "zh-hans", "", None, "x", "pt-br", "😀", "a" * 300, "-", "_", "en_"]
)
def test_whatever_language_telegram_claims_the_bot_answers(intake: Intake, code: str | None) -> None:
    chat = DirectChat(intake, language=code)
    assert "I help you decide" in chat.say("/start")
    assert "Question 1" in chat.tap("Start")


@pytest.mark.parametrize("code", ["en-GB-oxendict", "zh-hans", "x"])
def test_odd_languages_over_telegram(shared: RunningBot, code: str) -> None:
    assert "I help you decide" in shared.newcomer(code).say("/start")


def test_what_is_told_for_the_record_does_not_change_advice_already_given(intake: Intake) -> None:
    """One's role asked at the end is known from the next walk on; it must not throw this one back."""

    def pick(question: Question, options: tuple[Option, ...], walk: Walk) -> tuple[str, ...]:
        wanted = {"entry": "start", "danger": "no", "nation": "england", "note": "none", "record_role": "lead"}
        ids = [option.id for option in options]
        return (wanted.get(question.id) if wanted.get(question.id) in ids else ids[0],)  # type: ignore[return-value]

    chat = DirectChat(intake)
    begin(chat, "saved", pick)
    assert chat.turn.view == "saved"
