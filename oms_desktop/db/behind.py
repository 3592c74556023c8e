"""Work one step behind: the database takes or finds rows, while those before them are made or read."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

Job = Callable[[], Any]

_SWITCH = 0.0005
"""Seconds after which a busy thread lets another one run. Python's own 5 ms would pass each time that the
database wants the next piece of a job."""


class Behind:
    """Runs jobs one after another beside its caller, who is never more than one job ahead."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._running: Future[Any] | None = None

    def run(self, job: Job, *, last: bool = False) -> None:
        """Run a job when the one before is done; the last in its caller: a single one costs no thread.

        Raises what the job before has raised.
        """
        self.wait()
        if last:
            self._running = Future()
            self._running.set_result(job())
        else:
            self._running = self._thread.submit(job)

    def wait(self) -> Any:
        """Wait for the job that runs, and return what it returns or raise what it raises."""
        running, self._running = self._running, None
        return None if running is None else running.result()


@contextmanager
def one_behind() -> Iterator[Behind]:
    """Give a `Behind`; until the block is over only its jobs may use the session."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    try:
        with ThreadPoolExecutor(1, "behind") as thread:
            behind = Behind(thread)
            yield behind
            behind.wait()
    finally:
        sys.setswitchinterval(usual)
