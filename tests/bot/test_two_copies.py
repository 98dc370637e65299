"""A ping whose answer got lost goes out again, and the bot knows only the later copy: one tap settles both."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import outbox
from bot.store.outbox import OutboxRow
from bot.telegram.marking import write_down
from bot.telegram.sending import Done
from bot.turns.call import Call, read
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.several import Club
from tests.store.postgresql import new_database

RUNG = timedelta(minutes=15)
WAITS = 0.5
"""Seconds by which one transaction surely waits for another."""
TAKE, DECLINE = "I'll take it", "I cannot take this"


class Doubt:
    """Sam asks for a lead. What is on its way to Alex may come twice, or be written down late."""

    def __init__(self, place: Path | str) -> None:
        self.club = Club(place)
        self.sam = self.club.member("Sam", OrganisationRole.PRACTITIONER)
        self.alex = self.club.member("Alex", OrganisationRole.LEAD)
        self.bo = self.club.member("Bo", OrganisationRole.DEPUTY)
        at(self.sam, "worry")
        self.sam.tap("Speak to my lead", "No")

    def to_alex(self) -> tuple[OutboxRow, Call]:
        """What waits for Alex, in a worker's hands."""
        now = self.club.now
        with self.club.intake.store.transaction() as transaction:
            rows = outbox.claim(transaction, "urgent", "worker", now, now + RUNG, 10)
        calls = {(call := read(row.kind, row.content)).chat_id: (row, call) for row in rows}
        return calls[self.alex.id]

    def sent(self, row: OutboxRow, call: Call) -> Done:
        """It is on the phone, and the bot does not know."""
        return self.alex.made(call, row.living)

    def written_down(self, row: OutboxRow, call: Call, done: Done) -> None:
        """The bot learns of it; then everything is delivered."""
        with self.club.intake.store.transaction() as transaction:
            write_down(transaction, row, call, done, self.club.now, "another worker")
            outbox.let_go_of_others(transaction, "nobody")
        self.club.deliver()

    def ring_twice(self) -> tuple[int, int]:
        """Two copies: the one that the bot knows nothing of, and the one that it knows."""
        row, call = self.to_alex()
        first, second = self.sent(row, call), self.sent(row, call)
        self.written_down(row, call, second)
        assert rings(self.alex) == [first.new[0], second.new[0]]
        return first.new[0], second.new[0]


@pytest.fixture
def doubt(tmp_path: Path) -> Iterator[Doubt]:
    made = Doubt(tmp_path)
    yield made
    made.club.close()


def rings(chat: DirectChat) -> list[int]:
    """The messages that still ask to take it."""
    return sorted(number for number, (_, buttons) in chat.messages.items() if TAKE in buttons)


@pytest.mark.parametrize("label", [TAKE, DECLINE])
def test_a_tap_on_the_copy_that_the_bot_knows_nothing_of_settles_both(doubt: Doubt, label: str) -> None:
    """Else the other would ask on, below the case or after a no."""
    unknown, _ = doubt.ring_twice()
    doubt.alex.press(doubt.alex.messages[unknown][1][label], unknown)
    doubt.club.deliver()
    assert rings(doubt.alex) == []


def test_a_tap_on_the_known_copy_leaves_one_that_answers_truly(doubt: Doubt) -> None:
    """The bot cannot take away what it does not know of; tapped, that goes too and shows how it stands."""
    unknown, known = doubt.ring_twice()
    doubt.alex.press(doubt.alex.messages[known][1][TAKE], known)
    doubt.club.deliver()
    assert rings(doubt.alex) == [unknown]
    doubt.alex.press(doubt.alex.messages[unknown][1][DECLINE], unknown)
    doubt.club.deliver()
    assert "is yours." in doubt.alex.screen
    assert rings(doubt.alex) == []


def test_a_copy_that_was_not_sent_again_yet_is_not_sent_after_a_no(doubt: Doubt) -> None:
    """The bot died when it had sent it; before it comes to send it again, it is tapped."""
    row, call = doubt.to_alex()
    (unknown,) = doubt.sent(row, call).new
    doubt.alex.press(doubt.alex.messages[unknown][1][DECLINE], unknown)
    with doubt.club.intake.store.transaction() as transaction:
        outbox.let_go_of_others(transaction, "nobody")
    doubt.club.deliver()
    assert rings(doubt.alex) == []


@pytest.mark.parametrize("label", [TAKE, DECLINE])
def test_a_copy_that_was_on_its_way_when_the_other_was_tapped_goes(doubt: Doubt, label: str) -> None:
    row, call = doubt.to_alex()
    (unknown,) = doubt.sent(row, call).new
    again = doubt.sent(row, call)
    doubt.alex.press(doubt.alex.messages[unknown][1][label], unknown)
    doubt.written_down(row, call, again)
    assert rings(doubt.alex) == []


def test_a_ping_that_was_on_its_way_when_the_next_rung_rang_goes(doubt: Doubt) -> None:
    """One ping stands on a phone: nobody would ever change the earlier one."""
    row, call = doubt.to_alex()
    late = doubt.sent(row, call)
    doubt.club.pass_time(RUNG)
    doubt.written_down(row, call, late)
    assert rings(doubt.alex) != [late.new[0]]
    assert len(rings(doubt.alex)) == 1


def test_who_takes_it_from_the_list_has_no_ping_left(doubt: Doubt) -> None:
    doubt.club.deliver()
    doubt.alex.say("/open")
    (reference,) = [label for label in doubt.alex.screen.buttons if label.startswith("SW-")]
    doubt.alex.tap(reference, TAKE)
    doubt.club.deliver()
    assert "is yours." in doubt.alex.screen
    assert rings(doubt.alex) == []


def test_a_ping_that_is_being_written_down_when_somebody_else_takes_it_says_so() -> None:
    """Two workers of one PostgreSQL: neither sees yet what the other is doing."""
    with new_database() as address:
        doubt = Doubt(address)
        row, call = doubt.to_alex()
        done = doubt.sent(row, call)
        take = doubt.alex.messages[done.new[0]][1][TAKE]
        with ThreadPoolExecutor(1) as other:
            with doubt.club.intake.store.transaction() as transaction:
                write_down(transaction, row, call, done, doubt.club.now, "a worker")
                taking = other.submit(doubt.bo.press, take)
                time.sleep(WAITS)
            taking.result()
        doubt.club.deliver()
        assert "is yours." in doubt.bo.screen
        assert rings(doubt.alex) == []
        doubt.club.close()
