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


def test_everybody_in_a_file_gets_a_link_and_a_picture_of_their_own(folder: Path) -> None:
    """What the file calls them is printed beside the link, and kept nowhere."""
    joins(folder, organisation(*CLUB)[1])
    (folder / "people.csv").write_text("for,part\nthe Tuesday group,practitioner\n=1+1,lead\n\n", "utf-8")
    pictures = folder / "pictures"
    status, printed, _ = organisation(
        "invite-all", "Riverside Youth Club", str(folder / "people.csv"), "--bot", "a_bot", "--pictures", str(pictures)
    )
    assert status == 0
    lines = printed.splitlines()
    assert lines[0] == "for,part,link"
    assert re.fullmatch(r"the Tuesday group,practitioner,https://t\.me/a_bot\?start=[\w-]{22}", lines[1])
    assert lines[2].startswith("'=1+1,lead,"), "no formula for a spreadsheet"
    assert [path.read_bytes()[:4] for path in sorted(pictures.iterdir())] == [b"\x89PNG"] * 2
    token = lines[1].partition("start=")[2]
    assert "You belong to Riverside Youth Club now" in joins(folder, f"/start {token}")
    token = lines[2].partition("start=")[2]
    assert "An administrator must confirm you first." in joins(folder, f"/start {token}")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("name,role\nA,lead\n", "The first line must be: for,part"),
        ("for,part\nA,boss\n,lead\nB,lead\n", "line 2: somebody"),
        ("for,part\n", "A file holds 1 to 500 people; this one has 0."),
    ],
)
def test_a_file_with_a_mistake_invites_nobody(folder: Path, sheet: str, said: str) -> None:
    organisation(*CLUB)
    (folder / "people.csv").write_text(sheet, "utf-8")
    status, _, told = organisation("invite-all", "Riverside Youth Club", str(folder / "people.csv"), "--bot", "a_bot")
    assert status == 2
    assert said in told
    assert "nobody was invited" in told
