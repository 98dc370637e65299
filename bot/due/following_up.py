"""What somebody said they would do: they are asked whether they did, and then whether they were answered, until they
say so (RF-1 to RF-3). How soon, and how often, is a table in `states.following_up`."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.due.review_dates import BLOCKED_DAYS
from bot.local_time import next_morning, waking
from bot.store import Transaction, due, people, records
from bot.store.due import DueRow
from bot.turns.following_up import follow_up_in
from bot.turns.later import REVIEW
from bot.turns.pauses import BY_NIGHT, moment_after
from bot.turns.turn import FOLLOW_UP, Surroundings, Turn
from bot.turns.unasked import STAYS, asked_lately, at_999, in_talk, show_unasked, unread_end
from states.following_up import next_stage


def follow_up(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask, or wait for who cannot be asked now."""
    person = people.by_id(transaction, row.person_id or "")
    record = records.by_reference(transaction, row.subject)
    if person is None or record is None or record.person_id != person.id:
        return None
    follow = follow_up_in(record)
    if follow is None:
        return None
    if person.blocked_at is not None:
        return None if at > record.made_at + BLOCKED_DAYS else Again(next_morning(at), row.stage)
    turn = Turn(transaction, surroundings, person, at)
    pause = follow.unanswered(row.stage)
    if pause not in BY_NIGHT and waking(at) > at:  # it was put off, into the night
        return Again(waking(at), row.stage)
    review = _review_is_due(transaction, person.id, at)
    if at_999(turn) or in_talk(turn) or _must_wait(turn, row.subject) or review:
        return Again(at + STAYS, row.stage)
    turn.show(FOLLOW_UP, f"{row.subject}|{at.isoformat(timespec='minutes')}")
    show_unasked(turn, silent=False)
    return Again(moment_after(pause, at), next_stage(row.stage))


def _must_wait(turn: Turn, reference: str) -> bool:
    """Whether the chat shows something else that the bot said just now, which would be lost unread: what was asked of
    another record, a review, or that something was closed."""
    same = turn.seen == FOLLOW_UP and turn.detail.partition("|")[0] == reference
    return not same and (asked_lately(turn) or unread_end(turn))


def _review_is_due(transaction: Transaction, person_id: str, at: datetime) -> bool:
    """Where both are due, the day to look again goes first, whichever row a worker happens to take before the other."""
    return any(one.kind == REVIEW and one.due_at <= at for one in due.of_person(transaction, person_id))
