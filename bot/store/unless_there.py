"""Writing a row unless it is there already: one form for both engines, which no second writer can fall between."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ClauseElement, Insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import SyntaxExtension
from sqlalchemy.sql.visitors import InternalTraversal


def unless_there(statement: Insert, *key: str) -> Insert:
    """The statement, writing nothing, and giving a row count of 0, where a row with this key is there already.

    On PostgreSQL it waits for another transaction that is about to write the same key. Every other broken rule is
    still an error (https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT).
    """
    return statement.ext(_DoNothing(*key)).execution_options(preserve_rowcount=True)


class _DoNothing(SyntaxExtension, ClauseElement):
    # What tells two of them apart, so that SQLAlchemy compiles each statement once.
    _traverse_internals: list[tuple[str, InternalTraversal]] = [("key", InternalTraversal.dp_string_list)]  # noqa: RUF012

    def __init__(self, *key: str) -> None:
        self.key = key

    def apply_to_insert(self, insert_stmt: Insert) -> None:
        """Called by SQLAlchemy."""
        insert_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_values")


@compiles(_DoNothing)
def _compiled(element: _DoNothing, compiler: Any, **_: Any) -> str:
    return f"ON CONFLICT ({', '.join(element.key)}) DO NOTHING"
