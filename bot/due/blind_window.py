"""A gap in hearing Telegram that is longer than Telegram keeps what people send: the people it matters to are told.

`Hearing` notes about once a minute that Telegram was heard, and so notices the gap when it ends. Who is to be told is
gone through in pages, each a due row that names where the next begins.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

import structlog

from bot.due.again import Again
from bot.store import Store, Transaction, due, moments, people
from bot.store.due import DueRow
from bot.store.wake import wake
from bot.turns.later import CHANNEL
from bot.turns.showing import TELEGRAM_KEEPS
from bot.turns.turn import WAS_AWAY, Surroundings, Turn
from bot.turns.unasked import show_unasked
from states.inputs import Role

log = structlog.get_logger()

BLIND = "blind"
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

    def heard(self) -> None:
        """Telegram answered, or brought something."""
        at = self.clock()
        if self._noted_at is not None and at - self._noted_at < NOTED_EVERY:
            return
        self._noted_at = at
        self.store.submit(lambda transaction: note(transaction, self.name, self.surroundings, at)).add_done_callback(
            self._noted
        )

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
    found = people.in_a_walk_or_role(transaction, Role.LEAD, after, PAGE)
    for person_id in found:
        person = people.by_id(transaction, person_id)
        if person is None:
            continue
        turn = Turn(transaction, surroundings, person, at)
        if turn.walk.signposted and turn.profile.role != Role.LEAD:  # nothing they said was to be kept
            continue
        turn.show(WAS_AWAY, f"{since}|{until}")
        show_unasked(turn, silent=False)
    if len(found) == PAGE:
        _page(transaction, surroundings, f"{since}.{until}", found[-1], at + BETWEEN_PAGES)
    return None
