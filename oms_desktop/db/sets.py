"""Many rows in one statement: find rows by a set of ids, change rows by their keys.

The number of statements does not grow with the rows. On PostgreSQL a set travels as an array, on SQLite as
JSON.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Table,
    Text,
    Update,
    Uuid,
    bindparam,
    cast,
    func,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from oms_desktop.db.rows import Row, array


class _Set(TypeDecorator[Sequence[Any]]):
    """Values of one type as one parameter; psycopg's own lists look at each by itself, which is felt."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # Without a type PostgreSQL sees by itself what the array is of.
        return dialect.type_descriptor(Text()) if dialect.name == "sqlite" else NullType()

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return array(tuple(value), self.each, dialect)
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
        arrays = dict(zip(self.columns, zip(*given, strict=True), strict=True))
        return connection.execute(self.on_postgresql, arrays).rowcount


def new_values_of(table: Table, key: str, *columns: str) -> Changes:
    """Prepare to give columns of rows new values; each row gives its key first."""
    kinds = {f"of_{name}": table.c[name].type for name in (key, *columns)}
    arrays = [cast(bindparam(name, type_=_Set(kind)), ARRAY(kind)) for name, kind in kinds.items()]
    given = func.unnest(*arrays).table_valued(*kinds).render_derived(name="given")
    single = {name: bindparam(name, type_=kind) for name, kind in kinds.items()}
    lite, big = (
        update(table)
        .where(table.c[key] == new[f"of_{key}"])
        .values({name: new[f"of_{name}"] for name in columns})
        for new in (single, given.c)
    )
    return Changes(tuple(kinds), lite, big)
