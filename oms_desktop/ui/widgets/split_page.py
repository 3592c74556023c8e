"""The lines of an order of which units are to ship apart from the others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.edit_views import EditForm, EditLine
from oms_desktop.floor.words import counted
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Column
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.line_row import LineRow
from oms_desktop.ui.widgets.rows import Rows


class SplitPage(QWidget):
    """`changed` tells that other units are chosen; `told` says what will become of them."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows = Rows(theme, self._make)
        self.title, self.told = CodeText(theme, "h2", 700), CodeText(theme, "body", 500)
        self.title.show_text("Which pieces ship apart, in a parcel of their own?")
        self._complete = False
        self.setLayout(Column(theme, self.title, self.told, self.rows))

    def show_order(self, form: EditForm) -> None:
        """Show the lines of an order, none chosen."""
        self._complete = form.ships_complete
        self.rows.feed([line for line in form.lines if not line.fixed], _paint)
        self._look()

    def enter(self) -> None:
        """Put the keyboard into the first number that can be changed."""
        row = next((row for row in self.rows.shown() if row.number.isEnabled()), None)
        if row is not None:
            row.number.setFocus(Qt.FocusReason.OtherFocusReason)
            row.number.selectAll()

    @property
    def shares(self) -> tuple[tuple[str, int], ...]:
        """The hex ids of the lines of which units are chosen, and how many."""
        return tuple((row.line.line, row.units) for row in self.rows.shown() if row.units)

    @property
    def pieces(self) -> int:
        """How many pieces are chosen."""
        return sum(units for _line, units in self.shares)

    def _make(self) -> LineRow:
        row = LineRow(self.theme)
        row.changed.connect(self._look)
        return row

    def fault(self) -> str:
        """Say why what is chosen is not split; "" when it can be."""
        can = self._can()
        if self._complete:
            return "This order ships complete; it is not split."
        if can < 2:
            return "Only pieces that are promised and not begun can ship apart, and one has to stay."
        if not self.pieces:
            return "Choose the pieces that ship apart first."
        return "Nothing would stay behind. Leave at least one piece." if self.pieces >= can else ""

    def _can(self) -> int:
        """How many pieces can ship apart, one of which has to stay."""
        return sum(row.line.promised for row in self.rows.shown())

    def _look(self) -> None:
        """Say what will happen with what is chosen."""
        can, chosen, words = self._can(), self.pieces, self.fault()
        if not words:
            lines = counted(len(self.shares), "line")
            words = f"{counted(chosen, 'piece')} of {lines} will ship apart, {can - chosen} stay."
        elif not chosen and can > 1 and not self._complete:
            words = f"{counted(can, 'piece')} can ship apart: promised, and begun by nobody."
        self.told.show_text(words)
        self.changed.emit()


def _paint(row: LineRow, line: EditLine, _number: int) -> None:
    row.show_choice(line)
