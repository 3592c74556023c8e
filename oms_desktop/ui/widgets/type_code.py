"""One big field over the content: a code that cannot be scanned, or a count that is asked for."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.painted import Painted


class TypeCode(Painted):
    """Enter hands over what was typed (`submitted`) and closes; an empty field stays open.

    Where the answer is optional, an empty field is one.
    """

    submitted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._title, self._hint, self._optional = "", "", False
        self.field = QLineEdit(self)
        self.field.setObjectName("code")
        self.field.returnPressed.connect(self._submit)
        self._close = KeyButton(theme, "Close", "x", "Esc", parent=self)
        self._close.clicked.connect(self.close_field)
        parent.installEventFilter(self)
        self.hide()

    def ask(self, title: str, hint: str, *, optional: bool = False) -> None:
        """Open the field, empty, with the keyboard in it."""
        self._title, self._hint, self._optional = title, hint, optional
        self.field.setAccessibleName(title)
        self.field.clear()
        self.say(f"{title}. {hint}")
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_field(self) -> None:
        """Close without handing over anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the content."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        return False

    def restyle(self) -> None:
        """Take over new tokens."""
        super().restyle()
        self._cover()

    def measure(self) -> QSize:
        """It takes the place of the content."""
        return QSize(0, 0)

    def paint(self, canvas: Canvas) -> None:
        """Veil, card, title and hint; the field paints itself."""
        sizes, colours, card = self.theme.sizes, self.theme.colours, self._card()
        canvas.block(self.box(), colours.scrim)
        canvas.card(card, colours.surface, colours.accent.ink, sizes.radius, 2)
        inner = card.adjusted(sizes.pad * 2, sizes.pad, -sizes.pad * 2, -sizes.pad)
        title = QRectF(inner.x(), inner.y(), inner.width(), sizes.h1 * 1.6)
        canvas.line(title, self._title, Ink(sizes.h1, colours.text, 700, least=sizes.body))
        hint = QRectF(inner.x(), inner.bottom() - sizes.action, inner.width() * 0.62, sizes.action)
        canvas.line(hint, self._hint, Ink(sizes.body, colours.text2, 500, least=sizes.micro))

    def _submit(self) -> None:
        text = self.field.text().strip()
        if text or self._optional:
            self.hide()
            self.submitted.emit(text)

    def _card(self) -> QRectF:
        sizes, box = self.theme.sizes, self.box()
        width = min(box.width() - 4 * sizes.margin, sizes.h1 * 28.0)
        height = sizes.pad * 4 + sizes.h1 * 1.6 + sizes.display * 2 + max(sizes.action, sizes.target)
        return QRectF((box.width() - width) / 2, box.height() * 0.24, width, height)

    def _cover(self) -> None:
        content = self.parentWidget()
        if content is not None:
            self.setGeometry(content.rect())
        sizes, card = self.theme.sizes, self._card()
        inner = card.adjusted(sizes.pad * 2, sizes.pad, -sizes.pad * 2, -sizes.pad)
        top = inner.y() + sizes.h1 * 1.6 + sizes.pad * 0.5
        self.field.setGeometry(QRectF(inner.x(), top, inner.width(), sizes.display * 2.0).toRect())
        size = self._close.measure()
        corner = inner.bottomRight()
        self._close.setGeometry(
            round(corner.x()) - size.width(), round(corner.y()) - size.height(), size.width(), size.height()
        )
