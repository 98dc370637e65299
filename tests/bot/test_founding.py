"""An organisation made in the chat: where the bot is tried out on one machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.pocket.process import PocketTelegram
from bot.store import organisations
from tests.bot.direct import DirectChat, open_intake
from tests.bot.process import BotProcess
from tests.bot.running import TOKEN, wait_until

CLUB = "Riverside Youth Club"
UNKNOWN = "I do not know that command."
HOW = "Type where it works (eng, sco, wal or ni), and its name"


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    opened = open_intake(tmp_path)
    opened.surroundings = replace(opened.surroundings, trying_out=True)
    yield opened
    opened.store.close()


def is_there(intake: Intake, name: str = CLUB) -> bool:
    with intake.store.reading() as transaction:
        return organisations.by_name(transaction, name) is not None


def test_whoever_tries_the_bot_out_makes_an_organisation_and_administers_it(intake: Intake) -> None:
    dee = DirectChat(intake, name="Dee")
    assert f"You are invited to {CLUB}." in dee.say("/organisation SCO  Riverside  Youth Club")
    assert f"You belong to {CLUB} now: administrator." in dee.tap("I agree and join")
    assert dee.turn.profile.nation == "sco"
    assert "1 Dee: administrator" in dee.say("/admin")


def test_a_name_that_is_taken_gives_nobody_a_part_in_what_is_there(intake: Intake) -> None:
    DirectChat(intake, name="Dee").say(f"/organisation eng {CLUB}")
    other = DirectChat(intake, name="Alex")
    assert "There is an organisation of that name already" in other.say(f"/organisation eng {CLUB}")
    assert "I agree and join" not in other.screen.buttons


@pytest.mark.parametrize(
    "typed", ["", "eng", "Riverside Youth Club", "france Riverside Youth Club", "eng " + "x" * 201]
)
def test_what_is_not_understood_makes_nothing_and_says_how_it_is_typed(intake: Intake, typed: str) -> None:
    assert HOW in DirectChat(intake).say(f"/organisation {typed}")
    assert not is_there(intake, typed)


def test_danger_behind_the_command_is_heard(intake: Intake) -> None:
    """Names are any words, so nothing about the command keeps a cry for help from being one (INV-1)."""
    assert "Ring 999 now." in DirectChat(intake).say("/organisation eng he has a knife")


def test_elsewhere_there_is_no_such_command(intake: Intake) -> None:
    intake.surroundings = replace(intake.surroundings, trying_out=False)
    assert UNKNOWN in DirectChat(intake).say(f"/organisation eng {CLUB}")
    assert not is_there(intake)


def test_a_bot_with_a_token_makes_no_organisation_for_whoever_finds_it(tmp_path: Path) -> None:
    """The whole bot, as it runs on a Telegram that others reach too: the command is unknown, and not offered."""
    with PocketTelegram(token=TOKEN) as telegram, ExitStack() as stack:
        person = telegram.person("Somebody")
        person.say(f"/organisation eng {CLUB}")
        bot = BotProcess(telegram, tmp_path)
        stack.callback(bot.terminate)
        wait_until(lambda: UNKNOWN in person.screen())
        wait_until(person.commands)
        assert "organisation" not in person.commands()
