"""The queue: every order that is open, what is late, what is stuck, and its story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import Filter, KeyFigure, OrderDetail, QueueCount, QueuePage, Remedy, Stuck
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.queue_choice import ON_ORDERS, QueueChoice
from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import QueueModel
from oms_desktop.ui.queue_table import QueueTable
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Column, Row
from oms_desktop.ui.widgets.chip import Chip
from oms_desktop.ui.widgets.chip_row import ChipRow, switched
from oms_desktop.ui.widgets.exceptions_lane import ExceptionsLane
from oms_desktop.ui.widgets.import_strip import ImportStrip
from oms_desktop.ui.widgets.key_figure import FigureRow
from oms_desktop.ui.widgets.list_card import ListCard
from oms_desktop.ui.widgets.order_drawer import OrderDrawer

GREY_ROWS = 12
"""Rows that stand grey until the list was read first."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class QueuePanel(Panel):
    """Key figures, chips, table, exceptions, drawer.

    `filter_changed` carries a `Filter`, `page_asked` the number of a page of it, `row_chosen` the hex id of
    an order that is to be shown in full; `all_asked` wants all orders under the filter ticked.
    `edit_asked` carries the hex id of one that is to be edited.
    `nothing_meant` says that a key was pressed while there is no order for it; else `meant` are their ids.
    """

    filter_changed = Signal(object)
    page_asked = Signal(int)
    row_chosen = Signal(str)
    all_asked = Signal()
    nothing_meant = Signal()
    edit_asked = Signal(str)

    keys = ON_ORDERS | {Key.SOLVE, Key.UNDO, Key.PRINT}
    shortcuts: Mapping[str, Key] = {
        "F3": Key.EDIT,
        "F4": Key.MERGE,
        "F5": Key.ASSIGN,
        "F6": Key.RELEASE,
        "F7": Key.PRIORITY,
        "F8": Key.HOLD,
        "F9": Key.UNDO,
        "F10": Key.CANCEL,
    }
    questions: Mapping[Key, str] = {}
    optional = frozenset({Key.ASSIGN})

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime] = _utc_now, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.model = QueueModel()
        self.table = QueueTable(self.model, QueueDelegate(theme, clock))
        self.list = ListCard(theme, self.table)
        self.search, self.bulk, self.bring = self.list.search, self.list.bulk, self.list.bring
        self.drawer, self._open = OrderDrawer(theme, clock), False
        self.exceptions = ExceptionsLane(theme, clock)
        self.solving: Stuck | None = None
        self._urgent: Mapping[Key, tuple[str, ...]] = {}
        self.meant: tuple[str, ...] = ()
        self.figures, self._chips = FigureRow(theme), ChipRow(theme)
        self._filter, self._zone, self._total = Filter(), "", 0
        self._choice, self._sought = QueueChoice(self.table, self.model), ""
        self.strip = ImportStrip(theme)
        self._old = True
        self._left: datetime | None = None
        self._lay_out()
        self._wire()
        self._restyle()
        self.model.set_size(GREY_ROWS)
        self.drawer.hide()

    @property
    def filter(self) -> Filter:
        """The filter that is on."""
        return self._filter

    @property
    def chips(self) -> dict[str, Chip]:
        """The filters by their names."""
        return self._chips.chips

    @property
    def opened(self) -> str:
        """The id of the order in the drawer, "" while that is closed."""
        return self._choice.order if self._open else ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The id of the order in the drawer or of the selected row; none while another list is awaited."""
        if self._old or self.search.is_typed:
            return ()
        return (self._choice.order,) if self.opened or self._choice.is_shown else ()

    def is_ready(self, key: Key) -> bool:
        """Settle which orders a key is about to act on: ticked, chosen, or those of the big line."""
        if key not in ON_ORDERS:
            return True
        self.meant = self.model.ticks or self.chosen or self._urgent.get(key, ())
        self.questions = self._choice.questions(self.meant)
        if not self.meant:
            self.nothing_meant.emit()
        return bool(self.meant)

    def set_rows(
        self, pages: Sequence[QueuePage], counts: Sequence[QueueCount], size: QueueCount, zone: str = ""
    ) -> None:
        """Take over pages under the filter, how many rows it has, and the counts of all filters.

        `zone` is the one of the person who is signed in.
        """
        self._zone = zone
        self._chips.show_counts(counts, self._filter)
        self._total = next((count.count for count in counts if count.filter == "all"), self._total)
        fresh, self._old = self._old, False
        if fresh:
            self.model.forget()
        chosen = self._choice.order
        self.model.set_size(size.count)
        self._choice.order = chosen  # a shorter table has moved its current row to another order
        for page in pages:
            self.model.take(page)
        self._follow(fresh)
        self.list.show_size(size, self._total, self._filter, self._left)

    def show_reading(self, reading: bool) -> None:
        """Show that the list is being read, once that takes longer; what is there stays."""
        self.list.reading.show_reading(reading)

    def show_last(self, left: datetime | None) -> None:
        """Take over when an order has left last (aware), None for never."""
        self._left = left

    def take_urgent(self, orders: Mapping[Key, tuple[str, ...]]) -> None:
        """Take over which orders a key means while none is ticked or chosen."""
        self._urgent = orders

    def show_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Show the key figures."""
        self.figures.show_figures(figures)

    def show_stuck(self, stuck: Sequence[Stuck], total: int) -> None:
        """Show the orders that need somebody; `total` counts also those that are not among them."""
        self.exceptions.show_stuck(stuck, total)

    def set_filter(self, wanted: Filter) -> None:
        """Turn a filter on and tell it; its rows follow by `set_rows`."""
        if wanted == self._filter:
            return
        self._filter = wanted
        self._chips.show_filter(wanted)
        self._old, self._sought = True, ""
        self.filter_changed.emit(wanted)

    def look_for(self, text: str) -> None:
        """Look for a code that was scanned: an order, a place."""
        self.search.setText(text)
        self.search.seek()

    def look_up(self, text: str, order: str = "") -> None:
        """Look for a code whatever was filtered before, and open an order, a hex id, in the drawer."""
        self.search.show_sought(text)
        self.set_filter(Filter(search=text))
        if order:
            self._choice.order = self._sought = order
            self._open = True
            self.row_chosen.emit(order)
        self._choice.follow()

    def put_aside(self) -> None:
        """Take all ticks away, or else close the drawer, or else end the search."""
        if self.model.ticks:
            self.model.tick(())
        elif self._open:
            self._close()
            self.table.setFocus()
        elif self.search.text():
            self.look_for("")
        else:
            self._choice.drop()

    def show_detail(self, detail: OrderDetail) -> None:
        """Show an order in full in the drawer, if it is still the one that is chosen."""
        if detail.row.id == self.opened:
            self.drawer.show_detail(detail)
            self.drawer.show()

    def open_drawer(self) -> None:
        """Open the drawer for the current row; what it shows is asked for."""
        if self._choice.order and not self._open:
            self._open = True
            self.row_chosen.emit(self._choice.order)

    def _act_on_one(self, key: Key) -> None:
        """Ask for something with the order in the drawer; ticks of others are taken away first."""
        self.model.tick(())
        self.key_asked.emit(key)

    def begin_anew(self) -> None:
        """Forget ticks, choice, filters and search: they were those of who signs out."""
        self.model.tick(())
        self._close()
        self._choice.drop()
        self._show_all()

    def _show_all(self) -> None:
        """Turn all filters off, the search too."""
        self.search.show_sought("")
        self.set_filter(Filter())

    def _choose(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and self._choice.take(current) and self._open:
            self.row_chosen.emit(self._choice.order)

    def _follow(self, fresh: bool) -> None:
        """Keep the chosen order chosen, or let go of it: what is not listed is acted on by no key.

        Under a `fresh` filter the drawer closes as well, unless it shows what was scanned.
        """
        current = self.table.currentIndex()
        if not self._choice.order and current.isValid():
            self._choose(current, current)
        elif not self._choice.follow() and self._choice.order:
            self._not_listed(fresh)

    def _not_listed(self, fresh: bool) -> None:
        if self._open and (not fresh or self._choice.order == self._sought):
            self.table.clearSelection()
            return
        self._close()
        self._choice.drop()

    def _close(self) -> None:
        self._open = False
        self.drawer.hide()

    def _solve(self, stuck: Stuck) -> None:
        """Ask for what solves an order; where a product has to be named, its SKU is typed first."""
        if stuck.remedy is Remedy.ADDRESS:
            self.edit_asked.emit(stuck.order)
            return
        self.solving = stuck
        self.questions = {Key.SOLVE: f"Which SKU is {stuck.asked}?"} if stuck.remedy is Remedy.NAME else {}
        self.key_asked.emit(Key.SOLVE)

    def _wire(self) -> None:
        self.search.sought.connect(lambda text: self.set_filter(replace(self._filter, search=text)))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.model.asked.connect(self.page_asked)
        self.model.ticks_changed.connect(lambda: self.list.show_ticks(len(self.model.ticks)))
        self.exceptions.asked.connect(self._solve)
        self.list.all_again.clicked.connect(self._show_all)
        self._chips.asked.connect(lambda name: self.set_filter(switched(self._filter, name, self._zone)))
        self.table.open_asked.connect(self.open_drawer)
        self.table.minute.timeout.connect(self.drawer.show_due)
        self.drawer.closed.connect(self.put_aside)
        self.drawer.asked.connect(self._act_on_one)
        self.bulk.asked.connect(self.key_asked)
        self.bulk.cleared.connect(self.put_aside)
        QShortcut(QKeySequence("Ctrl+A"), self).activated.connect(self.all_asked)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self.key_asked.emit(Key.PRINT))
        self.theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        row = max(round(self.theme.sizes.row * 0.82), self.theme.sizes.target)
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.horizontalHeader().setFixedHeight(round(self.theme.sizes.label * 2.6))

    def _lay_out(self) -> None:
        left, row, whole = Column(self.theme), Row(self.theme), Column(self.theme)
        left.addWidget(self.list, 1)
        left.addWidget(self.exceptions)
        row.addLayout(left, 13)
        row.addWidget(self.drawer, 5)
        for part in (self.figures, self._chips, self.strip):
            whole.addWidget(part)
        whole.addLayout(row, 1)
        self.setLayout(whole)
