"""Lists in CSV: a header that names the columns, a row a thing, every bad cell named by row and column.

Columns may stand in any order, in capitals or not, and further ones are not read; rows are numbered as a
spreadsheet does, the header being the first.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from oms_desktop.barcodes.gs1 import gtin14, is_gtin
from oms_desktop.channels.csv_rows import CsvFile, CsvRow, csv_rows, lacking, open_csv
from oms_desktop.channels.text import TextFile
from oms_desktop.drafts import MAX_KEY, MAX_QUANTITY, Problem, ProblemKind, problem
from oms_desktop.errors import InputError

R_co = TypeVar("R_co", covariant=True)

# Three zeros behind a point may be thousands: 1.000 is not taken for one.
_WHOLE = re.compile(r"(-?[0-9]{1,12})(?:\.0{1,2})?")
_YES, _NO = frozenset({"yes", "true", "1", "x", "y"}), frozenset({"no", "false", "0", "n"})


class UnfitError(Exception):
    """A cell does not hold what its column expects; caught by the reader of the table."""

    def __init__(self, kind: ProblemKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True)
class Column:
    """A column: how a cell of it is read, and what an empty cell stands for.

    A `needed` column must be in the header, and none of its cells may be empty.
    """

    name: str
    read: Callable[[str], Any]
    empty: Any
    needed: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row whose cells are sound: its number, and a value for every column."""

    number: int
    values: Mapping[str, Any]

    @property
    def where(self) -> str:
        """The row as problems name it."""
        return f"row {self.number}"


@dataclass(frozen=True)
class Table:
    """The sound rows of a file, what is wrong with the others, and how many rows there were.

    `others` are the columns that were not read.
    """

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
    read: int
    others: tuple[str, ...]


@dataclass(frozen=True)
class ListFile(Generic[R_co]):
    """The good rows of a list, what is wrong with the others, and how many rows there were.

    `again` tells how many were good and the very same as a row before; they are not among `rows`. `others`
    are the columns that were not read.
    """

    rows: tuple[R_co, ...]
    problems: tuple[Problem, ...]
    read: int
    again: int
    others: tuple[str, ...]

    @property
    def refused(self) -> int:
        """How many rows have a problem."""
        return self.read - len(self.rows) - self.again


def in_rows(*problems: Problem) -> tuple[Problem, ...]:
    """Put the problems of a list, found at several times, in the order of its rows."""
    return tuple(sorted(problems, key=lambda found: int(found.where.removeprefix("row "))))


def list_file(rows: Sequence[R_co], table: Table, more: Sequence[Problem], again: int = 0) -> ListFile[R_co]:
    """Make a list of the good rows of a table, with `more` problems, in the order of the rows."""
    return ListFile(tuple(rows), in_rows(*table.problems, *more), table.read, again, table.others)


def code(text: str) -> str:
    """Read a key of the database: a SKU, a location, a badge."""
    if len(text) > MAX_KEY:
        raise UnfitError(ProblemKind.TOO_LONG)
    return text


def whole(text: str) -> int:
    """Read a whole number, zero or more, as spreadsheets write it: ``12`` or ``12.0``."""
    number = signed(text)
    if number < 0:
        raise UnfitError(ProblemKind.NOT_WHOLE)
    return number


def signed(text: str) -> int:
    """Read a whole number that may be below zero, such as a coordinate."""
    match = _WHOLE.fullmatch(text)
    if match is None or abs(int(match[1])) > MAX_QUANTITY:
        raise UnfitError(ProblemKind.NOT_WHOLE)
    return int(match[1])


def flag(text: str) -> bool:
    """Read yes or no."""
    word = text.casefold()
    if word not in _YES | _NO:
        raise UnfitError(ProblemKind.NOT_YES_OR_NO)
    return word in _YES


def day(text: str) -> date:
    """Read a date as ISO 8601 writes it, ``2027-03-31``: the only way that cannot be misread."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnfitError(ProblemKind.NOT_A_DATE) from error


def gtin(text: str) -> str:
    """Read a GTIN of 8, 12, 13 or 14 digits as its 14 digits."""
    if not is_gtin(text):
        raise UnfitError(ProblemKind.BAD_GTIN)
    return gtin14(text)


def read_table(file: TextFile, columns: Sequence[Column], key: str) -> Table:
    """Read a list; `key` is the column whose cell names the row in problems.

    A last row that is not written to its end is a bad row like others. Raises InputError when the text is no
    CSV, its header lacks a column or has one twice, or no row is below it.
    """
    opened = open_csv(file, least=min(2, sum(column.needed for column in columns)))
    names = [column_name(cell) for cell in opened.header]
    places = _places(opened, names, columns)
    rows: list[TableRow] = []
    problems: list[Problem] = []
    read = 0
    for record in csv_rows(opened, whole=False):
        read += 1
        found: list[Problem] = []
        values = _values(record, columns, places, found, key, len(names))
        if not found:
            rows.append(TableRow(record.number, values))
        problems.extend(found)
    if not read:
        raise InputError("input.no_rows", f"{file.name} holds nothing: no row is below its header.")
    others = [cell for cell, name in zip(opened.header, names, strict=True) if cell and name not in places]
    return Table(tuple(rows), tuple(problems), read, tuple(others))


def column_name(cell: str) -> str:
    """Write a column's name as it is asked for: ``Weight g`` is ``weight_g``."""
    return cell.casefold().replace(" ", "_").replace("-", "_")


def _places(file: CsvFile, names: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Find each column's place in the header."""
    missing = [column.name for column in columns if column.needed and column.name not in names]
    if missing:
        raise lacking(file, missing)
    twice = [column.name for column in columns if names.count(column.name) > 1]
    if twice:
        raise InputError("input.columns", f"{file.text.name} has more than one column {', '.join(twice)}.")
    return {column.name: names.index(column.name) for column in columns if column.name in names}


def _values(
    record: CsvRow,
    columns: Sequence[Column],
    places: Mapping[str, int],
    found: list[Problem],
    key: str,
    width: int,
) -> dict[str, Any]:
    """Read the cells of one row; what is wrong with them goes to `found`."""
    of, where, cells = _cell(record, places, key), f"row {record.number}", len(record.cells)
    if max(places.values()) >= cells:
        found.append(problem(ProblemKind.ROW_CUT_SHORT, order=of, where=where, value=cells))
        return {}
    if any(record.cells[width:]):
        # A mark within a text that stands in no quotes moves all cells behind it.
        found.append(problem(ProblemKind.ROW_TOO_LONG, order=of, where=where, value=cells))
        return {}
    values: dict[str, Any] = {}
    for column in columns:
        text = _cell(record, places, column.name)
        kind = ProblemKind.VALUE_MISSING if column.needed and not text else None
        try:
            values[column.name] = column.read(text) if text else column.empty
        except UnfitError as error:
            kind = error.kind
        if kind is not None:
            found.append(problem(kind, order=of, where=where, field=column.name, value=text))
    return values


def _cell(record: CsvRow, places: Mapping[str, int], name: str) -> str:
    place = places.get(name)
    return record.cells[place] if place is not None and place < len(record.cells) else ""
