"""Two bots on one data folder: the second says so and waits, and goes on by itself when the first has ended."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.alone import DataFolder, TakenError
from bot.pocket.process import PocketTelegram
from tests.bot.process import BotProcess
from tests.bot.running import TOKEN, wait_until


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram(token=TOKEN) as running:
        yield running


def test_the_others_wait_can_be_stopped_and_go_on_when_the_first_is_killed(
    telegram: PocketTelegram, tmp_path: Path
) -> None:
    with ExitStack() as stack:

        def start() -> BotProcess:
            bot = BotProcess(telegram, tmp_path)
            stack.callback(bot.process.wait)
            stack.callback(bot.process.kill)
            return bot

        first = start()
        wait_until(lambda: "serving" in first.said())
        second, third = start(), start()
        for bot in (second, third):
            wait_until(lambda bot=bot: "Another Sharewise is running" in bot.said())  # type: ignore[misc]
            assert "waits until the other has ended" in bot.said()
            assert "serving" not in bot.said(), "one answers, not two"
        assert third.terminate() == 0
        assert "Traceback" not in third.said()
        first.process.kill()
        first.ended()
        person = telegram.person("Somebody")
        person.start()
        wait_until(lambda: "I help you decide" in person.screen())
        assert "The other Sharewise has ended. This one goes on." in second.said()
        assert second.terminate() == 0


def test_a_bot_that_is_told_to_stop_before_it_serves_stops_as_cleanly_as_later(
    telegram: PocketTelegram, tmp_path: Path
) -> None:
    """Found by the harness: it died of the signal, and what it had started lived on."""
    with ExitStack() as stack:
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        address = f"postgresql+psycopg://nobody@127.0.0.1:{silent.getsockname()[1]}/none"
        bot = BotProcess(telegram, tmp_path, SHAREWISE_DATABASE_URL=address)
        stack.callback(bot.process.wait)
        stack.callback(bot.process.kill)
        silent.settimeout(20)
        stack.enter_context(silent.accept()[0])  # it waits for a database that says nothing
        assert bot.terminate() == 0
        assert "Traceback" not in bot.said()


def test_a_folder_is_kept_by_one_and_a_folder_that_replaced_it_is_kept_anew(tmp_path: Path) -> None:
    """A whole folder put back from a backup has a lock file of its own, or none."""
    one, two = DataFolder(tmp_path / "data"), DataFolder(tmp_path / "data")
    one.take()
    one.take()
    with pytest.raises(TakenError):
        two.take()
    one.path.rename(tmp_path / "aside")
    one.take()
    with pytest.raises(TakenError):
        two.take()
    one.let_go()
    two.take()
    two.let_go()


def test_a_folder_that_may_only_be_read_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise two bots would wait for such a disk, and both go on once it may be written to."""
    made = DataFolder(tmp_path)
    made.take()
    made.let_go()
    real = Path.open

    def read_only(self: Path, mode: str = "r") -> object:
        if mode != "r":
            raise OSError(30, "Read-only file system")
        return real(self, mode)

    monkeypatch.setattr(Path, "open", read_only)
    one, two = DataFolder(tmp_path), DataFolder(tmp_path)
    one.take()
    with pytest.raises(TakenError):
        two.take()
    one.let_go()
    with pytest.raises(OSError, match="Read-only"):
        DataFolder(tmp_path / "new").take()
