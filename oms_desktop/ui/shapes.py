"""The shapes that repeat what a colour says, so that nothing depends on colour alone."""

from collections.abc import Callable
from enum import Enum
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from oms_desktop.ui.theme import colour
from oms_desktop.ui.tokens import Colours, Family


class Mark(Enum):
    """What a shape means."""

    RIGHT = "right"
    WRONG = "wrong"
    LOOK_OUT = "look out"
    MOVE = "your move"
    WAITS = "waits"
    RING = "new"
    QUARTER = "released"
    HALF = "picking"
    THREE_QUARTERS = "picked"
    FULL = "packed"
    CANCELLED = "cancelled"


_QUARTERS = {Mark.RING: 0, Mark.QUARTER: 1, Mark.HALF: 2, Mark.THREE_QUARTERS: 3, Mark.FULL: 4}


def family_of(mark: Mark, colours: Colours) -> Family:
    """The colour family that goes with a shape."""
    return {
        Mark.RIGHT: colours.ok,
        Mark.WRONG: colours.err,
        Mark.LOOK_OUT: colours.warn,
        Mark.WAITS: colours.idle,
        Mark.RING: colours.idle,
        Mark.CANCELLED: colours.idle,
    }.get(mark, colours.accent)


def draw_mark(painter: QPainter, mark: Mark, rect: QRectF, fill: str, ink: str) -> None:
    """Draw a shape centred in `rect`: body in `fill`, sign in `ink`; rings use `fill` alone."""
    side = min(rect.width(), rect.height())
    box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill))
    if mark in _QUARTERS:
        _ring(painter, box, _QUARTERS[mark], fill)
    else:
        _SOLID[mark](painter, box, fill, ink)
    painter.restore()


def _pen(ink: str, width: float) -> QPen:
    return QPen(colour(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _strokes(painter: QPainter, box: QRectF, ink: str, *lines: tuple[tuple[float, float], ...]) -> None:
    """Polylines in parts of the box, 0 to 1."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, box.width() * 0.11))
    for line in lines:
        points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in line]
        painter.drawPolyline(QPolygonF(points))


def _tick(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    painter.drawEllipse(box)
    _strokes(painter, box, ink, ((0.29, 0.53), (0.44, 0.67), (0.72, 0.36)))


def _octagon(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    turn = [pi / 8 + number * pi / 4 for number in range(8)]
    half = box.width() / 2 / cos(pi / 8)
    painter.drawPolygon(QPolygonF([box.center() + QPointF(half * cos(a), half * sin(a)) for a in turn]))
    _strokes(painter, box, ink, ((0.34, 0.34), (0.66, 0.66)), ((0.66, 0.34), (0.34, 0.66)))


def _triangle(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    inner = box.adjusted(box.width() * 0.06, box.width() * 0.08, -box.width() * 0.06, -box.width() * 0.1)
    painter.setPen(_pen(fill, box.width() * 0.12))
    painter.drawPolygon(
        QPolygonF([QPointF(inner.center().x(), inner.top()), inner.bottomRight(), inner.bottomLeft()])
    )
    _strokes(painter, box, ink, ((0.5, 0.36), (0.5, 0.6)), ((0.5, 0.77), (0.5, 0.775)))


def _arrow(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    painter.drawRoundedRect(box, box.width() * 0.2, box.width() * 0.2)
    _strokes(painter, box, ink, ((0.28, 0.5), (0.72, 0.5)), ((0.53, 0.31), (0.72, 0.5), (0.53, 0.69)))


def _bars(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    painter.drawRoundedRect(box, box.width() * 0.16, box.width() * 0.16)
    _strokes(painter, box, ink, ((0.38, 0.32), (0.38, 0.68)), ((0.62, 0.32), (0.62, 0.68)))


def _struck(painter: QPainter, box: QRectF, fill: str, ink: str) -> None:
    _ring(painter, box, 0, fill)
    _strokes(painter, box, fill, ((0.24, 0.24), (0.76, 0.76)))


def _ring(painter: QPainter, box: QRectF, quarters: int, fill: str) -> None:
    edge = max(1.5, box.width() * 0.1)
    painter.setPen(QPen(colour(fill), edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill))
    inset = edge * 2
    painter.drawPie(box.adjusted(inset, inset, -inset, -inset), 90 * 16, -quarters * 90 * 16)


_Draw = Callable[[QPainter, QRectF, str, str], None]
_SOLID: dict[Mark, _Draw] = {
    Mark.RIGHT: _tick,
    Mark.WRONG: _octagon,
    Mark.LOOK_OUT: _triangle,
    Mark.MOVE: _arrow,
    Mark.WAITS: _bars,
    Mark.CANCELLED: _struck,
}
