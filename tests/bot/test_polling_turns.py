"""Several processes on one database: one polls, the others wait, and take over when it ends or hangs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from bot.pocket.process import PocketTelegram
from bot.store import Store
from tests.bot.process import BotProcess
from tests.bot.running import KEY, TOKEN, seen_by_the_store, wait_until
from tests.store.postgresql import new_database

WAITS = "another process polls for this bot; this one waits"
TOOK_OVER = "the other process has ended; this one polls now"
LOST = "another process polls with this token"


@pytest.fixture
def database() -> Iterator[str]:
    with new_database() as address:
        yield address


def count(database: str, table: str) -> int:
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608  a table of ours
    assert row is not None
    return int(row[0])


def test_one_polls_and_the_other_takes_over_when_it_hangs_or_dies(database: str, tmp_path: Path) -> None:
    """One that was stopped (a laptop's lid, a machine moved) and wakes must not go on as if nothing had happened."""
    with ExitStack() as stack:
        telegram = stack.enter_context(PocketTelegram(token=TOKEN))

        def start(name: str) -> BotProcess:
            (tmp_path / name).mkdir()
            bot = BotProcess(telegram, tmp_path / name, "", "tests.bot.troubled", SHAREWISE_DATABASE_URL=database)
            stack.callback(bot.process.wait)
            stack.callback(bot.process.kill)
            return bot

        person = telegram.person("Somebody")
        one = start("one")
        person.start()
        wait_until(lambda: "I help you decide" in person.screen())
        two = start("two")
        wait_until(lambda: WAITS in two.said())
        person.tap("Start")
        wait_until(lambda: "No" in person.screen().buttons)
        wait_until(lambda: count(database, "outbox") == 0)  # what it holds is free only after a while

        one.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: TOOK_OVER in two.said())
        person.tap("No")
        wait_until(lambda: "Where does the person live" in person.screen())

        one.process.send_signal(signal.SIGCONT)
        wait_until(lambda: WAITS in one.said())
        assert LOST not in two.said(), "the one that woke asked whose turn it is before it asked Telegram"
        assert one.said().count(TOOK_OVER) == 0

        two.process.kill()
        two.ended()
        wait_until(lambda: TOOK_OVER in one.said())
        person.tap("England")
        wait_until(lambda: not telegram.updates())
        assert one.terminate() == 0
        assert count(database, "leases") == 0, "given back, so that nobody need wait for its end"
    store = Store.open(database, KEY)
    log = seen_by_the_store(store, person.id).log
    store.close()
    assert [entry.question for entry in log] == ["entry", "danger", "nation"], "each answer once, whoever took it"
