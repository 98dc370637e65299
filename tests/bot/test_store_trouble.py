"""The store cannot be used, at the start or in the middle: everybody hears so, danger is answered, nothing is lost, and
when it can be used again the bot goes on by itself."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.alone import DataFolder
from bot.opening import keep_open
from bot.pocket.person import Person
from bot.pocket.process import PocketTelegram
from bot.run import serve
from bot.settings import Settings
from bot.store import MasterKey, Store, StoreUnavailable
from bot.store.embedded_engine import make_engine
from bot.store.reopening import ReopeningStore
from bot.telegram import polling, receiving
from states.text import say
from tests.bot.process import BotProcess
from tests.bot.running import KEY, TOKEN, RunningBot, seen_by_the_store, wait_until
from tests.store.faulty_disk import CAN_FAIL, WHY_NOT, FaultyDisk
from tests.store.postgresql import new_database, server
from tests.store.test_reopening import deleted, every_page_spoilt, folder_gone, locked, one_of_another_key

needs_faults = pytest.mark.skipif(not CAN_FAIL, reason=WHY_NOT)
Mending = Callable[[], object]
DOWN = "I cannot save anything just now."


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram(token=TOKEN) as running:
        yield running


@pytest.fixture
def empty_database() -> Iterator[str]:
    with new_database("template1") as address:
        yield address


@dataclass
class Running:
    """A bot in a process of its own."""

    telegram: PocketTelegram
    folder: Path
    process: BotProcess

    @property
    def path(self) -> Path:
        return self.folder / "sharewise.db"

    def asked_about_danger(self, name: str) -> Person:
        """Somebody new, at the question whether anyone is in danger."""
        person = self.telegram.person(name)
        person.start()
        wait_until(lambda: "I help you decide" in person.screen())
        person.tap("Start")
        wait_until(lambda: "No" in person.screen().buttons)
        return person

    def confirmed(self) -> bool:
        """Whether Telegram has nothing left to bring."""
        return not self.telegram.updates()


@dataclass
class Troubled(Running):
    """One whose disk fails when told to."""

    disk: FaultyDisk


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Troubled]:
    folder = tmp_path_factory.mktemp("troubled") / "data"
    folder.mkdir()
    with PocketTelegram(token=TOKEN) as telegram, FaultyDisk(folder) as disk:
        process = BotProcess(
            telegram, folder.parent, disk.address, "tests.bot.troubled", SHAREWISE_DATA_DIR=str(folder)
        )
        BotProcess.running.remove(process)  # it serves several tests
        yield Troubled(telegram, folder, process, disk)
        process.process.kill()
        process.process.wait()


def full(bot: Troubled) -> Mending:
    bot.disk.full()
    return bot.disk.heal


def read_only(bot: Troubled) -> Mending:
    bot.disk.read_only()
    return bot.disk.heal


def broken(bot: Troubled) -> Mending:
    bot.disk.broken()
    return bot.disk.heal


def spoilt(bot: Troubled) -> Mending:
    """Also its first page; and what is in the bot's memory must be read again."""
    engine = make_engine(bot.path, KEY.database_key(), 1.0)
    connection = engine.raw_connection()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    mend = every_page_spoilt(bot.path)
    engine.dispose()
    return mend


@needs_faults
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (full, "StoreUnavailable"),
        (read_only, "StoreUnavailable"),
        (broken, "StoreUnavailable"),
        (lambda bot: locked(bot.path), "StoreUnavailable"),
        (lambda bot: deleted(bot.path), "StoreGone"),
        (lambda bot: folder_gone(bot.path), "StoreGone"),
        (lambda bot: one_of_another_key(bot.path), "WrongKey"),
        (spoilt, "StoreDamaged"),
    ],
    ids=["full", "read-only", "broken", "locked", "file deleted", "folder gone", "another key", "damaged"],
)
def test_in_the_middle_everybody_hears_so_danger_is_answered_and_nothing_is_lost(
    troubled: Troubled, spoil: Callable[[Troubled], Mending], said: str
) -> None:
    telling, endangered = troubled.asked_about_danger("One who tells"), troubled.asked_about_danger("One in danger")
    wait_until(troubled.confirmed)
    mend = spoil(troubled)
    try:
        telling.tap("No")
        wait_until(lambda: DOWN in telling.screen())
        assert "ring 999" in telling.screen()
        assert "ring your safeguarding lead" in telling.screen()
        endangered.tap("Yes")
        wait_until(lambda: any("Ring 999 now." in text for text in endangered.history()))
        time.sleep(0.3)  # some tries
        assert len(troubled.telegram.updates()) == 2, "unconfirmed, so that they come again whatever happens"
        assert f"error_class='{said}'" in troubled.process.said()
    finally:
        mend()
    wait_until(lambda: "Where does the person live" in telling.screen())
    wait_until(troubled.confirmed)
    assert any("Ring 999 now." in text for text in endangered.history())
    store = Store.open(troubled.path, KEY)
    try:
        assert [entry.question for entry in seen_by_the_store(store, telling.id).log] == ["entry", "danger"]
        assert [entry.question for entry in seen_by_the_store(store, endangered.id).log] == ["entry", "danger"]
    finally:
        store.close()
    assert "Traceback" not in troubled.process.said()


# ---- at the start


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(data_dir=folder, **more)


def test_a_store_that_cannot_be_opened_at_the_start_keeps_nobody_waiting_in_silence(
    telegram: PocketTelegram, tmp_path: Path
) -> None:
    """A service that starts again in the night must not meet a call for help with silence."""
    folder = tmp_path / "data"
    said: list[str] = []
    alone = DataFolder(folder)
    store = keep_open(settings(folder), alone, lambda sentence: said.append(str(sentence)))
    assert len(said) == 1
    assert said[0].startswith("A new key was made: ")
    running = RunningBot(telegram, folder, store=store).start()
    phone = running.newcomer()
    phone.say("/start")
    phone.tap("Start")
    running.stop()
    alone.let_go()
    key = folder / "sharewise.key"
    right = key.read_text()
    key.write_text("ab" * 32)  # such as one from another machine
    person = phone.person
    person.tap("No")
    process = BotProcess(
        telegram, tmp_path, "", "tests.bot.troubled", SHAREWISE_DATA_DIR=str(folder), SHAREWISE_STORE_KEY=""
    )
    try:
        wait_until(lambda: DOWN in person.screen())
        person.say("/danger")
        wait_until(lambda: any("Ring 999 now." in text for text in person.history()))
        assert "This is not the key" in process.said()
        assert "error_class='WrongKey'" in process.said()
        key.write_text(right)
        wait_until(lambda: not telegram.updates())
        assert process.terminate() == 0
    finally:
        process.process.kill()
        process.process.wait()
    assert "Traceback" not in process.said()
    reopened = Store.open(folder / "sharewise.db", MasterKey(bytes.fromhex(right)))
    turn = seen_by_the_store(reopened, person.id)
    reopened.close()
    assert [entry.question for entry in turn.log] == ["entry", "danger"]
    assert turn.view == "emergency"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"data_dir": "file/data"}, "The data folder"),
        ({"database_url": "postgresql://host"}, "The address of the database cannot be used."),
    ],
)
def test_a_first_start_with_a_wrong_setting_ends_with_2_and_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
    sentence: str,
) -> None:
    """Nobody was ever served from there, and whoever set it up is looking."""
    for name in ("start_logging", "os.umask", "signal.signal"):  # for the whole process, which is the tests' own
        monkeypatch.setattr(f"bot.run.{name}", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("not a folder")
    given = {"data_dir": tmp_path, "telegram_token": TOKEN, "telegram_api_url": "http://127.0.0.1:9", **wrong}
    assert serve(Settings(**given)) == 2  # type: ignore[arg-type]
    assert capsys.readouterr().out.startswith(sentence)


def test_a_database_that_starts_later_than_the_bot_is_waited_for(
    telegram: PocketTelegram, empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ReopeningStore.__init__.__kwdefaults__, "retry_seconds", 0.1)  # type: ignore[arg-type]
    monkeypatch.setattr(receiving, "PAUSE_SECONDS", 0.1)
    socket = Path(tempfile.mkdtemp(prefix="pg-"))
    address = empty_database.replace(str(server().folder), str(socket))
    said: list[str] = []
    given = settings(tmp_path, database_url=address, store_key="00" * 32)
    store = keep_open(given, DataFolder(tmp_path), lambda sentence: said.append(str(sentence)))
    running = RunningBot(telegram, tmp_path, store=store).start()
    try:
        phone = running.newcomer()
        phone.person.start()
        wait_until(lambda: DOWN in phone.screen)
        assert said[0].startswith("The connection to the database")
        (socket / ".s.PGSQL.5432").symlink_to(server().folder / ".s.PGSQL.5432")
        wait_until(lambda: "I help you decide" in phone.screen)
        assert said[-1] == "The store is open again, and Sharewise goes on."
    finally:
        running.stop()
        shutil.rmtree(socket)


# ---- for as long as it lasts


class Gate:
    """A bot over a store that is opened only once `open` is set; until then its disk is full."""

    def __init__(self, telegram: PocketTelegram, folder: Path) -> None:
        self.open = Event()
        self.stopped = False
        full = StoreUnavailable(say("The disk is full."))

        def opening(make: bool) -> Store:
            if not self.open.is_set():
                raise full
            return Store.open(folder / "sharewise.db", KEY, make=make)

        store = ReopeningStore(full, opening, lambda _: None, shared=False, retry_seconds=0.05)
        self.bot = RunningBot(telegram, folder, store=store)


@pytest.fixture
def gate(telegram: PocketTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    monkeypatch.setattr(receiving, "PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(receiving, "LONGEST_PAUSE", 0.2)
    running = Gate(telegram, tmp_path)
    running.bot.start()
    yield running
    if not running.stopped:
        running.bot.stop()


def test_danger_is_answered_though_more_updates_wait_than_telegram_brings_at_once(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram brings the same hundred (here: ten) until they are confirmed, and nobody's call for help behind them."""
    monkeypatch.setattr(polling, "BATCH", 10)
    monkeypatch.setattr(polling, "ROOM", 5)
    waiting = [gate.bot.newcomer() for _ in range(13)]
    for phone in waiting:
        phone.person.start()
    last = gate.bot.newcomer()
    last.person.say("/danger")
    wait_until(lambda: any("Ring 999 now." in text for text in last.readable()))
    wait_until(lambda: all(DOWN in phone.screen for phone in waiting))
    assert len(gate.bot.telegram.updates()) >= 5, "what need not be let go of stays with Telegram"
    gate.open.set()
    wait_until(lambda: all("I help you decide" in phone.screen for phone in waiting))
    last.settled()
    assert last.turn.view == "emergency"
    assert gate.bot.telegram.updates() == []


def test_who_writes_again_is_told_again_but_not_at_every_stroke(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = gate.bot.newcomer()
    phone.person.start()
    wait_until(lambda: DOWN in phone.screen)
    phone.person.say("hello?")
    phone.person.say("is anybody there")
    time.sleep(0.5)
    assert sum(DOWN in text for text in phone.readable()) == 1
    monkeypatch.setattr(receiving, "AGAIN_SECONDS", 0.1)
    phone.person.say("hello??")
    wait_until(lambda: sum(DOWN in text for text in phone.readable()) == 2)
    gate.open.set()
    phone.settled()
    wait_until(lambda: len(phone.readable()) == 2)
    assert "I am back" in phone.readable()[0], "and everything that was said meanwhile is taken away"
    assert "I help you decide" in phone.screen


def test_a_bot_whose_store_is_not_open_can_be_stopped(gate: Gate) -> None:
    phone = gate.bot.newcomer()
    phone.person.start()
    wait_until(lambda: DOWN in phone.screen)
    gate.bot.stop()
    assert len(gate.bot.telegram.updates()) == 1, "it comes again"
    gate.stopped = True


# ---- a disk that is really full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "sharewise-test", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody here mount a small disk; the refused calls show the same")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_really_full(
    telegram: PocketTelegram, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "PAUSE_SECONDS", 0.1)
    running = RunningBot(telegram, small_disk).start()
    phone = running.newcomer()
    phone.say("/start")
    phone.tap("Start")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 20)) == 1 << 20:  # the last write is a short one
            pass
    phone.person.tap("No")
    wait_until(lambda: DOWN in phone.screen)
    phone.person.say("/danger")
    wait_until(lambda: any("Ring 999 now." in text for text in phone.readable()))
    filler.unlink()
    phone.settled()
    assert [entry.question for entry in phone.turn.log] == ["entry", "danger"]
    assert phone.turn.view == "emergency"
    running.stop()
