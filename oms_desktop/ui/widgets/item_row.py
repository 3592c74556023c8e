"""A product of the order on the bench: how many of how many are in."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import PackItem, ProductView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class ItemRow(Painted):
    """Number in the sequence, name, SKU, notes as amber pills, count with a shape."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._item = PackItem(ProductView("", "", "", ""), 0, 0)
        self._number, self._next = 0, False

    def show_item(self, item: PackItem, *, number: int, following: bool) -> None:
        """Show an item; `following` marks the one that goes in next."""
        if (item, number, following) != (self._item, self._number, self._next):
            self._item, self._number, self._next = item, number, following
            self.updateGeometry()
            notes = ", ".join(self._remarks())
            self.say(f"{item.product.name}, {item.packed} of {item.quantity} in. {notes}".strip())

    def measure(self) -> QSize:
        """Two lines, three with notes."""
        sizes = self.theme.sizes
        lines = 5.2 if self._remarks() else 3.8
        return QSize(sizes.body * 25, max(sizes.target, round(sizes.body * lines)))

    def least(self) -> QSize:
        """Narrower: words shrink a little first."""
        return QSize(self.theme.sizes.body * 12, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Ground in its state, words at the left, count at the right."""
        sizes, colours, item, box = self.theme.sizes, self.theme.colours, self._item, self.box()
        done = item.packed >= item.quantity
        if self._next:
            canvas.card(box, colours.accent.soft, colours.accent.ink, sizes.well, 2)
        else:
            canvas.card(box, colours.surface2 if done else colours.surface, colours.line, sizes.well)
        inner = box.adjusted(sizes.pad, sizes.space * 0.6, -sizes.pad, -sizes.space * 0.6)
        side = sizes.h2 * 1.3
        sign = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
        if self._next:
            canvas.icon("scan-barcode", sign, colours.accent.ink)
        else:
            canvas.mark(Mark.RIGHT if done else Mark.RING, sign)
        count = QRectF(inner.x(), inner.y(), sign.x() - sizes.space * 1.5 - inner.x(), inner.height())
        ink = Ink(sizes.h1, colours.text, 700, least=sizes.body, side=Side.RIGHT)
        used = canvas.line(count, f"{item.packed} of {item.quantity}", ink)
        self._words(canvas, QRectF(inner.x(), inner.y(), count.width() - used - sizes.space, inner.height()))

    def _words(self, canvas: Canvas, area: QRectF) -> None:
        sizes, colours, product = self.theme.sizes, self.theme.colours, self._item.product
        remarks = self._remarks()
        step = area.height() / (3 if remarks else 2)
        rows = [QRectF(area.x(), area.y() + number * step, area.width(), step) for number in range(3)]
        canvas.line(rows[0], product.name, Ink(sizes.body, colours.text, 700, least=sizes.micro))
        dot = sizes.label * 1.5
        accent = colours.accent if self._next else colours.ok if self._done() else colours.idle
        spot = QRectF(area.x(), rows[1].center().y() - dot / 2, dot, dot)
        canvas.block(spot, accent.fill, dot / 2)
        canvas.line(spot, str(self._number), Ink(sizes.micro, accent.on, 700, side=Side.CENTRE))
        sku = rows[1].adjusted(dot + sizes.space, 0, 0, 0)
        used = canvas.line(sku, product.sku, Ink(sizes.label, colours.text2, 500, least=10, mono=True))
        variant = sku.adjusted(used + sizes.space, 0, 0, 0)
        if variant.width() > sizes.label * 7:
            canvas.line(variant, product.variant, Ink(sizes.label, colours.text2, 400, least=sizes.micro - 2))
        at = area.x()
        for remark in remarks:
            room = QRectF(at, rows[2].y(), area.right() - at, step)
            at += canvas.pill(room, remark, Mark.LOOK_OUT, sizes.label) + sizes.space

    def _remarks(self) -> tuple[str, ...]:
        return self._item.product.marks + self._item.notes

    def _done(self) -> bool:
        return self._item.packed >= self._item.quantity
