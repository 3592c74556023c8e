"""The locations as a table model that changes in place and asks for more when its end is reached."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from oms_desktop.floor.stock_views import StockRow

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
"""Role under which an index gives its `StockRow`."""


class StockColumn(Enum):
    """The columns in their order: title, share of the width, whether numbers stand in it."""

    LOCATION = ("Location", 22, False)
    PRODUCT = ("Product", 24, False)
    ON_HAND = ("On hand", 11, True)
    ALLOCATED = ("Allocated", 12, True)
    AVAILABLE = ("Available", 12, True)
    THRESHOLD = ("to threshold", 19, False)

    @property
    def title(self) -> str:
        """What the header says."""
        return self.value[0]

    @property
    def share(self) -> int:
        """Part of the table's width, in percent."""
        return self.value[1]

    @property
    def is_number(self) -> bool:
        """Whether its cells are written at the right."""
        return self.value[2]


COLUMNS = tuple(StockColumn)


class StockModel(QAbstractTableModel):
    """Rows by id; `set_rows` changes only what differs. `more_asked` is emitted at the end of the list."""

    more_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[StockRow] = []
        self._more = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        """Columns of the table."""
        return 0 if parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - the signature of Qt
        """Whether there are rows that have not been read."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 - the signature of Qt
        """Ask for the next rows once; they come by `set_rows`."""
        self._more = False
        self.more_asked.emit()

    def row(self, number: int) -> StockRow:
        """The row at a position."""
        return self._rows[number]

    def position_of(self, row_id: str) -> int:
        """The position of a row by its id, -1 if it is not among them."""
        return next((number for number, row in enumerate(self._rows) if row.id == row_id), -1)

    def first_at(self, place: str, product: str) -> int:
        """The position of the first row at a place (hex id), or of a product (SKU); -1 for none."""
        for number, row in enumerate(self._rows):
            if (place and row.place == place) or (not place and product and row.sku == product):
                return number
        return -1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The whole row under `ROW`; plain words for screen readers otherwise."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words_of(row, COLUMNS[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def set_rows(self, rows: Sequence[StockRow], *, more: bool) -> None:
        """Take over rows in their order; the same rows in the same order are changed where they stand."""
        if [row.id for row in rows[: len(self._rows)]] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows, self._more = list(rows), more
            self.endResetModel()
            return
        for number, row in enumerate(rows[: len(self._rows)]):
            if self._rows[number] != row:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))
        added = rows[len(self._rows) :]
        if added:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(added) - 1)
            self._rows.extend(added)
            self.endInsertRows()
        self._more = more


def words_of(row: StockRow, column: StockColumn) -> str:
    """A cell in words."""
    if row.blind and column not in (StockColumn.LOCATION, StockColumn.PRODUCT):
        return "being counted"
    match column:
        case StockColumn.LOCATION:
            return row.location
        case StockColumn.PRODUCT:
            return ", ".join(part for part in (row.name, row.sku, detail_of(row)) if part)
        case StockColumn.ON_HAND:
            return f"{row.on_hand:,}"
        case StockColumn.ALLOCATED:
            return f"{row.allocated:,}"
        case StockColumn.AVAILABLE:
            return f"{row.available:,}"
        case StockColumn.THRESHOLD:
            asked = f"refill at {row.reorder_at}" if row.fill_to else "nothing is asked"
            count = ", to count" if row.to_count else ""
            return f"{row.word or 'no threshold'}, {asked}{count}"


def detail_of(row: StockRow) -> str:
    """Lot and condition where they are worth a word."""
    parts = [f"lot {row.lot}"] if row.lot else []
    return ", ".join(parts + ([row.condition] if row.condition != "good" else []))
