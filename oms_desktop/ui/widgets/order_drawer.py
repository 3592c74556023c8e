"""The order in hand: its story with what comes next, its lines, the wishes, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import DetailLine, OrderDetail
from oms_desktop.floor.words import counted
from oms_desktop.ui.canvas import Canvas, Ink, Side, shortened
from oms_desktop.ui.channels import channel_look
from oms_desktop.ui.due import due_look
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tiles import draw_tile
from oms_desktop.ui.widgets.boxes import Card, Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.painted import Painted
from oms_desktop.ui.widgets.rows import ScrollColumn
from oms_desktop.ui.widgets.status_pill import StatusPill
from oms_desktop.ui.widgets.timeline import Timeline

_ICONS = {"edit": "pencil", "assign": "user-plus", "wait": "pause", "go": "play"}

_NO_LINE = DetailLine("", "", "", done=False)


class OrderLineRow(Painted):
    """A line of the order: product, SKU, how far it is, and the customer's wishes for it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = _NO_LINE

    def show_line(self, line: DetailLine) -> None:
        """Show a line."""
        if line != self._line:
            self._line = line
            self.updateGeometry()
            self.setToolTip("\n".join((line.name, *line.wishes)))
            self.say(", ".join((line.name, line.sku, line.state, *line.wishes)))

    def measure(self) -> QSize:
        """Three lines, and one for each wish."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 16, round(self._step() * (3 + len(self._line.wishes)) + sizes.space))

    def least(self) -> QSize:
        """Narrower."""
        return QSize(self.theme.sizes.body * 12, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Tile, words, shape."""
        sizes, colours, line, step = self.theme.sizes, self.theme.colours, self._line, self._step()
        tile = step * 2.2
        draw_tile(canvas, QRectF(0, step * 0.4, tile, tile), line.name, line.sku)
        side = sizes.body * 1.15
        mark = Mark.RIGHT if line.done else Mark.HALF if "picked" in line.state else Mark.RING
        canvas.mark(mark, QRectF(self.width() - side - 2, step * 1.5 - side / 2, side, side))
        left = tile + sizes.space
        room = [
            QRectF(left, step * number, self.width() - left - side - sizes.space, step)
            for number in range(3 + len(line.wishes))
        ]
        name = Ink(sizes.body, colours.text, 600, least=sizes.micro - 1)
        canvas.line(room[0], shortened(line.name, room[0].width(), name), name)
        code = Ink(sizes.label, colours.text2, 500, least=8, mono=True)
        canvas.line(room[1], shortened(line.sku, room[1].width(), code), code)
        facts = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2)
        canvas.line(room[2], line.state, facts)
        wish = Ink(sizes.label, colours.special.ink, 600, least=sizes.micro - 2)
        for words, row in zip(line.wishes, room[3:], strict=True):
            canvas.line(row, shortened(words, row.width(), wish), wish)

    def _step(self) -> float:
        return self.theme.sizes.label * 1.35


class OrderDrawer(Card):
    """Opens with Right, closes with Esc. `asked` carries a `Key` that is meant for this order."""

    asked = Signal(Key)
    closed = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self._clock, self._due = clock, ""
        self.order, self.facts = CodeText(theme, "h1", 700), CodeText(theme, "body")
        self.due = CodeText(theme, "body", 700, side=Side.RIGHT)
        self.status, self.flag = StatusPill(theme), StatusPill(theme)
        self.story = Timeline(theme)
        self.gift = NoteCard(theme, Note.GIFT, "Gift message")
        self.note = NoteCard(theme, Note.PLAIN, "Note")
        self.assign = KeyButton(theme, "Re-assign", "user-plus")
        self.wait, self.go = KeyButton(theme, "Hold", "pause"), KeyButton(theme, "Release", "play")
        self.edit = KeyButton(theme, "Edit", "pencil")
        self.close_button = KeyButton(theme, "Close", "x", "Esc")
        self.lines: list[OrderLineRow] = []
        self._rows = QVBoxLayout()
        self._lay_out()

    def show_detail(self, detail: OrderDetail) -> None:
        """Show an order; the place in its story is kept while it is the same."""
        row = detail.row
        self.order.show_text(row.order)
        size = f"{counted(row.lines, 'line')}, {counted(row.pieces, 'piece')}"
        self.facts.show_text(f"{channel_look(row.channel).words}, {size}")
        self._due = row.due
        self.show_due()
        self.status.show_status(row.status)
        self.flag.show_status(row.flag)
        self.story.show_entries(detail.story)
        self.gift.show_text(detail.gift)
        self.note.show_text(detail.note)
        self.wait.setVisible(row.flag != "hold")
        self.go.setVisible(row.flag == "hold")
        while len(self.lines) < len(detail.lines):
            self.lines.append(OrderLineRow(self.theme))
            self._rows.addWidget(self.lines[-1])
        for number, widget in enumerate(self.lines):
            widget.setVisible(number < len(detail.lines))
            if number < len(detail.lines):
                widget.show_line(detail.lines[number])

    def show_due(self) -> None:
        """Show how long the order still has, or how late it is by now."""
        words = due_look(self._due, self._clock()).words
        self.due.show_text(words if "late" in words or not self._due else f"due {words.removeprefix('in ')}")

    def restyle(self) -> None:
        """Take over new tokens; where space is short, the actions have no icons."""
        for button, icon in _ICONS.items():
            getattr(self, button).set_icon("" if self.theme.compact else icon)
        super().restyle()

    def _lay_out(self) -> None:
        head = Row(self.theme)
        head.addWidget(self.order, 1)
        self.close_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addWidget(self.close_button)
        self.column.addLayout(head)
        pills = Row(self.theme, self.status, self.flag)
        pills.addWidget(self.due, 1)
        self.column.addLayout(pills)
        self.column.addWidget(self.facts)
        inside = ScrollColumn(self.theme)
        inside.column.addWidget(self.story)
        inside.column.addWidget(self.gift)
        inside.column.addWidget(self.note)
        inside.column.addLayout(self._rows)
        self.gift.hide()
        self.note.hide()
        self.go.hide()
        self.column.addWidget(inside, 1)
        self.column.addLayout(Row(self.theme, self.edit, self.assign, self.wait, self.go))
        self.restyle()
        keys = (Key.EDIT, Key.ASSIGN, Key.HOLD, Key.RELEASE)
        for button, key in zip((self.edit, self.assign, self.wait, self.go), keys, strict=True):
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
        self.close_button.clicked.connect(self.closed)
