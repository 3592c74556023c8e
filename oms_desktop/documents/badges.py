"""Sheets of worker badges, each with a Code 128 that signs its worker in."""

from dataclasses import dataclass

from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper

WIDTH = 595.28
HEIGHT = 841.89
"""ISO A4 in points."""

CARD_WIDTH = 242.65
CARD_HEIGHT = 153.01
"""85.6 x 53.98 mm, the size of a bank card (ISO/IEC 7810 ID-1)."""

_ACROSS = 2
_DOWN = 5
_GAP = 8.0


@dataclass(frozen=True)
class Badge:
    """A card: who it is, what they may do, and the text that the scanner reads."""

    name: str
    roles: tuple[str, ...]
    code: str


def render_badges(badges: tuple[Badge, ...], *, site: str = "") -> bytes:
    """Draw badges as A4 PDF, ten cards a page, to be cut out along their frames."""
    paper = Paper(WIDTH, HEIGHT, "Worker badges")
    left = (WIDTH - _ACROSS * CARD_WIDTH - (_ACROSS - 1) * _GAP) / 2
    top = (HEIGHT + _DOWN * CARD_HEIGHT + (_DOWN - 1) * _GAP) / 2
    for index, badge in enumerate(badges):
        place = index % (_ACROSS * _DOWN)
        if index and not place:
            paper.next_page()
        x = left + place % _ACROSS * (CARD_WIDTH + _GAP)
        y = top - CARD_HEIGHT - place // _ACROSS * (CARD_HEIGHT + _GAP)
        _card(paper, Box(x, y, CARD_WIDTH, CARD_HEIGHT), badge, site)
    return paper.finish()


def _card(paper: Paper, card: Box, badge: Badge, site: str) -> None:
    paper.frame(card, radius=9)
    x, room = card.x + 16, card.width - 32
    paper.lines(Box(x, card.top - 28, room, 14), (Line(site),), largest=9, legible=6)
    paper.lines(Box(x, card.top - 62, room, 34), (Line(badge.name, Face.BOLD),), largest=21, legible=11)
    paper.lines(Box(x, card.top - 84, room, 20), (Line(", ".join(badge.roles)),), largest=11, legible=7)
    paper.code(badge.code, Box(card.x + 4, card.y + 26, card.width - 8, 38))
    paper.centred(Box(x, card.y + 9, room, 15), (Line(badge.code, Face.MONO_BOLD),), largest=10, legible=6)
