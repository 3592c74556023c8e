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
        """A card with everything centred; where it is low, without the icon."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        canvas.card(box, colours.surface, colours.line, sizes.radius)
        big = Ink(sizes.display, colours.text, 700, least=sizes.body, side=Side.CENTRE)
        ink = Ink(sizes.h2, colours.text2, 500, least=sizes.micro, side=Side.CENTRE)
        wide = box.width() - 2 * sizes.pad
        lines = self._lines(wide, ink)
        side, title, step = sizes.display * 2.2, sizes.display * 1.4, sizes.h2 * LEADING
        words = title + step * len(lines)
        whole = side + sizes.pad + words
        roomy = whole <= box.height()
        top = box.center().y() - (whole if roomy else words) / 2
        if roomy:
            self._paint_icon(canvas, QRectF(box.center().x() - side / 2, top, side, side))
            top += side + sizes.pad
        canvas.line(QRectF(sizes.pad, top, wide, title), self._title, big)
        for number, line in enumerate(lines):
            canvas.line(QRectF(sizes.pad, top + title + step * number, wide, step), line, ink)

    def _paint_icon(self, canvas: Canvas, ring: QRectF) -> None:
        accent, inset = self.theme.colours.accent, ring.width() * 0.26
        canvas.block(ring, accent.soft, ring.width() / 2)
        canvas.icon(self._icon, ring.adjusted(inset, inset, -inset, -inset), accent.ink)

    def _lines(self, width: float, ink: Ink) -> tuple[str, ...]:
        """One line that shrinks where it can, else several."""
        if line_width(self._text, replace(ink, pixels=ink.least)) <= width:
            return (self._text,)
        return wrapped(self._text, int(width), ink.pixels, ink.weight)
