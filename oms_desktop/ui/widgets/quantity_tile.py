"""How many to take, in a tile of its own."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class QuantityTile(Painted):
    """A verb, a huge number, a unit; when nothing is left, a tick and what was taken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._quantity, self._taken = 0, 0

    def show_quantity(self, quantity: int, taken: int) -> None:
        """Show how many are wanted and how many of them are taken already."""
        if (quantity, taken) != (self._quantity, self._taken):
            self._quantity, self._taken = quantity, taken
            self.say(f"Take {quantity - taken} more, {taken} of {quantity} taken")

    def measure(self) -> QSize:
        """A tile that holds three digits."""
        return QSize(round(self.theme.sizes.qty * 1.9), round(self.theme.sizes.qty * 1.9))

    def least(self) -> QSize:
        """As wide as measured, lower if need be."""
        return QSize(self.measure().width(), round(self.theme.sizes.qty * 1.35))

    def paint(self, canvas: Canvas) -> None:
        """Verb above, number in the middle, unit below."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        left = self._quantity - self._taken
        family = colours.accent if left else colours.ok
        canvas.card(box, family.soft, family.ink, sizes.well, 2)
        line = sizes.h2 * 2.0
        head = QRectF(box.x(), box.y() + 2, box.width(), line)
        foot = QRectF(box.x() + 6, box.bottom() - line - 2, box.width() - 12, line)
        middle = QRectF(box.x() + 8, head.bottom(), box.width() - 16, foot.y() - head.bottom())
        centred = Ink(sizes.h2, family.ink, 700, side=Side.CENTRE)
        if left:
            canvas.line(head, "Take", centred)
            pixels = min(sizes.qty, int(middle.height() * 1.25))
            canvas.line(middle, str(left), Ink(pixels, colours.text, 800, least=24, side=Side.CENTRE))
        else:
            canvas.line(head, "Taken", centred)
            side = min(middle.height(), sizes.qty * 0.8)
            canvas.mark(
                Mark.RIGHT, QRectF(box.center().x() - side / 2, middle.center().y() - side / 2, side, side)
            )
        words = "piece" if left == 1 else "pieces"
        if self._taken:
            words = f"{self._taken} of {self._quantity} taken"
        unit = Ink(sizes.h2, colours.text, 700, least=sizes.micro, side=Side.CENTRE)
        canvas.line(foot, words, unit)
