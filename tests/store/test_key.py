"""The key: made once, kept from others, never replaced beside a store, and a wrong one never touches anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.store import KeyUnusable, MasterKey, Store, StoreDamaged, StoreGone, StoreUnavailable, WrongKey
from bot.store.key import key_from_file, key_from_setting
from bot.store.key_check import check_path, store_exists
from tests.store.conftest import KEY, OTHER_KEY, saved_number


def test_a_first_run_makes_a_key_for_its_owner_alone_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.key"
    key, made = key_from_file(file, store_exists=False, random_bytes=lambda count: b"\xab" * count)
    assert made
    assert file.read_text() == "ab" * 32 + "\n"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [entry.name for entry in file.parent.iterdir()] == ["master.key"], "no draft may be left behind"
    again, made_again = key_from_file(file, store_exists=True)
    assert (again.check_value(), made_again) == (key.check_value(), False)


def test_two_first_runs_at_once_end_with_one_key(tmp_path: Path) -> None:
    """The slower one must take the quicker one's key, or a store would be made that no key opens."""
    file = tmp_path / "master.key"

    def slow(count: int) -> bytes:
        file.write_text("cd" * 32)
        file.chmod(0o600)
        return b"\xab" * count

    key, made = key_from_file(file, store_exists=False, random_bytes=slow)
    assert (made, key.key_id) == (False, MasterKey(b"\xcd" * 32).key_id)


def test_a_missing_key_beside_a_store_never_makes_a_new_one(store: Store, path: Path) -> None:
    assert store_exists(path)
    file = path.with_name("master.key")
    with pytest.raises(KeyUnusable, match="is missing"):
        key_from_file(file, store_exists=store_exists(path))
    assert not file.exists()


@pytest.mark.parametrize("left", ["", "-wal", ".keycheck"])
def test_anything_left_of_a_store_counts_as_a_store(path: Path, left: str) -> None:
    assert not store_exists(path)
    Path(f"{path}{left}").write_bytes(b"x")
    assert store_exists(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610])
def test_a_key_file_open_to_others_is_refused_with_the_command_to_run(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "master.key"
    file.write_text("ab" * 32)
    file.chmod(mode)
    with pytest.raises(KeyUnusable, match=f"permissions {mode:o}.*chmod 600 {file}"):
        key_from_file(file, store_exists=True)


@pytest.mark.parametrize("content", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 32 + "\n" + "ab" * 32, "é" * 64])
def test_a_key_file_without_a_key_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    file = tmp_path / "master.key"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(KeyUnusable, match="does not hold a key"):
        key_from_file(file, store_exists=False)
    assert file.read_text() == content


def test_a_key_file_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match="give the key as a setting"):
        key_from_file(tmp_path / "file" / "master.key", store_exists=False)


def test_a_key_given_as_a_setting(tmp_path: Path) -> None:
    assert key_from_setting(SecretStr("AB" * 32 + "\n")).key_id == MasterKey(b"\xab" * 32).key_id
    with pytest.raises(KeyUnusable) as caught:
        key_from_setting(SecretStr("secret-but-not-a-key"))
    assert "secret-but-not" not in str(caught.value)


def test_every_use_has_a_key_of_its_own_and_the_master_key_shows_none() -> None:
    derived = [KEY.database_key(), KEY.check_value(), KEY._derived(b"sealing"), KEY._derived(b"lookup")]
    assert len({*derived, bytes(range(32))}) == 5
    assert bytes(range(32)).hex() not in repr(KEY)


# Stored data outlives the code: if one of these changes, no existing store opens any more.
def test_the_derived_keys_stay_as_they_are() -> None:
    assert KEY.key_id.hex() == "159c498b"
    assert KEY.database_key().hex() == "6bbf345809828cc363588e1c2afbd36ad433c1a83786a01cb4de64efd5de5b3a"
    assert KEY.check_value().hex() == "87159c18d1740d30684a63824854edcee075579cd1de0e5a084045c88d617857"
    assert (
        KEY.sealer().keyed_hash("people.chat_id", 1).hex()
        == "3abfd69ddf2ab8ad32df68ee4a875110ee27d852921ec9d54d3de2cd9b51d51c"
    )


CRASHED = """
import os, pathlib, sys
from bot.store import Store
from tests.store.conftest import KEY, save_number
store = Store.open(pathlib.Path(sys.argv[1]), KEY)
with store.transaction() as transaction:
    save_number(transaction, 1, 42)
os._exit(0)
"""


@pytest.fixture(scope="module")
def crashed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose last commit is in the write-ahead log only, as after a power cut."""
    path = tmp_path_factory.mktemp("crashed") / "store.db"
    subprocess.run([sys.executable, "-c", CRASHED, str(path)], check=True)
    assert Path(f"{path}-wal").stat().st_size > 0
    return path


@pytest.fixture
def crashed(crashed_once: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    folder = tmp_path / "copy"
    shutil.copytree(crashed_once.parent, folder)
    return folder / crashed_once.name


def _everything(path: Path) -> dict[str, tuple[bytes, int]]:
    return {entry.name: (entry.read_bytes(), entry.stat().st_mtime_ns) for entry in path.parent.iterdir()}


def test_a_wrong_key_says_so_and_touches_nothing(crashed: Path) -> None:
    """Opening with a wrong key for writing could throw away the write-ahead log, and with it the last turns."""
    before = _everything(crashed)
    assert {"store.db", "store.db-wal", "store.db-shm"} <= set(before)
    with pytest.raises(WrongKey, match="not the key that the store at"):
        Store.open(crashed, OTHER_KEY)
    assert _everything(crashed) == before
    store = Store.open(crashed, KEY)
    with store.reading() as transaction:
        assert saved_number(transaction, 1) == 42
    store.close()


def test_without_its_check_value_a_store_proves_the_key_before_anything_is_touched(crashed: Path) -> None:
    check_path(crashed).unlink()
    before = _everything(crashed)
    with pytest.raises(StoreDamaged, match="either the key is wrong or the store is damaged"):
        Store.open(crashed, OTHER_KEY)
    assert _everything(crashed) == before
    store = Store.open(crashed, KEY)
    with store.reading() as transaction:
        assert saved_number(transaction, 1) == 42
    store.close()
    with pytest.raises(WrongKey):
        Store.open(crashed, OTHER_KEY)


def test_a_lone_log_without_check_value_is_left_alone(crashed: Path) -> None:
    """With an empty database file any key seems to fit; the log would be lost."""
    check_path(crashed).unlink()
    os.truncate(crashed, 0)
    before = _everything(crashed)
    with pytest.raises(StoreDamaged):
        Store.open(crashed, KEY)
    assert _everything(crashed) == before


def test_a_damaged_first_page_is_not_called_a_wrong_key(store: Store, path: Path) -> None:
    store.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="The key is right, but"):
        Store.open(path, KEY)
    assert path.read_bytes() == bytes(content)


def test_a_damaged_check_value_is_not_called_a_wrong_key(store: Store, path: Path) -> None:
    store.close()
    check_path(path).write_text("sharewise")
    with pytest.raises(StoreDamaged, match=r"key-check file .* is damaged"):
        Store.open(path, KEY)


@pytest.mark.parametrize("left", [[""], ["", ".keycheck"]])
def test_a_store_whose_making_was_cut_short_is_made_by_the_next_start(path: Path, left: list[str]) -> None:
    """First an empty file, then the check value, then the tables: either may be all there is, and stands in no way."""
    Store.open(path, KEY).close()
    os.truncate(path, 0)
    for file in list(path.parent.iterdir()):
        if file.name.removeprefix(path.name) not in left:
            file.unlink()
    Store.open(path, KEY).close()
    assert path.stat().st_size > 0


@pytest.mark.parametrize("how", ["deleted", "emptied beside its log"])
def test_a_store_that_was_deleted_is_not_quietly_begun_anew(crashed: Path, how: str) -> None:
    """Its check value says that there was one: an empty one would hide the loss, and throw away its log."""
    crashed.unlink() if how == "deleted" else os.truncate(crashed, 0)
    before = _everything(crashed)
    with pytest.raises(StoreGone, match="moved, replaced or deleted"):
        Store.open(crashed, KEY)
    assert _everything(crashed) == before
