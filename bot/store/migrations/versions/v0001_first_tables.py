"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table. There is no way back: a backup is the way back."""
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("chat_id", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=True),
        sa.Column("body", sa.String(length=64), nullable=True),
        sa.Column("nation", sa.String(length=64), nullable=True),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("privacy_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("screen_message_id", sa.BigInteger(), nullable=True),
        sa.Column("screen_revision", sa.BigInteger(), nullable=False),
        sa.Column("view", sa.String(length=64), nullable=True),
        sa.Column("view_detail", sa.String(length=200), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('edit', 'new')", name=op.f("ck_people_mode")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("chat_hash", name=op.f("uq_people_chat_hash")),
    )
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("error_class", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_updates")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_updates_received_at"), "updates", ["received_at"], unique=False)
    op.create_table(
        "messages",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_messages_direction")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_messages_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "message_id", name=op.f("pk_messages")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_messages_sent_at"), "messages", ["sent_at"], unique=False)
    op.create_table(
        "walks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('open', 'finished', 'abandoned')", name=op.f("ck_walks_status")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_walks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walks")),
        sa.UniqueConstraint("reference", name=op.f("uq_walks_reference")),
    )
    op.create_index(op.f("ix_walks_person_id"), "walks", ["person_id"], unique=False)
    op.create_index(
        "uq_walks_open_person_id",
        "walks",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "answers",
        sa.Column("walk_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind IN ('answered', 'changed')) = (value IS NOT NULL)", name=op.f("ck_answers_value")),
        sa.CheckConstraint("kind IN ('answered', 'changed', 'fell_away')", name=op.f("ck_answers_kind")),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_answers_walk_id_walks")),
        sa.PrimaryKeyConstraint("walk_id", "sequence", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notes",
        sa.Column("walk_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_notes_walk_id_walks")),
        sa.PrimaryKeyConstraint("walk_id", "question", name=op.f("pk_notes")),
    )
    op.create_table(
        "records",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("walk_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_from", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('complete', 'incomplete')", name=op.f("ck_records_status")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_records_person_id_people")),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_records_walk_id_walks")),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_records")),
    )
    op.create_index(op.f("ix_records_person_id_made_at"), "records", ["person_id", "made_at"], unique=False)
    op.create_index(op.f("ix_records_walk_id"), "records", ["walk_id"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_tombstones")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "addenda",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["records.reference"], name=op.f("fk_addenda_reference_records")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addenda")),
    )
    op.create_index(op.f("ix_addenda_reference"), "addenda", ["reference"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=36), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lane IN ('urgent', 'reply', 'own')", name=op.f("ck_outbox_lane")),
        sa.CheckConstraint("kind IN ('screen', 'text', 'kept', 'tidy', 'ping', 'change')", name=op.f("ck_outbox_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id_people")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_chat_hash_number"), "outbox", ["chat_hash", "number"], unique=False)
    op.create_index(
        op.f("ix_outbox_lane_due_at"),
        "outbox",
        ["lane", "due_at"],
        unique=False,
        sqlite_where=sa.text("leased_by IS NULL"),
        postgresql_where=sa.text("leased_by IS NULL"),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=36), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_due_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
    )
    op.create_index("uq_due_kind_subject", "due", ["kind", "subject"], unique=True)
    op.create_index(op.f("ix_due_due_at"), "due", ["due_at"], unique=False)
    op.create_index(op.f("ix_due_person_id"), "due", ["person_id"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moments",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_moments")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("nation", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrangements", sa.String(length=4000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('statutory', 'voluntary', 'school', 'health', 'other')", name=op.f("ck_organisations_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "local_numbers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('children', 'out_of_hours', 'adults', 'police', 'allegations', 'data_protection', 'caldicott', "
            "'helpline')",
            name=op.f("ck_local_numbers_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_local_numbers_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_numbers")),
    )
    op.create_index(
        "uq_local_numbers_organisation_id_kind_number",
        "local_numbers",
        ["organisation_id", "kind", "number"],
        unique=True,
    )
    op.create_table(
        "members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("duty", sa.String(length=8), nullable=False),
        sa.Column("duty_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("duty IN ('hours', 'on', 'off')", name=op.f("ck_members_duty")),
        sa.CheckConstraint(
            "role IN ('practitioner', 'lead', 'deputy', 'duty_contact', 'administrator')", name=op.f("ck_members_role")
        ),
        sa.CheckConstraint("status IN ('waiting', 'active', 'suspended')", name=op.f("ck_members_status")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_members_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_index(
        "uq_members_organisation_id_person_id_role", "members", ["organisation_id", "person_id", "role"], unique=True
    )
    op.create_index(op.f("ix_members_person_id"), "members", ["person_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("invited_by", sa.String(length=36), nullable=True),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "role IN ('practitioner', 'lead', 'deputy', 'duty_contact', 'administrator')",
            name=op.f("ck_invitations_role"),
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_invitations_invited_by_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by_people")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_expires_at"), "invitations", ["expires_at"], unique=False)
    op.create_index(op.f("ix_invitations_invited_by"), "invitations", ["invited_by"], unique=False)
    op.create_index(op.f("ix_invitations_used_by"), "invitations", ["used_by"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=True),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("offered_to", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("urgency IN ('emergency', 'today', 'routine')", name=op.f("ck_escalations_urgency")),
        sa.CheckConstraint(
            "state IN ('later', 'lead', 'reminder', 'deputy', 'duty_contact', 'everybody', 'taken', 'closed')",
            name=op.f("ck_escalations_state"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_escalations_asked_by_people")),
        sa.ForeignKeyConstraint(["holder"], ["people.id"], name=op.f("fk_escalations_holder_people")),
        sa.ForeignKeyConstraint(["offered_to"], ["people.id"], name=op.f("fk_escalations_offered_to_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_escalations_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
    )
    op.create_index(op.f("ix_escalations_asked_by"), "escalations", ["asked_by"], unique=False)
    op.create_index(op.f("ix_escalations_holder"), "escalations", ["holder"], unique=False)
    op.create_index(op.f("ix_escalations_offered_to"), "escalations", ["offered_to"], unique=False)
    op.create_index(op.f("ix_escalations_organisation_id"), "escalations", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_escalations_reference"), "escalations", ["reference"], unique=False)
    op.create_table(
        "pings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("escalation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalations.id"], name=op.f("fk_pings_escalation_id_escalations")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pings")),
        sa.UniqueConstraint("escalation_id", "sequence", name=op.f("uq_pings_escalation_id_sequence")),
    )
    op.create_index(op.f("ix_pings_person_id"), "pings", ["person_id"], unique=False)
    op.create_table(
        "escalation_steps",
        sa.Column("escalation_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_steps_escalation_id_escalations")
        ),
        sa.PrimaryKeyConstraint("escalation_id", "sequence", name=op.f("pk_escalation_steps")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roster_tests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_roster_tests_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_roster_tests_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_tests")),
    )
    op.create_index(op.f("ix_roster_tests_asked_by"), "roster_tests", ["asked_by"], unique=False)
    op.create_table(
        "roster_test_pings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("test_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roster_test_pings_person_id_people")),
        sa.ForeignKeyConstraint(
            ["test_id"], ["roster_tests.id"], name=op.f("fk_roster_test_pings_test_id_roster_tests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_test_pings")),
    )
    op.create_index(op.f("ix_roster_test_pings_person_id"), "roster_test_pings", ["person_id"], unique=False)
    op.create_index(op.f("ix_roster_test_pings_test_id"), "roster_test_pings", ["test_id"], unique=False)
