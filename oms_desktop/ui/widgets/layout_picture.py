"""The floor of a warehouse to be, seen from above: a mark for each bay, aisle by aisle."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.planning.layout import Layout
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


class LayoutPicture(Painted):
    """Shows a layout, or nothing while what is typed makes none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._layout: Layout | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_layout(self, layout: Layout | None) -> None:
        """Paint another layout."""
        self._layout = layout
        self.say(
            f"{layout.aisles} aisles of {layout.bays} bays in {layout.blocks} blocks"
            if layout is not None
            else "No layout"
        )

    def measure(self) -> QSize:
        """Room enough to see bays."""
        return QSize(self.theme.sizes.h1 * 9, self.theme.sizes.h1 * 6)

    def paint(self, canvas: Canvas) -> None:
        """The sunken floor with its aisles, the front at the bottom."""
        colours, sizes, box = self.theme.colours, self.theme.sizes, self.box()
        canvas.card(box, colours.surface2, colours.line, sizes.well)
        layout = self._layout
        if layout is None:
            return
        foot = sizes.label * 1.8
        floor = box.adjusted(sizes.pad, sizes.pad, -sizes.pad, -sizes.pad - foot)
        gaps = layout.blocks - 1
        across = floor.width() / layout.aisles
        along = floor.height() / (layout.bays + gaps * 1.5)
        for aisle in range(layout.aisles):
            for bay in range(layout.bays):
                down = (bay + (bay // layout.bays_per_block) * 1.5 + 1) * along
                left = floor.x() + aisle * across + across * 0.12
                for side in (0.0, 0.46):
                    mark = QRectF(left + side * across, floor.bottom() - down, across * 0.3, along * 0.8)
                    canvas.block(mark, colours.line_strong, 2)
        front = QRectF(floor.x(), floor.bottom() + 4, floor.width(), foot)
        words = Ink(sizes.label, colours.text2, 500, least=sizes.micro, side=Side.CENTRE)
        canvas.line(front, "front: packing and docks", words)
