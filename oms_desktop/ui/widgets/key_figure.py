"""A key figure: name, number, how it changes, and its curve with the line of the plan."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import KeyFigure
from oms_desktop.ui.canvas import Canvas, Ink, line_width
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.tokens import Family
from oms_desktop.ui.widgets.boxes import Row
from oms_desktop.ui.widgets.painted import Painted

_NO_FIGURE = KeyFigure("", "", "")


class KeyFigureCard(Painted):
    """One figure on a card; the curve takes the right half."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._figure = _NO_FIGURE

    def show_figure(self, figure: KeyFigure) -> None:
        """Show a figure."""
        if figure != self._figure:
            self._figure = figure
            value = f"{figure.value} {figure.unit}".strip() or "none"
            self.say(f"{figure.title}: {value}, {figure.change}")

    def measure(self) -> QSize:
        """Three lines beside the curve."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 12, round(sizes.body * 5.5))

    def least(self) -> QSize:
        """Narrower: the curve gives way."""
        return QSize(self.theme.sizes.body * 8, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Name, number, change; the curve at the right."""
        sizes, colours, figure, box = self.theme.sizes, self.theme.colours, self._figure, self.box()
        canvas.card(box, colours.surface, colours.line, sizes.radius)
        room = box.adjusted(sizes.pad * 0.9, sizes.space * 0.6, -sizes.pad * 0.9, -sizes.space * 0.6)
        third = room.height() / 3.3
        title = Ink(sizes.label, colours.text2, 600, least=sizes.micro - 2)
        canvas.line(QRectF(room.x(), room.y(), room.width(), third), figure.title, title)
        number = Ink(sizes.h1, colours.text, 700, least=sizes.body)
        middle = QRectF(room.x(), room.y() + third, room.width() * 0.52, third * 1.3)
        unit = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2)
        tail = line_width(figure.unit, unit) + 6 if figure.unit else 0.0
        used = canvas.line(middle.adjusted(0, 0, -tail, 0), figure.value or "–", number)
        if figure.value:
            canvas.line(middle.adjusted(used + 5, third * 0.2, 6, 0), figure.unit, unit)
        below = QRectF(room.x(), room.bottom() - third, room.width() * 0.56, third)
        self._change(canvas, below if figure.trend else below.adjusted(0, 0, room.width() * 0.44, 0))
        if len(figure.trend) > 1:
            curve = QRectF(room.x() + room.width() * 0.58, room.y() + third * 0.9, room.width() * 0.4, 0)
            self._curve(canvas, QRectF(curve.topLeft(), QPointF(curve.right() - 3, room.bottom() - 4)))

    def _change(self, canvas: Canvas, area: QRectF) -> None:
        sizes, colours, figure = self.theme.sizes, self.theme.colours, self._figure
        ink = colours.text2
        if figure.good is not None:
            ink = colours.ok.ink if figure.good else colours.err.ink
            side = sizes.label * 1.1
            icon = "trending-up" if figure.rising else "trending-down"
            canvas.icon(icon, QRectF(area.x(), area.y(), side, area.height()), ink)
            area = area.adjusted(side + 4, 0, 0, 0)
        canvas.line(area, figure.change, Ink(sizes.micro, ink, 600, least=sizes.micro - 3))

    def _family(self) -> Family:
        colours = self.theme.colours
        return {"due": colours.warn, "stuck": colours.err}.get(self._figure.name, colours.accent)

    def _curve(self, canvas: Canvas, area: QRectF) -> None:
        figure, ink = self._figure, self._family().ink
        heights = [*figure.trend, *([figure.plan] if figure.plan is not None else [])]
        low, high = min(heights), max(heights)
        points = _points(figure.trend, area, low, high)
        if high > low:
            self._shade(canvas, points, area, ink)
        painter = canvas.painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if figure.plan is not None:
            y = area.bottom() - _share(figure.plan, low, high) * area.height()
            painter.setPen(QPen(colour(self.theme.colours.text2), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
        join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(colour(ink), 2, Qt.PenStyle.SolidLine, cap, join))
        painter.drawPolyline(QPolygonF(points))
        dot = points[0 if figure.name == "due" else -1]
        canvas.block(QRectF(dot.x() - 3.5, dot.y() - 3.5, 7, 7), ink, 3.5)

    def _shade(self, canvas: Canvas, points: Sequence[QPointF], area: QRectF, ink: str) -> None:
        path = QPainterPath(QPointF(points[0].x(), area.bottom()))
        for point in points:
            path.lineTo(point)
        path.lineTo(points[-1].x(), area.bottom())
        veil = QLinearGradient(area.topLeft(), area.bottomLeft())
        for at, opaque in ((0.0, 0.28), (1.0, 0.0)):
            tint = QColor(colour(ink))
            tint.setAlphaF(opaque)
            veil.setColorAt(at, tint)
        canvas.painter.fillPath(path, veil)


class FigureRow(QWidget):
    """The key figures side by side, all of one width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row = theme, Row(theme)
        self.cards: dict[str, KeyFigureCard] = {}
        self.setLayout(self._row)
        self.setAccessibleName("Key figures")
        self.hide()

    def show_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Show figures, each on its card; without any the row is not there."""
        for figure in figures:
            if figure.name not in self.cards:
                card = self.cards[figure.name] = KeyFigureCard(self._theme)
                self._row.addWidget(card, 1)
            self.cards[figure.name].show_figure(figure)
        self.setVisible(bool(figures))


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _points(values: Sequence[float], area: QRectF, low: float, high: float) -> list[QPointF]:
    step = area.width() / (len(values) - 1)
    return [
        QPointF(area.x() + number * step, area.bottom() - _share(value, low, high) * area.height())
        for number, value in enumerate(values)
    ]
