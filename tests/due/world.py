"""A bot, its people and their chats in a world whose time is moved by hand: what is due in between happens at its time,
and is sent. No network; the store, the turns, the due rows and their loop are the real ones."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.due import HANDLERS, Due, Hearing
from bot.intake import Intake
from bot.store import MasterKey, Store, due, outbox
from bot.store.outbox import Lane
from bot.telegram.marking import write_down
from bot.telegram.outbox import LANES
from bot.turns.call import Call, read
from bot.turns.turn import Surroundings
from states.flow import the_flow
from tests.bot.direct import DirectChat

KEY = MasterKey(bytes(range(32)))
SATURDAY = datetime(2026, 3, 14, 10, tzinfo=UTC)
MANY = 1000


class World:
    """It begins on a Saturday at ten in the morning, in winter time."""

    def __init__(self, location: Path | str, at: datetime = SATURDAY) -> None:
        self.store = Store.open(location, KEY)
        self.now = at
        self.restarted()
        self.intake = Intake(self.store, self.surroundings, 1, lambda: self.now)
        self.chats: dict[int, DirectChat] = {}
        self.sent: list[tuple[datetime, Call]] = []
        """What the bot said by itself, and when."""

    def restarted(self) -> None:
        """The worker is gone, and another one takes its place."""
        self.surroundings = Surroundings(the_flow(), os.urandom, worker=os.urandom(4).hex())
        self.due = Due(self.store, self.surroundings, HANDLERS, lambda: self.now)
        self.hearing = Hearing(self.store, 1, self.surroundings, lambda: self.now)

    def newcomer(self, language: str | None = "en") -> DirectChat:
        """Somebody who has never written to the bot."""
        chat = DirectChat(self.intake, language)
        self.chats[chat.id] = chat
        return chat

    def passes(self, time: timedelta) -> None:
        """Time goes by."""
        self.until(self.now + time)

    def until(self, end: datetime) -> None:
        """Time goes by until then; what is due happens on the way."""
        self.happen()
        for _ in range(MANY):
            with self.store.reading() as transaction:
                next_at = due.next_at(transaction, self.now)
            if next_at is None or next_at > end:
                self.now = end
                return
            self.now = max(self.now, next_at)
            self.happen()
        raise AssertionError("something is due again and again")

    def happen(self) -> None:
        """Everything that is due now, until nothing is, and what is to be said because of it."""
        for _ in range(MANY):
            if asyncio.run(self.due.round()) > 0:
                self.deliver()
                return
        raise AssertionError("something is due again and again")

    def deliver(self) -> None:
        """Send what waits, as the outbox does. A second thing that the bot starts in one chat waits a second."""
        for _ in range(3):
            while sum(self._deliver(lane) for lane in LANES):
                pass
            with self.store.reading() as transaction:
                if not outbox.waiting(transaction):
                    return
            self.now += timedelta(seconds=1)

    def _deliver(self, lane: Lane) -> bool:
        until = self.now + timedelta(seconds=20)
        rows = self.store.run(lambda transaction: outbox.claim(transaction, lane, "sender", self.now, until, 50))
        for row in rows:
            call = read(row.kind, row.content)
            if call.kind == "screen" and row.revision is not None and row.revision > call.revision:
                self.store.run(lambda transaction, row=row: outbox.remove(transaction, [row.number]))  # type: ignore[misc]
                continue
            self.sent.append((self.now, call))
            done = self.chats[call.chat_id].made(call, row.living)
            written = self.store.run(
                lambda transaction, row=row, call=call, done=done: write_down(  # type: ignore[misc]
                    transaction, row, call, done, self.now, "sender"
                )
            )
            for said in written.later:
                self.store.run(lambda transaction, said=said: outbox.let_go(transaction, [said.row.number]))  # type: ignore[misc]
        return bool(rows)

    def shown_to(self, chat: DirectChat) -> list[tuple[datetime, Call]]:
        """What the bot said to this person by itself, tidying left out."""
        return [(at, call) for at, call in self.sent if call.chat_id == chat.id and call.kind != "tidy"]

    def waiting(self, kind: str | None = None) -> list[str]:
        """The subjects of the rows that are still to happen."""
        with self.store.reading() as transaction:
            rows = transaction.connection.exec_driver_sql("SELECT kind, subject FROM due ORDER BY kind, subject").all()
        return [subject for of_kind, subject in rows if kind in (None, of_kind)]

    def close(self) -> None:
        self.store.close()
