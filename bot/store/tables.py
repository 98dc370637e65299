"""Every table of the store. The migrations make them; a test holds the two equal.

Ids come from outside. Columns made with `sealed` hold envelopes of `bot.store.sealing`. A table whose `info` has no
"impersonal" entry holds personal data and must have a shredder (`bot.store.shredder`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from bot.store.columns import ONE_TREE, Moment, metadata, moment, one_of, sealed
from bot.store.organisation_tables import (
    escalation_steps,
    escalations,
    invitations,
    local_numbers,
    members,
    organisations,
    pings,
    roster_test_pings,
    roster_tests,
)

updates = Table(
    "updates",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    moment("received_at"),
    moment("finished_at", nullable=True),
    Column("tries", Integer, nullable=False),
    Column("set_aside", Boolean, nullable=False),
    Column("error_class", String(200)),
    Index(None, "received_at"),
    **ONE_TREE,
    info={"impersonal": "Telegram's running numbers and how each was dealt with; no chat, no words"},
)

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("chat_hash", LargeBinary, nullable=False, unique=True),
    sealed("chat_id"),
    moment("created_at"),
    Column("language", String(35)),
    Column("mode", String(8), nullable=False),
    Column("role", String(64)),
    Column("body", String(64)),
    Column("nation", String(64)),
    Column("reminders", Boolean, nullable=False),
    moment("privacy_seen_at", nullable=True),
    Column("screen_message_id", BigInteger),
    Column("screen_revision", BigInteger, nullable=False),
    Column("view", String(64)),
    Column("view_detail", String(200)),
    moment("blocked_at", nullable=True),
    one_of("mode", "edit", "new"),
)

walks = Table(
    "walks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("reference", String(32), nullable=False, unique=True),
    Column("edition", String(64), nullable=False),
    Column("entry", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    moment("started_at"),
    moment("updated_at"),
    moment("finished_at", nullable=True),
    one_of("status", "open", "finished", "abandoned"),
    Index(None, "person_id"),
    # One open walk at a time: two would make it unclear which one a tap or a typed word belongs to.
    Index(
        "uq_walks_open_person_id",
        "person_id",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)

answers = Table(
    "answers",
    metadata,
    Column("walk_id", String(36), ForeignKey("walks.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("question", String(64), nullable=False),
    sealed("value", nullable=True),
    moment("at"),
    one_of("kind", "answered", "changed", "fell_away"),
    CheckConstraint("(kind IN ('answered', 'changed')) = (value IS NOT NULL)", name="value"),
    **ONE_TREE,
)

notes = Table(
    "notes",
    metadata,
    Column("walk_id", String(36), ForeignKey("walks.id"), primary_key=True),
    Column("question", String(64), primary_key=True),
    sealed("text"),
    moment("at"),
)

records = Table(
    "records",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("walk_id", String(36), ForeignKey("walks.id")),
    Column("person_id", String(36), ForeignKey("people.id")),
    Column("edition", String(64), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    moment("made_at"),
    sealed("content"),
    moment("kept_from"),
    one_of("status", "complete", "incomplete"),
    Index(None, "person_id", "made_at"),
    Index(None, "walk_id"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("made_on", Date, nullable=False),
    Column("gone_on", Date, nullable=False),
    **ONE_TREE,
    info={"impersonal": "that there was a record, from which day to which; nobody, and nothing of what it said"},
)

addenda = Table(
    "addenda",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reference", String(32), ForeignKey("records.reference"), nullable=False),
    moment("at"),
    sealed("text"),
    Index(None, "reference"),
)

messages = Table(
    "messages",
    metadata,
    Column("person_id", String(36), ForeignKey("people.id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("direction", String(3), nullable=False),
    moment("sent_at"),
    Column("keep", Boolean, nullable=False),
    moment("deleted_at", nullable=True),
    one_of("direction", "in", "out"),
    Index(None, "sent_at"),
    **ONE_TREE,
)

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what it calls INTEGER

outbox = Table(
    "outbox",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False),
    Column("chat_hash", LargeBinary, nullable=False),
    Column("person_id", String(36), ForeignKey("people.id")),
    Column("lane", String(8), nullable=False),
    Column("kind", String(8), nullable=False),
    sealed("content"),
    moment("made_at"),
    moment("due_at"),
    Column("tries", Integer, nullable=False),
    Column("leased_by", String(36)),
    moment("leased_until", nullable=True),
    one_of("lane", "urgent", "reply", "own"),
    one_of("kind", "screen", "text", "kept", "tidy", "ping", "change"),
    Index(None, "chat_hash", "number"),
    # What is held needs no finding; so what is sent at once, which is nearly everything, costs a page less.
    Index(None, "lane", "due_at", sqlite_where=text("leased_by IS NULL"), postgresql_where=text("leased_by IS NULL")),
    sqlite_autoincrement=True,  # a number never comes back: what is written down late must not meet another row
)

due = Table(
    "due",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id")),
    Column("stage", Integer, nullable=False),
    moment("due_at"),
    Column("tries", Integer, nullable=False),
    Column("leased_by", String(36)),
    moment("leased_until", nullable=True),
    Index("uq_due_kind_subject", "kind", "subject", unique=True),
    Index(None, "due_at"),
    Index(None, "person_id"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(36), nullable=False),
    moment("until"),
    **ONE_TREE,
    info={"impersonal": "which of the bot's processes does what only one may do"},
)

moments = Table(
    "moments",
    metadata,
    Column("name", String(64), primary_key=True),
    moment("at"),
    **ONE_TREE,
    info={"impersonal": "when the bot itself did something last"},
)


def sealed_columns() -> list[Column[Any]]:
    """Every column that holds envelopes."""
    return [column for table in metadata.sorted_tables for column in table.columns if column.info.get("sealed")]


__all__ = [
    "Moment",
    "addenda",
    "answers",
    "due",
    "escalation_steps",
    "escalations",
    "invitations",
    "leases",
    "local_numbers",
    "members",
    "messages",
    "metadata",
    "moments",
    "notes",
    "organisations",
    "outbox",
    "people",
    "pings",
    "records",
    "roster_test_pings",
    "roster_tests",
    "sealed_columns",
    "tombstones",
    "updates",
    "walks",
]
