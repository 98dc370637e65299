"""One pocket Telegram and one bot for all tests of a worker; each test brings people of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pocket.process import PocketTelegram
from tests.bot.process import BotProcess
from tests.bot.running import RunningBot
from tests.faults.lives import one_certificate


@pytest.fixture(autouse=True)
def no_process_stays() -> Iterator[None]:
    """One that a failed test left behind would ask the next pocket that gets the same port for its updates."""
    yield
    while BotProcess.running:
        left = BotProcess.running.pop()
        left.process.kill()
        left.ended()


@pytest.fixture(scope="session", autouse=True)
def one_certificate_will_do(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every bot that starts would read all those of the world, for connections within this machine."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SSL_CERT_FILE", str(one_certificate(tmp_path_factory.mktemp("certificate"))))
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """For tests that leave the bot, its store and the pocket as they were."""
    with PocketTelegram() as telegram:
        running = RunningBot(telegram, tmp_path_factory.mktemp("bot")).start()
        yield running
        running.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RunningBot]:
    """For tests that break something."""
    with PocketTelegram() as telegram:
        running = RunningBot(telegram, tmp_path).start()
        yield running
        running.stop()
