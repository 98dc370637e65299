"""Who may import what: the conversation is pure, and Telegram's library stays behind one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 400
LONGEST_TEST_FILE = 550
IMPURE = {
    *("os", "pathlib", "io", "socket", "ssl", "http", "urllib", "subprocess", "threading", "asyncio", "tempfile"),
    *("time", "random", "secrets", "uuid", "logging", "sqlite3", "shutil", "signal", "sys"),
    *("telegram", "sqlalchemy", "sqlcipher3", "psycopg", "requests", "httpx", "structlog", "starlette", "bot"),
}
FROM_THE_AIR = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
OPENS = {"open", "print", "input", "exec", "eval"}

STATES = sorted((ROOT / "states").rglob("*.py"))
BOT = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """Every module the file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def tops(path: Path) -> set[str]:
    return {module.partition(".")[0] for module in imported(path)}


@pytest.mark.parametrize("path", STATES, ids=name_of)
def test_the_conversation_is_pure(path: Path) -> None:
    """states/ has no I/O, no clock, no chance, no Telegram and no database, so that a walk can always be replayed."""
    assert not tops(path) & IMPURE
    tree = ast.parse(path.read_text())
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    taken = {(f.value.id, f.attr) for f in called if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)}
    assert not taken & FROM_THE_AIR
    assert not {f.id for f in called if isinstance(f, ast.Name)} & OPENS


@pytest.mark.parametrize("path", BOT, ids=name_of)
def test_telegrams_library_is_imported_in_its_own_folder_only(path: Path) -> None:
    """It is LGPL, and changes often: one folder knows it."""
    inside = path.is_relative_to(ROOT / "bot" / "telegram")
    assert inside or "telegram" not in tops(path)


@pytest.mark.parametrize("path", [*STATES, *BOT, *TESTS], ids=name_of)
def test_no_file_is_longer_than_a_newcomer_will_read(path: Path) -> None:
    longest = LONGEST_TEST_FILE if path in TESTS else LONGEST_FILE
    assert len(path.read_text().splitlines()) <= longest


@pytest.mark.parametrize("name", ["intake", "turns", "screens", "typed"])
def test_a_turn_is_synchronous(name: str) -> None:
    """asyncio lives at the edges: a turn inside a transaction never waits for the network."""
    found = [path for path in BOT if path.is_relative_to(ROOT / "bot" / name) or path == ROOT / "bot" / f"{name}.py"]
    assert found
    assert not [path for path in found if "asyncio" in tops(path)]
