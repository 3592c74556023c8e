"""The manifest of a carrier's pick-up: every parcel handed over, with room for the driver's signature."""

from dataclasses import dataclass

from oms_desktop.documents.flow import Column, Piece, Row, Table, paged
from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper, kilograms

WIDTH = 595.28
HEIGHT = 841.89
"""ISO A4 in points."""

_LEFT = 42.0
_INNER = WIDTH - 2 * _LEFT
_FOOT = 52.0
_SIGNATURE = 78.0
_FIRST_TOP = 690.0
_REST_TOP = 776.0
_TABLE = Table(
    (
        Column("No.", 34, Face.MONO, right=True),
        Column("SSCC", 128, Face.MONO),
        Column("Order", 104, Face.MONO),
        Column("To", _INNER - 34 - 128 - 104 - 70),
        Column("Weight, kg", 70, Face.MONO, right=True),
    ),
    _LEFT,
)


@dataclass(frozen=True)
class ManifestRow:
    """A parcel on the truck; `destination` is city and country."""

    sscc: str
    order: str
    destination: str
    weight_g: int


@dataclass(frozen=True)
class ManifestPaper:
    """A closed manifest; `closed_at` comes as local text."""

    number: str
    carrier: str
    lane: str
    site: str
    closed_at: str
    rows: tuple[ManifestRow, ...]


def render_manifest(manifest: ManifestPaper) -> bytes:
    """Draw a manifest as A4 PDF; the driver's signature follows the last parcel."""
    rows = tuple(
        Row((str(at), row.sscc, row.order, row.destination, f"{row.weight_g / 1000:.3f}"))
        for at, row in enumerate(manifest.rows, start=1)
    )
    full = _REST_TOP - 14 - _FOOT
    signature = Piece(_SIGNATURE, lambda paper, top: _signature(paper, manifest, top))
    pages = paged((*_TABLE.pieces(rows, full), signature), _FIRST_TOP - 14 - _FOOT, full)
    paper = Paper(WIDTH, HEIGHT, f"Manifest {manifest.number}")
    for index, page in enumerate(pages):
        if index:
            paper.next_page()
            _short_head(paper, manifest)
        else:
            _head(paper, manifest)
        top = _TABLE.head(paper, _REST_TOP if index else _FIRST_TOP)
        for piece in page:
            piece.draw(paper, top)
            top -= piece.height
        paper.text(_LEFT, 28, f"{manifest.site}, manifest {manifest.number}", 8)
        paper.text_right(WIDTH - _LEFT, 28, f"Page {index + 1} of {len(pages)}", 8)
    return paper.finish()


def _weight(manifest: ManifestPaper) -> str:
    return kilograms(sum(row.weight_g for row in manifest.rows))


def _head(paper: Paper, manifest: ManifestPaper) -> None:
    paper.lines(Box(_LEFT, 770, 270, 34), (Line(f"Manifest {manifest.carrier}", Face.BOLD),), largest=24)
    paper.lines(Box(_LEFT, 750, 270, 16), (Line(manifest.site),), largest=11)
    paper.code(manifest.number, Box(WIDTH - _LEFT - 230, 764, 230, 40))
    paper.centred(
        Box(WIDTH - _LEFT - 230, 743, 230, 18), (Line(manifest.number, Face.MONO_BOLD),), largest=13
    )
    paper.rule(_LEFT, 738, _INNER)
    fields = (
        ("Lane", manifest.lane),
        ("Closed", manifest.closed_at),
        ("Parcels", str(len(manifest.rows))),
        ("Weight", _weight(manifest)),
    )
    for at, (name, value) in enumerate(fields):
        x = _LEFT + at * _INNER / 4
        paper.caption(x, 727, name)
        paper.lines(Box(x, 701, _INNER / 4 - 10, 22), (Line(value, Face.BOLD),), largest=14, legible=8)


def _short_head(paper: Paper, manifest: ManifestPaper) -> None:
    title = Line(f"Manifest {manifest.carrier}, {manifest.closed_at}", Face.BOLD)
    paper.lines(Box(_LEFT, 784, 290, 20), (title,), largest=13)
    paper.lines(Box(WIDTH - _LEFT - 200, 784, 200, 20), (Line(manifest.number, Face.MONO_BOLD),), largest=13)


def _signature(paper: Paper, manifest: ManifestPaper, top: float) -> None:
    paper.text(_LEFT, top - 18, f"Parcels: {len(manifest.rows)}, weight: {_weight(manifest)}", 11, Face.BOLD)
    y = top - 58
    for x, width, name in (
        (_LEFT, 190, "Driver, name in capitals"),
        (_LEFT + 206, 190, "Signature"),
        (_LEFT + 412, _INNER - 412, "Date and time"),
    ):
        paper.rule(x, y, width, 0.75)
        paper.caption(x, y - 9, name)
