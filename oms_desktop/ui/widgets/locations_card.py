"""The locations with their goods: filters, the table, and what stands there when it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.floor.stock_views import StockCount, StockRow
from oms_desktop.ui.row_table import RowTable
from oms_desktop.ui.stock_delegate import StockDelegate
from oms_desktop.ui.stock_model import COLUMNS, StockModel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Row
from oms_desktop.ui.widgets.chip import Chip
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.notice import Notice

_FILTERS = (("all", "All"), ("empty", "Empty"), ("low", "Low"), ("count", "To count"))


class LocationsTable(RowTable):
    """The goods at their places, a row each."""

    def __init__(self, model: StockModel, delegate: StockDelegate) -> None:
        super().__init__(model, delegate, "Locations and their stock", [column.share for column in COLUMNS])


class LocationsCard(Card):
    """`filter_changed` carries a filter's name, `row_chosen` a `StockRow`, `key_asked` a `Key`."""

    filter_changed = Signal(str)
    row_chosen = Signal(object)
    key_asked = Signal(Key)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Locations", "warehouse", parent)
        self.model, self.delegate = StockModel(), StockDelegate(theme)
        self.table = LocationsTable(self.model, self.delegate)
        self.empty = Notice(theme, "warehouse")
        self.chips = {name: Chip(theme, name, label) for name, label in _FILTERS}
        self.move_button = KeyButton(theme, "Move", "arrow-left-right", "F4")
        self.count_button = KeyButton(theme, "Count", "clipboard-check", "F5")
        self._stack = QStackedLayout()
        self._filter, self._total = "all", 0
        self._lay_out()
        self._fit_buttons()
        self.show_looked_up("")
        self.empty.show_words("The stock is being read", "It takes a moment.")
        self._stack.setCurrentIndex(1)

    def show_rows(self, rows: Sequence[StockRow], counts: Sequence[StockCount], *, more: bool) -> None:
        """Take over the rows under the filter and the counts of all filters, in place."""
        for count in counts:
            if count.filter in self.chips:
                self.chips[count.filter].show_count(count.count)
            self._total = count.count if count.filter == "all" else self._total
        self.model.set_rows(rows, more=more)
        if not rows:
            self._say_empty()
        self._stack.setCurrentIndex(0 if rows else 1)

    def show_looked_up(self, code: str) -> None:
        """Say what the rows are narrowed to: a location or a SKU, '' for nothing."""
        self.set_title("Locations", f"only {code}, Esc shows all" if code else "scan a location or a product")

    def set_filter(self, name: str) -> None:
        """Mark a filter as on; rows under it follow by `show_rows`."""
        self._filter = name
        for chip in self.chips.values():
            chip.setChecked(chip.name == name)

    def select(self, place: str, product: str) -> None:
        """Select the first row at a place (hex id), else of a product (SKU), and bring it into sight."""
        number = self.model.first_at(place, product)
        selection = self.table.selectionModel()
        if number < 0:
            selection.clear()
        elif self.table.currentIndex().row() != number or not selection.hasSelection():
            self.table.selectRow(number)
            self.table.scrollTo(self.model.index(number, 0))

    def restyle(self) -> None:
        """Take over new tokens."""
        self._fit_buttons()
        super().restyle()

    def _say_empty(self) -> None:
        if self._filter == "all":
            self.empty.show_words("Nothing lies here", "Goods that are received or moved here show at once.")
        else:
            self.empty.show_words("Nothing here", f"{self._total:,} without this filter.")

    def _press(self, name: str) -> None:
        self.set_filter(name)
        self.filter_changed.emit(name)

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(self.model.row(current.row()))

    def _lay_out(self) -> None:
        top = Row(self.theme)
        for chip in self.chips.values():
            chip.clicked.connect(lambda _=False, name=chip.name: self._press(name))
            top.addWidget(chip)
        top.addStretch(1)
        for button, key in ((self.move_button, Key.MOVE), (self.count_button, Key.COUNT)):
            button.clicked.connect(lambda _=False, asked=key: self.key_asked.emit(asked))
            top.addWidget(button)
        top.setSpacing(self.theme.sizes.space)
        self.column.addLayout(top)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.column.addLayout(self._stack, 1)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.set_filter("all")

    def _fit_buttons(self) -> None:
        sizes = self.theme.sizes
        for button in (self.move_button, self.count_button):
            button.setFixedHeight(sizes.target)
            button.setFixedWidth(button.measure().width() - sizes.pad)
        self.table.verticalHeader().setDefaultSectionSize(max(round(sizes.row * 0.95), sizes.target))
        self.table.horizontalHeader().setFixedHeight(round(sizes.label * 2.2))
