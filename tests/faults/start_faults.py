"""Every fault at every call that belongs to no chat: how the bot begins, asks for updates or has them brought."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack

from tests.faults.balancer import free_port
from tests.faults.lives import ForkServer
from tests.faults.phones import Act
from tests.faults.talk import PATIENCE, Cell, Talk, talking
from tests.faults.world import TOKEN, WEBHOOK_SECRET

ABOUT = ("Commands", "Description", "ShortDescription")
POLLING: tuple[str, ...] = (
    *("getMe", "getWebhookInfo", "deleteWebhook", "getUpdates"),
    *(f"{verb}My{topic}" for verb in ("get", "set") for topic in ABOUT),
)
"""What a bot calls that fetches its updates; a webhook is left over from before."""
BROUGHT = ("setWebhook",)
"""What it calls only where updates are brought to it."""
SITES = (*POLLING, *BROUGHT)

REFUSED = ("unauthorized", "not found")
"""What says that the token is wrong: the bot ends with status 2, and whoever keeps it alive starts it again."""
SKEWS = (-26, 26)
IDLE = 2.5
"""Seconds without a strike after which the bot is started again, for the calls that it makes only at its start."""


def at_start(servers: Sequence[ForkServer], kinds: Sequence[str]) -> list[Cell]:
    """Each fault at each of these calls. A bot for each fault, as many side by side as there are servers."""
    found: list[Cell] = []
    wanted = [(kind, sites) for kind in kinds for sites in (POLLING, BROUGHT)]
    for first in range(0, len(wanted), len(servers)):
        with ExitStack() as stack:
            batch = zip(wanted[first : first + len(servers)], servers, strict=False)
            starts = [_Start(stack.enter_context(talking(server)), *one) for one, server in batch]
            deadline = time.monotonic() + PATIENCE
            while (under_way := [start for start in starts if not start.over()]) and time.monotonic() < deadline:
                time.sleep(0.02 / len(under_way))
            found += [cell for start in starts for cell in start.cells()]
    return found


def skewed(server: ForkServer) -> list[Cell]:
    """Telegram's clock a day before the bot's, and a day after it: whatever the bot calls."""
    found = []
    for hours in SKEWS:
        with talking(server) as talk:
            talk.telegram.move_clock(hours=hours)
            start = _Start(talk, f"clock skew, {hours:+} hours", ())
            while not start.over():
                time.sleep(0.02)
            start.sites = ("every call",)
            found += start.cells()
    return found


class _Start:
    """One bot that is struck at all of these calls, while somebody waits for an answer."""

    def __init__(self, talk: Talk, kind: str, sites: tuple[str, ...]) -> None:
        self.talk = talk
        self.kind = kind
        self.sites = sites
        if sites == BROUGHT:
            port = free_port()
            talk.settings |= {
                "SHAREWISE_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
                "SHAREWISE_WEBHOOK_PORT": str(port),
                "SHAREWISE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            }
        else:
            talk.http.post(f"/bot{TOKEN}/setWebhook", json={"url": "http://127.0.0.1:9/left-over"})
        for method in sites:
            talk.strike(kind, method)
        self.phone = talk.newcomer(kind)
        self.phone.do(Act("say", "/start"))
        self.trouble: list[str] = []
        self._left, self._since = 0, 0.0
        self._bear()

    def over(self) -> bool:
        """Whether every fault has struck and the bot owes nothing. It is started again where that takes more lives."""
        if self.trouble:
            return True
        if self.life.ended():
            if self.life.status != 2 or self.kind not in REFUSED:
                self.trouble.append(f"the bot ended by itself with status {self.life.status}")
                return True
            self._bear()
        left = len(self.talk.strikes_left)
        if left != self._left:
            self._left, self._since = left, time.monotonic()
        if left and time.monotonic() - self._since > IDLE:
            self.life.kill()
            self._bear()
        return not left and not self.talk.side.unconfirmed() and self.phone.look()[-1].from_bot

    def cells(self) -> list[Cell]:
        """What came of it, the same for every call, since all were struck in one conversation."""
        if not self.trouble:
            self.phone.do(Act("say", "/where"))
            self.trouble += filter(None, [self.talk.settle(self.life)])
            self.trouble += [f"the fault at {method} never struck" for method, _ in self.talk.strikes_left]
            self.trouble += self.talk.wrong([self.phone])
        self.life.kill()
        return [Cell(self.kind, method, tuple(self.trouble)) for method in self.sites]

    def _bear(self) -> None:
        self.life = self.talk.bear()
        self._left, self._since = len(self.sites), time.monotonic()
