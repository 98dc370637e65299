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
KEYS = {table.name: [list(table.columns).index(column) for column in table.primary_key] for table in TABLES}
READ = ("message", "callback_query", "my_chat_member")
"""The kinds of update that the bot takes."""
EMERGENCY = "1"
"""The verb of the 999 screens' own buttons, which never grow old, as it is written into them."""
TOLD = {"messages +", "messages.deleted_at"}
"""What it takes to tell a sender that their update was put aside."""
SHOWN = {
    *("people +", "people.screen_message_id", "people.screen_revision", "people.view", "people.view_detail"),
    *("people.blocked_at", "due +", "due -", "due.due_at", *TOLD),
}
"""What it takes to show a chat something, be it a stranger's, and to sweep it later. Who writes lets the bot write."""


class Permitted(Enum):
    """How much may change in the sender's own chat; in all others nothing ever may."""

    NOTHING = "no act of anybody's in their own private chat"
    BLOCKED = "the person blocked the bot, or let it write again"
    SHOWN = "what cannot be taken, an old or a foreign button: the chat is shown something"
    ANYTHING = "something was typed, or a button of the present screen tapped"


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
    """All of it, byte for byte."""
    kept: dict[Place, Row[Any]] = {}
    for table in TABLES:
        for row in transaction.connection.execute(select(table)):
            kept[table.name, tuple([row[place] for place in KEYS[table.name]])] = row
    return kept


def judge(raw: Json, standing: Mapping[int, Standing]) -> Permitted:
    """What this update may do, in the chats of its `senders` and nowhere else."""
    message, tap, member = (_part(raw, kind) for kind in READ)
    chats = senders(raw)
    if [message, tap, member].count({}) != 2 or not chats:
        return Permitted.NOTHING
    if member:
        return Permitted.BLOCKED
    if message:
        is_typed = isinstance(message.get("text"), str) and not message.get("forward_origin")
        return Permitted.ANYTHING if is_typed else Permitted.SHOWN
    parts = str(tap.get("data")).split(".")
    there = standing.get(next(iter(chats)), Standing("", "", 0))
    is_present = parts[:3] == [fingerprint(the_flow()), there.walk, base36(there.revision)]
    is_button = len(parts) == 6 and (is_present or parts[3] == EMERGENCY)
    return Permitted.ANYTHING if is_button else Permitted.SHOWN


def senders(raw: Json) -> set[int]:
    """Who sent it, as far as that can be told: the only chats that anything may be sent to because of it."""
    parts = [(kind, _part(raw, kind)) for kind in READ]
    holders = [(_part(part, "message") if kind == "callback_query" else part, part) for kind, part in parts]
    return {_own_chat(holder, part.get("from")) for holder, part in holders} - {0}


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
    found: set[tuple[str, str]] = set()
    for place in before.keys() | after.keys():
        old, new, table = before.get(place), after.get(place), place[0]
        if old == new:
            continue
        person = _owner(before if old is not None else after, place)
        if old is None or new is None:
            found.add((person, f"{table} {'+' if old is None else '-'}"))
        else:
            columns = zip(old._fields, old, new, strict=True)
            found |= {(person, f"{table}.{column}") for column, was, now in columns if was != now}
    return found


def _owner(kept: Kept, place: Place) -> str:
    """The id of the person that this row belongs to; "" where it is nobody's any more."""
    row = kept[place]
    if place[0] == "people":
        return str(row.id)
    if "person_id" in row._fields:
        return row.person_id or ""
    other = ("walks", row.walk_id) if "walk_id" in row._fields else ("records", row.reference)
    return _owner(kept, (other[0], (other[1],)))


def breaches(permitted: Permitted, own: set[str], changes: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The changes that are not permitted. `own`: the ids that the sender has, or had, in the store."""
    allowed = {Permitted.NOTHING: TOLD, Permitted.BLOCKED: {"people.blocked_at", *TOLD}, Permitted.SHOWN: SHOWN}
    return {
        (person, how)
        for person, how in changes
        if person not in own or not (permitted is Permitted.ANYTHING or how in allowed[permitted])
    }
