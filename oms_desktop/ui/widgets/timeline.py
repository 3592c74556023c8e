"""What happened to an order, oldest first."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import TimelineEntry
from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class Timeline(Painted):
    """A line a moment: local time, a shape, words, who and where. Grows with its entries."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._entries: tuple[TimelineEntry, ...] = ()

    def show_entries(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show the events of an order."""
        if entries != self._entries:
            self._entries = entries
            self.updateGeometry()
            self.say(". ".join(f"{_clock(entry.at)} {entry.text}" for entry in entries))

    def measure(self) -> QSize:
        """Two lines an entry."""
        return QSize(self.theme.sizes.body * 12, round(self._step() * len(self._entries)))

    def paint(self, canvas: Canvas) -> None:
        """Times at the left, shapes on a thread, words at the right."""
        sizes, colours, step = self.theme.sizes, self.theme.colours, self._step()
        side, time = sizes.body * 1.15, sizes.label * 3.6
        for number, entry in enumerate(self._entries):
            top = number * step
            half = step / 2
            last = number == len(self._entries) - 1
            spot = QRectF(time, top + (half - side) / 2 + 2, side, side)
            if not last:
                x = spot.center().x()
                canvas.rule(x, spot.bottom() + 2, x, spot.y() + step - 2, colours.ok.fill, 3)
            canvas.mark(Mark.MOVE if last else Mark.RIGHT, spot)
            stamp = QRectF(0, top + 2, time - 6, half)
            canvas.line(stamp, _clock(entry.at), Ink(sizes.label, colours.text2, 500, least=9, mono=True))
            words = QRectF(
                spot.right() + sizes.space, top + 2, self.width() - spot.right() - sizes.space, half
            )
            canvas.line(words, entry.text, Ink(sizes.body, colours.text, 600, least=sizes.micro - 1))
            below = words.translated(0, half * 0.84)
            told = ", ".join(part for part in (entry.who, entry.where) if part)
            canvas.line(below, told, Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2))

    def _step(self) -> float:
        return self.theme.sizes.body * 3.2


def _clock(at: str) -> str:
    """Local hours and minutes of an ISO time in UTC."""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M") if at else ""
