"""What typing does: commands, danger words, an answer in words, a note. What is typed is never kept but for a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens.screen import Button, Press
from bot.screens.walk_screens import SAID, shown_options
from bot.store import notes
from bot.turns import arranging, case_work, cases, duty, founding, numbers, organisations, own_call, pressing, taking
from bot.turns.beside import add_to_record
from bot.turns.command_words import is_proper_command, parted
from bot.turns.disagreeing import disagree
from bot.turns.held_back import NOT_KEPT, held_as, held_back, talk_held_back, talk_shown
from bot.turns.leaving import leave
from bot.turns.own_words import CRIES, as_typed, labels_with_danger_words, words_for
from bot.turns.showing import is_for_words, screen_of, screen_seen, shows_999
from bot.turns.turn import HELP_NOW, NOTE_WARNING, PENDING_NOTE, RETURNING, Turn
from bot.turns.urgent import says_danger
from bot.typed.identifiers import find_identifiers
from bot.typed.spoken_choice import Spoken, choose
from states.look_up import todays_name
from states.question import Kind
from states.questions.danger import ENTRY
from states.questions.recording import NOTE
from states.text import joined, say
from states.words import fill

LONGEST_NOTE = 700
"""Characters of a note: enough for what was seen, too few for a case file."""

NOT_UNDERSTOOD = say(
    "I did not understand that, and did not keep it. Tap a button, or type its number. "
    "If anyone is in danger, ring 999."
)
NOT_PASSED_ON = say("I did not pass that on, and did not keep it. If somebody must know it, ring them.")


def typed(turn: Turn, text: str) -> None:
    """Something was typed. Danger words win over everything, also while a note is open; but not an answer that is
    word for word an option of this very screen."""
    if says_danger(text):
        if not _chosen_in_its_own_words(turn, text):
            _danger_said(turn, text)
    elif is_for_words(turn) and not text.strip().startswith("/"):
        if not _is_a_label(turn, text):
            _written(turn, text)
    elif turn.seen in HELP_NOW and talk_held_back(turn) is not None and not text.strip().startswith("/"):
        if not _is_a_label(turn, text):
            _said_under_999(turn, text, turn.seen)
    elif text.strip().startswith("/"):
        command, argument = parted(text)
        COMMANDS.get(command, _unknown)(turn, argument)
    elif turn.view == RETURNING and turn.seen != RETURNING:  # whatever it answers, danger is asked first
        turn.show(RETURNING, _held_back(turn, text))
    elif not _chosen(turn, text):
        _written(turn, text)


def _danger_said(turn: Turn, text: str) -> None:
    """999 at once. What is meant for a lead, or comes from one, is passed on all the same."""
    if talk_shown(turn) or talk_held_back(turn):
        _said_under_999(turn, text, "emergency")
    else:
        turn.show("emergency", turn.detail if turn.seen == "add" else _held_back(turn, text))


def _said_under_999(turn: Turn, text: str, screen: str) -> None:
    """Pass it on as if 999 did not stand over the talk. It goes on standing there, with what came of the words below
    it, and leads back to the talk, if that has not ended with them."""
    talk = talk_shown(turn) or talk_held_back(turn)
    if talk is None:
        return
    turn.show(*talk)
    if not is_for_words(turn):
        turn.show(screen)
        turn.notice = None if is_proper_command(text) else NOT_PASSED_ON
        return
    labels = {as_typed(turn.translate(button.label)) for button in screen_of(turn).buttons}
    if not is_proper_command(text) and as_typed(text) not in labels:
        _written(turn, text)
    turn.show(screen, held_as(talk) if turn.view == talk[0] else "")


def _held_back(turn: Turn, text: str) -> str:
    """What may have been meant as a note is asked about once danger was, or is said to be gone."""
    held = held_back(turn)
    at_note = turn.seen == NOTE_WARNING or (turn.seen == "walk" and turn.walk.state == NOTE.id)
    if not at_note or text.strip().startswith("/") or _is_a_button(turn, text):
        return held
    if _refused(turn, text):
        turn.notice = None
        return NOT_KEPT
    if turn.row:
        notes.save(turn.transaction, turn.row.id, PENDING_NOTE, text, turn.at)
    return held


def _is_a_label(turn: Turn, text: str) -> bool:
    """Take the text as a button only where it is its very label: a number, or "ok", is for who reads it. But the 999
    screens spell their numbers out."""
    for button in screen_of(turn).buttons:
        number = str(button.number) if shows_999(turn) else None
        if as_typed(text) in (as_typed(turn.translate(button.label)), number):
            pressing.press(turn, button.press)
            return True
    return False


def _is_a_button(turn: Turn, text: str) -> bool:
    """Whether the text stands for a button of the screen that the chat showed."""
    spoken = [_spoken(turn, button) for button in screen_seen(turn).buttons]
    found = choose(text, spoken, several=False)
    return found is not None and bool(found.options)


def _chosen_in_its_own_words(turn: Turn, text: str) -> bool:
    """Danger words that are, to the letter, an option of the present question or a button of a 999 screen."""
    if as_typed(text) not in labels_with_danger_words():
        return False
    if not shows_999(turn) and (turn.view != "walk" or turn.walk.state in CRIES):
        return False
    buttons = screen_of(turn).buttons
    spoken = _with_labels(turn, buttons)
    for button, option in zip(buttons, spoken, strict=True):
        words = words_for(button, turn.translate) if shows_999(turn) else {as_typed(option.label)}
        if as_typed(text) in words:
            _pressed_alone(turn, button.press)
            return True
    return False


def _chosen(turn: Turn, text: str) -> bool:
    """Take the text as a button of the present screen, if it clearly is one. A list such as "1, 3 and 4" is a whole
    answer; a single number only ticks, as its button does, since more may follow."""
    buttons = screen_of(turn).buttons
    question = turn.walk.question
    many = turn.view == "walk" and question is not None and question.kind is Kind.MANY
    spoken = _with_labels(turn, buttons) if many else [_spoken(turn, button) for button in buttons]
    found = choose(text, spoken, several=many)
    if found is None or not found.options:
        return False
    presses = [buttons[spoken.index(option)].press for option in found.options]
    if len(presses) == 1:
        _pressed_alone(turn, presses[0])
        return True
    if any(one.verb != "tick" for one in presses):
        return False
    for one in presses:
        if one.second not in turn.ticks:
            pressing.press(turn, one)
    pressing.press(turn, Press("done", presses[0].first))
    return True


def _pressed_alone(turn: Turn, press: Press) -> None:
    pressing.press(turn, press)
    if press.verb == "tick" and turn.ticks and turn.notice is None:
        turn.notice = say("Type more numbers, or: done")


def _spoken(turn: Turn, button: Button) -> Spoken:
    return Spoken(button.number, turn.translate(button.label), button.said)


def _with_labels(turn: Turn, buttons: tuple[Button, ...]) -> list[Spoken]:
    """In a tick list the buttons may show numbers alone; the labels can be typed all the same."""
    question = turn.walk.question
    options = shown_options(question, turn.walk.here) if question else ()
    spoken = []
    for button in buttons:
        number = button.number
        if number is not None and button.press.verb == "tick":
            option = options[number - 1]
            label = turn.translate(fill(option.label, turn.walk.here))
            spoken.append(Spoken(number, label, SAID.get(option.id, ())))
        else:
            spoken.append(_spoken(turn, button))
    return spoken


def _written(turn: Turn, text: str) -> None:
    """Free text: a note where one is asked for; an old name; or nothing that is understood."""
    if turn.view == "walk" and turn.walk.state == NOTE.id:
        _note(turn, text)
    elif turn.view == NOTE_WARNING:
        turn.show_walk()
        _note(turn, text)
    elif turn.view == "add":
        _checked(turn, text, lambda: add_to_record(turn, turn.detail, text))
    elif turn.view in READ_BY_OTHERS and is_for_words(turn):
        _checked(turn, text, lambda: READ_BY_OTHERS[turn.view](turn, text))
    elif turn.view in TYPED and is_for_words(turn):
        TYPED[turn.view](turn, text)
    else:
        today = todays_name(text)
        turn.notice = today if today is not None else NOT_UNDERSTOOD


READ_BY_OTHERS: Mapping[str, Callable[[Turn, str], None]] = {
    "asked": own_call.write_to_lead,
    "case": taking.write_to_practitioner,
    "hand_back": case_work.type_word,
    "differ": taking.type_reason,
}
"""What is typed in these views goes to somebody else, so it is looked through for names first."""
TYPED: Mapping[str, Callable[[Turn, str], None]] = {
    "ring_me": case_work.type_number,
    "look_again": case_work.type_day,
    "hours": duty.type_hours,
    "arrangement": arranging.type_arrangement,
    **numbers.WRITTEN,
}
"""What is typed in these is read by the bot."""


def _refused(turn: Turn, text: str) -> bool:
    """Say what must be rephrased: the kind is named, the words are not."""
    if len(text) > LONGEST_NOTE:
        turn.notice = say(
            "That is too long: {length} characters, at most {most}. I took it out of the chat and kept nothing. "
            "Please type it again, shorter.",
            length=len(text),
            most=LONGEST_NOTE,
        )
        return True
    kinds = {found.kind: None for found in find_identifiers(text, today=turn.local_at.date()) if found.must_rephrase}
    if kinds:
        turn.notice = say(
            "Your note holds {kinds}. I took it out of the chat and kept nothing. Please type it again without that.",
            kinds=joined([kind.plain_name for kind in kinds], ", "),
        )
        return True
    return False


def _warned(turn: Turn, text: str) -> list[str]:
    kinds = {found.kind.name: None for found in find_identifiers(text, today=turn.local_at.date())}
    return list(kinds)


def _note(turn: Turn, text: str) -> None:
    if _refused(turn, text):
        return
    warned = _warned(turn, text)
    if warned and turn.row:
        notes.save(turn.transaction, turn.row.id, PENDING_NOTE, text, turn.at)
        turn.show(NOTE_WARNING, ",".join(warned))
        return
    pressing.write_note(turn, text)


def _checked(turn: Turn, text: str, keep: Callable[[], None]) -> None:
    """Name-like words are refused here: there is no walk to keep the text with while its writer is asked."""
    if _refused(turn, text):
        return
    if _warned(turn, text):
        turn.notice = say("That may hold a name. I kept nothing. Please type it again without names.")
        return
    keep()


# ---- commands


def _start(turn: Turn, argument: str) -> None:
    """Begin; in the middle of a walk ask whether to go on or begin anew. With an argument: an invitation's link."""
    if argument:
        organisations.open_invitation(turn, argument)
        return
    unfinished = turn.walk.state != ENTRY.id or len(turn.walk.answers) > 1
    if turn.row is not None and unfinished and not turn.walk.signposted:
        turn.show("start_again")
        return
    if turn.row is not None:
        turn.stop(keep=False)
    turn.show_walk()


def _cancel(turn: Turn, argument: str) -> None:
    if turn.row is None:
        turn.show_walk()
        turn.notice = say("There is nothing to stop.")
        return
    turn.show("stop")


def _mode(turn: Turn, argument: str) -> None:
    if argument in ("new", "edit"):
        pressing.press(turn, Press("mode", argument))
    else:
        turn.show("mode")


def _back(turn: Turn, argument: str) -> None:
    pressing.press(turn, Press("back"))


def _records(turn: Turn, argument: str) -> None:
    reference = argument.upper()
    if not reference:
        turn.show("records")
    elif turn.own_record(reference) is not None or cases.gone(turn, reference) is not None:
        turn.show("record", reference)
    else:  # somebody else's, or none at all: the same answer, and what was typed is not kept
        turn.show("records")
        turn.notice = say("You have no record of that reference.")


def _disagree(turn: Turn, argument: str) -> None:
    """They will not act; with a reference, about what that record holds."""
    reference = argument.upper()
    disagree(turn, reference if turn.own_record(reference) is not None else "")


def _why(turn: Turn, argument: str) -> None:
    """The reason for the present question or advice; then it returns there."""
    if turn.walk.state == ENTRY.id or turn.walk.question is None:
        turn.show("help")
    else:
        turn.show("why")


def _view(name: str) -> Callable[[Turn, str], None]:
    return lambda turn, argument: turn.show(name)


def _unknown(turn: Turn, argument: str) -> None:
    turn.notice = say("I do not know that command. /help lists the ones I know. If anyone is in danger, ring 999.")


def _organisation(turn: Turn, argument: str) -> None:
    """Only where the bot is tried out. Elsewhere there is no such command."""
    (founding.found_here if turn.surroundings.trying_out else _unknown)(turn, argument)


COMMANDS: Mapping[str, Callable[[Turn, str], None]] = {
    "start": _start,
    "danger": _view("emergency"),
    "help": _view("help"),
    "back": _back,
    "cancel": _cancel,
    "why": _why,
    "where": _view("where"),
    "rules": _view("look_up"),
    "records": _records,
    "disagree": _disagree,
    "mode": _mode,
    "reminders": _view("reminders"),
    "privacy": _view("privacy"),
    "language": _view("language"),
    "delete_my_data": _view("forget"),
    "organisation": _organisation,
    "admin": lambda turn, argument: organisations.admin(turn),
    "duty": duty.duty,
    "rota": lambda turn, argument: duty.rota(turn),
    "open": lambda turn, argument: cases.show_list(turn, "open"),
    "mine": lambda turn, argument: cases.show_list(turn, "mine"),
    "find": cases.find,
    "receipt": cases.check_receipt,
    "leave": leave,
}
"""Every command works in every state and after a restart."""
