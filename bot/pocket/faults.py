"""Trouble on demand: refusals, server errors, cut connections, slowness."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.pocket.refusals import (
    MisuseError,
    RefusalError,
    bad_request,
    conflict,
    forbidden,
    not_found,
    too_many_requests,
    unauthorized,
)

REFUSALS: Mapping[str, RefusalError] = {
    "server error": RefusalError(500, "Internal Server Error"),
    "bad gateway": RefusalError(502, "Bad Gateway"),
    "service unavailable": RefusalError(503, "Service Unavailable"),
    "gateway timeout": RefusalError(504, "Gateway Timeout"),
    "too many requests, no time": RefusalError(429, "Too Many Requests"),
    "unauthorized": unauthorized(),
    "not found": not_found(),
    "blocked": forbidden("bot was blocked by the user"),
    "deactivated": forbidden("user is deactivated"),
    "chat not found": bad_request("chat not found"),
    "bad request": bad_request("MESSAGE_ID_INVALID"),
    "conflict": conflict("terminated by other getUpdates request; make sure that only one bot instance is running"),
}
"""The call has no effect, and the bot is told this instead of an answer."""

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

Answer = tuple[int, str, bytes]
"""HTTP status, content type and body."""

MANGLED: Mapping[str, Callable[[bytes], Answer]] = {
    "not JSON": lambda body: (200, "text/html", b"<html><body>Please sign in to this network.</body></html>"),
    "error page": lambda body: (502, "text/html", HTML),
    "half JSON": lambda body: (200, "application/json", body[: len(body) // 2]),
    "empty body": lambda body: (200, "application/json", b""),
    "wrong content type": lambda body: (200, "text/plain", body),
    "no result": lambda body: (200, "application/json", b'{"ok": true}'),
    "refusal without code": lambda body: (200, "application/json", b'{"ok": false}'),
    "redirect": lambda body: (302, "text/html", b""),
}
"""The call takes effect, and its answer is spoilt on the way: by a proxy, a gateway, a network that wants a sign-in."""

LOST = ("cut after", "silence")
"""The call takes effect, and the bot never learns it: the connection is cut, or silent until the bot hangs up."""

KINDS: tuple[str, ...] = (
    "too many requests",
    *REFUSALS,
    *MANGLED,
    "cut before",
    *LOST,
    "slow",
    "slow bytes",
)


@dataclass
class Fault:
    """One kind of trouble, for the calls it fits.

    "cut after" lets the call take effect and then cuts the connection: the message is there and the bot never learned
    it. "cut before" cuts first. "slow" waits `seconds` and then goes on as usual; "slow bytes" takes them over the
    answer's body. `skip` lets that many fitting calls pass first, `times` is how many are then struck (None: all),
    `chance` the share of them.
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    skip: int = 0
    chance: float = 1.0
    retry_after: int = 1
    seconds: float = 1.0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether the fault is meant for such a call."""
        return (self.method is None or self.method.lower() == method.lower()) and self.chat_id in (None, chat_id)

    def refusal(self) -> RefusalError | None:
        """What the bot is told instead of an answer, if anything."""
        return too_many_requests(self.retry_after) if self.kind == "too many requests" else REFUSALS.get(self.kind)


@dataclass
class Faults:
    """The faults asked for, in order; each call is struck by the first that fits, slowness besides."""

    waiting: list[Fault] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - repeatable on purpose

    def ask_for(self, description: dict[str, Any]) -> Fault:
        """Add a fault. Raises MisuseError for an unknown kind or field."""
        if description.get("kind") not in KINDS:
            raise MisuseError(f"A fault is one of: {', '.join(KINDS)}.")
        try:
            fault = Fault(**description)
        except TypeError as error:
            raise MisuseError(f"A fault cannot be described like this: {error}.") from None
        self.waiting.append(fault)
        return fault

    def strike(self, method: str, chat_id: int | None) -> tuple[float, Fault | None]:
        """Seconds of slowness and the fault, if any, for a call that comes in now."""
        slowness = 0.0
        struck = None
        for fault in list(self.waiting):
            if not fault.fits(method, chat_id) or (struck is not None and fault.kind != "slow"):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.chance < 1 and self.chance.random() >= fault.chance:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
            if fault.kind == "slow":
                slowness += fault.seconds
            else:
                struck = fault
        return slowness, struck
