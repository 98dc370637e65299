""" "Speak to my lead": whom it must not reach, what goes with it, and the first ping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.screens import escalation_screens as screens
from bot.screens.advice_screen import reasons_of, shown_advice
from bot.screens.screen import Press, Screen
from bot.store import due, escalations, organisations
from bot.store.escalations import Escalation, Step
from bot.store.receipts import code_of
from bot.store.records import RecordRow
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
from states.rules import O1
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
    999 goes first, and the saved record that it is about, where it is not about the open walk."""

    organisation: str = ""
    without: str = ""
    now: str = ""
    record: str = ""

    def __str__(self) -> str:
        return "|".join((self.organisation, self.without, self.now, self.record))

    @classmethod
    def read(cls, detail: str) -> Wanted:
        """What `str` wrote."""
        return cls(*[*detail.split("|"), "", "", "", ""][:4])


def _record_seen(turn: Turn) -> RecordRow | None:
    """The saved record from whose screen the lead is asked for."""
    return turn.own_record(turn.detail.split("|")[0]) if turn.seen in ("saved", "record") else None


def _is_about_this(turn: Turn, standing: Escalation, wanted: Wanted) -> bool:
    """Whether it came out of this walk, and neither the urgency has risen since nor whom it must not reach."""
    raised = _urgency(turn, wanted) is Urgency.EMERGENCY and standing.urgency is not Urgency.EMERGENCY
    conflict = turn.walk.here.told.lead_conflict in MAYBE and not standing.without
    return standing.reference == (wanted.record or turn.reference) and not raised and not conflict


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
    if what.first == "hurry":
        _hurry(turn)
        return
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
        if what.second in {role.value for role in ANSWER_FOR_LEADS}:
            _what(turn, replace(wanted, without=what.second))
        else:
            turn.show("go_round", wanted.organisation)
    elif what.first == "send" and turn.seen == "ask_what" and what.second in (ADVICE, WITH_NOTE, NOTHING):
        _send(turn, wanted, what.second)
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


def _send(turn: Turn, wanted: Wanted, what: str) -> None:
    """Write down the call for a lead, its first pings, and when the next rung is due: all of it in this turn. Where
    anybody is left out, the lead is: the question was about them."""
    asked = (OrganisationRole.LEAD, OrganisationRole(wanted.without)) if wanted.without else ()
    roles = tuple(dict.fromkeys(asked))
    members = organisations.members_of(turn.transaction, wanted.organisation)
    bypassed = tuple(dict.fromkeys(one.person_id for one in members if one.role in roles))
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
    escalations.add(turn.transaction, escalation)
    step = Step(turn.at, "asked", OrganisationRole.PRACTITIONER.value, what)
    escalations.add_step(turn.transaction, escalation.id, step)
    begin(turn, escalation)
    turn.show("asked", escalation.id)


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
    """The note of the record, or of the open walk."""
    record = turn.own_record(wanted.record) if wanted.record else None
    return record.content["note"] if record is not None else turn.note()


# ---- what the chat shows


def where_screen(turn: Turn) -> Screen:
    """Which organisation's lead."""
    return screens.where_screen(organisations_where(turn, Action.ASK_A_LEAD))


def what_screen(turn: Turn) -> Screen:
    """What goes with it."""
    wanted = Wanted.read(turn.detail)
    organisation = organisations.by_id(turn.transaction, wanted.organisation)
    allowed = organisation is not None and organisation.arrangements.notes
    return screens.what_screen(note=allowed and bool(_note(turn, wanted)))


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
