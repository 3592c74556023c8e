"""Open a database and bring it to the schema of this program."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from oms_desktop.db import Database, connect
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import Warehouse, schema
from oms_desktop.station import Station, system_person

CLI = "CLI"
"""Station name of the command line."""


def open_database(address: str) -> Database:
    """Open a database and make or upgrade its tables where needed.

    Raises InputError when it cannot be opened, or when a newer program has made it.
    """
    _make_folder(address)
    database = connect(address)
    try:
        _upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def open_existing(address: str) -> Database:
    """Open a database that must be there already, and change nothing about it.

    Raises InputError when it is missing, has none of our tables, or another schema.
    """
    file = _file(address)
    if file is not None and not file.exists():
        raise InputError("database.missing", f"There is no database {file}.")
    database = connect(address)
    with database.reading() as session:
        found = schema.revision(session)
    if found == schema.HEAD:
        return database
    database.close()
    if not found:
        raise InputError("database.foreign", f"{database.name} is no database of OMS Desktop.")
    raise InputError(
        "database.revision",
        f"{database.name} has schema {found}, this program works with {schema.HEAD}. Start the program once.",
    )


def system_station(database: Database, name: str = CLI) -> Station:
    """Return a station at which the program itself works."""
    person = database.change(system_person)
    return Station(database, name, person)


def is_new(database: Database) -> bool:
    """Tell whether a database has no warehouse yet."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(Warehouse)).one() == 0


def _upgrade(database: Database) -> None:
    with database.reading() as session:
        found = schema.revision(session)
    if found == schema.HEAD:
        return
    if found > schema.HEAD:
        raise InputError(
            "database.newer",
            f"{database.name} was made by a newer program (schema {found}). Update this one.",
        )
    # Alembic takes over a second to import; it is loaded only when there is something to do.
    migrate = import_module("oms_desktop.models.migrate")
    try:
        database.change(lambda session: migrate.upgrade(session.connection()))
    except StoreError as error:
        raise InputError("database.upgrade", f"The tables could not be made. {error.text}") from error


def _file(address: str) -> Path | None:
    try:
        url = make_url(address)
    except ArgumentError:
        return None
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if in_file else None


def _make_folder(address: str) -> None:
    file = _file(address)
    if file is None or file.parent.exists():
        return
    try:
        file.parent.mkdir(parents=True)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise InputError("database.folder", f"The folder {file.parent} cannot be made: {reason}.") from error
