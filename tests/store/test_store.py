"""The store as a whole: encrypted on the disk, whole after a kill, and plain-spoken when something fails."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.store import Store, StoreConflict, StoreDamaged, StoreUnavailable, Transaction, people, updates
from bot.store.embedded_engine import check_version
from states.text import say
from tests.store.conftest import KEY, NOW, fill, save_number, saved_number

CANARIES = (b"canary-alpha", b"canary-alpha".hex().encode(), "canary-alpha".encode("utf-16-le"))


def _found(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if any(canary in file.read_bytes() for canary in CANARIES)]


def test_no_word_can_be_found_in_any_file_of_the_store(store: Store, path: Path) -> None:
    with store.transaction() as transaction:
        for number in range(20):
            fill(transaction, number, "canary-alpha")
        updates.count_try(transaction, 1, 1, "canary-alpha", NOW)
    names = {file.name for file in path.parent.iterdir()}
    assert {"store.db", "store.db-wal", "store.db-shm", "store.db.keycheck"} <= names
    assert _found(path.parent) == []
    store.close()
    assert path.stat().st_size > 50_000, "closing brings the words from the log into the file"
    assert _found(path.parent) == []


def test_the_search_for_words_would_find_them_in_a_plain_file(tmp_path: Path) -> None:
    """Without this, the test above could pass by not looking."""
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE notes (text)")
    plain.execute("INSERT INTO notes VALUES ('canary-alpha')")
    plain.commit()
    plain.close()
    assert _found(tmp_path) == ["plain.db"]


def test_a_plain_database_in_the_stores_place_is_not_opened(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE notes (text)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(StoreDamaged):
        Store.open(path, KEY)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("busy_timeout", 5000),
    ],
)
def test_every_connection_is_set_up_for_safety(store: Store, name: str, wanted: object) -> None:
    with store.transaction() as writing, store.reading() as reading:
        for transaction in (writing, reading):
            assert transaction.connection.exec_driver_sql(f"PRAGMA {name}").scalar() == wanted


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 45, 1), (3, 52, 0)])
def test_a_sqlite_with_a_known_fault_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StoreUnavailable, match="can lose saved data"):
        check_version(version)
    check_version((3, 51, 3))
    check_version((3, 53, 4))


KILLED = """
import os, pathlib, signal, sys
from bot.store import Store
from tests.store.conftest import KEY, save_number
store = Store.open(pathlib.Path(sys.argv[1]), KEY)
number = 0
while True:
    number += 1
    with store.transaction() as transaction:
        save_number(transaction, 1, number)
        save_number(transaction, 2, number)
        if number == 300:
            save_number(transaction, 3, number)
            print("inside", flush=True)
            signal.pause()
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_of_a_transaction_loses_nothing_committed(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if said[-1] == "inside":
                process.send_signal(signal.SIGKILL)
                break
    assert said[-2:] == ["299", "inside"]
    store = Store.open(path, KEY)
    with store.reading() as transaction:
        assert [saved_number(transaction, chat) for chat in (1, 2, 3)] == [299, 299, None]
    store.close()


def test_a_kill_at_any_moment_loses_nothing_that_was_reported(path: Path) -> None:
    """Killed from outside while it writes at full speed, wherever it happens to be."""
    code = KILLED.replace("if number == 300:", "if False:")
    reported = 0
    for lines in (1, 40, 173):
        with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(lines):
                process.stdout.readline()
            process.kill()
            rest = [line for line in process.stdout.read().split("\n")[:-1] if line]
        reported = int(rest[-1]) if rest else lines
        store = Store.open(path, KEY)
        with store.reading() as transaction:
            first, second = (saved_number(transaction, chat) for chat in (1, 2))
        store.close()
        assert first == second, "both writes of a transaction or neither"
        assert first is not None
        assert first in (reported, reported + 1)


def test_an_error_in_the_block_undoes_everything_in_it(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.transaction() as transaction:
        save_number(transaction, 1, 5)
        raise ZeroDivisionError
    with store.transaction() as transaction:
        assert saved_number(transaction, 1) is None


def test_a_full_disk_says_so_saves_nothing_and_is_over_when_there_is_room(store: Store) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "word")
        pages = transaction.connection.exec_driver_sql("PRAGMA page_count").scalar()
        transaction.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def too_much() -> None:
        with store.transaction() as transaction:
            save_number(transaction, 1, 5)
            for number in range(2, 500):
                fill(transaction, number, "word" * 10)

    with pytest.raises(StoreUnavailable, match="disk is full"):
        too_much()
    with store.transaction() as transaction:
        assert saved_number(transaction, 1) is None
        for number in range(2, 50):
            fill(transaction, number, "word")


LIMITED = """
import pathlib, resource, signal, sys
from bot.store import Store, StoreUnavailable
from tests.store.conftest import KEY, fill
store = Store.open(pathlib.Path(sys.argv[1]), KEY)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
committed = 0
try:
    while True:
        with store.transaction() as transaction:
            fill(transaction, committed + 1, "word")
        committed += 1
except StoreUnavailable as error:
    print(committed, error.sentence)
"""


def test_a_file_that_cannot_grow_any_more_loses_nothing_committed(path: Path) -> None:
    """The operating system itself refuses the write, as on a full disk."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True)
    committed, sentence = done.stdout.split(" ", 1)
    assert "Nothing was saved" in sentence
    store = Store.open(path, KEY)
    with store.reading() as transaction:
        assert transaction.connection.exec_driver_sql("SELECT count(*) FROM addenda").scalar() == int(committed)
        assert transaction.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.close()
    assert int(committed) > 1


def test_a_store_that_may_only_be_read_says_so(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable, match="may only be read"), store.transaction() as transaction:
        save_number(transaction, 1, 5)
    with store.transaction() as transaction:
        save_number(transaction, 1, 5)


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match="could not be"):
        Store.open(tmp_path / "file" / "store.db", KEY)


READ_ONLY_FOLDER = """
import os, pathlib, sys
from bot.store import Store, StoreUnavailable
from tests.store.conftest import KEY
path = pathlib.Path(sys.argv[1])
for _ in range(2):  # twice, since nobody may not load what Python loads late
    Store.open(path, KEY).close()
for file in path.parent.iterdir():
    file.chmod(0o644)
path.parent.chmod(0o555)
if os.geteuid() == 0:  # root may write anywhere: become nobody
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    Store.open(path, KEY)
except StoreUnavailable as error:
    print(error)
"""


def test_a_folder_that_may_not_be_written_to_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:  # unlike tmp_path, somebody else may look inside
        code = [sys.executable, "-c", READ_ONLY_FOLDER, f"{folder}/store.db"]
        done = subprocess.run(code, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(("The store could not be opened", "The store may only be read"))


def test_another_program_that_writes_makes_the_store_busy_and_then_free_again(store: Store, path: Path) -> None:
    other = Store.open(path, KEY, busy_seconds=0.05)
    with store.transaction() as transaction:
        save_number(transaction, 1, 5)
        with pytest.raises(StoreUnavailable, match="busy"), other.transaction():
            pass
    with other.transaction() as transaction:
        assert saved_number(transaction, 1) == 5
    other.close()


def test_a_second_transaction_in_the_same_thread_is_a_mistake_not_a_long_wait(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError, match="already open"), store.transaction():
        pass


def test_writers_of_many_threads_wait_for_each_other(store: Store) -> None:
    def add() -> None:
        for _ in range(25):
            with store.transaction() as transaction:
                now = saved_number(transaction, 1) or 0
                save_number(transaction, 1, now + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as transaction:
        assert saved_number(transaction, 1) == 100


def test_readers_see_the_last_commit_while_a_writer_works(store: Store) -> None:
    with store.transaction() as transaction:
        save_number(transaction, 1, 1)
    seen: list[int | None] = []

    def read() -> None:
        with store.reading() as transaction:
            seen.append(saved_number(transaction, 1))

    with store.transaction() as transaction:
        save_number(transaction, 1, 2)
        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert seen == [1] * 6
    read()
    assert seen[-1] == 2


def test_a_reader_may_not_write(store: Store) -> None:
    with pytest.raises(StoreUnavailable), store.reading() as transaction:
        save_number(transaction, 1, 1)
    with store.transaction() as transaction:
        assert saved_number(transaction, 1) is None


def test_a_row_that_is_there_already_is_a_conflict_and_the_store_goes_on(store: Store) -> None:
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW)
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        people.find_or_create(transaction, 2, new_id="a", at=NOW)
    with store.transaction() as transaction:
        assert people.find(transaction, 2) is None


def test_one_for_whom_the_store_is_down_keeps_no_other_from_it(store: Store) -> None:
    """Three wait for one commit. Where all failed with the one, all tried again together, and failed for ever."""
    free = threading.Event()
    first = store.submit(lambda transaction: free.wait(10))

    def damaged(transaction: Transaction) -> None:
        raise StoreUnavailable(say("The disk is full. Nothing was saved."))

    before, middle, after = (
        store.submit(lambda transaction: updates.claim(transaction, 1, 1, NOW)),
        store.submit(damaged),
        store.submit(lambda transaction: updates.claim(transaction, 1, 2, NOW)),
    )
    free.set()
    assert first.result(10)
    assert isinstance(middle.exception(10), StoreUnavailable)
    assert (before.result(10), after.result(10)) == (True, True)
    with store.reading() as transaction:
        assert updates.seen(transaction, 1, 1)
        assert updates.seen(transaction, 1, 2)


def test_a_mistake_in_the_program_stays_visible_but_shows_no_values(store: Store) -> None:
    with pytest.raises(DBAPIError) as caught, store.transaction() as transaction:
        transaction.connection.exec_driver_sql("SELECT nonsense WHERE 1 = ?", ("canary-alpha",))
    assert "canary" not in str(caught.value)


def test_damage_in_the_middle_of_the_file_is_noticed(store: Store, path: Path) -> None:
    with store.transaction() as transaction:
        for number in range(30):
            fill(transaction, number, "word")
    store.close()
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 200] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store.open(path, KEY)
