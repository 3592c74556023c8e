"""Where the bays of a floor are drawn: coordinates in millimetres, fitted into a rectangle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF

from oms_desktop.floor.stock_views import BayView

_DEPTH = 0.44
"""Depth of a rack in parts of the way to the nearest row of bays behind it."""

_GAP = 0.16
"""Space between two bays of a row in parts of their width."""


@dataclass(frozen=True)
class _Box:
    """A rectangle in millimetres."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """The bays as rectangles in millimetres, in their order, and the aisles with their middle."""

    boxes: tuple[_Box, ...]
    middles: tuple[tuple[str, float], ...]
    frame: _Box
    pitch: float

    def cells(self, field: QRectF) -> tuple[QRectF, ...]:
        """Return the rectangle of each bay on the screen; both directions are stretched to fill `field`."""
        across, down = self._scale(field)
        return tuple(
            QRectF(
                field.x() + (box.left - self.frame.left) * across,
                field.y() + (box.top - self.frame.top) * down,
                max(box.width * across, 2.0),
                max(box.height * down, 2.0),
            )
            for box in self.boxes
        )

    def aisles(self, field: QRectF) -> tuple[tuple[str, QRectF], ...]:
        """Return the name of each aisle and the column of `field` over which it stands."""
        across, _down = self._scale(field)
        wide = self.pitch * across
        return tuple(
            (
                name,
                QRectF(
                    field.x() + (middle - self.frame.left) * across - wide / 2,
                    field.y(),
                    wide,
                    field.height(),
                ),
            )
            for name, middle in self.middles
        )

    def _scale(self, field: QRectF) -> tuple[float, float]:
        return field.width() / (self.frame.width or 1.0), field.height() / (self.frame.height or 1.0)


def plan_of(bays: Sequence[BayView]) -> Plan:
    """Lay out bays by their coordinates; the goods face the aisle, the rack stands behind them."""
    middles = _middles(bays)
    depth = _least_gap({bay.x_mm for bay in bays}, 1_000.0) * _DEPTH
    length = _least_gap({bay.y_mm for bay in bays}, 1_000.0) * (1 - _GAP)
    boxes = tuple(
        _Box(
            bay.x_mm - (depth if bay.x_mm < middles[bay.aisle] else 0.0), bay.y_mm - length / 2, depth, length
        )
        for bay in bays
    )
    named = tuple(sorted(middles.items(), key=lambda pair: pair[1]))
    pitch = _least_gap({middle for _name, middle in named}, 4_000.0)
    return Plan(boxes, named, _frame(boxes), pitch)


def _middles(bays: Iterable[BayView]) -> dict[str, float]:
    """The middle of each aisle between its two sides."""
    sides: dict[str, list[int]] = {}
    for bay in bays:
        sides.setdefault(bay.aisle, []).append(bay.x_mm)
    return {aisle: (min(xs) + max(xs)) / 2 for aisle, xs in sides.items()}


def _least_gap(values: Iterable[float], alone: float) -> float:
    """The least distance between two neighbours; `alone` where there is one value only."""
    return min((b - a for a, b in pairwise(sorted(values))), default=alone)


def _frame(boxes: Sequence[_Box]) -> _Box:
    if not boxes:
        return _Box(0.0, 0.0, 1.0, 1.0)
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    return _Box(left, top, right - left, max(box.top + box.height for box in boxes) - top)
