"""What must outlive the pocket's process: one small sqlite file, written before an answer goes out."""

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS things (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (file_id TEXT PRIMARY KEY, name TEXT, mime_type TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS calls (
    number INTEGER PRIMARY KEY, at REAL, clock REAL, method TEXT, chat_id INTEGER, status INTEGER,
    description TEXT, fault TEXT, parameters TEXT, message_id INTEGER
);
CREATE INDEX IF NOT EXISTS calls_by_chat ON calls (chat_id);
"""


class StateInUseError(Exception):
    """Another pocket holds the state file."""


def _written(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


class Store:
    """Rows by kind and key, the files, and the list of calls.

    Only the death of the process matters here, not a power cut, so nothing waits for the disk.
    """

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(str(path) if path else ":memory:", isolation_level=None, timeout=1.0)
        try:
            self._database.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=OFF")
            self._database.executescript(TABLES)
        except sqlite3.OperationalError as error:
            self._database.close()
            raise StateInUseError(str(path)) from error
        self._open = False

    def _execute(self, statement: str, values: tuple[Any, ...]) -> None:
        if not self._open:
            self._database.execute("BEGIN")
            self._open = True
        self._database.execute(statement, values)

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """All rows of a kind, as key and body."""
        for key, body in self._database.execute("SELECT key, body FROM things WHERE kind = ? ORDER BY key", (kind,)):
            yield key, json.loads(body)

    def put(self, kind: str, key: int | str, body: Any) -> None:
        """Write or replace one row."""
        self._execute("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", (kind, str(key), _written(body)))

    def remove(self, kind: str, key: int | str) -> None:
        """Take one row away."""
        self._execute("DELETE FROM things WHERE kind = ? AND key = ?", (kind, str(key)))

    def put_file(self, file_id: str, name: str, mime_type: str, content: bytes) -> None:
        """Keep the content of a file."""
        self._execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file_id, name, mime_type, content))

    def file(self, file_id: str) -> tuple[str, str, bytes] | None:
        """Name, MIME type and content of a file; None when there is none."""
        found: tuple[str, str, bytes] | None = self._database.execute(
            "SELECT name, mime_type, content FROM files WHERE file_id = ?", (file_id,)
        ).fetchone()
        return found

    def record_call(
        self,
        *,
        clock: float,
        method: str,
        chat_id: int | None,
        status: int,
        description: str,
        fault: str,
        parameters: dict[str, Any],
        message_id: int | None,
    ) -> None:
        """Add one call to the outbox. Status 0 means that the bot got no answer."""
        self._execute(
            "INSERT INTO calls (at, clock, method, chat_id, status, description, fault, parameters, message_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (time.time(), clock, method, chat_id, status, description, fault, _written(parameters), message_id),
        )

    def calls(self, method: str | None, chat_id: int | None, after: int) -> list[dict[str, Any]]:
        """The calls so far, oldest first."""
        rows = self._database.execute(
            "SELECT number, at, clock, method, chat_id, status, description, fault, parameters, message_id FROM calls"
            " WHERE number > ?1 AND (?2 IS NULL OR lower(method) = lower(?2)) AND (?3 IS NULL OR chat_id = ?3)"
            " ORDER BY number",
            (after, method, chat_id),
        )
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) | {"parameters": json.loads(row[8])} for row in rows]

    def call_times(self) -> list[tuple[int, float]]:
        """Chat and real time of every call that sends or edits a message, oldest first."""
        return self._database.execute(
            "SELECT chat_id, at FROM calls WHERE chat_id IS NOT NULL AND lower(method) != 'sendchataction'"
            " AND (method LIKE 'send%' OR method LIKE 'edit%') ORDER BY at"
        ).fetchall()

    def call_counts(self) -> dict[int, int]:
        """Number of calls per chat."""
        return dict(
            self._database.execute("SELECT chat_id, COUNT(*) FROM calls WHERE chat_id IS NOT NULL GROUP BY chat_id")
        )

    def commit(self) -> None:
        """Make everything since the last commit lasting."""
        if self._open:
            self._database.execute("COMMIT")
            self._open = False

    def close(self) -> None:
        """Commit and let go of the file."""
        self.commit()
        self._database.close()
