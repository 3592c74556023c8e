"""The card of the list: search or bulk actions, a thin bar, and the table or why it is empty."""

from datetime import datetime

from PySide6.QtWidgets import QStackedLayout, QWidget

from oms_desktop.floor.views import Filter, QueueCount
from oms_desktop.ui.canvas import Side
from oms_desktop.ui.queue_table import QueueTable
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.bulk_bar import BulkBar
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.reading_bar import ReadingBar
from oms_desktop.ui.widgets.search_field import SearchField


class ListCard(Card):
    """Holds the table. Nothing moves when orders are ticked or the list is empty."""

    def __init__(self, theme: Theme, table: QueueTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self.table, self.bulk, self.reading = table, BulkBar(theme), ReadingBar(theme)
        self.search = SearchField("Find an order", "Find an order, a picker or a place")
        self.shown = CodeText(theme, "body", side=Side.RIGHT)
        self.bring = KeyButton(theme, "Import", "arrow-down-to-line")
        self.empty, self.all_again = Notice(theme, "inbox"), KeyButton(theme, "Show all", "list")
        self._tools, self._stack = QStackedLayout(), QStackedLayout()
        self._lay_out()
        theme.changed.connect(self._tighten)
        self._tighten()

    def show_ticks(self, ticked: int) -> None:
        """Put what can be done with ticked orders in the place of the search while there are any."""
        self.bulk.show_count(ticked)
        self._tools.setCurrentIndex(1 if ticked else 0)

    def show_size(self, size: QueueCount, total: int, wanted: Filter, left: datetime | None) -> None:
        """Tell how many rows there are of all open ones, or why none; `left` is when one went last."""
        self.shown.show_text(f"{size.count:,}{'+' if size.more else ''} of {total:,} shown")
        if not size.count and wanted.search:
            self.empty.show_words("Nothing found", f'No open order matches "{wanted.search}".')
        elif not size.count and wanted.narrow:
            self.empty.show_words("Nothing here", f"{total:,} without this filter.")
        elif not size.count:
            last = f"Last one left at {left.astimezone(self.theme.zone):%H:%M}." if left else ""
            self.empty.show_words("No open orders", last or "New orders appear here by themselves.")
        self.all_again.setVisible(wanted.narrow)
        self._stack.setCurrentIndex(0 if size.count else 1)

    def _lay_out(self) -> None:
        finding, nothing = QWidget(), QWidget()
        top = Row(self.theme)
        finding.setLayout(top)
        top.addWidget(self.search, 3)
        top.addWidget(self.shown, 1)
        top.addWidget(self.bring)
        self._tools.addWidget(finding)
        self._tools.addWidget(self.bulk)
        nothing.setLayout(Column(self.theme, self.empty, self.all_again))
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)
        self.column.addLayout(self._tools)
        self.column.addWidget(self.reading)
        self.column.addLayout(self._stack, 1)

    def _tighten(self) -> None:
        space = self.theme.sizes.space
        self.column.setContentsMargins(space, space, space, space)
        self.column.setSpacing(space // 2)
        self.bring.setFixedHeight(self.theme.sizes.target)
