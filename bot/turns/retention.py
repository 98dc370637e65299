"""The end of a record (RET-5): how it stands with it, keeping it longer, and its going. When that is, and what goes
before it, is in `states.retention`; what makes it happen, in `bot.due.retention`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.local_time import local
from bot.screens.screen import Press, Screen
from bot.screens.unasked_screens import ends_screen as screen
from bot.store import closed_calls, due, notes, organisations, records, tombstones, walks
from bot.store.due import RECORD_ENDS
from bot.store.tombstones import Tombstone
from bot.store.transaction import Transaction
from bot.turns import later
from bot.turns.beside import OLD_BUTTON
from bot.turns.turn import ENDS, Turn
from states.retention import Life, Stage, ends_at, told_at
from states.text import say


def life_of(transaction: Transaction, reference: str, maker: Turn | None) -> Life | None:
    """How it stands with this record; None where it is gone. `maker`: None where they asked to be forgotten.

    Open, or still to come: a call for a lead, the day to look again, the question what became of it, and a walk that
    goes through it again. None of its words is read.
    """
    outline = records.outline(transaction, reference)
    if outline is None:
        return None
    still_to_come = any(due.find(transaction, kind, reference) for kind in (later.REVIEW, later.FOLLOW_UP))
    gone_through = maker is not None and maker.again_of == reference
    return Life(
        max(outline.alive_at, closed_calls.last_step_at(transaction, reference) or outline.alive_at),
        organisations.days_kept(transaction, outline.person_id),
        live=still_to_come or gone_through or closed_calls.any_open(transaction, reference),
        reachable=maker is not None and maker.person.blocked_at is None,
    )


def announced(turn: Turn, reference: str) -> datetime | None:
    """When one's own record goes, if that was told and still holds."""
    outline = records.outline(turn.transaction, reference)
    row = due.find(turn.transaction, RECORD_ENDS, reference)
    life = life_of(turn.transaction, reference, turn)
    if outline is None or row is None or life is None or outline.person_id != turn.person.id:
        return None
    holds = row.stage == Stage.TOLD and not life.live and ends_at(life) <= row.due_at
    return row.due_at if holds else None


def all_announced(turn: Turn, references: list[str]) -> dict[str, datetime]:
    """Of these those that were told and are to go, with their moments."""
    found = {reference: announced(turn, reference) for reference in references}
    return {reference: at for reference, at in found.items() if at is not None}


def named(turn: Turn) -> list[str]:
    """The records that the message names which tells of their end."""
    return turn.detail.partition("|")[2].split(",")


def _longer(turn: Turn, what: Press) -> None:
    """Keep it for the same time again, from the day on which it would have gone. As often as its maker likes."""
    reference = what.first
    goes_at = announced(turn, reference)
    if goes_at is None:
        turn.notice = OLD_BUTTON
        return
    records.keep_from(turn.transaction, reference, goes_at)
    life = life_of(turn.transaction, reference, turn)
    if life is not None:
        due.move(turn.transaction, RECORD_ENDS, reference, told_at(life), Stage.LEFT)
        day = f"{local(ends_at(life)):%d.%m.%Y}"
        turn.notice = say(
            "I keep {reference} until {day}, and tell you again before that.", reference=reference, day=day
        )
    if turn.seen == ENDS and not all_announced(turn, named(turn)):
        turn.show_walk()


def delete_record(transaction: Transaction, reference: str, at: datetime) -> None:
    """Its time is over: it goes with all that hangs on it, and a tombstone stays."""
    outline = records.outline(transaction, reference)
    if outline is None:
        return
    for kind in (later.REVIEW, later.FOLLOW_UP):
        due.remove(transaction, kind, reference)
    records.remove(transaction, reference)
    if outline.walk_id is not None:
        notes.remove_all(transaction, outline.walk_id)
        walks.remove_log(transaction, outline.walk_id)
        walks.remove_closed(transaction, outline.walk_id)
    tombstones.add(transaction, Tombstone(reference, local(outline.made_at).date(), local(at).date()))


def ends_screen(turn: Turn) -> Screen | None:
    """Which records go, and when; None where none does any more."""
    found = all_announced(turn, named(turn))
    if not found:
        return None
    closes_at = later.closes_at(turn.transaction, turn.row.id) if turn.row else None
    return screen(
        {reference: local(at).date() for reference, at in found.items()},
        in_walk=turn.row is not None,
        closes_on=local(closes_at).date() if closes_at else None,
    )


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"longer": _longer}
