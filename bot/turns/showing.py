"""Which screen a chat shows: the walk, or the view that the person opened beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.local_time import local
from bot.screens import advice_screen, asking_screens, pages, record_screens, unasked_screens, walk_screens
from bot.screens.following_screens import when
from bot.screens.screen import Paragraph, Screen, with_numbers
from bot.store import organisations as organisations_of
from bot.store import records
from bot.turns import (
    arranging,
    asking,
    case_work,
    cases,
    disagreeing,
    duty,
    following_up,
    later,
    leaving,
    looking_again,
    numbers,
    organisations,
    own_call,
    retention,
    taking,
)
from bot.turns.additions import additions_to
from bot.turns.turn import (
    CLOSED,
    DANGER_SAID,
    DISAGREE,
    ENDS,
    FOLLOW_UP,
    HELP_NOW,
    LAST_MARK,
    NOTE_WARNING,
    REMINDER,
    RETURNING,
    REVIEW,
    TIDIED,
    Turn,
    rings_999,
)
from bot.typed.identifier_kinds import Kind
from states.inputs import Entry
from states.questions.advice_given import ADVICE, CHECK
from states.questions.danger import ENTRY

ONLY_WITH_ADVICE = ("numbers", "what_to_say", "more")
"""Views that speak of the advice, and so need one."""


def walk_screen(turn: Turn) -> Screen:
    """Where the walk stands."""
    walk = turn.walk
    if walk.signposted:
        return walk_screens.signpost_screen(Entry(walk.answers[ENTRY.id][0]), walk)
    if walk.state == ENTRY.id:
        return walk_screens.first_screen(walk)
    if walk.state == ADVICE.id:
        return advice_screen.advice_screen(walk, numbers.to_ring_now(turn))
    if walk.state == CHECK.id:
        return walk_screens.check_screen(walk)
    screen = walk_screens.question_screen(walk, turn.ticks)
    return replace(screen, paragraphs=(*screen.paragraphs, *looking_again.last_time(turn)))


def _records(turn: Turn) -> Screen:
    found = records.find_own(turn.transaction, turn.person.id, limit=10)
    gone = cases.gone(turn, turn.detail) if turn.view == "record" else None
    return record_screens.records_screen(found, gone)


def _record(turn: Turn) -> Screen:
    """One's own record; somebody else's and one that does not exist look the same. Of one whose time was over it is
    said that there was one: what stayed of it is nobody's."""
    row = turn.own_record(turn.detail)
    if row is None:
        return _records(turn)
    return record_screens.record_screen(
        row,
        additions_to(turn.transaction, row.reference, turn.translate),
        review_is_due=later.review_is_due(turn.transaction, row.reference, turn.at),
        asks=following_up.standing(turn.transaction, row.reference) is not None,
        goes_at=retention.announced(turn, row.reference),
    )


def _saved(turn: Turn) -> Screen:
    reference, day, ring_again = [*turn.detail.split("|"), "", ""][:3]
    asks_at = following_up.asked_at(turn.transaction, reference)
    return record_screens.saved_screen(
        reference,
        date.fromisoformat(day) if day else None,
        bool(ring_again),
        when(asks_at, turn.at) if asks_at else None,
        days_kept=organisations_of.days_kept(turn.transaction, turn.person.id),
    )


def _review(turn: Turn) -> Screen:
    _, time, named = turn.detail.split("|")
    references = [reference.rstrip(LAST_MARK) for reference in named.split(",")]
    last = [reference.rstrip(LAST_MARK) for reference in named.split(",") if reference.endswith(LAST_MARK)]
    closes_at = later.closes_at(turn.transaction, turn.row.id) if turn.row else None
    return unasked_screens.review_screen(
        references,
        last,
        first=time == "first",
        in_walk=turn.row is not None,
        closes_on=local(closes_at).date() if closes_at else None,
    )


def _note_warning(turn: Turn) -> Screen:
    if turn.detail == DANGER_SAID:
        return walk_screens.kept_as_note_screen()
    return record_screens.note_warning_screen([Kind[name].plain_name for name in turn.detail.split(",") if name])


TALKS = ("asked", "case")
"""The views in which one writes to somebody."""

FOR_WORDS: Mapping[str, Callable[[Turn], Screen | None]] = {
    "asked": own_call.asked_screen,
    "case": taking.case_screen,
    "ring_me": case_work.ring_me_screen,
    "hand_back": case_work.hand_back_screen,
    "look_again": case_work.look_again_screen,
    "differ": case_work.differ_screen,
    "hours": duty.hours_screen,
    "arrangement": arranging.arrangement_screen,
    **{view: numbers.VIEWS[view] for view in numbers.WRITTEN},
}
"""The views in which what is typed is meant as it stands: a number is no button there. They give None where there is
nothing to show."""


def _or_the_walk(screen: Callable[[Turn], Screen | None]) -> Callable[[Turn], Screen]:
    """Where the view's screen is not there, or not for them, the walk."""
    return lambda turn: screen(turn) or walk_screen(turn)


VIEWS: Mapping[str, Callable[[Turn], Screen]] = {
    "walk": walk_screen,
    "emergency": lambda turn: advice_screen.emergency_screen(),
    "unsafe": lambda turn: advice_screen.unsafe_screen(),
    "lead": lambda turn: pages.lead_screen(),
    "help": lambda turn: pages.help_screen(),
    "privacy": lambda turn: pages.privacy_screen(organisations_of.days_kept(turn.transaction, turn.person.id)),
    "where": lambda turn: pages.where_screen(turn.walk, turn.reference, turn.walk.here.edition),
    "mode": lambda turn: pages.mode_screen(turn.profile.mode),
    "language": lambda turn: pages.language_screen(),
    "forget": lambda turn: pages.forget_screen(),
    "forgotten": lambda turn: pages.forgotten_screen(),
    "start_again": lambda turn: pages.start_again_screen(),
    "stop": lambda turn: pages.stop_screen(),
    "stopped": lambda turn: pages.stopped_screen(turn.detail),
    "look_up": lambda turn: pages.look_up_screen(turn.walk.here.edition, turn.detail),
    "why": lambda turn: advice_screen.why_screen(turn.walk),
    "meaning": lambda turn: advice_screen.meaning_screen(turn.walk),
    "numbers": numbers.advised_numbers_screen,
    "what_to_say": lambda turn: advice_screen.what_to_say_screen(turn.walk),
    "more": lambda turn: advice_screen.more_screen(turn.walk),
    "records": _records,
    "record": _record,
    "saved": _saved,
    "add": lambda turn: record_screens.add_screen(turn.detail),
    NOTE_WARNING: _note_warning,
    RETURNING: lambda turn: unasked_screens.returning_screen(turn.walk),
    REMINDER: lambda turn: unasked_screens.reminder_screen(turn.reference, date.fromisoformat(turn.detail)),
    CLOSED: lambda turn: unasked_screens.closed_screen(turn.detail),
    REVIEW: _review,
    ENDS: lambda turn: retention.ends_screen(turn) or walk_screen(turn),
    TIDIED: lambda turn: unasked_screens.tidied_screen(turn.reference),
    FOLLOW_UP: lambda turn: following_up.follow_up_screen(turn) or walk_screen(turn),
    "will_not": lambda turn: following_up.will_not_screen(turn) or walk_screen(turn),
    "followed": lambda turn: following_up.followed_screen(turn) or walk_screen(turn),
    DISAGREE: disagreeing.disagree_screen,
    "reminders": lambda turn: unasked_screens.reminders_screen(wanted=turn.profile.reminders),
    "invitation": lambda turn: organisations.invitation_screen(turn) or walk_screen(turn),
    "joined": lambda turn: organisations.joined_screen(turn) or walk_screen(turn),
    "admin": lambda turn: organisations.admin_screen(turn) or walk_screen(turn),
    "members": _or_the_walk(organisations.members_screen),
    "invite": _or_the_walk(organisations.invite_screen),
    "member": lambda turn: organisations.member_screen(turn) or walk_screen(turn),
    "leave": _or_the_walk(leaving.leave_screen),
    "ask_where": asking.where_screen,
    "ask_conflict": lambda turn: asking_screens.conflict_screen(),
    "ask_without": lambda turn: asking_screens.without_screen(),
    "go_round": asking.go_round_screen,
    "ask_what": asking.what_screen,
    "close_case": lambda turn: taking.close_screen(turn) or walk_screen(turn),
    "stop_asking": lambda turn: own_call.stop_screen(turn) or walk_screen(turn),
    "pass_on": lambda turn: case_work.pass_on_screen(turn) or walk_screen(turn),
    "open": cases.open_screen,
    "mine": cases.mine_screen,
    "found": lambda turn: cases.found_screen(turn) or walk_screen(turn),
    "duty": lambda turn: duty.duty_screen(turn) or walk_screen(turn),
    "rota": lambda turn: duty.rota_screen(turn) or walk_screen(turn),
    "arrangements": lambda turn: arranging.arrangements_screen(turn) or walk_screen(turn),
    **{view: _or_the_walk(screen) for view, screen in {**numbers.VIEWS, **FOR_WORDS}.items()},
}
"""Every view by name."""

OPENED_BY_BUTTON = frozenset(
    {
        *("why", "meaning", "numbers", "what_to_say", "more", "look_up", "language", "records", "record", "stop"),
        *("admin", "members", "invite", "member", "close_case", "open", "mine", "found", "duty", "rota", "hours"),
        "arrangements",
    }
)
"""The views that a button may open by name; the others are shown only where a turn comes to them."""


def shows_999(turn: Turn) -> bool:
    """Whether the chat shows one of the two screens that say to ring 999: as a page, or as the walk's advice."""
    return turn.view in HELP_NOW or (turn.view == "walk" and rings_999(turn.walk) and turn.walk.at_advice)


def is_for_words(turn: Turn) -> bool:
    """Whether what is typed is meant as it stands for what the chat shows, and there still is such a thing."""
    shown = FOR_WORDS.get(turn.view)
    return shown is not None and shown(turn) is not None


def screen_seen(turn: Turn) -> Screen:
    """The screen that the chat showed before this turn."""
    return with_numbers(VIEWS.get(turn.seen, walk_screen)(turn))


def screen_of(turn: Turn) -> Screen:
    """The screen that the chat shows after this turn, every option numbered, with the turn's notice on top; but nothing
    goes before 999."""
    view = turn.view if turn.view in VIEWS else "walk"
    if view in ONLY_WITH_ADVICE and not turn.walk.advised:
        view = "walk"
    screen = VIEWS[view](turn)
    if not is_for_words(turn):
        screen = with_numbers(screen)
    if turn.notice is None:
        return screen
    if shows_999(turn) or turn.view == RETURNING:
        return replace(screen, paragraphs=(*screen.paragraphs, Paragraph(turn.notice)))
    return replace(screen, paragraphs=(Paragraph(turn.notice), *screen.paragraphs))
