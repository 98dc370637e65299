"""Several people's chats without a network: what one does is told to the others, and time passes for all of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.due import HANDLERS
from bot.store import due, invitations, organisations, outbox
from bot.store.invitations import Invitation
from bot.store.organisations import Organisation
from bot.store.outbox import Lane
from bot.telegram.marking import write_down
from bot.turns.call import read
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat, open_intake

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""A Tuesday at noon."""
LANES: tuple[Lane, ...] = ("urgent", "reply", "own")
DAY = timedelta(days=1)


class Club:
    """One organisation, and the chats of those who belong to it."""

    def __init__(self, place: Path | str) -> None:
        """`place`: a folder for its store, or the address of a PostgreSQL database."""
        self.now = AT
        self.intake = open_intake(place)
        self.intake.clock = lambda: self.now
        self.chats: dict[int, DirectChat] = {}
        self.organisation = Organisation("c" * 32, "Riverside Youth Club", "eng", "voluntary", AT)
        with self.intake.store.transaction() as transaction:
            organisations.add(transaction, self.organisation)

    def somebody(self, name: str) -> DirectChat:
        """Somebody who belongs nowhere."""
        chat = DirectChat(self.intake, name=name)
        self.chats[chat.id] = chat
        return chat

    def member(self, name: str, *roles: OrganisationRole, place: str = "") -> DirectChat:
        """Somebody with these roles, confirmed; in the club, or in another `place`."""
        chat = self.somebody(name)
        for role in roles:
            token = f"token-{name}-{role}"
            made = Invitation(place or self.organisation.id, role, None, self.now, self.now + DAY)
            with self.intake.store.transaction() as transaction:
                invitations.add(transaction, token, made)
            chat.say(f"/start {token}")
            chat.tap("I agree and join")
        with self.intake.store.transaction() as transaction:
            for one in organisations.memberships_of(transaction, chat.turn.person.id):
                organisations.save_status(transaction, one.id, "active")
        return chat

    def deliver(self) -> None:
        """Bring to the phones all that waits to be sent."""
        while self._delivered():
            pass

    def _delivered(self) -> bool:
        store, until = self.intake.store, self.now + timedelta(seconds=30)
        with store.transaction() as transaction:
            rows = [row for lane in LANES for row in outbox.claim(transaction, lane, "worker", self.now, until, 100)]
        for row in rows:
            call = read(row.kind, row.content)
            done = self.chats[call.chat_id].made(call, row.living)
            with store.transaction() as transaction:
                write_down(transaction, row, call, done, self.now, "another worker")
                outbox.let_go_of_others(transaction, "nobody")
        return bool(rows)

    def pass_time(self, length: timedelta) -> None:
        """Let time pass, with everything that becomes due on the way, in steps as fine as the ladder's shortest."""
        end = self.now + length
        while self.now < end:
            self.now = min(end, self.now + timedelta(minutes=1))
            with self.intake.store.transaction() as transaction:
                rows = due.claim(transaction, "worker", self.now, self.now + timedelta(seconds=30), 100)
            for row in rows:
                with self.intake.store.transaction() as transaction:
                    again = HANDLERS[row.kind](transaction, row, self.intake.surroundings, self.now)
                    due.done(transaction, row.id, again.at if again else None, again.stage if again else 0)
            self.deliver()

    def close(self) -> None:
        """Close the store."""
        self.intake.store.close()
