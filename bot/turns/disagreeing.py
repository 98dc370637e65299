"""When they will not act: the short walk of `states.disagreement`, opened from a record, a follow-up, a call for a lead
that was closed, or by /disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.local_time import local
from bot.screens import disagreement_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import records
from bot.store.records import Addendum
from bot.turns.beside import OLD_BUTTON
from bot.turns.turn import DISAGREE, Turn
from states.disagreement import Disagreement, disagreement, what_to_do
from states.editions import edition_called


def disagree(turn: Turn, reference: str = "", code: str = "") -> None:
    """Show where the walk stands after these answers. At its end it is added to the record, if there is one (ES-1)."""
    try:
        walk = disagreement(code)
    except ValueError:
        turn.notice = OLD_BUTTON
        return
    if walk.urgent:
        turn.show("emergency")
        return
    turn.show(DISAGREE, f"{code}|{reference}")
    if walk.question is None and turn.own_record(reference) is not None:
        _keep(turn, reference, walk)


def _keep(turn: Turn, reference: str, walk: Disagreement) -> None:
    """Once a day for the same answers: its buttons never grow old, so one may be tapped twice."""
    words = turn.translate(walk.kept)
    today = turn.local_at.date()
    kept = records.addenda_of(turn.transaction, reference)
    if not any(one.text == words and local(one.at).date() == today for one in kept):
        records.add_addendum(turn.transaction, Addendum(turn.surroundings.new_id(), reference, turn.at, words))


def _disagree(turn: Turn, what: Press) -> None:
    disagree(turn, what.second, what.first)


def disagree_screen(turn: Turn) -> Screen:
    """One of the questions, or what to do."""
    code, _, reference = turn.detail.partition("|")
    walk = disagreement(code)
    if walk.question is not None:
        return screens.question_screen(walk, reference)
    row = turn.own_record(reference)
    edition = edition_called(row.edition) if row is not None else turn.walk.here.edition
    return screens.steps_screen(what_to_do(walk.answers, edition), reference, has_record=row is not None)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"disagree": _disagree}
