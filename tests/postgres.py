"""A real PostgreSQL for the suite: one server per test process, databases by template.

`OMS_TEST_PG_URL` names a server to use instead. A server started here ends with the process that
started it, however that ends.
"""

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

KEEPER = Path(__file__).with_name("postgres_keeper.py")


class Server:
    """A running server of this process; `url` is its maintenance database."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="oms-pg-")
        # A session of its own, so that Ctrl-C in the terminal reaches the tests and not the server.
        self._keeper = subprocess.Popen(
            [sys.executable, str(KEEPER), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_RUNTIME_DIR": folder},
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        address = self._keeper.stdout.readline()
        if not address:
            raise RuntimeError(f"PostgreSQL did not start:\n{self._keeper.communicate()[1]}")
        query = json.loads(address)
        self.url = URL.create("postgresql+psycopg", "postgres", database="postgres", query=query)

    def stop(self) -> None:
        """Stop the server and wait until its files are gone."""
        self._keeper.communicate()


@functools.cache
def _server() -> Server:
    server = Server()
    atexit.register(server.stop)
    return server


def start() -> str:
    """The URL of the maintenance database, starting a server at the first call."""
    return os.environ.get("OMS_TEST_PG_URL") or _server().url.render_as_string(hide_password=False)


def stop() -> None:
    """Stop the server this process has started, if any; the next `start` makes a new one."""
    if _server.cache_info().currsize:
        server = _server()
        _server.cache_clear()
        atexit.unregister(server.stop)
        server.stop()


def create_database(template: str | None = None) -> str:
    """Create a database, as a copy of the database at the URL `template` if given; returns its URL.

    Nobody may be connected to the template meanwhile.
    """
    name = f"oms_test_{uuid4().hex}"
    statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template is not None:
        source = make_url(template).database or ""
        # Copying the files costs less than writing each of their pages to the log of a server without fsync.
        statement += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(source))
    _execute(statement)
    return make_url(start()).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Drop the database at `url`; connections to it are cut."""
    name = sql.Identifier(make_url(url).database or "")
    _execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _execute(statement: sql.Composed) -> None:
    maintenance = make_url(start()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement)
