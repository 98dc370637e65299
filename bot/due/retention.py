"""Records, and the words of calls for a lead that are closed, go when their time is over (RET-5)."""

from __future__ import annotations

from datetime import datetime

from bot.due.again import Again
from bot.local_time import by_day, by_day_tomorrow, local
from bot.store import Transaction, closed_calls, due, escalations, organisations, people, records, walks
from bot.store.due import RECORD_ENDS, DueRow
from bot.turns.retention import all_announced, delete_record, life_of, named
from bot.turns.turn import ENDS, REVIEW, Surroundings, Turn
from bot.turns.unasked import STAYS, asked_lately, at_999, show_unasked, unread_end
from states.escalation import State
from states.retention import LOOK_AGAIN, Act, Next, Stage, next_step

MOST_NAMED = 8
"""Records that one message names."""


def end_record(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """Tell its maker, wait, or let it go. Whoever asked to be forgotten is not told."""
    person = people.by_id(transaction, row.person_id) if row.person_id is not None else None
    turn = Turn(transaction, surroundings, person, at) if person is not None else None
    life = life_of(transaction, row.subject, turn)
    if life is None:
        return None
    step = next_step(Stage(row.stage), life, at)
    if step.act is Act.GO:
        delete_record(transaction, row.subject, at)
        return None
    if turn is None or step.act is Act.WAIT:
        return Again(step.at, step.stage)
    may_at = _may_tell_at(turn)
    if may_at > at:
        return Again(may_at, Stage.LEFT)
    _tell(turn, row.subject, step)
    return Again(step.at, step.stage)


def _may_tell_at(turn: Turn) -> datetime:
    """Now, or when it is by day, nobody is at 999 or in the middle of a walk, and nothing that the bot said is lost
    unread."""
    at = turn.at
    busy = turn.row is not None and at < turn.row.updated_at + STAYS
    if busy or at_999(turn) or unread_end(turn) or (asked_lately(turn) and turn.seen != ENDS):
        return at + STAYS
    if turn.seen == REVIEW and turn.detail.startswith(local(at).date().isoformat()):  # one thing a day
        return by_day_tomorrow(at)
    return by_day(at)


def _tell(turn: Turn, reference: str, step: Next) -> None:
    """Name this record, and those whose time to be told has come as well: a second message would take the place of the
    first. So those stay named of which the chat still tells."""
    told_before = all_announced(turn, named(turn)) if turn.seen == ENDS else {}
    due.move(turn.transaction, RECORD_ENDS, reference, step.at, step.stage)
    telling = [reference]
    for other in due.of_person(turn.transaction, turn.person.id):
        waits = other.kind == RECORD_ENDS and other.due_at <= turn.at and other.subject != reference
        life = life_of(turn.transaction, other.subject, turn) if waits and len(telling) < MOST_NAMED else None
        found = next_step(Stage(other.stage), life, turn.at) if life is not None else None
        if found is not None and found.act is Act.TELL:
            due.move(turn.transaction, RECORD_ENDS, other.subject, found.at, found.stage)
            telling.append(other.subject)
    now = local(turn.at).isoformat(timespec="minutes")
    turn.show(ENDS, f"{now}|{','.join([*telling, *told_before][:MOST_NAMED])}")
    show_unasked(turn)


def empty_call(transaction: Transaction, row: DueRow, surroundings: Surroundings, at: datetime) -> Again | None:
    """The words of a closed call go; its steps and its receipt stay with the organisation. Never before the record that
    it belongs to: what was said is part of that."""
    one = escalations.hold(transaction, row.subject)
    closed = closed_calls.closed_at(transaction, row.subject)
    organisation = organisations.by_id(transaction, one.organisation_id) if one is not None else None
    if one is None or organisation is None or closed is None or one.state is not State.CLOSED:
        return None
    ends = closed + organisation.arrangements.kept_for
    if at < ends:
        return Again(ends)
    reference = one.reference
    if walks.by_reference(transaction, reference) or records.outline(transaction, reference):
        return Again(at + LOOK_AGAIN)
    closed_calls.empty(transaction, one, at)
    return None
