"""`sharewise organisation`: made from the command line, joined in the chat."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import PREFIX
from bot.store import MasterKey, Store
from tests.bot.direct import DirectChat, open_intake

RUNNER = CliRunner()
KEY = MasterKey(bytes(range(32)))
CLUB = ("create", "Riverside  Youth Club", "--nation", "eng")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHAREWISE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SHAREWISE_STORE_KEY", bytes(range(32)).hex())
    return tmp_path


def organisation(*arguments: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, ["organisation", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def joins(folder: Path, printed: str) -> str:
    """What whoever sends the printed command to the bot, and agrees, then reads."""
    command = re.search(r"^/start \S{22}$", printed, re.MULTILINE)
    assert command is not None, printed
    intake = open_intake(folder, KEY)
    try:
        chat = DirectChat(intake, name="Dee")
        chat.say(command[0])
        return str(chat.tap("I agree and join").text)
    finally:
        intake.store.close()


def test_the_first_administrator_sends_what_is_printed_and_is_one(folder: Path) -> None:
    status, printed, _ = organisation(*CLUB)
    assert status == 0
    assert printed.startswith("Riverside Youth Club is made.\n")
    assert "You belong to Riverside Youth Club now: administrator." in joins(folder, printed)
    status, printed, _ = organisation("invite", "Riverside Youth Club")
    assert status == 0
    assert "You belong to Riverside Youth Club now: administrator." in joins(folder, printed)


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_taken_or_unknown_is_said_and_nothing_is_made() -> None:
    assert organisation(*CLUB)[0] == 0
    assert organisation(*CLUB) == (
        1,
        "",
        "There is an organisation of that name already: Riverside Youth Club. Nothing was made.\n",
    )
    assert organisation("invite", "Hillside")[0] == 1
    status, _, said = organisation("create", " ", "--nation", "eng")
    assert (status, said) == (2, "A name has 1 to 200 characters.\n")
    assert organisation("create", "Hillside", "--nation", "france")[0] == 2


def test_it_can_be_made_while_a_bot_has_the_store_open(folder: Path) -> None:
    with Store.open(folder / "sharewise.db", KEY).transaction():
        pass
    intake = open_intake(folder, KEY)
    try:
        chat = DirectChat(intake, name="Dee")
        chat.say("/start")
        status, printed, _ = organisation(*CLUB)
        assert status == 0
        chat.say(printed.splitlines()[-1])
        assert "You are invited to Riverside Youth Club." in chat.screen
    finally:
        intake.store.close()
