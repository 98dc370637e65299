"""A bot behind a network that fails on demand, and people who talk to it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.pocket.person import answer_of
from bot.pocket.process import PocketTelegram
from bot.store import MasterKey
from tests.faults import network as networks
from tests.faults.checker import Checker
from tests.faults.lives import ForkServer, Life
from tests.faults.network import Network, Trouble
from tests.faults.phones import Phone
from tests.faults.store_contents import EmbeddedReader
from tests.faults.telegrams_side import TelegramsSide
from tests.faults.world import SECRET, settings_for

PATIENCE = 60.0
"""Seconds until the bot must owe nobody anything, whatever was done to its calls."""


@dataclass(frozen=True)
class Cell:
    """One fault at one call, and what was wrong then."""

    kind: str
    site: str
    problems: tuple[str, ...]


class Talk:
    """One bot, one Telegram, and the network between them."""

    def __init__(self, telegram: PocketTelegram, server: ForkServer, network: Network, folder: Path) -> None:
        self.telegram = telegram
        self.server = server
        self.network = network
        self.http = httpx.Client(base_url=telegram.address, trust_env=False)
        self.side = TelegramsSide(self.http)
        self.side.unheard = network.unheard
        self.checker = Checker(self.side, network_is_sound=False)
        self.reader = EmbeddedReader(folder / "sharewise.db", MasterKey(SECRET))
        self.settings = settings_for(telegram, folder) | {
            "SHAREWISE_TELEGRAM_API_URL": network.address,
            "SSL_CERT_FILE": str(network.certificate),
        }

    def bear(self) -> Life:
        """Start the bot."""
        self.checker.new_era()
        return self.server.bear(self.settings, names_fail=self.network.names_fail)

    def newcomer(self, name: str) -> Phone:
        """Somebody new."""
        return Phone(self.http, self.telegram.person(name[:60]).id, self.side.now)

    def strike(self, kind: str, method: str, chat_id: int | None = None) -> None:
        """Ask for a fault."""
        for of_the_network in networks.KINDS:
            if of_the_network == kind:
                self.network.troubles.append(Trouble(of_the_network, method, chat_id))
                return
        self.telegram.fault(kind, method=method, chat_id=chat_id, seconds=0.5)

    @property
    def strikes_left(self) -> list[tuple[str, int | None]]:
        """The faults that have not struck yet: method and chat."""
        waiting = [(one["method"], one["chat_id"]) for one in answer_of(self.http.get("/pocket/faults"))]
        return [*((one.method, one.chat_id) for one in self.network.troubles), *waiting]

    def settle(self, life: Life) -> str:
        """Wait until the bot owes nobody anything; what is wrong where it never does."""
        deadline = time.monotonic() + PATIENCE
        while self.side.unconfirmed() or not self.reader.owes_nothing(self.side.now()):
            if life.ended():
                return f"the bot ended by itself with status {life.status}"
            if time.monotonic() > deadline:
                return f"not settled after {PATIENCE:.0f} s"
            time.sleep(0.02)
        return ""

    def wrong(self, phones: Sequence[Phone]) -> list[str]:
        """What the checker finds."""
        self.checker.look()
        return self.checker.settled(phones, self.reader.while_running())


@contextmanager
def talking(server: ForkServer) -> Iterator[Talk]:
    """A Telegram, a network, a folder; the bot is not started yet."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        telegram = stack.enter_context(PocketTelegram())
        network = stack.enter_context(Network(int(telegram.address.rpartition(":")[2]), folder))
        yield Talk(telegram, server, network, folder)
