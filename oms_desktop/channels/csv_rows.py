"""A CSV of any size, row by row: which mark separates, what the header says, and where the text is broken.

Rows are numbered as a spreadsheet does: the header is row 1, and a row with line breaks in it is one row.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oms_desktop.channels.text import OpenText, Place, TextFile
from oms_desktop.errors import InputError

DELIMITERS = ",;\t|"
"""What may stand between two cells."""

LONGEST_LINE = 4 * 2**20
"""Characters of one line; what is longer is no row."""


@dataclass(frozen=True)
class CsvFile:
    """A CSV whose first row has been read: what separates its cells, and the names of its columns."""

    text: TextFile
    delimiter: str
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row that holds anything: its number, its cells, stripped, and the bytes read up to here."""

    number: int
    cells: tuple[str, ...]
    at: int


def open_csv(file: TextFile, least: int = 2) -> CsvFile:
    """Read the header; raises InputError when it is broken, is JSON, or has less than the `least` columns."""
    with file.opened() as text:
        first = _first_line(text)
    if first.lstrip()[0] in "{[":
        raise InputError("input.not_csv", f"{file.name} is no CSV: it is JSON.")
    delimiter = max(DELIMITERS, key=_outside_quotes(first).count)
    header = next((row.cells for row in _rows(file, delimiter)), ())
    if len(header) < least:
        raise InputError(
            "input.columns",
            f"{file.name} has one column only, “{_short(header[0] if header else '')}”: "
            "comma, semicolon, tab or | is expected between the columns.",
        )
    return CsvFile(file, delimiter, header)


def lacking(file: CsvFile, columns: Sequence[str]) -> InputError:
    """Make the error of a header that lacks columns; it names those that are there."""
    shown = ", ".join(map(_short, file.header[:12])) + (", …" if len(file.header) > 12 else "")
    lacks = f"the column{'s' if len(columns) > 1 else ''} {', '.join(columns)}"
    return InputError("input.columns", f"{file.text.name} lacks {lacks} in its first row, which has {shown}.")


def csv_rows(file: CsvFile, *, whole: bool = True) -> Iterator[CsvRow]:
    """Give the rows below the header.

    Raises InputError naming line and column where a quote is wrong or never closed, and, where the file has
    to be `whole`, where it ends in the middle of a row.
    """
    rows = _rows(file.text, file.delimiter, whole=whole)
    next(rows)
    yield from rows


def _rows(file: TextFile, delimiter: str, *, whole: bool = True) -> Iterator[CsvRow]:
    with file.opened() as text:
        lines = _Lines(text, file.name)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number = width = 0
        while True:
            lines.begin()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise lines.broken(str(error), delimiter) from error
            if cells is None:
                return
            number += 1
            width = width or len(cells)
            if whole and len(cells) < width and any(cells) and lines.cut:
                raise lines.ended(len(cells), width)
            stripped = tuple(map(str.strip, cells))
            if any(stripped):
                yield CsvRow(number, stripped, text.consumed)


class _Lines:
    """The lines of a text for the reader of CSV; remembers those of the row at hand."""

    def __init__(self, text: OpenText, name: str) -> None:
        self._text = text
        self._name = name
        self._held: list[str] = []
        self._count = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._count += 1
        if len(line) == LONGEST_LINE:
            raise InputError(
                "input.too_large",
                f"{self._name} has more than {LONGEST_LINE // 2**20} MB in line {self._count}. "
                "No row is so long.",
            )
        self._held.append(line)
        return line

    @property
    def cut(self) -> bool:
        """Whether the row at hand ends without a line end, as the last one of a file may."""
        return bool(self._held) and not self._held[-1].endswith(("\n", "\r"))

    def begin(self) -> None:
        """Forget the last row."""
        self._held.clear()

    def ended(self, cells: int, width: int) -> InputError:
        """Make the error of a text that ends within a row."""
        return self._wrong(f"it ends within a row ({cells} of {width} columns)", len("".join(self._held)))

    def broken(self, what: str, delimiter: str) -> InputError:
        """Make the error of a row that the reader does not understand."""
        text = "".join(self._held)
        sentence, at = _fault(text, delimiter)
        if not sentence and len(text) > csv.field_size_limit():
            sentence = f"a cell has more than {csv.field_size_limit()} characters"
        return self._wrong(sentence or what, at)

    def _wrong(self, what: str, at: int) -> InputError:
        place = Place(line=self._count - len(self._held) + 1)
        place.go_past("".join(self._held)[:at])
        return InputError("input.not_csv", f"{self._name} is no CSV: {what} in {place}.")


def _fault(row: str, delimiter: str) -> tuple[str, int]:
    """Find the quote that is wrong in a row, or the one that is never closed."""
    opened, state = 0, "begin"
    for at, letter in enumerate(row):
        ends = letter == delimiter or letter in "\r\n"
        if state == "begin" and letter == '"':
            opened, state = at, "quoted"
        elif state == "quoted":
            state = "closed" if letter == '"' else "quoted"
        elif state == "closed" and letter == '"':
            state = "quoted"
        elif state == "closed" and not ends:
            return "something behind a closing quote", at
        else:
            state = "begin" if ends else "plain"
    return ("a quote that is never closed", opened) if state == "quoted" else ("", 0)


def _first_line(text: OpenText) -> str:
    while line := text.readline(LONGEST_LINE):
        if line.strip():
            return line
    return ""


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
