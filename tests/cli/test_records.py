"""`sharewise records`: what is in the store, for whoever runs the bot; and plain sentences where it cannot be read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import PREFIX
from bot.store import MasterKey, Store, tombstones
from bot.store.records import Addendum, RecordRow, Status, add_addendum, save
from bot.store.tombstones import Tombstone

RUNNER = CliRunner()
KEY = bytes(range(32))
OLDER = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
NEWER = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def record(reference: str, outcome: str, made_at: datetime, *, complete: bool) -> RecordRow:
    status: Status = "complete" if complete else "incomplete"
    content = {"text": f"Decision record {reference}\nAll of its words."}
    return RecordRow(reference, None, None, "england-2026-11", outcome, status, made_at, content, made_at)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty data folder, and settings that name it and a key."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHAREWISE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SHAREWISE_STORE_KEY", KEY.hex())
    return tmp_path


@pytest.fixture
def filled(folder: Path) -> Path:
    store = Store.open(folder / "sharewise.db", MasterKey(KEY))
    with store.transaction() as transaction:
        save(transaction, record("SW-AAAAA", "O5", OLDER, complete=True))
        save(transaction, record("SW-BBBBB", "O12", NEWER, complete=False))
        add_addendum(transaction, Addendum("1", "SW-AAAAA", NEWER, "The lead agreed."))
    store.close()
    return folder


def records(*arguments: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, ["records", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("filled")
def test_every_record_is_listed_newest_first() -> None:
    assert records() == (
        0,
        "SW-BBBBB  2026-11-22 16:30  O12   incomplete\nSW-AAAAA  2026-11-20 09:05  O5    complete\n",
        "",
    )


def test_ret_5_a_record_whose_time_was_over_is_listed_and_named_as_that(filled: Path) -> None:
    store = Store.open(filled / "sharewise.db", MasterKey(KEY))
    with store.transaction() as transaction:
        tombstones.add(transaction, Tombstone("SW-CCCCC", OLDER.date(), NEWER.date()))
    store.close()
    assert records()[1].splitlines()[-1] == "SW-CCCCC  2026-11-20  deleted on 2026-11-22, as arranged"
    assert records("show", "sw-ccccc") == (1, "", "SW-CCCCC was deleted on 2026-11-22, as arranged.\n")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("typed", ["SW-AAAAA", "sw-aaaaa"])
def test_one_record_is_shown_with_what_was_added_to_it(typed: str) -> None:
    assert records("show", typed) == (
        0,
        "Decision record SW-AAAAA\nAll of its words.\n\nAdded 2026-11-22 16:30 (UTC)\nThe lead agreed.\n",
        "",
    )


@pytest.mark.usefixtures("filled")
def test_a_record_that_is_not_there() -> None:
    sentence = "There is no record SW-CCCCC. `sharewise records` lists those that there are.\n"
    assert records("show", "SW-CCCCC") == (1, "", sentence)


@pytest.mark.parametrize("arguments", [(), ("show", "SW-AAAAA")])
def test_without_a_store_none_is_made(folder: Path, arguments: tuple[str, ...]) -> None:
    """Looking must not leave a store and a key behind."""
    sentence = f"There is no store at {folder / 'sharewise.db'} yet. `sharewise run` makes one.\n"
    assert records(*arguments) == (1, "", sentence)
    assert list(folder.iterdir()) == []


def test_a_wrong_key_is_said_and_nothing_is_touched(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file.name: file.read_bytes() for file in filled.iterdir()}
    monkeypatch.setenv("SHAREWISE_STORE_KEY", bytes(range(1, 33)).hex())
    code, shown, errors = records()
    assert (code, shown) == (1, "")
    assert errors.startswith(f"This is not the key that the store at {filled / 'sharewise.db'} was made with")
    assert len(errors.splitlines()) == 1
    assert {file.name: file.read_bytes() for file in filled.iterdir()} == before


def test_a_missing_key_file_is_said_and_none_is_made(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAREWISE_STORE_KEY")
    code, shown, errors = records()
    assert (code, shown) == (1, "")
    assert errors.startswith(f"The key file {filled / 'sharewise.key'} is missing")
    assert not (filled / "sharewise.key").exists()


@pytest.mark.parametrize("arguments", [["records"], ["run"]])
@pytest.mark.usefixtures("folder")
def test_a_bad_setting_ends_the_command_with_2(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAREWISE_POCKET_PORT", "none")
    result = RUNNER.invoke(app, arguments, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "The setting SHAREWISE_POCKET_PORT cannot be used. Allowed: a whole number from 1 to 65535. "
        "Correct it and start again.\n"
    )


def test_an_empty_store_has_no_records(folder: Path) -> None:
    Store.open(folder / "sharewise.db", MasterKey(KEY)).close()
    assert records() == (0, "There are no records yet.\n", "")
