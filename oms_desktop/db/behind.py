"""Write one step behind: the database takes what is made already, while the next is made."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

Job = Callable[[], object]

_SWITCH = 0.0005
"""Seconds after which a busy thread lets another one run. Python's own 5 ms would pass each time that the
database wants the next piece of a job."""


@contextmanager
def one_behind() -> Iterator[Callable[[Job], None]]:
    """Give a function that runs jobs one after another beside its caller; the last runs in the caller itself.

    So a single job costs no thread. Only jobs may use the session until the block is over. What one of them
    raises is raised there, or by one of the next calls, and the jobs after it do not run.
    """
    coming: list[Job] = []
    running: list[Future[object]] = []

    def run(job: Job) -> None:
        while running:
            running.pop().result()
        running.extend(thread.submit(before) for before in coming)
        coming[:] = [job]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    try:
        with ThreadPoolExecutor(1, "behind") as thread:
            yield run
            while running:
                running.pop().result()
            for last in coming:
                last()
    finally:
        sys.setswitchinterval(usual)
