"""Notice that somebody else has changed the database.

SQLite has no way to tell other processes: `PRAGMA data_version` is asked twice a second, the one poll
the program makes. (A shared PostgreSQL will tell by NOTIFY.)
"""

import logging
from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from oms_desktop.db import Database

log = logging.getLogger(__name__)

INTERVAL = 0.5
"""Seconds between two looks."""


class Notices:
    """Calls `on_change` from its own thread after a commit of any connection but its own."""

    def __init__(self, database: Database, on_change: Callable[[], None]) -> None:
        self._database = database
        self._on_change = on_change
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="notices", daemon=True)

    def start(self) -> None:
        """Begin to watch; a PostgreSQL is not watched."""
        if self._database.embedded:
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        try:
            with self._database.changes() as version:
                self._look(version)
        except DBAPIError:
            log.exception("changes of other programs are not noticed any more")

    def _look(self, version: Callable[[], int]) -> None:
        seen = version()
        while not self._stop.wait(INTERVAL):
            now = version()
            if now != seen:
                self._on_change()
            seen = now
