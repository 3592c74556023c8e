"""The sign of a place: its code as large as it fits, and as a symbol that scanners read."""

from dataclasses import dataclass

from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper

WIDTH = 432.0
HEIGHT = 288.0
"""6 x 4 inches in points, for the printer of the labels."""

_EDGE = 14.0


@dataclass(frozen=True)
class PlaceSign:
    """A place by its code, and the warehouse it is in."""

    code: str
    site: str


def render_sign(sign: PlaceSign) -> bytes:
    """Draw a sign; the symbol says exactly the code."""
    paper = Paper(WIDTH, HEIGHT, f"Sign of {sign.code}")
    inner = WIDTH - 2 * _EDGE
    paper.lines(Box(_EDGE, HEIGHT - _EDGE - 14, inner, 14), (Line(sign.site),), largest=11)
    paper.centred(Box(_EDGE, 138, inner, 110), (Line(sign.code, Face.MONO_BOLD),), largest=96, legible=16)
    paper.code(sign.code, Box(_EDGE, _EDGE + 6, inner, 104))
    return paper.finish()
