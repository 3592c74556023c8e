"""Many rows in one statement: find rows by a set of ids, insert rows, change rows.

The number of statements does not grow with the rows. On PostgreSQL a set travels as an array and new rows by
COPY; on SQLite as JSON and by one prepared statement for all rows.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from uuid import UUID

from psycopg import sql
from sqlalchemy import (
    ColumnElement,
    Dialect,
    Insert,
    Table,
    Text,
    Update,
    Uuid,
    bindparam,
    func,
    insert,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

COPY_FROM = 200
"""From how many rows on COPY is faster than INSERT."""

Row = Sequence[Any]


class _Set(TypeDecorator[Sequence[Any]]):
    """A set of ids or texts as one parameter."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.each))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return list(value)
        return json.dumps([each.hex if isinstance(each, UUID) else each for each in value])


class _Among(FunctionElement[Any]):
    # With the type Boolean, SQLite would be asked for "... = 1", which no index answers.
    type = NullType()
    inherit_cache = True


@compiles(_Among)
def _on_postgresql(element: _Among, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({ids})"


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Tell whether a column is one of the ids or texts of the parameter `name`, however many."""
    each = Uuid() if isinstance(column.type, Uuid) else Text()
    return _Among(column, bindparam(name, type_=_Set(each)))


@dataclass(frozen=True)
class Rows:
    """A prepared insert of many rows; `columns` names what each row gives."""

    table: Table
    columns: tuple[str, ...]
    statement: Insert

    def insert(self, session: Session, rows: Iterable[Row]) -> None:
        """Insert rows; nothing is done for none. Where they are many they are sent as they are made."""
        coming = iter(rows)
        first = list(islice(coming, COPY_FROM))
        if not first:
            return
        connection = session.connection()
        if connection.dialect.name == "sqlite" or len(first) < COPY_FROM:
            given = [dict(zip(self.columns, row, strict=True)) for row in chain(first, coming)]
            connection.execute(self.statement, given)
            return
        found = [self._writer(name, connection.dialect) for name in self.columns]
        writers = [(place, writer) for place, writer in enumerate(found) if writer is not None]
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(self._copy()) as copy:
            for row in map(list, chain(first, coming)):
                for place, writer in writers:
                    row[place] = writer(row[place])
                copy.write_row(row)

    def _writer(self, name: str, dialect: Dialect) -> Callable[[Any], Any] | None:
        kind = self.table.c[name].type
        return kind.dialect_impl(dialect).bind_processor(dialect)

    def _copy(self) -> sql.Composed:
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.table.name), names)


def rows_of(table: Table, *columns: str) -> Rows:
    """Prepare the insert of many rows that give these columns; all others have to be nullable."""
    return Rows(table, columns, insert(table))


@dataclass(frozen=True)
class Changes:
    """A prepared change of many rows, each named by its key."""

    columns: tuple[str, ...]
    on_sqlite: Update
    on_postgresql: Update

    def write(self, session: Session, rows: Iterable[Row]) -> int:
        """Change the rows with these keys, keys before values; returns how many. A key is given once."""
        given = list(rows)
        if not given:
            return 0
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            named = [dict(zip(self.columns, row, strict=True)) for row in given]
            return connection.execute(self.on_sqlite, named).rowcount
        arrays = dict(zip(self.columns, map(list, zip(*given, strict=True)), strict=True))
        return connection.execute(self.on_postgresql, arrays).rowcount


def new_values_of(table: Table, key: str) -> Changes:
    """Prepare to give all columns of rows new values; the key has to be the first column."""
    kinds = {f"of_{column.name}": column.type for column in table.c}
    arrays = [bindparam(name, type_=ARRAY(kind)) for name, kind in kinds.items()]
    given = func.unnest(*arrays).table_valued(*kinds).render_derived(name="given")
    single = {name: bindparam(name, type_=kind) for name, kind in kinds.items()}
    others = [column.name for column in table.c if column.name != key]
    lite, big = (
        update(table)
        .where(table.c[key] == new[f"of_{key}"])
        .values({name: new[f"of_{name}"] for name in others})
        for new in (single, given.c)
    )
    return Changes(tuple(kinds), lite, big)
