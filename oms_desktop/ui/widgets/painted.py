"""Bases of everything that is painted: a widget, and a button that neither Enter nor a letter presses."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Written
from oms_desktop.ui.theme import Theme


class Painted(QWidget):
    """A widget that paints itself from plain values.

    Subclasses write `paint`; `measure` is the size it wants (and its least size unless `least` is
    written too). `written` tells what the last paint wrote.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.written = Written()
        theme.changed.connect(self.restyle)

    def paint(self, canvas: Canvas) -> None:
        """Paint the whole widget."""

    def measure(self) -> QSize:
        """The size in logical pixels that shows everything."""
        return QSize(0, 0)

    def least(self) -> QSize:
        """The least size that is still useful."""
        return self.measure()

    def say(self, sentence: str) -> None:
        """Set the sentence for screen readers and paint anew."""
        if sentence != self.accessibleName():
            self.setAccessibleName(sentence)
        self.update()

    def box(self) -> QRectF:
        """The widget's own rectangle."""
        return QRectF(self.rect())

    def restyle(self) -> None:
        """Take over new tokens."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """What `measure` says."""
        return self.measure()

    def minimumSizeHint(self) -> QSize:
        """What `least` says."""
        return self.least()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme's canvas."""
        painter = QPainter(self)
        self.paint(Canvas(painter, self.theme, self.written, self.height()))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the system's palette changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


class Flowing(Painted):
    """As high as its words need in the width it has; `heightForWidth` says how high that is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def measure(self) -> QSize:
        """At the usual width of a side column, as high as a narrower one needs: no layout gives more."""
        wide = self.theme.sizes.h1 * 14
        return QSize(wide, self.heightForWidth(min(wide, self.width()) if self.isVisible() else wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the new width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Pressed(QAbstractButton):
    """A painted button. Scanners end with Enter, so Enter never presses it; Space and the mouse do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.written = Written()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.restyle)

    def paint(self, canvas: Canvas) -> None:
        """Paint the whole button."""

    def measure(self) -> QSize:
        """The size in logical pixels that shows everything, at least 48 high."""
        return QSize(self.theme.sizes.target, self.theme.sizes.target)

    def body(self) -> QRectF:
        """The rectangle of the button itself: smaller while the focus ring stands round it."""
        inset = self.theme.sizes.focus + 2 if self.hasFocus() else 0
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)

    def restyle(self) -> None:
        """Take over new tokens."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """What `measure` says."""
        return self.measure()

    def minimumSizeHint(self) -> QSize:
        """What `measure` says: a button is never cut."""
        return self.measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme's canvas, and the focus ring outside a gap."""
        painter = QPainter(self)
        canvas = Canvas(painter, self.theme, self.written, self.height())
        self.paint(canvas)
        if self.hasFocus():
            ring, sizes = QRectF(self.rect()), self.theme.sizes
            painter.setBrush(Qt.BrushStyle.NoBrush)
            canvas.card(ring, "#00000000", self.theme.colours.focus, sizes.well + 3, sizes.focus)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to whom it concerns."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
