"""The last moves of goods, newest first; nothing in it is ever changed."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.stock_views import MovementView
from oms_desktop.ui.canvas import Canvas, Ink, Side, shortened
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted

_ICONS = {
    "receive": "package-open",
    "pick": "shopping-cart",
    "undo pick": "undo-2",
    "pack": "package-check",
    "undo pack": "undo-2",
    "ship": "truck",
    "put back": "undo-2",
    "adjust": "scale",
    "move": "arrow-left-right",
    "refill": "arrow-down-to-line",
    "count": "clipboard-check",
    "grade": "triangle-alert",
}

_SHARES = (0.095, 0.06, 0.17, 0.11, 0.255, 0.31)
"""Time, icon, kind, units, SKU, place with the other end below it: parts of the width."""


class MovementList(Painted):
    """As many moves as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._moves: tuple[MovementView, ...] = ()
        self.setAccessibleName("Nothing has moved yet")

    def show_movements(self, moves: tuple[MovementView, ...]) -> None:
        """Show moves, the newest first."""
        if moves != self._moves:
            self._moves = moves
            self.say(". ".join(_sentence(move) for move in moves) or "Nothing has moved yet")

    def measure(self) -> QSize:
        """Eight rows."""
        return QSize(self.theme.sizes.body * 24, round(self._row() * 8))

    def least(self) -> QSize:
        """Three rows."""
        return QSize(self.theme.sizes.body * 24, round(self._row() * 3))

    def paint(self, canvas: Canvas) -> None:
        """One line a move."""
        colours, sizes, row = self.theme.colours, self.theme.sizes, self._row()
        if not self._moves:
            ink = Ink(sizes.body, colours.text2, 500, least=sizes.micro)
            canvas.line(QRectF(0, 0, self.width(), row), "Nothing has moved yet.", ink)
        for number, move in enumerate(self._moves[: int(self.height() / row)]):
            self._move(canvas, QRectF(0, number * row, self.width(), row), move)

    def _move(self, canvas: Canvas, area: QRectF, move: MovementView) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        cells, at = [], area.x()
        for share in _SHARES:
            cells.append(QRectF(at, area.y(), area.width() * share - 6, area.height()))
            at += area.width() * share
        time, icon, kind, units, sku, place = cells
        code = Ink(sizes.label, colours.text2, 500, least=7, mono=True)
        canvas.line(time, move.at, code)
        canvas.icon(
            _ICONS.get(move.kind, "box"), QRectF(icon.x(), icon.y(), sizes.body, icon.height()), code.colour
        )
        words = Ink(sizes.body, colours.text, 600, least=sizes.micro - 2)
        canvas.line(kind, move.kind.capitalize(), words)
        signed = Ink(sizes.body, self._ink_of(move), 800, least=sizes.micro - 3, mono=True, side=Side.RIGHT)
        canvas.line(units, f"{move.units:+,}", signed)
        strong = Ink(sizes.label, colours.text, 600, least=7, mono=True)
        canvas.line(sku.adjusted(10, 0, 0, 0), move.sku, strong)
        if move.other:
            half = area.height() / 2 - 2
            note = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 1)
            canvas.line(QRectF(place.x(), place.y() + 2, place.width(), half), move.place, code)
            below = QRectF(place.x(), place.center().y(), place.width(), half)
            canvas.line(below, shortened(move.other, below.width(), note), note)
        else:
            canvas.line(place, move.place, code)
        foot = area.bottom() - 0.5
        canvas.rule(area.x(), foot, area.right(), foot, colours.line)

    def _ink_of(self, move: MovementView) -> str:
        """Green for goods that came, red for damage, amber for a difference, plain for what was taken."""
        colours = self.theme.colours
        if move.units > 0:
            return colours.ok.ink
        if move.kind == "grade":
            return colours.err.ink
        return colours.warn.ink if move.kind in ("count", "adjust") else colours.text

    def _row(self) -> float:
        return self.theme.sizes.body * 2.35


def _sentence(move: MovementView) -> str:
    other = f", {move.other}" if move.other else ""
    return f"{move.at} {move.kind} {move.units:+} {move.sku}, {move.place}{other}"
