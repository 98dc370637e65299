"""What must happen later, happening: the loop, and what each kind of row does when its time has come."""

from __future__ import annotations

from collections.abc import Mapping

from bot.due.blind_window import BLIND, Hearing, tell_of_the_gap
from bot.due.chat_sweeping import sweep
from bot.due.following_up import follow_up
from bot.due.ladder import climb
from bot.due.loop import Due, Handler
from bot.due.old_rows import OLD_ROWS, begin, forget_old_rows
from bot.due.review_dates import review
from bot.due.unfinished_walks import look_after
from bot.turns.later import ESCALATION, FOLLOW_UP, REVIEW, SWEEP, WALK

HANDLERS: Mapping[str, Handler] = {
    WALK: look_after,
    REVIEW: review,
    FOLLOW_UP: follow_up,
    SWEEP: sweep,
    BLIND: tell_of_the_gap,
    OLD_ROWS: forget_old_rows,
    ESCALATION: climb,
}
"""Every kind of row."""

__all__ = ["HANDLERS", "Due", "Hearing", "begin"]
