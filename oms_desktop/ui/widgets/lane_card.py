"""A lane of the dock: number, carrier, how full, manifest."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import LaneView
from oms_desktop.ui.canvas import Canvas, Ink, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class LaneCard(Painted):
    """Green with a tick when every parcel stands in it; framed blue when it is the one to go to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lane = LaneView("", "", 0, 0)
        self._wanted = False

    def show_lane(self, lane: LaneView, *, wanted: bool) -> None:
        """Show a lane; `wanted` if the chosen parcel belongs into it."""
        if (lane, wanted) != (self._lane, self._wanted):
            self._lane, self._wanted = lane, wanted
            here = ". The parcel goes here" if wanted else ""
            self.say(f"Lane {lane.code}, {lane.carrier}, {lane.loaded} of {lane.expected} loaded{here}")

    def measure(self) -> QSize:
        """Code at the left, three lines at its right."""
        sizes = self.theme.sizes
        return QSize(round(sizes.h2 * 11), round(sizes.h2 * 5.1))

    def paint(self, canvas: Canvas) -> None:
        """Ground in its state, code, carrier, count, bar, manifest."""
        sizes, colours, lane, box = self.theme.sizes, self.theme.colours, self._lane, self.box()
        full = bool(lane.expected) and lane.loaded >= lane.expected
        fill, line, width = colours.surface2, colours.line, 1.0
        if self._wanted:
            fill, line, width = colours.accent.soft, colours.accent.ink, 2.0
        elif full:
            fill, line, width = colours.ok.soft, colours.ok.ink, 2.0
        canvas.card(box, fill, line, sizes.well, width)
        inner = box.adjusted(sizes.pad, sizes.pad * 0.7, -sizes.pad, -sizes.pad * 0.7)
        big = Ink(sizes.display, colours.text, 800, least=sizes.h2, mono=True)
        share = min(line_width(lane.code, big), inner.width() * 0.36)
        canvas.line(QRectF(inner.x(), inner.y(), share + 1, inner.height()), lane.code, big)
        text = inner.adjusted(share + sizes.pad, 0, 0, 0)
        step = text.height() / 4
        rows = [QRectF(text.x(), text.y() + number * step, text.width(), step) for number in range(4)]
        canvas.line(rows[0], lane.carrier, Ink(sizes.body, colours.text, 700, least=sizes.micro))
        words = f"{lane.loaded} of {lane.expected} loaded"
        canvas.line(rows[1], words, Ink(sizes.label, colours.text2, 600, least=sizes.micro - 1))
        track = QRectF(rows[2].x(), rows[2].center().y() - 4, rows[2].width(), 9)
        ink = colours.ok.fill if full else colours.accent.fill
        canvas.bar(track, lane.loaded / lane.expected if lane.expected else 0.0, ink)
        self._foot(canvas, rows[3], full)

    def _foot(self, canvas: Canvas, row: QRectF, full: bool) -> None:
        sizes, colours, side = self.theme.sizes, self.theme.colours, self.theme.sizes.label * 1.2
        sign = QRectF(row.x(), row.center().y() - side / 2, side, side)
        words, mark, ink = "open", Mark.RING, colours.text2
        if self._lane.manifest:
            words, mark, ink = f"manifest {self._lane.manifest}", Mark.RIGHT, colours.ok.ink
        elif self._wanted:
            words, mark, ink = "the parcel goes here", Mark.MOVE, colours.accent.ink
        elif full:
            words, mark, ink = "all parcels are loaded", Mark.RIGHT, colours.ok.ink
        canvas.mark(mark, sign)
        text = row.adjusted(side + sizes.space, 0, 0, 0)
        canvas.line(text, words, Ink(sizes.label, ink, 600, least=sizes.micro - 2))
