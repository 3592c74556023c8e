"""How far a tour or a list has come."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class ProgressCard(Painted):
    """A caption, "11 of 28 lines", and a bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._caption, self._done, self._total, self._unit = "", 0, 0, ""

    def show_progress(self, caption: str, done: int, total: int, unit: str) -> None:
        """Show that `done` of `total` units are finished."""
        if (caption, done, total, unit) != (self._caption, self._done, self._total, self._unit):
            self._caption, self._done, self._total, self._unit = caption, done, total, unit
            self.say(f"{caption}: {done} of {total} {unit}")

    def measure(self) -> QSize:
        """Two lines high."""
        return QSize(self.theme.sizes.h2 * 18, round(self.theme.sizes.h2 * 3.1))

    def least(self) -> QSize:
        """Narrower: words shrink a little first."""
        return QSize(self.theme.sizes.body * 12, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Words over the bar."""
        sizes, colours = self.theme.sizes, self.theme.colours
        canvas.card(self.box(), colours.surface, colours.line, sizes.radius)
        inner = self.box().adjusted(sizes.pad, sizes.h2 * 0.4, -sizes.pad, -sizes.h2 * 0.55)
        top = QRectF(inner.x(), inner.y(), inner.width(), sizes.h2 * 1.3)
        count = f"{self._done} of {self._total} {self._unit}"
        used = canvas.line(top, count, Ink(sizes.h2, colours.text, 700, side=Side.RIGHT))
        caption = Ink(sizes.body, colours.text2, 600, least=sizes.micro)
        canvas.line(top.adjusted(0, 0, -used - sizes.space, 0), self._caption, caption)
        thick = sizes.h2 * 0.55
        track = QRectF(inner.x(), inner.bottom() - thick, inner.width(), thick)
        canvas.bar(track, self._done / self._total if self._total else 0.0, colours.accent.fill)
