"""What pressing a button does. Every verb is one small function; a typed answer ends here too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import codes
from bot.screens.screen import Press
from bot.screens.walk_screens import shown_options
from bot.store import notes
from bot.turns import (
    arranging,
    asking,
    case_work,
    disagreeing,
    duty,
    following_up,
    leaving,
    looking_again,
    numbers,
    organisations,
    own_call,
    retention,
    taking,
    testing_the_roster,
)
from bot.turns.asking import asks_for_a_lead
from bot.turns.beside import BESIDE, OLD_BUTTON
from bot.turns.held_back import NOT_KEPT, Talk, held_back, over_what, talk_held_back, talk_shown
from bot.turns.showing import OPENED_BY_BUTTON, is_for_words
from bot.turns.turn import (
    ASKING,
    BEFORE_999,
    DANGER_SAID,
    FOLLOWING,
    NOTE_WARNING,
    PENDING_NOTE,
    RETURNING,
    UNASKED,
    Turn,
    rings_999,
)
from bot.turns.urgent import presses_danger
from states.following_up import wants_an_answer
from states.question import Kind
from states.questions.advice_given import ADVICE
from states.questions.danger import DANGER, ENTRY
from states.questions.recording import NOTE, NOTE_WRITTEN
from states.text import Text, first_line, joined, say
from states.walk import AnswerRefusedError
from states.words import fill

NOTE_LOST = say("What you typed as a note was not kept. If it belongs on the record, please type it in other words.")
NOT_A_CHOICE = say("That cannot be chosen here. Nothing has changed. Here is where we are:")

NOBODY_IN_DANGER = Press("option", DANGER.id, "3")
"""A test holds it to the question's "no"."""

GOES_ON = ("option", "tick", "done", "change", "back", "go_on", "nation", "role", "note")
"""Verbs that go on with the walk, and so wait until danger was asked again after a long pause."""


def tapped(turn: Turn, data: str) -> None:
    """A button was tapped. An old, doubled or foreign one changes nothing and gets a plain sentence."""
    try:
        pressed = codes.read(data)
    except codes.UnreadableButtonError:
        turn.notice = OLD_BUTTON
        return
    current = pressed.revision == turn.person.screen.revision and pressed.walk == turn.reference
    if current or pressed.press.verb in codes.ALWAYS:
        press(turn, pressed.press)
    elif presses_danger(pressed.press):
        turn.show("emergency", over_what(turn))
    elif turn.view == turn.seen and turn.seen not in UNASKED:  # the others explain themselves
        turn.notice = OLD_BUTTON


def press(turn: Turn, what: Press) -> None:
    """Do what the button means; after a long pause 999 and the question about danger go first (INV-22)."""
    if turn.away and what.verb in GOES_ON:
        _danger_first(turn, what)
    else:
        PRESSES[what.verb](turn, what)


def _danger_first(turn: Turn, what: Press) -> None:
    """Ask about danger again, or take the answer. Whatever else was pressed is asked again after that."""
    nobody = what == NOBODY_IN_DANGER and turn.seen == RETURNING
    if turn.walk.state == DANGER.id and (nobody or presses_danger(what)):  # it is the very question that they left
        _option(turn, what)
    elif nobody:
        turn.come_back()
        _return(turn)
    else:
        danger = presses_danger(what)
        turn.show("emergency" if danger else RETURNING, over_what(turn) if danger else held_back(turn))


def _option(turn: Turn, what: Press) -> None:
    """One option chosen; in a tick list, "skip"."""
    question = turn.walk.question
    if question is None or question.id != what.first:
        turn.notice = OLD_BUTTON
        return
    numbered = {str(number): option.id for number, option in enumerate(shown_options(question, turn.walk.here), 1)}
    if what.second in numbered:
        answer(turn, question.id, (numbered[what.second],))
    else:
        turn.notice = NOT_A_CHOICE


def answer(turn: Turn, question: str, chosen: tuple[str, ...]) -> None:
    """Answer the present question and say which earlier answers no longer apply."""
    try:
        fell_away = turn.answer(question, chosen)
    except AnswerRefusedError:
        turn.notice = NOT_A_CHOICE
        return
    gone = [id_ for id_ in fell_away if id_ != ADVICE.id]
    if ADVICE.id in fell_away:
        turn.notice = say("Your answers changed, so my advice is new. Please look at it and at your decision again.")
    elif gone:
        turn.notice = say("These answers no longer apply and are gone: {questions}", questions=_named(turn, gone))
    if turn.walk.finished:
        ring_again = "ring_again" if wants_an_answer(turn.walk) else ""
        record = turn.finish()
        review_on = record.review_on.isoformat() if record.review_on else ""
        turn.show("saved", f"{record.reference}|{review_on}|{ring_again}")


def _named(turn: Turn, questions: list[str]) -> Text:
    here = turn.walk.here
    return joined([first_line(fill(turn.walk.flow.questions[id_].words(here), here)) for id_ in questions], "; ")


def _tick(turn: Turn, what: Press) -> None:
    """Tick or untick; an exclusive option takes the place of the others, and gives way to them."""
    question = turn.walk.question
    if question is None or question.id != what.first or question.kind is not Kind.MANY:
        turn.notice = OLD_BUTTON
        return
    options = shown_options(question, turn.walk.here)
    exclusive = {str(number) for number, option in enumerate(options, 1) if option.exclusive}
    if what.second not in {str(number) for number in range(1, len(options) + 1)}:
        turn.notice = NOT_A_CHOICE
        return
    ticks = set(turn.ticks)
    if what.second in ticks:
        ticks.remove(what.second)
    elif what.second in exclusive:
        ticks = {what.second}
    else:
        ticks = (ticks - exclusive) | {what.second}
    turn.ticks = frozenset(ticks)
    turn.show_walk()


def _done(turn: Turn, what: Press) -> None:
    """The tick list is complete."""
    question = turn.walk.question
    if question is None or question.id != what.first:
        turn.notice = OLD_BUTTON
        return
    options = shown_options(question, turn.walk.here)
    chosen = frozenset(option.id for number, option in enumerate(options, 1) if str(number) in turn.ticks)
    if not chosen:
        turn.notice = say("Nothing is ticked yet. Tick at least one, then Done.")
        return
    answer(turn, question.id, question.in_order(chosen, turn.walk.here))


def _back(turn: Turn, what: Press) -> None:
    """From a page beside the walk back to it; within the walk one step back."""
    if turn.view == "walk":
        turn.back()
    else:
        _return(turn)


def _go_on(turn: Turn, what: Press) -> None:
    _return(turn)


def _return(turn: Turn) -> None:
    """Back to the walk, or to what was being typed when 999 went before it: nothing is lost without a word."""
    held, pending = held_back(turn), _pending(turn)
    talk = talk_held_back(turn)
    if talk is not None:
        _back_to(turn, talk)
    elif pending is not None and turn.seen in (*BEFORE_999, *UNASKED, *ASKING, *FOLLOWING):
        turn.show(NOTE_WARNING, DANGER_SAID)
    elif not held:
        turn.show_walk()
    else:
        turn.notice = NOTE_LOST
        if held == NOT_KEPT or turn.own_record(held) is None:
            turn.show_walk()
        else:
            turn.show("add", held)


def _back_to(turn: Turn, talk: Talk) -> None:
    """To the talk that 999 stood over; where it has ended meanwhile, to the walk."""
    turn.show(*talk)
    if not is_for_words(turn):
        turn.show_walk()


def _pending(turn: Turn) -> str | None:
    return notes.of_walk(turn.transaction, turn.row.id).get(PENDING_NOTE) if turn.row else None


def _change(turn: Turn, what: Press) -> None:
    try:
        turn.revisit(what.first)
    except AnswerRefusedError:
        turn.notice = OLD_BUTTON


def _view(turn: Turn, what: Press) -> None:
    if what.first in OPENED_BY_BUTTON:
        turn.show(what.first, what.second)
    else:
        turn.notice = OLD_BUTTON


def _danger(turn: Turn, what: Press) -> None:
    turn.show("emergency", over_what(turn))


def _emergency(turn: Turn, what: Press) -> None:
    """The emergency screen's own buttons; they never grow old."""
    if what.first == "unsafe":
        turn.show("unsafe", over_what(turn))
    elif what.first == "show":
        turn.show("emergency", over_what(turn))
    elif what.first == "rung":
        has_rung_999(turn)
    else:
        not_an_emergency(turn)


def has_rung_999(turn: Turn) -> None:
    """From the emergency screen on to the record: danger is a yes, the advice is O1, act first and write after. A lead
    goes back to the talk: the record is whoever asked's to write."""
    talk = talk_held_back(turn)
    if talk is not None and talk[0] != "asked":
        _back_to(turn, talk)
        turn.notice = say("Good. Ring 999 again if anything gets worse.")
        return
    if turn.walk.signposted:
        turn.notice = say("Good. Stay somewhere safe, and ring 999 again if anything gets worse.")
        turn.show_walk()
        return
    lost = (bool(held_back(turn)) and talk is None) or (turn.seen in BEFORE_999 and _pending(turn) is not None)
    if not rings_999(turn.walk):
        if turn.view not in ("emergency", "unsafe"):
            # An emergency screen from before, tapped in another walk: that walk's danger is not this one's.
            turn.show("emergency", over_what(turn))
            return
        if turn.walk.state not in (ENTRY.id, DANGER.id):
            turn.revisit(DANGER.id if DANGER.id in turn.walk.path else ENTRY.id)
        if turn.walk.state == ENTRY.id:
            answer(turn, ENTRY.id, ("danger",))
        else:
            answer(turn, DANGER.id, ("yes",))
    if turn.walk.at_advice:
        answer(turn, ADVICE.id, (ADVICE.offered(turn.walk.here)[0].id,))
    turn.come_back()  # what danger there was has been dealt with
    good = say("Good. When it is safe, let us write down what was done. Ring 999 again if anything gets worse.")
    turn.notice = joined([good, NOTE_LOST], " ") if lost else good
    turn.show_walk()


def not_an_emergency(turn: Turn) -> None:
    """Back to where they were; where danger was the answer, the question is asked again."""
    walk = turn.walk
    if talk_shown(turn) is not None:  # a 999 screen from before: the chat is back already
        return
    if talk_held_back(turn) is None and walk.at_advice and rings_999(walk):
        turn.revisit(walk.path[-1])
    else:
        _return(turn)


def _lead(turn: Turn, what: Press) -> None:
    held, talk = held_back(turn), talk_held_back(turn)
    if not asks_for_a_lead(turn):
        turn.show("lead", held)
    elif held and talk is None:
        turn.notice = NOTE_LOST


def _begin_anew(turn: Turn, what: Press) -> None:
    """A new walk from the first screen; an open one is kept as an unfinished record (INV-15)."""
    record = turn.stop(keep=True)
    if record is not None:
        turn.notice = say("What you said before is kept as unfinished record {reference}.", reference=record.reference)
    turn.show_walk()


def _stop(turn: Turn, what: Press) -> None:
    record = turn.stop(keep=what.first == "keep")
    turn.show("stopped", record.reference if record else "")


def _note(turn: Turn, what: Press) -> None:
    """A note whose writer was asked about name-like words: keep it, or throw it away."""
    pending = _pending(turn)
    if turn.row:
        notes.remove(turn.transaction, turn.row.id, PENDING_NOTE)
    if what.first == "keep" and pending is not None:
        write_note(turn, pending)
    else:
        turn.show_walk()


def write_note(turn: Turn, text: str) -> None:
    """Keep the note, sealed, and go on."""
    if turn.row is None or turn.walk.state != NOTE.id:
        turn.notice = OLD_BUTTON
        return
    notes.save(turn.transaction, turn.row.id, NOTE.id, text, turn.at)
    answer(turn, NOTE.id, (NOTE_WRITTEN,))


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {
    "option": _option,
    "tick": _tick,
    "done": _done,
    "change": _change,
    "back": _back,
    "go_on": _go_on,
    "view": _view,
    "danger": _danger,
    "emergency": _emergency,
    "lead": _lead,
    "begin_anew": _begin_anew,
    "stop": _stop,
    "note": _note,
    **BESIDE,
    **organisations.PRESSES,
    **numbers.PRESSES,
    **asking.PRESSES,
    **own_call.PRESSES,
    **taking.PRESSES,
    **case_work.PRESSES,
    **duty.PRESSES,
    **arranging.PRESSES,
    **testing_the_roster.PRESSES,
    **following_up.PRESSES,
    **disagreeing.PRESSES,
    **looking_again.PRESSES,
    **retention.PRESSES,
    **leaving.PRESSES,
}
