"""What goes out: one thing to be said or done in one chat, written as a row of the outbox before it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.screens.worded import Worded, WordedParagraph
from bot.store import outbox
from bot.store.outbox import Kind, Lane, OutboxRow
from bot.store.transaction import Transaction
from bot.store.wake import wake

CHANNEL = "outbox"
"""Woken when something is written that nobody holds."""

HELD_FOR = timedelta(seconds=30)
"""How long the worker that wrote a row holds it. A worker that died is waited for so long; one that lives renews."""


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to be said or done in one chat.

    "screen": `worded` becomes the chat's screen, by editing the message that holds it, or in a new message where that
    is gone or `fresh`, or not at all if it must be `in_place`; the old one is then deleted, or only loses its buttons
    where `closes`. `emergency`: it is the static 999 text. "text": `worded` beside the screen. "kept": a text that its
    owner asked for, the only one without content protection. "tidy": messages to delete, and others to take the buttons
    from. "ping": a text whose message is remembered by its row's id. "change": `worded` takes the place of the text in
    the message `change`, or of nothing where that is gone.
    """

    chat_id: int
    kind: Kind
    language: str = ""
    worded: Worded | None = field(default=None, repr=False)
    revision: int = 0
    emergency: bool = False
    fresh: bool = False
    closes: bool = False
    in_place: bool = False
    silent: bool = False
    kept: str = field(default="", repr=False)
    delete: tuple[int, ...] = ()
    close: tuple[int, ...] = ()
    change: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A call with its row. `held`: by this worker, until `until`; else whoever comes first sends it. `claimed`: it was
    left over."""

    row: OutboxRow
    call: Call
    held: bool
    until: datetime
    claimed: bool = False


def say_in(
    transaction: Transaction,
    call: Call,
    *,
    row_id: str,
    person_id: str | None,
    lane: Lane,
    at: datetime,
    holder: str | None = None,
    living: int | None = None,
) -> Said:
    """Write the call into the outbox, to be sent once the transaction is committed: at once by `holder`, or else by
    whoever comes first.

    `living`: the message that holds the chat's screen now.
    """
    until = at + HELD_FOR
    row, held = outbox.add(
        transaction,
        row_id=row_id,
        chat_id=call.chat_id,
        person_id=person_id,
        lane=lane,
        kind=call.kind,
        content=written(call),
        at=at,
        holder=holder,
        until=until if holder else None,
    )
    if holder is None:
        wake(transaction, CHANNEL)
    return Said(replace(row, living=living), call, held, until)


def written(call: Call) -> str:
    """The call as text, to be sealed. Only what says something is written."""
    parts: dict[str, Any] = {"chat": call.chat_id, "language": call.language}
    if call.worded is not None:
        parts["paragraphs"] = [[one.text, int(one.bold), int(one.markup)] for one in call.worded.paragraphs]
        parts["rows"] = call.worded.rows
    if call.revision:
        parts["revision"] = call.revision
    parts |= {name: 1 for name in ("emergency", "fresh", "closes", "in_place", "silent") if getattr(call, name)}
    parts |= {name: value for name in ("kept", "delete", "close", "change") if (value := getattr(call, name))}
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read(kind: Kind, text: str) -> Call:
    """The call that was written."""
    parts = json.loads(text)
    worded = None
    if "paragraphs" in parts:
        worded = Worded(
            tuple(WordedParagraph(words, bool(bold), bool(markup)) for words, bold, markup in parts["paragraphs"]),
            tuple(tuple((label, data) for label, data in row) for row in parts["rows"]),
        )
    return Call(
        parts["chat"],
        kind,
        parts["language"],
        worded,
        parts.get("revision", 0),
        bool(parts.get("emergency")),
        bool(parts.get("fresh")),
        bool(parts.get("closes")),
        bool(parts.get("in_place")),
        bool(parts.get("silent")),
        parts.get("kept", ""),
        tuple(parts.get("delete", ())),
        tuple(parts.get("close", ())),
        parts.get("change", 0),
    )
