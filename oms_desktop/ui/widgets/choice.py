"""One of a few ways to look at something: a word that is pressed, the chosen one dark."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed


class Choice(Pressed):
    """A button with a word; `name` is what it stands for."""

    def __init__(self, theme: Theme, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.name = name
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Stay as it is: the panel says which one is chosen."""

    def measure(self) -> QSize:
        """The word with room at its sides."""
        sizes = self.theme.sizes
        width = line_width(self.text(), self._words("")) + 2 * sizes.pad
        return QSize(max(round(width) + 2, sizes.target), sizes.target)

    def paint(self, canvas: Canvas) -> None:
        """A well with the word; filled when chosen."""
        colours, body, on = self.theme.colours, self.body().adjusted(0, 5, 0, -5), self.isChecked()
        ink = colours.surface if on else colours.text
        edge = colours.text if on else colours.line_strong
        canvas.card(body, colours.text if on else colours.surface, edge, self.theme.sizes.well, 1.5)
        canvas.line(body, self.text(), self._words(ink))

    def _words(self, ink: str) -> Ink:
        return Ink(self.theme.sizes.label, ink, 600, side=Side.CENTRE)
