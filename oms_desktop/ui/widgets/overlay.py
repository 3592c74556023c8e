"""A card over the content, which Esc puts away and which the keyboard does not leave."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

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
        # A button is not focused by a click, and whoever stands behind the card would be.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
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

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Keep Tab on the card: behind its last field comes its first."""
        reason = Qt.FocusReason.TabFocusReason if ahead else Qt.FocusReason.BacktabFocusReason
        begun: QWidget = QApplication.focusWidget() or self
        at = begun.nextInFocusChain() if ahead else begun.previousInFocusChain()
        while at is not None and at is not begun:
            if self.isAncestorOf(at) and _takes_tab(at):
                at.setFocus(reason)
                return True
            at = at.nextInFocusChain() if ahead else at.previousInFocusChain()
        return False

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


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
