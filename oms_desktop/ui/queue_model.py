"""The queue as a table model that changes in place, so that selection and scroll survive."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from oms_desktop.floor.views import QueueRow
from oms_desktop.ui.statuses import look_of

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
"""Role under which an index gives its `QueueRow`."""


class QueueColumn(Enum):
    """The columns in their order: title and share of the width."""

    ORDER = ("Order", 12)
    DUE = ("Due in", 13)
    STATUS = ("Status", 25)
    CHANNEL = ("Channel", 13)
    ZONES = ("Zones", 9)
    PRIORITY = ("Priority", 9)
    LINES = ("Lines", 7)
    ASSIGNEE = ("Assignee", 12)

    @property
    def title(self) -> str:
        """What the header says."""
        return self.value[0]

    @property
    def share(self) -> int:
        """Part of the table's width, in percent."""
        return self.value[1]


COLUMNS = tuple(QueueColumn)


class QueueModel(QAbstractTableModel):
    """Rows by id; `set_rows` removes, inserts, moves and changes only what differs."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[QueueRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Columns of the table."""
        return 0 if parent.isValid() else len(COLUMNS)

    def row(self, number: int) -> QueueRow:
        """The row at a position."""
        return self._rows[number]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The whole row under `ROW`; plain words for screen readers otherwise."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words(row, COLUMNS[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Take over new rows in their order."""
        self._remove_all_but({row.id for row in rows})
        known = {row.id for row in self._rows}
        for number, row in enumerate(rows):
            if number < len(self._rows) and self._rows[number].id == row.id:
                self._change(number, row)
            elif row.id in known:
                self._move(row, number)
                self._change(number, row)
            else:
                self.beginInsertRows(QModelIndex(), number, number)
                self._rows.insert(number, row)
                self.endInsertRows()

    def _remove_all_but(self, kept: set[str]) -> None:
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].id not in kept:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()

    def _move(self, row: QueueRow, target: int) -> None:
        source = next(number for number, old in enumerate(self._rows) if old.id == row.id)
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target)
        self._rows.insert(target, self._rows.pop(source))
        self.endMoveRows()

    def _change(self, number: int, row: QueueRow) -> None:
        if self._rows[number] != row:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))


def _words(row: QueueRow, column: QueueColumn) -> str:
    """A cell in words."""
    match column:
        case QueueColumn.ORDER:
            return row.order
        case QueueColumn.DUE:
            return row.due
        case QueueColumn.STATUS:
            flag = f", {look_of(row.flag).label}: {row.reason}" if row.flag else ""
            return look_of(row.status).label + flag
        case QueueColumn.CHANNEL:
            return row.channel
        case QueueColumn.ZONES:
            return ", ".join(row.zones)
        case QueueColumn.PRIORITY:
            return priority_word(row.priority)
        case QueueColumn.LINES:
            return str(row.lines)
        case QueueColumn.ASSIGNEE:
            return row.assignee or "nobody"


def priority_word(priority: int) -> str:
    """Words for 0, 1, and 2 or more."""
    return ("norm", "high", "top")[min(max(priority, 0), 2)]
