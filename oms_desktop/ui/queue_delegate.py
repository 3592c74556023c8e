"""Paints the cells of the queue; one delegate for the table, no widget per row."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from oms_desktop.floor.views import QueueRow
from oms_desktop.ui.canvas import Canvas, Ink, Side, Written
from oms_desktop.ui.channels import channel_look
from oms_desktop.ui.due import due_look, used_share
from oms_desktop.ui.queue_model import COLUMNS, ROW, TICKED, Index, QueueColumn, priority_word
from oms_desktop.ui.shapes import family_of
from oms_desktop.ui.statuses import look_of
from oms_desktop.ui.theme import Theme

_PAD = 12
_BARS = 3


class QueueDelegate(QStyledItemDelegate):
    """`clock` gives the aware time from which "due in" is reckoned."""

    def __init__(self, theme: Theme, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._clock = theme, clock
        self.written = Written()
        self._paints: dict[QueueColumn, Callable[[Canvas, QRectF, QueueRow], None]] = {
            QueueColumn.ORDER: self._order,
            QueueColumn.DUE: self._due,
            QueueColumn.STATUS: self._status,
            QueueColumn.CHANNEL: self._channel,
            QueueColumn.ZONES: self._zones,
            QueueColumn.PRIORITY: self._priority,
            QueueColumn.LINES: self._lines,
            QueueColumn.ASSIGNEE: self._assignee,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row is a target: at least 48 px high."""
        return QSize(60, self._theme.sizes.target)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line below, and the cell."""
        row = index.data(ROW)
        painter.save()
        canvas = Canvas(painter, self._theme, self.written)
        colours, cell = self._theme.colours, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ticked = bool(index.data(TICKED))
        ground = colours.accent.soft if ticked else colours.surface2 if chosen else colours.surface
        canvas.block(cell, ground)
        if chosen and index.column() == 0:
            canvas.block(QRectF(cell.x(), cell.y(), 5, cell.height()), colours.accent.fill)
        canvas.rule(cell.x(), cell.bottom() - 0.5, cell.right(), cell.bottom() - 0.5, colours.line)
        room, column = cell.adjusted(_PAD, 0, -6, -1), COLUMNS[index.column()]
        if row is None:
            tall = self._theme.sizes.label
            grey = QRectF(room.x(), room.center().y() - tall / 2, room.width() * 0.6, tall)
            canvas.block(grey, colours.sunken, tall / 2)
        elif column is QueueColumn.TICK:
            self._tick(canvas, room, ticked=ticked)
        else:
            self._paints[column](canvas, room, row)
        painter.restore()

    def _tick(self, canvas: Canvas, cell: QRectF, *, ticked: bool) -> None:
        colours, side = self._theme.colours, self._theme.sizes.body * 1.4
        box = QRectF(cell.x() + 2, cell.center().y() - side / 2, side, side)
        if not ticked:
            canvas.card(box, colours.surface, colours.line_strong, 5, 1.5)
            return
        canvas.block(box, colours.accent.fill, 5)
        inset = side * 0.16
        canvas.icon("check", box.adjusted(inset, inset, -inset, -inset), colours.accent.on)

    def _plain(self, weight: int = 500, *, dim: bool = False) -> Ink:
        sizes, colours = self._theme.sizes, self._theme.colours
        return Ink(sizes.body, colours.text3 if dim else colours.text, weight, least=sizes.micro - 1)

    def _order(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        sizes = self._theme.sizes
        canvas.line(cell, row.order, Ink(sizes.body, self._theme.colours.text, 600, least=10, mono=True))

    def _due(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        look = due_look(row.due, self._clock())
        if row.due:
            colours = self._theme.colours
            fill = colours.accent.fill if look.mark is None else family_of(look.mark, colours).fill
            track = QRectF(cell.x(), cell.bottom() - 12, min(cell.width() - 8, 140), 5)
            canvas.bar(track, used_share(row.captured, row.due, self._clock()), fill)
            cell = cell.adjusted(0, 0, 0, -12)
        if look.mark is None:
            canvas.line(cell, look.words, self._plain(dim=not row.due))
            return
        side = self._theme.sizes.body * 1.15
        canvas.mark(look.mark, QRectF(cell.x(), cell.center().y() - side / 2, side, side))
        ink = family_of(look.mark, self._theme.colours).ink
        words = Ink(self._theme.sizes.body, ink, 700, least=self._theme.sizes.micro - 1)
        canvas.line(cell.adjusted(side + 6, 0, 0, 0), look.words, words)

    def _status(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        left = 0.0
        for word in (row.status, row.flag):
            if word:
                look = look_of(word)
                used = canvas.pill(
                    cell.adjusted(left, 0, 0, 0), look.label, look.mark, self._theme.sizes.label
                )
                left += used + 6

    def _channel(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        side = self._theme.sizes.body * 1.1
        look = channel_look(row.channel)
        canvas.icon(look.icon, QRectF(cell.x(), cell.y(), side, cell.height()), self._theme.colours.text2)
        ink = Ink(self._theme.sizes.body, self._theme.colours.text, 500, least=9)
        canvas.line(cell.adjusted(side + 6, 0, 0, 0), look.words, ink)

    def _zones(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        """A box a zone, smaller where they are many; those that have no room are counted."""
        sizes, colours, zones = self._theme.sizes, self._theme.colours, row.zones
        large, gap = sizes.label * 1.8, 4.0
        side = min(large, max((cell.width() + gap) / max(len(zones), 1) - gap, sizes.label * 1.4))
        room = int((cell.width() + gap) // (side + gap))
        shown = zones if len(zones) <= room else zones[: max(room - 1, 1)]
        for number, zone in enumerate(shown):
            box = QRectF(cell.x() + number * (side + gap), cell.center().y() - side / 2, side, side)
            canvas.card(box, colours.surface2, colours.line_strong, 5)
            canvas.line(box, zone, Ink(sizes.label, colours.text, 600, least=8, side=Side.CENTRE))
        if len(shown) < len(zones):
            rest = cell.adjusted(len(shown) * (side + gap), 0, 6, 0)
            canvas.line(rest, f"+{len(zones) - len(shown)}", Ink(sizes.micro, colours.text2, 600, least=9))

    def _priority(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        sizes, colours = self._theme.sizes, self._theme.colours
        level, height = min(max(row.priority, 0), 2), sizes.body
        foot = cell.center().y() + height / 2
        for number in range(_BARS):
            tall = height * (number + 1.2) / (_BARS + 0.2)
            bar = QRectF(cell.x() + number * 8, foot - tall, 6, tall)
            canvas.block(bar, colours.text if number <= level else colours.sunken, 1)
        words = cell.adjusted(_BARS * 8 + 6, 0, 0, 0)
        ink = Ink(sizes.label, colours.text if level else colours.text2, 600 if level else 500, least=9)
        canvas.line(words, priority_word(row.priority), ink)

    def _lines(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        canvas.line(cell, str(row.lines), self._plain(600))

    def _assignee(self, canvas: Canvas, cell: QRectF, row: QueueRow) -> None:
        sizes, colours = self._theme.sizes, self._theme.colours
        side = sizes.body * 1.7
        disc = QRectF(cell.x(), cell.center().y() - side / 2, side, side)
        if row.assignee:
            canvas.block(disc, colours.accent.soft, side / 2)
            ink = Ink(sizes.micro, colours.accent.ink, 700, least=8, side=Side.CENTRE)
            canvas.line(disc, initials(row.assignee), ink)
        else:
            canvas.card(disc, "#00000000", colours.line_strong, side / 2)
        room = cell.adjusted(side + 6, 0, 0, 0)
        ink = Ink(sizes.body, colours.text if row.assignee else colours.text3, 500, least=sizes.micro - 3)
        canvas.line(room, row.assignee or "nobody", ink)


def initials(name: str) -> str:
    """The first letters of the first and the last part of a name."""
    parts = [part for part in name.split() if part[0].isalnum()]
    return "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()
