"""What an update may change in the store, judged from its JSON alone and from how the chats stood before: written apart
from the bot's own reading of updates, which it judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Row, select

from bot.screens.codes import base36, fingerprint
from bot.store import Transaction
from bot.store.tables import metadata
from states.flow import the_flow

Json = Any
Place = tuple[str, tuple[Any, ...]]
"""A table and the key of a row in it."""
Kept = Mapping[Place, Row[Any]]
"""Every row that is kept about people."""

TABLES = [table for table in metadata.sorted_tables if "impersonal" not in table.info]
EMERGENCY = "1"
"""The verb of the 999 screens' own buttons, which never grow old, as it is written into them."""
SHOWN = {
    *("people +", "people.screen_message_id", "people.screen_revision", "people.view", "people.view_detail"),
    *("messages +", "messages.deleted_at"),
}
"""What it takes to show a chat something, be it a stranger's."""


class Permitted(Enum):
    """How much may change in the sender's own chat; in all others nothing ever may."""

    NOTHING = "no private chat's own update"
    BLOCKED = "the person blocked the bot, or let it write again"
    SHOWN = "what cannot be taken, an old or a foreign button: the chat is shown something"
    ANYTHING = "something was typed, or a button of the present screen tapped"


@dataclass(frozen=True)
class Verdict:
    """`chat_id`: whose update it is, 0 where nobody's."""

    permitted: Permitted
    chat_id: int = 0


@dataclass(frozen=True)
class Standing:
    """How a chat stood: the id of its person, and what its present buttons carry."""

    person_id: str
    walk: str
    revision: int


def standing(kept: Kept, chat_of: Mapping[bytes, int]) -> Mapping[int, Standing]:
    """How each chat stood. `chat_of`: the chats by the hash that the store keeps of them."""
    walks = {
        row.person_id: row.reference for (table, _), row in kept.items() if table == "walks" and row.status == "open"
    }
    return {
        chat_of[row.chat_hash]: Standing(row.id, walks.get(row.id, ""), row.screen_revision)
        for (table, _), row in kept.items()
        if table == "people" and row.chat_hash in chat_of
    }


def read(transaction: Transaction) -> Kept:
    """All of it, byte for byte; rows that others refer to come before those."""
    return {
        (table.name, tuple(getattr(row, column.name) for column in table.primary_key)): row
        for table in TABLES
        for row in transaction.connection.execute(select(table))
    }


def judge(raw: Json, standing: Mapping[int, Standing]) -> Verdict:
    """What this update may do."""
    message, tap, member = (_part(raw, kind) for kind in ("message", "callback_query", "my_chat_member"))
    if [message, tap, member].count({}) != 2:
        return Verdict(Permitted.NOTHING)
    chat_id = _own_chat(_part(tap, "message") or message or member, (tap or message or member).get("from"))
    if not chat_id:
        return Verdict(Permitted.NOTHING)
    if member:
        return Verdict(Permitted.BLOCKED, chat_id)
    if message:
        is_typed = isinstance(message.get("text"), str) and not message.get("forward_origin")
        return Verdict(Permitted.ANYTHING if is_typed else Permitted.SHOWN, chat_id)
    parts = str(tap.get("data")).split(".")
    if len(parts) != 6:
        return Verdict(Permitted.SHOWN, chat_id)
    there = standing.get(chat_id, Standing("", "", 0))
    is_present = parts[:3] == [fingerprint(the_flow()), there.walk, base36(there.revision)]
    return Verdict(Permitted.ANYTHING if is_present or parts[3] == EMERGENCY else Permitted.SHOWN, chat_id)


def _part(raw: Json, name: str) -> dict[str, Json]:
    """The object of this name; empty where there is none, or something else."""
    value = raw.get(name) if isinstance(raw, dict) else None
    return value if isinstance(value, dict) else {}


def _own_chat(holder: dict[str, Json], sender: Json) -> int:
    """The private chat with the sender, which has the sender's number; 0: it is another."""
    chat = _part(holder, "chat")
    number = chat.get("id")
    own = chat.get("type") == "private" and isinstance(sender, dict) and sender.get("id") == number
    return number if own and type(number) is int and number > 0 else 0


def changed(before: Kept, after: Kept) -> set[tuple[str, str]]:
    """Whose rows changed and how: person id, and "table +", "table -" or "table.column"."""
    owner = {**_owners(after), **_owners(before)}
    found: set[tuple[str, str]] = set()
    for place in before.keys() | after.keys():
        old, new, table = before.get(place), after.get(place), place[0]
        if old is None or new is None:
            found.add((owner[place], f"{table} {'+' if old is None else '-'}"))
        else:
            columns = zip(old._fields, old, new, strict=True)
            found |= {(owner[place], f"{table}.{column}") for column, was, now in columns if was != now}
    return found


def _owners(kept: Kept) -> dict[Place, str]:
    """The id of the person that each row belongs to; "" for a record whose person was forgotten."""
    owner: dict[Place, str] = {}
    for (table, key), row in kept.items():
        if table == "people":
            owner[table, key] = row.id
        elif hasattr(row, "person_id"):
            owner[table, key] = row.person_id or ""
        elif hasattr(row, "walk_id"):
            owner[table, key] = owner["walks", (row.walk_id,)]
        else:
            owner[table, key] = owner["records", (row.reference,)]
    return owner


def breaches(verdict: Verdict, own: set[str], changes: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The changes that this verdict does not permit. `own`: the ids that the sender has, or had, in the store."""
    allowed = {Permitted.NOTHING: set[str](), Permitted.BLOCKED: {"people.blocked_at"}, Permitted.SHOWN: SHOWN}
    return {
        (person, how)
        for person, how in changes
        if person not in own or not (verdict.permitted is Permitted.ANYTHING or how in allowed[verdict.permitted])
    }
