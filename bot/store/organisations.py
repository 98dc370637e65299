"""Organisations, and who belongs to them in which role."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import members, organisations
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there
from states.arrangements import Arrangements, from_kept, kept
from states.roles import OrganisationRole
from states.rota import Duty, Hours, hours_text, read_hours

LONGEST_NAME = 200
"""Characters of an organisation's name."""
Kind = Literal["statutory", "voluntary", "school", "health", "other"]
Status = Literal["waiting", "active", "suspended"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whom practitioners and leads work for. `nation`: as the walk's question has it."""

    id: str
    name: str
    nation: str
    kind: Kind
    made_at: datetime
    arrangements: Arrangements = field(default_factory=Arrangements)


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one role. `name`: what Telegram called them when they joined. `status`: "waiting" for an
    administrator to confirm them, "active", or "suspended". `hours`: when they are on duty each week, none for always;
    `duty`: what they said last about it. `replaces`: the id of what they were with an older account."""

    id: str
    organisation_id: str
    person_id: str
    role: OrganisationRole
    status: Status
    name: str
    since: datetime
    hours: Hours = ()
    duty: Duty = field(default_factory=Duty)
    replaces: str | None = None


_ORGANISATION: Select[*tuple[Any, ...]] = select(
    organisations.c.id,
    organisations.c.name,
    organisations.c.nation,
    organisations.c.kind,
    organisations.c.made_at,
    organisations.c.arrangements,
)
_ALL = _ORGANISATION.order_by(organisations.c.made_at, organisations.c.id)
_BY_ID = _ORGANISATION.where(organisations.c.id == bindparam("organisation"))
_BY_NAME = _ORGANISATION.where(organisations.c.name == bindparam("called"))
_ADD = insert(organisations)
_MEMBER: Select[*tuple[Any, ...]] = select(
    members.c.id,
    members.c.organisation_id,
    members.c.person_id,
    members.c.role,
    members.c.status,
    members.c.name,
    members.c.since,
    members.c.hours,
    members.c.duty,
    members.c.duty_until,
    members.c.replaces,
)
_WHERE_THEY_ARE = (
    select(organisations.c.arrangements)
    .join(members, members.c.organisation_id == organisations.c.id)
    .where(members.c.person_id == bindparam("person"), members.c.status != "waiting")
)
_IN_ORDER = (members.c.since, members.c.id)
_MEMBER_BY_ID = _MEMBER.where(members.c.id == bindparam("member"))
_OF_PERSON = _MEMBER.where(members.c.person_id == bindparam("person")).order_by(*_IN_ORDER)
_OF_ORGANISATION = _MEMBER.where(members.c.organisation_id == bindparam("organisation")).order_by(*_IN_ORDER)
_IDS = select(members.c.id).order_by(members.c.id).with_for_update()
_HOLD = _IDS.where(members.c.organisation_id == bindparam("organisation"))
_BESIDE = select(members.c.organisation_id).where(members.c.id == bindparam("member"))
_JOIN = unless_there(
    insert(members).values(
        id=bindparam("member"),
        organisation_id=bindparam("organisation"),
        person_id=bindparam("person"),
        role=bindparam("as_role"),
        status=bindparam("as_status"),
        name=bindparam("called"),
        since=bindparam("at"),
        hours=bindparam("when"),
        duty="hours",
        replaces=bindparam("instead_of"),
    ),
    "organisation_id",
    "person_id",
    "role",
)
_SAVE_STATUS = update(members).where(members.c.id == bindparam("member")).values(status=bindparam("as_status"))
_SAVE_HOURS = update(members).where(members.c.id == bindparam("member")).values(hours=bindparam("when"))
_SAVE_DUTY = (
    update(members)
    .where(members.c.organisation_id == bindparam("organisation"), members.c.person_id == bindparam("person"))
    .values(duty=bindparam("said"), duty_until=bindparam("until"))
)
_ARRANGE = update(organisations).where(organisations.c.id == bindparam("organisation"))
_ARRANGE = _ARRANGE.values(arrangements=bindparam("chosen"))
_REMOVE = delete(members).where(members.c.id == bindparam("member"))
_REMOVE_PERSON = delete(members).where(members.c.person_id == bindparam("person"))


def add(transaction: Transaction, organisation: Organisation) -> None:
    """A new organisation. Raises StoreConflict if one has its name already."""
    transaction.execute(
        _ADD,
        {
            "id": organisation.id,
            "name": organisation.name,
            "nation": organisation.nation,
            "kind": organisation.kind,
            "made_at": organisation.made_at,
            "arrangements": json.dumps(kept(organisation.arrangements)),
        },
    )


def by_id(transaction: Transaction, organisation_id: str) -> Organisation | None:
    """The organisation with this id."""
    row = transaction.execute(_BY_ID, {"organisation": organisation_id}).one_or_none()
    return None if row is None else _organisation(row)


def by_name(transaction: Transaction, name: str) -> Organisation | None:
    """The organisation of this very name."""
    row = transaction.execute(_BY_NAME, {"called": name}).one_or_none()
    return None if row is None else _organisation(row)


def everything(transaction: Transaction) -> list[Organisation]:
    """Every organisation there is, the oldest first."""
    return [_organisation(row) for row in transaction.execute(_ALL)]


def _organisation(row: Sequence[Any]) -> Organisation:
    id_, name, nation, kind, made_at, arrangements = row
    return Organisation(id_, name, nation, kind, made_at, from_kept(json.loads(arrangements)))


def arrange(transaction: Transaction, organisation_id: str, arrangements: Arrangements) -> None:
    """What it has arranged from now on."""
    transaction.execute(_ARRANGE, {"organisation": organisation_id, "chosen": json.dumps(kept(arrangements))})


def days_kept(transaction: Transaction, person_id: str | None) -> int:
    """How long a record of this person is kept (RET-5): the longest that any of their organisations has arranged, and
    what stands without any choice for who belongs to none, or is forgotten."""
    rows = transaction.execute(_WHERE_THEY_ARE, {"person": person_id}) if person_id is not None else ()
    arranged = [from_kept(json.loads(row[0])).days_kept for row in rows]
    return max(arranged, default=Arrangements().days_kept)


def join(transaction: Transaction, member: Member) -> bool:
    """Somebody belongs to an organisation in this role. False if they did already; then nothing has changed."""
    sealed = transaction.sealer.seal(member.name, "members", "name", member.id)
    wanted = {
        "member": member.id,
        "organisation": member.organisation_id,
        "person": member.person_id,
        "as_role": member.role.value,
        "as_status": member.status,
        "called": sealed,
        "at": member.since,
        "when": hours_text(member.hours),
        "instead_of": member.replaces,
    }
    return transaction.execute(_JOIN, wanted).rowcount == 1


def member(transaction: Transaction, member_id: str) -> Member | None:
    """One person in one role. Raises SealBroken if the name was changed or moved."""
    found = _members(transaction, transaction.execute(_MEMBER_BY_ID, {"member": member_id}))
    return found[0] if found else None


def hold_members(transaction: Transaction, organisation_id: str) -> None:
    """Until this transaction ends, nobody else changes who belongs there. Held before any call for a lead is."""
    if transaction.locking:
        transaction.execute(_HOLD, {"organisation": organisation_id}).all()


def hold_members_beside(transaction: Transaction, member_id: str) -> None:
    """The same where this member belongs."""
    organisation_id = transaction.execute(_BESIDE, {"member": member_id}).scalar_one_or_none()
    if organisation_id is not None:
        hold_members(transaction, organisation_id)


def members_of(transaction: Transaction, organisation_id: str) -> list[Member]:
    """Everybody who belongs to it, once for each role, who came first first."""
    return _members(transaction, transaction.execute(_OF_ORGANISATION, {"organisation": organisation_id}))


def memberships_of(transaction: Transaction, person_id: str) -> list[Member]:
    """Where a person belongs, and in which roles."""
    return _members(transaction, transaction.execute(_OF_PERSON, {"person": person_id}))


def active_roles(transaction: Transaction, person_id: str, organisation_id: str) -> set[OrganisationRole]:
    """What a person is there, confirmed and not suspended."""
    theirs = memberships_of(transaction, person_id)
    return {one.role for one in theirs if one.organisation_id == organisation_id and one.status == "active"}


def save_status(transaction: Transaction, member_id: str, status: Status) -> None:
    """Confirm, suspend, or end that."""
    transaction.execute(_SAVE_STATUS, {"member": member_id, "as_status": status})


def save_hours(transaction: Transaction, member_id: str, hours: Hours) -> None:
    """When they are on duty in this role each week; none for always."""
    transaction.execute(_SAVE_HOURS, {"member": member_id, "when": hours_text(hours)})


def save_duty(transaction: Transaction, organisation_id: str, person_id: str, duty: Duty) -> None:
    """What somebody says about being on duty there, in every role that they have."""
    wanted = {"organisation": organisation_id, "person": person_id, "until": duty.until}
    said = "hours" if duty.on is None else "on" if duty.on else "off"
    transaction.execute(_SAVE_DUTY, wanted | {"said": said})


def remove_member(transaction: Transaction, member_id: str) -> None:
    """They no longer have this role there."""
    transaction.execute(_REMOVE, {"member": member_id})


def _members(transaction: Transaction, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Member]:
    return [
        Member(
            id_,
            organisation,
            person,
            OrganisationRole(role),
            status,
            _name(transaction, name, id_),
            since,
            read_hours(hours) if hours else (),
            Duty({"on": True, "off": False}.get(duty), until),
            replaces,
        )
        for id_, organisation, person, role, status, name, since, hours, duty, until, replaces in rows
    ]


def _name(transaction: Transaction, sealed: bytes, member_id: str) -> str:
    return transaction.sealer.unseal(sealed, "members", "name", member_id)


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    return [
        {"role": one.role.value, "status": one.status, "name": one.name, "since": one.since}
        | {"hours": hours_text(one.hours)}
        for one in memberships_of(transaction, person_id)
    ]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_REMOVE_PERSON, {"person": person_id})


SHREDDERS = (Shredder(members, _export, _blank),)
