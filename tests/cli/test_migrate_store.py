"""`sharewise migrate-store`: everything arrives and stays readable, nothing goes, and every refusal changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select
from typer.testing import CliRunner

from bot.alone import DataFolder
from bot.cli import app
from bot.settings import PREFIX
from bot.store import Store, forgetting, leases, local_numbers, moments, updates
from bot.store.key_check import check_path
from bot.store.local_numbers import LocalNumber
from bot.store.tables import metadata
from states.outcomes.local_numbers import NumberKind
from tests.store.conftest import KEY, NOW, OTHER_KEY, fill
from tests.store.postgresql import administer, new_database

RUNNER = CliRunner()
PEOPLE = 40


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder with a filled store, and settings that name it and its key."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHAREWISE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SHAREWISE_STORE_KEY", bytes(range(32)).hex())
    store = Store.open(tmp_path / "sharewise.db", KEY)
    with store.transaction() as transaction:
        for number in range(PEOPLE):
            fill(transaction, number, f"wörd'{number}")
        for number in range(1500):  # more than is moved at once
            updates.claim(transaction, 1, number, NOW)
        updates.count_try(transaction, 1, 3, "Error", NOW)
        updates.set_aside(transaction, 1, 3)
        updates.claim(transaction, 1, 2**40, NOW)
        leases.take(transaction, "polling:1", "worker", NOW, NOW)
        moments.save(transaction, "heard", NOW)
        desk = LocalNumber("n", "organisation-1", NumberKind.POLICE, "101", "", "", "Asked", NOW.date())
        local_numbers.add(transaction, desk)
    store.close()
    return tmp_path


@pytest.fixture
def empty() -> Iterator[str]:
    with new_database("template1") as address:
        yield address


def run(*arguments: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, ["migrate-store", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def everything(location: Path | str) -> dict[str, list[Any]]:
    """Every row as it is kept, sealed values and all."""
    store = Store.open(location, KEY)
    with store.reading() as transaction:
        rows = {
            table.name: sorted(transaction.connection.execute(select(table)).all(), key=repr)
            for table in metadata.sorted_tables
        }
    store.close()
    return rows


def test_every_row_arrives_as_it_is_and_the_file_stays(folder: Path, empty: str) -> None:
    before = everything(folder / "sharewise.db")
    code, said, complaint = run("--to", empty)
    assert (code, complaint) == (0, "")
    *counts, last = said.splitlines()
    assert dict(line.split() for line in counts) == {name: str(len(rows)) for name, rows in before.items()}
    assert all(before.values()), "every table has something to move"
    assert last.startswith("Moved. From now on start the bot with SHAREWISE_DATABASE_URL and the same key.")
    assert everything(empty) == before
    assert everything(folder / "sharewise.db") == before


def test_the_same_key_opens_what_was_moved(folder: Path, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealed values are bound to table, column and row; they must be found in the same places."""
    monkeypatch.setenv("SHAREWISE_DATABASE_URL", empty)
    assert run()[0] == 0
    shown = []
    for location in (folder / "sharewise.db", empty):
        store = Store.open(location, KEY)
        with store.reading() as transaction:
            shown.append([forgetting.export(transaction, f"person-{number}") for number in range(PEOPLE)])
        store.close()
    assert shown[0] == shown[1]
    assert shown[1][7]["notes"][0]["text"] == "wörd'7"


def test_a_database_with_something_in_it_is_refused(folder: Path, empty: str) -> None:
    assert run("--to", empty)[0] == 0
    store = Store.open(empty, KEY)
    with store.transaction() as transaction:
        updates.claim(transaction, 2, 77, NOW)
    store.close()
    before = everything(empty)
    code, said, complaint = run("--to", empty)
    assert (code, said) == (1, "")
    assert "holds a store with something in it already. Nothing was changed." in complaint
    assert everything(empty) == before


def test_after_a_failure_nothing_is_there_and_it_may_be_run_again(folder: Path, empty: str) -> None:
    Store.open(empty, KEY).close()
    database = make_url(empty).database or ""
    administer("ALTER TABLE addenda ADD CONSTRAINT full_disk CHECK (id <> 'addendum-30')", database=database)
    code, said, complaint = run("--to", empty)
    assert (code, said) == (1, "")
    assert "Nothing was saved" in complaint
    assert not any(everything(empty).values())
    administer("ALTER TABLE addenda DROP CONSTRAINT full_disk", database=database)
    assert run("--to", empty)[0] == 0
    assert everything(empty) == everything(folder / "sharewise.db")


def test_rows_that_do_not_arrive_are_noticed_and_nothing_is_moved(folder: Path, empty: str) -> None:
    Store.open(empty, KEY).close()
    administer("CREATE RULE lost AS ON INSERT TO notes DO INSTEAD NOTHING", database=make_url(empty).database or "")
    code, said, complaint = run("--to", empty)
    assert (code, said) == (1, "")
    assert complaint.startswith("The table notes did not arrive whole, so nothing was moved.")
    assert not any(everything(empty).values())


@pytest.mark.usefixtures("folder")
def test_a_wrong_key_is_refused_before_the_database_is_touched(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAREWISE_STORE_KEY", bytes(range(1, 33)).hex())
    code, said, complaint = run("--to", empty)
    assert (code, said) == (1, "")
    assert complaint.startswith("This is not the key that the store at")
    assert not Store.exists(empty)


@pytest.mark.usefixtures("folder")
def test_a_database_of_another_key_is_refused(empty: str) -> None:
    Store.open(empty, OTHER_KEY).close()
    code, _, complaint = run("--to", empty)
    assert code == 1
    assert f"that key's id is {OTHER_KEY.key_id.hex()}" in complaint


def test_a_store_that_is_being_written_to_is_refused(folder: Path, empty: str) -> None:
    """What the bot writes during the move would be lost."""
    running = Store.open(folder / "sharewise.db", KEY)
    with running.transaction():
        code, said, complaint = run("--to", empty)
    running.close()
    assert (code, said) == (1, "")
    assert "busy" in complaint
    assert not any(everything(empty).values())


def test_nothing_to_move_and_nowhere_to_move_it_are_said_plainly(folder: Path) -> None:
    assert run() == (2, "", "Where to? Give --to postgresql+psycopg://name:password@host/database.\n")
    assert run("--to", "mysql://canary/x") == (
        2, "", "--to must look like postgresql+psycopg://name:password@host/database.\n",
    )  # fmt: skip
    for file in (folder / "sharewise.db", check_path(folder / "sharewise.db")):
        file.unlink()
    code, _, complaint = run("--to", "postgresql://127.0.0.1:1/base")
    assert (code, complaint) == (
        1,
        f"There is no store at {folder / 'sharewise.db'}, so there is nothing to move.\n",
    )


def test_a_bot_that_runs_is_noticed_before_anything_moves(folder: Path, empty: str) -> None:
    """What it saved after the move would be in the old store alone."""
    bot = DataFolder(folder)
    bot.take()
    before = everything(folder / "sharewise.db")
    status, _, said = run("--to", empty)
    assert (status, said.strip()) == (1, f"Sharewise is running with the data folder {folder}. Stop it first.")
    assert everything(folder / "sharewise.db") == before
    bot.let_go()
    assert run("--to", empty)[0] == 0
