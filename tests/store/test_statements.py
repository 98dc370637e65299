"""Statements that are worked out once: they must give what SQLAlchemy gives, or the store would read itself wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.store import Store, StoreConflict
from bot.store.tables import leases, metadata
from tests.store.conftest import KEY, NOW, fill


@pytest.fixture
def embedded(tmp_path: Path) -> Store:
    """An embedded store with a row in most tables."""
    store = Store.open(tmp_path / "sharewise.db", KEY)
    with store.transaction() as transaction:
        fill(transaction, 1, "word")
    return store


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_column_reads_as_sqlalchemy_reads_it(embedded: Store, table: Table) -> None:
    """Moments with their zone, truth values, sealed bytes, nothing at all; by place and by name."""
    statement = select(table)
    with embedded.reading() as transaction:
        for _ in range(2):  # worked out, and known
            found = transaction.execute(statement).all()
            wanted = transaction.connection.execute(statement).all()
            assert [tuple(row) for row in found] == [tuple(row) for row in wanted]
            assert [row._asdict() for row in found] == [row._asdict() for row in wanted]


def test_what_cannot_be_worked_out_once_is_run_all_the_same(embedded: Store) -> None:
    """A list of values has another text for each length; and the same statement may set other columns."""
    add, among = insert(leases), select(leases.c.name).where(leases.c.name.in_(bindparam("names", expanding=True)))
    with embedded.transaction() as transaction:
        transaction.execute(add, [{"name": name, "holder": "x", "until": NOW} for name in ("a", "b", "c")])
        assert [row.name for row in transaction.execute(among, {"names": ["a", "c"]})] == ["a", "c"]
        assert [row.name for row in transaction.execute(among, {"names": ["b"]})] == ["b"]
        change = update(leases).where(leases.c.name == bindparam("this"))
        assert transaction.execute(change, {"this": "a", "holder": "y"}).rowcount == 1
        assert transaction.execute(change, {"this": "a", "until": NOW}).rowcount == 1
        assert transaction.execute(select(leases.c.holder).where(leases.c.name == "a")).scalar_one() == "y"


def test_one_row_is_one_row(embedded: Store) -> None:
    """A statement that should give one and gives several is a mistake that must not pass for one."""
    with embedded.transaction() as transaction:
        transaction.execute(insert(leases), [{"name": name, "holder": "x", "until": NOW} for name in ("a", "b")])
        with pytest.raises(ValueError, match="too many"):
            transaction.execute(select(leases.c.name)).one_or_none()
        assert transaction.execute(select(leases.c.name).where(leases.c.name == "z")).one_or_none() is None
        assert transaction.execute(select(leases.c.name).where(leases.c.name == "z")).scalar_one_or_none() is None


def test_errors_are_sqlalchemys(embedded: Store) -> None:
    """So that a value that is taken, a full disk and a damaged file are told apart as before; values are not shown."""
    row = {"name": "canary-alpha", "holder": "x", "until": NOW}
    embedded.run(lambda transaction: transaction.execute(insert(leases), row))
    with pytest.raises(StoreConflict) as conflict, embedded.transaction() as transaction:
        transaction.execute(insert(leases), row)
    assert isinstance(conflict.value.__cause__, IntegrityError)
    assert "canary-alpha" not in str(conflict.value.__cause__)
    with embedded.reading() as transaction, pytest.raises(OperationalError, match="readonly"):
        transaction.execute(insert(leases), row)
