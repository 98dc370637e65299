"""Trouble on demand: refusals, server errors, cut connections, slowness."""

import random
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.pocket.refusals import MisuseError, RefusalError, forbidden, too_many_requests, unauthorized

Kind = Literal[
    "too many requests", "server error", "bad gateway", "unauthorized", "blocked", "cut after", "cut before", "slow"
]
KINDS: tuple[Kind, ...] = (
    "too many requests",
    "server error",
    "bad gateway",
    "unauthorized",
    "blocked",
    "cut after",
    "cut before",
    "slow",
)


@dataclass
class Fault:
    """One kind of trouble, for the calls it fits.

    "cut after" lets the call take effect and then cuts the connection: the message is there and the bot never learned
    it. "cut before" cuts first. "slow" waits `seconds` and then goes on as usual. `skip` lets that many fitting
    calls pass first, `times` is how many are then struck (None: all), `chance` the share of them.
    """

    kind: Kind
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
        match self.kind:
            case "too many requests":
                return too_many_requests(self.retry_after)
            case "server error":
                return RefusalError(500, "Internal Server Error")
            case "bad gateway":
                return RefusalError(502, "Bad Gateway")
            case "unauthorized":
                return unauthorized()
            case "blocked":
                return forbidden("bot was blocked by the user")
        return None


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
