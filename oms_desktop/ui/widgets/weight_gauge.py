"""The scale: what was expected, what is allowed, what was measured, and the verdict in words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.tokens import Family
from oms_desktop.ui.widgets.painted import Painted


class WeightGauge(Painted):
    """Grams measured (None until weighed), expected and allowed either way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measured: int | None = None
        self._expected, self._tolerance = 0, 0

    def show_weight(self, measured: int | None, expected: int, tolerance: int) -> None:
        """Show a reading in integer grams against what is expected."""
        if (measured, expected, tolerance) != (self._measured, self._expected, self._tolerance):
            self._measured, self._expected, self._tolerance = measured, expected, tolerance
            got = "Not weighed" if measured is None else f"Measured {measured} g"
            self.say(f"{got}, expected {expected} g, tolerance {tolerance} g. {self.verdict()}")

    def verdict(self) -> str:
        """The result in words."""
        if self._measured is None:
            return "not weighed yet"
        over = self._measured - self._expected
        if abs(over) <= self._tolerance:
            return "Within limits"
        return f"{abs(over):,} g too {'heavy' if over > 0 else 'light'}"

    def measure(self) -> QSize:
        """Number, gauge, caption."""
        return QSize(round(self.theme.sizes.h1 * 9), round(self.theme.sizes.h1 * 4.6))

    def paint(self, canvas: Canvas) -> None:
        """The number and the verdict above the gauge."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        right = self._measured is not None and abs(self._measured - self._expected) <= self._tolerance
        family = colours.idle if self._measured is None else colours.ok if right else colours.err
        top = QRectF(0, 0, box.width(), sizes.h1 * 1.7)
        number = "-" if self._measured is None else f"{self._measured:,}"
        big = Ink(round(sizes.display * 0.9), colours.text, 700, least=sizes.h2, mono=True)
        used = canvas.line(top.adjusted(0, 0, -top.width() * 0.45, 0), number, big)
        unit = top.adjusted(used + sizes.space, 0, 0, 0)
        canvas.line(unit, "g", Ink(sizes.h1, colours.text2, 500, mono=True))
        words = Ink(sizes.h2, family.ink, 700, least=sizes.micro, side=Side.RIGHT)
        half = top.adjusted(top.width() * 0.5, 0, 0, 0)
        written = canvas.line(half, self.verdict(), words)
        if self._measured is not None:
            side = sizes.h2 * 1.3
            at = half.right() - written - side - sizes.space
            mark = Mark.RIGHT if right else Mark.WRONG
            canvas.mark(mark, QRectF(at, top.center().y() - side / 2, side, side))
        self._gauge(canvas, box.adjusted(0, top.height(), 0, 0), family)

    def _gauge(self, canvas: Canvas, area: QRectF, family: Family) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        thick = sizes.h2 * 0.9
        track = QRectF(area.x(), area.y() + sizes.h2 * 1.1, area.width(), thick)
        canvas.block(track, colours.sunken, 5)
        if not self._expected:
            return
        span = max(self._tolerance * 8, 1)
        left = self._expected - span / 2
        per_gram = track.width() / span
        band = QRectF(
            track.x() + (self._expected - self._tolerance - left) * per_gram,
            track.y() - 2,
            2 * self._tolerance * per_gram,
            thick + 4,
        )
        canvas.card(band, colours.ok.soft, colours.ok.ink, 4, 2)
        canvas.painter.setBrush(QBrush(colour(colours.ok.ink), Qt.BrushStyle.BDiagPattern))
        canvas.painter.drawRoundedRect(band.adjusted(1, 1, -1, -1), 4, 4)
        middle = track.center().x()
        canvas.rule(middle, track.y() - 3, middle, track.bottom() + 3, colours.ok.ink, 2)
        words = f"expected {self._expected:,} g ± {self._tolerance:,}"
        foot = QRectF(area.x(), band.bottom() + 2, area.width(), sizes.label * 1.7)
        canvas.line(foot, words, Ink(sizes.label, colours.ok.ink, 600, side=Side.CENTRE))
        if self._measured is not None:
            at = min(max(track.x() + (self._measured - left) * per_gram, track.x() + 8), track.right() - 8)
            self._needle(canvas, at, track)

    def _needle(self, canvas: Canvas, at: float, track: QRectF) -> None:
        ink, size = self.theme.colours.text, track.height() * 0.45
        canvas.rule(at, track.y() - 4, at, track.bottom() + 5, ink, 3)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(colour(ink))
        top = track.y() - 2
        points = [
            QPointF(at, top),
            QPointF(at - size, top - size * 1.3),
            QPointF(at + size, top - size * 1.3),
        ]
        canvas.painter.drawPolygon(QPolygonF(points))
