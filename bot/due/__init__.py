"""What must happen later, happening: the loop, and what each kind of row does when its time has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.due import protocol, roster_tests
from bot.due.blind_window import BLIND, Hearing, tell_of_the_gap
from bot.due.chat_sweeping import sweep
from bot.due.digest import tell_what_is_open
from bot.due.following_up import follow_up
from bot.due.ladder import climb, look_again, say_that_nobody_is_asked, wait_no_longer
from bot.due.local_numbers import remind
from bot.due.loop import Due, Handler, Told
from bot.due.lost_cases import take_away
from bot.due.old_rows import OLD_ROWS, forget_old_rows, see_to_old_rows
from bot.due.retention import empty_call, end_record
from bot.due.review_dates import review
from bot.due.unfinished_walks import look_after
from bot.due.unreachable_leads import alarm
from bot.store import Transaction
from bot.store.due import RECORD_ENDS
from bot.turns.later import (
    CALL_ENDS,
    CASE,
    DIGEST,
    ESCALATION,
    FOLLOW_UP,
    LOST,
    NUMBERS,
    PROTOCOL,
    REVIEW,
    ROSTER,
    SWEEP,
    TEST_PING,
    UNREACHABLE,
    WALK,
)
from bot.turns.turn import Surroundings

HANDLERS: Mapping[str, Handler] = {
    WALK: look_after,
    REVIEW: review,
    FOLLOW_UP: follow_up,
    SWEEP: sweep,
    BLIND: tell_of_the_gap,
    OLD_ROWS: forget_old_rows,
    ESCALATION: climb,
    CASE: look_again,
    LOST: take_away,
    UNREACHABLE: alarm,
    DIGEST: tell_what_is_open,
    TEST_PING: roster_tests.go_on,
    ROSTER: roster_tests.remind,
    NUMBERS: remind,
    PROTOCOL: protocol.remind,
    RECORD_ENDS: end_record,
    CALL_ENDS: empty_call,
}
"""Every kind of row."""

IN_TROUBLE: Mapping[str, Told] = {ESCALATION: say_that_nobody_is_asked}
"""What is said where a row of this kind cannot be done."""


def begin(transaction: Transaction, surroundings: Surroundings, at: datetime) -> None:
    """What is done before any row: when a worker begins, and when its clock was set back."""
    see_to_old_rows(transaction, surroundings, at)
    wait_no_longer(transaction, surroundings, at)


__all__ = ["HANDLERS", "IN_TROUBLE", "Due", "Hearing", "begin"]
