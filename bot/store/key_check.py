"""The key-check value beside the store, compared before the store is opened.

SQLCipher gives the same error for a wrong key and for a damaged first page, and opening with a wrong key for writing
can throw away the write-ahead log. So the key is checked here first, without a database.
"""

from __future__ import annotations

import hmac
from pathlib import Path

from bot.store.errors import StoreDamaged, StoreUnavailable, WrongKey
from bot.store.key import MasterKey
from bot.store.once import write_once
from states.text import say

_FORM = "sharewise-key-check-1"
LOG_ENDING = "-wal"
"""What SQLite adds to the database's name for its write-ahead log (https://sqlite.org/wal.html)."""


def check_path(database: Path) -> Path:
    """Where the key-check value of this store lies."""
    return database.with_name(database.name + ".keycheck")


def log_path(database: Path) -> Path:
    """Where SQLite keeps this store's write-ahead log."""
    return Path(f"{database}{LOG_ENDING}")


def has_database(database: Path) -> bool:
    """Whether there is anything of a database: the file itself or its write-ahead log."""
    return has_content(database) or has_content(log_path(database))


def has_content(file: Path) -> bool:
    """Whether the file is there and not empty."""
    return file.exists() and file.stat().st_size > 0


def store_exists(database: Path) -> bool:
    """Whether a store was ever made here. A key-check value alone counts: it was written for a key that exists."""
    return check_path(database).exists() or has_database(database)


def write_check(database: Path, key: MasterKey) -> None:
    """Write the key-check value. Raises StoreUnavailable, or WrongKey if another key was quicker."""
    path = check_path(database)
    content = f"{check_text(key)}\n".encode()
    try:
        written = write_once(path, content)
    except OSError as error:
        raise StoreUnavailable(
            say(
                "The store could not be made at {path}: {reason}. Nothing was saved. Check the folder and start again.",
                path=str(database),
                reason=error.strerror or type(error).__name__,
            )
        ) from error
    if not written:
        compare_check(database, key)


def compare_check(database: Path, key: MasterKey) -> bool:
    """Compare the key with the key-check value; False if there is none. Touches nothing.

    Raises WrongKey, StoreDamaged (the key-check file is not one) or StoreUnavailable.
    """
    path = check_path(database)
    try:
        words = path.read_text(encoding="ascii", errors="replace").split()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreUnavailable(
            say(
                "The file {path} could not be read: {reason}. Nothing was opened or changed.",
                path=str(path),
                reason=error.strerror or type(error).__name__,
            )
        ) from error
    if not is_check(words):
        raise StoreDamaged(
            say(
                "The key-check file {path} is damaged. Nothing was opened or changed. Restore it from a backup; or, "
                "if you have none, move it away and start again: the store then checks the key by itself.",
                path=str(path),
            )
        )
    compare(words, key, str(database))
    return True


def check_text(key: MasterKey) -> str:
    """The key-check value as it is kept."""
    return f"{_FORM} {key.key_id.hex()} {key.check_value().hex()}"


def is_check(words: list[str]) -> bool:
    """Whether these are the words of a key-check value, of whatever key."""
    return len(words) == 3 and words[0] == _FORM


def compare(words: list[str], key: MasterKey, store: str) -> None:
    """Raises WrongKey if these are the words of another key's check value. `store`: where the store is, for people."""
    if not hmac.compare_digest(words[2].encode(), key.check_value().hex().encode()):
        raise WrongKey(
            say(
                "This is not the key that the store at {path} was made with (that key's id is {wanted}, this one's is "
                "{given}). Nothing was opened or changed. Start again with the right key.",
                path=store,
                wanted=words[1],
                given=key.key_id.hex(),
            )
        )
