"""The next stops of a tour in order."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import StopView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class StopList(Painted):
    """As many stops as there is room for, then how many more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stops: tuple[StopView, ...] = ()

    def show_stops(self, stops: tuple[StopView, ...]) -> None:
        """Show the stops after the current one."""
        if stops != self._stops or not self.accessibleName():
            self._stops = stops
            words = ". ".join(f"{s.place.code}, {s.left} of {s.product.name}" for s in stops)
            self.say(words or "This is the last stop")

    def measure(self) -> QSize:
        """Four stops."""
        return QSize(self.theme.sizes.body * 18, round(self._row() * 4))

    def least(self) -> QSize:
        """Two stops."""
        return QSize(self.theme.sizes.body * 16, round(self._row() * 2))

    def paint(self, canvas: Canvas) -> None:
        """Two lines a stop: place, count and tote, then the product."""
        sizes, colours, row = self.theme.sizes, self.theme.colours, self._row()
        if not self._stops:
            words = Ink(sizes.body, colours.text2, 500, least=sizes.micro)
            canvas.line(QRectF(0, 0, self.width(), row), "This is the last stop of the tour.", words)
            return
        room = max(1, int(self.height() / row))
        shown = self._stops if len(self._stops) <= room else self._stops[: room - 1]
        for number, stop in enumerate(shown):
            self._stop(canvas, QRectF(0, number * row, self.width(), row), number, stop)
        rest = len(self._stops) - len(shown)
        if rest:
            area = QRectF(0, len(shown) * row, self.width(), row)
            canvas.line(area, f"and {rest} more", Ink(sizes.body, colours.text2, 600))

    def _stop(self, canvas: Canvas, area: QRectF, number: int, stop: StopView) -> None:
        sizes, colours, side = self.theme.sizes, self.theme.colours, self.theme.sizes.h2 * 1.3
        ring = QRectF(area.x(), area.center().y() - side / 2, side, side)
        canvas.card(ring, colours.surface, colours.accent.ink, side / 2, 2)
        canvas.line(ring, str(number + 2), Ink(sizes.label, colours.accent.ink, 700, side=Side.CENTRE))
        text = area.adjusted(side + sizes.space * 1.5, 3, 0, -3)
        top, foot = text.adjusted(0, 0, 0, -text.height() / 2), text.adjusted(0, text.height() / 2, 0, 0)
        tote = Ink(sizes.body, colours.text2, 500, least=10, mono=True, side=Side.RIGHT)
        used = canvas.line(top.adjusted(top.width() * 0.6, 0, 0, 0), stop.tote, tote)
        code = Ink(sizes.body, colours.text, 700, least=10, mono=True)
        canvas.line(top.adjusted(0, 0, -used - sizes.space, 0), stop.place.code, code)
        count = canvas.line(foot, f"{stop.left} ×", Ink(sizes.body, colours.text, 700))
        name = Ink(sizes.body, colours.text2, 500, least=sizes.micro - 1)
        canvas.line(foot.adjusted(count + sizes.space, 0, 0, 0), stop.product.name, name)
        canvas.rule(text.x(), area.bottom() - 0.5, area.right(), area.bottom() - 0.5, colours.line)

    def _row(self) -> float:
        return self.theme.sizes.body * 3.4
