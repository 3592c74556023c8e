"""Insert many rows of the same columns in one statement: as COPY takes them, or by one prepared INSERT.

Rows are tuples, packed once into what the database reads: SQLAlchemy would make each a mapping, look up its
names and process it by itself, which costs more than the insert.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Json
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
    """Rows in the form that the database takes: a block for COPY, or the values of each row."""

    statement: str
    rows: Sequence[Row]
    block: str = ""

    def insert(self, session: Session) -> None:
        """Insert the rows; nothing is done for none."""
        connection = session.connection()
        if self.block:
            self._copy(connection)
        elif self.rows:
            single, *more = self.rows
            connection.exec_driver_sql(self.statement, self.rows if more else tuple(single))

    def _copy(self, connection: Connection) -> None:
        """Send the block past SQLAlchemy, and raise what SQLAlchemy would, for whoever tries again."""
        raw: Any = connection.connection.driver_connection
        try:
            with raw.cursor() as cursor, cursor.copy(self.statement) as copy:
                copy.write(self.block)
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
        given = list(zip(*rows, strict=True)) or [()] * len(self.columns)
        columns = [
            _ready(values, self.table.c[name].type, dialect)
            for name, values in zip(self.columns, given, strict=True)
        ]
        if dialect.name == "sqlite":
            ready = list(zip(*columns, strict=True))
            return Packed(f"INSERT INTO {self._into(dialect)} VALUES ({self._marks('?')})", ready)
        if len(columns[0]) >= COPY_FROM:
            return Packed(f"COPY {self._into(dialect)} FROM STDIN", [], _block(columns))
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


_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


Texts = Mapping[type, Callable[[Any], str]]

_FIELDS: Texts = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    Decimal: str,
    UUID: lambda value: f"{value.int:032x}",
    datetime: datetime.isoformat,
    date: date.isoformat,
    Json: lambda value: _text(json.dumps(value.obj)),
    type(None): lambda _value: r"\N",
}
"""How a field of COPY is written."""

_ELEMENTS: Texts = {
    **_FIELDS,
    str: lambda value: f'"{value.translate(_QUOTED)}"',
    type(None): lambda _value: "NULL",
}
"""How an element of an array is written."""


def _block(columns: Iterable[Sequence[Any]]) -> str:
    """Write rows in the text format of PostgreSQL's COPY: a line each, tabs between its values.

    The connection encodes it: a database need not hold UTF-8.
    """
    texts = [_each(values, partial(_written, _FIELDS)) for values in columns]
    return "\n".join([*map("\t".join, zip(*texts, strict=True)), ""])


def array(values: Sequence[Any], kind: TypeEngine[Any], dialect: Dialect) -> str:
    """Write values of a column as an array of PostgreSQL; of JSON there is none."""
    return f"{{{','.join(_each(_ready(values, kind, dialect), partial(_written, _ELEMENTS)))}}}"


def _written(texts: Texts, values: Iterable[Any]) -> list[str]:
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return list(map(texts[kinds.pop()], values))
    return [texts[type(value)](value) for value in values]


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
