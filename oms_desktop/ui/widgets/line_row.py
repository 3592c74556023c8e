"""A line of an order with a number of units, which goes up and down."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from oms_desktop.drafts import MAX_UNITS
from oms_desktop.floor.edit_views import EditLine
from oms_desktop.ui.canvas import Canvas, Ink, shortened
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tiles import draw_tile
from oms_desktop.ui.widgets.painted import Painted
from oms_desktop.ui.widgets.word_button import WordButton

_LONGEST = "Take off"
_EMPTY = EditLine("", 0, "", "", "", 0)


class LineRow(Painted):
    """`changed` tells that another number stands there. Up and Down in the number are the buttons."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line, self._least, self._most, self._goal = _EMPTY, 0, MAX_UNITS, 0
        self._ticked = False
        self.number = QLineEdit()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setValidator(QIntValidator(0, MAX_UNITS, self.number))
        self.less = WordButton(theme, "\N{MINUS SIGN}1", "One less")
        self.more = WordButton(theme, "+1", "One more")
        self.off = WordButton(theme, _LONGEST, "Take the line off")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 8, 4)
        row.setSpacing(8)
        row.addStretch(1)
        for part in (self.number, self.less, self.more, self.off):
            row.addWidget(part)
        self.number.textChanged.connect(self._look)
        for button in (self.less, self.more, self.off):
            # Before the button is disabled, and would lose the keyboard to another line.
            button.clicked.connect(lambda: self.number.setFocus(Qt.FocusReason.OtherFocusReason))
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.off.clicked.connect(lambda: self.number.setText(str(self._goal)))
        self.restyle()

    @property
    def units(self) -> int | None:
        """The number that stands there, None for none."""
        text = self.number.text()
        return int(text) if text.isascii() and text.isdecimal() else None

    def show_line(self, line: EditLine, *, units: int, least: int = 0, most: int = MAX_UNITS) -> None:
        """Show a line with the units that are wanted, from `least` to `most`."""
        self.line, self._least, self._most, self._goal = line, least, most, least
        self.off.setText(f"To {least}" if least else _LONGEST)
        self._show(units)

    def show_choice(self, line: EditLine) -> None:
        """Show a line of which units may be chosen, all that are promised and not begun; none are yet."""
        self.line, self._least, self._most, self._goal = line, 0, line.promised, line.promised
        self._ticked = True
        self.off.setText("All")
        self._show(0)

    def _show(self, units: int) -> None:
        line = self.line
        self.number.setText(str(units))
        self.number.setAccessibleName(f"Units of {line.name}")
        self.setToolTip(f"{line.name}\n{line.sku}")
        self._look()

    def add(self, units: int) -> None:
        """Let more units stand there."""
        self._step(units)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down count."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            event.ignore()

    def measure(self) -> QSize:
        """Three lines beside the number."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 34, max(round(sizes.label * 4.4), sizes.target + 8))

    def least(self) -> QSize:
        """Room for the number and some words."""
        return QSize(self.theme.sizes.body * 10 + self._used(), self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Tile, name, SKU, how far it is; what is changed stands in bold."""
        sizes, colours, line = self.theme.sizes, self.theme.colours, self.line
        step = self.height() / 3.3
        tile = step * 2
        square = QRectF(4, (self.height() - tile) / 2, tile, tile)
        if self._ticked and self.units:
            canvas.block(self.box(), colours.accent.soft, sizes.well)
            canvas.icon("check", square.adjusted(6, 6, -6, -6), colours.accent.ink)
        else:
            draw_tile(canvas, square, line.name, line.sku)
        left = tile + sizes.space + 4
        room = [
            QRectF(left, step * (number + 0.15), self.width() - left - self._used(), step)
            for number in range(3)
        ]
        name = Ink(sizes.body, colours.text, 600, least=sizes.micro - 1)
        canvas.line(room[0], shortened(line.name, room[0].width(), name), name)
        code = Ink(sizes.label, colours.text2, 500, least=8, mono=True)
        canvas.line(room[1], shortened(line.sku, room[1].width(), code), code)
        facts = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2)
        canvas.line(room[2], shortened(line.state, room[2].width(), facts), facts)
        canvas.rule(0, self.height() - 0.5, self.width(), self.height() - 0.5, colours.line)

    def restyle(self) -> None:
        """Take over new tokens."""
        self.number.setFixedWidth(round(self.theme.sizes.body * 5.2))
        self.off.setFixedWidth(WordButton(self.theme, _LONGEST, "").measure().width())
        super().restyle()

    def _step(self, units: int) -> None:
        if self.number.isEnabled():
            now = self.units if self.units is not None else self._least
            self.number.setText(str(min(max(now + units, self._least), self._most)))

    def _look(self) -> None:
        """Let only what can be be pressed."""
        may, now = not self.line.fixed, self.units or 0
        self.number.setEnabled(may and self._most > 0)
        self.less.setEnabled(may and now > self._least)
        self.more.setEnabled(may and now < self._most)
        self.off.setEnabled(may and self._most > 0 and now != self._goal)
        self.changed.emit()

    def _used(self) -> int:
        """Width of number and buttons with the gaps around them."""
        buttons = sum(each.sizeHint().width() for each in (self.less, self.more, self.off))
        return buttons + self.number.width() + 5 * 8
