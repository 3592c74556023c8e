"""What runs over several pages: tables of wrapped cells, cut into pages before anything is drawn.

So the number of pages is known when the first "page 1 of 3" is written.
"""

from collections.abc import Callable
from dataclasses import dataclass

from oms_desktop.documents.fonts import Face, wrapped
from oms_desktop.documents.page import LEADING, Paper

_GAP = 8.0
"""Points between two columns."""

_PAD = 3.5
"""Points above and below the lines of a row."""


@dataclass(frozen=True)
class Piece:
    """Something that is drawn in one go: its height, and how to draw it downwards from a given top."""

    height: float
    draw: Callable[[Paper, float], None]


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, width in points with the gap to the next, lettering."""

    title: str
    width: float
    face: Face = Face.REGULAR
    right: bool = False


@dataclass(frozen=True)
class Row:
    """Cells of a row, one for each column. `notes` stand small under the cell of column `under`."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    under: int = 0


@dataclass(frozen=True)
class _Part:
    """One line of a cell, ready to be drawn."""

    text: str
    face: Face
    size: float


@dataclass(frozen=True)
class Table:
    """Columns, where they start, and how large their letters are."""

    columns: tuple[Column, ...]
    x: float
    size: float = 9
    note_size: float = 7.5

    @property
    def width(self) -> float:
        """Width of all columns."""
        return sum(column.width for column in self.columns)

    def head(self, paper: Paper, top: float) -> float:
        """Draw headings and a rule below `top`; returns where the first row starts."""
        for x, column in self._placed():
            self._write(paper, x, top - 9, column, _Part(column.title, Face.BOLD, 7.5))
        paper.rule(self.x, top - 13, self.width, 1)
        return top - 14

    def pieces(self, rows: tuple[Row, ...], most: float) -> tuple[Piece, ...]:
        """Lay rows out; a row higher than `most` points is continued in further pieces."""
        step = self.size * LEADING
        at_once = max(int((most - 2 * _PAD) / step), 1)
        found = []
        for row in rows:
            cells = [self._parts(row, index) for index in range(len(self.columns))]
            tallest = max(len(parts) for parts in cells)
            for start in range(0, tallest, at_once):
                chunk = tuple(parts[start : start + at_once] for parts in cells)
                found.append(self._piece(chunk, last=start + at_once >= tallest))
        return tuple(found)

    def _parts(self, row: Row, index: int) -> tuple[_Part, ...]:
        column = self.columns[index]
        room = column.width - _GAP
        lines = [
            _Part(line, column.face, self.size)
            for line in wrapped(row.cells[index], column.face, self.size, room)
        ]
        if index == row.under:
            for note in row.notes:
                small = wrapped(note, Face.REGULAR, self.note_size, room)
                lines += [_Part(line, Face.REGULAR, self.note_size) for line in small]
        return tuple(lines)

    def _piece(self, cells: tuple[tuple[_Part, ...], ...], *, last: bool) -> Piece:
        step = self.size * LEADING
        height = max(len(parts) for parts in cells) * step + 2 * _PAD

        def draw(paper: Paper, top: float) -> None:
            for (x, column), parts in zip(self._placed(), cells, strict=True):
                for number, part in enumerate(parts):
                    self._write(paper, x, top - _PAD - self.size * 0.95 - number * step, column, part)
            if last:
                paper.rule(self.x, top - height, self.width, 0.3)

        return Piece(height, draw)

    def _placed(self) -> tuple[tuple[float, Column], ...]:
        starts = [
            self.x + sum(column.width for column in self.columns[:at]) for at in range(len(self.columns))
        ]
        return tuple(zip(starts, self.columns, strict=True))

    def _write(self, paper: Paper, x: float, y: float, column: Column, part: _Part) -> None:
        if column.right:
            gap = 0 if column is self.columns[-1] else _GAP
            paper.text_right(x + column.width - gap, y, part.text, part.size, part.face)
        else:
            paper.text(x, y, part.text, part.size, part.face)


def paragraph(
    text: str, x: float, width: float, *, size: float, face: Face = Face.REGULAR
) -> tuple[Piece, ...]:
    """Running text, a piece a line, so that it may go on over a page."""

    def piece(line: str) -> Piece:
        def draw(paper: Paper, top: float) -> None:
            paper.text(x, top - size, line, size, face)

        return Piece(size * LEADING, draw)

    return tuple(piece(line) for part in text.splitlines() for line in wrapped(part, face, size, width))


def paged(pieces: tuple[Piece, ...], first: float, rest: float) -> tuple[tuple[Piece, ...], ...]:
    """Deal pieces out to pages: `first` points of room on the first page, `rest` on each other.

    There is always one page. A piece that is higher than a page gets one for itself.
    """
    pages: list[list[Piece]] = [[]]
    room = first
    for piece in pieces:
        if piece.height > room and (pages[-1] or rest > room):
            pages.append([])
            room = rest
        pages[-1].append(piece)
        room -= piece.height
    return tuple(tuple(page) for page in pages)
