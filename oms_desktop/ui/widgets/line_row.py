"""A line of an order with its number of units, which goes up and down."""

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
        self.line, self._least, self._most = _EMPTY, 0, MAX_UNITS
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
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.off.clicked.connect(lambda: self.number.setText("0"))
        self.restyle()

    @property
    def units(self) -> int | None:
        """The number that stands there, None for none."""
        text = self.number.text()
        return int(text) if text.isascii() and text.isdecimal() else None

    def show_line(self, line: EditLine, *, units: int, least: int, most: int, off: str) -> None:
        """Show a line with a number from `least` to `most`; `off` is the word that makes it `least`."""
        self.line, self._least, self._most = line, least, most
        self.off.setText(off)
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
        draw_tile(canvas, QRectF(0, (self.height() - tile) / 2, tile, tile), line.name, line.sku)
        left = tile + sizes.space
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
        self.off.setEnabled(may and now > self._least)
        self.changed.emit()

    def _used(self) -> int:
        """Width of number and buttons."""
        buttons = sum(each.sizeHint().width() for each in (self.less, self.more, self.off))
        return buttons + self.number.width() + 4 * 8
