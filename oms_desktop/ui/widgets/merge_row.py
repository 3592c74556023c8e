"""An order in the sheet that makes one of several."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.edit_views import MergeOrder
from oms_desktop.floor.words import counted
from oms_desktop.ui.canvas import Canvas, Ink, Side, shortened
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed

_NO_ORDER = MergeOrder("", "", 0, 0, "", "")


class MergeRow(Pressed):
    """An order: its number and size, to whom and where, and which way; pressed, it takes over the others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.order = _NO_ORDER
        self.part = self.apart = ""
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Stay as it is: the sheet says which one is chosen."""

    def show_order(self, order: MergeOrder, into: MergeOrder) -> None:
        """Show an order, and what becomes of it beside the one that takes over the others."""
        self.order = order
        self.setChecked(order.order == into.order)
        self.apart = apart(order, into)
        self.part = self.apart or ("takes over the others" if self.isChecked() else "becomes part of it")
        size = f"{counted(order.lines, 'line')}, {counted(order.pieces, 'piece')}"
        self.setAccessibleName(f"{order.number}, {size}, to {order.to}, {order.service}: {self.part}")
        self.update()

    def measure(self) -> QSize:
        """Two lines."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 30, max(sizes.target + 6, round(sizes.body * 3.6)))

    def paint(self, canvas: Canvas) -> None:
        """Number, size and part at the top; below to whom, where and how."""
        sizes, colours, body, order = self.theme.sizes, self.theme.colours, self.body(), self.order
        on = self.isChecked()
        edge = colours.accent.ink if on else colours.line_strong
        canvas.card(body, colours.accent.soft if on else colours.surface, edge, sizes.well, 1.5)
        inner = body.adjusted(sizes.pad, 5, -sizes.pad, -5)
        half, side = inner.height() / 2, sizes.body * 1.3
        if on:
            canvas.icon("check", QRectF(inner.x(), inner.center().y() - side / 2, side, side), edge)
        inner.adjust(side + sizes.space, 0, 0, 0)
        top, foot = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
        tone = colours.warn.ink if self.apart else colours.text if on else colours.text2
        part = Ink(sizes.label, tone, 600, least=8, side=Side.RIGHT)
        used = canvas.line(top, self.part, part)
        number = Ink(sizes.body, colours.text, 700, least=sizes.micro, mono=True)
        at = canvas.line(top.adjusted(0, 0, -used - sizes.space, 0), order.number, number) + sizes.space
        facts = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 1)
        size = f"{counted(order.lines, 'line')}, {counted(order.pieces, 'piece')}"
        canvas.line(top.adjusted(at, 0, -used - sizes.space, 0), size, facts)
        service = shortened(order.service, foot.width() * 0.35, facts)
        way = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 1, side=Side.RIGHT)
        used = canvas.line(foot, service, way)
        room = foot.adjusted(0, 0, -used - sizes.space, 0)
        canvas.line(room, shortened(order.to, room.width(), facts), facts)


def apart(order: MergeOrder, into: MergeOrder) -> str:
    """Say what keeps two orders apart that anybody can see; the rest is refused when they are merged."""
    if order.alone:
        return order.alone
    if order.to != into.to:
        return "goes elsewhere"
    return "ships another way" if order.service != into.service else ""
