"""A carton in plain isometry with its inner size in centimetres."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import CartonView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.widgets.painted import Painted

_COS30, _SIN30 = 0.866, 0.5


class CartonPicture(Painted):
    """Proportions as they are; length to the left, width to the right, height at the side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._carton: CartonView | None = None

    def show_carton(self, carton: CartonView | None) -> None:
        """Show a carton of the catalogue, or none yet."""
        if carton != self._carton or not self.accessibleName():
            self._carton = carton
            self.say(f"Carton {carton.code}, {size_in_words(carton)}" if carton else "No carton yet")

    def measure(self) -> QSize:
        """A square."""
        return QSize(self.theme.sizes.h1 * 9, self.theme.sizes.h1 * 9)

    def least(self) -> QSize:
        """Small, but still a box."""
        return QSize(self.theme.sizes.h1 * 5, self.theme.sizes.h1 * 4)

    def paint(self, canvas: Canvas) -> None:
        """Three faces and their sizes."""
        if self._carton is None:
            return
        carton, sizes = self._carton, self.theme.sizes
        area = self.box().adjusted(sizes.label * 5.8, sizes.h2, -sizes.label * 5.8, -sizes.h2 * 1.4)
        wide = (carton.length_mm + carton.width_mm) * _COS30
        high = (carton.length_mm + carton.width_mm) * _SIN30 + carton.height_mm
        scale = min(area.width() / wide, area.height() / high)
        left = QPointF(-carton.length_mm * _COS30 * scale, -carton.length_mm * _SIN30 * scale)
        right = QPointF(carton.width_mm * _COS30 * scale, -carton.width_mm * _SIN30 * scale)
        up = QPointF(0, -carton.height_mm * scale)
        foot = QPointF(
            area.center().x() - (left.x() + right.x()) / 2,
            area.center().y() + high * scale / 2,
        )
        for points, fill in (
            ((foot, foot + left, foot + left + up, foot + up), self.theme.colours.sunken),
            ((foot, foot + right, foot + right + up, foot + up), self.theme.colours.idle.soft),
            (
                (foot + up, foot + left + up, foot + left + right + up, foot + right + up),
                self.theme.colours.surface2,
            ),
        ):
            canvas.painter.setPen(QPen(colour(self.theme.colours.text2), 2, j=Qt.PenJoinStyle.RoundJoin))
            canvas.painter.setBrush(colour(fill))
            canvas.painter.drawPolygon(QPolygonF(list(points)))
        self._note(canvas, foot + left / 2, carton.length_mm, QPointF(-1.6, 0.7))
        self._note(canvas, foot + right / 2, carton.width_mm, QPointF(1.6, 0.7))
        self._note(canvas, foot + right + up / 2, carton.height_mm, QPointF(1.9, 0))

    def _note(self, canvas: Canvas, at: QPointF, millimetres: int, away: QPointF) -> None:
        pixels = self.theme.sizes.label
        spot = at + away * pixels * 1.3
        room = QRectF(spot.x() - pixels * 3, spot.y() - pixels, pixels * 6, pixels * 2)
        ink = Ink(pixels, self.theme.colours.text2, 600, side=Side.CENTRE)
        canvas.line(room, f"{millimetres / 10:g} cm", ink)


def size_in_words(carton: CartonView) -> str:
    """Inner length, width and height in centimetres."""
    sides = (carton.length_mm, carton.width_mm, carton.height_mm)
    return " × ".join(f"{side / 10:g}" for side in sides) + " cm"
