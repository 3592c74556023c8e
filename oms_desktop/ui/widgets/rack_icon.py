"""The front of a bay: which level and slot, as the picker stands before it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import PlaceView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class RackIcon(Painted):
    """Levels from A at the floor upwards, slots from the left; the wanted one is solid."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._place = PlaceView("")

    def show_place(self, place: PlaceView) -> None:
        """Show where in its bay a location is; nothing if the bay is not known."""
        if place != self._place:
            self._place = place
            words = (
                f"Level {place.level} of {place.levels} from the floor, slot {place.slot} of {place.slots}"
            )
            self.say(words if self._known() else "")

    def measure(self) -> QSize:
        """A square beside the big code."""
        side = round(self.theme.sizes.codexl * 1.15)
        return QSize(side, side)

    def least(self) -> QSize:
        """As wide as measured, lower if need be."""
        wanted = self.measure()
        return QSize(wanted.width(), round(wanted.height() * 0.7))

    def paint(self, canvas: Canvas) -> None:
        """Posts, boards, boxes, letters, and the level in words."""
        if not self._known():
            return
        sizes, colours, place = self.theme.sizes, self.theme.colours, self._place
        words = sizes.label * 1.7
        left = sizes.label * 1.8
        rack = self.box().adjusted(left, 2, -2, -words)
        height, width = rack.height() / place.levels, rack.width() / place.slots
        for level in range(1, place.levels + 1):
            top = rack.bottom() - level * height
            here = level == place.level
            ink = Ink(sizes.label, colours.text if here else colours.text3, 800 if here else 500, mono=True)
            canvas.line(QRectF(0, top, left, height), chr(ord("A") + level - 1), ink)
            for slot in range(1, place.slots + 1):
                cell = QRectF(rack.x() + (slot - 1) * width, top, width, height)
                self._cell(canvas, cell.adjusted(3, 3, -3, -4), here and slot == place.slot)
            canvas.rule(rack.x(), top + height, rack.right(), top + height, colours.line_strong, 2)
        for x in (rack.x(), rack.right()):
            canvas.rule(x, rack.y(), x, rack.bottom(), colours.line_strong, 2)
        note = QRectF(0, rack.bottom(), self.width(), words)
        ink = Ink(sizes.label, colours.text2, 600, least=sizes.micro - 2, side=Side.RIGHT)
        canvas.line(note, f"level {place.level} of {place.levels}", ink)

    def _cell(self, canvas: Canvas, cell: QRectF, wanted: bool) -> None:
        accent, colours = self.theme.colours.accent, self.theme.colours
        canvas.block(cell, accent.fill if wanted else colours.sunken, 4)
        if wanted:
            canvas.card(cell.adjusted(-3, -3, 3, 3), "#00000000", accent.fill, 6, 2)
            pixels = int(min(cell.height() * 0.8, self.theme.sizes.body))
            ink = Ink(max(pixels, 8), accent.on, 700, mono=True, side=Side.CENTRE)
            canvas.line(cell, str(self._place.slot), ink)

    def _known(self) -> bool:
        return self._place.levels > 0 and self._place.slots > 0
