"""A product as the picker must know it: name, variant, SKU, the last four digits of its barcode."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import ProductView
from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class ProductCard(Painted):
    """Picture well, name as large as it fits, variant, SKU, GTIN, stock and marks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._product = ProductView("", "", "", "")
        self._on_hand = 0

    def show_product(self, product: ProductView, on_hand: int) -> None:
        """Show a product and how many pieces of it lie at the place."""
        if (product, on_hand) != (self._product, self._on_hand):
            self._product, self._on_hand = product, on_hand
            marks = ", ".join(product.marks)
            self.say(f"{product.name}, {product.variant}, {product.sku}. {on_hand} on hand here. {marks}")

    def measure(self) -> QSize:
        """Five lines of text."""
        sizes = self.theme.sizes
        return QSize(sizes.display * 13, round(sizes.display * 1.3 + sizes.h2 * 7))

    def least(self) -> QSize:
        """The same lines, closer, beside a smaller picture."""
        sizes = self.theme.sizes
        return QSize(sizes.display * 9, round(sizes.display * 1.2 + sizes.h2 * 5.4))

    def paint(self, canvas: Canvas) -> None:
        """The well at the left, the words at its right, stock and marks at the bottom."""
        sizes, colours, product = self.theme.sizes, self.theme.colours, self._product
        side = min(self.height() * 0.92, self.width() * 0.26)
        well = QRectF(0, (self.height() - side) / 2, side, side)
        canvas.card(well, colours.surface2, colours.line, sizes.well)
        icon = side * 0.42
        canvas.icon(
            "package",
            QRectF(well.center().x() - icon / 2, well.center().y() - icon / 2, icon, icon),
            colours.text3,
        )
        text = self.box().adjusted(side + sizes.pad, 0, 0, 0)
        foot = QRectF(text.x(), text.bottom() - sizes.h2 * 1.4, text.width(), sizes.h2 * 1.4)
        head = sizes.display * 1.2
        name = Ink(sizes.display, colours.text, 700, least=sizes.h2)
        canvas.line(QRectF(text.x(), text.y(), text.width(), head), product.name, name)
        step = (foot.y() - text.y() - head) / 3
        rows = [QRectF(text.x(), text.y() + head + step * n, text.width(), step) for n in range(3)]
        canvas.line(rows[0], product.variant, Ink(sizes.h2, colours.text2, 400, least=sizes.label))
        canvas.line(rows[1], product.sku, Ink(sizes.h1, colours.text, 500, least=sizes.label, mono=True))
        self._gtin(canvas, rows[2])
        self._stock(canvas, foot)

    def _gtin(self, canvas: Canvas, row: QRectF) -> None:
        sizes, colours, gtin = self.theme.sizes, self.theme.colours, self._product.gtin
        if not gtin:
            return
        canvas.icon("barcode", QRectF(row.x(), row.y(), sizes.h2, row.height()), colours.text2)
        row = row.adjusted(sizes.h2 + sizes.space, 0, 0, 0)
        used = canvas.line(row, gtin[:-4], Ink(sizes.h2, colours.text2, 400, mono=True))
        row = row.adjusted(used + 4, 0, 0, 0)
        used = canvas.line(row, gtin[-4:], Ink(sizes.h1, colours.text, 800, mono=True))
        row = row.adjusted(used + sizes.space, 0, 0, 0)
        canvas.line(row, "last four digits", Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2))

    def _stock(self, canvas: Canvas, row: QRectF) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        plain = Ink(sizes.body, colours.text2, 600, least=sizes.micro)
        facts = [("boxes", f"{self._on_hand} on hand here")] if self._on_hand else []
        facts += [("triangle-alert", mark) for mark in self._product.marks]
        for icon, words in facts:
            canvas.icon(icon, QRectF(row.x(), row.y(), sizes.h2, row.height()), colours.text2)
            row = row.adjusted(sizes.h2 + sizes.space, 0, 0, 0)
            row = row.adjusted(canvas.line(row, words, plain) + sizes.pad, 0, 0, 0)
