"""Every fault at every call that the bot makes in a chat."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.pocket import faults as telegrams
from tests.faults import network as networks
from tests.faults.lives import ForkServer, Life
from tests.faults.phones import Act, Phone, Shown, screen_of
from tests.faults.talk import Cell, Talk, talking

FOR_GOOD = ("bad request", "chat not found")
"""Refusals by which Telegram says that a call can never succeed."""
STRIKE_SECONDS = 5.0
"""How long an answer to a tap, which nobody waits for, may take to be made."""

Choice = Callable[[Shown], Act]
"""What somebody does who sees this screen."""


def _tap(verb: str) -> Choice:
    def act(screen: Shown) -> Act:
        for button in screen.buttons:
            if button.pressed is not None and button.pressed.press.verb == verb:
                return Act("tap", button.label, screen.message_id, button.data)
        raise LookupError(f"no button for {verb} on {screen.text[:40]!r}")

    return act


def _say(words: str) -> Choice:
    return lambda screen: Act("say", words)


@dataclass(frozen=True)
class Site:
    """A call that the bot makes in a chat: `act` causes it, and `before` leads there.

    `first` is struck with a refusal before it, so that the bot comes to this call at all. Where Telegram says for good
    that the call cannot be, `undone` remains, in the checker's words.
    """

    name: str
    method: str
    act: Choice
    before: tuple[str, ...] = ()
    first: str = ""
    undone: str = ""


SITES: tuple[Site, ...] = (
    Site("answerCallbackQuery", "answerCallbackQuery", _tap("lead")),
    Site("sendMessage, a screen", "sendMessage", _say("/help")),
    Site("sendMessage, the 999 text", "sendMessage", _say("/danger")),
    Site("editMessageText", "editMessageText", _tap("lead")),
    Site("editMessageReplyMarkup", "editMessageReplyMarkup", _tap("lead"), ("/mode new",), undone="has its buttons"),
    Site("deleteMessages", "deleteMessages", _say("/help")),
    Site("deleteMessage", "deleteMessage", _say("/help"), first="deleteMessages", undone="what was typed"),
)


def in_chats(server: ForkServer, cells: Iterable[tuple[str, Site]]) -> list[Cell]:
    """Each fault at each call in a chat of its own, in one life of the bot. What may strike others comes alone."""
    batches: dict[object, list[tuple[str, Site]]] = defaultdict(list)
    for kind, site in cells:
        if kind in networks.OUTAGES:  # it strikes all that is under way, and a call that comes after another must come
            batches[kind, bool(site.first)].append((kind, site))
        else:
            batches[not _named(kind, site) and kind].append((kind, site))
    found: list[Cell] = []
    with talking(server) as talk:
        life = talk.bear()
        for batch in batches.values():
            found += _Batch(talk, life, batch).cells()
        if life.stop() != 0:
            found.append(Cell("", "the end", (f"told to stop, the bot ended with status {life.status}",)))
    return found


def _named(kind: str, site: Site) -> bool:
    """Whether the fault can be meant for one chat. An answer to a tap names none; the pocket knows whose tap it was,
    the network does not."""
    return kind in telegrams.KINDS or site.method != "answerCallbackQuery"


class _Batch:
    """Chats side by side, one for each fault and call."""

    def __init__(self, talk: Talk, life: Life, wanted: list[tuple[str, Site]]) -> None:
        self.talk = talk
        self.life = life
        self.chats = [(talk.newcomer(f"{kind} at {site.name}"), kind, site) for kind, site in wanted]
        self.trouble: list[str] = []

    def cells(self) -> list[Cell]:
        """Talk, strike, talk on, and see what came of it."""
        self._everybody(lambda site: _say("/start"))
        self._everybody(lambda site: _tap("option"))
        for place in range(max(len(site.before) for _, _, site in self.chats)):
            self._everybody(lambda site, n=place: _say(site.before[n]) if n < len(site.before) else None)  # type: ignore[misc]
        for phone, kind, site in self.chats:
            if site.first:
                self.talk.strike("bad request", site.first, phone.person_id)
            self.talk.strike(kind, site.method, phone.person_id if _named(kind, site) else None)
        self._everybody(lambda site: site.act)
        deadline = time.monotonic() + STRIKE_SECONDS
        while self.talk.strikes_left and time.monotonic() < deadline:
            time.sleep(0.05)
        problems = [f"{chat}: the fault at {method} never struck" for method, chat in self.talk.strikes_left]
        self._everybody(lambda site: _say("/where"))
        problems += self.talk.wrong([phone for phone, _, _ in self.chats])
        return [Cell(kind, site.name, self._of(problems, phone, kind, site)) for phone, kind, site in self.chats]

    def _everybody(self, choice: Callable[[Site], Choice | None]) -> None:
        """Everybody does one thing, and waits."""
        for phone, _, site in self.chats:
            chosen = choice(site)
            if chosen is not None:
                phone.do(chosen(screen_of(phone.look()) or Shown(0, True, "", ())))
        if wrong := self.talk.settle(self.life):
            self.trouble.append(wrong)

    def _of(self, problems: list[str], phone: Phone, kind: str, site: Site) -> tuple[str, ...]:
        """The problems of one chat; what Telegram refuses for good stays undone and is none."""
        allowed = site.undone if kind in FOR_GOOD else ""
        mine = [one for one in problems if one.startswith((f"{phone.person_id}: ", "None: "))]
        return (*self.trouble, *(one for one in mine if not allowed or allowed not in one))
