"""The tables: made by migrations, equal to `tables.py`, in UTC, sealed where they must be, and shreddable."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CreateTable, Engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex

from bot.store import Store, StoreDamaged, StoreFromTheFuture, forgetting, schema
from bot.store.embedded_engine import MIGRATING, make_engine
from bot.store.tables import metadata
from tests.store.conftest import KEY, fill


def _engine(path: Path) -> Engine:
    path.touch()  # an engine makes no file
    return make_engine(path, KEY.database_key(), 1.0)


def _described(engine: Engine) -> dict[str, Any]:
    """Everything the database itself says of its tables."""

    def named(items: Any) -> list[str]:
        return sorted(repr(sorted(item.items(), key=str)) for item in items)

    def _as_words(options: Any) -> dict[str, Any]:
        return {"dialect_options": {name: str(value) for name, value in (options or {}).items()}}

    found = inspect(engine)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in found.get_columns(table)],
            "primary key": found.get_pk_constraint(table),
            "foreign keys": named(found.get_foreign_keys(table)),
            "unique": named(found.get_unique_constraints(table)),
            "indexes": named(
                {
                    **index,
                    "dialect_options": {name: str(value) for name, value in index.get("dialect_options", {}).items()},
                }
                for index in found.get_indexes(table)
            ),
            "checks": named(found.get_check_constraints(table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_make_exactly_the_tables_of_tables_py(store: Store, path: Path, tmp_path: Path) -> None:
    store.close()
    migrated, written = _engine(path), _engine(tmp_path / "written.db")
    metadata.create_all(written)
    with migrated.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    described = _described(migrated)
    assert set(described) == set(metadata.tables)
    assert described == _described(written)
    migrated.dispose()
    written.dispose()


def test_the_tables_and_statements_are_also_postgresql() -> None:
    """The scaled-out store runs the same tables; what SQLite alone accepts must not creep in."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert "TIMESTAMP WITHOUT TIME ZONE" not in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number}", "{before}"

def upgrade():
{body}
"""


def _folder(tmp_path: Path, *bodies: str) -> Path:
    """The real migrations and some more after them."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = schema.HEAD
    for step, body in enumerate(bodies, 1):
        number = f"test{step}"
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        (folder / "versions" / f"{number}.py").write_text(MIGRATION.format(number=number, before=before, body=lines))
        before = number
    return folder


def test_a_migration_that_fails_in_the_middle_leaves_nothing_behind(store: Store, path: Path, tmp_path: Path) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "word")
    store.close()
    folder = _folder(
        tmp_path,
        "op.create_table('kept', sa.Column('a', sa.Integer))",
        "op.create_table('half', sa.Column('a', sa.Integer))\n"
        "op.execute(\"UPDATE people SET role = 'changed'\")\n"
        "op.execute('SELECT nonsense')",
    )
    engine = _engine(path)
    with pytest.raises(OperationalError):
        schema.bring_up_to_date(engine, MIGRATING, "test2", folder)
    assert inspect(engine).has_table("kept"), "the migration before it is a transaction of its own"
    assert not inspect(engine).has_table("half")
    with engine.begin() as connection:
        assert schema.stamp(connection) == "test1"
        assert connection.exec_driver_sql("SELECT role FROM people").scalar() == "word"
    engine.dispose()


def test_a_migration_that_rebuilds_a_table_keeps_the_rows_that_point_at_it(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """SQLite changes a column by rebuilding its table, and dropping the old one counts as deleting its rows."""
    with store.transaction() as transaction:
        fill(transaction, 1, "word")
    store.close()
    rebuild = "with op.batch_alter_table('people') as people:\n    people.alter_column('role', type_=sa.String(99))"
    engine = _engine(path)
    schema.bring_up_to_date(engine, MIGRATING, "test1", _folder(tmp_path, rebuild))
    with engine.begin() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM walks JOIN people ON people.id = person_id").scalar() == 1
        )
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "checked again afterwards"
    assert str(inspect(engine).get_columns("people")[6]["type"]) == "VARCHAR(99)"
    engine.dispose()


def test_a_migration_that_leaves_orphans_is_undone(store: Store, path: Path, tmp_path: Path) -> None:
    with store.transaction() as transaction:
        fill(transaction, 1, "word")
    store.close()
    engine = _engine(path)
    with pytest.raises(StoreDamaged, match="was undone"):
        schema.bring_up_to_date(engine, MIGRATING, "test1", _folder(tmp_path, "op.execute('DELETE FROM people')"))
    with engine.begin() as connection:
        assert (schema.stamp(connection), connection.exec_driver_sql("SELECT count(*) FROM people").scalar()) == (
            "0001",
            1,
        )
    engine.dispose()


def test_a_store_of_a_newer_version_is_left_alone(store: Store, path: Path) -> None:
    with store.transaction() as transaction:
        transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreFromTheFuture, match="tables 9999; this version knows 0001"):
        Store.open(path, KEY)
    assert path.read_bytes() == before


def test_two_first_starts_at_once_both_get_a_whole_store(path: Path) -> None:
    code = (
        "import pathlib, sys\nfrom bot.store import Store\nfrom tests.store.conftest import KEY\n"
        "Store.open(pathlib.Path(sys.argv[1]), KEY).close()\n"
    )
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", code, str(path)]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]


def test_opening_an_up_to_date_store_is_quick_and_loads_no_alembic(store: Store, path: Path) -> None:
    store.close()
    code = (
        "import pathlib, sys, time\nfrom bot.store import Store\nfrom tests.store.conftest import KEY\n"
        "begun = time.perf_counter()\nstore = Store.open(pathlib.Path(sys.argv[1]), KEY)\n"
        "with store.transaction(): pass\nprint(time.perf_counter() - begun)\nassert 'alembic' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    assert float(done.stdout) < 0.15


def test_the_database_refuses_words_that_are_not_on_the_list() -> None:
    """Every column with a fixed list of words is checked by the database too."""
    checks = {
        f"{table.name}.{constraint.name}"
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if re.match("ck_", str(constraint.name))
    }
    assert checks == {
        "people.ck_people_mode",
        "walks.ck_walks_status",
        "answers.ck_answers_kind",
        "answers.ck_answers_value",
        "records.ck_records_status",
        "messages.ck_messages_direction",
        "members.ck_members_duty",
        "members.ck_members_role",
        "members.ck_members_status",
        "invitations.ck_invitations_role",
        "organisations.ck_organisations_kind",
        "local_numbers.ck_local_numbers_kind",
        "escalations.ck_escalations_urgency",
        "escalations.ck_escalations_state",
        "outbox.ck_outbox_kind",
        "outbox.ck_outbox_lane",
    }


def test_every_table_is_impersonal_or_has_a_shredder() -> None:
    shreddable = {shredder.table.name for shredder in forgetting.SHREDDERS}
    impersonal = {table.name for table in metadata.sorted_tables if table.info.get("impersonal")}
    assert impersonal == {
        *("updates", "leases", "moments", "organisations", "local_numbers", "escalation_steps", "tombstones"),
    }, "say why a new table is impersonal, and add it here"
    assert shreddable | impersonal == set(metadata.tables), "a table with personal data needs a shredder"
    assert not shreddable & impersonal
