"""Do something at the beginning of each minute, such as ending what was to last until then."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QTimer

_LATE_MS = 50
"""So much later than the minute, because a timer may be a little early."""


class Minutes:
    """Calls `work` on the Qt thread, once at the start and then just after each full minute."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin with what is over already."""
        self.beat()

    def stop(self) -> None:
        """Call no more."""
        self._timer.stop()

    def beat(self) -> None:
        """Do the work now, and again at the next minute."""
        self._work()
        self._timer.start(until_next_minute(datetime.now(UTC)))


def until_next_minute(now: datetime) -> int:
    """Return the milliseconds until just after the next full minute."""
    return 60_000 - now.second * 1000 - now.microsecond // 1000 + _LATE_MS
