"""Local numbers in the chat: shown to whoever belongs to the organisation, kept by its administrators.

What somebody may not do and what does not exist are answered alike (`states.roles`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from bot.screens import number_screens as screens
from bot.screens.advice_screen import numbers_screen as advised_screen
from bot.screens.screen import Press, Screen
from bot.store import local_numbers, organisations
from bot.store.local_numbers import LONGEST_LABEL, LONGEST_SOURCE, MOST_NUMBERS, LocalNumber
from bot.store.organisations import Organisation
from bot.turns.organisations import NOT_THERE, organisations_where, roles_in
from bot.turns.ring_now import numbers_of
from bot.turns.turn import Turn
from bot.typed.local_number import Refused, may_name_somebody, read_number, read_words, with_words
from states.inputs import Nation
from states.outcomes import numbers_to_ring
from states.outcomes.local_numbers import NumberKind
from states.roles import Action, may
from states.text import Text, joined, say

MOST_SHOWN, MOST_WITH_ADVICE = 2400, 900
"""Characters of local numbers beside the national ones, and in the advice. More stand behind buttons."""

# Views. What each is about stands in its detail: an organisation; a number; a number, or "organisation:kind" where it
# is new; and that, with the typed number and its name.
ALL, LIST, ONE, KINDS, TYPED, SOURCE = (
    *("all_numbers", "kept_numbers", "kept_number", "number_kinds", "number_typed", "number_source"),
)


# ---- for practitioners


def to_ring_now(turn: Turn) -> Text | None:
    """The numbers of whom the advice says to ring, for a member; None where it names nobody who has a local one."""
    here = turn.walk.here
    kinds = numbers_to_ring(here.advice, here.edition).now
    if not kinds or here.edition.nation is Nation.OUTSIDE_UK:
        return None
    shown = _of_each(turn, _of_this_nation(turn), kinds, MOST_WITH_ADVICE)
    if len(shown) > 1:
        return joined([joined([screens.named(name), numbers], "\n") for name, numbers in shown], "\n")
    return shown[0][1] if shown else None


def advised_numbers_screen(turn: Turn) -> Screen:
    """The numbers that fit the advice: those of each organisation to which somebody belongs, and the national ones."""
    kinds = numbers_to_ring(turn.walk.here.advice, turn.walk.here.edition).kinds
    mine = _of_this_nation(turn)
    shown = [(screens.named(name), numbers) for name, numbers in _of_each(turn, mine, kinds, MOST_SHOWN)]
    rows = tuple((screens.everything_button(one),) for one in mine)
    return advised_screen(turn.walk, [joined(one, "\n") for one in shown], rows)


def _of_this_nation(turn: Turn) -> list[Organisation]:
    """Those of one's organisations that work where the walk's law applies: another nation's numbers would be wrong
    there (INV-19)."""
    nation = turn.walk.here.edition.nation
    return [one for one in organisations_where(turn, Action.SEE_NUMBERS) if one.nation == nation]


def _of_each(
    turn: Turn, mine: Sequence[Organisation], kinds: Collection[NumberKind], most: int
) -> list[tuple[str, Text]]:
    """Each organisation's name with its numbers of these kinds, as long as they fit; the first in any case."""
    shown: list[tuple[str, Text]] = []
    for organisation in mine:
        numbers = numbers_of(turn, organisation.id, kinds)
        so_far = sum(len(str(text)) for _, text in shown)
        if numbers is not None and (not shown or so_far + len(str(numbers)) <= most):
            shown.append((organisation.name, numbers))
    return shown


def everything_screen(turn: Turn) -> Screen | None:
    """All that one's organisation gave; None where one belongs to none."""
    mine = organisations_where(turn, Action.SEE_NUMBERS)
    chosen = next((one for one in mine if one.id == turn.detail), None)
    if chosen is None:
        return None
    given = local_numbers.of_organisation(turn.transaction, chosen.id)
    others = [one for one in mine if one.id != chosen.id]
    return screens.everything_screen(chosen, given, others, turn.local_at.date())


# ---- for administrators


def _administered(turn: Turn, organisation_id: str) -> Organisation | None:
    """The organisation, if this person keeps its numbers; one that does not exist is the same: None."""
    if not may(roles_in(turn, organisation_id), Action.KEEP_NUMBERS):
        return None
    return organisations.by_id(turn.transaction, organisation_id)


def _kept(turn: Turn, number_id: str) -> tuple[Organisation, LocalNumber] | None:
    one = local_numbers.find(turn.transaction, number_id)
    organisation = _administered(turn, one.organisation_id) if one is not None else None
    return None if one is None or organisation is None else (organisation, one)


def _meant(turn: Turn, target: str) -> tuple[Organisation, NumberKind, LocalNumber | None] | None:
    """What a number is typed for: one that there is, or a new one of some kind."""
    organisation_id, _, wanted = target.partition(":")
    if not wanted:
        found = _kept(turn, target)
        return None if found is None else (found[0], found[1].kind, found[1])
    organisation = _administered(turn, organisation_id)
    kind = next((kind for kind in NumberKind if kind == wanted), None)
    return None if organisation is None or kind is None else (organisation, kind, None)


def list_screen(turn: Turn) -> Screen | None:
    """What the organisation gave, what is old and what is missing."""
    organisation = _administered(turn, turn.detail)
    if organisation is None:
        return None
    given = local_numbers.of_organisation(turn.transaction, organisation.id)
    return screens.kept_screen(organisation, given, turn.local_at.date())


def one_screen(turn: Turn) -> Screen | None:
    """One number, and what can be done with it."""
    found = _kept(turn, turn.detail)
    return None if found is None else screens.one_screen(*found, turn.local_at.date())


def kinds_screen(turn: Turn) -> Screen | None:
    """Whose number is to be added."""
    organisation = _administered(turn, turn.detail)
    return None if organisation is None else screens.kinds_screen(organisation)


def typed_screen(turn: Turn) -> Screen | None:
    """The number is to be typed."""
    meant = _meant(turn, turn.detail)
    return None if meant is None else screens.typed_screen(*meant[:2])


def source_screen(turn: Turn) -> Screen | None:
    """Where it comes from is to be said."""
    target, number, label = [*turn.detail.split("|", 2), "", ""][:3]
    meant = _meant(turn, target)
    return None if meant is None or not number else screens.source_screen(meant[0], number, label)


def number_written(turn: Turn, text: str) -> None:
    """A number was typed, perhaps with a name before it. Nothing of what is refused is kept."""
    meant = _meant(turn, turn.detail)
    if meant is None:
        turn.notice = NOT_THERE
        return
    _, kind, one = meant
    words, digits = with_words(text)
    try:
        label = _words(turn, words, LONGEST_LABEL)
        number = read_number(digits, kind)
    except Refused as refused:
        turn.notice = refused.sentence
        return
    label = label or (one.label if one is not None else "")
    if kind is NumberKind.HELPLINE and not label:
        turn.notice = say("Type the helpline's name before the number.")
        return
    turn.show(SOURCE, f"{turn.detail}|{number}|{label}")


def source_written(turn: Turn, text: str) -> None:
    """Where the number comes from was typed."""
    try:
        source = _words(turn, text, LONGEST_SOURCE)
    except Refused as refused:
        turn.notice = refused.sentence
        return
    _save(turn, source)


def _words(turn: Turn, text: str, longest: int) -> str:
    today = turn.local_at.date()
    words = read_words(text, longest, today)
    if may_name_somebody(words, today):
        raise Refused(say("That may hold a name. I kept nothing. Please type it again without names."))
    return words


def _save(turn: Turn, source: str) -> None:
    """Keep the typed number, checked today."""
    target, number, label = [*turn.detail.split("|", 2), "", ""][:3]
    meant = _meant(turn, target)
    if meant is None or not number:
        turn.notice = NOT_THERE
        return
    organisation, kind, one = meant
    today, there = turn.local_at.date(), local_numbers.of_organisation(turn.transaction, organisation.id)
    if one is not None:
        new = replace(one, number=number, label=label, source=source, checked_on=today)
        saved = local_numbers.change(turn.transaction, new)
    elif len(there) >= MOST_NUMBERS:
        turn.notice = say("There are {most} numbers already. Remove one first.", most=MOST_NUMBERS)
        turn.show(LIST, organisation.id)
        return
    else:
        id_ = turn.surroundings.new_id()
        new = LocalNumber(id_, organisation.id, kind, number, label, "", source, today)
        saved = local_numbers.add(turn.transaction, new)
    turn.notice = say("Saved.") if saved else say("That number is there already. Nothing has changed.")
    turn.show(LIST, organisation.id)


def _number(turn: Turn, what: Press) -> None:
    """One of the buttons around local numbers."""
    _DO.get(what.first, _unknown)(turn, what.second)


def _unknown(turn: Turn, which: str) -> None:
    turn.notice = NOT_THERE


def _show_all(turn: Turn, organisation_id: str) -> None:
    if organisation_id in {one.id for one in organisations_where(turn, Action.SEE_NUMBERS)}:
        turn.show(ALL, organisation_id)
    else:
        turn.notice = NOT_THERE


def _show(view: str) -> Callable[[Turn, str], None]:
    """Open a view on an organisation that this person administers."""

    def show(turn: Turn, organisation_id: str) -> None:
        if _administered(turn, organisation_id) is None:
            turn.notice = NOT_THERE
        else:
            turn.show(view, organisation_id)

    return show


def _show_one(view: str) -> Callable[[Turn, str], None]:
    """Open a view on one number."""

    def show(turn: Turn, number_id: str) -> None:
        if _kept(turn, number_id) is None:
            turn.notice = NOT_THERE
        else:
            turn.show(view, number_id)

    return show


def _add(turn: Turn, kind: str) -> None:
    target = f"{turn.detail}:{kind}" if turn.seen == KINDS else ""
    if _meant(turn, target) is None:
        turn.notice = NOT_THERE
    else:
        turn.show(TYPED, target)


def _source(turn: Turn, key: str) -> None:
    if turn.seen == SOURCE and key in screens.SOURCES:
        _save(turn, str(screens.SOURCES[key]))
    else:
        turn.notice = NOT_THERE


def _right(turn: Turn, number_id: str) -> None:
    found = _kept(turn, number_id)
    if found is None:
        turn.notice = NOT_THERE
        return
    local_numbers.checked(turn.transaction, number_id, turn.local_at.date())
    turn.show(LIST, found[0].id)
    turn.notice = say("Thank you. It counts as checked today.")


def _remove(turn: Turn, number_id: str) -> None:
    found = _kept(turn, number_id)
    if found is None:
        turn.notice = NOT_THERE
        return
    local_numbers.remove(turn.transaction, number_id)
    turn.show(LIST, found[0].id)
    turn.notice = say("That number is gone.")


_DO: Mapping[str, Callable[[Turn, str], None]] = {
    "all": _show_all,
    "list": _show(LIST),
    "kinds": _show(KINDS),
    "one": _show_one(ONE),
    "change": _show_one(TYPED),
    "add": _add,
    "source": _source,
    "right": _right,
    "remove": _remove,
}

PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"number": _number}

VIEWS: Mapping[str, Callable[[Turn], Screen | None]] = {
    ALL: everything_screen,
    LIST: list_screen,
    ONE: one_screen,
    KINDS: kinds_screen,
    TYPED: typed_screen,
    SOURCE: source_screen,
}
"""None: they may not see it any more, or it is gone."""

WRITTEN: Mapping[str, Callable[[Turn, str], None]] = {TYPED: number_written, SOURCE: source_written}
"""What typing does at those of them where something is typed."""
