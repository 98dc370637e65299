""" "Speak to my lead": whom it must not reach, what goes with it, and the first ping."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import escalation_screens as screens
from bot.screens.advice_screen import reasons_of, shown_advice
from bot.screens.screen import Press, Screen
from bot.store import due, escalations, organisations
from bot.store.escalations import Escalation, Step
from bot.store.receipts import code_of
from bot.turns.beside import OLD_BUTTON
from bot.turns.ladder import asked_now, begin
from bot.turns.later import ESCALATION, climb_now
from bot.turns.numbers import numbers_of
from bot.turns.organisations import organisations_where
from bot.turns.telling import Acting, tell
from bot.turns.turn import HELP_NOW, Turn, rings_999
from states.escalation import State, Urgency, urgency_of
from states.inputs import MAYBE
from states.outcomes.local_numbers import NEEDED, NumberKind
from states.roles import ANSWER_FOR_LEADS, Action, OrganisationRole
from states.text import say

NOW = "now"
ADVICE, WITH_NOTE, NOTHING = "advice", "note", "nothing"


def asks_for_a_lead(turn: Turn) -> bool:
    """ "Speak to my lead" was pressed. False for guests, for whom no lead is known here.

    What was asked for out of this very walk is shown as it stands; anything else is asked for anew.
    """
    mine = organisations_where(turn, Action.ASK_A_LEAD)
    if not mine or turn.walk.signposted:
        return False
    now = NOW if turn.seen in HELP_NOW or rings_999(turn.walk) else ""
    standing = escalations.open_of(turn.transaction, turn.person.id)
    if standing is not None and _is_about_this(turn, standing, now):
        turn.show("asked", standing.id)
    elif len(mine) > 1:
        turn.show("ask_where", f"||{now}")
    else:
        _whom_not(turn, mine[0].id, now)
    return True


def _is_about_this(turn: Turn, standing: Escalation, now: str) -> bool:
    """Whether it came out of this walk, and neither the urgency has risen since nor whom it must not reach."""
    raised = _urgency(turn, now) is Urgency.EMERGENCY and standing.urgency is not Urgency.EMERGENCY
    conflict = turn.walk.here.told.lead_conflict in MAYBE and not standing.without
    return standing.reference == turn.reference and not raised and not conflict


def _urgency(turn: Turn, now: str) -> Urgency:
    """An emergency where 999 was on the screen; without advice yet, today."""
    if now:
        return Urgency.EMERGENCY
    return urgency_of(turn.walk.here.advice) if turn.walk.advised else Urgency.TODAY


def _whom_not(turn: Turn, organisation_id: str, now: str) -> None:
    """INV-24: nobody is pinged or named before this is known. A worry that this very walk was told counts; that it was
    told of none does not, since nobody may have known then."""
    known = turn.walk.here.told.lead_conflict in MAYBE
    turn.show("ask_without" if known else "ask_conflict", f"{organisation_id}||{now}")


def _what(turn: Turn, organisation_id: str, without: str, now: str) -> None:
    if turn.walk.advised:
        turn.show("ask_what", f"{organisation_id}|{without}|{now}")
    else:
        _send(turn, organisation_id, without, now, NOTHING)


def _ask(turn: Turn, what: Press) -> None:
    """One of the answers on the way to the ping."""
    if what.first == "hurry":
        _hurry(turn)
        return
    mine = {one.id for one in organisations_where(turn, Action.ASK_A_LEAD)}
    organisation_id, without, now = [*turn.detail.split("|"), "", ""][:3]
    if what.first == "where" and turn.seen == "ask_where" and what.second in mine:
        _whom_not(turn, what.second, now)
    elif organisation_id not in mine:
        turn.notice = OLD_BUTTON
    elif what.first == "conflict" and turn.seen == "ask_conflict":
        if what.second == "no":
            _what(turn, organisation_id, "", now)
        else:  # not sure counts as yes
            turn.show("ask_without", f"{organisation_id}||{now}")
    elif what.first == "without" and turn.seen == "ask_without":
        if what.second in {role.value for role in ANSWER_FOR_LEADS}:
            _what(turn, organisation_id, what.second, now)
        else:
            turn.show("go_round", organisation_id)
    elif what.first == "send" and turn.seen == "ask_what" and what.second in (ADVICE, WITH_NOTE, NOTHING):
        _send(turn, organisation_id, without, now, what.second)
    else:
        turn.notice = OLD_BUTTON


def _hurry(turn: Turn) -> None:
    """What was thought to be able to wait cannot: the next rung is climbed at once."""
    found = turn.detail if turn.seen == "asked" else ""
    due.hold(turn.transaction, ESCALATION, found)
    escalation = escalations.hold(turn.transaction, found)
    if escalation is None or escalation.asked_by != turn.person.id or not escalation.waits:
        turn.notice = OLD_BUTTON
    elif escalation.urgency is Urgency.ROUTINE:
        escalations.save_urgency(turn.transaction, escalation.id, Urgency.TODAY)
        role = OrganisationRole.PRACTITIONER.value
        escalations.add_step(turn.transaction, escalation.id, Step(turn.at, "cannot wait", role, ""))
        climb_now(turn.transaction, [escalation.id], turn.at)
        turn.notice = say("All right. I ask now, and do not wait so long for an answer.")


def _send(turn: Turn, organisation_id: str, without: str, now: str, what: str) -> None:
    """Write down the call for a lead, its first pings, and when the next rung is due: all of it in this turn. Where
    anybody is left out, the lead is: the question was about them."""
    roles = tuple(dict.fromkeys((OrganisationRole.LEAD, OrganisationRole(without)))) if without else ()
    members = organisations.members_of(turn.transaction, organisation_id)
    bypassed = tuple(dict.fromkeys(one.person_id for one in members if one.role in roles))
    escalation = Escalation(
        id=turn.surroundings.new_id(),
        reference=turn.reference or turn.new_reference(),
        organisation_id=organisation_id,
        asked_by=turn.person.id,
        urgency=_urgency(turn, now),
        state=State.LEAD,
        holder=None,
        made_at=turn.at,
        content=_content(turn, what),
        bypassed=bypassed,
        without=roles,
    )
    escalations.add(turn.transaction, escalation)
    step = Step(turn.at, "asked", OrganisationRole.PRACTITIONER.value, what)
    escalations.add_step(turn.transaction, escalation.id, step)
    begin(turn, escalation)
    turn.show("asked", escalation.id)


def _content(turn: Turn, what: str) -> dict[str, object]:
    """What the lead may read; nothing beyond what was chosen."""
    if what == NOTHING or not turn.walk.advised:
        return {}
    shown = shown_advice(turn.walk, turn.translate)
    content: dict[str, object] = {
        "advice": [shown.headline, *shown.sentences],
        "reasons": [turn.translate(reason) for reason in reasons_of(turn.walk)],
    }
    note = turn.note() if what == WITH_NOTE else None
    return content | ({"note": note} if note else {})


# ---- what the chat shows


def where_screen(turn: Turn) -> Screen:
    """Which organisation's lead."""
    return screens.where_screen(organisations_where(turn, Action.ASK_A_LEAD))


def what_screen(turn: Turn) -> Screen:
    """What goes with it."""
    organisation = organisations.by_id(turn.transaction, turn.detail.split("|")[0])
    allowed = organisation is not None and organisation.arrangements.notes
    return screens.what_screen(note=allowed and turn.note() is not None)


def go_round_screen(turn: Turn) -> Screen:
    """Whom to ring where nobody inside may be asked, for a member: the numbers are its own organisation's."""
    mine = {one.id for one in organisations_where(turn, Action.SEE_NUMBERS)}
    kinds = (*NEEDED, NumberKind.ALLEGATIONS)
    return screens.go_round_screen(numbers_of(turn, turn.detail, kinds) if turn.detail in mine else None)


def asked_screen(turn: Turn) -> Screen | None:
    """How one's own call for a lead stands; None where there is none."""
    escalation = escalations.find(turn.transaction, turn.detail)
    if escalation is None or escalation.asked_by != turn.person.id:
        return None
    steps = escalations.steps_of(turn.transaction, escalation.id)
    nobody = not asked_now(turn, escalation)
    row = due.find(turn.transaction, ESCALATION, escalation.id)
    return screens.asked_screen(
        escalation,
        holder_role(turn, escalation),
        steps,
        nobody=nobody,
        asked_at=row.due_at if row is not None else None,
        receipt=code_of(turn.transaction, escalation),
        numbers=numbers_of(turn, escalation.organisation_id) if escalation.waits else None,
    )


def holder_role(turn: Turn, escalation: Escalation) -> OrganisationRole | None:
    """In which role somebody took it; None where nobody has, or they are gone."""
    return role_of(turn, escalation, escalation.holder) if escalation.holder else None


def role_of(acting: Acting, escalation: Escalation, person_id: str) -> OrganisationRole | None:
    """In which role somebody answers there; None where they have none."""
    roles = organisations.active_roles(acting.transaction, person_id, escalation.organisation_id)
    order = (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR)
    return next((role for role in order if role in roles), None)


# ---- what is said


def write_to_lead(turn: Turn, words: str) -> None:
    """Something was typed for whoever took it; the words are checked already."""
    escalation = escalations.find(turn.transaction, turn.detail)
    if escalation is None or escalation.asked_by != turn.person.id:
        turn.notice = OLD_BUTTON
    elif escalation.waits or escalation.holder is None:
        turn.notice = screens.NOBODY_YET
    elif escalation.state is not State.TAKEN:
        turn.notice = say("It is closed, so I kept nothing and told nobody. You can ask again.")
    else:
        role = OrganisationRole.PRACTITIONER.value
        escalations.add_step(turn.transaction, escalation.id, Step(turn.at, "said", role, words))
        if tell(turn, escalation.holder, screens.said_screen(escalation, role, words), lane="reply"):
            turn.notice = say("I pass that on. {reference}", reference=escalation.reference)
        else:
            climb_now(turn.transaction, [escalation.id], turn.at)
            turn.notice = say("They cannot be reached any more. I keep it, and ask the others now.")


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"ask": _ask}
