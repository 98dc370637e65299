"""Stores that hold what years of use leave behind: filled through the store's own tables, kept in the scratch folder.

The sealed content of a record is shorter here than a real one, so that a million of them are written within minutes. A
turn does not read them: what it must not feel is how many there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.in_process import KEY
from benchmarks.machine import scratch
from bot.store import Store, people, tables
from bot.store.transaction import Transaction

AT_ONCE = 5_000
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
FIRST_CHAT = 5_000_000_000
SAID = ("entry", "danger", "nation", "age", "worry", "who_did", "harm", "children", "tell_family", "role")
RECORD = '{"text":"' + "What was decided, and why. " * 40 + '"}'

Line = dict[str, Any]


def filled(records: int, persons: int, open_walks: int) -> Path:
    """The file of a store with so many records, people and open walks of ten answers; made now if it is not there."""
    path = scratch() / f"{_fingerprint()}-{records}-{persons}-{open_walks}" / "sharewise.db"
    done = path.with_name("filled")
    if done.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    for left in path.parent.glob("sharewise.db*"):
        left.unlink()  # from a filling that was broken off
    typer.echo(f"Filling a store with {records:,} records, once; it is kept in {path.parent}.", err=True)
    store = Store.open(path, KEY)
    _write(store, tables.people, lambda transaction: _people(transaction, persons))
    _write(store, tables.walks, lambda _: _walks(records, persons, open_walks))
    _write(store, tables.answers, lambda transaction: _answers(transaction, open_walks))
    _write(store, tables.records, lambda transaction: _records(transaction, records, persons))
    store.close()
    done.touch()
    return path


def add_due(path: Path, count: int) -> None:
    """So many rows that are due in a year."""
    store = Store.open(path, KEY)
    lines = (
        {"id": f"{n:032x}", "kind": "review", "subject": f"{n:032x}", "due_at": _in_a_year(), "tries": 0}
        for n in range(count)
    )
    _write(store, tables.due, lambda _: lines)
    store.close()


def _in_a_year() -> datetime:
    return datetime.now(UTC) + timedelta(days=365)


def _fingerprint() -> str:
    """Changes with the tables, so that a store of yesterday's tables is not taken for today's."""
    dialect, made = sqlite.dialect(), []
    for table in tables.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    return hashlib.sha256("".join(made).encode()).hexdigest()[:12]


def _write(store: Store, table: Table, lines: Callable[[Transaction], Iterator[Line]]) -> None:
    """Many rows, some thousands in each transaction. The lines go on where the transaction before ended."""
    with store.reading() as sealing:
        waiting = lines(sealing)
        while batch := list(islice(waiting, AT_ONCE)):
            with store.transaction() as transaction:
                transaction.connection.execute(insert(table), batch)


def _people(transaction: Transaction, count: int) -> Iterator[Line]:
    for number in range(count):
        chat, id_ = FIRST_CHAT + number, f"{number:032x}"
        yield {
            "id": id_,
            "chat_hash": people.chat_hash(transaction, chat),
            "chat_id": transaction.sealer.seal(str(chat), "people", "chat_id", id_),
            "created_at": BEGAN,
            "language": "en",
            "mode": "edit",
            "nation": "eng",
            "screen_message_id": number + 1,
            "screen_revision": 12,
            "view": "walk",
            "view_detail": "",
        }


def _walks(finished: int, persons: int, open_walks: int) -> Iterator[Line]:
    """The open ones first: the walk of this number is that of the person of the same number."""
    for number in range(open_walks + finished):
        at = BEGAN + timedelta(minutes=number)
        is_open = number < open_walks
        yield {
            "id": f"{number:032x}",
            "person_id": f"{(number if is_open else number % persons):032x}",
            "reference": f"SW-{number:08d}",
            "edition": "england",
            "entry": "start",
            "status": "open" if is_open else "finished",
            "revision": len(SAID),
            "started_at": at,
            "updated_at": at,
            "finished_at": None if is_open else at,
        }


def _answers(transaction: Transaction, open_walks: int) -> Iterator[Line]:
    for number in range(open_walks):
        walk = f"{number:032x}"
        for place, question in enumerate(SAID, 1):
            sealed = transaction.sealer.seal('["unsure"]', "answers", "value", walk, place)
            line = {"walk_id": walk, "sequence": place, "kind": "answered", "question": question}
            yield {**line, "value": sealed, "at": BEGAN}


def _records(transaction: Transaction, count: int, persons: int) -> Iterator[Line]:
    for number in range(count):
        reference = f"SW-{number:08d}"
        yield {
            "reference": reference,
            "walk_id": None,
            "person_id": f"{number % persons:032x}",
            "edition": "england",
            "outcome": "O5",
            "status": "complete",
            "made_at": BEGAN + timedelta(minutes=number),
            "content": transaction.sealer.seal(RECORD, "records", "content", reference),
            "delete_after": None,
        }
