"""The floor from above as a heat map: each side of a bay in one hue, light for little to dark for much."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.stock_views import BayView
from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.widgets.floor_plan import Plan, plan_of
from oms_desktop.ui.widgets.painted import Painted

ALERT_MARKS = {"low": Mark.LOOK_OUT, "empty": Mark.WRONG}


class Heat(Enum):
    """What the colour of a bay tells: name, word on its button, the two ends of the legend."""

    PICKS = ("picks", "Picks", "few picks", "many")
    FILL = ("fill", "Fill", "empty", "full")
    AGE = ("age", "Age", "new", "old")

    @property
    def word(self) -> str:
        """The word on its button."""
        return self.value[1]

    @property
    def ends(self) -> tuple[str, str]:
        """The words at the light and at the dark end."""
        return self.value[2], self.value[3]


_MEASURES: dict[Heat, Callable[[BayView], float]] = {
    Heat.PICKS: lambda bay: bay.picks,
    Heat.FILL: lambda bay: bay.fill,
    Heat.AGE: lambda bay: bay.age_days,
}


@dataclass(frozen=True)
class MapMark:
    """The place that is marked: the hex id of the location, its code, and a sentence about it."""

    place: str = ""
    code: str = ""
    words: str = ""


class FloorMap(Painted):
    """Bays where they really stand, alerts as shapes, one place marked with a card beside it.

    Where there is more than one area, each has its name along its left side.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._bays: tuple[BayView, ...] = ()
        self._read = False
        self._heat, self._mark = Heat.PICKS, MapMark()
        self._plan: Plan = plan_of(())
        self.setAccessibleName("Map of the floor, nothing to show")

    def show_bays(self, bays: tuple[BayView, ...], heat: Heat) -> None:
        """Show bays, coloured by what `heat` measures."""
        if not self._read or (bays, heat) != (self._bays, self._heat):
            self._read, self._bays, self._heat = True, bays, heat
            self._plan = plan_of(bays)
            self._say()

    def mark(self, mark: MapMark) -> None:
        """Mark a place; an empty one takes the mark away."""
        if mark != self._mark:
            self._mark = mark
            self._say()

    def measure(self) -> QSize:
        """Wide enough for fourteen aisles, high enough for two blocks of bays."""
        return QSize(self.theme.sizes.body * 34, self.theme.sizes.body * 11)

    def least(self) -> QSize:
        """A map that can still be read."""
        return QSize(self.theme.sizes.body * 24, self.theme.sizes.body * 8)

    def paint(self, canvas: Canvas) -> None:
        """Ground, aisles, bays, alerts, and the marked place over all."""
        colours, sizes = self.theme.colours, self.theme.sizes
        canvas.card(self.box(), colours.surface2, colours.line, sizes.well)
        head = sizes.label * 1.7
        field = self.box().adjusted(sizes.pad, head, -sizes.pad, -sizes.pad * 0.6)
        if not self._bays:
            none = "The places have no coordinates yet, so there is no map."
            words = none if self._read else "The floor is being read."
            ink = Ink(sizes.body, colours.text2, 500, least=sizes.micro, side=Side.CENTRE)
            canvas.line(self.box().adjusted(sizes.pad, 0, -sizes.pad, 0), words, ink)
            return
        ink = Ink(sizes.label, colours.text2, 600, least=8, mono=True, side=Side.CENTRE)
        for name, box in self._plan.aisles(field):
            canvas.line(QRectF(box.x(), self.box().y() + 2, box.width(), head), name, ink)
        cells = self._plan.cells(field)
        self._paint_areas(canvas, cells)
        self._paint_bays(canvas, cells)
        self._paint_alerts(canvas, cells)
        self._paint_mark(canvas, cells, field)

    def _paint_areas(self, canvas: Canvas, cells: tuple[QRectF, ...]) -> None:
        areas: dict[str, QRectF] = {}
        for bay, cell in zip(self._bays, cells, strict=True):
            areas[bay.zone] = areas.get(bay.zone, cell).united(cell)
        if len(areas) < 2:
            return
        wide, sizes = self.theme.sizes.pad, self.theme.sizes
        ink = Ink(sizes.label, self.theme.colours.text2, 700, least=8, mono=True, side=Side.CENTRE)
        for name, box in areas.items():
            if line_width(name, ink) <= wide:
                canvas.line(QRectF(box.x() - wide, box.y(), wide, box.height()), name, ink)
                continue
            canvas.painter.save()
            canvas.painter.translate(box.x() - wide, box.bottom())
            canvas.painter.rotate(-90)
            canvas.line(QRectF(0, 0, box.height(), wide), name, ink)
            canvas.painter.restore()

    def _paint_bays(self, canvas: Canvas, cells: tuple[QRectF, ...]) -> None:
        measure = _MEASURES[self._heat]
        most = max((measure(bay) for bay in self._bays), default=0) or 1
        most = 1 if self._heat is Heat.FILL else most
        low, high = heat_ends(self.theme)
        for bay, cell in zip(self._bays, cells, strict=True):
            canvas.block(cell, mixed(low, high, measure(bay) / most), 2)

    def _paint_alerts(self, canvas: Canvas, cells: tuple[QRectF, ...]) -> None:
        side = self.theme.sizes.body * 1.25
        worst = sorted(zip(self._bays, cells, strict=True), key=lambda pair: pair[0].alert == "empty")
        for bay, cell in worst:
            mark = ALERT_MARKS.get(bay.alert)
            if mark is not None:
                at, halo = cell.center(), side * 1.25
                ground = QRectF(at.x() - halo / 2, at.y() - halo / 2, halo, halo)
                canvas.block(ground, self.theme.colours.surface, halo / 2)
                canvas.mark(mark, QRectF(at.x() - side / 2, at.y() - side / 2, side, side))

    def _paint_mark(self, canvas: Canvas, cells: tuple[QRectF, ...], field: QRectF) -> None:
        for bay, cell in zip(self._bays, cells, strict=True):
            if self._mark.place and self._mark.place in bay.places:
                frame = cell.adjusted(-4, -4, 4, 4)
                canvas.card(frame, "#00000000", self.theme.colours.text, 4, 3)
                self._paint_card(canvas, frame, field)
                return

    def _paint_card(self, canvas: Canvas, frame: QRectF, field: QRectF) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        code = Ink(sizes.body, colours.surface, 700, mono=True)
        words = Ink(sizes.label, colours.surface, 500)
        width = max(line_width(self._mark.code, code), line_width(self._mark.words, words)) + 2 * sizes.space
        width = min(width + 4, field.width() * 0.6)
        height = sizes.body * 1.5 + sizes.label * 1.5 + sizes.space
        right = frame.right() + 10 + width <= field.right() + sizes.pad
        left = frame.right() + 10 if right else frame.x() - 10 - width
        top = min(max(frame.center().y() - height / 2, field.y()), field.bottom() - height)
        card = QRectF(left, top, width, height)
        canvas.block(card, colours.text, sizes.well * 0.7)
        inner = card.adjusted(sizes.space, sizes.space / 2, -sizes.space, -sizes.space / 2)
        canvas.line(QRectF(inner.x(), inner.y(), inner.width(), sizes.body * 1.5), self._mark.code, code)
        foot = QRectF(inner.x(), inner.bottom() - sizes.label * 1.5, inner.width(), sizes.label * 1.5)
        canvas.line(foot, self._mark.words, Ink(sizes.label, colours.surface, 500, least=9))

    def _say(self) -> None:
        alerts = [f"{bay.code} {bay.alert}" for bay in self._bays if bay.alert]
        marked = f" Marked: {self._mark.code}, {self._mark.words}." if self._mark.place else ""
        told = f"Alerts: {', '.join(alerts)}." if alerts else "No alerts."
        self.say(f"Map of {len(self._bays)} bays by {self._heat.value[0]}. {told}{marked}")


class HeatLegend(Painted):
    """The scale from light to dark with its two words, and the shapes of the alerts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._heat = Heat.PICKS
        self.show_heat(Heat.PICKS)

    def show_heat(self, heat: Heat) -> None:
        """Show the words of a heat."""
        self._heat = heat
        low, high = heat.ends
        self.say(f"Light is {low}, dark is {high}. A triangle is low, an octagon empty")

    def measure(self) -> QSize:
        """One line."""
        return QSize(round(self.theme.sizes.label * 24), self.theme.sizes.target)

    def paint(self, canvas: Canvas) -> None:
        """Words, bar, words, shapes."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        ink = Ink(sizes.label, colours.text2, 600)
        low, high = self._heat.ends
        at = box.x() + canvas.line(box, low, ink) + sizes.space
        bar = QRectF(at, box.center().y() - sizes.label * 0.5, sizes.label * 9, sizes.label)
        self._bar(canvas, bar)
        at = bar.right() + sizes.space
        at += canvas.line(box.adjusted(at - box.x(), 0, 0, 0), high, ink) + sizes.pad * 1.4
        side = sizes.label * 1.2
        for word, mark in ALERT_MARKS.items():
            canvas.mark(mark, QRectF(at, box.center().y() - side / 2, side, side))
            at += side + sizes.space * 0.7
            at += canvas.line(box.adjusted(at - box.x(), 0, 0, 0), word, ink) + sizes.pad

    def _bar(self, canvas: Canvas, bar: QRectF) -> None:
        low, high = heat_ends(self.theme)
        scale = QLinearGradient(bar.topLeft(), bar.topRight())
        scale.setColorAt(0, colour(low))
        scale.setColorAt(1, colour(high))
        canvas.card(bar, low, self.theme.colours.line_strong, 4)
        canvas.painter.setBrush(scale)
        canvas.painter.drawRoundedRect(bar, 4, 4)


def heat_ends(theme: Theme) -> tuple[str, str]:
    """The light and the dark end of the one hue."""
    colours = theme.colours
    return mixed(colours.accent.soft, colours.accent.ink, 0.12), mixed(colours.accent.ink, colours.text, 0.3)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two others: 0 is the one, 1 the other."""
    low, high, part = colour(one), colour(other), min(max(share, 0.0), 1.0)
    parts = [
        round(a + (b - a) * part)
        for a, b in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]  # the stub says object
    ]
    return QColor(*parts).name()
