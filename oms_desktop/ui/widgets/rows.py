"""A scrolling column of rows that are kept and fed anew, never rebuilt."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from oms_desktop.ui.theme import Theme

R = TypeVar("R", bound=QWidget)
V = TypeVar("V")


class ScrollColumn(QScrollArea):
    """A frameless area that scrolls up and down only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.sizes.space)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)


class Rows(ScrollColumn, Generic[R]):
    """Rows of one kind; `make` builds one when more are needed than there are."""

    def __init__(self, theme: Theme, make: Callable[[], R], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._make = make
        self._rows: list[R] = []

    def shown(self) -> Sequence[R]:
        """The rows that are in use."""
        return [row for row in self._rows if not row.isHidden()]

    def feed(self, values: Sequence[V], paint: Callable[[R, V, int], None], current: int = -1) -> None:
        """Hand each value with its index to a row; scroll to the row at `current`."""
        while len(self._rows) < len(values):
            row = self._make()
            self._rows.append(row)
            self.column.addWidget(row)
        for number, row in enumerate(self._rows):
            if number < len(values):
                paint(row, values[number], number)
            row.setVisible(number < len(values))
        if 0 <= current < len(values):
            QTimer.singleShot(0, self, lambda: self._show_row(current))

    def _show_row(self, number: int) -> None:
        if number < len(self._rows):
            self.ensureWidgetVisible(self._rows[number], 0, 8)
