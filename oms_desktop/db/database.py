"""One database: its engine, and the two ways to use it, changing and reading.

SQLite is opened in WAL mode with ``synchronous=FULL``, so that what was answered survives a power cut,
and every change begins with ``BEGIN IMMEDIATE``: the writer's lock is taken before anything is read,
which is what makes a guard and its change one step when window and command line share the file.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.orm import Session

from oms_desktop.db.places import refuse_network_drive
from oms_desktop.errors import NOTHING, InputError, StoreError

R = TypeVar("R")

BUSY_SECONDS = 10
"""How long a statement waits for the locks of another process before it gives up."""

TRIES = 6
"""How often a change is played again after a deadlock or a serialization failure."""

_LOCKED = "55P03"
# A unique violation too: somebody has made the same row meanwhile, and the next try finds it. On SQLite
# writers come one after the other, and none can meet it so.
_AGAIN = {"40001", "40P01", _LOCKED, "23505"}
# Classes of SQLSTATE: wrong data, broken constraints, more than an index can hold.
_OF_VALUES = ("22", "23", "54")
_READ = "oms_read"


@dataclass(frozen=True)
class Database:
    """A database that is open. `name` is its address without the password."""

    engine: Engine
    name: str

    @property
    def embedded(self) -> bool:
        """True for SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Change rows: committed at the end, rolled back by any exception."""
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read rows in one snapshot; whatever is changed in it is thrown away."""
        options = {_READ: True} if self.embedded else {"isolation_level": "REPEATABLE READ"}
        engine = self.engine.execution_options(**options)
        try:
            with Session(engine, autoflush=False) as session:
                yield session
        except DBAPIError as error:
            raise _in_words(error, self.name) from error

    def change(self, work: Callable[[Session], R]) -> R:
        """Run `work` in one transaction; play it again when the database says it was only bad luck.

        `work` may be called several times and must not keep anything from a call that failed.
        Raises StoreError when the database stays locked, is full or went away.
        """
        for left in reversed(range(TRIES)):
            try:
                with self.transaction() as session:
                    return work(session)
            except DBAPIError as error:
                if not (left and _only_bad_luck(error)):
                    raise _in_words(error, self.name) from error
        raise AssertionError("unreachable: the last try returns or raises")

    @contextmanager
    def changes(self) -> Iterator[Callable[[], int]]:
        """Give a function whose number differs after a commit of another connection to this SQLite file.

        It keeps a connection of its own outside of any transaction: inside one it would see only the
        snapshot it began with.
        """
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            yield lambda: int(cursor.execute("PRAGMA data_version").fetchone()[0])
            cursor.close()
        finally:
            connection.close()

    def close(self) -> None:
        """Close all connections that are not in use."""
        self.engine.dispose()


def connect(address: str) -> Database:
    """Open a database by its SQLAlchemy address; nothing is created but an empty SQLite file.

    Raises InputError when the address is none, names a network drive, or nothing answers there.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        refuse_network_drive(url.database)
        engine = create_engine(
            url,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            hide_parameters=True,
        )
        _prepare_sqlite(engine)
    else:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args=_server_options(url), hide_parameters=True
        )
        event.listen(engine, "handle_error", _hide_details)
    name = url.render_as_string(hide_password=True)
    try:
        with engine.connect():
            pass
    except DBAPIError as error:
        engine.dispose()
        reason = str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
        raise InputError("database.unreachable", f"{name} cannot be opened: {reason}.") from error
    return Database(engine, name)


def of_values(error: DBAPIError) -> bool:
    """Tell whether the database would take other rows: it is these values that it does not take."""
    if isinstance(error, (DataError, IntegrityError)):
        return True
    return _state(error)[:2] in _OF_VALUES


def _server_options(url: URL) -> Mapping[str, Any]:
    """Limit waiting on a server, except where the address itself says how."""
    options = {"options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}", "connect_timeout": BUSY_SECONDS}
    return {name: value for name, value in options.items() if name not in url.query}


def hide_values(error: BaseException) -> None:
    """Keep the first line of what a server says: the next ones hold the values of the row."""
    if error.args:
        error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _hide_details(context: ExceptionContext) -> None:
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            hide_values(error)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise InputError(
            "database.address",
            f"{address!r} is no database address. sqlite:///FILE or postgresql+psycopg://... is expected.",
        ) from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise InputError(
            "database.kind", f"{url.get_backend_name()} is not served; SQLite and PostgreSQL are."
        )
    if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read = connection.get_execution_options().get(_READ)
        connection.exec_driver_sql("BEGIN" if read else "BEGIN IMMEDIATE")


def _only_bad_luck(error: DBAPIError) -> bool:
    if _state(error) in _AGAIN:
        return True
    # Two processes of one station name took the same journal number: the next try takes the next.
    return "journal" in str(error.orig) and "sequence" in str(error.orig)


def _state(error: DBAPIError) -> str:
    """Return the SQLSTATE that a server gave, "" if it gave none."""
    return getattr(error.orig, "sqlstate", None) or ""


def _in_words(error: DBAPIError, name: str) -> Exception:
    reason = str(error.orig)
    if _state(error) == _LOCKED:
        return StoreError(
            "database.locked",
            f"{name} is in use elsewhere and stayed locked, {TRIES} times in a row. {NOTHING}",
        )
    if of_values(error):
        return error
    if isinstance(error.orig, sqlite3.OperationalError) and "locked" in reason:
        return StoreError(
            "database.locked",
            f"{name} is in use elsewhere and stayed locked for {BUSY_SECONDS} s. {NOTHING}",
        )
    if "full" in reason and isinstance(error, OperationalError):
        return StoreError("database.full", f"The disk of {name} is full. {NOTHING}")
    if isinstance(error, OperationalError):
        return StoreError("database.failed", f"{name} did not answer as it should: {reason}. {NOTHING}")
    return error
