"""A location code as large as it gets, in captioned segments."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import PlaceView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import CODES, Theme, face
from oms_desktop.ui.widgets.painted import Painted

_DASH = 0.42
"""Width of a dash in parts of a character's width, with its gaps."""


class BigCode(Painted):
    """The segments of a code, each underlined and captioned; a code without parts stands alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._place = PlaceView("")

    def show_place(self, place: PlaceView) -> None:
        """Show a location."""
        if place != self._place:
            self._place = place
            parts = ", ".join(f"{caption} {text}" for text, caption in place.parts)
            self.say(f"Location {place.code}. {parts}".strip())

    def measure(self) -> QSize:
        """Room for a five-part code."""
        return QSize(self.theme.sizes.codexl * 5, round(self.theme.sizes.codexl * 1.1))

    def least(self) -> QSize:
        """Half of that still reads across the trolley."""
        return QSize(self.theme.sizes.codexl * 3, round(self.theme.sizes.codexl * 0.9))

    def paint(self, canvas: Canvas) -> None:
        """Characters, underlines, captions."""
        parts = self._place.parts or ((self._place.code, ""),)
        caption = self.theme.sizes.body * 1.8 if self._place.parts else 0.0
        area = self.box().adjusted(0, 0, 0, -caption)
        pixels = self._pixels(area, [text for text, _ in parts])
        used = face(CODES, pixels, 800)
        cell, at = used.width("0"), area.x()
        for number, (text, name) in enumerate(parts):
            if number:
                at += self._dash(canvas, at, area, cell)
            width = cell * len(text)
            canvas.line(QRectF(at, area.y(), width + 1, area.height()), text, self._ink(pixels))
            if name:
                self._caption(canvas, QRectF(at, area.bottom(), width, caption), name, cell)
            at += width

    def _ink(self, pixels: int) -> Ink:
        return Ink(pixels, self.theme.colours.text, 800, least=12, mono=True)

    def _dash(self, canvas: Canvas, at: float, area: QRectF, cell: float) -> float:
        gap, thick = cell * _DASH, max(4.0, cell * 0.12)
        y = area.center().y() - thick / 2
        canvas.block(QRectF(at + gap * 0.28, y, gap * 0.44, thick), self.theme.colours.text3, 2)
        return gap

    def _caption(self, canvas: Canvas, area: QRectF, name: str, cell: float) -> None:
        sizes, colours = self.theme.sizes, self.theme.colours
        canvas.block(QRectF(area.x() + 2, area.y() - 1, area.width() - 4, 4), colours.accent.fill, 2)
        room = QRectF(area.x() + 2, area.y() + 4, max(area.width(), cell * 1.4), area.height() - 4)
        canvas.line(room, name, Ink(sizes.body, colours.text2, 500, least=sizes.micro - 2, side=Side.LEFT))

    def _pixels(self, area: QRectF, texts: list[str]) -> int:
        """The largest size at which all segments fit in width and height."""
        cells = sum(map(len, texts)) + _DASH * (len(texts) - 1)
        wide = area.width() / max(cells, 1) / (face(CODES, 100, 800).width("0") / 100)
        return max(12, min(self.theme.sizes.codexl, int(wide), int(area.height() * 1.18)))
