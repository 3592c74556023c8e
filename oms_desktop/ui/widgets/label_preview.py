"""The label as it is printed; paper is white by night, too."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class LabelPreview(Painted):
    """A PNG, scaled to the room there is; without one, a sheet of paper that says so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._path, self._picture = "", QPixmap()
        self._scaled = QPixmap()
        self.setAccessibleName("No label yet")

    def show_file(self, path: str) -> None:
        """Show the picture in a file; an empty path clears it."""
        if path != self._path:
            self._path = path
            self._picture = QPixmap(path) if path else QPixmap()
            self._scaled = QPixmap()
            self.say("Label as printed" if not self._picture.isNull() else "No label yet")

    def measure(self) -> QSize:
        """A sheet of 4 by 6."""
        return QSize(self.theme.sizes.h1 * 9, round(self.theme.sizes.h1 * 13.5))

    def least(self) -> QSize:
        """Smaller than readable, but recognisable."""
        return QSize(self.theme.sizes.h1 * 5, round(self.theme.sizes.h1 * 6))

    def paint(self, canvas: Canvas) -> None:
        """The sheet, centred."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        size = self._picture.size() if not self._picture.isNull() else QSize(400, 600)
        room = QSize(self.width(), self.height())
        fit = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRectF(
            (box.width() - fit.width()) / 2, (box.height() - fit.height()) / 2, fit.width(), fit.height()
        )
        canvas.card(sheet, colours.paper, colours.line, 4)
        if self._picture.isNull():
            words = Ink(sizes.body, colours.print, 500, least=sizes.micro, side=Side.CENTRE)
            canvas.line(sheet.adjusted(8, 0, -8, 0), "No label yet", words)
            return
        ratio = self.devicePixelRatioF()
        wanted = fit * ratio
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._picture.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        canvas.painter.drawPixmap(sheet.topLeft(), self._scaled)
