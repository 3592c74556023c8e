"""Several stations at work at the same moment, each with its own connection and thread."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from typing import TypeVar

from sqlalchemy import text

from oms_desktop.db import Database, connect
from oms_desktop.errors import OmsError, StateError
from oms_desktop.station import Person, Station

R = TypeVar("R")


@contextmanager
def station(database: Database, name: str, person: Person | None, options: str = "") -> Iterator[Station]:
    """A station with a connection of its own; `options` are settings of its PostgreSQL session."""
    url = database.engine.url
    if options:
        url = url.update_query_dict({"options": options})
    own = connect(url.render_as_string(hide_password=False))
    yield Station(own, name, person)
    own.close()


def together(
    database: Database, person: Person | None, works: Sequence[Callable[[Station], R]]
) -> list[R | str]:
    """Begin all works at the same moment; returns what each gave, or the code of its refusal."""
    start = Barrier(len(works))

    def run(number: int) -> R | str:
        with station(database, f"STATION-{number}", person) as own:
            start.wait(30)
            try:
                return works[number](own)
            except StateError as error:
                return error.code

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, range(len(works))))


class Waiting:
    """Work in another thread that has to wait for a lock that this thread holds."""

    def __init__(self, database: Database, work: Callable[[], object]) -> None:
        self.error: Exception | None = None
        self._database, self._work = database, work
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except OmsError as error:
            self.error = error

    def until_it_waits(self) -> None:
        """Return as soon as PostgreSQL says that somebody waits for a lock."""
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while True:
            with self._database.reading() as session:
                if session.scalar(waiting):
                    return
            assert self._thread.is_alive(), "it did not wait"
            Event().wait(0.005)

    def join(self) -> None:
        """Wait for the end of the work."""
        self._thread.join(30)
        assert not self._thread.is_alive()
