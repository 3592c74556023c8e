"""A field of a form: what belongs there above it, below it what is wrong with it or what it means."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, shortened
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.painted import Painted


class FieldNote(Painted):
    """One line: a fault with its shape, else a hint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text, self._wrong = "", False

    def show_text(self, text: str, *, wrong: bool) -> None:
        """Show a sentence; empty keeps the room for one."""
        if (text, wrong) != (self._text, self._wrong):
            self._text, self._wrong = text, wrong
            self.say(text)

    def measure(self) -> QSize:
        """One small line."""
        return QSize(100, round(self.theme.sizes.label * 1.4))

    def paint(self, canvas: Canvas) -> None:
        """Shape and words."""
        sizes, colours, room = self.theme.sizes, self.theme.colours, self.box()
        if not self._text:
            return
        if self._wrong:
            side = sizes.label * 1.1
            canvas.mark(Mark.WRONG, QRectF(2, room.center().y() - side / 2, side, side))
            room = room.adjusted(side + 6, 0, 0, 0)
        hue, weight = (colours.err.ink, 600) if self._wrong else (colours.text2, 500)
        ink = Ink(sizes.label, hue, weight, least=sizes.micro - 2)
        canvas.line(room, shortened(self._text, room.width(), ink), ink)


def mark_wrong(edit: QLineEdit, *, wrong: bool) -> None:
    """Frame a line as one to be corrected, or as any other."""
    edit.setProperty("wrong", wrong)
    edit.style().unpolish(edit)
    edit.style().polish(edit)


class FormField(QWidget):
    """Caption, line and what is to be said of it; `edit` is the line itself."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption, self.edit, self.below = CodeText(theme, "label", 600), QLineEdit(), FieldNote(theme)
        self._fault = self._hint = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.caption, self.edit, self.below):
            column.addWidget(part)
        self.show_label(label)

    @property
    def text(self) -> str:
        """What stands in the line, without space around it."""
        return self.edit.text().strip()

    @property
    def fault(self) -> str:
        """What is said to be wrong, "" for nothing."""
        return self._fault

    def show_label(self, label: str, *, needed: bool = False) -> None:
        """Show what belongs here, and whether it is needed."""
        self.caption.show_text(f"{label} (needed)" if needed else label)
        self._name()

    def show_fault(self, sentence: str) -> None:
        """Mark the line as wrong and say why; empty takes the mark away."""
        if sentence == self._fault:
            return
        self._fault = sentence
        mark_wrong(self.edit, wrong=bool(sentence))
        self._say()

    def show_hint(self, hint: str) -> None:
        """Say what was understood; a fault goes first."""
        self._hint = hint
        self._say()

    def _say(self) -> None:
        self.below.show_text(self._fault or self._hint, wrong=bool(self._fault))
        self._name()

    def _name(self) -> None:
        told = self._fault or self._hint
        self.edit.setAccessibleName(f"{self.caption.accessibleName()}. {told}".removesuffix(". "))
