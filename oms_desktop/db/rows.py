"""Insert many rows of the same columns in one statement: by COPY, or by one prepared INSERT.

Rows are tuples, turned column by column into what the driver takes: SQLAlchemy would make each a mapping,
look up its names and process it by itself, which costs more than the insert.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from oms_desktop.db.database import hide_values

COPY_FROM = 100
"""From how many rows on COPY is faster than INSERT."""

Row = Sequence[Any]


@dataclass(frozen=True)
class Packed:
    """Rows as the driver takes them: for COPY by columns of these `kinds`, else the values of each row."""

    statement: str
    rows: Sequence[Row] = ()
    columns: Sequence[Sequence[Any]] = ()
    kinds: Sequence[str] = ()

    def insert(self, session: Session) -> None:
        """Insert the rows; nothing is done for none."""
        connection = session.connection()
        if self.kinds:
            self._copy(connection)
        elif self.rows:
            single, *more = self.rows
            connection.exec_driver_sql(self.statement, self.rows if more else tuple(single))

    def _copy(self, connection: Connection) -> None:
        """Send the rows past SQLAlchemy, and raise what SQLAlchemy would, for whoever tries again."""
        raw: Any = connection.connection.driver_connection
        try:
            for kind, values in zip(self.kinds, self.columns, strict=True):
                _must_fit(kind, values)
            with raw.cursor() as cursor, cursor.copy(self.statement) as copy:
                copy.set_types(self.kinds)
                for row in zip(*self.columns, strict=True):
                    copy.write_row(row)
        except psycopg.Error as error:
            hide_values(error)
            raise DBAPIError.instance(
                self.statement, None, error, psycopg.Error, dialect=connection.dialect
            ) from error


@dataclass(frozen=True)
class Rows:
    """New rows of a table; `columns` names what each row gives."""

    table: Table
    columns: tuple[str, ...]

    def insert(self, session: Session, rows: Iterable[Row]) -> None:
        """Insert rows; nothing is done for none."""
        self.packed(session, rows).insert(session)

    def insert_named(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows that name their columns."""
        self.insert(session, map(itemgetter(*self.columns), rows))

    def packed(self, session: Session, rows: Iterable[Row]) -> Packed:
        """Put rows into the form that the database takes, without asking it."""
        dialect = session.get_bind().dialect
        types = [self.table.c[name].type for name in self.columns]
        given = list(zip(*rows, strict=True)) or [()] * len(types)
        columns = [_ready(values, kind, dialect) for values, kind in zip(given, types, strict=True)]
        if dialect.name == "sqlite":
            ready = list(zip(*columns, strict=True))
            return Packed(f"INSERT INTO {self._into(dialect)} VALUES ({self._marks('?')})", ready)
        if len(columns[0]) >= COPY_FROM:
            copied = [_copied(values, kind, dialect) for values, kind in zip(columns, types, strict=True)]
            statement = f"COPY {self._into(dialect)} FROM STDIN (FORMAT BINARY)"
            return Packed(statement, columns=[each[0] for each in copied], kinds=[each[1] for each in copied])
        # One journey for all of them; psycopg would send each by itself.
        flat = tuple(chain.from_iterable(zip(*columns, strict=True)))
        each = ", ".join([f"({self._marks('%s')})"] * len(columns[0]))
        return Packed(f"INSERT INTO {self._into(dialect)} VALUES {each}", [flat] if flat else [])

    def _marks(self, mark: str) -> str:
        return ", ".join([mark] * len(self.columns))

    def _into(self, dialect: Dialect) -> str:
        quote = dialect.identifier_preparer.quote
        return f"{quote(self.table.name)} ({', '.join(map(quote, self.columns))})"


def rows_of(table: Table, *columns: str) -> Rows:
    """Prepare the insert of many rows that give these columns; all others have to be nullable."""
    return Rows(table, columns)


def all_of(table: Table) -> Rows:
    """Prepare the insert of many rows that give all columns."""
    return rows_of(table, *(column.name for column in table.c))


def _copied(values: Sequence[Any], kind: TypeEngine[Any], dialect: Dialect) -> tuple[Sequence[Any], str]:
    """Give what is copied into a column, and its type as PostgreSQL names it, without length or precision.

    JSON goes as a text: psycopg would write it when the server waits for the row already.
    """
    name = kind.compile(dialect).lower().partition("(")[0]
    if name == "json":
        return [json.dumps(value.obj) for value in values], "text"
    return values, name


_LIMITS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def _must_fit(kind: str, values: Iterable[Any]) -> None:
    """Refuse an integer wider than its column, of which psycopg would send what fits without a word."""
    limit = _LIMITS.get(kind)
    if limit and not all(-limit <= value < limit for value in values if value is not None):
        raise psycopg.errors.NumericValueOutOfRange(f"{kind} out of range")


_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})

_ELEMENTS: Mapping[type, Callable[[Any], str]] = {
    str: lambda value: f'"{value.translate(_QUOTED)}"',
    int: str,
    bool: lambda value: "t" if value else "f",
    Decimal: str,
    UUID: lambda value: f"{value.int:032x}",
    datetime: datetime.isoformat,
    date: date.isoformat,
    type(None): lambda _value: "NULL",
}
"""How an element of an array is written."""


def array(values: Sequence[Any], kind: TypeEngine[Any], dialect: Dialect) -> str:
    """Write values of a column as an array of PostgreSQL; of JSON there is none."""
    return f"{{{','.join(_each(_ready(values, kind, dialect), _written))}}}"


def _written(values: Sequence[Any]) -> list[str]:
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return list(map(_ELEMENTS[kinds.pop()], values))
    return [_ELEMENTS[type(value)](value) for value in values]


def _ready(values: Sequence[Any], kind: TypeEngine[Any], dialect: Dialect) -> Sequence[Any]:
    """Turn the values of a column into what the driver takes."""
    writer = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if writer is None else _each(values, lambda given: list(map(writer, given)))


def _each(values: Sequence[Any], change: Callable[[Sequence[Any]], list[Any]]) -> list[Any]:
    """Change the values of a column; one that is the same for all rows, such as a time, only once."""
    first = next(iter(values), None)
    if all(value is first for value in values):
        return change(values[:1]) * len(values)
    return change(values)
