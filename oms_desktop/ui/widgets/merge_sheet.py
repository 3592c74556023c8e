"""The sheet in which ticked orders become one: which of them takes over the others, and what will happen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.edit_views import MergeOrder
from oms_desktop.floor.words import counted
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Column, Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.form_overlay import ENTER, FormOverlay
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.merge_row import MergeRow, apart
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.rows import Rows

_NAMED = 3
"""How many orders are named in a sentence; more are counted."""


class MergeSheet(FormOverlay):
    """`merged` carries the hex id of the order that takes over and those of the others.

    `again` asks to read the orders once more, after that has failed.
    """

    merged = Signal(str, object)
    again = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.title, self.told = CodeText(theme, "h1", 700), CodeText(theme, "body", 600)
        self.hint = CodeText(theme, "body", 500)
        self.rows = Rows(theme, self._make)
        self.refused = NoteCard(theme, Note.HAZARD, "Not merged")
        self.merge = KeyButton(theme, "Merge", "merge", "Enter", Weighting.PRIMARY)
        self.cancel = KeyButton(theme, "Close", "x", "Esc")
        self._orders: tuple[MergeOrder, ...] = ()
        self._into, self._busy = "", False
        self._lay_out()
        self.merge.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.close_card)

    @property
    def is_busy(self) -> bool:
        """Whether the orders are being read or merged."""
        return self._busy

    @property
    def orders(self) -> tuple[MergeOrder, ...]:
        """The orders that are shown, none while they are being read."""
        return self._orders

    def wait(self, count: int) -> None:
        """Open the sheet while its orders are being read."""
        self._orders = ()
        self.title.show_text(f"Make one order of {count}")
        self._feed()
        self._begin("The orders are being read.")
        self.open_card()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_orders(self, orders: Sequence[MergeOrder]) -> None:
        """Show orders; the first one takes over the others until another is chosen."""
        self._orders, self._into = tuple(orders), orders[0].order
        self._end()
        self._feed()

    def refuse(self, sentence: str) -> None:
        """Say why they were not merged or not read; what was chosen stays."""
        self._end()
        self.refused.show_text(sentence)

    def submit(self) -> None:
        """Hand over what was chosen; while the orders could not be read, ask for them again."""
        if self._busy:
            return
        if not self._orders:
            self._begin("The orders are being read.")
            self.again.emit()
            return
        self._begin("The orders are being merged.")
        self.merged.emit(self._into, tuple(each.order for each in self._orders if each.order != self._into))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter merges, Up and Down choose."""
        if event.key() in ENTER:
            self.submit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._orders and not self._busy:
            ids = [each.order for each in self._orders]
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._choose(ids[(ids.index(self._into) + step) % len(ids)])
        else:
            super().keyPressEvent(event)

    def _choose(self, order: str) -> None:
        self._into = order
        self._feed()

    def _feed(self) -> None:
        at = next((at for at, each in enumerate(self._orders) if each.order == self._into), -1)
        self.rows.feed(self._orders, self._paint, at)
        if not self._orders:
            self.hint.show_text("")
            return
        others = [each.number for each in self._orders if each.order != self._into]
        who = f"{', '.join(others[:-1])} and {others[-1]}" if len(others) > 1 else others[0]
        if len(others) > _NAMED:
            who = counted(len(others), "order")
        be, they = ("becomes", "The other is") if len(others) == 1 else ("become", "The others are")
        lines, pieces = (sum(getattr(each, name) for each in self._orders) for name in ("lines", "pieces"))
        size = f"{counted(lines, 'line')}, {counted(pieces, 'piece')}"
        into = self._orders[at]
        self.told.show_text(f"{who} {be} part of {into.number}: {size} in all.")
        parted = [f"{each.number} {why}" for each in self._orders if (why := apart(each, into))]
        self.hint.show_text(f"{they} cancelled by that, and F9 does not undo it. Up and Down choose.")
        if parted:
            more = f" (and {counted(len(parted) - 1, 'order')} more)" if len(parted) > 1 else ""
            self.hint.show_text(f"{parted[0]}{more}: take it out of the ticks, or change that first.")

    def _paint(self, row: MergeRow, order: MergeOrder, _number: int) -> None:
        row.show_order(order, next(each for each in self._orders if each.order == self._into))

    def _make(self) -> MergeRow:
        row = MergeRow(self.theme)
        row.clicked.connect(lambda: self._choose(row.order.order))
        return row

    def _begin(self, words: str) -> None:
        self._busy = True
        self.refused.show_text("")
        self.told.show_text(words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _end(self) -> None:
        self._busy = False
        self._enable()
        self.told.show_text("Enter tries it again, Esc closes.")
        if self._orders:
            self._feed()

    def _enable(self) -> None:
        self.merge.setEnabled(not self._busy)
        self.rows.setEnabled(not self._busy)
        self.merge.setText("Wait" if self._busy else "Merge" if self._orders else "Try again")

    def _lay_out(self) -> None:
        foot = Row(self.theme, self.hint)
        foot.setStretch(0, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.merge)
        whole = Column(self.theme, self.title, self.told, self.refused, self.rows)
        whole.setStretch(3, 1)
        self.refused.hide()
        whole.addLayout(foot)
        self.inner.setLayout(whole)
