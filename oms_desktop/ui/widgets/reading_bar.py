"""A thin bar that says that what is below it is being read anew; its room is always taken."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted

PATIENCE_MS = 300
"""How long a reading may take before it is shown."""

_HEIGHT = 4


class ReadingBar(Painted):
    """Shows once a reading takes longer than a moment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shows = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE_MS)
        self._wait.timeout.connect(lambda: self._turn(shows=True))

    def show_reading(self, reading: bool) -> None:
        """Tell that a reading has begun, or that it is over."""
        if not reading:
            self._wait.stop()
            self._turn(shows=False)
        elif not self._wait.isActive() and not self.shows:
            self._wait.start()

    def measure(self) -> QSize:
        """A thin line."""
        return QSize(40, _HEIGHT)

    def paint(self, canvas: Canvas) -> None:
        """A line of the accent, or nothing."""
        if self.shows:
            canvas.block(self.box(), self.theme.colours.accent.fill, _HEIGHT / 2)

    def _turn(self, *, shows: bool) -> None:
        self.shows = shows
        self.say("The list is being read" if shows else "")
