"""The instruction bar: the one huge line that says what to do next."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.tokens import Family
from oms_desktop.ui.widgets.painted import Painted


class Tone(Enum):
    """How the bar speaks: your move, right (for a second), wrong, or a question."""

    MOVE = "your move"
    RIGHT = "right"
    WRONG = "wrong"
    ASK = "look out"


@dataclass(frozen=True)
class LastScan:
    """The scan that is shown at the right until the next one, and what it did in a few words."""

    code: str = ""
    told: str = ""
    ok: bool = True


FLASH_MS = 1000
_MARKS = {Tone.RIGHT: Mark.RIGHT, Tone.WRONG: Mark.WRONG, Tone.ASK: Mark.LOOK_OUT}


class InstructionBar(Painted):
    """Icon tile, huge line, sub line, last scan. The light green of a right scan lasts one second."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tone, self._message, self._hint, self._icon = Tone.MOVE, "", "", "scan-barcode"
        self._scan = LastScan()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._calm)

    @property
    def tone(self) -> Tone:
        """The tone that is shown now."""
        return self._tone

    def show_instruction(self, tone: Tone, message: str, hint: str, icon: str = "scan-barcode") -> None:
        """Show a message in a tone; RIGHT turns into MOVE by itself, not earlier by the same words."""
        if tone is Tone.MOVE and self._tone is Tone.RIGHT and (message, hint) == (self._message, self._hint):
            return
        self._tone, self._message, self._hint, self._icon = tone, message, hint, icon
        self._flash.stop()
        if tone is Tone.RIGHT:
            self._flash.start()
        self.say(f"{tone.value.capitalize()}: {message}. {hint}".strip())
        self._announce(message)

    def show_scan(self, scan: LastScan) -> None:
        """Show the last scan and its result."""
        if scan != self._scan:
            self._scan = scan
            self.update()

    def measure(self) -> QSize:
        """As high as the theme's bar; as wide as it gets."""
        return QSize(480, self.theme.sizes.bar)

    def paint(self, canvas: Canvas) -> None:
        """One filled card: tile, words, last scan."""
        family, sizes, box = self._family(), self.theme.sizes, self.box()
        path = QPainterPath()
        path.addRoundedRect(box, sizes.radius, sizes.radius)
        canvas.painter.setClipPath(path)
        canvas.block(box, family.fill)
        if self._tone is Tone.WRONG:
            self._stripes(canvas, box)
        tile = QRectF(0, 0, sizes.bar * 1.05, box.height())
        canvas.block(tile, self.theme.colours.shade)
        side = box.height() * 0.54
        sign = QRectF(tile.center().x() - side / 2, tile.center().y() - side / 2, side, side)
        mark = _MARKS.get(self._tone)
        if mark:
            canvas.mark_in(mark, sign, family.on, family.fill)
        else:
            canvas.icon(self._icon, sign, family.on)
        block = sizes.bar * 2.9 if self._scan.code or self._scan.told else 0.0
        self._words(canvas, box.adjusted(tile.width() + sizes.pad * 1.5, 0, -block - sizes.pad, 0), family.on)
        if block:
            self._last(canvas, QRectF(box.right() - block, 0, block, box.height()), family)

    def _words(self, canvas: Canvas, area: QRectF, ink: str) -> None:
        sizes, middle = self.theme.sizes, area.center().y()
        message = f"Right. {self._message}" if self._tone is Tone.RIGHT else self._message
        if not self._hint:
            canvas.line(area, message, Ink(sizes.next, ink, 700, least=sizes.h2))
            return
        top = QRectF(area.x(), middle - sizes.bar * 0.42, area.width(), sizes.bar * 0.5)
        canvas.line(top, message, Ink(sizes.next, ink, 700, least=sizes.h2))
        sub = QRectF(area.x(), middle + sizes.bar * 0.1, area.width(), sizes.bar * 0.3)
        canvas.line(sub, self._hint, Ink(sizes.h2, ink, 500, least=sizes.label))

    def _last(self, canvas: Canvas, area: QRectF, family: Family) -> None:
        sizes, height = self.theme.sizes, area.height()
        canvas.rule(area.x(), height * 0.2, area.x(), height * 0.8, family.on)
        text = area.adjusted(sizes.pad, 0, -sizes.pad, 0)
        small = Ink(sizes.label, family.on, 600, least=sizes.micro - 1)
        canvas.line(QRectF(text.x(), height * 0.12, text.width(), height * 0.24), "Last scan", small)
        middle = QRectF(text.x(), height * 0.36, text.width(), height * 0.28)
        mark = Mark.RIGHT if self._scan.ok else Mark.WRONG
        canvas.mark_in(
            mark, QRectF(middle.x(), middle.y(), middle.height(), middle.height()), family.on, family.fill
        )
        code = middle.adjusted(middle.height() + sizes.space, 0, 0, 0)
        canvas.line(code, self._scan.code, Ink(sizes.h2, family.on, 500, least=10, mono=True))
        canvas.line(QRectF(text.x(), height * 0.66, text.width(), height * 0.24), self._scan.told, small)

    def _stripes(self, canvas: Canvas, box: QRectF) -> None:
        canvas.painter.setPen(
            QPen(colour(self.theme.colours.shade), box.height() * 0.14, Qt.PenStyle.SolidLine)
        )
        for number in range(5):
            x = box.right() - number * box.height() * 0.3
            canvas.painter.drawLine(int(x), 0, int(x - box.height()), int(box.height()))

    def _family(self) -> Family:
        colours = self.theme.colours
        return {
            Tone.MOVE: colours.accent,
            Tone.RIGHT: colours.flash,
            Tone.WRONG: colours.err,
            Tone.ASK: colours.warn,
        }[self._tone]

    def _calm(self) -> None:
        self._tone = Tone.MOVE
        self.update()

    def _announce(self, message: str) -> None:
        if not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self, message)
        if self._tone is Tone.WRONG:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
