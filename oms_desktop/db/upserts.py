"""INSERT ... ON CONFLICT for both databases from one description.

SQLite and PostgreSQL know the same statement, SQLAlchemy builds it in two modules; a statement is
prepared once for each and chosen by the session's database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Changes = Callable[[Any], Mapping[str, Any]]
Only = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Upsert:
    """A prepared statement for either database."""

    on_sqlite: sqlite.Insert
    on_postgresql: postgresql.Insert

    def run(self, session: Session, *rows: Mapping[str, Any]) -> bool:
        """Insert each row, or change the row with the same key; says of a single one whether it was."""
        if not rows:
            return False
        connection = session.connection()
        embedded = connection.dialect.name == "sqlite"
        statement = self.on_sqlite if embedded else self.on_postgresql
        done = connection.execute(
            statement, list(map(dict, rows)), execution_options={"preserve_rowcount": True}
        )
        return done.rowcount == 1


def upsert(
    table: Table, key: tuple[str, ...], changes: Changes, only: Only | None = None, **worked_out: Any
) -> Upsert:
    """Prepare a statement; `changes` gets the row that could not be inserted and names the new values.

    `only` gets it too and says which rows are changed. Columns that are `worked_out` by the database are not
    given by the rows.
    """
    which: Callable[[Any], ColumnElement[bool] | None] = only or (lambda _new: None)
    lite, big = sqlite.insert(table).values(**worked_out), postgresql.insert(table).values(**worked_out)
    return Upsert(
        lite.on_conflict_do_update(list(key), set_=dict(changes(lite.excluded)), where=which(lite.excluded)),
        big.on_conflict_do_update(
            index_elements=list(key), set_=dict(changes(big.excluded)), where=which(big.excluded)
        ),
    )
