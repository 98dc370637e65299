"""Answers to "did you?" and "have you heard back?": each is added to the record, and says what to do now and when it is
asked again (RF-1 to RF-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.screens import following_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import due, records
from bot.store.due import DueRow
from bot.store.records import Addendum, RecordRow
from bot.store.transaction import Transaction
from bot.turns import later
from bot.turns.beside import OLD_BUTTON
from bot.turns.disagreeing import disagree
from bot.turns.pauses import moment_after
from bot.turns.turn import FOLLOW_UP, Turn
from states.editions import edition_called
from states.following_up import (
    HEARD_FIRST,
    HEARD_FROM,
    NOT_HEARD,
    NOT_YET,
    REPLIES,
    Asked,
    FollowUp,
    Pause,
    Reason,
    Reply,
    follow_up_kept,
)
from states.following_up_words import AFTER_ALL as AFTER_ALL_KEPT
from states.following_up_words import KEPT, REASON_LABELS, what_now, why_not
from states.text import Text

OPEN, REASON, AFTER_ALL = "open", "reason", "after_all"


def follow_up_in(row: RecordRow) -> FollowUp | None:
    """What is to be asked about this record."""
    return follow_up_kept(row.content.get("follow_up"))


def standing(transaction: Transaction, reference: str) -> DueRow | None:
    """The question that stands over this record, asked or still to be asked."""
    return due.find(transaction, later.FOLLOW_UP, reference)


def asked_at(transaction: Transaction, reference: str) -> datetime | None:
    """When it is asked next; None where nothing is."""
    row = standing(transaction, reference)
    return row.due_at if row else None


def _follow(turn: Turn, what: Press) -> None:
    """A button of a follow-up's screens, by what it says and the record's reference. Nothing is taken as an answer that
    does not fit the question that stands."""
    answered, _, reason = what.first.partition("-")
    row, reference = turn.own_record(what.second), what.second
    follow = follow_up_in(row) if row is not None else None
    stands = standing(turn.transaction, reference)
    if follow is None or (stands is None and answered != AFTER_ALL):
        turn.notice = OLD_BUTTON
        return
    asked = follow.asked_at(stands.stage) if stands else follow.question
    if answered == OPEN:
        turn.show(FOLLOW_UP, reference)
    elif answered == AFTER_ALL and asked is not Asked.HEARD:
        if stands is None:  # it was said that it would not be
            _keep(turn, reference, AFTER_ALL_KEPT)
        _again(turn, reference, NOT_YET[follow.urgency], 0)
        _followed(turn, reference, Reply.NOT_YET)
    elif answered == REASON and reason in set(Reason) and Reply.WILL_NOT in REPLIES[asked]:
        _keep(turn, reference, Text(KEPT[Reply.WILL_NOT].msgid, (("reason", REASON_LABELS[Reason(reason)]),)))
        due.remove(turn.transaction, later.FOLLOW_UP, reference)
        turn.show("followed", f"{reference}|{REASON}-{reason}")
    elif answered in set(REPLIES[asked]):
        _replied(turn, reference, follow, Reply(answered))
    else:
        turn.notice = OLD_BUTTON


def _replied(turn: Turn, reference: str, follow: FollowUp, reply: Reply) -> None:
    if reply is Reply.WILL_NOT:  # kept with its reason, which is asked first
        turn.show("will_not", reference)
        return
    _keep(turn, reference, KEPT[reply])
    if reply is Reply.NOT_YET:
        _again(turn, reference, NOT_YET[follow.urgency], 0)
    elif reply is Reply.YES and follow.hears:
        _again(turn, reference, HEARD_FIRST, HEARD_FROM)
    elif reply in (Reply.NOT_HEARD, Reply.REFUSED):  # who will not act may think again: it is asked until it is over
        _again(turn, reference, NOT_HEARD, HEARD_FROM)
    else:
        due.remove(turn.transaction, later.FOLLOW_UP, reference)
    if reply is Reply.REFUSED:
        disagree(turn, reference)
    else:
        _followed(turn, reference, reply)


def _followed(turn: Turn, reference: str, reply: Reply) -> None:
    turn.show("followed", f"{reference}|{reply}")


def _again(turn: Turn, reference: str, pause: Pause, stage: int) -> None:
    """Ask again then, counted anew since somebody answered."""
    due_at, new_id = moment_after(pause, turn.at), turn.surroundings.new_id()
    later.follow_up(turn.transaction, reference, turn.person.id, due_at, stage, new_id)


def _keep(turn: Turn, reference: str, words: Text) -> None:
    """Every answer is added to the record (REC-14)."""
    id_ = turn.surroundings.new_id()
    records.add_addendum(turn.transaction, Addendum(id_, reference, turn.at, turn.translate(words)))


# ---- what the chat shows


def follow_up_screen(turn: Turn) -> Screen | None:
    """The question that stands over the record; None where there is none any more."""
    reference = turn.detail.partition("|")[0]
    row, stands = turn.own_record(reference), standing(turn.transaction, reference)
    follow = follow_up_in(row) if row is not None else None
    if follow is None or stands is None:
        return None
    closes_at = later.closes_at(turn.transaction, turn.row.id) if turn.row else None
    asked = follow.asked_at(stands.stage)
    return screens.follow_up_screen(reference, asked, in_walk=turn.row is not None, closes_at=closes_at)


def will_not_screen(turn: Turn) -> Screen | None:
    """Why not."""
    row = turn.own_record(turn.detail)
    return None if row is None else screens.will_not_screen(row.reference)


def followed_screen(turn: Turn) -> Screen | None:
    """What to do after the answer, and when it is asked again."""
    reference, _, replied = turn.detail.partition("|")
    row = turn.own_record(reference)
    follow = follow_up_in(row) if row is not None else None
    if row is None or follow is None:
        return None
    edition = edition_called(row.edition)
    again_at = asked_at(turn.transaction, reference)
    if replied.startswith(REASON):
        notice = why_not(Reason(replied.partition("-")[2]), follow)
        return screens.followed_screen(reference, notice, edition, again_at, at=turn.at, after_all=again_at is None)
    return screens.followed_screen(reference, what_now(Reply(replied), follow), edition, again_at, at=turn.at)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"follow": _follow}
