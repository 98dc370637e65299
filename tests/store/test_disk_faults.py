"""Every call by which a turn writes to the disk fails, one after the other, with each error that a disk can give.

Whatever fails: the turn is saved whole or not at all, the error says so in the store's own words, and once the
disk works again the same update is dealt with, once, without anybody's hands.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import TracebackType

import pytest

from bot.store import Store
from tests.bot.running import seen_by_the_store, wait_until
from tests.store.faulty_disk import CAN_FAIL, WHY_NOT, WRITING, FaultyDisk
from tests.store.postgresql import KEY

pytestmark = pytest.mark.skipif(not CAN_FAIL, reason=WHY_NOT)

ALL = os.environ.get("DISK_FAULTS") == "all"
"""Every call with every error, for a minute; otherwise every call once, with one error after the other."""
TEXTS = ("/start", "start", "no", "england")
"""A walk's beginning, each text a turn."""
READING = frozenset({"pread64", "openat"})
FOREVER, ONCE = None, 1
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)


class Turns:
    """The process with the intake, and the disk it writes to."""

    def __init__(self, folder: Path) -> None:
        self.disk = FaultyDisk(folder)
        self.path = folder / "store.db"
        self.updates = 0
        self.chats = 0
        self.struck = 0

    def __enter__(self) -> Turns:
        self.disk.__enter__()
        command = [sys.executable, "-m", "tests.store.one_by_one", str(self.disk.folder), self.disk.address]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
            self.process.wait(10)
        self.disk.__exit__(kind, error, trace)

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def give(self, text: str) -> str:
        """Let the intake take the present update. Gives "saved" or the class of the error."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{self.updates} {self.chats} {text}\n")
        self.process.stdin.flush()
        return self._line()

    def walk(self) -> Iterator[str]:
        """Somebody's turns, each for the caller to give."""
        self.chats += 1
        for text in TEXTS:
            self.updates += 1
            yield text

    def walk_whatever_fails(self) -> None:
        """Somebody's turns; what fails is given again, on a disk that works again."""
        for text in self.walk():
            became = self.give(text)
            if became != "saved":
                assert became == "StoreUnavailable", f"{became} at call {self.disk.seen[-1]}"
                self.disk.heal()
                assert self.give(text) == "saved", "as soon as the disk works"
        self.struck += self.disk.struck > 0
        self.disk.struck = 0
        self.disk.heal()

    def check(self, answered: tuple[str, ...] = ("entry", "danger", "nation")) -> None:
        """Everybody's turns are there, whole, once and in order, and the file is sound."""
        store = Store.open(self.path, KEY)
        try:
            with store.reading() as transaction:
                execute = transaction.connection.exec_driver_sql
                assert execute("PRAGMA integrity_check").scalar() == "ok"
                assert execute("PRAGMA cipher_integrity_check").fetchall() == []
                finished = execute("SELECT update_id FROM updates WHERE finished_at IS NOT NULL ORDER BY 1").scalars()
                assert list(finished) == list(range(1, self.updates + 1))
            for chat in range(1, self.chats + 1):
                turn = seen_by_the_store(store, chat)
                assert tuple(entry.question for entry in turn.log) == answered, chat
        finally:
            store.close()


def sites(calls: list[tuple[str, str]], kinds: frozenset[str]) -> list[int]:
    """Which of the calls of these kinds to strike: all, or the first and the last of each run of the same kind."""
    fitting = [one for one in calls if one[0] in kinds]
    ends = {len(fitting) - 1}
    for place, one in enumerate(fitting):
        if place == 0 or one != fitting[place - 1]:
            ends |= {place, max(place - 1, 0)}
    return list(range(len(fitting))) if ALL else sorted(ends)


def test_whatever_write_fails_nothing_is_lost_halved_or_doubled(tmp_path: Path) -> None:
    with Turns(tmp_path) as turns:
        for _ in range(2):
            before = len(turns.disk.seen)
            turns.walk_whatever_fails()
        places = sites(turns.disk.seen[before:], WRITING)
        assert len(places) >= 16, "pages and a sync for each of four turns, and a checkpoint"
        for number, (site, times) in enumerate(product(places, (ONCE, FOREVER))):
            for error in ERRORS if ALL else (ERRORS[number % len(ERRORS)],):
                turns.disk.refuse(error, WRITING, skip=site, times=times)
                turns.walk_whatever_fails()
        assert turns.struck >= len(places) * (6 if ALL else 2) * 0.9, "the faults were really met"
    turns.check()


def test_whatever_read_fails_when_the_store_is_looked_at_again_nothing_is_lost(tmp_path: Path) -> None:
    """After a fault the bot looks at the files anew; the disk may not be whole yet."""
    with Turns(tmp_path) as turns:
        calls: list[tuple[str, str]] = []

        def fail_twice(second: int | None) -> None:
            text = next(turns.walk())
            turns.disk.full()
            assert turns.give(text) == "StoreUnavailable"
            turns.disk.heal()
            calls.clear()
            before = len(turns.disk.seen)
            if second is not None:
                turns.disk.refuse(errno.EIO, READING, skip=second, times=ONCE)
                # A page that was not read is at first taken for a damaged one; the file is then read whole.
                assert turns.give(text) in ("saved", "StoreUnavailable", "StoreDamaged")
                turns.disk.heal()
            wait_until(lambda: turns.give(text) == "saved")
            calls.extend(turns.disk.seen[before:])

        fail_twice(None)
        places = sites(calls, READING)
        for site in places:
            fail_twice(site)
        assert turns.disk.struck > len(places)
    turns.check(answered=())
