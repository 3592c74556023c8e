"""Which order of the queue is chosen: it stays so where its row moves to, and only while that is listed."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex

from oms_desktop.floor.reply import Key
from oms_desktop.floor.words import counted
from oms_desktop.ui.queue_model import QueueModel
from oms_desktop.ui.queue_table import QueueTable

ON_ORDERS = frozenset({Key.ASSIGN, Key.RELEASE, Key.PRIORITY, Key.HOLD, Key.EDIT, Key.MERGE, Key.CANCEL})
"""The keys that act on orders."""

_QUESTIONS: Mapping[Key, str] = {
    Key.ASSIGN: "Whose badge for {}? Empty lets anybody",
    Key.PRIORITY: "Priority of {}: 0 normal, 1 high, 2 top",
    Key.HOLD: "Why must {} wait?",
    Key.CANCEL: "Why is {} cancelled? F9 does not bring it back",
}


class QueueChoice:
    """The order of the current row of the table. `order` is its hex id, "" for none."""

    def __init__(self, table: QueueTable, model: QueueModel) -> None:
        self._table, self._model = table, model
        self.order = ""

    @property
    def is_shown(self) -> bool:
        """Whether the selected row of the table is that of the order."""
        current = self._table.currentIndex()
        if not self.order or not self._table.selectionModel().isSelected(current):
            return False
        return self._model.place(self.order) == current.row()

    def take(self, current: QModelIndex) -> bool:
        """Choose the order of a row, none while that is being read; says whether it is another order."""
        row = self._model.row(current.row()) if current.isValid() else None
        before, self.order = self.order, row.id if row is not None else ""
        return self.order not in ("", before)

    def follow(self) -> bool:
        """Keep the order selected where it has moved to; says whether it is listed."""
        place = self._model.place(self.order) if self.order else None
        if place is None:
            return False
        if place != self._table.currentIndex().row():
            flags, bar = QItemSelectionModel.SelectionFlag, self._table.verticalScrollBar()
            before = bar.value()
            self._table.selectionModel().setCurrentIndex(
                self._model.index(place, 0), flags.ClearAndSelect | flags.Rows
            )
            bar.setValue(before)
        return True

    def questions(self, orders: tuple[str, ...]) -> Mapping[Key, str]:
        """Return what is asked before a key acts on orders, with the number of a single one."""
        place = self._model.place(orders[0]) if len(orders) == 1 else None
        row = self._model.row(place) if place is not None else None
        who = row.order if row is not None else counted(len(orders), "order")
        return {key: words.format(who) for key, words in _QUESTIONS.items()}

    def drop(self) -> None:
        """Choose none."""
        self.order = ""
        self._table.setCurrentIndex(QModelIndex())
        self._table.clearSelection()
