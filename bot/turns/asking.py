""" "Speak to my lead": whom it must not reach, what goes with it, and the first ping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.screens import asking_screens
from bot.screens.advice_screen import reasons_of, shown_advice
from bot.screens.escalation_screens import GONE_ROUND
from bot.screens.screen import Press, Screen
from bot.store import due, escalations, organisations
from bot.store.escalations import Escalation, Step
from bot.store.records import RecordRow
from bot.turns.beside import OLD_BUTTON
from bot.turns.ladder import amend, begin, withdraw
from bot.turns.later import ESCALATION
from bot.turns.organisations import organisations_where
from bot.turns.ring_now import numbers_of
from bot.turns.telling import Acting
from bot.turns.turn import HELP_NOW, LONG_AWAY, Turn, rings_999
from states.escalation import State, Urgency, is_higher, urgency_of
from states.inputs import MAYBE
from states.outcomes.local_numbers import NEEDED, NumberKind
from states.roles import ANSWER_FOR_LEADS, Action, OrganisationRole
from states.rules import O1

NOW, NEW = "now", "new"
ADVICE, WITH_NOTE, NOTHING = "advice", "note", "nothing"
EVERYBODY = "all"


def asks_for_a_lead(turn: Turn) -> bool:
    """ "Speak to my lead" was pressed. False for guests, for whom no lead is known here.

    What was asked for out of this very walk is shown as it stands; anything else is asked for anew.
    """
    mine = organisations_where(turn, Action.ASK_A_LEAD)
    if not mine or turn.walk.signposted:
        return False
    record = _record_seen(turn)
    rings = rings_999(turn.walk) or (record is not None and record.outcome == O1.value)
    wanted = Wanted(now=NOW if turn.seen in HELP_NOW or rings else "", record=record.reference if record else "")
    standing = escalations.open_of(turn.transaction, turn.person.id)
    if standing is not None and _is_about_this(turn, standing, wanted):
        turn.show("asked", standing.id)
    elif len(mine) > 1:
        turn.show("ask_where", str(wanted))
    else:
        _whom_not(turn, replace(wanted, organisation=mine[0].id))
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said so far on the way to a ping, as it stands in the chat's place: where, without which role, whether
    999 goes first, the saved record that it is about, where it is not about the open walk, and the open call that goes
    on with it; "new" for none."""

    organisation: str = ""
    without: str = ""
    now: str = ""
    record: str = ""
    call: str = ""

    def __str__(self) -> str:
        return "|".join((self.organisation, self.without, self.now, self.record, self.call))

    @classmethod
    def read(cls, detail: str) -> Wanted:
        """What `str` wrote."""
        return cls(*[*detail.split("|"), "", "", "", "", ""][:5])


def _record_seen(turn: Turn) -> RecordRow | None:
    """The saved record from whose screen the lead is asked for."""
    return turn.own_record(turn.detail.split("|")[0]) if turn.seen in ("saved", "record") else None


def _is_about_this(turn: Turn, standing: Escalation, wanted: Wanted) -> bool:
    """Whether it came out of this walk or record, or was asked for lately where there is neither, and neither the
    urgency has risen since nor whom it must not reach."""
    here = wanted.record or turn.reference
    same = standing.reference == here if here else turn.at - standing.made_at < LONG_AWAY
    raised = is_higher(_urgency(turn, wanted), standing.urgency) and bool(wanted.now or here)
    conflict = turn.walk.here.told.lead_conflict in MAYBE and not standing.without
    return same and not raised and not conflict


def _urgency(turn: Turn, wanted: Wanted) -> Urgency:
    """An emergency where 999 was on the screen; without advice yet, or of a record, today."""
    if wanted.now:
        return Urgency.EMERGENCY
    return urgency_of(turn.walk.here.advice) if turn.walk.advised and not wanted.record else Urgency.TODAY


def _whom_not(turn: Turn, wanted: Wanted) -> None:
    """INV-24: nobody is pinged or named before this is known. A worry that this very walk was told counts; that it was
    told of none does not, since nobody may have known then."""
    known = turn.walk.here.told.lead_conflict in MAYBE
    turn.show("ask_without" if known else "ask_conflict", str(wanted))


def _what(turn: Turn, wanted: Wanted) -> None:
    if turn.walk.advised or wanted.record:
        turn.show("ask_what", str(wanted))
    else:
        _send(turn, wanted, NOTHING)


def _ask(turn: Turn, what: Press) -> None:
    """One of the answers on the way to the ping."""
    mine = {one.id for one in organisations_where(turn, Action.ASK_A_LEAD)}
    wanted = Wanted.read(turn.detail)
    if what.first == "where" and turn.seen == "ask_where" and what.second in mine:
        _whom_not(turn, replace(wanted, organisation=what.second))
    elif wanted.organisation not in mine:
        turn.notice = OLD_BUTTON
    elif what.first == "conflict" and turn.seen == "ask_conflict":
        if what.second == "no":
            _what(turn, wanted)
        else:  # not sure counts as yes
            turn.show("ask_without", str(wanted))
    elif what.first == "without" and turn.seen == "ask_without":
        if what.second in {role.value for role in asking_screens.MAY_BE_LEFT_OUT}:
            _what(turn, replace(wanted, without=what.second))
        else:
            _ask_nobody(turn, wanted)
    elif what.first == "send" and turn.seen == "ask_what" and what.second in (ADVICE, WITH_NOTE, NOTHING):
        _send(turn, wanted, what.second, chosen=True)
    else:
        turn.notice = OLD_BUTTON


def add_step(turn: Turn, escalation: Escalation, what: str, text: str = "") -> None:
    """Write down what whoever asked did."""
    role = OrganisationRole.PRACTITIONER.value
    escalations.add_step(turn.transaction, escalation.id, Step(turn.at, what, role, text))


def _ask_nobody(turn: Turn, wanted: Wanted) -> None:
    """It may be about anybody there: an open call reaches nobody any more, whoever has it, and leaves nothing in their
    chats (INV-24)."""
    standing = _standing(turn, replace(wanted, without=EVERYBODY))
    if standing is not None:
        everybody = organisations.members_of(turn.transaction, standing.organisation_id)
        roles = tuple(role for role in OrganisationRole if role is not OrganisationRole.PRACTITIONER)
        out = tuple(dict.fromkeys((*standing.bypassed, *(one.person_id for one in everybody))))
        now = replace(standing, bypassed=out, without=roles)
        escalations.amend(turn.transaction, now)
        withdraw(turn, now)
        add_step(turn, now, "closed", GONE_ROUND)
    turn.show("go_round", wanted.organisation)


def _standing(turn: Turn, wanted: Wanted) -> Escalation | None:
    """The open call that goes on with what is asked for now, held: the one that was named, or that of the same walk or
    record."""
    here = wanted.record or turn.reference
    found = escalations.find(turn.transaction, wanted.call) if wanted.call not in ("", NEW) else None
    if found is None and wanted.call != NEW and here:
        of_this = [one for one in escalations.of_reference(turn.transaction, here) if one.state is not State.CLOSED]
        found = next((one for one in of_this if one.organisation_id == wanted.organisation), None)
    if found is None or found.asked_by != turn.person.id:
        return None
    due.hold(turn.transaction, ESCALATION, found.id)
    held = escalations.hold(turn.transaction, found.id)
    if held is None or held.state is State.CLOSED:
        return None
    # Whoever has one already may have put it aside: what has become urgent rings anew.
    return held if held.waits or wanted.without else None


def _send(turn: Turn, wanted: Wanted, what: str, *, chosen: bool = False) -> None:
    """Write down the call for a lead, its first pings, and when the next rung is due: all of it in this turn. Where
    anybody is left out, the lead is: the question was about them. `chosen`: it was asked what they may read, so that
    nothing else is left to be read of what an open call holds."""
    asked = (OrganisationRole.LEAD, OrganisationRole(wanted.without)) if wanted.without else ()
    roles = tuple(dict.fromkeys(asked))
    members = organisations.members_of(turn.transaction, wanted.organisation)
    known = _known_to_leave_out(turn, wanted)
    roles = tuple(dict.fromkeys((*roles, *(role for one in known for role in one.without))))
    by_part = (one.person_id for one in members if one.role in roles)
    bypassed = tuple(dict.fromkeys((*by_part, *(person for one in known for person in one.bypassed))))
    standing = _standing(turn, wanted)
    escalation = Escalation(
        id=turn.surroundings.new_id(),
        reference=wanted.record or turn.reference or turn.new_reference(),
        organisation_id=wanted.organisation,
        asked_by=turn.person.id,
        urgency=_urgency(turn, wanted),
        state=State.LEAD,
        holder=None,
        made_at=turn.at,
        content=_content(turn, wanted, what),
        bypassed=bypassed,
        without=roles,
    )
    if standing is not None:
        amend(turn, standing, escalation if chosen else replace(escalation, content=standing.content))
        add_step(turn, standing, "asked", what)
    else:
        escalations.add(turn.transaction, escalation)
        add_step(turn, escalation, "asked", what)
        begin(turn, escalation)
    turn.show("asked", standing.id if standing is not None else escalation.id)


def _known_to_leave_out(turn: Turn, wanted: Wanted) -> list[Escalation]:
    """Earlier calls of the same walk or record: whom those must not reach, this one must not either (INV-24)."""
    here = wanted.record or turn.reference
    found = escalations.of_reference(turn.transaction, here) if here else []
    return [one for one in found if one.asked_by == turn.person.id and one.organisation_id == wanted.organisation]


def _content(turn: Turn, wanted: Wanted, what: str) -> dict[str, object]:
    """What the lead may read; nothing beyond what was chosen."""
    if what == NOTHING:
        return {}
    record = turn.own_record(wanted.record) if wanted.record else None
    if record is not None:
        content = _of_record(record)
    elif turn.walk.advised:
        shown = shown_advice(turn.walk, turn.translate)
        content = {
            "advice": [shown.headline, *shown.sentences],
            "reasons": [turn.translate(reason) for reason in reasons_of(turn.walk)],
        }
    else:
        return {}
    note = _note(turn, wanted) if what == WITH_NOTE else None
    return content | ({"note": note} if note else {})


def _of_record(record: RecordRow) -> dict[str, object]:
    shown = record.content["shown"]
    return {"advice": [shown["headline"], *shown["sentences"]]} if shown else {}


def _note(turn: Turn, wanted: Wanted) -> str | None:
    """The note of the record, or of the open walk, where notes may go to a lead there."""
    organisation = organisations.by_id(turn.transaction, wanted.organisation)
    if organisation is None or not organisation.arrangements.notes:
        return None
    record = turn.own_record(wanted.record) if wanted.record else None
    return record.content["note"] if record is not None else turn.note()


# ---- what the chat shows


def where_screen(turn: Turn) -> Screen:
    """Which organisation's lead."""
    return asking_screens.where_screen(organisations_where(turn, Action.ASK_A_LEAD))


def what_screen(turn: Turn) -> Screen:
    """What goes with it."""
    wanted = Wanted.read(turn.detail)
    return asking_screens.what_screen(note=bool(_note(turn, wanted)))


def go_round_screen(turn: Turn) -> Screen:
    """Whom to ring where nobody inside may be asked, for a member: the numbers are its own organisation's."""
    mine = {one.id for one in organisations_where(turn, Action.SEE_NUMBERS)}
    kinds = (*NEEDED, NumberKind.ALLEGATIONS)
    return asking_screens.go_round_screen(numbers_of(turn, turn.detail, kinds) if turn.detail in mine else None)


def holder_role(turn: Turn, escalation: Escalation) -> OrganisationRole | None:
    """In which role somebody took it; None where nobody has, or they are gone."""
    return role_of(turn, escalation, escalation.holder) if escalation.holder else None


def role_of(acting: Acting, escalation: Escalation, person_id: str) -> OrganisationRole | None:
    """In which role somebody answers there; None where they have none."""
    roles = organisations.active_roles(acting.transaction, person_id, escalation.organisation_id)
    order = (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR)
    return next((role for role in order if role in roles), None)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"ask": _ask}
