"""Paints the cells of the locations; one delegate for the table, no widget per row."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from oms_desktop.floor.stock_views import StockRow
from oms_desktop.ui.canvas import Canvas, Ink, Side, Written
from oms_desktop.ui.shapes import Mark, family_of
from oms_desktop.ui.stock_model import COLUMNS, ROW, Index, StockColumn, detail_of
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tiles import draw_tile

_PAD = 8
_MARKS = {"empty": Mark.WRONG, "low": Mark.LOOK_OUT, "fine": Mark.RIGHT, "count": Mark.QUARTER}


class StockDelegate(QStyledItemDelegate):
    """`written` gathers what was painted since it was cleared last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.written = Written()
        self._paints: dict[StockColumn, Callable[[Canvas, QRectF, StockRow], None]] = {
            StockColumn.LOCATION: self._location,
            StockColumn.PRODUCT: self._product,
            StockColumn.ON_HAND: self._on_hand,
            StockColumn.ALLOCATED: self._allocated,
            StockColumn.AVAILABLE: self._available,
            StockColumn.THRESHOLD: self._threshold,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row is a target: at least 48 px high."""
        return QSize(60, self._theme.sizes.target)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line below, and the cell."""
        row = index.data(ROW)
        painter.save()
        written = Written()
        canvas = Canvas(painter, self._theme, written)
        colours, cell = self._theme.colours, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        canvas.block(cell, colours.accent.soft if chosen else colours.surface)
        if chosen and index.column() == 0:
            canvas.block(QRectF(cell.x(), cell.y(), 5, cell.height()), colours.accent.fill)
        canvas.rule(cell.x(), cell.bottom() - 0.5, cell.right(), cell.bottom() - 0.5, colours.line)
        column, inner = COLUMNS[index.column()], cell.adjusted(_PAD, 0, -_PAD, -1)
        if row.blind and column not in (StockColumn.LOCATION, StockColumn.PRODUCT):
            side = Side.RIGHT if column.is_number else Side.LEFT
            words = "?" if column.is_number else "being counted"
            canvas.line(inner, words, Ink(self._theme.sizes.body, colours.text2, 600, least=9, side=side))
        else:
            self._paints[column](canvas, inner, row)
        painter.restore()
        self.written.texts += written.texts
        self.written.cut += written.cut

    def _location(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        sizes, colours = self._theme.sizes, self._theme.colours
        side = min(cell.height() * 0.82, sizes.target)
        draw_tile(
            canvas, QRectF(cell.x() + 3, cell.y(), side, cell.height()), row.name or row.location, row.sku
        )
        text = cell.adjusted(side + 3 + sizes.space * 1.5, 0, 0, 0)
        canvas.line(text, row.location, Ink(sizes.body, colours.text, 600, least=9, mono=True))

    def _product(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        sizes, colours = self._theme.sizes, self._theme.colours
        if not row.sku:
            canvas.line(cell, "nothing lies here", Ink(sizes.body, colours.text3, 500, least=9))
            return
        middle = cell.center().y()
        name = Ink(sizes.body, colours.text, 600, least=sizes.micro - 3)
        canvas.line(
            QRectF(cell.x(), middle - sizes.body * 1.35, cell.width(), sizes.body * 1.4), row.name, name
        )
        foot = QRectF(cell.x(), middle + 1, cell.width(), sizes.label * 1.5)
        used = canvas.line(foot, row.sku, Ink(sizes.label, colours.text2, 500, least=8, mono=True))
        detail = detail_of(row)
        ink = Ink(sizes.label, colours.text2 if row.condition == "good" else colours.warn.ink, 600, least=8)
        canvas.line(foot.adjusted(used + sizes.space, 0, 0, 0), detail, ink)

    def _number(self, canvas: Canvas, cell: QRectF, number: int, ink: str, weight: int, pixels: int) -> None:
        canvas.line(cell, f"{number:,}", Ink(pixels, ink, weight, least=9, side=Side.RIGHT))

    def _on_hand(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        self._number(canvas, cell, row.on_hand, self._theme.colours.text2, 500, self._theme.sizes.body)

    def _allocated(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        self._number(canvas, cell, row.allocated, self._theme.colours.text2, 500, self._theme.sizes.body)

    def _available(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        colours = self._theme.colours
        ink = {"empty": colours.err.ink, "low": colours.warn.ink}.get(row.word, colours.text)
        self._number(canvas, cell, row.available, ink, 800, round(self._theme.sizes.body * 1.15))

    def _threshold(self, canvas: Canvas, cell: QRectF, row: StockRow) -> None:
        sizes, colours = self._theme.sizes, self._theme.colours
        cell = cell.adjusted(sizes.space, 0, 0, 0)
        track = QRectF(cell.x(), cell.center().y() - 5, cell.width() * 0.42, 10)
        if row.fill_to:
            ink = colours.err.fill if row.word == "empty" else colours.warn.fill
            fill = colours.accent.fill if row.word == "fine" else ink
            canvas.bar(track, row.available / row.fill_to, fill)
            tick = track.x() + track.width() * row.reorder_at / row.fill_to
            canvas.rule(tick, track.y() - 5, tick, track.bottom() + 5, colours.text, 2.4)
        word = "count" if row.to_count else row.word
        text = cell.adjusted(track.width() + sizes.space if row.fill_to else 0, 0, 0, 0)
        if not word:
            canvas.line(text, "no threshold", Ink(sizes.label, colours.text3, 500, least=8))
            return
        mark, side = _MARKS[word], sizes.body * 1.1
        canvas.mark(mark, QRectF(text.x(), text.center().y() - side / 2, side, side))
        ink = family_of(mark, colours).ink
        words = Ink(sizes.body, ink, 600, least=9)
        told = "promised" if word == "empty" and row.on_hand else word
        canvas.line(text.adjusted(side + sizes.space * 0.7, 0, 0, 0), told, words)
