"""An older database is brought to the schema of this program with everything that is in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import MetaData, Table, insert, select

from oms_desktop.app import opening
from oms_desktop.db import Database, connect
from oms_desktop.models import QueueEntry, Stage, migrate, schema
from oms_desktop.workflow.books import prove
from tests import postgres
from tests.builders import MUG, Site
from tests.conftest import make_database

MADE = {"queue_entry": 1, "queue_tally": 2}
"""Rows that the way itself makes, for one order."""


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the first schema and nothing in it."""
    embedded = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'old.sqlite'}" if embedded else postgres.create_database()
    database = connect(url)
    with database.transaction() as session:
        command.upgrade(migrate.configuration(session.connection()), "0001")
    yield database
    database.close()
    if not embedded:
        postgres.drop_database(url)


def tables(database: Database) -> list[Table]:
    """The tables a database has, in an order in which their rows can be inserted."""
    found = MetaData()
    found.reflect(database.engine)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def fill(target: Database, source: Database) -> dict[str, int]:
    """Copy what the first schema has room for; returns the number of rows of each table."""
    kept = {table.name: set(table.columns.keys()) for table in tables(target)}
    counts = {}
    for table in tables(source):
        if table.name not in kept:
            continue
        with source.reading() as session:
            rows = [dict(row._mapping) for row in session.execute(select(table))]
        counts[table.name] = len(rows)
        if rows:
            with target.transaction() as session:
                wanted = Table(table.name, MetaData(), autoload_with=session.connection())
                columns = kept[table.name]
                session.execute(
                    insert(wanted), [{name: row[name] for name in row if name in columns} for row in rows]
                )
    return counts


def test_no_row_is_lost_on_the_way(old: Database, tmp_path: Path) -> None:
    kind = "sqlite" if old.embedded else "postgresql"
    home, _url = make_database(kind, tmp_path)
    site = Site(home)
    order = site.promised({MUG: 3})
    counts = fill(old, home)
    home.close()

    opening.upgrade(old)

    with old.reading() as session:
        assert schema.revision(session) == schema.HEAD
        for table in tables(old):
            rows = len(session.execute(select(table)).all())
            assert rows == counts.get(table.name, 0) + MADE.get(table.name, 0), table.name
        assert session.get_one(QueueEntry, order).stage is Stage.PROMISED
        assert prove(session).sound
    assert counts["stock_move"] == 3 and counts["pick_task"] == 1
    site.database = old
    assert site.line(order).allocated == 3
