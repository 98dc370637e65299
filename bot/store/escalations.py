"""Calls for a lead: where each stands on its ladder, who was asked, and every step of it, in order (REC-11)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, null, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import escalation_steps, escalations, pings
from bot.store.transaction import Transaction
from states.escalation import LADDER, State, Urgency
from states.roles import OrganisationRole


@dataclass(frozen=True, slots=True)
class Escalation:
    """One call for a lead. `asked_by`: None once they asked to be forgotten; `holder`: who took it. `content`: what the
    lead may read, as anything that JSON can hold. `bypassed`: people who must never hear of it (INV-24), by their ids;
    `without`: the roles that they have, so that whoever gets such a role later, or comes back, is left out too.
    `bypassed_chats`: keyed hashes of the chats of those who asked to be forgotten since: they are left out again
    if they come back, and the hashes go when it is closed. `offered_to`: to whom its holder wants to pass it on, until
    they take it. `proof`: what stands in the receipt for a content that is gone or was changed (RET-5)."""

    id: str
    reference: str
    organisation_id: str
    asked_by: str | None
    urgency: Urgency
    state: State
    holder: str | None
    made_at: datetime
    content: Any
    bypassed: tuple[str, ...] = ()
    without: tuple[OrganisationRole, ...] = ()
    offered_to: str | None = None
    proof: str = ""
    bypassed_chats: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state in LADDER


@dataclass(frozen=True, slots=True)
class Ping:
    """One message that asks one person. `message_id`: None until it is sent."""

    id: str
    escalation_id: str
    person_id: str
    message_id: int | None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, who did it (as a role, never by name), and what they said."""

    at: datetime
    what: str
    role: str
    text: str


_COLUMNS: Select[*tuple[Any, ...]] = select(
    escalations.c.id,
    escalations.c.reference,
    escalations.c.organisation_id,
    escalations.c.asked_by,
    escalations.c.urgency,
    escalations.c.state,
    escalations.c.holder,
    escalations.c.made_at,
    escalations.c.content,
    escalations.c.offered_to,
)
_THIS = escalations.c.id == bindparam("escalation")
_FIND = _COLUMNS.where(_THIS)
_LOCK = _FIND.with_for_update(key_share=True)
_OPEN_OF = (
    _COLUMNS.where(escalations.c.asked_by == bindparam("person"), escalations.c.state != State.CLOSED.value)
    .order_by(escalations.c.made_at.desc(), escalations.c.id)
    .limit(1)
)
_HELD = (
    select(escalations.c.id)
    .where(escalations.c.holder == bindparam("person"), escalations.c.state == State.TAKEN.value)
    .order_by(escalations.c.id)
)
_WAITING = select(escalations.c.id).where(escalations.c.state.in_([rung.value for rung in LADDER]))
_KEEP = update(escalations).where(_THIS).values(content=bindparam("sealed"), urgency=bindparam("new_urgency"))
_SENT_TO = select(func.count(func.distinct(pings.c.person_id))).where(
    pings.c.escalation_id == bindparam("escalation"), pings.c.message_id.is_not(None)
)
_ASKER: Select[*tuple[Any, ...]] = select(
    escalations.c.reference, escalations.c.asked_by, escalations.c.organisation_id
).where(_THIS)
_OPEN_IN = _COLUMNS.where(
    escalations.c.organisation_id == bindparam("organisation"), escalations.c.state != State.CLOSED.value
).order_by(escalations.c.made_at, escalations.c.id)
_OPEN = select(escalations.c.id).where(escalations.c.state != State.CLOSED.value).order_by(escalations.c.id)
_OF_REFERENCE = _COLUMNS.where(escalations.c.reference == bindparam("known_as")).order_by(escalations.c.made_at)
_ADD = insert(escalations)
_SAVE = update(escalations).where(_THIS)
_SAVE = _SAVE.values(state=bindparam("new_state"), holder=bindparam("new_holder"), offered_to=null())
_OFFER = update(escalations).where(_THIS).values(offered_to=bindparam("to"))
_ADD_STEP = insert(escalation_steps)
_STEPS: Select[*tuple[Any, ...]] = (
    select(
        escalation_steps.c.sequence,
        escalation_steps.c.at,
        escalation_steps.c.what,
        escalation_steps.c.role,
        escalation_steps.c.text,
    )
    .where(escalation_steps.c.escalation_id == bindparam("escalation"))
    .order_by(escalation_steps.c.sequence)
)
_LAST_STEP = select(func.max(escalation_steps.c.sequence)).where(
    escalation_steps.c.escalation_id == bindparam("escalation")
)
_LAST_SAID_AT = select(func.max(escalation_steps.c.at)).where(
    escalation_steps.c.escalation_id == bindparam("escalation"), escalation_steps.c.what.in_(("taken", "said"))
)
_PING: Select[*tuple[Any, ...]] = select(
    pings.c.id, pings.c.escalation_id, pings.c.person_id, pings.c.message_id, pings.c.declined
)
_PINGS = _PING.where(pings.c.escalation_id == bindparam("escalation")).order_by(pings.c.sequence)
_FIND_PING = _PING.where(pings.c.id == bindparam("ping"))
_ADD_PING = insert(pings)
_LAST_PING = select(func.max(pings.c.sequence)).where(pings.c.escalation_id == bindparam("escalation"))
_OF_PING = _COLUMNS.join(pings, pings.c.escalation_id == escalations.c.id).where(pings.c.id == bindparam("ping"))
_DECLINE = (
    update(pings)
    .where(pings.c.escalation_id == bindparam("escalation"), pings.c.person_id == bindparam("person"))
    .values(declined=True)
)
_SENT = update(pings).where(pings.c.id == bindparam("ping")).values(message_id=bindparam("message"))
_WAITING_ON: Select[*tuple[Any, ...]] = (
    select(pings.c.escalation_id)
    .distinct()
    .join(escalations, escalations.c.id == pings.c.escalation_id)
    .where(
        pings.c.person_id == bindparam("person"),
        escalations.c.state.in_([rung.value for rung in LADDER]),
    )
    .order_by(pings.c.escalation_id)
)
_UNTIE_ASKER = update(escalations).where(escalations.c.asked_by == bindparam("person")).values(asked_by=null())
_UNTIE_HOLDER = update(escalations).where(escalations.c.holder == bindparam("person")).values(holder=null())
_UNTIE_OFFERED = update(escalations).where(escalations.c.offered_to == bindparam("person")).values(offered_to=null())
_OWN: Select[*tuple[Any, ...]] = _COLUMNS.where(escalations.c.asked_by == bindparam("person")).order_by(
    escalations.c.made_at
)
_OWN_PINGS: Select[*tuple[Any, ...]] = (
    select(pings.c.made_at, pings.c.message_id)
    .where(pings.c.person_id == bindparam("person"))
    .order_by(pings.c.made_at, pings.c.id)
)
_DELETE_PINGS = pings.delete().where(pings.c.person_id == bindparam("person"))


def add(transaction: Transaction, escalation: Escalation) -> None:
    """A new call for a lead."""
    transaction.execute(
        _ADD,
        {
            "id": escalation.id,
            "reference": escalation.reference,
            "organisation_id": escalation.organisation_id,
            "asked_by": escalation.asked_by,
            "urgency": escalation.urgency.value,
            "state": escalation.state.value,
            "holder": escalation.holder,
            "made_at": escalation.made_at,
            "content": _sealed(transaction, escalation),
        },
    )


def _sealed(transaction: Transaction, escalation: Escalation) -> bytes:
    kept = {
        "content": escalation.content,
        "bypassed": escalation.bypassed,
        "without": escalation.without,
        "chats": escalation.bypassed_chats,
        "proof": escalation.proof,
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return transaction.sealer.seal(text, "escalations", "content", escalation.id)


def amend(transaction: Transaction, escalation: Escalation) -> None:
    """Keep what may be read of it, whom it must not reach, and how urgent it is, as it stands here."""
    wanted = {"escalation": escalation.id, "new_urgency": escalation.urgency.value}
    transaction.execute(_KEEP, wanted | {"sealed": _sealed(transaction, escalation)})


def waiting(transaction: Transaction) -> list[str]:
    """The ids of all that nobody has taken."""
    return [row[0] for row in transaction.execute(_WAITING, {})]


def sent_to(transaction: Transaction, escalation_id: str) -> int:
    """How many people a ping of it has been sent to."""
    count: int = transaction.execute(_SENT_TO, {"escalation": escalation_id}).scalar_one()
    return count


def asker_of(transaction: Transaction, escalation_id: str) -> tuple[str, str | None, str] | None:
    """Its reference, who asked, and where: what can be read though the rest is damaged."""
    row = transaction.execute(_ASKER, {"escalation": escalation_id}).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def find(transaction: Transaction, escalation_id: str) -> Escalation | None:
    """The one with this id, to be looked at."""
    row = transaction.execute(_FIND, {"escalation": escalation_id}).one_or_none()
    return None if row is None else _escalation(transaction, row)


def hold(transaction: Transaction, escalation_id: str) -> Escalation | None:
    """The one with this id, to be changed: until this transaction ends, nobody else does. Its due row is to be held
    first, as the loop of due rows does, or two would wait for each other."""
    statement = _LOCK if transaction.locking else _FIND
    row = transaction.execute(statement, {"escalation": escalation_id}).one_or_none()
    return None if row is None else _escalation(transaction, row)


def open_of(transaction: Transaction, person_id: str) -> Escalation | None:
    """The latest that this person asked for and that is not closed."""
    row = transaction.execute(_OPEN_OF, {"person": person_id}).one_or_none()
    return None if row is None else _escalation(transaction, row)


def open_in(transaction: Transaction, organisation_id: str) -> list[Escalation]:
    """What is not closed in this organisation, the oldest first."""
    return [_escalation(transaction, row) for row in transaction.execute(_OPEN_IN, {"organisation": organisation_id})]


def all_open(transaction: Transaction) -> list[str]:
    """The ids of all that is not closed, in whatever organisation, in order."""
    return [row[0] for row in transaction.execute(_OPEN, {})]


def of_reference(transaction: Transaction, reference: str) -> list[Escalation]:
    """All of this reference, the oldest first: a walk may ask more than once."""
    return [_escalation(transaction, row) for row in transaction.execute(_OF_REFERENCE, {"known_as": reference})]


def held_by(transaction: Transaction, person_id: str) -> list[str]:
    """The ids of what this person has taken and not closed."""
    return [row[0] for row in transaction.execute(_HELD, {"person": person_id})]


def save(transaction: Transaction, escalation_id: str, state: State, holder: str | None) -> None:
    """Where it stands from now on, and who holds it. Nobody is offered it any more."""
    transaction.execute(_SAVE, {"escalation": escalation_id, "new_state": state.value, "new_holder": holder})
    one = find(transaction, escalation_id) if state is State.CLOSED else None
    if one is not None and one.bypassed_chats:
        amend(transaction, replace(one, bypassed_chats=()))


def offer(transaction: Transaction, escalation_id: str, person_id: str | None) -> None:
    """Its holder wants to pass it on to this person; None: to nobody any more."""
    transaction.execute(_OFFER, {"escalation": escalation_id, "to": person_id})


def add_step(transaction: Transaction, escalation_id: str, step: Step) -> None:
    """Write down a step. Never changed afterwards."""
    last: int | None = transaction.execute(_LAST_STEP, {"escalation": escalation_id}).scalar_one()
    sequence = (last or 0) + 1
    transaction.execute(
        _ADD_STEP,
        {
            "escalation_id": escalation_id,
            "sequence": sequence,
            "at": step.at,
            "what": step.what,
            "role": step.role,
            "text": transaction.sealer.seal(step.text, "escalation_steps", "text", escalation_id, sequence),
        },
    )


def steps_of(transaction: Transaction, escalation_id: str) -> list[Step]:
    """All that happened, in order. Raises SealBroken if one was changed or moved."""
    return [
        Step(at, what, role, transaction.sealer.unseal(sealed, "escalation_steps", "text", escalation_id, sequence))
        for sequence, at, what, role, sealed in transaction.execute(_STEPS, {"escalation": escalation_id})
    ]


def last_said_at(transaction: Transaction, escalation_id: str) -> datetime | None:
    """When somebody last took it, or wrote to the other; None where nobody has."""
    last: datetime | None = transaction.execute(_LAST_SAID_AT, {"escalation": escalation_id}).scalar_one()
    return last


def add_ping(transaction: Transaction, ping: Ping, at: datetime) -> None:
    """Somebody is about to be asked. Which of two pings is the later one never hangs on a clock."""
    last: int | None = transaction.execute(_LAST_PING, {"escalation": ping.escalation_id}).scalar_one()
    transaction.execute(
        _ADD_PING,
        {
            "id": ping.id,
            "escalation_id": ping.escalation_id,
            "person_id": ping.person_id,
            "sequence": (last or 0) + 1,
            "made_at": at,
            "declined": False,
        },
    )


def save_sent(transaction: Transaction, ping_id: str, message_id: int) -> None:
    """The ping is in this message, if it is one."""
    transaction.execute(_SENT, {"ping": ping_id, "message": message_id})


def decline(transaction: Transaction, escalation_id: str, person_id: str) -> None:
    """They cannot take it, however often they were asked."""
    transaction.execute(_DECLINE, {"escalation": escalation_id, "person": person_id})


def of_ping(transaction: Transaction, ping_id: str) -> Escalation | None:
    """The escalation that this ping asks to take; None where the ping is forgotten."""
    row = transaction.execute(_OF_PING, {"ping": ping_id}).one_or_none()
    return None if row is None else _escalation(transaction, row)


def pings_of(transaction: Transaction, escalation_id: str) -> list[Ping]:
    """Everybody who was asked, once for each time, in order."""
    return [Ping(*row) for row in transaction.execute(_PINGS, {"escalation": escalation_id})]


def find_ping(transaction: Transaction, ping_id: str) -> Ping | None:
    """The ping, as it is now; None where it is forgotten."""
    row = transaction.execute(_FIND_PING, {"ping": ping_id}).one_or_none()
    return None if row is None else Ping(*row)


def waiting_on(transaction: Transaction, person_id: str) -> list[str]:
    """The escalations that this person was asked to take, and nobody has yet."""
    return [row[0] for row in transaction.execute(_WAITING_ON, {"person": person_id})]


def _escalation(transaction: Transaction, row: Sequence[Any]) -> Escalation:
    id_, reference, organisation, asked_by, urgency, state, holder, made_at, sealed, offered_to = row
    kept = json.loads(transaction.sealer.unseal(sealed, "escalations", "content", id_))
    return Escalation(
        id_,
        reference,
        organisation,
        asked_by,
        Urgency(urgency),
        State(state),
        holder,
        made_at,
        kept["content"],
        tuple(kept["bypassed"]),
        tuple(OrganisationRole(role) for role in kept["without"]),
        offered_to,
        proof=kept["proof"],
        bypassed_chats=tuple(kept["chats"]),
    )


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    found = [_escalation(transaction, row) for row in transaction.execute(_OWN, {"person": person_id})]
    return [
        {"reference": one.reference, "made_at": one.made_at, "urgency": one.urgency, "content": one.content}
        for one in found
    ]


def _blank(transaction: Transaction, person_id: str) -> None:
    for untie in (_UNTIE_ASKER, _UNTIE_HOLDER, _UNTIE_OFFERED):
        transaction.execute(untie, {"person": person_id})


def _export_pings(transaction: Transaction, person_id: str) -> list[Shown]:
    return [row._asdict() for row in transaction.execute(_OWN_PINGS, {"person": person_id})]


def _blank_pings(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE_PINGS, {"person": person_id})


SHREDDERS = (Shredder(pings, _export_pings, _blank_pings), Shredder(escalations, _export, _blank))
