"""A store that cannot be used is told of at once, opened again by itself, and never begun anew or written to half."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.store import MasterKey, Store, StoreError, StoreUnavailable, Transaction, people, schema
from bot.store.embedded_engine import make_engine
from bot.store.errors import SealBroken
from bot.store.key_check import check_path, log_path
from bot.store.reopening import ReopeningStore
from bot.store.store import Location
from bot.store.wake import wake
from states.text import say
from tests.bot.running import wait_until
from tests.store.conftest import KEY, OTHER_KEY, fill, save_number, saved_number
from tests.store.postgresql import administer

PAGE = 4096
MENDING = Callable[[], object]


class Kept:
    """A store that is opened again by itself, and everything that was told of it."""

    def __init__(self, path: Location, key: MasterKey = KEY) -> None:
        self.location = path
        self.key = key
        self.told: list[str] = []
        first: Store | StoreError
        try:
            first = self._open(True)
        except StoreError as error:
            first = error
        self.store = ReopeningStore(first, self._open, self._tell, shared=False, retry_seconds=0.02)

    def _open(self, make: bool) -> Store:
        return Store.open(self.location, self.key, busy_seconds=0.1, make=make)

    def _tell(self, trouble: StoreError | None) -> None:
        self.told.append(type(trouble).__name__ if trouble else "open again")

    @property
    def path(self) -> Path:
        """The embedded store's file."""
        assert isinstance(self.location, Path)
        return self.location

    def saves(self, number: int) -> bool:
        """Whether it can be saved now; where not, the store must have said so."""
        try:
            with self.store.transaction() as transaction:
                save_number(transaction, 1, number)
        except StoreError:
            return False
        return True

    def saved(self) -> int | None:
        """What was saved last, read by another program."""
        other = Store.open(self.location, KEY)
        try:
            with other.reading() as transaction:
                return saved_number(transaction, 1)
        finally:
            other.close()


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of some pages."""
    path = tmp_path_factory.mktemp("made") / "data" / "store.db"
    store = Store.open(path, KEY)
    with store.transaction() as transaction:
        for number in range(2, 30):
            fill(transaction, number, "word")
    store.close()
    return path.parent


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(made_once, tmp_path / "data")


@pytest.fixture
def kept(folder: Path) -> Iterator[Kept]:
    running = Kept(folder / "store.db")
    yield running
    running.store.close()


# ---- while it is open


def deleted(path: Path) -> MENDING:
    return _moved(path)


def folder_gone(path: Path) -> MENDING:
    """As when a disk is taken away under the bot."""
    return _moved(path.parent)


def log_deleted(path: Path) -> MENDING:
    """Everything in it comes back when the store is closed, from the file that is still open."""
    log_path(path).unlink()
    return lambda: None


def another_in_its_place(path: Path) -> MENDING:
    """A copy, such as a backup: whatever is still written into the old file would be lost."""
    log = log_path(path).read_bytes()
    shutil.copy(path, path.with_name("copy"))
    log_path(path).unlink()
    path.with_name("copy").replace(path)
    log_path(path).write_bytes(log)
    return lambda: None


def one_of_another_key(path: Path) -> MENDING:
    aside = path.parent.with_name("aside")
    path.parent.rename(aside)
    Store.open(path, OTHER_KEY).close()

    def back() -> None:
        path.parent.rename(path.parent.with_name("other"))  # at once: the bot may be looking
        aside.rename(path.parent)

    return back


def one_page_spoilt(path: Path) -> MENDING:
    """A page that every turn reads, and opening does not: the store must not be taken for sound again."""
    other = Store.open(path, KEY)
    with other.reading() as transaction:
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'people'"
        page = transaction.connection.exec_driver_sql(root).scalar_one()
    other.close()
    return _spoilt(path, page - 1, page)


def every_page_spoilt(path: Path) -> MENDING:
    return _spoilt(path, 0, path.stat().st_size // PAGE)


def cut_off(path: Path) -> MENDING:
    content = path.read_bytes()
    with path.open("r+b") as file:
        file.truncate(5 * PAGE)
    return lambda: path.write_bytes(content)


def _moved(place: Path) -> MENDING:
    aside = place.with_name("aside")
    place.rename(aside)
    return lambda: aside.rename(place)


def _spoilt(path: Path, first: int, last: int) -> MENDING:
    content = path.read_bytes()
    spoilt = bytearray(content)
    for start in range(first * PAGE, last * PAGE, PAGE):
        spoilt[start + 200] ^= 1
    path.write_bytes(spoilt)

    def mend() -> None:
        assert path.read_bytes() == bytes(spoilt), "nothing was written around the damage"
        path.write_bytes(content)

    return mend


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (deleted, ["StoreGone"]),
        (folder_gone, ["StoreGone"]),
        (log_deleted, ["StoreGone"]),
        (another_in_its_place, ["StoreGone"]),
        (one_of_another_key, ["StoreGone", "WrongKey"]),
        (one_page_spoilt, ["StoreDamaged"]),
        (every_page_spoilt, ["StoreDamaged"]),
        (cut_off, ["StoreDamaged"]),
    ],
)
def test_what_happens_to_the_open_store_is_noticed_before_saved_is_said_and_mended_without_hands(
    kept: Kept, spoil: Callable[[Path], MENDING], told: list[str]
) -> None:
    if told != ["StoreDamaged"]:
        assert kept.saves(1)
    mend = spoil(kept.path)
    assert not kept.saves(2), "not into a file that nobody will find again"
    wait_until(lambda: kept.told[: len(told)] == told)
    if spoil not in (log_deleted, another_in_its_place):
        time.sleep(0.1)  # some tries to open it
        assert kept.told == told, "said once"
        assert not kept.saves(3)
        assert kept.store.trouble is not None
    mend()
    wait_until(lambda: kept.saves(4))
    wait_until(lambda: kept.told[-1] == "open again")
    assert kept.store.trouble is None
    assert kept.saved() == 4
    with kept.store.reading() as transaction:
        assert saved_number(transaction, 700_002) == 2, "with everything from before"


def test_tables_that_are_gone_are_waited_for_and_not_made_anew(database: str) -> None:
    """As where a server was started again over an empty folder. Nobody's update may be set aside for it."""
    kept = Kept(database)
    assert kept.saves(1)
    name = make_url(database).database
    assert name is not None
    administer("ALTER SCHEMA public RENAME TO aside", "CREATE SCHEMA public", database=name)
    assert not kept.saves(2)
    wait_until(lambda: kept.told == ["StoreGone"])
    time.sleep(0.1)
    assert not kept.saves(3)
    administer("DROP SCHEMA public", "ALTER SCHEMA aside RENAME TO public", database=name)  # refused if it held a table
    wait_until(lambda: kept.saves(4))
    assert kept.saved() == 4
    kept.store.close()


def test_without_a_look_at_the_files_sqlite_would_save_into_a_deleted_one(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why the look is there; and that the test above would notice if it were not."""
    monkeypatch.setattr("bot.store.embedded_store.in_place", lambda connection, path: True)
    mend = deleted(kept.path)
    assert kept.saves(1), "said to be saved"
    assert not kept.path.exists()
    mend()


def test_a_value_whose_seal_is_broken_closes_the_store_to_nobody_else(kept: Kept) -> None:
    with kept.store.transaction() as transaction:
        transaction.connection.exec_driver_sql("UPDATE people SET chat_id = x'00' WHERE id = 'person-2'")
    with pytest.raises(SealBroken), kept.store.reading() as transaction:
        people.by_id(transaction, "person-2")
    assert kept.saves(1)
    assert kept.told == []


# ---- when it is opened


def check_file_spoilt(path: Path) -> MENDING:
    content = check_path(path).read_bytes()
    check_path(path).write_bytes(b"sharewise")
    return lambda: check_path(path).write_bytes(content)


def not_a_folder(path: Path) -> MENDING:
    mend = _moved(path.parent)
    path.parent.write_text("not a folder")

    def back() -> None:
        path.parent.unlink()
        mend()

    return back


def locked(path: Path) -> MENDING:
    """Another program writes, such as a move to another store."""
    other = Store.open(path, KEY)
    writing = ExitStack()
    writing.callback(other.close)
    writing.enter_context(other.transaction())
    return writing.close


def from_the_future(path: Path) -> MENDING:
    def stamp(number: str) -> None:
        engine = make_engine(path, KEY.database_key(), 1.0)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (number,))
        engine.dispose()

    stamp("9999")
    return lambda: stamp(schema.HEAD)


def nothing(_: Path) -> MENDING:
    return lambda: None


@pytest.mark.parametrize(
    ("spoil", "told", "key"),
    [
        (nothing, "WrongKey", OTHER_KEY),
        (deleted, "StoreGone", KEY),
        (not_a_folder, "StoreUnavailable", KEY),
        (check_file_spoilt, "StoreDamaged", KEY),
        (every_page_spoilt, "StoreDamaged", KEY),
        (locked, "StoreUnavailable", KEY),
        (from_the_future, "StoreFromTheFuture", KEY),
    ],
)
def test_a_store_that_cannot_be_opened_yet_is_opened_as_soon_as_it_can(
    folder: Path, spoil: Callable[[Path], MENDING], told: str, key: MasterKey
) -> None:
    mend = spoil(folder / "store.db")
    kept = Kept(folder / "store.db", key)
    try:
        assert kept.told == [told]
        before = time.monotonic()
        assert not kept.saves(1)
        assert time.monotonic() - before < 0.05, "nobody waits for a try: somebody may be in danger"
        time.sleep(0.1)
        assert kept.told == [told], "said once"
        mend()
        kept.key = KEY
        wait_until(lambda: kept.saves(2))
        wait_until(lambda: kept.told[-1] == "open again")
        assert kept.saved() == 2
    finally:
        kept.store.close()


def test_what_nobody_foresaw_does_not_end_the_trying(path: Path) -> None:
    tries: list[bool] = []
    told: list[str] = []

    def opening(make: bool) -> Store:
        tries.append(make)
        if len(tries) < 4:
            raise ZeroDivisionError
        return Store.open(path, KEY, make=make)

    first = StoreUnavailable(say("The disk is full."))
    store = ReopeningStore(first, opening, lambda trouble: told.append(str(trouble)), shared=False, retry_seconds=0.001)
    wait_until(lambda: store.trouble is None)
    store.close()
    assert tries == [True] * 4, "it may be made: none was open yet"
    assert told[:2] == [
        "The disk is full.",
        "The store could not be opened (ZeroDivisionError). Nothing was saved. Ask for help.",
    ]


def test_who_listens_goes_on_listening_over_any_trouble(kept: Kept) -> None:
    heard: list[bool] = []

    def listen() -> None:
        heard.extend(kept.store.listen("outbox", 5.0))

    thread = threading.Thread(target=listen)
    thread.start()
    wait_until(lambda: heard == [True])
    mend = deleted(kept.path)
    assert not kept.saves(1)
    wait_until(lambda: False in heard)
    mend()
    wait_until(lambda: kept.saves(2) and heard[-1])
    count = len(heard)
    with kept.store.transaction() as transaction:
        wake(transaction, "outbox")
    wait_until(lambda: len(heard) > count)
    assert heard[-1]
    kept.store.close()
    thread.join(5)
    assert not thread.is_alive()


def test_a_store_that_is_closed_while_it_is_being_opened_leaves_nothing_open(path: Path) -> None:
    inside, go_on = threading.Event(), threading.Event()
    opened: list[Store] = []

    def opening(make: bool) -> Store:
        opened.append(Store.open(path, KEY, make=make))
        inside.set()
        go_on.wait(5)
        return opened[0]

    store = ReopeningStore(StoreUnavailable(say("Busy.")), opening, lambda _: None, shared=False, retry_seconds=0.001)
    inside.wait(5)
    go_on.set()
    store.close()
    wait_until(lambda: not log_path(path).exists())


def test_a_work_that_nobody_waits_for_any_more_is_no_trouble(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    """As when the bot is told to stop in the middle."""
    inside, go_on = threading.Event(), threading.Event()

    def slow(_: Transaction) -> None:
        inside.set()
        go_on.wait(5)

    first = kept.store.submit(slow)
    inside.wait(5)
    assert kept.store.submit(lambda transaction: save_number(transaction, 1, 2)).cancel()
    go_on.set()
    first.result(5)
    assert kept.saves(3)
    assert kept.told == []
    assert caplog.records == []
