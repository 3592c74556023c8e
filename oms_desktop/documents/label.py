"""The shipping label: 4 x 6 inches, for a thermal printer, read by people and by scanners.

From the top: carrier and service mark, sender, recipient, QR code with the tracking number beside what
the parcel is, and the serial shipping container code (SSCC) as GS1-128 with the bar width and height
that GS1 asks of logistic labels.
"""

from dataclasses import dataclass

from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper, kilograms
from oms_desktop.documents.symbols import gs1_128, qr

WIDTH = 288.0
HEIGHT = 432.0
"""4 x 6 inches in points."""

_LEFT = 12.0
_INNER = WIDTH - 2 * _LEFT
_MODULE = 0.495 / 25.4 * 72


@dataclass(frozen=True)
class ParcelLabel:
    """What stands on a parcel. The address lines come ready, in the destination's order, country last.

    `sscc` is 18 digits without its application identifier; ValueError otherwise. `number` of `count`
    parcels, from 1. `mark` is the short sign of the service (``G1``); `routing`, `mark` and `footer`
    may be empty.
    """

    carrier: str
    service: str
    mark: str
    from_lines: tuple[str, ...]
    to_lines: tuple[str, ...]
    sscc: str
    tracking: str
    routing: str
    weight_g: int
    number: int
    count: int
    order: str
    footer: str = ""
    """Where it was packed: carton, station."""

    def __post_init__(self) -> None:
        if len(self.sscc) != 18 or not (self.sscc.isascii() and self.sscc.isdigit()):
            raise ValueError(f"an SSCC has 18 digits, not {self.sscc!r}")


def render_label(label: ParcelLabel, *, dpi: int = 203) -> bytes:
    """Draw one label as a PDF of one page, its bars on whole dots of a printer with `dpi`."""
    return render_labels((label,), dpi=dpi)


def render_labels(labels: tuple[ParcelLabel, ...], *, dpi: int = 203) -> bytes:
    """Draw labels into one PDF, a page each; ValueError when there is none."""
    if not labels:
        raise ValueError("there is no label to print")
    paper = Paper(WIDTH, HEIGHT, f"Label {labels[0].sscc}", dpi=dpi)
    for index, label in enumerate(labels):
        if index:
            paper.next_page()
        _head(paper, label)
        _addresses(paper, label)
        _facts(paper, label)
        _container(paper, label)
    return paper.finish()


def _head(paper: Paper, label: ParcelLabel) -> None:
    room = _INNER
    if label.mark:
        box = Box(WIDTH - _LEFT - 58, 380, 58, 42)
        paper.fill(box)
        paper.grey(1)
        mark = (Line(label.mark, Face.BOLD),)
        paper.centred(Box(box.x + 4, box.y, box.width - 8, box.height), mark, largest=27, legible=8)
        paper.grey(0)
        room -= box.width + 8
    paper.lines(Box(_LEFT, 395.5, room, 27), (Line(label.carrier, Face.BOLD),), largest=22, legible=8)
    paper.lines(Box(_LEFT, 380, room, 15), (Line(label.service),), largest=10.5, legible=6)
    paper.rule(_LEFT, 374, _INNER, 1.5)


def _addresses(paper: Paper, label: ParcelLabel) -> None:
    paper.caption(_LEFT, 364, "From")
    sender = (Line(", ".join(label.from_lines)),)
    paper.lines(Box(_LEFT + 26, 346, _INNER - 26, 24.5), sender, largest=10, legible=7.5)
    paper.rule(_LEFT, 343, _INNER)
    paper.caption(_LEFT, 332, "To")
    last = len(label.to_lines) - 1
    lines = tuple(
        Line(text, Face.BOLD if index in (0, last) else Face.REGULAR)
        for index, text in enumerate(label.to_lines)
    )
    paper.lines(Box(_LEFT + 26, 222, _INNER - 26, 117), lines, largest=20, legible=9.5)
    paper.rule(_LEFT, 217, _INNER, 1.5)


def _facts(paper: Paper, label: ParcelLabel) -> None:
    paper.matrix(qr(label.tracking), Box(_LEFT + 6, 147, 64, 62))
    left, right = _LEFT + 84, WIDTH - _LEFT
    _field(paper, Box(left, 180, 48, 26), "Parcel", Line(f"{label.number} / {label.count}", Face.BOLD), 15)
    _field(paper, Box(left + 54, 180, 58, 26), "Weight", Line(kilograms(label.weight_g), Face.BOLD), 15)
    if label.routing:
        _field(
            paper,
            Box(left + 116, 178, right - left - 116, 28),
            "Sort",
            Line(label.routing, Face.MONO_BOLD),
            21,
        )
    _field(paper, Box(left, 147, right - left, 24), "Tracking", Line(label.tracking, Face.MONO_BOLD), 14)
    paper.rule(_LEFT, 141, _INNER, 1.5)


def _field(paper: Paper, box: Box, name: str, value: Line, largest: float) -> None:
    paper.caption(box.x, box.top, name)
    paper.lines(Box(box.x, box.y, box.width, box.height - 3), (value,), largest=largest, legible=6)


def _container(paper: Paper, label: ParcelLabel) -> None:
    paper.bars(gs1_128(f"00{label.sscc}"), Box(0, 44, WIDTH, 90.5), widest=_MODULE)
    readable = (Line(f"(00) {label.sscc}", Face.MONO_BOLD),)
    paper.centred(Box(_LEFT, 26, _INNER, 17), readable, largest=13, legible=8)
    words = ", ".join(word for word in (label.order, label.footer) if word)
    paper.centred(Box(_LEFT, 8, _INNER, 18), (Line(words),), largest=9, legible=7)
