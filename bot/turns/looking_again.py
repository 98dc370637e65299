"""Going through a record again: its walk comes back, with what cannot have changed already answered (PF-5, REC-13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.screens.screen import Paragraph, Press
from bot.store import due
from bot.turns import later
from bot.turns.beside import OLD_BUTTON
from bot.turns.turn import Turn
from states.looking_again import answers_that_stand
from states.text import Text, joined, say

KEPT = say("I kept whom it is about. The rest may have changed since, so I ask it again. Danger comes first.")


def _again(turn: Turn, what: Press) -> None:
    """A new walk; an open one is kept as an unfinished record (INV-15). Until it is saved the day to look again comes
    again tomorrow, so that a walk that is left does not end it."""
    row = turn.own_record(what.first)
    if row is None:
        turn.notice = OLD_BUTTON
        return
    left = turn.stop(keep=True)
    given = {one["question"]: tuple(one["answer"]) for one in row.content["answers"]}
    turn.bring_back(row.reference, answers_that_stand(given))
    if due.find(turn.transaction, later.REVIEW, row.reference) is not None:
        tomorrow = turn.local_at.date() + timedelta(days=1)
        later.look_again(turn.transaction, row.reference, turn.person.id, tomorrow, turn.surroundings.new_id())
    turn.notice = KEPT
    if left is not None:
        other = say("What you said before is kept as unfinished record {reference}.", reference=left.reference)
        turn.notice = joined([KEPT, other], " ")


def last_time(turn: Turn) -> tuple[Paragraph, ...]:
    """What was answered to the present question when the record was made."""
    row = turn.own_record(turn.again_of) if turn.again_of else None
    question = turn.walk.question
    if row is None or question is None:
        return ()
    answered = next((one["answered"] for one in row.content["answers"] if one["question"] == question.id), ())
    words = "; ".join(answered)
    return (Paragraph(Text(LAST_TIME.msgid, (("words", words),))),) if words else ()


LAST_TIME = say("Last time: {words}")

PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"again": _again}
