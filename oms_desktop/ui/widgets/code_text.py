"""A line of words in which every code is set in mono."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class CodeText(Painted):
    """One line; shrinks a little before it is shortened. `size` names a size of the tokens."""

    def __init__(
        self,
        theme: Theme,
        size: str = "body",
        weight: int = 500,
        side: Side = Side.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._size, self._weight, self._side = size, weight, side
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a sentence."""
        if text != self._text:
            self._text = text
            self.updateGeometry()
            self.say(text)

    def measure(self) -> QSize:
        """The whole line."""
        ink = self._ink()
        return QSize(round(line_width(self._text, ink)) + 2, round(ink.pixels * 1.45))

    def least(self) -> QSize:
        """At most 120 px: a longer line shrinks first."""
        wanted = self.measure()
        return QSize(min(wanted.width(), 120), wanted.height())

    def paint(self, canvas: Canvas) -> None:
        """The line."""
        canvas.line(self.box(), self._text, self._ink())

    def _ink(self) -> Ink:
        pixels: int = getattr(self.theme.sizes, self._size)
        strong = self.theme.colours.text if self._weight >= 600 else self.theme.colours.text2
        return Ink(pixels, strong, self._weight, least=self.theme.sizes.micro - 1, side=self._side)
