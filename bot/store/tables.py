"""Every table of the store. The migrations make them; a test holds the two equal.

Ids come from outside. Columns made with `_sealed` hold envelopes of `bot.store.sealing`. A table whose `info` has no
"impersonal" entry holds personal data and must have a shredder (`bot.store.shredder`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a naive datetime (ValueError) and gives back UTC on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone; naive datetimes are refused")
        moment = value.astimezone(UTC)
        # SQLite keeps no zone: UTC goes in as it is and gets its zone back when it is read.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _sealed(name: str, *, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True})


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Moment, nullable=nullable)


def _one_of(column: str, *values: str) -> CheckConstraint:
    """The allowed words, checked by the database too: a typing mistake must fail at once, not years later."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


# SQLite would keep a table whose key is not one number as two trees, and every commit would write a page more.
_ONE_TREE: dict[str, Any] = {"sqlite_with_rowid": False}

updates = Table(
    "updates",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _moment("received_at"),
    _moment("finished_at", nullable=True),
    Column("tries", Integer, nullable=False),
    Column("set_aside", Boolean, nullable=False),
    Column("error_class", String(200)),
    Index(None, "received_at"),
    **_ONE_TREE,
    info={"impersonal": "Telegram's running numbers and how each was dealt with; no chat, no words"},
)

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("chat_hash", LargeBinary, nullable=False, unique=True),
    _sealed("chat_id"),
    _moment("created_at"),
    Column("language", String(35)),
    Column("mode", String(8), nullable=False),
    Column("role", String(64)),
    Column("body", String(64)),
    Column("nation", String(64)),
    Column("reminders", Boolean, nullable=False),
    _moment("privacy_seen_at", nullable=True),
    Column("screen_message_id", BigInteger),
    Column("screen_revision", BigInteger, nullable=False),
    Column("view", String(64)),
    Column("view_detail", String(200)),
    _moment("blocked_at", nullable=True),
    _one_of("mode", "edit", "new"),
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
    _moment("started_at"),
    _moment("updated_at"),
    _moment("finished_at", nullable=True),
    _one_of("status", "open", "finished", "abandoned"),
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
    _sealed("value", nullable=True),
    _moment("at"),
    _one_of("kind", "answered", "changed", "fell_away"),
    CheckConstraint("(kind IN ('answered', 'changed')) = (value IS NOT NULL)", name="value"),
    **_ONE_TREE,
)

notes = Table(
    "notes",
    metadata,
    Column("walk_id", String(36), ForeignKey("walks.id"), primary_key=True),
    Column("question", String(64), primary_key=True),
    _sealed("text"),
    _moment("at"),
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
    _moment("made_at"),
    _sealed("content"),
    _moment("delete_after", nullable=True),
    _one_of("status", "complete", "incomplete"),
    Index(None, "person_id", "made_at"),
    Index(None, "walk_id"),
    Index(None, "delete_after"),
)

addenda = Table(
    "addenda",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reference", String(32), ForeignKey("records.reference"), nullable=False),
    _moment("at"),
    _sealed("text"),
    Index(None, "reference"),
)

messages = Table(
    "messages",
    metadata,
    Column("person_id", String(36), ForeignKey("people.id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("direction", String(3), nullable=False),
    _moment("sent_at"),
    Column("keep", Boolean, nullable=False),
    _moment("deleted_at", nullable=True),
    _one_of("direction", "in", "out"),
    Index(None, "sent_at"),
    **_ONE_TREE,
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
    _sealed("content"),
    _moment("made_at"),
    _moment("due_at"),
    Column("tries", Integer, nullable=False),
    Column("leased_by", String(36)),
    _moment("leased_until", nullable=True),
    _one_of("lane", "urgent", "reply", "own"),
    _one_of("kind", "screen", "text", "kept", "tidy", "ping", "change"),
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
    _moment("due_at"),
    Column("tries", Integer, nullable=False),
    Column("leased_by", String(36)),
    _moment("leased_until", nullable=True),
    Index("uq_due_kind_subject", "kind", "subject", unique=True),
    Index(None, "due_at"),
    Index(None, "person_id"),
)

organisations = Table(
    "organisations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("nation", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    _moment("made_at"),
    Column("arrangements", String(4000), nullable=False),
    _one_of("kind", "statutory", "voluntary", "school", "health", "other"),
    info={"impersonal": "an organisation's own name and nature"},
)

local_numbers = Table(
    "local_numbers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("organisation_id", String(36), ForeignKey("organisations.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", String(20), nullable=False),
    Column("label", String(40), nullable=False),
    Column("hours", String(30), nullable=False),
    Column("source", String(120), nullable=False),
    Column("checked_on", Date, nullable=False),
    _one_of(
        "kind",
        *("children", "out_of_hours", "adults", "police", "allegations", "data_protection", "caldicott", "helpline"),
    ),
    Index("uq_local_numbers_organisation_id_kind_number", "organisation_id", "kind", "number", unique=True),
    info={"impersonal": "numbers of services; whoever gives them is told to name nobody"},
)

members = Table(
    "members",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("organisation_id", String(36), ForeignKey("organisations.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    _sealed("name"),
    _moment("since"),
    Column("hours", String(200), nullable=False),
    Column("duty", String(8), nullable=False),
    _moment("duty_until", nullable=True),
    _one_of("duty", "hours", "on", "off"),
    _one_of("role", "practitioner", "lead", "deputy", "duty_contact", "administrator"),
    _one_of("status", "waiting", "active", "suspended"),
    Index("uq_members_organisation_id_person_id_role", "organisation_id", "person_id", "role", unique=True),
    Index(None, "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("organisation_id", String(36), ForeignKey("organisations.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("invited_by", String(36), ForeignKey("people.id")),
    _moment("made_at"),
    _moment("expires_at"),
    _moment("used_at", nullable=True),
    Column("used_by", String(36), ForeignKey("people.id")),
    _one_of("role", "practitioner", "lead", "deputy", "duty_contact", "administrator"),
    Index(None, "expires_at"),
    Index(None, "invited_by"),
    Index(None, "used_by"),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reference", String(32), nullable=False),
    Column("organisation_id", String(36), ForeignKey("organisations.id"), nullable=False),
    Column("asked_by", String(36), ForeignKey("people.id")),
    Column("urgency", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("holder", String(36), ForeignKey("people.id")),
    Column("offered_to", String(36), ForeignKey("people.id")),
    _moment("made_at"),
    _sealed("content"),
    _one_of("urgency", "emergency", "today", "routine"),
    _one_of("state", "later", "lead", "reminder", "deputy", "duty_contact", "everybody", "taken", "closed"),
    Index(None, "asked_by"),
    Index(None, "holder"),
    Index(None, "offered_to"),
    Index(None, "organisation_id"),
    Index(None, "reference"),
)

pings = Table(
    "pings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("escalation_id", String(36), ForeignKey("escalations.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    _moment("made_at"),
    Column("message_id", BigInteger),
    Column("declined", Boolean, nullable=False),
    Index(None, "escalation_id"),
    Index(None, "person_id"),
)

escalation_steps = Table(
    "escalation_steps",
    metadata,
    Column("escalation_id", String(36), ForeignKey("escalations.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    Column("what", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    _sealed("text"),
    **_ONE_TREE,
    info={"impersonal": "what happened to a call for a lead, by role; it belongs to the organisation's record"},
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(36), nullable=False),
    _moment("until"),
    **_ONE_TREE,
    info={"impersonal": "which of the bot's processes does what only one may do"},
)

moments = Table(
    "moments",
    metadata,
    Column("name", String(64), primary_key=True),
    _moment("at"),
    **_ONE_TREE,
    info={"impersonal": "when the bot itself did something last"},
)


def sealed_columns() -> list[Column[Any]]:
    """Every column that holds envelopes."""
    return [column for table in metadata.sorted_tables for column in table.columns if column.info.get("sealed")]
