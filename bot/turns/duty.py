"""/duty and /rota: when somebody is asked first, said by themselves, or by an administrator for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.calendars import calendar_for
from bot.local_time import next_morning
from bot.screens import duty_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import organisations
from bot.store.organisations import Member, Organisation
from bot.turns.organisations import NOT_THERE, administered_member, organisations_where, roles_in
from bot.turns.turn import Turn
from states.roles import ANSWER_FOR_LEADS, Action, may
from states.rota import OUT_OF_HOURS, WORKING_DAYS, Duty, UnclearHoursError, gaps, hours_text, is_on_duty, read_hours
from states.text import say

A_WEEK = timedelta(days=7)
HOURS = {"always": "", "work": WORKING_DAYS, "out": OUT_OF_HOURS}


def duty(turn: Turn, argument: str = "") -> None:
    """/duty, with or without on, off, or until 18:00."""
    mine = _where(turn)
    if not mine:
        turn.notice = NOT_THERE
        return
    chosen = _chosen(turn, mine) if turn.seen == "duty" else mine[0]
    turn.show("duty", chosen.id)
    if argument:
        said = _said(turn, argument.lower())
        if said is None:
            turn.notice = say("I did not understand that. Type: /duty on, /duty off, or /duty off until 18:00")
        else:
            _save(turn, chosen, said)


def _where(turn: Turn) -> list[Organisation]:
    """Where this person answers for leads. An administrator alone is on no rota."""
    mine = organisations.memberships_of(turn.transaction, turn.person.id)
    answers = {one.organisation_id for one in mine if one.status == "active" and one.role in ANSWER_FOR_LEADS}
    return [one for one in organisations_where(turn, Action.TAKE) if one.id in answers]


def _chosen(turn: Turn, mine: list[Organisation]) -> Organisation:
    return next((one for one in mine if one.id == turn.detail), mine[0])


def _said(turn: Turn, argument: str) -> Duty | None:
    """What "/duty off until 18:00" says; None for what it cannot be."""
    words = argument.replace("until", "").split()
    on = {"on": True, "off": False}.get(words[0] if words else "")
    if on is None and words and "until" in argument:
        on, words = True, ["on", *words]
    if on is None or len(words) > 2:
        return None
    if len(words) == 1:
        return Duty(on)
    try:
        time = datetime.strptime(words[1], "%H:%M").time()
    except ValueError:
        return None
    until = datetime.combine(turn.local_at.date(), time, turn.local_at.tzinfo)
    return Duty(on, until if until > turn.at else until + timedelta(days=1))


def _save(turn: Turn, organisation: Organisation, said: Duty) -> None:
    organisations.save_duty(turn.transaction, organisation.id, turn.person.id, said)
    turn.notice = say("Done. This is how it stands now.")


def _duty(turn: Turn, what: Press) -> None:
    mine = _where(turn)
    said = {
        "on": Duty(True),
        "tomorrow": Duty(False, next_morning(turn.at)),
        "week": Duty(False, turn.at + A_WEEK),
        "off": Duty(False),
        "hours": Duty(),
    }.get(what.first)
    if not mine or said is None or turn.seen != "duty":
        turn.notice = NOT_THERE
        return
    _save(turn, _chosen(turn, mine), said)


def _whose_hours(turn: Turn) -> Member | None:
    """Whose hours the chat shows, if this person may change them: one's own, or as an administrator."""
    one = organisations.member(turn.transaction, turn.detail)
    if one is None or one.role not in ANSWER_FOR_LEADS:
        return None
    if one.person_id == turn.person.id and one.status == "active":
        return one
    found = administered_member(turn, one.id, Action.ARRANGE)
    return found[1] if found else None


def _hours(turn: Turn, what: Press) -> None:
    if turn.seen != "hours" or what.first not in HOURS:
        turn.notice = NOT_THERE
    else:
        _save_hours(turn, HOURS[what.first])


def type_hours(turn: Turn, words: str) -> None:
    """Hours were typed."""
    _save_hours(turn, words)


def _save_hours(turn: Turn, words: str) -> None:
    one = _whose_hours(turn)
    if one is None:
        turn.notice = NOT_THERE
        return
    try:
        hours = read_hours(words) if words else ()
    except UnclearHoursError:
        turn.notice = say("I do not understand these hours. Nothing has changed. Type them like: Mon-Fri 09:00-17:00")
        return
    organisations.save_hours(turn.transaction, one.id, hours)
    turn.notice = say("Done. Hours now: {hours}.", hours=hours_text(hours) or screens.ALWAYS)
    if one.person_id == turn.person.id:
        turn.show("duty", one.organisation_id)
    else:
        turn.show("member", one.id)


# ---- what the chat shows


def duty_screen(turn: Turn) -> Screen | None:
    """Whether one is on duty; None for who is on no rota."""
    mine = _where(turn)
    if not mine:
        return None
    chosen = _chosen(turn, mine)
    on_duty = _on_duty(turn, chosen)
    own = [one for one, _ in on_duty if one.person_id == turn.person.id]
    others = any(on for one, on in on_duty if one.person_id != turn.person.id)
    on = any(on for one, on in on_duty if one.person_id == turn.person.id)
    return screens.duty_screen(
        chosen, own, [one for one in mine if one.id != chosen.id], on=on, alone=on and not others
    )


def hours_screen(turn: Turn) -> Screen | None:
    """One's hours, or those of somebody in an organisation that one administers."""
    one = _whose_hours(turn)
    return None if one is None else screens.hours_screen(one, oneself=one.person_id == turn.person.id)


def rota_screen(turn: Turn) -> Screen | None:
    """Everybody's hours, for whoever answers for leads or administers."""
    mine = organisations_where(turn, Action.SEE_ROTA)
    if not mine:
        return None
    chosen = _chosen(turn, mine)
    members, calendar = _on_duty(turn, chosen), calendar_for(chosen)
    empty = gaps([(one.hours, one.duty) for one, _ in members], turn.at, A_WEEK, calendar)
    may_test = may(roles_in(turn, chosen.id), Action.ARRANGE)
    return screens.rota_screen(chosen, members, empty, [one for one in mine if one.id != chosen.id], may_test=may_test)


def _on_duty(turn: Turn, organisation: Organisation) -> list[tuple[Member, bool]]:
    """Everybody who is asked before everybody is, and whether they are on duty now."""
    calendar = calendar_for(organisation)
    return [
        (one, is_on_duty(one.hours, one.duty, turn.at, calendar))
        for role in ANSWER_FOR_LEADS
        for one in organisations.members_of(turn.transaction, organisation.id)
        if one.role is role and one.status == "active"
    ]


def rota(turn: Turn) -> None:
    """/rota."""
    if organisations_where(turn, Action.SEE_ROTA):
        turn.show("rota")
    else:
        turn.notice = NOT_THERE


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"duty": _duty, "hours": _hours}
