"""The queue: every order that is open, what is late, what is stuck, and its story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import (
    Filter,
    KeyFigure,
    OrderDetail,
    QueueCount,
    QueuePage,
    Remedy,
    Stuck,
)
from oms_desktop.ui.canvas import Side
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import QueueModel
from oms_desktop.ui.queue_table import QueueTable
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.bulk_bar import BulkBar
from oms_desktop.ui.widgets.chip import Chip
from oms_desktop.ui.widgets.chip_row import ChipRow, switched
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.exceptions_lane import ExceptionsLane
from oms_desktop.ui.widgets.import_strip import ImportStrip
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.key_figure import FigureRow
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.order_drawer import OrderDrawer

_MINUTE_MS = 60_000
_TYPING_MS = 250


def _utc_now() -> datetime:
    return datetime.now(UTC)


class QueuePanel(Panel):
    """Key figures, chips, table, exceptions, drawer.

    `filter_changed` carries a `Filter`, `page_asked` the number of a page of it, `row_chosen` the hex id of
    an order that is to be shown in full; `all_asked` wants all orders under the filter ticked.
    """

    filter_changed = Signal(object)
    page_asked = Signal(int)
    row_chosen = Signal(str)
    all_asked = Signal()

    keys = frozenset({Key.ASSIGN, Key.RELEASE, Key.PRIORITY, Key.HOLD, Key.SOLVE, Key.UNDO, Key.PRINT})
    shortcuts: Mapping[str, Key] = {
        "F5": Key.ASSIGN,
        "F6": Key.RELEASE,
        "F7": Key.PRIORITY,
        "F8": Key.HOLD,
        "F9": Key.UNDO,
    }
    questions: Mapping[Key, str] = {
        Key.ASSIGN: "Whose badge? Empty lets anybody",
        Key.PRIORITY: "Priority: 0 normal, 1 high, 2 top",
        Key.HOLD: "Why must they wait?",
    }

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime] = _utc_now, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.model = QueueModel()
        self.table = QueueTable(self.model, QueueDelegate(theme, clock))
        self.search, self.shown = QLineEdit(), CodeText(theme, "body", side=Side.RIGHT)
        self.empty, self.bulk = Notice(theme, "inbox"), BulkBar(theme)
        self.drawer, self._open = OrderDrawer(theme, clock), False
        self.exceptions = ExceptionsLane(theme, clock)
        self.solving: Stuck | None = None
        self.figures, self._chips = FigureRow(theme), ChipRow(theme)
        self._filter, self._zone, self._total, self._chosen = Filter(), "", 0, ""
        self.bring, self.strip = KeyButton(theme, "Import", "arrow-down-to-line"), ImportStrip(theme)
        self._card = Card(theme, "", "")
        self._stack, self._tools = QStackedLayout(), QStackedLayout()
        self._typing = QTimer(self)
        self._lay_out()
        self._wire()
        self._restyle()
        self.set_rows((), (), QueueCount("all", 0))
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
        return self._chosen if self._open else ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The id of the order of the current row, if there is one."""
        return (self._chosen,) if self._chosen else ()

    def set_rows(
        self, pages: Sequence[QueuePage], counts: Sequence[QueueCount], size: QueueCount, zone: str = ""
    ) -> None:
        """Take over pages under the filter, how many rows it has, and the counts of all filters.

        `zone` is the one of the person who is signed in.
        """
        self._zone = zone
        self._chips.show_counts(counts, self._filter)
        self._total = next((count.count for count in counts if count.filter == "all"), self._total)
        self.model.set_size(size.count)
        for page in pages:
            self.model.take(page)
        self._follow()
        self.shown.show_text(f"{size.count:,}{'+' if size.more else ''} of {self._total:,} shown")
        if not size.count:
            self._say_empty()
        self._stack.setCurrentIndex(0 if size.count else 1)

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
        self.model.forget()
        self.filter_changed.emit(wanted)

    def look_for(self, text: str) -> None:
        """Look for a code that was scanned: an order, a place."""
        self.search.setText(text)
        self._search()

    def look_up(self, text: str, order: str = "") -> None:
        """Look for a code whatever was filtered before, and open an order, a hex id, in the drawer."""
        self.search.setText(text)
        self._typing.stop()
        self.set_filter(Filter(search=text))
        if order:
            self._chosen, self._open = order, True
            self.row_chosen.emit(order)
        self._follow()

    def put_aside(self) -> None:
        """Take all ticks away, or else close the drawer, or else end the search."""
        if self.model.ticks:
            self.model.tick(())
        elif self._open:
            self._open = False
            self.drawer.hide()
            self.table.setFocus()
        elif self.search.text():
            self.look_for("")

    def show_detail(self, detail: OrderDetail) -> None:
        """Show an order in full in the drawer, if it is still the one that is chosen."""
        if self._open and detail.row.id == self._chosen:
            self.drawer.show_detail(detail)
            self.drawer.show()

    def open_drawer(self) -> None:
        """Open the drawer for the current row; what it shows is asked for."""
        if self._chosen and not self._open:
            self._open = True
            self.row_chosen.emit(self._chosen)

    def _act_on_one(self, key: Key) -> None:
        """Ask for something with the order in the drawer; ticks of others are taken away first."""
        self.model.tick(())
        self.key_asked.emit(key)

    def _say_empty(self) -> None:
        if self._filter.search:
            self.empty.show_words("Nothing found", f'No open order matches "{self._filter.search}".')
        elif not self._filter.narrow:
            self.empty.show_words("No open orders", "New orders appear here by themselves.")
        else:
            self.empty.show_words("Nothing here", f"{self._total:,} without this filter.")

    def _search(self) -> None:
        self._typing.stop()
        self.set_filter(replace(self._filter, search=self.search.text().strip()))

    def _choose(self, current: QModelIndex, before: QModelIndex) -> None:
        row = self.model.row(current.row()) if current.isValid() else None
        if row is not None and row.id != self._chosen:
            self._chosen = row.id
            if self._open:
                self.row_chosen.emit(row.id)

    def _follow(self) -> None:
        """Keep the chosen order chosen where it has moved to."""
        place = self.model.place(self._chosen) if self._chosen else None
        if place is not None and place != self.table.currentIndex().row():
            flags, bar = QItemSelectionModel.SelectionFlag, self.table.verticalScrollBar()
            before = bar.value()
            self.table.selectionModel().setCurrentIndex(
                self.model.index(place, 0), flags.ClearAndSelect | flags.Rows
            )
            bar.setValue(before)

    def _solve(self, stuck: Stuck) -> None:
        """Ask for what solves an order; where a product has to be named, its SKU is typed first."""
        self.solving = stuck
        named = {Key.SOLVE: f"Which SKU is {stuck.asked}?"} if stuck.remedy is Remedy.NAME else {}
        self.questions = {**QueuePanel.questions, **named}
        self.key_asked.emit(Key.SOLVE)

    def _show_ticks(self) -> None:
        """Put what can be done with ticked orders in the place of the search while there are any."""
        ticked = len(self.model.ticks)
        self.bulk.show_count(ticked)
        self._tools.setCurrentIndex(1 if ticked else 0)

    def _wire(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(self._typing.start)
        self.search.returnPressed.connect(self._search)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.all_asked.connect(self.all_asked)
        self.model.asked.connect(self.page_asked)
        self.model.ticks_changed.connect(self._show_ticks)
        self.exceptions.asked.connect(self._solve)
        self._chips.asked.connect(lambda name: self.set_filter(switched(self._filter, name, self._zone)))
        self.table.open_asked.connect(self.open_drawer)
        self.drawer.closed.connect(self.put_aside)
        self.drawer.asked.connect(self._act_on_one)
        self.bulk.asked.connect(self.key_asked)
        self.bulk.cleared.connect(self.put_aside)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self.key_asked.emit(Key.PRINT))
        self.theme.changed.connect(self._restyle)
        minute = QTimer(self)
        minute.setInterval(_MINUTE_MS)
        minute.timeout.connect(self.table.viewport().update)
        minute.start()

    def _restyle(self) -> None:
        space = self.theme.sizes.space
        self._card.column.setContentsMargins(space, space, space, space)
        self._card.column.setSpacing(space)
        self.table.verticalHeader().setDefaultSectionSize(
            max(round(self.theme.sizes.row * 0.82), self.theme.sizes.target)
        )
        self.table.horizontalHeader().setFixedHeight(round(self.theme.sizes.label * 2.6))

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Find an order, a person or a place")
        self.search.setAccessibleName("Find an order")
        self.search.setAcceptDrops(False)
        self.bring.setFixedHeight(self.theme.sizes.target)
        whole = Column(self.theme)
        self.setLayout(whole)
        whole.addWidget(self.figures)
        whole.addWidget(self._chips)
        whole.addWidget(self.strip)
        table = self._card
        finding = QWidget()
        top = Row(self.theme)
        finding.setLayout(top)
        top.addWidget(self.search, 3)
        top.addWidget(self.shown, 1)
        top.addWidget(self.bring)
        self._tools.addWidget(finding)
        self._tools.addWidget(self.bulk)
        table.column.addLayout(self._tools)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        table.column.addLayout(self._stack, 1)
        left = Column(self.theme)
        left.addWidget(table, 1)
        left.addWidget(self.exceptions)
        row = Row(self.theme)
        row.addLayout(left, 13)
        row.addWidget(self.drawer, 5)
        whole.addLayout(row, 1)
