"""What stands where there is nothing to show: an icon, a huge line, a sentence."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import LEADING, Canvas, Ink, Side, line_width, wrapped
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class Notice(Painted):
    """An empty state, in words."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._icon, self._title, self._text = icon, "", ""

    def show_words(self, title: str, text: str) -> None:
        """Show a line and a sentence below it."""
        if (title, text) != (self._title, self._text):
            self._title, self._text = title, text
            self.say(f"{title}. {text}")

    def measure(self) -> QSize:
        """Icon, line, sentence."""
        return QSize(self.theme.sizes.display * 7, self.theme.sizes.display * 5)

    def least(self) -> QSize:
        """The words alone."""
        return QSize(240, self.theme.sizes.display * 3)

    def paint(self, canvas: Canvas) -> None:
        """A card with everything centred."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        canvas.card(box, colours.surface, colours.line, sizes.radius)
        side = sizes.display * 2.2
        top = box.center().y() - side
        canvas.block(QRectF(box.center().x() - side / 2, top, side, side), colours.accent.soft, side / 2)
        inset = side * 0.26
        ring = QRectF(box.center().x() - side / 2, top, side, side).adjusted(inset, inset, -inset, -inset)
        canvas.icon(self._icon, ring, colours.accent.ink)
        words = QRectF(sizes.pad, top + side + sizes.pad, box.width() - 2 * sizes.pad, sizes.display * 1.4)
        big = Ink(sizes.display, colours.text, 700, least=sizes.body, side=Side.CENTRE)
        canvas.line(words, self._title, big)
        below = QRectF(words.x(), words.bottom(), words.width(), sizes.h2 * 2)
        ink = Ink(sizes.h2, colours.text2, 500, least=sizes.micro, side=Side.CENTRE)
        for line in self._lines(below.width(), ink):
            canvas.line(below, line, ink)
            below.translate(0, sizes.h2 * LEADING)

    def _lines(self, width: float, ink: Ink) -> tuple[str, ...]:
        """One line that shrinks where it can, else several."""
        if line_width(self._text, replace(ink, pixels=ink.least)) <= width:
            return (self._text,)
        return wrapped(self._text, int(width), ink.pixels, ink.weight)
