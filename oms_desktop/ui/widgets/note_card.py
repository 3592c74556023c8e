"""Something to look out for: a hazard, a gift message, a note."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QWidget

from oms_desktop.ui.canvas import LEADING, Canvas, Ink, wrapped
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Flowing


class Note(Enum):
    """What a note is about; each has a colour, an icon and words."""

    HAZARD = "hazard"
    GIFT = "gift"
    PLAIN = "plain"


_ICONS = {Note.HAZARD: "triangle-alert", Note.GIFT: "gift", Note.PLAIN: "sticky-note"}


class NoteCard(Flowing):
    """A tinted card as high as its words need."""

    def __init__(self, theme: Theme, kind: Note, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._kind, self._title, self._text = kind, title, ""

    def show_text(self, text: str) -> None:
        """Show the words; empty hides the card."""
        if text != self._text:
            self._text = text
            self.updateGeometry()
            self.say(f"{self._title}: {text}")
        self.setVisible(bool(text))

    def heightForWidth(self, width: int) -> int:
        """Title and wrapped words."""
        sizes = self.theme.sizes
        left = sizes.pad * 2 + round(sizes.h2 * 1.3) + sizes.space
        lines = wrapped(self._text, max(width - left, 40), sizes.label, 500)
        return round(len(lines) * sizes.label * LEADING + sizes.body * 1.5 + sizes.pad * 1.2)

    def least(self) -> QSize:
        """Narrower: words shrink a little first."""
        return QSize(self.theme.sizes.body * 12, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Icon, title, words."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        fill, line, ink = colours.surface2, colours.line, colours.text2
        if self._kind is not Note.PLAIN:
            family = colours.warn if self._kind is Note.HAZARD else colours.special
            fill, line, ink = family.soft, family.ink, family.ink
        canvas.card(box, fill, line, sizes.well, 1.5)
        side = sizes.h2 * 1.3
        canvas.icon(_ICONS[self._kind], QRectF(sizes.pad, box.center().y() - side / 2, side, side), ink)
        text = box.adjusted(sizes.pad + side + sizes.space, sizes.pad * 0.5, -sizes.pad, -4)
        head = QRectF(text.x(), text.y(), text.width(), sizes.body * 1.5)
        canvas.line(head, self._title, Ink(sizes.body, colours.text, 700, least=sizes.micro))
        body = text.adjusted(0, head.height(), 0, 0)
        canvas.paragraph(body, self._text, Ink(sizes.label, colours.text, 500))
