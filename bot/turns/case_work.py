"""What a lead does with a case in hand, beside writing and closing: ask to be rung, pass it on, hand it back with a
word for the next, and choose a day to look again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import phonenumbers

from bot.local_time import morning_of
from bot.screens import case_screens as screens
from bot.screens import escalation_screens
from bot.screens.screen import Press, Screen
from bot.store import due, escalations, organisations
from bot.store.escalations import Escalation, Ping
from bot.store.organisations import Member
from bot.turns.asking import holder_role
from bot.turns.ladder import contacts_for, left_out
from bot.turns.later import CASE, ESCALATION
from bot.turns.organisations import NOT_THERE, belongs
from bot.turns.taking import add_step, hand_back, held, offer_no_more, role_here, to_change
from bot.turns.telling import ring, tell
from bot.turns.turn import Turn
from states.arrangements import NotAllowedError, read_day
from states.roles import ANSWER_FOR_LEADS, OrganisationRole
from states.text import say

REGION = "GB"
OFFERED_FOR = timedelta(minutes=15)
"""So long whoever it is passed on to has to take it; then it is its holder's alone again."""
A_WEEK = timedelta(days=7)
LONGEST_AHEAD = timedelta(days=366)


def _in_hand(turn: Turn) -> Escalation | None:
    """The case of which the chat shows something, if this person holds it."""
    return held(turn, to_change(turn, turn.detail))


# ---- ring me


def type_number(turn: Turn, words: str) -> None:
    """The lead's own number was typed; whoever asked reads it."""
    one = _in_hand(turn)
    if one is None:
        turn.notice = NOT_THERE
        return
    try:
        number = phonenumbers.parse(words, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        turn.notice = say("That is no phone number that I know. I kept nothing and passed nothing on. Type it again.")
        return
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    add_step(turn, one, "ring me", "")
    role = role_here(turn, one)
    words_ = escalation_screens.ring_them_screen(one, role, shown)
    turn.show("case", one.id)
    here = one.asked_by is not None and belongs(turn, one.asked_by, one.organisation_id)
    if one.asked_by is not None and here and tell(turn, one.asked_by, words_, lane="reply"):
        turn.notice = say("I have asked them to ring you on {number}.", number=shown)
    else:
        turn.notice = say("They cannot be reached here any more. Reach them in another way.")


# ---- pass it on


def colleagues(turn: Turn, one: Escalation) -> list[Member]:
    """To whom it could be passed on: whoever can be asked there and is not left out, each once."""
    reachable = {contact.person for contact in contacts_for(turn, one) if contact.reachable}
    out = {*left_out(turn.transaction, one), turn.person.id}
    found: dict[str, Member] = {}
    for role in (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR):
        for each in organisations.members_of(turn.transaction, one.organisation_id):
            if each.role is role and each.person_id in reachable and each.person_id not in out:
                found.setdefault(each.person_id, each)
    return list(found.values())


def _offer(turn: Turn, what: Press) -> None:
    """Ask one colleague to take it over. It stays with its holder until they do."""
    one = _in_hand(turn)
    chosen = next((each for each in colleagues(turn, one) if each.id == what.first), None) if one else None
    if one is None or chosen is None:
        turn.notice = NOT_THERE
        return
    offer_no_more(turn, one, escalation_screens.taken_words(one.reference, holder_role(turn, one)))
    escalations.offer(turn.transaction, one.id, chosen.person_id)
    due.move(turn.transaction, ESCALATION, one.id, turn.at + OFFERED_FOR)
    add_step(turn, one, "passed on", chosen.role.value)
    ping = Ping(turn.surroundings.new_id(), one.id, chosen.person_id, None)
    escalations.add_ping(turn.transaction, ping, turn.at)
    ring(turn, ping, escalation_screens.passed_on_screen(one, turn.at))
    turn.show("case", one.id)
    turn.notice = say("I have asked {name} to take it. It stays yours until they do.", name=chosen.name)


# ---- hand it back


def _give_back(turn: Turn, what: Press) -> None:
    type_word(turn, "")


def type_word(turn: Turn, words: str) -> None:
    """A word for whoever takes it next; the words are checked already."""
    one = _in_hand(turn)
    if one is None:
        turn.notice = NOT_THERE
    else:
        hand_back(turn, one, words)


# ---- look again


def _remind(turn: Turn, what: Press) -> None:
    today = turn.local_at.date()
    _look_again(turn, today + (A_WEEK if what.first == "week" else timedelta(days=1)))


def type_day(turn: Turn, words: str) -> None:
    """A day to look at it again was typed."""
    today = turn.local_at.date()
    try:
        day = read_day(words.strip())
    except NotAllowedError:
        day = today
    if today < day <= today + LONGEST_AHEAD:
        _look_again(turn, day)
    else:
        turn.notice = say("I need a day to come, such as 31.12.2026. Nothing has changed.")


def _look_again(turn: Turn, day: date) -> None:
    one = _in_hand(turn)
    if one is None:
        turn.notice = NOT_THERE
        return
    if not due.move(turn.transaction, CASE, one.id, morning_of(day)):
        due.add(
            turn.transaction,
            row_id=turn.surroundings.new_id(),
            kind=CASE,
            subject=one.id,
            person_id=None,
            due_at=morning_of(day),
        )
    add_step(turn, one, "look again", day.isoformat())
    turn.show("case", one.id)
    turn.notice = say("I remind you on {day}.", day=screens.day_words(day))


# ---- what the chat shows


def pass_on_screen(turn: Turn) -> Screen | None:
    """To whom it could be passed on."""
    one = _seen(turn)
    return None if one is None else screens.pass_on_screen(one, colleagues(turn, one))


def ring_me_screen(turn: Turn) -> Screen | None:
    """On which number they may ring."""
    one = _seen(turn)
    return None if one is None else screens.ring_me_screen(one)


def hand_back_screen(turn: Turn) -> Screen | None:
    """A word for the next lead."""
    one = _seen(turn)
    return None if one is None else screens.hand_back_screen(one)


def look_again_screen(turn: Turn) -> Screen | None:
    """When to look again."""
    one = _seen(turn)
    return None if one is None else screens.look_again_screen(one)


def differ_screen(turn: Turn) -> Screen | None:
    """Why the lead sees it differently."""
    one = _seen(turn)
    return None if one is None else screens.differ_screen(one)


def _seen(turn: Turn) -> Escalation | None:
    return held(turn, escalations.find(turn.transaction, turn.detail))


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"offer": _offer, "give_back": _give_back, "remind": _remind}
