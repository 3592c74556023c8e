"""Drawing on PDF pages: text that always fits its box, rules, bars on whole printer dots.

All lengths are points (1/72 inch), measured from the lower left corner of the page.
"""

from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from oms_desktop.documents.fonts import Face, runs, text_width, wrapped
from oms_desktop.documents.symbols import QUIET, Bars, Matrix, code_128, fits_code_128, qr

LEADING = 1.22
"""Distance of base lines in parts of the type size."""

_ASCENT = 0.92


@dataclass(frozen=True)
class _Rectangle:
    """A dark rectangle in printer dots."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """A rectangle on the page: lower left corner and extent, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Line:
    """One line of text and its lettering."""

    text: str
    face: Face = Face.REGULAR


@dataclass(frozen=True)
class Block:
    """Lines that fit their box at this type size."""

    size: float
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """From the top of the first to the foot of the last line."""
        return len(self.lines) * self.size * LEADING


def fitted(lines: tuple[Line, ...], width: float, height: float, *, largest: float, legible: float) -> Block:
    """Shrink lines until they fit a box; below the `legible` size wrap them before shrinking further.

    Nothing is ever left out: what is far too long ends up small.
    """
    widest = max((text_width(line.text, line.face, 1) for line in lines), default=0)
    size = min(largest, height / LEADING / max(len(lines), 1), width / widest if widest else largest)
    if size >= legible:
        return Block(size, lines)
    size = min(largest, legible * 1.15)
    while (block := _wrapped_block(lines, size, width)).height > height:
        size *= 0.95
    return block


def _wrapped_block(lines: tuple[Line, ...], size: float, width: float) -> Block:
    broken = (Line(part, line.face) for line in lines for part in wrapped(line.text, line.face, size, width))
    return Block(size, tuple(broken))


def kilograms(grams: int) -> str:
    """Weight for people: kilograms with two decimals, three where grams ask for them."""
    text = f"{grams / 1000:.3f}"
    return f"{text.removesuffix('0')} kg"


class Paper:
    """A PDF in the making. The same drawing gives the same bytes.

    `dpi` is the resolution of the printer: symbols are laid on its dots, so that no bar comes out
    thicker than its twin.
    """

    def __init__(self, width: float, height: float, title: str, *, dpi: int = 203) -> None:
        self.width = width
        self.height = height
        self._dot = 72 / dpi
        self._bytes = BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=(width, height), invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setCreator("OMS Desktop")

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Finish the last page and return the file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()

    def text(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> float:
        """Write from `x` to the right on the base line `y`; returns where the text ends."""
        for run in runs(text, face):
            self._canvas.setFont(run.font, size)
            self._canvas.drawString(x, y, run.text)
            x += run.width * size
        return x

    def text_right(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> None:
        """Write so that the text ends at `x`."""
        self.text(x - text_width(text, face, size), y, text, size, face)

    def caption(self, x: float, y: float, text: str) -> None:
        """Write the small name of a field; black, for a thermal printer has no grey."""
        self.text(x, y, text, 6.5)

    def grey(self, shade: float) -> None:
        """Set the colour of what follows: 0 is black, 1 is white."""
        self._canvas.setFillGray(shade)

    def lines(self, box: Box, lines: tuple[Line, ...], *, largest: float, legible: float = 7) -> None:
        """Write lines from the top of a box, as large as they fit."""
        block = fitted(lines, box.width, box.height, largest=largest, legible=legible)
        y = box.top - block.size * _ASCENT
        for line in block.lines:
            self.text(box.x, y, line.text, block.size, line.face)
            y -= block.size * LEADING

    def centred(self, box: Box, lines: tuple[Line, ...], *, largest: float, legible: float = 7) -> None:
        """Write lines in the middle of a box, as large as they fit."""
        block = fitted(lines, box.width, box.height, largest=largest, legible=legible)
        y = box.y + (box.height + block.height) / 2 - block.size * _ASCENT
        for line in block.lines:
            x = box.x + (box.width - text_width(line.text, line.face, block.size)) / 2
            self.text(x, y, line.text, block.size, line.face)
            y -= block.size * LEADING

    def rule(self, x: float, y: float, width: float, thickness: float = 1) -> None:
        """Draw a horizontal line."""
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, y, x + width, y)

    def frame(self, box: Box, *, radius: float = 0) -> None:
        """Draw the outline of a box."""
        self._canvas.setLineWidth(0.75)
        self._canvas.roundRect(box.x, box.y, box.width, box.height, radius)

    def fill(self, box: Box) -> None:
        """Fill a box with the colour set by `grey`."""
        self._canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)

    def bars(self, symbol: Bars, box: Box, *, widest: float) -> bool:
        """Draw a linear symbol in the middle of a box, quiet zones included.

        A module is at most `widest` points. Draws nothing and returns False when a module would be
        less than 0.25 mm or two dots, which many scanners cannot read.
        """
        room = box.width / self._dot / (symbol.modules + 2 * QUIET)
        dots = int(min(room, max(round(widest / self._dot), 2)))
        if dots < 2 or dots * self._dot < 0.7:
            return False
        x = self._on_dot(box.x + (box.width - symbol.modules * dots * self._dot) / 2)
        height = round(box.height / self._dot)
        self._dots(
            x,
            self._on_dot(box.y),
            [_Rectangle(span.start * dots, 0, span.count * dots, height) for span in symbol.spans],
        )
        return True

    def matrix(self, symbol: Matrix, box: Box) -> None:
        """Draw a square symbol from the upper left corner of a box that is white around it."""
        side = min(box.width, box.height) / self._dot
        module = max(int(side / symbol.modules), 1)
        rectangles = [
            _Rectangle(span.start * module, -number * module, span.count * module, module)
            for number, row in enumerate(symbol.rows, start=1)
            for span in row
        ]
        self._dots(self._on_dot(box.x), self._on_dot(box.top), rectangles)

    def code(self, text: str, box: Box) -> None:
        """Draw a text as Code 128, or as QR code where that cannot hold it or has no room."""
        if fits_code_128(text) and self.bars(code_128(text), box, widest=1.1):
            return
        if text:
            self.matrix(qr(text), Box(box.right - box.height, box.y, box.height, box.height))

    def _on_dot(self, at: float) -> float:
        return round(at / self._dot) * self._dot

    def _dots(self, x: float, y: float, rectangles: list[_Rectangle]) -> None:
        """Fill rectangles as one path, in whole dots from an origin.

        Written as operators: the canvas formats every number as a decimal fraction, which takes
        longer than all else on a label.
        """
        path = " ".join(f"{dark.x} {dark.y} {dark.width} {dark.height} re" for dark in rectangles)
        self._canvas.addLiteral(f"q {self._dot:.6f} 0 0 {self._dot:.6f} {x:.6f} {y:.6f} cm {path} f Q")
