"""What happened to an order, oldest first, where it stands now, and what is planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.views import Phase, TimelineEntry
from oms_desktop.ui.canvas import LEADING, Canvas, Ink, wrapped
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Flowing


@dataclass(frozen=True)
class _Line:
    """A line of words: how it is written, and where its middle lies below the top of its entry."""

    words: str
    ink: Ink
    middle: float


class Timeline(Flowing):
    """A moment below the other: the time, a shape, what happened, the details of it, who and where.

    Times are those of the theme's zone. Long words go on in the next line; the
    widget is as high as its entries need in its width.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._entries: tuple[TimelineEntry, ...] = ()

    def show_entries(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show the events of an order."""
        if entries != self._entries:
            self._entries = entries
            self.updateGeometry()
            self.say(". ".join(f"{_stamp(entry, self.theme.zone)} {entry.text}".strip() for entry in entries))

    def heightForWidth(self, width: int) -> int:
        """All entries with their words wrapped."""
        return round(sum(self._height(self._lines(entry, width)) for entry in self._entries))

    def least(self) -> QSize:
        """Narrower; how high that is follows from the width."""
        return QSize(self.theme.sizes.body * 12, 0)

    def paint(self, canvas: Canvas) -> None:
        """Times at the left, shapes on a thread, words at the right."""
        sizes, colours = self.theme.sizes, self.theme.colours
        side, time, top = sizes.body * 1.15, self._time(), 0.0
        for number, entry in enumerate(self._entries):
            lines = self._lines(entry, self.width())
            bottom = top + self._height(lines)
            last = number == len(self._entries) - 1
            past = entry.phase is Phase.PAST
            middle = top + lines[0].middle
            spot = QRectF(time, middle - side / 2, side, side)
            if not last:
                x = spot.center().x()
                canvas.rule(
                    x,
                    spot.bottom() + 2,
                    x,
                    bottom + spot.y() - top - 2,
                    colours.ok.fill if past else colours.line,
                    3,
                )
            canvas.mark(_mark(entry, last=last), spot)
            stamp = QRectF(0, middle - sizes.body / 2, time - 6, sizes.body)
            ink = Ink(sizes.label, colours.text2, 500, least=9, mono=True)
            canvas.line(stamp, _stamp(entry, self.theme.zone), ink)
            for line in lines:
                row = QRectF(self._left(), top + line.middle - side, self.width() - self._left(), 2 * side)
                canvas.line(row, line.words, line.ink)
            top = bottom

    def _lines(self, entry: TimelineEntry, width: int) -> list[_Line]:
        """Set the words of an entry under each other."""
        room = max(width - round(self._left()), 60)
        found: list[_Line] = []
        top = self.theme.sizes.body * 0.15
        for words, ink in self._told(entry):
            for each in wrapped(words, room, ink.pixels, ink.weight):
                height = ink.pixels * LEADING
                found.append(_Line(each, ink, top + height / 2))
                top += height
        return found

    def _told(self, entry: TimelineEntry) -> Iterator[tuple[str, Ink]]:
        """What happened, its details, and who did it where; a word that is too long may shrink."""
        sizes, colours = self.theme.sizes, self.theme.colours
        ink = colours.text2 if entry.phase is Phase.PLANNED else colours.text
        yield entry.text, Ink(sizes.body, ink, 600, least=sizes.micro - 1)
        for detail in entry.details:
            yield detail, Ink(sizes.label, colours.text, 400, least=sizes.micro - 2)
        told = ", ".join(part for part in (entry.who, entry.where) if part)
        if told:
            yield told, Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2)

    def _height(self, lines: list[_Line]) -> float:
        last = lines[-1]
        return last.middle + last.ink.pixels * LEADING / 2 + self.theme.sizes.body * 0.6

    def _time(self) -> float:
        return self.theme.sizes.label * 3.6

    def _left(self) -> float:
        """Where the words begin."""
        return self._time() + self.theme.sizes.body * 1.15 + self.theme.sizes.space


def _mark(entry: TimelineEntry, *, last: bool) -> Mark:
    if entry.phase is Phase.PLANNED:
        return Mark.RING
    return Mark.MOVE if last or entry.phase is Phase.NOW else Mark.RIGHT


def _stamp(entry: TimelineEntry, zone: tzinfo | None) -> str:
    return "now" if entry.phase is Phase.NOW else _clock(entry.at, zone)


def _clock(at: str, zone: tzinfo | None) -> str:
    """Hours and minutes of an ISO time in a zone."""
    return f"{datetime.fromisoformat(at).astimezone(zone):%H:%M}" if at else ""
