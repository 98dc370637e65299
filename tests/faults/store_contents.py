"""What the store holds, read by SQL of our own: none of the code that wrote it is asked.

A store whose bot was just killed is not opened where it is, since opening it would mend it: its files are copied, and
the copy is what a restart would find.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import psycopg
from sqlcipher3 import dbapi2 as sqlcipher

from bot.store import MasterKey
from bot.store.sealing import Sealer

Read = Callable[[str], Iterable[tuple[Any, ...]]]
"""Asks the database, and gives the rows."""


@dataclass(frozen=True)
class Line:
    """One line of a walk's log of answers."""

    sequence: int
    kind: str
    question: str
    answer: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class WalkHeld:
    """One walk, with its log as far as it is still kept."""

    id: str
    person_id: str
    reference: str
    status: str
    revision: int
    log: tuple[Line, ...]


@dataclass(frozen=True)
class RecordHeld:
    """One record."""

    reference: str
    walk_id: str | None
    person_id: str | None
    status: str
    content: dict[str, Any]


@dataclass(frozen=True)
class PersonHeld:
    """One person, and the screen that their chat should show: its message, its number and what it is."""

    id: str
    message_id: int | None
    revision: int
    view: str
    blocked: bool


@dataclass(frozen=True)
class Owed:
    """A row of the outbox: something that is still to be said."""

    number: int
    kind: str
    tries: int
    held_by: str | None


@dataclass(frozen=True)
class StepHeld:
    """One step of a call for a lead: what happened, by whom as a role, and what they said."""

    at: datetime
    what: str
    role: str
    text: str


@dataclass(frozen=True)
class PingHeld:
    """One message that asks one person. `message_id`: None until it is known."""

    id: str
    person_id: str
    made_at: datetime
    message_id: int | None
    declined: bool


@dataclass(frozen=True)
class EscalationHeld:
    """One call for a lead, all its steps and pings in order. `due_at`: when the bot looks at it next. `bypassed`:
    people who must hear nothing of it; `without`: roles that must not."""

    id: str
    reference: str
    asked_by: str | None
    urgency: str
    state: str
    holder: str | None
    offered_to: str | None
    bypassed: frozenset[str]
    without: frozenset[str]
    due_at: datetime | None
    steps: tuple[StepHeld, ...]
    pings: tuple[PingHeld, ...]


@dataclass
class Contents:
    """Everything that the checker asks about."""

    people: dict[int, PersonHeld] = field(default_factory=dict)
    walks: dict[str, WalkHeld] = field(default_factory=dict)
    records: list[RecordHeld] = field(default_factory=list)
    dealt_with: dict[int, datetime] = field(default_factory=dict)
    """The moment of each update's turn."""
    set_aside: list[int] = field(default_factory=list)
    messages: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By person: the messages that the store knows to have been in the chat."""
    owed: list[Owed] = field(default_factory=list)
    due: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """By person: the kind and the stage of each thing that is to happen later."""
    escalations: dict[str, EscalationHeld] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By person: what they are in the organisation."""
    broken: list[str] = field(default_factory=list)
    """What the database itself says is wrong with it."""

    def open_walk(self, person_id: str) -> WalkHeld | None:
        """The person's open walk."""
        return next((one for one in self.walks.values() if one.person_id == person_id and one.status == "open"), None)


class Reader(ABC):
    """Reads one store."""

    def __init__(self, key: MasterKey) -> None:
        self._sealer: Sealer = key.sealer()

    @abstractmethod
    def after_death(self) -> Contents:
        """What a restart would find, read before there is one."""

    @abstractmethod
    def while_running(self) -> Contents:
        """What was committed last, read beside the bot."""

    @abstractmethod
    def owes_nothing(self, now: float) -> bool:
        """Whether nothing is to be said, and nothing is due by `now`; not while the store is only just being made."""

    def bury(self, worker: str) -> None:  # noqa: B027  a file knows of no connections
        """Wait until the store knows that this worker is dead: the server may still be at a commit that it sent."""

    def let_go_of(self, worker: str) -> None:  # noqa: B027  a bot that is alone lets go of everything when it starts
        """Do at once what happens when a dead worker's leases have run out, so that a test need not wait for it."""

    def _contents(self, read: Read) -> Contents:
        unseal = self._sealer.unseal
        found = Contents()
        for id_, chat, message, revision, view, blocked in read(
            "SELECT id, chat_id, screen_message_id, screen_revision, view, blocked_at FROM people"
        ):
            number = int(unseal(bytes(chat), "people", "chat_id", id_))
            found.people[number] = PersonHeld(id_, message, revision, view or "", blocked is not None)
        logs = self._logs(read)
        for id_, person, reference, status, revision in read(
            "SELECT id, person_id, reference, status, revision FROM walks"
        ):
            found.walks[id_] = WalkHeld(id_, person, reference, status, revision, tuple(logs[id_]))
        for reference, walk, person, status, content in read(
            "SELECT reference, walk_id, person_id, status, content FROM records"
        ):
            words = unseal(bytes(content), "records", "content", reference)
            found.records.append(RecordHeld(reference, walk, person, status, json.loads(words)))
        for number, at, aside in read("SELECT update_id, finished_at, set_aside FROM updates"):
            if at is not None:
                found.dealt_with[number] = _moment(at)
            if aside:
                found.set_aside.append(number)
        for person, number in read("SELECT person_id, message_id FROM messages"):
            found.messages[person].add(number)
        for number, kind, tries, holder in read("SELECT number, kind, tries, leased_by FROM outbox ORDER BY number"):
            found.owed.append(Owed(number, kind, tries, holder))
        for person, kind, stage in read("SELECT person_id, kind, stage FROM due WHERE person_id IS NOT NULL"):
            found.due[person].append((kind, stage))
        for person, role in read("SELECT person_id, role FROM members WHERE status = 'active'"):
            found.roles[person].add(role)
        found.escalations = {one.id: one for one in self._escalations(read)}
        return found

    def _escalations(self, read: Read) -> Iterator[EscalationHeld]:
        steps, pings = self._steps(read), _pings(read)
        due = {one: _moment(at) for one, at in read("SELECT subject, due_at FROM due WHERE kind = 'escalation'")}
        for id_, reference, asked_by, urgency, state, holder, offered_to, content in read(
            "SELECT id, reference, asked_by, urgency, state, holder, offered_to, content FROM escalations"
        ):
            kept = json.loads(self._sealer.unseal(bytes(content), "escalations", "content", id_))
            yield EscalationHeld(
                *(id_, reference, asked_by, urgency, state, holder, offered_to),
                bypassed=frozenset(kept["bypassed"]),
                without=frozenset(kept["without"]),
                due_at=due.get(id_),
                steps=tuple(steps[id_]),
                pings=tuple(pings[id_]),
            )

    def _steps(self, read: Read) -> dict[str, list[StepHeld]]:
        steps: dict[str, list[StepHeld]] = defaultdict(list)
        for id_, sequence, at, what, role, text in read(
            "SELECT escalation_id, sequence, at, what, role, text FROM escalation_steps ORDER BY sequence"
        ):
            words = self._sealer.unseal(bytes(text), "escalation_steps", "text", id_, sequence)
            steps[id_].append(StepHeld(_moment(at), what, role, words))
        return steps

    def _logs(self, read: Read) -> dict[str, list[Line]]:
        logs: dict[str, list[Line]] = defaultdict(list)
        for walk, sequence, kind, question, value, at in read(
            "SELECT walk_id, sequence, kind, question, value, at FROM answers ORDER BY walk_id, sequence"
        ):
            sealed = (bytes(value), "answers", "value", walk, sequence) if value is not None else None
            answer = json.loads(self._sealer.unseal(*sealed)) if sealed else ()
            logs[walk].append(Line(sequence, kind, question, tuple(answer), _moment(at)))
        return logs


class EmbeddedReader(Reader):
    """An encrypted file."""

    def __init__(self, path: Path, key: MasterKey) -> None:
        super().__init__(key)
        self._path = path
        self._key = key.database_key().hex()

    def after_death(self) -> Contents:
        """See `Reader`."""
        if not self._path.exists():
            return Contents()
        with tempfile.TemporaryDirectory(prefix="image-", dir=self._path.parent) as folder:
            for path in (self._path, self._path.with_name(self._path.name + "-wal")):
                if path.exists():
                    shutil.copy(path, folder)
            with self._open(Path(folder) / self._path.name, "rw") as read:
                tables = {name for (name,) in read("SELECT name FROM sqlite_master WHERE type = 'table'")}
                found = self._contents(read) if tables >= {"outbox", "escalations"} else Contents()
                found.broken = _broken(read)
                return found

    def while_running(self) -> Contents:
        """See `Reader`."""
        with self._open(self._path, "ro") as read:
            return self._contents(read)

    def owes_nothing(self, now: float) -> bool:
        """See `Reader`."""
        moment = datetime.fromtimestamp(now, UTC).replace(tzinfo=None).isoformat(" ")
        try:
            with self._open(self._path, "ro") as read:
                owed = "SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM due WHERE due_at <= '{moment}')"
                return not any(owes for (owes,) in read(owed.format(moment=moment)))
        except sqlcipher.Error:
            return False

    @contextmanager
    def _open(self, path: Path, mode: str) -> Iterator[Read]:
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{self._key}'\"").fetchall()
            connection.execute("BEGIN")
            yield lambda statement: connection.execute(statement).fetchall()
        finally:
            connection.close()


class PostgresqlReader(Reader):
    """A database on a server."""

    def __init__(self, address: str, key: MasterKey) -> None:
        super().__init__(key)
        self._connection = psycopg.connect(address.replace("+psycopg", ""), autocommit=True)

    def after_death(self) -> Contents:
        """See `Reader`."""
        return self.while_running()

    def while_running(self) -> Contents:
        """See `Reader`."""
        with self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return self._contents(lambda statement: self._connection.execute(statement).fetchall())

    def bury(self, worker: str) -> None:
        """See `Reader`."""
        while self._connection.execute("SELECT FROM pg_stat_activity WHERE application_name = %s", [worker]).rowcount:
            time.sleep(0.001)

    def let_go_of(self, worker: str) -> None:
        """See `Reader`."""
        for table in ("outbox", "due"):
            free = f"UPDATE {table} SET leased_by = NULL, leased_until = NULL WHERE leased_by = %s"  # noqa: S608
            self._connection.execute(free.encode(), [worker])
        self._connection.execute("DELETE FROM leases WHERE holder = %s", [worker])

    def owes_nothing(self, now: float) -> bool:
        """See `Reader`."""
        owed = "SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM due WHERE due_at <= to_timestamp(%s))"
        return not self._connection.execute(owed, [now]).fetchall()[0][0]

    def __enter__(self) -> Self:
        """Connected already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the connection."""
        self._connection.close()


def _pings(read: Read) -> dict[str, list[PingHeld]]:
    pings: dict[str, list[PingHeld]] = defaultdict(list)
    for id_, escalation, person, made_at, message, declined in read(
        "SELECT id, escalation_id, person_id, made_at, message_id, declined FROM pings ORDER BY sequence"
    ):
        pings[escalation].append(PingHeld(id_, person, _moment(made_at), message, bool(declined)))
    return pings


def _broken(read: Read) -> list[str]:
    """What SQLite finds wrong with its own file, and SQLCipher with the pages' signatures."""
    problems = [str(row[0]) for row in read("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [str(row[0]) for row in read("PRAGMA cipher_integrity_check")]
    return problems + [f"a reference from {row[0]} leads nowhere" for row in read("PRAGMA foreign_key_check")]


def _moment(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
