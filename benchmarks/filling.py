"""Stores that hold what years of use leave behind: filled through the store's own tables, kept in the scratch folder.

The first row of each table is written by the store's own functions, the others are like it but for their keys. The
sealed content of a record is shorter here than a real one, so that a million of them are written within minutes. A turn
does not read them: what it must not feel is how many there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Table, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.in_process import KEY
from benchmarks.machine import scratch
from bot.store import Store, due, people, records, tables, walks
from bot.store.people import ScreenShown
from bot.store.records import RecordRow
from bot.store.transaction import Transaction
from bot.store.walks import Change

AT_ONCE = 5_000
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
FIRST_CHAT = 5_000_000_000
SAID = ("entry", "danger", "nation", "age", "worry", "who_did", "harm", "children", "tell_family", "role")
DECIDED = "What was decided, and why. " * 40

Line = dict[str, Any]
First = Mapping[str, Line]
"""The first row of each table."""


def filled(count: int, persons: int, open_walks: int) -> Path:
    """The file of a store with so many records, people and open walks of ten answers; made now if it is not there."""
    path = scratch() / f"{_fingerprint()}-{count}-{persons}-{open_walks}" / "sharewise.db"
    done = path.with_name("filled")
    if done.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    for left in path.parent.glob("sharewise.db*"):
        left.unlink()  # from a filling that was broken off
    typer.echo(f"Filling a store with {count:,} records, once; it is kept in {path.parent}.", err=True)
    store = Store.open(path, KEY)
    first = store.run(_write_first)
    _write(store, tables.people, lambda transaction: _people(transaction, first["people"], persons))
    _write(store, tables.walks, lambda _: _walks(first["walks"], count, persons, open_walks))
    _write(store, tables.answers, lambda transaction: _answers(transaction, first["answers"], open_walks))
    _write(store, tables.records, lambda transaction: _records(transaction, first["records"], count, persons))
    store.close()
    done.touch()
    return path


def add_due(path: Path, count: int) -> None:
    """So many rows that are due in a year."""
    in_a_year = datetime.now(UTC) + timedelta(days=365)

    def add(transaction: Transaction) -> None:
        for number in range(count):
            subject = _id(number)
            due.add(transaction, row_id=subject, kind="review", subject=subject, person_id=None, due_at=in_a_year)

    store = Store.open(path, KEY)
    store.run(add)
    store.close()


def _id(number: int) -> str:
    return f"{number:032x}"


def _reference(number: int) -> str:
    return f"SW-{number:08d}"


def _fingerprint() -> str:
    """Changes with the tables, so that a store of yesterday's tables is not taken for today's."""
    dialect, made = sqlite.dialect(), []
    for table in tables.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    return hashlib.sha256("".join(made).encode()).hexdigest()[:12]


def _write_first(transaction: Transaction) -> First:
    """One person with a finished walk and its record: number 0."""
    person = people.find_or_create(transaction, FIRST_CHAT, new_id=_id(0), at=BEGAN, language="en")
    people.save_screen(transaction, person.id, ScreenShown(1, 12, "walk", ""))
    walk = walks.open_walk(
        transaction,
        walk_id=_id(0),
        person_id=person.id,
        reference=_reference(0),
        edition="england",
        entry="start",
        at=BEGAN,
    )
    walk, _ = walks.append(transaction, walk, (), [Change("answered", SAID[0], ["start"])], BEGAN)
    walks.finish(transaction, walk, BEGAN)
    content = {"text": DECIDED}
    record = RecordRow(_reference(0), walk.id, person.id, "england", "O5", "complete", BEGAN, content, BEGAN)
    records.save(transaction, record)
    return {
        table.name: transaction.execute(select(table)).one()._asdict()
        for table in (tables.people, tables.walks, tables.answers, tables.records)
    }


def _write(store: Store, table: Table, lines: Callable[[Transaction], Iterator[Line]]) -> None:
    """Many rows, some thousands in each transaction. The lines go on where the transaction before ended."""
    with store.reading() as sealing:
        waiting = lines(sealing)
        while batch := list(islice(waiting, AT_ONCE)):
            with store.transaction() as transaction:
                transaction.execute(insert(table), batch)


def _people(transaction: Transaction, first: Line, count: int) -> Iterator[Line]:
    for number in range(1, count):
        chat = FIRST_CHAT + number
        sealed = transaction.sealer.seal(str(chat), "people", "chat_id", _id(number))
        yield {**first, "id": _id(number), "chat_hash": people.chat_hash(transaction, chat), "chat_id": sealed}


def _walks(first: Line, finished: int, persons: int, open_walks: int) -> Iterator[Line]:
    """Those that are open come first: each is the walk of the person of the same number."""
    for number in range(1, open_walks + finished):
        line = {**first, "id": _id(number), "reference": _reference(number), "person_id": _id(number % persons)}
        if number < open_walks:
            line |= {"person_id": _id(number), "status": "open", "finished_at": None}
        yield line


def _answers(transaction: Transaction, first: Line, open_walks: int) -> Iterator[Line]:
    for number in range(1, open_walks):
        for place, question in enumerate(SAID, 1):
            sealed = transaction.sealer.seal('["unsure"]', "answers", "value", _id(number), place)
            yield {**first, "walk_id": _id(number), "sequence": place, "question": question, "value": sealed}


def _records(transaction: Transaction, first: Line, count: int, persons: int) -> Iterator[Line]:
    content = f'{{"text":"{DECIDED}"}}'
    for number in range(1, count):
        reference = _reference(number)
        yield {
            **first,
            "reference": reference,
            "walk_id": None,
            "person_id": _id(number % persons),
            "made_at": BEGAN + timedelta(minutes=number),
            "content": transaction.sealer.seal(content, "records", "content", reference),
        }
