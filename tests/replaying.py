"""Copying a database, playing its journal on another one, and comparing the two row by row."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, select

from oms_desktop.db import Database
from oms_desktop.models import DONE, Base, JournalEntry
from oms_desktop.station import play

Row = tuple[Any, ...]

OWN = frozenset({"journal", "number_range", "dialogue"})
"""Tables that playing a call does not write: they belong to the station, not to the work."""

BROUGHT = ("worker", "worker_role", "intake")
"""Tables whose rows are there before a call is played: people, and what came from outside."""


def copy_rows(source: Database, target: Database, tables: Collection[str] = ()) -> None:
    """Copy the rows of some tables, or of all, into a database that has none of them."""
    for table in Base.metadata.sorted_tables:
        if tables and table.name not in tables:
            continue
        with source.reading() as session:
            rows = [dict(row._mapping) for row in session.execute(select(table))]
        if rows:
            with target.transaction() as session:
                session.execute(insert(table), rows)


def rows_of(database: Database) -> dict[str, list[Row]]:
    """Read every row of every table that playing calls writes, sorted."""
    with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in OWN
        }


def calls_of(database: Database, after: int = 0) -> list[JournalEntry]:
    """Read the calls that were carried out, in their order; `after` is a sequence number."""
    with database.reading() as session:
        entries = session.scalars(
            select(JournalEntry)
            .where(JournalEntry.result == DONE, JournalEntry.sequence > after)
            .order_by(JournalEntry.ordinal, JournalEntry.station, JournalEntry.sequence)
        ).all()
        session.expunge_all()
    return list(entries)


def play_all(entries: Collection[JournalEntry], target: Database) -> None:
    """Play calls on another database, each in its own transaction."""
    for entry in entries:
        target.change(lambda session, entry=entry: play(session, entry))  # type: ignore[misc]  # a lambda's default


def assert_same_rows(source: Database, target: Database) -> None:
    """Compare two databases table by table, so that the first difference is named."""
    left, right = rows_of(source), rows_of(target)
    for table, rows in left.items():
        assert rows == right[table], f"{table} differs"
