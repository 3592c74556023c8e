"""A small button with a word and no icon, where several stand in a row."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed


class WordButton(Pressed):
    """As high as a target; `spoken` is what a screen reader says of it."""

    def __init__(self, theme: Theme, text: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def measure(self) -> QSize:
        """The word with room at its sides."""
        sizes = self.theme.sizes
        return QSize(
            max(round(line_width(self.text(), self._words("")) + 2 * sizes.pad), sizes.target), sizes.target
        )

    def paint(self, canvas: Canvas) -> None:
        """A well with the word."""
        colours, body = self.theme.colours, self.body()
        fill = colours.sunken if self.isDown() else colours.surface
        line, ink = colours.line_strong, colours.text
        if not self.isEnabled():
            fill, line, ink = colours.surface2, colours.line, colours.text3
        canvas.card(body, fill, line, self.theme.sizes.well, 1.5)
        canvas.line(body.translated(0, 1) if self.isDown() else body, self.text(), self._words(ink))

    def _words(self, ink: str) -> Ink:
        return Ink(self.theme.sizes.label, ink, 600, side=Side.CENTRE)
