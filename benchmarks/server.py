"""A PostgreSQL of its own for a benchmark, and databases on it that are copies of one another."""

from collections.abc import Iterator
from contextlib import contextmanager

from oms_desktop.db import Database, connect
from oms_desktop.models import migrate
from tests import postgres


@contextmanager
def database(like: str | None = None) -> Iterator[Database]:
    """Make a database with the schema, or a copy of the one at the address `like`; it is dropped at the end.

    Nobody may be connected to the one that is copied.
    """
    address = postgres.create_database(like)
    made = connect(address)
    try:
        if like is None:
            with made.transaction() as session:
                migrate.upgrade(session.connection())
        yield made
    finally:
        made.close()
        postgres.drop_database(address)


def address_of(made: Database) -> str:
    """Return the address of a database, to copy it; its own connections are closed."""
    made.close()
    return made.engine.url.render_as_string(hide_password=False)
