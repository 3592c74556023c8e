"""A strand: one thread that does one thing after the other.

The station has two, one for dialogues and verbs, one for the queries of screens. What a strand is asked
comes back through a callback on that strand; the caller carries it to its own thread.
"""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread

log = logging.getLogger(__name__)

Work = Callable[[], None]


class Strand:
    """A named thread with a queue of work. Started at once; `stop` finishes what is queued."""

    def __init__(self, name: str, on_error: Callable[[Exception], None]) -> None:
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._on_error = on_error
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, work: Work) -> None:
        """Queue work; returns at once."""
        self._queue.put(work)

    def drain(self) -> None:
        """Wait until everything queued so far is done."""
        done = Event()
        self.put(done.set)
        done.wait()

    def stop(self) -> None:
        """Finish what is queued and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            except Exception as error:
                log.exception("%s failed", self._thread.name)
                self._on_error(error)
