"""The queue as a table model over pages: a million rows, of which only those near the view are in memory."""

from collections import OrderedDict
from collections.abc import Iterable
from enum import Enum
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from oms_desktop.floor.views import PAGE, QueuePage, QueueRow
from oms_desktop.ui.statuses import look_of

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
"""Role under which an index gives its `QueueRow`, None while it is being read."""

TICKED = ROW + 1
"""Role under which an index tells whether its row is ticked."""

KEPT = 12
"""How many pages stay in memory."""


class QueueColumn(Enum):
    """The columns in their order: title and share of the width."""

    TICK = ("", 5)
    ORDER = ("Order", 12)
    DUE = ("Due in", 13)
    STATUS = ("Status", 23)
    CHANNEL = ("Channel", 11)
    ZONES = ("Zones", 8)
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
    """Rows by their place. `asked` carries the number of a page that is to be read and handed to `take`.

    What was read is kept until `kept` other pages were looked at. Ticks belong to orders, not to places:
    they stay when rows move.
    """

    asked = Signal(int)
    ticks_changed = Signal()

    def __init__(self, kept: int = KEPT) -> None:
        super().__init__()
        self._kept = kept
        self._size = 0
        self._pages: OrderedDict[int, tuple[QueueRow, ...]] = OrderedDict()
        self._waiting: set[int] = set()
        self._ticks: dict[str, None] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Rows of the table, read or not."""
        return 0 if parent.isValid() else self._size

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Columns of the table."""
        return 0 if parent.isValid() else len(COLUMNS)

    def row(self, number: int) -> QueueRow | None:
        """The row at a place; None while it is being read, which this asks for."""
        page, at = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._waiting:
                self._waiting.add(page)
                self.asked.emit(page)
            return None
        self._pages.move_to_end(page)
        return rows[at] if at < len(rows) else None

    def place(self, order: str) -> int | None:
        """The place of an order among the rows in memory."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == order:
                    return page * PAGE + at
        return None

    @property
    def loaded(self) -> tuple[int, ...]:
        """The pages in memory, the one looked at last first."""
        return tuple(reversed(self._pages))

    @property
    def ticks(self) -> tuple[str, ...]:
        """The ids of the ticked orders, in the order of ticking."""
        return tuple(self._ticks)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The whole row under `ROW`; plain words for screen readers otherwise."""
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == TICKED:
            return row is not None and row.id in self._ticks
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row is None:
                return "is being read"
            return self._words(row, COLUMNS[index.column()])
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

    def set_size(self, rows: int) -> None:
        """Make the table longer or shorter at its end."""
        if rows > self._size:
            self.beginInsertRows(QModelIndex(), self._size, rows - 1)
            self._size = rows
            self.endInsertRows()
        elif rows < self._size:
            self.beginRemoveRows(QModelIndex(), rows, self._size - 1)
            self._size = rows
            self.endRemoveRows()

    def take(self, page: QueuePage) -> None:
        """Take over the rows of a page; those that differ are told as changed."""
        number = page.first // PAGE
        before = self._pages.get(number, ())
        self._pages[number] = page.rows
        self._pages.move_to_end(number)
        self._waiting.discard(number)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
        length = min(PAGE, self._size - page.first)
        changed = [at for at in range(length) if not before or _at(page.rows, at) != _at(before, at)]
        for _, run in groupby(enumerate(changed), lambda each: each[1] - each[0]):
            spans = [at for _, at in run]
            self._tell(page.first + spans[0], page.first + spans[-1])

    def forget(self) -> None:
        """Drop all rows: another filter is on, and all of them are to be read anew."""
        self.beginResetModel()
        self._pages.clear()
        self._waiting.clear()
        self._size = 0
        self.endResetModel()

    def toggle(self, number: int) -> None:
        """Tick the row at a place, or take its tick away."""
        row = self.row(number)
        if row is None:
            return
        if self._ticks.pop(row.id, True) is not None:
            self._ticks[row.id] = None
        self._tell(number, number)
        self.ticks_changed.emit()

    def tick(self, orders: Iterable[str]) -> None:
        """Tick exactly these orders."""
        self._ticks = dict.fromkeys(orders)
        if self._size:
            self.dataChanged.emit(self.index(0, 0), self.index(self._size - 1, len(COLUMNS) - 1))
        self.ticks_changed.emit()

    def untick(self, orders: Iterable[str]) -> None:
        """Take the ticks of these orders away."""
        gone = set(orders)
        if gone:
            self.tick(order for order in self.ticks if order not in gone)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _words(self, row: QueueRow, column: QueueColumn) -> str:
        """A cell in words."""
        match column:
            case QueueColumn.TICK:
                return "ticked" if row.id in self._ticks else "not ticked"
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


def _at(rows: tuple[QueueRow, ...], place: int) -> QueueRow | None:
    return rows[place] if place < len(rows) else None


def priority_word(priority: int) -> str:
    """Words for 0, 1, and 2 or more."""
    return ("norm", "high", "top")[min(max(priority, 0), 2)]
