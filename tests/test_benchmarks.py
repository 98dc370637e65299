"""The benchmarks run: each with the smallest sizes, since a benchmark that fails tells nothing. No time is tested."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import (
    core_alone,
    due_rows,
    emergency_lane,
    flood,
    growth,
    in_process,
    load,
    load_check,
    load_two_workers,
    machine,
    postgresql_workers,
    starting,
    whole_turn,
)
from benchmarks.everything import NAMES
from benchmarks.figures import Row, page, percentile
from bot.pocket.store import TABLES

SMALL: dict[str, dict[str, int]] = {
    "whole_turn": {"chats": 2, "repeats": 1},
    "core_alone": {"walks": 2},
    "emergency_lane": {"waiting": 5, "times": 2},
    "growth": {"few": 3, "many": 20, "chats": 2},
    "load": {"people": 4, "a_second": 20, "seconds": 1},
}
MODULES: dict[str, Any] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        *(whole_turn, core_alone, emergency_lane, flood, growth, starting, due_rows),
        *(postgresql_workers, load, load_two_workers),
    )
}


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A benchmark sets its whole process up as the bot does. Here it is the tests' own."""
    monkeypatch.setattr(in_process, "start_logging", lambda level: None)
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_every_benchmark_is_in_the_page() -> None:
    """`make bench` leaves none out."""
    assert set(NAMES) == set(MODULES)


@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_runs_with_the_smallest_sizes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of those that start the bot as a process stands for all of them, to be short."""
    monkeypatch.setattr(machine, "SCRATCH", tmp_path)
    monkeypatch.setenv("PEER_BENCH", str(tmp_path / "none"))  # the peers are not the project's
    rows = MODULES[name].measure(**SMALL[name])
    assert rows
    assert all(row.what in page(rows) for row in rows)


def test_the_bot_is_measured_beside_its_peers_with_real_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is plugged into the peers' script deals with their updates, and leaves every answer in the store."""
    script = whole_turn.peers_script()
    if not script.exists():
        pytest.skip("the peers' script is not here")
    monkeypatch.setattr(machine, "SCRATCH", tmp_path)
    spec = importlib.util.spec_from_file_location(whole_turn.PEERS, script)
    assert spec
    assert spec.loader
    peers = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, whole_turn.PEERS, peers)
    spec.loader.exec_module(peers)
    for scenario in whole_turn.scenarios().values():
        assert asyncio.run(scenario(peers.make_updates(2), 2, str(tmp_path)))["updates_per_s"] > 0


def test_percentiles_are_of_samples_that_were_taken() -> None:
    """The 99th of a hundred is the ninety-ninth, of few the longest."""
    assert percentile([float(number) for number in range(1, 101)], 99) == 99.0
    assert percentile([3.0, 1.0, 2.0], 99) == 3.0


def test_a_figure_that_does_not_hold_is_seen() -> None:
    """Nobody must take a missed goal for one that was met."""
    assert Row("a turn", "9 ms", "5 ms", holds=False).cells()[3] == "NO"


KEYBOARD = '{"inline_keyboard": [[{"text": "Yes", "callback_data": "f.SW-ONE.1.3.2.1"}]]}'


def _state(folder: Path, calls: list[tuple[float, int, str, str]]) -> Path:
    """A pocket's file in which chat 1 wrote once at 10.0 and tapped once at 20.0, and these screens were shown."""
    state = folder / "telegram.sqlite"
    database = sqlite3.connect(state)
    database.executescript(TABLES)
    message = {"chat_id": 1, "from_bot": False, "sent_at": 10.0}
    tap = {"chat_id": 1, "at": 20.0}
    for kind, body in (("message", message), ("tap", tap)):
        database.execute("INSERT INTO things VALUES (?, '1', ?)", (kind, json.dumps(body)))
    for at, chat, text, markup in calls:
        parameters = json.dumps({"text": text, "reply_markup": markup})
        database.execute(
            "INSERT INTO calls (at, method, chat_id, status, parameters) VALUES (?, 'EditMessageText', ?, 200, ?)",
            (at, chat, parameters),
        )
    database.commit()
    database.close()
    return state


EXPECTED = {1: ("first", "second")}
FIRST, SECOND = (10.1, 1, "first", "{}"), (20.2, 1, "second", KEYBOARD)


def test_the_checker_times_each_screen_from_what_it_answers(tmp_path: Path) -> None:
    """A screen shown again word for word, as after a worker's death, is counted and does no harm."""
    verdict = load_check.check(_state(tmp_path, [FIRST, SECOND, (20.9, *SECOND[1:])]), EXPECTED)
    assert verdict.holds
    assert [round(one, 3) for one in verdict.seconds] == [0.1, 0.2]
    assert verdict.shown_twice == 1


@pytest.mark.parametrize(
    ("calls", "lost", "wrong"),
    [
        pytest.param([FIRST], 1, 0, id="a screen that never came"),
        pytest.param([FIRST, (20.2, 1, "third", KEYBOARD)], 0, 1, id="another screen than the answers lead to"),
        pytest.param([FIRST, SECOND, (20.3, 1, "third", "{}")], 0, 1, id="one screen too many"),
        pytest.param([FIRST, SECOND, (20.3, 2, "second", "{}")], 0, 1, id="a screen in a chat that has nobody"),
        pytest.param([FIRST, SECOND, (20.3, 2, "second", KEYBOARD)], 0, 2, id="and with another chat's walk in it"),
    ],
)
def test_the_checker_finds_what_is_lost_or_in_the_wrong_chat(
    tmp_path: Path, calls: list[tuple[float, int, str, str]], lost: int, wrong: int
) -> None:
    """A checker that finds nothing wrong with a broken bot proves nothing."""
    verdict = load_check.check(_state(tmp_path, calls), EXPECTED)
    assert (verdict.lost, verdict.wrong, verdict.holds) == (lost, wrong, False)
