"""Lucide icons, drawn at the device's own pixels in the colour that is asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from oms_desktop.settings import resource


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw the icon `name` centred in `rect` (square of its shorter side), stroked in `colour`."""
    side = min(rect.width(), rect.height())
    square = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(square.topLeft(), _pixmap(name, round(side * ratio), colour, ratio))


@lru_cache(maxsize=512)
def _pixmap(name: str, pixels: int, colour: str, ratio: float) -> QPixmap:
    """A rendering of an icon `pixels` device pixels wide; rendered once per colour and size."""
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    """The icon's drawing with `colour` in place of ``currentColor``."""
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))
