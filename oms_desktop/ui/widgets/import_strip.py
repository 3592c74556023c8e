"""How far the import of a file is, what became of its orders, and what can be done about it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import LEADING, Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark, family_of
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Row
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.painted import Painted

_LINES = 2
"""How many lines the words below the name have room for."""


@dataclass(frozen=True)
class ImportLook:
    """The name of a file, counts or a sentence, and how it stands.

    `share` from 0 to 1 is how far it is, None when it has ended; `listed` tells whether there is a report.
    """

    name: str
    words: str
    mark: Mark = Mark.MOVE
    share: float | None = None
    listed: bool = False


class ImportStrip(QWidget):
    """In place while a file is brought in, and until its result was seen.

    `cancelled` wants the import to end behind the batch under way, `report_asked` all that was found.
    """

    cancelled = Signal()
    report_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = _Told(theme)
        self.cancel = KeyButton(theme, "Cancel", "x")
        self.report = KeyButton(theme, "Show report", "list", weighting=Weighting.PRIMARY)
        self.close_button = KeyButton(theme, "Close", "x")
        row = Row(theme, self.told)
        for button in (self.report, self.close_button, self.cancel):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel.clicked.connect(self.cancelled)
        self.cancel.clicked.connect(lambda: self.cancel.setEnabled(False))
        self.report.clicked.connect(self.report_asked)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def show_look(self, look: ImportLook) -> None:
        """Show how an import stands."""
        begins = self.cancel.isHidden() or self.isHidden()
        self.told.show_look(look)
        self.cancel.setVisible(look.share is not None)
        if begins:
            self.cancel.setEnabled(True)
        self.close_button.setVisible(look.share is None)
        self.report.setVisible(look.share is None and look.listed)
        self.show()


class _Told(Painted):
    """Shape, name, share and words over a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look = ImportLook("", "")

    def show_look(self, look: ImportLook) -> None:
        if look != self._look:
            self._look = look
            share = "" if look.share is None else f"{look.share:.0%}, "
            self.say(f"{look.name}: {share}{look.words}")

    def measure(self) -> QSize:
        """A line for the name, lines for the words, the bar."""
        sizes = self.theme.sizes
        height = sizes.body * 1.5 + sizes.label * LEADING * _LINES + 2 * sizes.space + 6
        return QSize(sizes.body * 40, round(height))

    def least(self) -> QSize:
        """Narrower: the name shrinks, the words are broken."""
        return QSize(self.theme.sizes.body * 16, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Card, shape, words; the bar runs along the lower edge."""
        sizes, colours, look = self.theme.sizes, self.theme.colours, self._look
        family = family_of(look.mark, colours)
        canvas.card(self.box(), colours.surface, family.ink, sizes.well, 1.5)
        inner = self.box().adjusted(sizes.pad, sizes.space, -sizes.pad, -sizes.space)
        side = sizes.h1
        canvas.mark(look.mark, QRectF(inner.x(), inner.y(), side, inner.height()))
        text = inner.adjusted(side + sizes.pad, 0, 0, 0)
        top = QRectF(text.x(), text.y(), text.width(), sizes.body * 1.5)
        used = 0.0
        if look.share is not None:
            share = Ink(sizes.body, colours.text, 700, side=Side.RIGHT)
            used = canvas.line(top, f"{look.share:.0%}", share) + sizes.space
        name = Ink(sizes.body, colours.text, 700, least=sizes.micro, mono=True)
        canvas.line(top.adjusted(0, 0, -used, 0), look.name, name)
        below = QRectF(text.x(), top.bottom(), text.width(), sizes.label * LEADING * _LINES)
        canvas.paragraph(below, look.words, Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2))
        if look.share is not None:
            canvas.bar(QRectF(text.x(), inner.bottom() - 6, text.width(), 6), look.share, colours.accent.fill)
