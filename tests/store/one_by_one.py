"""`python -m tests.store.one_by_one FOLDER DISK`: the real intake over a store whose disk fails when told to.

Each line of its input is one update, "UPDATE CHAT TEXT"; each line of its output is what became of it: "saved" or
the class of the error. "checkpoint PAGES" lets SQLite bring its log into the file after so many pages.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from bot.intake import Intake
from bot.store import Store, StoreError
from bot.store.reopening import ReopeningStore
from bot.turns.incoming import Came, Incoming
from bot.turns.turn import Surroundings
from states.flow import the_flow
from tests.store.faulty_disk import submit
from tests.store.postgresql import KEY

BOT = 1
CHECKPOINT_PAGES = 40


def opened(path: Path, make: bool) -> Store:
    store = Store.open(path, KEY, busy_seconds=0.2, make=make)

    @event.listens_for(store._writing, "connect")  # type: ignore[attr-defined]
    def often(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}").fetchall()  # type: ignore[attr-defined]

    return store


def main(folder: str, disk: str) -> None:
    path = Path(folder) / "store.db"
    store = ReopeningStore(
        opened(path, True), lambda make: opened(path, make), lambda _: None, shared=False, retry_seconds=0.02
    )
    intake = Intake(store, Surroundings(the_flow(), os.urandom), BOT, lambda: datetime.now(UTC))
    submit(disk)
    print("ready", flush=True)
    for line in sys.stdin:
        update, chat, text = line.split(maxsplit=2)
        try:
            intake.take(Incoming(int(update), Came.TEXT, int(chat), int(update), text.strip())).result()
            print("saved", flush=True)
        except StoreError as error:
            print(type(error).__name__, flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
