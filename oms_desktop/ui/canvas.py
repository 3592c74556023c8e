"""A painter that knows the theme: lines of text that fit, cards, bars, icons and shapes."""

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from math import inf

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from oms_desktop.ui.codes import Run, runs
from oms_desktop.ui.icons import draw_icon
from oms_desktop.ui.shapes import Mark, draw_mark, family_of
from oms_desktop.ui.theme import CODES, WORDS, Face, Theme, colour, face


class Side(Enum):
    """Where a line stands in its rectangle."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True)
class Ink:
    """How a line is written: pixels, colour, weight; `least` pixels it may shrink to; `mono` for codes."""

    pixels: int
    colour: str
    weight: int = 400
    least: int = 0
    mono: bool = False
    side: Side = Side.LEFT


LEADING = 1.35
"""Height of a line of a paragraph in parts of its pixels."""

_CAPITALS = 0.72
"""Height of a capital letter in parts of its pixels; a line of which less is seen is cut."""


@dataclass
class Written:
    """What the last paint of a widget wrote: all texts, and those that did not fit."""

    texts: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Piece:
    text: str
    face: Face
    width: float


@dataclass(frozen=True)
class _Line:
    pieces: tuple[_Piece, ...]
    width: float
    rise: float
    """Baseline below the middle of the line."""
    whole: bool


@lru_cache(maxsize=4096)
def _fit(text: str, width: int, pixels: int, weight: int, least: int, mono: bool) -> _Line:
    """Set a line at the largest size from `pixels` down to `least` that fits, else shorten it."""
    parts = (Run(text, code=True),) if mono else runs(text)
    for size in range(pixels, max(least or pixels, 8) - 1, -1):
        pieces = _set(parts, size, weight)
        total = sum(piece.width for piece in pieces)
        if total <= width:
            return _Line(pieces, total, _rise(size, weight, mono), whole=True)
    return _shorten(pieces, width, _rise(least or pixels, weight, mono))


def _set(parts: tuple[Run, ...], pixels: int, weight: int) -> tuple[_Piece, ...]:
    """Faces and widths of the parts; beside bold words a bold code looks thin, so it is set bolder."""
    pieces = []
    for part in parts:
        bolder = 800 if weight >= 700 else weight
        used = face(CODES, pixels, bolder) if part.code else face(WORDS, pixels, weight)
        pieces.append(_Piece(part.text, used, used.width(part.text)))
    return tuple(pieces)


def _rise(pixels: int, weight: int, mono: bool) -> float:
    """Half the height of a capital: what makes a line look centred."""
    return face(CODES if mono else WORDS, pixels, weight).metrics.capHeight() / 2


def _shorten(pieces: tuple[_Piece, ...], width: int, rise: float) -> _Line:
    kept: list[_Piece] = []
    left = float(width)
    for piece in pieces:
        if piece.width > left:
            text = piece.face.metrics.elidedText(piece.text, Qt.TextElideMode.ElideRight, left)
            kept.append(_Piece(text, piece.face, min(left, piece.face.width(text))))
            break
        kept.append(piece)
        left -= piece.width
    return _Line(tuple(kept), sum(piece.width for piece in kept), rise, whole=False)


@lru_cache(maxsize=256)
def wrapped(text: str, width: int, pixels: int, weight: int) -> tuple[str, ...]:
    """Break a text at its spaces into lines no wider than `width` (a longer word stands alone)."""
    lines: list[str] = []
    ink = Ink(pixels, "", weight)
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and line_width(longer, ink) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return tuple(lines)


def line_width(text: str, ink: Ink) -> float:
    """Width of a line at its full size, codes in mono."""
    return _fit(text, 100_000, ink.pixels, ink.weight, 0, ink.mono).width


def shortened(text: str, width: float, ink: Ink) -> str:
    """Shorten words of other people to what fits at the least size, with an ellipsis; ours always fit."""
    if line_width(text, replace(ink, pixels=ink.least or ink.pixels)) <= width:
        return text
    metrics = face(CODES if ink.mono else WORDS, ink.least or ink.pixels, ink.weight).metrics
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * 0.94)


class Canvas:
    """Paints on one widget during one paint event; a line above or below its `height` counts as cut."""

    def __init__(self, painter: QPainter, theme: Theme, written: Written, height: float = inf) -> None:
        self.painter = painter
        self.colours = theme.colours
        self.sizes = theme.sizes
        self._written, self._height = written, height
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        written.texts.clear()
        written.cut.clear()

    def line(self, rect: QRectF, text: str, ink: Ink) -> float:
        """Write one line, vertically centred; codes in it are set in mono. Returns its width."""
        if not text:
            return 0.0
        line = _fit(text, int(rect.width() + 0.5), ink.pixels, ink.weight, ink.least, ink.mono)
        self._written.texts.append(text)
        middle, half = rect.center().y(), ink.pixels * _CAPITALS / 2
        if not line.whole or not half <= middle <= self._height - half:
            self._written.cut.append(text)
        at = rect.x() + (rect.width() - line.width) * ink.side.value
        self.painter.setPen(colour(ink.colour))
        for piece in line.pieces:
            self.painter.setFont(piece.face.font)
            self.painter.drawText(QPointF(at, rect.center().y() + line.rise), piece.text)
            at += piece.width
        return line.width

    def paragraph(self, rect: QRectF, text: str, ink: Ink) -> None:
        """Write words over several lines from the top of `rect`; codes in them are set in mono."""
        height = ink.pixels * LEADING
        for number, words in enumerate(wrapped(text, int(rect.width()), ink.pixels, ink.weight)):
            row = QRectF(rect.x(), rect.y() + number * height, rect.width(), height)
            self.line(row, words, ink)
            if row.bottom() > rect.bottom() + 1:
                self._written.cut.append(words)

    def card(self, rect: QRectF, fill: str, line: str, radius: float, width: float = 1.0) -> None:
        """A filled rectangle with round corners and an outline that lies inside `rect`."""
        half = width / 2
        self.painter.setPen(QPen(colour(line), width))
        self.painter.setBrush(colour(fill))
        self.painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)

    def block(self, rect: QRectF, fill: str, radius: float = 0.0) -> None:
        """A filled rectangle without an outline."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(fill))
        self.painter.drawRoundedRect(rect, radius, radius)

    def bar(self, rect: QRectF, share: float, fill: str) -> None:
        """A track, filled from the left to `share` (0 to 1)."""
        radius = rect.height() / 2
        self.block(rect, self.colours.sunken, radius)
        if share > 0:
            width = max(rect.width() * min(share, 1.0), rect.height())
            self.block(QRectF(rect.x(), rect.y(), width, rect.height()), fill, radius)

    def rule(self, x1: float, y1: float, x2: float, y2: float, ink: str, width: float = 1.0) -> None:
        """A straight line."""
        self.painter.setPen(QPen(colour(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self.painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def icon(self, name: str, rect: QRectF, ink: str) -> None:
        """An icon centred in `rect`."""
        draw_icon(self.painter, name, rect, ink)

    def mark(self, mark: Mark, rect: QRectF) -> None:
        """A shape in the colours of its meaning; rings in the ink that reads on a surface."""
        family = family_of(mark, self.colours)
        ring = mark in (Mark.RING, Mark.QUARTER, Mark.HALF, Mark.THREE_QUARTERS, Mark.FULL, Mark.CANCELLED)
        draw_mark(self.painter, mark, rect, family.ink if ring else family.fill, family.on)

    def pill(self, rect: QRectF, words: str, mark: Mark, pixels: int) -> float:
        """A tinted pill with shape and word at the left of `rect`, vertically centred; its width."""
        family = family_of(mark, self.colours)
        ink = Ink(pixels, family.ink, 600)
        height = pixels * 1.9
        wide = line_width(words, ink) + height * 1.45
        box = QRectF(rect.x(), rect.center().y() - height / 2, min(wide, rect.width()), height)
        self.block(box, family.soft, height / 2)
        side = height * 0.56
        self.mark(mark, QRectF(box.x() + height * 0.3, box.center().y() - side / 2, side, side))
        room = box.adjusted(height * 1.05, 0, -2, 0)
        self.line(room, words, Ink(pixels, family.ink, 600, least=pixels - 3))
        return box.width()

    def mark_in(self, mark: Mark, rect: QRectF, fill: str, ink: str) -> None:
        """A shape in given colours, for use on a filled ground."""
        draw_mark(self.painter, mark, rect, fill, ink)
