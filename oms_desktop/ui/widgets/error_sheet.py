"""The error sheet: what was scanned against what was expected, over the content, until the right scan."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.reply import Refusal, Thing
from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tokens import Family
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.painted import Painted

_EDGE = 14
_NOTHING = Thing("")


class ErrorSheet(Painted):
    """A child of the content, not a dialog: scans go on reaching the dialogue.

    It is closed by `hide` (the right scan) or put aside by Esc or its button, never by Enter or time.
    A further refusal replaces what it shows.
    """

    put_aside = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._title, self._text, self._advice = "", "", ""
        self._got, self._expected = _NOTHING, _NOTHING
        self._aside = KeyButton(theme, "Put aside, go on", "undo-2", "Esc", Weighting.PRIMARY, self)
        self._aside.clicked.connect(self.put_aside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        self.hide()

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why nothing was done, and come to the front."""
        self._title, self._text = refusal.title, refusal.text
        self._got, self._expected, self._advice = refusal.got, refusal.expected, refusal.advice
        self.say(f"Stop: {refusal.title}. {refusal.text} {refusal.advice}".strip())
        self._cover()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the content."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        return False

    def restyle(self) -> None:
        """Take over new tokens."""
        super().restyle()
        self._cover()

    def measure(self) -> QSize:
        """It takes the place of the content."""
        return QSize(0, 0)

    def paint(self, canvas: Canvas) -> None:
        """Veil, frame, then the sheet from head to advice."""
        sizes, colours, sheet = self.theme.sizes, self.theme.colours, self._sheet()
        canvas.block(self.box(), colours.scrim)
        canvas.card(self.box(), "#00000000", colours.err.fill, 0, _EDGE)
        canvas.block(sheet, colours.surface, sizes.radius)
        head = QRectF(sheet.x(), sheet.y(), sheet.width(), sizes.bar * 1.5)
        self._head(canvas, head, sheet)
        inner = sheet.adjusted(sizes.pad * 1.4, head.height() + sizes.pad, -sizes.pad * 1.4, 0)
        height = self._foot().y() - sizes.gap - inner.y()
        things = QRectF(inner.x(), inner.y(), inner.width(), height - sizes.bar * 0.85 - sizes.gap)
        self._things(canvas, things)
        well = QRectF(inner.x(), things.bottom() + sizes.gap, inner.width(), sizes.bar * 0.85)
        self._advise(canvas, well)

    def _head(self, canvas: Canvas, head: QRectF, sheet: QRectF) -> None:
        sizes, err = self.theme.sizes, self.theme.colours.err
        path = QPainterPath()
        path.addRoundedRect(sheet, sizes.radius, sizes.radius)
        canvas.painter.save()
        canvas.painter.setClipPath(path)
        canvas.block(head, err.fill)
        canvas.painter.restore()
        side = head.height() * 0.62
        sign = QRectF(head.x() + sizes.pad * 2, head.center().y() - side / 2, side, side)
        canvas.mark_in(Mark.WRONG, sign, err.on, err.fill)
        words = QRectF(sign.right() + sizes.pad * 2, head.y(), 0, head.height())
        words.setRight(head.right() - sizes.pad * 2)
        top = QRectF(words.x(), head.y() + head.height() * 0.16, words.width(), head.height() * 0.4)
        canvas.line(top, self._title, Ink(round(sizes.next * 1.4), err.on, 800, least=sizes.h2))
        sub = QRectF(words.x(), head.y() + head.height() * 0.58, words.width(), head.height() * 0.28)
        canvas.line(sub, self._text, Ink(round(sizes.h2 * 1.15), err.on, 500, least=sizes.micro))

    def _things(self, canvas: Canvas, area: QRectF) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        middle = sizes.bar * 0.9
        half = (area.width() - middle) / 2
        left = QRectF(area.x(), area.y(), half, area.height())
        right = QRectF(area.right() - half, area.y(), half, area.height())
        self._thing(canvas, left, "You scanned", Mark.WRONG, colours.err, self._got, self._expected)
        self._thing(canvas, right, "Expected", Mark.RIGHT, colours.ok, self._expected, self._got)
        side = middle * 0.72
        ring = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        canvas.card(ring, colours.surface2, colours.line, side / 2)
        inset = side * 0.27
        canvas.icon("equal-not", ring.adjusted(inset, inset, -inset, -inset), colours.err.ink)

    def _thing(
        self,
        canvas: Canvas,
        area: QRectF,
        caption: str,
        mark: Mark,
        family: Family,
        thing: Thing,
        other: Thing,
    ) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        canvas.card(area, family.soft, family.ink, sizes.well, 2)
        inner = area.adjusted(sizes.pad * 1.4, sizes.pad, -sizes.pad * 1.4, -sizes.pad)
        step = min(inner.height() / 4, sizes.display * 1.4)
        rows = [QRectF(inner.x(), inner.y() + number * step, inner.width(), step) for number in range(4)]
        side = min(step * 0.8, sizes.h1 * 1.1)
        canvas.mark(mark, QRectF(inner.x(), rows[0].center().y() - side / 2, side, side))
        head = rows[0].adjusted(side + sizes.space, 0, 0, 0)
        canvas.line(head, caption, Ink(sizes.h2, family.ink, 700))
        self._title_with_difference(canvas, rows[1], thing.title or "nothing", other.title, family)
        canvas.line(rows[2], thing.code, Ink(sizes.h1, colours.text, 500, least=10, mono=True))
        canvas.line(rows[3], thing.detail, Ink(sizes.body, colours.text2, 500, least=sizes.micro - 2))

    def _title_with_difference(
        self, canvas: Canvas, row: QRectF, title: str, other: str, family: Family
    ) -> None:
        """The title; words that the other side lacks stand out on a filled ground if others are shared."""
        sizes, colours = self.theme.sizes, self.theme.colours
        common = set(title.split()) & set(other.split())
        whole = Ink(round(sizes.h1 * 1.15), colours.text, 700, least=sizes.label)
        first, last = _difference(title.split(), other.split())
        if not common or first >= last or line_width(title, whole) + 24 > row.width():
            canvas.line(row, title, whole)
            return
        words, at = title.split(), row.x()
        for text, marked in (
            (" ".join(words[:first]), False),
            (" ".join(words[first:last]), True),
            (" ".join(words[last:]), False),
        ):
            if not text:
                continue
            width = line_width(text, whole) + (16 if marked else 0)
            cell = QRectF(at, row.center().y() - whole.pixels * 0.68, width, whole.pixels * 1.36)
            if marked:
                canvas.block(cell, family.fill, 6)
            ink = Ink(whole.pixels, family.on if marked else whole.colour, 700, side=Side.CENTRE)
            canvas.line(cell.adjusted(0, 0, 1, 0), text, ink)
            at += width + sizes.space

    def _advise(self, canvas: Canvas, well: QRectF) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        canvas.card(well, colours.surface2, colours.line, sizes.well)
        side = sizes.h1 * 1.1
        icon = QRectF(well.x() + sizes.pad, well.center().y() - side / 2, side, side)
        canvas.icon("arrow-right", icon, colours.text)
        text = QRectF(icon.right() + sizes.pad, well.y() + 6, 0, well.height() / 2 - 6)
        text.setRight(well.right() - sizes.pad)
        advice = self._advice or "Put it back, then scan the right one"
        canvas.line(text, advice, Ink(round(sizes.h2 * 1.1), colours.text, 700, least=sizes.micro))
        note = text.translated(0, text.height())
        words = "The right scan closes this message by itself. No key is needed."
        canvas.line(note, words, Ink(sizes.body, colours.text2, 500, least=sizes.micro))

    def _sheet(self) -> QRectF:
        """The sheet itself, inside the frame."""
        sizes, box = self.theme.sizes, self.box()
        inset = sizes.margin + _EDGE + 24
        return box.adjusted(inset, inset, -inset, -max(inset, box.height() - sizes.bar * 6.5))

    def _foot(self) -> QRectF:
        """Where the button stands."""
        sizes, sheet = self.theme.sizes, self._sheet()
        height, width = max(sizes.action, sizes.target), sheet.width() * 0.34
        right = sheet.right() - sizes.pad * 1.4
        return QRectF(right - width, sheet.bottom() - sizes.pad * 1.2 - height, width, height)

    def _cover(self) -> None:
        content = self.parentWidget()
        if content is not None:
            self.setGeometry(content.rect())
        self._aside.setGeometry(self._foot().toRect())


def _difference(words: list[str], other: list[str]) -> tuple[int, int]:
    """First and last (exclusive) word that differ, after what both share at the ends."""
    first = 0
    while first < min(len(words), len(other)) and words[first] == other[first]:
        first += 1
    shared = 0
    while shared < min(len(words), len(other)) - first and words[-1 - shared] == other[-1 - shared]:
        shared += 1
    return first, len(words) - shared
