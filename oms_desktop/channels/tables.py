"""Lists in CSV: a header that names the columns, a row a thing, every bad cell named by row and column.

Comma, semicolon or tab separates, as the header does. Columns may stand in any order and further ones are
ignored; rows are numbered as a spreadsheet does, the header being the first.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from oms_desktop.barcodes.gs1 import gtin14, is_gtin
from oms_desktop.channels.payload import Payload
from oms_desktop.drafts import MAX_KEY, MAX_QUANTITY, Problem, ProblemKind, problem
from oms_desktop.errors import InputError

_WHOLE = re.compile(r"(-?[0-9]{1,12})(?:\.0{1,6})?")
_YES, _NO = frozenset({"yes", "true", "1", "x", "y"}), frozenset({"no", "false", "0", "n"})


class UnfitError(Exception):
    """A cell does not hold what its column expects; caught by the reader of the table."""

    def __init__(self, kind: ProblemKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True)
class Column:
    """A column: how a cell of it is read, and what an empty cell stands for.

    A `needed` column must be in the header; in a `filled` one no cell may be empty.
    """

    name: str
    read: Callable[[str], Any]
    empty: Any
    needed: bool = False
    filled: bool = False


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
    """The sound rows of a file, what is wrong with the others, and how many rows there were."""

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
    read: int


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


def read_table(payload: Payload, columns: Sequence[Column], key: str) -> Table:
    """Read a list; `key` is the column whose cell names the row in problems.

    Raises InputError when the text is no CSV, or its header lacks a column or has one twice.
    """
    records = _records(payload)
    places = _places(next(records).values, columns, payload.name)
    rows: list[TableRow] = []
    problems: list[Problem] = []
    read = 0
    for record in records:
        read += 1
        found: list[Problem] = []
        values = _values(record, columns, places, found, key)
        if not found:
            rows.append(TableRow(record.number, values))
        problems.extend(found)
    return Table(tuple(rows), tuple(problems), read)


@dataclass(frozen=True)
class _Record:
    """One row of the file, its cells stripped."""

    number: int
    values: tuple[str, ...]


def _records(payload: Payload) -> Iterator[_Record]:
    first = payload.text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    number = 0
    try:
        for cells in csv.reader(io.StringIO(payload.text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            if any(cell.strip() for cell in cells):
                yield _Record(number, tuple(cell.strip() for cell in cells))
    except csv.Error as error:
        raise InputError(
            "input.not_csv", f"{payload.name} is no CSV: {error} in row {number + 1}."
        ) from error


def _places(header: Sequence[str], columns: Sequence[Column], name: str) -> dict[str, int]:
    """Find each column's place in the header."""
    names = [cell.casefold() for cell in header]
    missing = [column.name for column in columns if column.needed and column.name not in names]
    if missing:
        raise InputError("input.columns", f"{name} lacks the columns {', '.join(missing)} in its first row.")
    twice = [column.name for column in columns if names.count(column.name) > 1]
    if twice:
        raise InputError("input.columns", f"{name} has more than one column {', '.join(twice)}.")
    return {column.name: names.index(column.name) for column in columns if column.name in names}


def _values(
    record: _Record, columns: Sequence[Column], places: Mapping[str, int], found: list[Problem], key: str
) -> dict[str, Any]:
    """Read the cells of one row; what is wrong with them goes to `found`."""
    of, where, cells = _cell(record, places, key), f"row {record.number}", len(record.values)
    if max(places.values()) >= cells:
        found.append(problem(ProblemKind.ROW_CUT_SHORT, order=of, where=where, value=cells))
        return {}
    values: dict[str, Any] = {}
    for column in columns:
        text = _cell(record, places, column.name)
        kind = ProblemKind.VALUE_MISSING if column.filled and not text else None
        try:
            values[column.name] = column.read(text) if text else column.empty
        except UnfitError as error:
            kind = error.kind
        if kind is not None:
            found.append(problem(kind, order=of, where=where, field=column.name, value=text))
    return values


def _cell(record: _Record, places: Mapping[str, int], name: str) -> str:
    place = places.get(name)
    return record.values[place] if place is not None and place < len(record.values) else ""
