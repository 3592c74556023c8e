"""The two databases of the suite: every test that asks for `database` runs on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from sqlalchemy import Dialect
from sqlalchemy.engine.interfaces import CompiledCacheType
from sqlalchemy.util import LRUCache

from oms_desktop.app import opening
from oms_desktop.db import Database, connect
from oms_desktop.models import migrate
from tests import postgres


@cache
def _template() -> str:
    """A PostgreSQL database with the schema, built by the migrations once for each test process."""
    url = postgres.create_database()
    database = connect(url)
    with database.transaction() as session:
        migrate.upgrade(session.connection())
    database.close()
    return url


@cache
def _schema_file() -> bytes:
    """A SQLite file with the schema, as bytes to copy."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "oms.sqlite"
        database = connect(f"sqlite:///{file}")
        with database.transaction() as session:
            migrate.upgrade(session.connection())
        database.close()
        return file.read_bytes()


_statements: dict[str, tuple[Dialect, CompiledCacheType]] = {}


def opened(url: str) -> Database:
    """Open a database that knows the statements compiled for the others of its kind.

    A program compiles each statement once in its life; a suite with a database for each test would do it
    in every test, which takes as long as the tests themselves.
    """
    database = connect(url)
    engine = database.engine
    engine.dialect, known = _statements.setdefault(engine.dialect.name, (engine.dialect, LRUCache(10_000)))
    engine.update_execution_options(compiled_cache=known)
    return database


@pytest.fixture(scope="session", autouse=True)
def _statements_known() -> Iterator[None]:
    """The program opens its databases as ever, and knows those statements too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "connect", opened)
        yield


def make_database(kind: str, folder: Path) -> tuple[Database, str]:
    """Make an empty database with the schema: ``sqlite`` or ``postgresql``."""
    if kind == "postgresql":
        url = postgres.create_database(_template())
        return opened(url), url
    file = folder / "oms.sqlite"
    file.write_bytes(_schema_file())
    url = f"sqlite:///{file}"
    return opened(url), url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the schema, of both kinds in turn."""
    made, url = make_database(request.param, tmp_path)
    yield made
    made.close()
    if request.param == "postgresql":
        postgres.drop_database(url)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database with the schema."""
    made, _url = make_database("sqlite", tmp_path)
    yield made
    made.close()


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[Database]:
    """An empty PostgreSQL database with the schema."""
    made, url = make_database("postgresql", tmp_path)
    yield made
    made.close()
    postgres.drop_database(url)
