"""A filter with its count."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.statuses import look_of
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed

_SHORTER = {"All open": "All", "Due soon": "Soon"}


class Chip(Pressed):
    """A round button; the chosen one is dark. `name` is the filter, `label` its word if not the usual one."""

    def __init__(self, theme: Theme, name: str, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.name = name
        self._label = label or look_of(name).label
        self._count = self._short = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int, *, more: bool = False) -> None:
        """Show how many rows stand under the filter; `more` if there are even more."""
        shown = f"{count:,}{'+' if more else ''}"
        if shown != self._count:
            self._count, self._short = shown, f"{_short(count)}{'+' if more else ''}"
            self.setAccessibleName(f"{self._label}, {shown}")
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:
        """Stay as it is: the panel says which filter is on."""

    def measure(self) -> QSize:
        """Shape, word, count."""
        sizes = self.theme.sizes
        width = line_width(self._word(), self._words("")) + self._badge() + self._pad() * 2
        width += 0 if self.name == "all" else sizes.body * 1.1 + self._gap()
        return QSize(round(width + self._gap() + 2), sizes.target)

    def paint(self, canvas: Canvas) -> None:
        """A pill-shaped button."""
        sizes, colours, body, look = self.theme.sizes, self.theme.colours, self.body(), look_of(self.name)
        on = self.isChecked()
        ink = colours.surface if on else colours.text
        edge = colours.text if on else colours.line_strong
        canvas.card(body, colours.text if on else colours.surface, edge, body.height() / 2 - 1, 1.5)
        at, side = body.x() + self._pad(), sizes.body * 1.1
        if self.name != "all":
            sign = QRectF(at, body.center().y() - side / 2, side, side)
            if on:
                canvas.mark_in(look.mark, sign, ink, colours.text)
            else:
                canvas.mark(look.mark, sign)
            at += side + self._gap()
        at += canvas.line(
            QRectF(at, body.y(), body.right() - at, body.height()), self._word(), self._words(ink)
        )
        at += self._gap()
        height = sizes.label * 1.9
        badge = QRectF(at, body.center().y() - height / 2, self._badge(), height)
        if not on:
            canvas.block(badge, colours.surface2, height / 2)
        canvas.line(badge, self._shown(), Ink(sizes.label, ink, 700, side=Side.CENTRE))

    def _words(self, ink: str) -> Ink:
        return Ink(self.theme.sizes.body, ink, 600)

    def _badge(self) -> float:
        sizes = self.theme.sizes
        return line_width(self._shown(), Ink(sizes.label, "", 700)) + sizes.label * (
            0.7 if self.theme.compact else 1.1
        )

    def _word(self) -> str:
        """The word; a shorter one where space is short and there is one."""
        return _SHORTER.get(self._label, self._label) if self.theme.compact else self._label

    def _shown(self) -> str:
        """The count; a large one in short where space is short."""
        return self._short if self.theme.compact else self._count

    def _pad(self) -> int:
        return self.theme.sizes.space - 1 if self.theme.compact else self.theme.sizes.pad - 5

    def _gap(self) -> int:
        return 4 if self.theme.compact else self.theme.sizes.space


def _short(count: int) -> str:
    if count < 10_000:
        return f"{count:,}"
    return f"{count // 1000}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"
