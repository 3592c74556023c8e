"""A card over the content, which Esc puts away and no other key leaves."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from oms_desktop.ui.canvas import Canvas
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class Overlay(Painted):
    """A child of the content, not a dialog: scans go on reaching the dialogue.

    What stands on the card belongs into `inner`; `closed` tells that it was put away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.inner = QWidget(self)
        parent.installEventFilter(self)
        self.hide()

    def open_card(self) -> None:
        """Show the card in front of all else."""
        self._cover()
        self.show()
        self.raise_()

    def close_card(self) -> None:
        """Put the card away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the shortcuts of the window while the card is open."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the card away; no other key reaches the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the content."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        return False

    def paint(self, canvas: Canvas) -> None:
        """Veil and card; what stands on it paints itself."""
        colours = self.theme.colours
        canvas.block(self.box(), colours.scrim)
        canvas.card(self._card(), colours.surface, colours.accent.ink, self.theme.sizes.radius, 2)

    def restyle(self) -> None:
        """Take over new tokens."""
        super().restyle()
        self._cover()

    def _card(self) -> QRectF:
        margin = self.theme.sizes.margin
        return self.box().adjusted(margin * 2, margin, -margin * 2, -margin)

    def _cover(self) -> None:
        content = self.parentWidget()
        if content is not None:
            self.setGeometry(content.rect())
        pad = self.theme.sizes.pad
        self.inner.setGeometry(self._card().adjusted(pad * 2, pad, -pad * 2, -pad).toRect())
