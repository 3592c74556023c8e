"""The table of the queue: rows that can be ticked."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import COLUMNS, QueueColumn, QueueModel
from oms_desktop.ui.row_table import RowTable

_MINUTE_MS = 60_000


class QueueTable(RowTable):
    """Columns share its width. Space ticks the current row.

    Right, or a click on a row, asks to open it (`open_asked`). Each minute it is painted anew.
    """

    open_asked = Signal()

    def __init__(self, model: QueueModel, delegate: QueueDelegate) -> None:
        super().__init__(model, delegate, "Orders of the queue", [column.share for column in COLUMNS])
        self._rows = model
        self.minute = QTimer(self)
        self.minute.setInterval(_MINUTE_MS)
        self.minute.timeout.connect(self.viewport().update)
        self.minute.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Right opens; the rest is the table's own."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._rows.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Right:
            self.open_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box of a row ticks it; any other click chooses the row."""
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if index.isValid() and COLUMNS[index.column()] is QueueColumn.TICK:
            self._rows.toggle(index.row())
            return
        super().mousePressEvent(event)
        if index.isValid():
            self.open_asked.emit()
