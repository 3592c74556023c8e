"""INSERT ... ON CONFLICT for both databases from one description.

SQLite and PostgreSQL know the same statement, SQLAlchemy builds it in two modules; a statement is
prepared once for each and chosen by the session's database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Changes = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Upsert:
    """A prepared statement for either database."""

    on_sqlite: sqlite.Insert
    on_postgresql: postgresql.Insert

    def run(self, session: Session, *rows: Mapping[str, Any]) -> None:
        """Insert each row, or change the row with the same key."""
        if not rows:
            return
        connection = session.connection()
        embedded = connection.dialect.name == "sqlite"
        connection.execute(self.on_sqlite if embedded else self.on_postgresql, list(map(dict, rows)))


def upsert(table: Table, key: tuple[str, ...], changes: Changes, **worked_out: Any) -> Upsert:
    """Prepare a statement; `changes` gets the row that could not be inserted and names the new values.

    Columns that are `worked_out` by the database are not given by the rows.
    """
    lite, big = sqlite.insert(table).values(**worked_out), postgresql.insert(table).values(**worked_out)
    return Upsert(
        lite.on_conflict_do_update(index_elements=list(key), set_=dict(changes(lite.excluded))),
        big.on_conflict_do_update(index_elements=list(key), set_=dict(changes(big.excluded))),
    )
