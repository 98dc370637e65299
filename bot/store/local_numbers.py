"""The numbers that an organisation gave: whose, where each comes from, and when somebody last checked it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update

from bot.store.tables import local_numbers
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there
from states.outcomes.local_numbers import NumberKind

LONGEST_LABEL, LONGEST_HOURS, LONGEST_SOURCE = 40, 30, 120
"""Characters, so that a page with all of them fits into one message."""
MOST_NUMBERS = 15
"""Of one organisation, for the same reason."""


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """One number. `number`: as E.164 has it (+44…), or a short one such as 101. `label`: such as "Front door", or "".
    `hours`: when it is answered, in the service's own words, or ""."""

    id: str
    organisation_id: str
    kind: NumberKind
    number: str
    label: str
    hours: str
    source: str
    checked_on: date


_COLUMNS: Select[*tuple[Any, ...]] = select(
    local_numbers.c.id,
    local_numbers.c.organisation_id,
    local_numbers.c.kind,
    local_numbers.c.number,
    local_numbers.c.label,
    local_numbers.c.hours,
    local_numbers.c.source,
    local_numbers.c.checked_on,
)
_THIS = local_numbers.c.id == bindparam("local_number")
_ITS = local_numbers.c.organisation_id == bindparam("organisation")
_FIND = _COLUMNS.where(_THIS)
_OF_ORGANISATION = _COLUMNS.where(_ITS).order_by(local_numbers.c.label, local_numbers.c.number)
_WITH_NUMBER = select(local_numbers.c.id).where(
    _ITS, local_numbers.c.kind == bindparam("of_kind"), local_numbers.c.number == bindparam("digits")
)
_ADD = unless_there(
    insert(local_numbers).values(
        id=bindparam("local_number"),
        organisation_id=bindparam("organisation"),
        kind=bindparam("of_kind"),
        number=bindparam("digits"),
        label=bindparam("called"),
        hours=bindparam("open"),
        source=bindparam("comes_from"),
        checked_on=bindparam("day"),
    ),
    "organisation_id",
    "kind",
    "number",
)
_CHANGE = (
    update(local_numbers)
    .where(_THIS)
    .values(
        number=bindparam("digits"),
        label=bindparam("called"),
        source=bindparam("comes_from"),
        checked_on=bindparam("day"),
    )
)
_CHECKED = update(local_numbers).where(_THIS).values(checked_on=bindparam("day"))
_REMOVE = delete(local_numbers).where(_THIS)
_REMOVE_ALL = delete(local_numbers).where(_ITS)


def find(transaction: Transaction, number_id: str) -> LocalNumber | None:
    """The number with this id."""
    row = transaction.execute(_FIND, {"local_number": number_id}).one_or_none()
    return None if row is None else _read(row)


def of_organisation(transaction: Transaction, organisation_id: str) -> list[LocalNumber]:
    """All that it gave, in the order of their kinds."""
    found = [_read(row) for row in transaction.execute(_OF_ORGANISATION, {"organisation": organisation_id})]
    return sorted(found, key=lambda one: _ORDER[one.kind])


def add(transaction: Transaction, one: LocalNumber) -> bool:
    """One more number. False, and nothing changes, if the organisation has it for this kind already."""
    return transaction.execute(_ADD, _values(one)).rowcount == 1


def change(transaction: Transaction, one: LocalNumber) -> bool:
    """Put another number, label, source and day in the place of those before. False, and nothing changes, if the
    organisation has that number for this kind in another place."""
    values = _values(one)
    there = transaction.execute(
        _WITH_NUMBER, {key: values[key] for key in ("organisation", "of_kind", "digits")}
    ).scalar_one_or_none()
    if there not in (None, one.id):
        return False
    wanted = ("local_number", "digits", "called", "comes_from", "day")
    return transaction.execute(_CHANGE, {key: values[key] for key in wanted}).rowcount == 1


def checked(transaction: Transaction, number_id: str, day: date) -> None:
    """Somebody checked it on this day, and it is right."""
    transaction.execute(_CHECKED, {"local_number": number_id, "day": day})


def remove(transaction: Transaction, number_id: str) -> None:
    """It is not to be shown any more."""
    transaction.execute(_REMOVE, {"local_number": number_id})


def replace_all(transaction: Transaction, organisation_id: str, given: Sequence[LocalNumber]) -> int:
    """Put these in the place of all that the organisation gave. Gives how many there were."""
    before: int = transaction.execute(_REMOVE_ALL, {"organisation": organisation_id}).rowcount
    for one in given:
        add(transaction, one)
    return before


_ORDER = {kind: place for place, kind in enumerate(NumberKind)}


def _read(row: Any) -> LocalNumber:
    id_, organisation_id, kind, *rest = row
    return LocalNumber(id_, organisation_id, NumberKind(kind), *rest)


def _values(one: LocalNumber) -> dict[str, Any]:
    return {
        "local_number": one.id,
        "organisation": one.organisation_id,
        "of_kind": one.kind.value,
        "digits": one.number,
        "called": one.label,
        "open": one.hours,
        "comes_from": one.source,
        "day": one.checked_on,
    }
