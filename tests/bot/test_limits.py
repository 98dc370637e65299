"""Every screen of many walks is within Telegram's limits, and danger is one tap away from it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import unescape

import pytest

from bot.i18n import translator
from bot.intake import Intake
from bot.screens.pieces import LONGEST_TEXT
from bot.screens.screen import Screen, paragraphs
from bot.screens.walk_screens import shown_options
from bot.screens.worded import worded
from bot.telegram.rendering import html_of
from bot.turns.showing import VIEWS, screen_of
from bot.turns.turn import rings_999
from bot.turns.urgent import IN_DANGER
from states.question import SAVE_NOW, SKIP, Kind, Option, Question
from states.text import Text, joined, say
from states.walk import Walk
from states.words import fill
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import DETAILS
from tests.bot.walking import begin, step

WALKS = 25
NO_LEAD = {"emergency", "forgotten", "lead", "ask_where", "ask_conflict", "ask_without", "ask_what", "go_round"}
"""Views that need no button to the lead: what they say comes before it, or is it; and nobody is known any more."""
LONGEST_QUESTION = 350
"""Characters above the list."""


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("limits"))
    yield opened
    opened.store.close()


@pytest.fixture(scope="module")
def standing(intake: Intake) -> dict[str, DirectChat]:
    """Somebody at each of these places of a long walk, for all views: they are shown, and nothing is written."""
    chats = {place: DirectChat(intake) for place in ("entry", "worry", "advice", "note", "saved")}
    for place, chat in chats.items():
        begin(chat, place)
    return chats


def verbs(screen: Screen) -> set[str]:
    return {button.press.verb for button in screen.buttons}


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_walk_stays_within_the_limits_and_keeps_danger_and_lead_at_hand(intake: Intake, seed: int) -> None:
    """Random answers, ticks and turns back through the real flow; the chat itself holds each screen to the limits."""
    chance = random.Random(seed)

    def pick(question: Question, options: tuple[Option, ...], walk: Walk) -> tuple[str, ...]:
        ids = [option.id for option in options if option.id not in (SKIP, SAVE_NOW)]
        if question.id == "entry":
            return ("start",)
        if question.id == "danger":
            return ("no",) if chance.random() < 0.9 else ("yes",)
        if question.kind is Kind.MANY:
            alone = [option.id for option in options if option.exclusive]
            together = [id_ for id_ in ids if id_ not in alone]
            return tuple(chance.sample(together, chance.randint(1, len(together)))) if together else (alone[0],)
        return (chance.choice(ids),)

    chat = DirectChat(intake)
    chat.say("/start")
    for _ in range(70):
        turn = chat.turn
        if turn.view == "saved":
            break
        if turn.view != "emergency" and not rings_999(turn.walk):
            assert {"danger"} <= chat.verbs()
            assert turn.walk.signposted or {"lead"} <= chat.verbs()
        if chance.random() < 0.07:
            chat.say("/back")
        step(chat, pick)
    chat.say("/records")
    assert chat.verbs() >= {"danger", "lead"}


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_in_every_state_has_danger_and_fits(
    intake: Intake, standing: dict[str, DirectChat], view: str
) -> None:
    """Each page, opened from each place of a long walk."""
    for place, chat in standing.items():
        turn = chat.turn
        with intake.store.reading() as transaction:
            turn.transaction = transaction
            turn.show(view, DETAILS.get(view, ""))
            screen = screen_of(turn)
        chat._show(worded(screen, translator("en"), "SW-ABCDE", 1000), None)
        emergency = {"danger", "emergency"} & verbs(screen)
        assert emergency, f"{view} at {place} has no way to 999"
        assert view in NO_LEAD or turn.walk.signposted or "lead" in verbs(screen), f"{view} at {place}"


def test_question_screens_are_short(intake: Intake) -> None:
    """Above its list a question has few words: it is read on a phone, with one hand, in a hurry."""
    here = DirectChat(intake)
    begin(here, "advice")
    walk = here.turn.walk
    lengths = {
        question.id: len(str(fill(question.words(walk.here), walk.here)))
        for question in walk.flow.questions.values()
        if question.id not in ("entry", "advice", "check")
    }
    assert not {id_: length for id_, length in lengths.items() if length > LONGEST_QUESTION}


def test_the_choices_that_a_danger_tap_stands_for(intake: Intake) -> None:
    """999 goes out before the store is asked, so the buttons' numbers are known beforehand: yes and not sure."""
    chat = DirectChat(intake)
    begin(chat, "danger")
    walk = chat.turn.walk
    assert walk.question is not None
    shown = shown_options(walk.question, walk.here)
    assert {str(number) for number, option in enumerate(shown, 1) if option.id in ("yes", "unsure")} == set(IN_DANGER)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_language_with_longer_words_still_fits(times: int) -> None:
    """The check of one's answers is long already; a translation must not make it impossible to send."""
    answers = joined([Text("{n} & <answered>", (("n", "word " * times),)) for _ in range(300)], "\n")
    screen = Screen(paragraphs(say("Please check your answers."), answers, say("Tap a number.")))
    text = unescape(html_of(worded(screen, translator("en"), "", 0)))
    assert len(text) <= LONGEST_TEXT
    assert text.startswith("Please check your answers.")
    assert text.endswith("…\n\nTap a number.")
