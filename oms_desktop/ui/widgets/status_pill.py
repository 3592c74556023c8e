"""A status as a pill, and a shape alone."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from oms_desktop.ui.canvas import Canvas, Ink, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.statuses import look_of
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class StatusPill(Painted):
    """A word of the models ("started", "hold", ...) as people see it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._status = ""

    def show_status(self, status: str) -> None:
        """Show a status; empty shows nothing."""
        if status != self._status:
            self._status = status
            self.updateGeometry()
            self.say(look_of(status).label if status else "")

    def measure(self) -> QSize:
        """Shape, word and round ends."""
        pixels = self.theme.sizes.label
        width = line_width(look_of(self._status).label, Ink(pixels, "", 600)) + pixels * 2.8
        return QSize(round(width) if self._status else 0, round(pixels * 2.1))

    def paint(self, canvas: Canvas) -> None:
        """The pill."""
        if self._status:
            look = look_of(self._status)
            canvas.pill(self.box(), look.label, look.mark, self.theme.sizes.label)


class Shape(Painted):
    """A shape of a given height."""

    def __init__(self, theme: Theme, mark: Mark, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._mark, self._pixels = mark, pixels
        self.setAccessibleName(mark.value)

    def show_mark(self, mark: Mark) -> None:
        """Show another shape."""
        if mark is not self._mark:
            self._mark = mark
            self.say(mark.value)

    def measure(self) -> QSize:
        """A square."""
        return QSize(self._pixels, self._pixels)

    def paint(self, canvas: Canvas) -> None:
        """The shape."""
        canvas.mark(self._mark, self.box().adjusted(1, 1, -1, -1))
