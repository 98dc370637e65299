"""The store's statements, worked out once each and run on the driver's own cursor.

Around each statement SQLAlchemy does several times the work that SQLite does for it: in a whole turn about a quarter
of everything. The store's statements are made once, when their modules are imported, so what SQLAlchemy finds out about
one is kept: its text, the order of its values, and how values are converted. What does not fit SQLAlchemy runs itself.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError

Values = dict[str, Any]
Convert = Callable[[Any], Any]


class Outcome(Protocol):
    """What a statement gave, as far as the store asks; SQLAlchemy's own results are such."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def __iter__(self) -> Iterator[Any]: ...
    def all(self) -> Sequence[Any]: ...
    def one(self) -> Any: ...
    def one_or_none(self) -> Any: ...
    def scalar_one(self) -> Any: ...
    def scalar_one_or_none(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """An outcome that is all there. Each row is a tuple with its columns' names."""

    rows: Sequence[Any]
    rowcount: int

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def all(self) -> Sequence[Any]:
        """Every row."""
        return self.rows

    def one(self) -> Any:
        """The only row. Raises ValueError if there are others, or none."""
        (row,) = self.rows
        return row

    def one_or_none(self) -> Any:
        """The only row, or None. Raises ValueError if there are others."""
        return self.one() if self.rows else None

    def scalar_one(self) -> Any:
        """The first column of the only row."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        """The first column of the only row; None without one."""
        return self.one()[0] if self.rows else None


class _Statement:
    """One statement, compiled for an engine whose values go by their order."""

    def __init__(self, statement: Any, given: frozenset[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=sorted(given))
        self.given = given
        self.fits = not (compiled.post_compile_params or compiled.literal_execute_params)
        self.text = str(compiled)
        self._values: list[tuple[str, Any, Convert | None]] = [
            (name, compiled.params[name], compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        columns = list(statement.exported_columns)
        self._make: Callable[[Any], Any] | None = None
        if columns:
            named: Any = namedtuple
            self._make = named("Row", [column.key for column in columns], rename=True)._make
        found = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._conversions: list[tuple[int, Convert]] = [(place, one) for place, one in enumerate(found) if one]

    def in_order(self, values: Values) -> list[Any]:
        """The values as the driver wants them, those that are part of the statement itself among them."""
        return [
            convert(values.get(name, fixed)) if convert else values.get(name, fixed)
            for name, fixed, convert in self._values
        ]

    def rows(self, cursor: Any) -> Sequence[Any]:
        """What there is to read, all of it."""
        make, conversions = self._make, self._conversions
        if make is None:
            return ()
        if not conversions:
            return [make(row) for row in cursor.fetchall()]
        found = []
        for row in cursor.fetchall():
            values = list(row)
            for place, convert in conversions:
                values[place] = convert(values[place])
            found.append(make(values))
        return found


class Statements:
    """Every statement that was run on one engine, by itself."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[Executable, _Statement] = {}

    def execute(self, connection: Connection, statement: Executable, values: Values | list[Values]) -> Outcome:
        """Run it, once, or for each of several sets of values. Raises what SQLAlchemy raises."""
        first = values[0] if isinstance(values, list) else values
        known = self._known.get(statement)
        if known is None:
            known = self._known[statement] = _Statement(statement, frozenset(first), self._dialect)
        if not known.fits or first.keys() != known.given:
            return connection.execute(statement, values)
        cursor = connection.connection.cursor()
        try:
            if isinstance(values, list):
                cursor.executemany(known.text, [known.in_order(one) for one in values])
            else:
                cursor.execute(known.text, known.in_order(values))
            return Rows(known.rows(cursor), cursor.rowcount)
        except self._dialect.loaded_dbapi.Error as error:
            driver = self._dialect.loaded_dbapi.Error
            raise DBAPIError.instance(
                known.text, None, error, driver, hide_parameters=True, dialect=self._dialect
            ) from error
        finally:
            cursor.close()
