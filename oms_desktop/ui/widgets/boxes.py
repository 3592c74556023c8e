"""Layouts that follow the density, and the card that holds a part of a panel."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class Row(QHBoxLayout):
    """Widgets side by side with the theme's gap."""

    def __init__(self, theme: Theme, *widgets: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._space)
        self._space()
        for widget in widgets:
            self.addWidget(widget)

    def _space(self) -> None:
        self.setSpacing(self._theme.sizes.gap)


class Column(QVBoxLayout):
    """Widgets one under the other with the theme's gap."""

    def __init__(self, theme: Theme, *widgets: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._space)
        self._space()
        for widget in widgets:
            self.addWidget(widget)

    def _space(self) -> None:
        self.setSpacing(self._theme.sizes.gap)


class Card(Painted):
    """A surface with an icon and a title at its top, a note at the right, and a column below.

    An empty title leaves the head out.
    """

    def __init__(self, theme: Theme, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title, self._icon, self._note = title, icon, ""
        self.column = Column(theme)
        self.setLayout(self.column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        self._inset()

    def set_title(self, title: str, note: str = "") -> None:
        """Change the title and the note at its right."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.say(f"{title} {note}".strip())

    def paint(self, canvas: Canvas) -> None:
        """Surface and head; what is in the card paints itself."""
        colours, sizes = self.theme.colours, self.theme.sizes
        canvas.card(self.box(), colours.surface, colours.line, sizes.radius)
        if not self._title:
            return
        head = QRectF(sizes.pad, sizes.pad * 0.7, self.width() - 2 * sizes.pad, sizes.h2 * 1.5)
        canvas.icon(self._icon, QRectF(head.x(), head.y(), sizes.h2, head.height()), colours.text2)
        note = Ink(sizes.body, colours.text2, 500, least=sizes.micro, side=Side.RIGHT)
        free = head.adjusted(sizes.h2 * 1.5, 0, 0, 0)
        title = Ink(sizes.h2, colours.text, 700)
        used = canvas.line(free, self._title, title)
        canvas.line(free.adjusted(used + sizes.space, 0, 0, 0), self._note, note)

    def least(self) -> QSize:
        """Room for the head; the column asks for its own."""
        width = line_width(self._title, Ink(self.theme.sizes.h2, "", 700)) + 5 * self.theme.sizes.h2
        return QSize(round(width), 0)

    def minimumSizeHint(self) -> QSize:
        """The larger of the head and the column."""
        return self.least().expandedTo(self.column.totalMinimumSize())

    def sizeHint(self) -> QSize:
        """The larger of the head and the column."""
        return self.least().expandedTo(self.column.totalSizeHint())

    def restyle(self) -> None:
        """Take over new tokens."""
        self._inset()
        super().restyle()

    def _inset(self) -> None:
        sizes = self.theme.sizes
        top = round(sizes.pad * 0.7 + sizes.h2 * 1.5 + sizes.space) if self._title else sizes.pad
        self.column.setContentsMargins(sizes.pad, top, sizes.pad, sizes.pad)
