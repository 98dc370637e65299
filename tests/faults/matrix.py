"""Every fault at every call: the conversation ends with the right screen, nothing is lost, nothing comes twice unless
the fault hid from the bot that it had come."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.pocket import faults as telegrams
from bot.pocket.person import answer_of
from bot.pocket.process import PocketTelegram
from bot.store import MasterKey
from tests.faults import network as networks
from tests.faults.checker import Checker
from tests.faults.lives import ForkServer, Life
from tests.faults.network import Network, Trouble
from tests.faults.phones import Act, Phone, Shown, screen_of
from tests.faults.store_contents import EmbeddedReader
from tests.faults.telegrams_side import TelegramsSide
from tests.faults.world import SECRET, TOKEN, Servers, settings_for

KINDS: tuple[str, ...] = (*telegrams.KINDS, *networks.KINDS)
REFUSED = ("unauthorized", "not found")
"""What says that the token is wrong: at the start the bot ends with status 2, and whoever keeps it alive starts it."""
FOR_GOOD = ("bad request", "chat not found")
"""Refusals by which Telegram says that a call can never succeed."""
PATIENCE = 60.0
SIDE_BY_SIDE = 6
"""Bots that are struck at their start at the same time; most of that time they wait."""
IDLE = 2.5
"""Seconds without a strike after which the bot is started again, for the calls that it makes only at its start."""


def _tap(verb: str) -> Callable[[Shown], Act]:
    def act(screen: Shown) -> Act:
        for button in screen.buttons:
            if button.pressed is not None and button.pressed.press.verb == verb:
                return Act("tap", button.label, screen.message_id, button.data)
        raise LookupError(f"no button for {verb} on {screen.text[:40]!r}")

    return act


def _say(words: str) -> Callable[[Shown], Act]:
    return lambda screen: Act("say", words)


@dataclass(frozen=True)
class Site:
    """A call that the bot makes in a chat: `before` leads to it, `act` causes it, `struck` are the methods struck."""

    name: str
    act: Callable[[Shown], Act]
    struck: tuple[tuple[str, str], ...]
    """Method and kind; the kind "" is the one in turn."""
    before: tuple[str, ...] = ()
    names_chat: bool = True
    """Whether the call itself says which chat it is for."""
    refused_for_good: str = ""
    """What then stays undone, in the checker's words, where Telegram says that it cannot be done."""


CHAT_SITES: tuple[Site, ...] = (
    Site("answerCallbackQuery", _tap("lead"), (("answerCallbackQuery", ""),), names_chat=False),
    Site("sendMessage, a screen", _say("/help"), (("sendMessage", ""),)),
    Site("sendMessage, the 999 text", _say("/danger"), (("sendMessage", ""),)),
    Site("editMessageText", _tap("lead"), (("editMessageText", ""),)),
    Site(
        "editMessageReplyMarkup",
        _tap("lead"),
        (("editMessageReplyMarkup", ""),),
        ("/mode new",),
        refused_for_good="still has its buttons",
    ),
    Site("deleteMessages", _say("/help"), (("deleteMessages", ""),)),
    Site(
        "deleteMessage",
        _say("/help"),
        (("deleteMessages", "bad request"), ("deleteMessage", "")),
        refused_for_good="what was typed",
    ),
)
START_SITES = (
    "getMe",
    "getWebhookInfo",
    "deleteWebhook",
    "getUpdates",
    "getMyCommands",
    "getMyDescription",
    "getMyShortDescription",
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
)
"""Calls that belong to no chat."""


@dataclass(frozen=True)
class Cell:
    """One fault at one call, and what was wrong then."""

    kind: str
    site: str
    problems: tuple[str, ...]


class Talk:
    """A bot behind a network that fails on demand, and people who talk to it."""

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
        if kind in networks.KINDS:
            self.network.troubles.append(Trouble(kind, method, chat_id))
        else:
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


def in_chats(server: ForkServer, cells: Iterable[tuple[str, Site]]) -> list[Cell]:
    """Each fault at each call in a chat of its own, in one life of the bot. Faults that strike everybody come alone."""
    together = [cell for cell in cells if cell[0] not in networks.OUTAGES]
    found: list[Cell] = []
    with talking(server) as talk:
        life = talk.bear()
        if together:
            found += _side_by_side(talk, life, together)
        for kind in networks.OUTAGES:
            if alone := [cell for cell in cells if cell[0] == kind]:
                found += _side_by_side(talk, life, alone)
        if life.stop() != 0:
            found.append(Cell("", "the end", (f"told to stop, the bot ended with status {life.status}",)))
    return found


def _side_by_side(talk: Talk, life: Life, cells: list[tuple[str, Site]]) -> list[Cell]:
    phones = [talk.newcomer(f"{kind} at {site.name}") for kind, site in cells]
    trouble: list[str] = []

    def everybody(act: Callable[[Phone, Site], Act | None]) -> None:
        for phone, (_, site) in zip(phones, cells, strict=True):
            if (done := act(phone, site)) is not None:
                phone.do(done)
        if wrong := talk.settle(life):
            trouble.append(wrong)

    def screen(phone: Phone) -> Shown:
        found = screen_of(phone.look())
        assert found is not None, "nothing is shown"
        return found

    everybody(lambda phone, site: Act("say", "/start"))
    everybody(lambda phone, site: _tap("option")(screen(phone)))
    for place in range(max(len(site.before) for _, site in cells)):
        everybody(lambda phone, site, n=place: Act("say", site.before[n]) if n < len(site.before) else None)  # type: ignore[misc]
    for phone, (kind, site) in zip(phones, cells, strict=True):
        for method, other in site.struck:
            talk.strike(other or kind, method, phone.person_id if site.names_chat or kind in telegrams.KINDS else None)
    everybody(lambda phone, site: site.act(screen(phone)))
    left = [f"{chat}: the fault at {method} never struck" for method, chat in talk.strikes_left]
    everybody(lambda phone, site: Act("say", "/where"))
    problems = [*left, *talk.wrong(phones)]
    return [
        Cell(kind, site.name, (*trouble, *_of_this(problems, phone, kind, site)))
        for phone, (kind, site) in zip(phones, cells, strict=True)
    ]


def _of_this(problems: list[str], phone: Phone, kind: str, site: Site) -> list[str]:
    """The problems of one chat; what Telegram refuses for good stays undone and is none."""
    undone = site.refused_for_good if kind in FOR_GOOD else ""
    mine = [one for one in problems if one.startswith((f"{phone.person_id}: ", "None: "))]
    return [one for one in mine if not undone or undone not in one]


def at_start(servers: Sequence[ForkServer], kinds: Sequence[str]) -> list[Cell]:
    """Each fault at every call that belongs to no chat, a bot for each fault, as many side by side as there are
    servers."""
    found: list[Cell] = []
    for first in range(0, len(kinds), len(servers)):
        with ExitStack() as stack:
            batch = list(zip(kinds[first : first + len(servers)], servers, strict=False))
            starts = [Start(stack.enter_context(talking(server)), kind) for kind, server in batch]
            deadline = time.monotonic() + PATIENCE
            while not all(start.over() for start in starts) and time.monotonic() < deadline:
                time.sleep(0.02)
            found += [cell for start in starts for cell in start.cells()]
    return found


class Start:
    """One bot that is struck wherever no chat is concerned, while somebody waits for an answer."""

    def __init__(self, talk: Talk, kind: str) -> None:
        self.talk = talk
        self.kind = kind
        talk.http.post(f"/bot{TOKEN}/setWebhook", json={"url": "http://127.0.0.1:9/left-over"})
        for method in START_SITES:
            talk.strike(kind, method)
        self.phone = talk.newcomer(kind)
        self.phone.do(Act("say", "/start"))
        self.trouble: list[str] = []
        self.life = talk.bear()
        self._left = len(START_SITES)
        self._since = time.monotonic()

    def over(self) -> bool:
        """Whether every fault has struck and the bot owes nothing; it is started again where that takes more lives."""
        if self.life.ended():
            if not (self.life.status == 2 and self.kind in REFUSED):
                self.trouble.append(f"the bot ended by itself with status {self.life.status}")
                return True
            self._again()
            return False
        left = len(self.talk.strikes_left)
        if left != self._left:
            self._left, self._since = left, time.monotonic()
        if not left and not self.talk.side.unconfirmed() and self.phone.look()[-1].from_bot:
            return True
        if left and time.monotonic() - self._since > IDLE:  # the introduction is tried again at the next start only
            self.life.kill()
            self._again()
        return False

    def _again(self) -> None:
        self.life = self.talk.bear()
        self._since = time.monotonic()

    def cells(self) -> list[Cell]:
        """What came of it, the same for every call, since all were struck in one conversation."""
        if not self.trouble:
            self.phone.do(Act("say", "/where"))
            self.trouble += filter(None, [self.talk.settle(self.life)])
            self.trouble += [f"the fault at {method} never struck" for method, _ in self.talk.strikes_left]
            self.trouble += self.talk.wrong([self.phone])
        self.life.kill()
        return [Cell(self.kind, method, tuple(self.trouble)) for method in START_SITES]


def whole(servers: Servers) -> list[Cell]:
    """The full matrix."""
    cells = [(kind, site) for kind in KINDS for site in CHAT_SITES]
    return [*in_chats(servers.some(1)[0], cells), *at_start(servers.some(SIDE_BY_SIDE), KINDS)]


def sample(servers: Servers) -> list[Cell]:
    """Every kind of fault at one call, and every call with some of them; one bot struck at its start."""
    kinds = [kind for kind in KINDS if kind not in networks.OUTAGES]
    cells = [(kind, CHAT_SITES[number % len(CHAT_SITES)]) for number, kind in enumerate(kinds)]
    return [*in_chats(servers.some(1)[0], cells), *at_start(servers.some(1), ["bad gateway"])]
