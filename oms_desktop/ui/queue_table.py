"""The table of the queue: one tab stop, in which letters do nothing, because scanners type letters."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import COLUMNS, QueueColumn, QueueModel


class QueueTable(QTableView):
    """Columns share its width. Space ticks the current row, Ctrl+A asks for all (`all_asked`)."""

    all_asked = Signal()

    def __init__(self, model: QueueModel, delegate: QueueDelegate) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Orders of the queue")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Ctrl+A asks for all; the rest is the table's own."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._rows.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A and control:
            self.all_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box of a row ticks it; any other click chooses the row."""
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if index.isValid() and COLUMNS[index.column()] is QueueColumn.TICK:
            self._rows.toggle(index.row())
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        for number, column in enumerate(COLUMNS[:-1]):
            self.setColumnWidth(number, self.viewport().width() * column.share // 100)
