"""The queue: every fulfillment that is open, what is late, what is stuck, and its story."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStackedLayout, QTableView, QWidget

from oms_desktop.floor.views import QueueCount, QueueRow, TimelineEntry
from oms_desktop.ui.canvas import Side
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import COLUMNS, QueueModel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.chip import Chip
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.rows import ScrollColumn
from oms_desktop.ui.widgets.status_pill import StatusPill
from oms_desktop.ui.widgets.timeline import Timeline

_MINUTE_MS = 60_000


def _utc_now() -> datetime:
    return datetime.now(UTC)


class QueueTable(QTableView):
    """A table in which letters do nothing (scanners type letters); columns share its width."""

    def __init__(self, model: QueueModel, delegate: QueueDelegate) -> None:
        super().__init__()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        for number, column in enumerate(COLUMNS[:-1]):
            self.setColumnWidth(number, self.viewport().width() * column.share // 100)


class QueuePanel(Panel):
    """Chips, table, drawer. `filter_changed` carries a filter's name, `row_chosen` a row's id."""

    filter_changed = Signal(str)
    row_chosen = Signal(str)

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime] = _utc_now, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.model = QueueModel()
        self.table = QueueTable(self.model, QueueDelegate(theme, clock))
        self.search, self.shown = QLineEdit(), CodeText(theme, "body", side=Side.RIGHT)
        self.empty = Notice(theme, "inbox")
        self.order, self.facts = CodeText(theme, "h1", 700), CodeText(theme, "body")
        self.status, self.flag = StatusPill(theme), StatusPill(theme)
        self.reason, self.story = NoteCard(theme, Note.HAZARD, "Look out"), Timeline(theme)
        self.chips: dict[str, Chip] = {}
        self._filter, self._rows, self._total = "all", list[QueueRow](), 0
        self._chips, self._stack = Row(theme), QStackedLayout()
        self._lay_out()
        self._wire()
        self._restyle()
        self.set_rows((), ())
        self.order.show_text("No order chosen")
        self.facts.show_text("Choose a row to see what happened to it.")

    @property
    def filter(self) -> str:
        """The filter that is on."""
        return self._filter

    def set_rows(self, rows: Sequence[QueueRow], counts: Sequence[QueueCount]) -> None:
        """Take over the rows under the filter and the counts of all filters, in place."""
        self._rows = list(rows)
        for count in counts:
            if count.filter not in self.chips:
                self._add_chip(count.filter)
            self.chips[count.filter].show_count(count.count)
            self._total = count.count if count.filter == "all" else self._total
        self._show_rows()

    def set_filter(self, name: str) -> None:
        """Mark a filter as on and tell it; rows under it follow by `set_rows`."""
        self._filter = name
        for chip in self.chips.values():
            chip.setChecked(chip.name == name)
        self.filter_changed.emit(name)

    def show_timeline(self, row: QueueRow, entries: Sequence[TimelineEntry]) -> None:
        """Show an order and its story in the drawer."""
        self.order.show_text(row.order)
        pieces = "1 piece" if row.pieces == 1 else f"{row.pieces} pieces"
        lines = "1 line" if row.lines == 1 else f"{row.lines} lines"
        self.facts.show_text(f"{row.channel}, {lines}, {pieces}")
        self.status.show_status(row.status)
        self.flag.show_status(row.flag)
        self.reason.show_text(row.reason)
        self.story.show_entries(tuple(entries))

    def _show_rows(self) -> None:
        wanted = self.search.text().strip().casefold()
        rows = [row for row in self._rows if wanted in _searched(row)] if wanted else self._rows
        self.model.set_rows(rows)
        self.shown.show_text(f"{len(rows)} of {max(self._total, len(rows))} shown")
        if not rows:
            self._say_empty(wanted)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _say_empty(self, wanted: str) -> None:
        if wanted:
            self.empty.show_words("Nothing found", f'No order here matches "{wanted}".')
        elif self._filter == "all":
            self.empty.show_words("No open orders", "New orders appear here by themselves.")
        else:
            self.empty.show_words("Nothing here", f"{self._total} without this filter.")

    def _add_chip(self, name: str) -> None:
        chip = self.chips[name] = Chip(self.theme, name)
        chip.setChecked(name == self._filter)
        chip.clicked.connect(lambda: self.set_filter(name))
        self._chips.insertWidget(len(self.chips) - 1, chip)

    def _choose(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and current.row() != before.row():
            self.row_chosen.emit(self.model.row(current.row()).id)

    def _wire(self) -> None:
        self.search.textChanged.connect(self._show_rows)
        selection: QItemSelectionModel = self.table.selectionModel()
        selection.currentRowChanged.connect(self._choose)
        self.theme.changed.connect(self._restyle)
        minute = QTimer(self)
        minute.setInterval(_MINUTE_MS)
        minute.timeout.connect(self.table.viewport().update)
        minute.start()

    def _restyle(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(round(self.theme.sizes.row * 0.9))
        self.table.horizontalHeader().setFixedHeight(round(self.theme.sizes.label * 2.6))

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Find an order, a channel or a person")
        self.search.setAccessibleName("Find an order")
        whole = Column(self.theme)
        self.setLayout(whole)
        self._chips.setSpacing(self.theme.sizes.space)
        self._chips.addStretch(1)
        whole.addLayout(self._chips)
        table = Card(self.theme, "", "")
        top = Row(self.theme)
        top.addWidget(self.search, 3)
        top.addWidget(self.shown, 1)
        table.column.addLayout(top)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        table.column.addLayout(self._stack, 1)
        drawer = Card(self.theme, "Order", "history")
        drawer.column.addWidget(self.order)
        pills = Row(self.theme, self.status, self.flag)
        pills.addStretch(1)
        drawer.column.addLayout(pills)
        drawer.column.addWidget(self.facts)
        drawer.column.addWidget(self.reason)
        self.reason.hide()
        story = ScrollColumn(self.theme)
        story.column.addWidget(self.story)
        drawer.column.addWidget(story, 1)
        row = Row(self.theme)
        row.addWidget(table, 13)
        row.addWidget(drawer, 5)
        whole.addLayout(row, 1)


def _searched(row: QueueRow) -> str:
    """The text of a row in which the search looks."""
    return " ".join((row.order, row.channel, row.assignee)).casefold()
