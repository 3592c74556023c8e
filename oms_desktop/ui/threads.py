"""The one crossing from other threads to the Qt thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

Work = Callable[[], None]


class Bridge(QObject):
    """Runs on the Qt thread what other threads post. Made on the Qt thread; `post` may be called anywhere."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Work) -> None:
        """Queue work for the Qt thread; returns at once."""
        self._posted.emit(work)

    @Slot(object)
    def _run(self, work: Work) -> None:
        work()
