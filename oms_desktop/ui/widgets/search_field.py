"""A field for what is sought, told a moment after the last letter or at once by Enter."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

_TYPING_MS = 250


class SearchField(QLineEdit):
    """`sought` carries what is to be found, without blanks around it."""

    sought = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)
        self._typing.timeout.connect(self.seek)
        self.textChanged.connect(self._typing.start)
        self.returnPressed.connect(self.seek)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed that is not told yet."""
        return self._typing.isActive()

    def show_sought(self, text: str) -> None:
        """Show what is sought already: it is not told."""
        self.setText(text)
        self._typing.stop()

    def seek(self) -> None:
        """Tell at once what stands here."""
        self._typing.stop()
        self.sought.emit(self.text().strip())
