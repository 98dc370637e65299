"""The day on which somebody chose to look again at what they decided (PF-5, REC-13).

They are asked on that morning, after one working day once more, and then daily three times at most (RF-3). The last
time says that it is the last.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.due.again import Again
from bot.local_time import local, next_morning, next_working_morning
from bot.store import Transaction, due, people, records
from bot.store.due import DueRow
from bot.turns.later import REVIEW as KIND
from bot.turns.turn import ENDS, FOLLOW_UP, LAST_MARK, REVIEW, Surroundings, Turn
from bot.turns.unasked import STAYS, asked_lately, at_999, in_talk, show_unasked, unread_end

LAST = 4
"""The stage of the last time: the first is 0, the one after a working day 1, and three follow."""
MOST_NAMED = 8
"""Records that one message names."""
DAY = len("2026-12-31")
BLOCKED_DAYS = timedelta(days=30)
"""So long who has blocked the bot may come back and still be asked."""


def review(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Ask, or wait another day for who cannot be asked."""
    person = people.by_id(transaction, row.person_id or "")
    record = records.by_reference(transaction, row.subject)
    if person is None or record is None or record.person_id != person.id:
        return None
    if person.blocked_at is not None:
        chosen = date.fromisoformat(record.content["review_on"])
        return None if local(at).date() > chosen + BLOCKED_DAYS else Again(next_morning(at), row.stage)
    turn = Turn(transaction, surroundings, person, at)
    now = local(at).isoformat(timespec="minutes")
    asked = turn.seen in (FOLLOW_UP, ENDS) and asked_lately(turn)
    if unread_end(turn) or at_999(turn) or in_talk(turn) or asked:
        return Again(at + STAYS, row.stage)
    if not _named_today(turn, row.subject, now):
        named = _due_with(transaction, row, at)
        first = "first" if any(one.stage == 0 for one in named) else "again"
        turn.show(REVIEW, f"{now}|{first}|{','.join(one.subject + LAST_MARK * (one.stage >= LAST) for one in named)}")
        show_unasked(turn, silent=False)
    if row.stage >= LAST:
        return None
    return Again(next_working_morning(at) if row.stage == 0 else next_morning(at), row.stage + 1)


def _due_with(transaction: Transaction, row: DueRow, at: datetime) -> list[DueRow]:
    """This row and those whose time has come as well: one message names them all."""
    rows = due.of_person(transaction, row.person_id or "")
    others = [one for one in rows if one.kind == KIND and one.due_at <= at and one.id != row.id]
    return [row, *others][:MOST_NAMED]


def _named_today(turn: Turn, reference: str, now: str) -> bool:
    """Whether the chat shows a message of today that names this record."""
    if turn.seen != REVIEW:
        return False
    asked_at, _, named = turn.detail.split("|")
    return asked_at[:DAY] == now[:DAY] and reference in named.replace(LAST_MARK, "").split(",")
