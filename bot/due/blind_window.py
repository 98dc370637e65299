"""A gap in hearing Telegram that is longer than Telegram keeps what people send: the people it matters to are told.

`Hearing` notes about once a minute that Telegram was heard, and so notices the gap when it ends. Who is to be told is
gone through in pages, each a due row that names where the next begins.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

import structlog

from bot.due.again import Again
from bot.screens.unasked_screens import was_away_text
from bot.screens.worded import worded
from bot.store import Store, Transaction, due, moments, organisations, people
from bot.store.due import DueRow
from bot.store.wake import wake
from bot.turns.call import Call
from bot.turns.later import CHANNEL
from bot.turns.turn import Surroundings, Turn
from bot.turns.unasked import say_unasked
from states.inputs import Role
from states.roles import ANSWER_FOR_LEADS

log = structlog.get_logger()

BLIND = "blind"
TELEGRAM_KEEPS = timedelta(hours=24)
"""What people send is kept so long for a bot that is out of reach (https://core.telegram.org/bots/api#getupdates)."""
NOTED_EVERY = timedelta(minutes=1)
PAGE = 50
"""People told in one transaction, which turns must wait for."""
BETWEEN_PAGES = timedelta(seconds=2)
"""So the pages come no faster than they can be sent."""


class Hearing:
    """Notes when this bot last heard Telegram. `heard` is called from one thread, as often as one likes."""

    def __init__(self, store: Store, bot_id: int, surroundings: Surroundings, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.name = f"heard:{bot_id}"
        self.surroundings = surroundings
        self.clock = clock
        self._noted_at: datetime | None = None

    def heard(self) -> Future[None] | None:
        """Telegram answered, or brought something. Gives the note that is made of it, if one is."""
        at = self.clock()
        if self._noted_at is not None and at - self._noted_at < NOTED_EVERY:
            return None
        self._noted_at = at
        noting = self.store.submit(lambda transaction: note(transaction, self.name, self.surroundings, at))
        noting.add_done_callback(self._noted)
        return noting

    def _noted(self, future: Future[None]) -> None:
        if error := future.exception():
            log.warning("not noted that Telegram was heard", error_class=type(error).__name__)
            self._noted_at = None


def note(transaction: Transaction, name: str, surroundings: Surroundings, at: datetime) -> None:
    """Note it; after a gap that was too long, have people told of it, whichever worker notices."""
    before = moments.exchange(transaction, name, at)
    if at - before > TELEGRAM_KEEPS:
        _page(transaction, surroundings, f"{int(before.timestamp())}.{int(at.timestamp())}", "", at)


def _page(transaction: Transaction, surroundings: Surroundings, gap: str, after: str, at: datetime) -> None:
    row_id = surroundings.new_id()
    due.add(transaction, row_id=row_id, kind=BLIND, subject=f"{gap}.{after}", person_id=None, due_at=at)
    wake(transaction, CHANNEL)


def tell_of_the_gap(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Tell the next people who are in a walk, and leads; and write down where the page after it begins."""
    since, until, after = row.subject.split(".")
    gap = datetime.fromtimestamp(int(since), UTC), datetime.fromtimestamp(int(until), UTC)
    found = people.in_a_walk_or_role(transaction, Role.LEAD, after, PAGE)
    for person_id in found:
        person = people.by_id(transaction, person_id)
        if person is not None:
            _tell(Turn(transaction, surroundings, person, at), *gap)
    if len(found) == PAGE:
        _page(transaction, surroundings, f"{since}.{until}", found[-1], at + BETWEEN_PAGES)
    return None


def _tell(turn: Turn, since: datetime, until: datetime) -> None:
    parts = organisations.memberships_of(turn.transaction, turn.person.id)
    answers = any(one.status == "active" and one.role in ANSWER_FOR_LEADS for one in parts)
    lead = turn.profile.role == Role.LEAD or answers
    if turn.walk.signposted and not lead:  # nothing they said was to be kept
        return
    screen = was_away_text(since, until, until - TELEGRAM_KEEPS, turn.reference, lead=lead)
    words = worded(screen, turn.translate, "", 0)
    say_unasked(turn, Call(turn.person.chat_id, "text", turn.translate.language, words))
