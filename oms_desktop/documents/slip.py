"""The packing slip that lies in the parcel: what is inside, for whom; never a price."""

from dataclasses import dataclass

from oms_desktop.documents.flow import Column, Piece, Row, Table, paged, paragraph
from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper

WIDTH = 419.53
HEIGHT = 595.28
"""ISO A5 in points."""

_LEFT = 30.0
_INNER = WIDTH - 2 * _LEFT
_FOOT = 40.0
_FIRST_TOP = 400.0
_REST_TOP = 524.0
_TABLE = Table(
    (
        Column("Quantity", 46, Face.BOLD, right=True),
        Column("Product", _INNER - 46 - 110),
        Column("SKU", 110, Face.MONO),
    ),
    _LEFT,
)


@dataclass(frozen=True)
class SlipLine:
    """A product in this parcel. `notes` are properties the customer chose, or words for the packer."""

    sku: str
    name: str
    quantity: int
    variant: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackingSlip:
    """Contents of one parcel of an order.

    `date` comes as local text; `number` of `count` parcels, from 1. A gift is called one, and its
    `message` is set large. `sscc` may be empty.
    """

    order: str
    channel: str
    date: str
    shop: str
    ship_to: tuple[str, ...]
    lines: tuple[SlipLine, ...]
    number: int = 1
    count: int = 1
    sscc: str = ""
    gift: bool = False
    message: str = ""


def render_slip(slip: PackingSlip) -> bytes:
    """Draw a packing slip as A5 PDF, as many pages as its lines need."""
    pieces = _pieces(slip)
    pages = paged(pieces, _FIRST_TOP - 14 - _FOOT, _REST_TOP - 14 - _FOOT)
    paper = Paper(WIDTH, HEIGHT, f"Packing slip {slip.order}")
    for index, page in enumerate(pages):
        if index:
            paper.next_page()
            _short_head(paper, slip)
        else:
            _head(paper, slip)
        top = _TABLE.head(paper, _REST_TOP if index else _FIRST_TOP)
        for piece in page:
            piece.draw(paper, top)
            top -= piece.height
        _foot(paper, slip, f"Page {index + 1} of {len(pages)}")
    return paper.finish()


def _pieces(slip: PackingSlip) -> tuple[Piece, ...]:
    rows = tuple(
        Row(
            (str(line.quantity), line.name, line.sku),
            (*((line.variant,) if line.variant else ()), *line.notes),
            1,
        )
        for line in slip.lines
    )
    pieces = _TABLE.pieces(rows, _REST_TOP - 14 - _FOOT)
    if slip.message.strip():
        title = "A message for you" if slip.gift else "Message"
        pieces += paragraph(f" \n{title}", _LEFT, _INNER, size=8, face=Face.BOLD)
        pieces += paragraph(slip.message, _LEFT, _INNER, size=12 if slip.gift else 9.5)
    return pieces


def _head(paper: Paper, slip: PackingSlip) -> None:
    title = "Gift packing slip" if slip.gift else "Packing slip"
    paper.lines(Box(_LEFT, 536, 190, 28), (Line(title, Face.BOLD),), largest=21)
    paper.lines(Box(_LEFT, 520, 190, 15), (Line(slip.shop),), largest=10)
    paper.code(slip.order, Box(WIDTH - _LEFT - 170, 528, 170, 36))
    paper.centred(Box(WIDTH - _LEFT - 170, 509, 170, 17), (Line(slip.order, Face.MONO_BOLD),), largest=12)
    paper.rule(_LEFT, 500, _INNER)
    paper.caption(_LEFT, 490, "To")
    lines = tuple(Line(text, Face.REGULAR if at else Face.BOLD) for at, text in enumerate(slip.ship_to))
    paper.lines(Box(_LEFT, 408, 196, 78), lines, largest=11, legible=8)
    fields = (
        ("Date", slip.date),
        ("Channel", slip.channel),
        ("Parcel", f"{slip.number} of {slip.count}"),
        ("Units in this parcel", str(sum(line.quantity for line in slip.lines))),
    )
    for at, (name, value) in enumerate(fields):
        x, y = WIDTH - _LEFT - 160 + at % 2 * 82, 490 - at // 2 * 34
        paper.caption(x, y, name)
        paper.lines(Box(x, y - 23, 78, 20), (Line(value, Face.BOLD),), largest=10.5, legible=7)


def _short_head(paper: Paper, slip: PackingSlip) -> None:
    title = Line(f"Packing slip, parcel {slip.number} of {slip.count}", Face.BOLD)
    paper.lines(Box(_LEFT, 536, 180, 28), (title,), largest=12)
    paper.code(slip.order, Box(WIDTH - _LEFT - 170, 548, 170, 18))
    paper.centred(Box(WIDTH - _LEFT - 170, 533, 170, 13), (Line(slip.order, Face.MONO_BOLD),), largest=9)


def _foot(paper: Paper, slip: PackingSlip, page: str) -> None:
    if slip.sscc:
        paper.text(_LEFT, 22, f"(00) {slip.sscc}", 7.5, Face.MONO)
    paper.text_right(WIDTH - _LEFT, 22, page, 8)
