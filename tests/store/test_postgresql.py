"""PostgreSQL alone: many workers on one database, wrong keys, and a server that goes away at the worst moment."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import errors as driver_errors
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store import (
    AddressUnusable,
    CommitUnknown,
    Store,
    StoreConflict,
    StoreDamaged,
    StoreFromTheFuture,
    StoreUnavailable,
    WrongKey,
    people,
    updates,
    walks,
)
from bot.store.postgresql_engine import read_url, translated
from bot.store.tables import metadata
from tests.store.conftest import FIRST_REVISION, KEY, NOW, OTHER_KEY, fill, save_number, saved_number
from tests.store.cut import CuttingProxy
from tests.store.postgresql import administer, server

# A worker in a process of its own takes updates of one chat, each with a line in the walk and a count.
WORKER = """
import sys, time
from bot.store import Store, people, updates, walks
from tests.store.conftest import KEY, NOW
store = Store.open(sys.argv[1], KEY)
print("ready", flush=True)
sys.stdin.readline()
for number in range(1, int(sys.argv[2]) + 1):
    with store.transaction() as transaction:
        if not updates.claim(transaction, 1, number, NOW):
            continue
        person = people.find_or_create(transaction, 5, new_id=f"{sys.argv[3]}-{number}", at=NOW)
        walk = walks.open_walk_of(transaction, person.id) or walks.open_walk(
            transaction, walk_id="w", person_id=person.id, reference="R", edition="e", entry="s", at=NOW)
        log = walks.read_log(transaction, walk.id)
        walks.append(transaction, walk, log, [walks.Change("answered", f"q{number}", sys.argv[3])], NOW)
        people.save_screen(transaction, person.id, people.ScreenShown(revision=person.screen.revision + 1))
print("done", flush=True)
"""


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store.open(database, KEY, busy_seconds=5.0)
    yield opened
    opened.close()


def _name(address: str) -> str:
    return make_url(address).database or ""


def _sql(address: str, *statements: str) -> None:
    administer(*statements, database=_name(address))


def test_two_workers_share_the_updates_of_one_chat_each_is_dealt_with_once(database: str) -> None:
    """Both try every update, from the very first message of a person whom nobody knows yet."""
    command = [sys.executable, "-W", "error", "-c", WORKER, database, "60"]
    workers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    assert [worker.communicate()[0] for worker in workers] == ["done\n", "done\n"]
    store = Store.open(database, KEY)
    with store.reading() as transaction:
        log = walks.read_log(transaction, "w")
        assert [entry.sequence for entry in log] == list(range(1, 61))
        assert [entry.question for entry in log] == [f"q{number}" for number in range(1, 61)]
        assert saved_number(transaction, 5) == FIRST_REVISION + 60
        assert transaction.connection.execute(text("SELECT count(*) FROM people")).scalar() == 1
    store.close()


def test_an_update_that_another_worker_is_at_is_waited_for_and_then_done(store: Store) -> None:
    claims: list[bool] = []

    def second() -> None:
        with store.transaction() as transaction:
            claims.append(updates.claim(transaction, 1, 10, NOW))

    other = threading.Thread(target=second)
    with store.transaction() as transaction:
        assert updates.claim(transaction, 1, 10, NOW)
        other.start()
        _until_waiting(store)
        assert claims == []
    other.join()
    assert claims == [False]


def test_an_update_whose_worker_failed_is_taken_by_the_one_that_waited(store: Store) -> None:
    claims: list[bool] = []

    def second() -> None:
        with store.transaction() as transaction:
            claims.append(updates.claim(transaction, 1, 10, NOW))

    other = threading.Thread(target=second)
    with contextlib.suppress(ZeroDivisionError), store.transaction() as transaction:
        updates.claim(transaction, 1, 10, NOW)
        other.start()
        _until_waiting(store)
        raise ZeroDivisionError
    other.join()
    assert claims == [True]


def _until_waiting(store: Store) -> None:
    """Until another connection to this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(500):
        with store.reading() as looking:
            if looking.connection.execute(waiting).scalar():
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited")


def test_many_threads_lose_no_turn_of_a_chat(store: Store) -> None:
    """Each reads what the one before wrote: the person's row lets one in at a time, and other chats go on."""

    def turns(chat: int) -> None:
        for _ in range(10):
            with store.transaction() as transaction:
                person = people.find_or_create(transaction, chat, new_id=f"p{chat}-{threading.get_ident()}", at=NOW)
                people.save_screen(transaction, person.id, people.ScreenShown(1, person.screen.revision + 1))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(turns, [1, 2, 1, 2, 1, 2]))
    with store.reading() as transaction:
        found = [people.find(transaction, chat) for chat in (1, 2)]
    assert [person.screen.revision - FIRST_REVISION for person in found if person] == [30, 30]


def test_tries_of_two_workers_are_all_counted(store: Store) -> None:
    def count(_: int) -> int:
        with store.transaction() as transaction:
            return updates.count_try(transaction, 1, 10, "ZeroDivisionError", NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(count, range(12))) == list(range(1, 13))


def test_more_threads_than_connections_wait_and_then_hear_that_the_store_is_busy(database: str) -> None:
    store = Store.open(database, KEY, busy_seconds=0.2, pool_size=1)
    with store.transaction(), ThreadPoolExecutor(1) as threads:

        def read() -> None:
            with store.reading():
                pass

        with pytest.raises(StoreUnavailable, match="busy"):
            threads.submit(read).result()
    with store.reading():
        pass
    store.close()


def test_waiting_too_long_for_a_chat_is_an_outage_and_not_a_hang(database: str) -> None:
    store = Store.open(database, KEY, busy_seconds=0.2)
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW)

    def turn() -> None:
        with store.transaction() as transaction:
            people.find(transaction, 1)

    with store.transaction() as transaction:
        people.find(transaction, 1)
        with ThreadPoolExecutor(1) as threads, pytest.raises(StoreUnavailable, match="busy"):
            threads.submit(turn).result()
    turn()
    store.close()


def test_two_that_wait_for_each_other_are_parted_and_one_may_try_again(store: Store) -> None:
    with store.transaction() as transaction:
        for chat in (1, 2):
            people.find_or_create(transaction, chat, new_id=str(chat), at=NOW)
    both = threading.Barrier(2)

    def turn(chats: tuple[int, int]) -> str:
        try:
            with store.transaction() as transaction:
                people.find(transaction, chats[0])
                both.wait(5)
                people.find(transaction, chats[1])
        except StoreUnavailable as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(turn, [(1, 2), (2, 1)]))
    assert said == ["The store is busy. Nothing was saved. Try again in a moment.", "done"]


KILLED = """
import sys
from bot.store import Store, people, updates
from tests.store.conftest import FIRST_REVISION, KEY, NOW, save_number
store = Store.open(sys.argv[1], KEY)
with store.transaction() as transaction:
    save_number(transaction, 1, 1)
with store.transaction() as transaction:
    updates.claim(transaction, 1, 10, NOW)
    people.find_or_create(transaction, 5, new_id="a", at=NOW)
    save_number(transaction, 1, 2)
    print("inside", flush=True)
    sys.stdin.readline()
"""


def test_a_worker_killed_in_the_middle_leaves_its_update_to_the_next_at_once(database: str, store: Store) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.send_signal(signal.SIGKILL)
    with store.transaction() as transaction:  # within the five seconds after which it would be busy
        assert updates.claim(transaction, 1, 10, NOW)
        assert people.find(transaction, 5) is None
        assert saved_number(transaction, 1) == 1


def test_an_answer_to_a_commit_that_gets_lost_is_unknown_and_trying_again_finds_it_done(database: str) -> None:
    with CuttingProxy(server().folder) as proxy:
        store = Store.open(proxy.address(database), KEY)

        def turn() -> bool:
            with store.transaction() as transaction:
                claimed = updates.claim(transaction, 1, 10, NOW)
                if claimed:
                    save_number(transaction, 1, (saved_number(transaction, 1) or 0) + 1)
            return claimed

        proxy.cut_answer_to(b"COMMIT\0")
        with pytest.raises(CommitUnknown, match="saved whole or not at all") as caught:
            turn()
        assert isinstance(caught.value, StoreUnavailable), "so that the caller tries again"
        assert proxy.cuts == 1
        assert not turn()
        with store.reading() as transaction:
            assert saved_number(transaction, 1) == 1, "saved once"
        store.close()


def test_a_connection_cut_before_the_commit_saved_nothing(database: str, store: Store) -> None:
    def turn() -> None:
        with store.transaction() as transaction:
            save_number(transaction, 1, 5)
            _end_connections(database)
            save_number(transaction, 1, 6)

    with pytest.raises(StoreUnavailable, match="Nothing was saved") as caught:
        turn()
    assert not isinstance(caught.value, CommitUnknown)
    with store.transaction() as transaction:
        assert saved_number(transaction, 1) is None


def _end_connections(address: str) -> None:
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    _sql(address, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")  # noqa: S608


def test_connections_that_died_while_nobody_looked_are_replaced_without_an_error(database: str, store: Store) -> None:
    with store.transaction() as transaction:
        save_number(transaction, 1, 5)
    _end_connections(database)
    with store.transaction() as transaction:
        assert saved_number(transaction, 1) == 5


def test_a_server_that_is_not_there_says_so_without_name_and_password(tmp_path: Path) -> None:
    for address in (
        "postgresql://canary-name:canary-word@127.0.0.1:1/base",
        f"postgresql+psycopg://canary-name:canary-word@/base?host={tmp_path}",
    ):
        for attempt in (
            lambda address=address: Store.open(address, KEY),
            lambda address=address: Store.exists(address),
        ):
            with pytest.raises(StoreUnavailable, match="/base failed") as caught:
                attempt()
            assert "canary" not in str(caught.value)


@pytest.mark.parametrize("address", ["mysql://host/base", "nonsense", "", "postgresql://host", "postgresql://h:x/b"])
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(AddressUnusable, match=r"looks like postgresql\+psycopg://"):
        Store.open(address, KEY)


def test_a_missing_database_says_so(database: str) -> None:
    with pytest.raises(StoreUnavailable, match="Check that the database is running"):
        Store.open(database.replace(_name(database), "no_such"), KEY)


def test_a_database_that_may_only_be_read_says_so(database: str) -> None:
    administer(f"ALTER DATABASE {_name(database)} SET default_transaction_read_only = on")
    store = Store.open(database, KEY)
    with pytest.raises(StoreUnavailable, match="may only be read"), store.transaction() as transaction:
        save_number(transaction, 1, 5)
    store.close()


@pytest.mark.parametrize(
    ("error", "wanted", "sentence"),
    [
        (driver_errors.DiskFull, StoreUnavailable, "The disk of the database is full"),
        (driver_errors.TooManyConnections, StoreUnavailable, "short of memory or connections"),
        (driver_errors.OutOfMemory, StoreUnavailable, "short of memory or connections"),
        (driver_errors.SerializationFailure, StoreUnavailable, "busy"),
        (driver_errors.QueryCanceled, StoreUnavailable, "busy"),
        (driver_errors.CannotConnectNow, StoreUnavailable, "at here/base failed"),
        (driver_errors.CrashShutdown, StoreUnavailable, "at here/base failed"),
        (driver_errors.IdleInTransactionSessionTimeout, StoreUnavailable, "at here/base failed"),
        (driver_errors.InvalidPassword, StoreUnavailable, "name and password"),
        (driver_errors.InsufficientPrivilege, StoreUnavailable, "Let the account create tables"),
        (driver_errors.IoError, StoreUnavailable, "did not answer as it should"),
        (driver_errors.DataCorrupted, StoreDamaged, "damaged"),
        (driver_errors.IndexCorrupted, StoreDamaged, "damaged"),
    ],
)
def test_what_the_server_says_becomes_a_plain_sentence(error: type[Exception], wanted: type, sentence: str) -> None:
    """Those that cannot be brought about here: each as the driver raises it."""
    found = translated(OperationalError("statement", {}, error("canary")), read_url("postgresql://here/base"))
    assert type(found) is wanted
    assert sentence in str(found)
    assert "canary" not in str(found)


def test_a_mistake_in_the_program_stays_visible_but_shows_no_values(store: Store) -> None:
    with pytest.raises(DBAPIError) as caught, store.transaction() as transaction:
        transaction.connection.execute(text("SELECT nonsense WHERE 'x' = :value"), {"value": "canary-alpha"})
    assert not isinstance(caught.value, StoreUnavailable)
    assert "canary" not in str(caught.value)


def test_an_error_that_was_passed_over_is_never_committed_as_if_nothing_were(store: Store) -> None:
    """PostgreSQL answers such a commit by undoing everything, and says nothing."""

    def turn() -> None:
        with store.transaction() as transaction:
            save_number(transaction, 1, 5)
            with contextlib.suppress(DBAPIError):
                transaction.connection.execute(text("SELECT nonsense"))

    with pytest.raises(RuntimeError, match="passed over"):
        turn()
    with store.reading() as transaction:
        assert saved_number(transaction, 1) is None


def test_a_row_that_is_there_already_is_a_conflict_and_the_store_goes_on(store: Store) -> None:
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW)
    with pytest.raises(StoreConflict), store.transaction() as transaction:
        people.find_or_create(transaction, 2, new_id="a", at=NOW)
    with store.transaction() as transaction:
        assert people.find(transaction, 2) is None


def test_a_second_transaction_in_the_same_thread_is_a_mistake_not_a_long_wait(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError, match="already open"), store.transaction():
        pass


def test_a_reader_sees_one_moment_locks_nothing_and_may_not_write(store: Store) -> None:
    with store.transaction() as transaction:
        people.find_or_create(transaction, 1, new_id="a", at=NOW)
    with store.reading() as reading:
        before = people.find(reading, 1)
        with store.transaction() as transaction:
            people.save_blocked(transaction, "a", NOW + timedelta(minutes=1))
        assert people.find(reading, 1) == before
    with pytest.raises(StoreUnavailable, match="only be read"), store.reading() as reading:
        save_number(reading, 1, 5)
    with store.transaction() as transaction:
        found = people.find(transaction, 1)
        assert found is not None
        assert found.blocked_at is not None


def test_every_connection_is_set_up_for_safety(database: str) -> None:
    """Also where the server's own habit is to answer a commit before it is on the disk."""
    administer(f"ALTER DATABASE {_name(database)} SET synchronous_commit = off")
    administer(f"ALTER DATABASE {_name(database)} SET default_transaction_isolation = serializable")
    store = Store.open(database, KEY, busy_seconds=1.5)
    wanted = {
        "synchronous_commit": "on",
        "transaction_isolation": "read committed",
        "lock_timeout": "1500ms",
        "idle_in_transaction_session_timeout": "1min",
        "TimeZone": "UTC",
    }
    with store.transaction() as transaction:
        for name, value in wanted.items():
            assert transaction.connection.execute(text(f"SHOW {name}")).scalar() == value
    store.close()


def test_a_wrong_key_says_so_and_touches_nothing(database: str) -> None:
    administer(f"ALTER DATABASE {_name(database)} SET default_transaction_read_only = on")  # an attempt would show
    with pytest.raises(WrongKey, match=rf"that key's id is {KEY.key_id.hex()}, this one's is {OTHER_KEY.key_id.hex()}"):
        Store.open(database, OTHER_KEY)
    Store.open(database, KEY).close()


def test_a_wrong_key_is_known_before_the_tables_are_looked_at(database: str) -> None:
    _sql(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongKey):
        Store.open(database, OTHER_KEY)
    with pytest.raises(StoreFromTheFuture, match="tables 9999"):
        Store.open(database, KEY)


@pytest.mark.parametrize(
    "spoil", ["DROP TABLE store_facts", "DELETE FROM store_facts", "UPDATE store_facts SET value = 'x'"]
)
def test_a_store_that_lost_its_check_value_is_not_given_a_new_one(database: str, spoil: str) -> None:
    """Any key would then seem to fit, and two keys' values would lie side by side."""
    _sql(database, spoil)
    for key in (KEY, OTHER_KEY):
        with pytest.raises(StoreDamaged, match="key-check value"):
            Store.open(database, key)
    assert Store.exists(database)


def test_three_first_starts_at_once_all_get_a_whole_store_of_one_key(empty_database: str) -> None:
    assert not Store.exists(empty_database)
    code = (
        "import sys\nfrom bot.store import Store\nfrom tests.store.conftest import KEY\n"
        "Store.open(sys.argv[1], KEY).close()\n"
    )
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", code, empty_database]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert Store.exists(empty_database)
    with pytest.raises(WrongKey):
        Store.open(empty_database, OTHER_KEY)


def test_the_migrations_make_exactly_the_tables_of_tables_py(database: str) -> None:
    engine = create_engine(database)
    with engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(
                connection,
                opts={"include_name": lambda name, kind, _: not (kind == "table" and name == "store_facts")},
            ),
            metadata,
        )
    engine.dispose()
    assert found == []


def test_words_are_sealed_and_a_dump_of_the_database_holds_none(database: str, store: Store) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "x")
        walk = walks.open_walk_of(transaction, "person-1")
        assert walk is None
        walk = walks.open_walk(
            transaction, walk_id="w", person_id="person-1", reference="R", edition="e", entry="s", at=NOW
        )
        walks.append(transaction, walk, (), [walks.Change("answered", "q", "canary-delta")], NOW)
    engine = create_engine(database)
    with engine.connect() as connection:
        everything = "".join(str(connection.execute(table.select()).all()) for table in metadata.sorted_tables)
    engine.dispose()
    assert "person-1" in everything
    assert not re.search("canary|700001", everything)


def test_the_embedded_store_loads_nothing_of_postgresql(tmp_path: Path) -> None:
    """Whoever runs the bot on one machine must not pay for the other engine."""
    Store.open(tmp_path / "store.db", KEY).close()
    code = (
        "import pathlib, sys\nfrom bot.store import MasterKey, Store\n"
        "store = Store.open(pathlib.Path(sys.argv[1]), MasterKey(bytes(range(32))))\nwith store.transaction(): pass\n"
        "print([name for name in sys.modules if 'postgresql' in name or 'psycopg' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store.db")], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
