"""Whether the bot is alive is told by what it did, not by its process being there."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.health import LONGEST_SILENCE_SECONDS, Health, beat, silence
from bot.telegram import polling
from bot.telegram.polling import Polling


def _health(data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHAREWISE_DATA_DIR": str(data)}
    return subprocess.run([sys.executable, "-m", "bot.health"], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("age", "status"), [(5, 0), (80, 0), (100, 1), (86_400, 1)])
def test_health_follows_the_last_answer(tmp_path: Path, age: float, status: int) -> None:
    """A container is restarted when this ends with 1, so it must not do so between two rounds."""
    beat(tmp_path / "alive")
    then = time.time() - age
    os.utime(tmp_path / "alive", (then, then))
    found = _health(tmp_path)
    assert (found.returncode, found.stderr) == (status, "")
    assert "seconds ago" in found.stdout


def test_no_answer_yet_is_not_alive(tmp_path: Path) -> None:
    """Also where the folder itself is missing."""
    assert _health(tmp_path / "nothing").returncode == 1
    assert silence(tmp_path / "nothing" / "alive", 0.0) is None


def test_a_clock_that_was_put_back_does_no_harm(tmp_path: Path) -> None:
    """An answer from the future is an answer."""
    beat(tmp_path / "alive")
    assert silence(tmp_path / "alive", 0.0) == 0.0
    assert LONGEST_SILENCE_SECONDS > 3 * polling.POLL_SECONDS


def test_only_an_answer_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that cannot reach Telegram is not alive, however busily it tries; a full disk stops nothing."""

    class Telegram:
        def __init__(self, answer: Sequence[Any] | Exception) -> None:
            self.answer = answer

        async def do_api_request(self, *asked: Any, **how: Any) -> Sequence[Any]:
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    def poll(answer: Sequence[Any] | Exception, alive: Path) -> None:
        nobody = cast("Any", None)
        asyncio.run(Polling(cast("Bot", Telegram(answer)), nobody, Health(lambda: None, alive).heard)._updates(None))

    monkeypatch.setattr(polling, "PAUSE_SECONDS", 0.0)
    poll(NetworkError("away"), tmp_path / "alive")
    assert not (tmp_path / "alive").exists()
    poll([], tmp_path / "missing" / "alive")
    poll([], tmp_path / "alive")
    assert (tmp_path / "alive").stat().st_mode & 0o777 == 0o600
