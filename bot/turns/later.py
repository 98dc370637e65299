"""What a turn leaves to happen later: a row with a time (`bot.store.due`), written in the turn's own transaction.

What happens then, for each kind, is in `bot.due`. Nothing is written for a turn that only goes on: a row that comes
due looks at what has happened since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from bot.local_time import by_day_tomorrow, morning_of, next_morning
from bot.store import due, messages, organisations, records
from bot.store.due import RECORD_ENDS
from bot.store.messages import MessageRow
from bot.store.transaction import Transaction
from bot.store.wake import wake
from bot.store.walks import WalkRow
from bot.turns.pauses import moment_after
from states.arrangements import Arrangements
from states.record import Record
from states.retention import Life, Stage, told_at
from states.roles import Action, may

CHANNEL = "due"

WALK = "walk"
"""Subject: the id of a walk that is open."""
REVIEW = "review"
"""Subject: the reference of a record that its maker chose to look at again."""
FOLLOW_UP = "follow_up"
"""Subject: the reference of a record whose maker said that they would do something, or waits for an answer."""
SWEEP = "sweep"
"""Subject: the id of a person in whose chat there are messages."""

ESCALATION = "escalation"
"""Subject: the id of a call for a lead that is not closed."""
CASE = "case"
"""Subject: the id of one that its holder wants to look at again."""
LOST = "lost"
"""Subject: the id of a person who held a case and does so no longer."""
UNREACHABLE = "unreachable"
"""Subject: the id of a person who has blocked the bot; their administrators are told."""
DIGEST = "digest"
"""Subject: the id of an organisation, whose leads read every morning what is open."""
ROSTER = "roster"
"""Subject: the id of an organisation, whose administrators are reminded to test whether its leads are reached."""
TEST_PING = "test_ping"
"""Subject: the id of such a test that is under way."""
NUMBERS = "numbers"
"""Subject: the id of an organisation, whose local numbers are looked at every day."""

PROTOCOL = "protocol"
"""Subject: the id of an organisation, whose paper on sharing is to be looked at again on a day."""
CALL_ENDS = "call_ends"
"""Subject: the id of a call for a lead that is closed, whose words are kept for so long as records are."""

TEST_EVERY = timedelta(days=91)
"""A quarter of a year."""
LEFT, REMINDED = 0, 1
"""Stages of an open walk: left alone, and its practitioner told when it closes."""
BY_AGE, ALL = 0, 1
"""Stages of a sweep: what has stood long enough, or everything but the screen."""

REMIND_AFTER = timedelta(days=1)
"""So long a walk lies still before its practitioner is reminded."""
MESSAGES_STAND = timedelta(hours=24)
"""So long a message stands that is not the chat's screen."""
SWEEP_AFTER = timedelta(seconds=20)
"""From the end of a walk to the sweep of its chat: by then its last screen is sent."""


def walk_opened(transaction: Transaction, walk: WalkRow) -> None:
    """A walk begins."""
    due.add(
        transaction,
        row_id=walk.id,  # no other row has it
        kind=WALK,
        subject=walk.id,
        person_id=walk.person_id,
        due_at=walk.started_at + REMIND_AFTER,
    )


def walk_gone_on(transaction: Transaction, walk: WalkRow) -> None:
    """It goes on after it was left for long: a reminder of before counts no more."""
    due.move(transaction, WALK, walk.id, walk.updated_at + REMIND_AFTER, LEFT)


def closes_at(transaction: Transaction, walk_id: str) -> datetime | None:
    """When the walk is closed, if its practitioner was told so."""
    row = due.find(transaction, WALK, walk_id)
    return row.due_at if row is not None and row.stage == REMINDED else None


def walk_closed(transaction: Transaction, walk: WalkRow, at: datetime) -> None:
    """It is over, so what was said in the chat beside the screen may go."""
    due.remove(transaction, WALK, walk.id)
    due.move(transaction, SWEEP, walk.person_id, at + SWEEP_AFTER, ALL)


def look_again(transaction: Transaction, reference: str, person_id: str, day: date, row_id: str) -> None:
    """The maker of this record wants to look at it again on this day."""
    at = morning_of(day)
    if not due.move(transaction, REVIEW, reference, at):
        due.add(transaction, row_id=row_id, kind=REVIEW, subject=reference, person_id=person_id, due_at=at)


def review_is_due(transaction: Transaction, reference: str, at: datetime) -> bool:
    """Whether the day has come, and they have not said that they looked again."""
    row = due.find(transaction, REVIEW, reference)
    return row is not None and (row.stage > 0 or row.due_at <= at)


def looked_again(transaction: Transaction, reference: str, at: datetime) -> None:
    """They have, so the time that it is kept for begins anew (RET-5)."""
    due.remove(transaction, REVIEW, reference)
    records.keep_from(transaction, reference, at)


def organisation_made(transaction: Transaction, organisation_id: str, new_id: Callable[[], str], at: datetime) -> None:
    """From tomorrow on it is seen whether it has the local numbers that it needs, and its leads read what is open; and
    it tests now and then whether they are reached."""
    moments = {NUMBERS: by_day_tomorrow(at), DIGEST: next_morning(at), ROSTER: at + TEST_EVERY}
    for kind, due_at in moments.items():
        due.add(transaction, row_id=new_id(), kind=kind, subject=organisation_id, person_id=None, due_at=due_at)


def unreachable(transaction: Transaction, person_id: str, at: datetime) -> None:
    """Somebody has blocked the bot: where they were to be reached for others, that is told."""
    theirs = organisations.memberships_of(transaction, person_id)
    if not any(one.status == "active" and may([one.role], Action.TAKE) for one in theirs):
        return
    due.add(
        transaction,
        row_id=person_id,  # no other row has it
        kind=UNREACHABLE,
        subject=person_id,
        person_id=person_id,
        due_at=at,
    )
    wake(transaction, CHANNEL)


def follow_up(
    transaction: Transaction, reference: str, person_id: str, due_at: datetime, stage: int, row_id: str
) -> None:
    """The maker of this record is asked then whether they did it, or whether they were answered."""
    if not due.move(transaction, FOLLOW_UP, reference, due_at, stage):
        due.add(
            transaction,
            row_id=row_id,
            kind=FOLLOW_UP,
            subject=reference,
            person_id=person_id,
            due_at=due_at,
            stage=stage,
        )


def record_saved(
    transaction: Transaction, record: Record, person_id: str, at: datetime, new_id: Callable[[], str]
) -> None:
    """The day on which its maker looks at it again, when they are asked what became of it, and its end (RET-5)."""
    life = Life(at, organisations.days_kept(transaction, person_id), live=False, reachable=True)
    due.add(
        transaction,
        row_id=new_id(),
        kind=RECORD_ENDS,
        subject=record.reference,
        person_id=person_id,
        due_at=told_at(life),
    )
    if record.review_on is not None:
        look_again(transaction, record.reference, person_id, record.review_on, new_id())
    if record.follow_up is not None:
        due_at, stage = moment_after(record.follow_up.first, at), record.follow_up.stage
        follow_up(transaction, record.reference, person_id, due_at, stage, new_id())


def arranged(
    transaction: Transaction,
    organisation_id: str,
    before: Arrangements,
    made: Arrangements,
    new_id: Callable[[], str],
    at: datetime,
) -> None:
    """An organisation has changed what it arranged. How long records are kept holds for those that there are, too, so
    each is looked at now; and the day on which its paper is looked at may have moved."""
    if made.days_kept != before.days_kept:
        due.bring_forward(transaction, RECORD_ENDS, organisation_id, at, Stage.LEFT)
        due.bring_forward_calls(transaction, CALL_ENDS, organisation_id, at)
    if made.protocol_review == before.protocol_review:
        return
    due.remove(transaction, PROTOCOL, organisation_id)
    if made.protocol_review is not None:
        due_at = morning_of(made.protocol_review)
        due.add(transaction, row_id=new_id(), kind=PROTOCOL, subject=organisation_id, person_id=None, due_at=due_at)


def call_closed(transaction: Transaction, escalation_id: str, organisation_id: str, at: datetime, row_id: str) -> None:
    """Its words are kept for so long as records are (RET-5)."""
    organisation = organisations.by_id(transaction, organisation_id)
    arranged_there = organisation.arrangements if organisation is not None else Arrangements()
    due.add(
        transaction,
        row_id=row_id,
        kind=CALL_ENDS,
        subject=escalation_id,
        person_id=None,
        due_at=at + arranged_there.kept_for,
    )


def climb_now(transaction: Transaction, escalation_ids: Sequence[str], at: datetime) -> None:
    """Whoever was asked cannot answer: the next rung is due at once."""
    for escalation_id in escalation_ids:
        due.move(transaction, ESCALATION, escalation_id, at)
    if escalation_ids:
        wake(transaction, CHANNEL)


def remember(transaction: Transaction, message: MessageRow, row_id: str) -> None:
    """Write down a message of the chat if it is not known yet, and see to it that it is swept."""
    if messages.add(transaction, message) and not message.keep:
        due.add(
            transaction,
            row_id=row_id,
            kind=SWEEP,
            subject=message.person_id,
            person_id=message.person_id,
            due_at=message.sent_at + MESSAGES_STAND,
        )
