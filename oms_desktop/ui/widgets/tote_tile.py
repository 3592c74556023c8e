"""The tote that takes the pieces: outlined until it is its turn, then solid."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class ToteTile(Painted):
    """Code, "Put 6", order."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tote, self._order, self._count, self._now = "", "", 0, False

    def show_tote(self, tote: str, order: str, count: int, *, now: bool) -> None:
        """Show the tote of the stop; `now` when the pieces go in."""
        if (tote, order, count, now) != (self._tote, self._order, self._count, self._now):
            self._tote, self._order, self._count, self._now = tote, order, count, now
            self.say(f"Tote {tote or 'any empty one'}, order {order}, put {count} in")

    def measure(self) -> QSize:
        """Three lines."""
        return QSize(self.theme.sizes.h1 * 9, round(self.theme.sizes.h1 * 4.4))

    def paint(self, canvas: Canvas) -> None:
        """A box with a rim, as one sees it from the front."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        accent = colours.accent
        fill, ink, second = colours.surface2, colours.text, colours.text2
        if self._now:
            fill, ink, second = accent.fill, accent.on, accent.on
        canvas.card(box, fill, accent.ink if self._now else colours.line_strong, sizes.well, 2)
        rim = QRectF(box.x() + 8, box.y() + 8, box.width() - 16, 5)
        canvas.block(rim, second if self._now else colours.sunken, 2.5)
        inner = box.adjusted(sizes.pad, sizes.pad, -sizes.pad, -sizes.pad * 0.6)
        step = inner.height() / 3
        big = QRectF(inner.x(), inner.y(), inner.width(), step * 2)
        words = f"Put {self._count}"
        put = Ink(sizes.h1, ink, 800, least=sizes.body)
        code = Ink(sizes.display, ink, 800, least=sizes.body, mono=True)
        if self._tote:
            used = canvas.line(big.adjusted(0, 0, -big.width() * 0.34, 0), self._tote, code)
            canvas.line(big.adjusted(used + sizes.pad, 0, 0, 0), words, put)
        else:
            canvas.line(big, f"{words} into an empty tote", put)
        last = QRectF(inner.x(), big.bottom(), inner.width(), step)
        canvas.line(last, f"order {self._order}", Ink(sizes.body, second, 500, least=sizes.micro - 1))
