"""The tables of organisations: who belongs to them, what they arranged, and calls for a lead."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.columns import ONE_TREE, metadata, moment, one_of, sealed

organisations = Table(
    "organisations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("nation", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    moment("made_at"),
    Column("arrangements", String(4000), nullable=False),
    one_of("kind", "statutory", "voluntary", "school", "health", "other"),
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
    one_of(
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
    sealed("name"),
    moment("since"),
    Column("replaces", String(36)),
    Column("hours", String(200), nullable=False),
    Column("duty", String(8), nullable=False),
    moment("duty_until", nullable=True),
    one_of("duty", "hours", "on", "off"),
    one_of("role", "practitioner", "lead", "deputy", "duty_contact", "administrator"),
    one_of("status", "waiting", "active", "suspended"),
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
    Column("replaces", String(36)),
    moment("made_at"),
    moment("expires_at"),
    moment("used_at", nullable=True),
    Column("used_by", String(36), ForeignKey("people.id")),
    one_of("role", "practitioner", "lead", "deputy", "duty_contact", "administrator"),
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
    moment("made_at"),
    sealed("content"),
    one_of("urgency", "emergency", "today", "routine"),
    one_of("state", "later", "lead", "reminder", "deputy", "duty_contact", "everybody", "taken", "closed"),
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
    Column("sequence", Integer, nullable=False),
    moment("made_at"),
    Column("message_id", BigInteger),
    Column("declined", Boolean, nullable=False),
    UniqueConstraint("escalation_id", "sequence"),
    Index(None, "person_id"),
)

escalation_steps = Table(
    "escalation_steps",
    metadata,
    Column("escalation_id", String(36), ForeignKey("escalations.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    moment("at"),
    Column("what", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    sealed("text"),
    **ONE_TREE,
    info={"impersonal": "what happened to a call for a lead, by role; it belongs to the organisation's record"},
)

roster_tests = Table(
    "roster_tests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("organisation_id", String(36), ForeignKey("organisations.id"), nullable=False),
    Column("asked_by", String(36), ForeignKey("people.id")),
    moment("made_at"),
    Index(None, "asked_by"),
)

roster_test_pings = Table(
    "roster_test_pings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("test_id", String(36), ForeignKey("roster_tests.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("sent", Boolean, nullable=False),
    moment("made_at"),
    moment("answered_at", nullable=True),
    Index(None, "test_id"),
    Index(None, "person_id"),
)
