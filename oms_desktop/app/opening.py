"""Open a database and bring it to the schema of this program."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from oms_desktop.db import Database, connect
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import schema
from oms_desktop.station import Station, system_person
from oms_desktop.workflow import board

CLI = "CLI"
"""Station name of the command line."""

_VERSIONS = "alembic_version"


def open_database(address: str) -> Database:
    """Open a database and make or upgrade its tables where needed.

    Raises InputError when it cannot be opened, is another program's, or was made by a newer one.
    """
    file = _file(address)
    if file is not None:
        _make_folder(file.parent)
        _refuse_foreign_file(file)
    database = connect(address)
    try:
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def open_existing(address: str) -> Database:
    """Open a database that must be there already, and change nothing about it.

    Raises InputError when it is missing, has none of our tables, or another schema.
    """
    file = _file(address)
    if file is not None:
        if not file.exists():
            raise InputError("database.missing", f"There is no database {file}.")
        _refuse_foreign_file(file, may_be_empty=False)
    database = connect(address)
    try:
        with database.reading() as session:
            found = schema.revision(session)
        if not found:
            raise _foreign(database.name)
        _refuse_unknown(database.name, found)
        if found != schema.HEAD:
            raise InputError(
                "database.revision",
                f"{database.name} has the older schema {found}, this program works with {schema.HEAD}. "
                "Start the program once.",
            )
    except BaseException:
        database.close()
        raise
    return database


def system_station(database: Database, name: str = CLI) -> Station:
    """Return a station at which the program itself works."""
    person = database.change(system_person)
    return Station(database, name, person)


def upgrade(database: Database) -> None:
    """Make the tables of a new database, or bring those of an older one up; one transaction."""
    with database.reading() as session:
        found = schema.revision(session)
        tables = set(inspect(session.connection()).get_table_names())
    if found == schema.HEAD:
        return
    if not found and tables - {_VERSIONS}:
        raise _foreign(database.name)
    _refuse_unknown(database.name, found)
    # Alembic takes over a second to import; it is loaded only when there is something to do.
    migrate = import_module("oms_desktop.models.migrate")
    if found and not any((migrate.FOLDER / "versions").glob(f"{found}_*.py")):
        raise InputError(
            "database.revision", f"{database.name} has schema {found}, which this program never had."
        )
    try:
        database.change(lambda session: _bring_up(session, migrate.upgrade))
    except StoreError as error:
        raise InputError("database.upgrade", f"The tables could not be made. {error.text}") from error


def _bring_up(session: Session, migrate: Callable[[Connection], None]) -> None:
    """Upgrade the tables, and show in the queue the orders that were there before it was."""
    migrate(session.connection())
    board.rebuild(session)


def _refuse_unknown(name: str, found: str) -> None:
    if found and not found.isdecimal():
        raise _foreign(name)
    if found > schema.HEAD:
        raise InputError(
            "database.newer", f"{name} was made by a newer program (schema {found}). Update this one."
        )


def _foreign(name: str) -> InputError:
    return InputError(
        "database.foreign", f"{name} is no database of OMS Desktop. Name one of its own, or a new one."
    )


def _refuse_foreign_file(file: Path, *, may_be_empty: bool = True) -> None:
    """Look into a SQLite file before it is opened for work, which alone would change it."""
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=0)) as probe:
            tables = {name for (name,) in probe.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        # What is wrong with the file is said by the one who opens it next.
        return
    if _VERSIONS not in tables and (tables or not may_be_empty):
        raise _foreign(f"sqlite:///{file}")


def _file(address: str) -> Path | None:
    try:
        url = make_url(address)
    except ArgumentError:
        return None
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if in_file else None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise InputError("database.folder", f"The folder {folder} cannot be made: {reason}.") from error
