"""Products and their opening stock from a CSV file.

The header names the columns ``sku,name,gtin,weight_g,length_mm,width_mm,height_mm,location,quantity`` in any
order; further columns are ignored. A row is a product at one location; a product in several places has a row
for each, which all describe it alike. An empty GTIN means that the product carries none, an empty weight or
size that it has not been measured (0), an empty location that no stock is told. Comma, semicolon or tab
separates, as the header does.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from oms_desktop.barcodes.gs1 import gtin14, is_gtin
from oms_desktop.channels.payload import Payload, decode_payload, read_payload
from oms_desktop.drafts import MAX_KEY, MAX_QUANTITY, Problem, ProblemKind, problem
from oms_desktop.errors import InputError

COLUMNS = (
    "sku",
    "name",
    "gtin",
    "weight_g",
    "length_mm",
    "width_mm",
    "height_mm",
    "location",
    "quantity",
)
"""The columns that have to be there."""

_NUMBERS = ("weight_g", "length_mm", "width_mm", "height_mm", "quantity")
_DESCRIPTION = ("name", "gtin", "weight_g", "length_mm", "width_mm", "height_mm")
_WHOLE = re.compile(r"([0-9]{1,12})(?:\.0{1,6})?")


@dataclass(frozen=True)
class ProductRow:
    """A product at a location: weight in grams, sizes in millimetres; `gtin` has 14 digits or is ""."""

    row: int
    sku: str
    name: str
    gtin: str
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    location: str
    quantity: int


@dataclass(frozen=True)
class ProductFile:
    """The good rows of a file, what is wrong with the others, and how many rows there were."""

    rows: tuple[ProductRow, ...]
    problems: tuple[Problem, ...]
    read: int

    @property
    def refused(self) -> int:
        """How many rows are not among the good ones."""
        return self.read - len(self.rows)


@dataclass(frozen=True)
class _Record:
    """One row of the file, its values stripped."""

    number: int
    values: tuple[str, ...]


@dataclass
class _Told:
    """What the rows so far have told, for comparing the next one with."""

    products: dict[str, ProductRow] = field(default_factory=dict)
    """The first good row of each SKU."""
    owners: dict[str, str] = field(default_factory=dict)
    """The SKU that has each GTIN."""
    places: set[tuple[str, str]] = field(default_factory=set)
    """SKU and location of all good rows."""


def read_products(path: Path) -> ProductFile:
    """Read a file of products.

    Raises InputError when it cannot be read, is empty, is not UTF-8 text or no CSV, or lacks a column.
    """
    return _read(read_payload(path))


def parse_products(data: bytes, *, name: str) -> ProductFile:
    """Read products from bytes; `name` is what errors call them. Raises as `read_products` does."""
    return _read(decode_payload(data, name))


def _read(payload: Payload) -> ProductFile:
    records = _records(payload)
    places = _places(next(records), payload.name)
    told = _Told()
    good: list[ProductRow] = []
    problems: list[Problem] = []
    read = 0
    for record in records:
        read += 1
        found = list(_value_problems(record, places))
        if not found:
            row = _row(record, places)
            found = list(_disagreements(row, told))
            if not found:
                good.append(row)
        problems.extend(found)
    return ProductFile(tuple(good), tuple(problems), read)


def _records(payload: Payload) -> Iterator[_Record]:
    """Give the rows that hold anything, numbered as a spreadsheet does: the first one is 1."""
    first = payload.text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    number = 0
    try:
        for record in csv.reader(io.StringIO(payload.text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            if any(value.strip() for value in record):
                yield _Record(number, tuple(value.strip() for value in record))
    except csv.Error as error:
        raise InputError(
            "input.not_csv", f"{payload.name} is no CSV: {error} in row {number + 1}."
        ) from error


def _places(header: _Record, name: str) -> dict[str, int]:
    """Find each column's place in the header."""
    names = [column.casefold() for column in header.values]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise InputError("input.columns", f"{name} lacks the columns {', '.join(missing)} in its first row.")
    twice = [column for column in COLUMNS if names.count(column) > 1]
    if twice:
        raise InputError("input.columns", f"{name} has more than one column {', '.join(twice)}.")
    return {column: names.index(column) for column in COLUMNS}


def _value_problems(record: _Record, places: Mapping[str, int]) -> Iterator[Problem]:
    """Judge the values of one row by themselves."""
    where = f"row {record.number}"
    sku = record.values[places["sku"]] if places["sku"] < len(record.values) else ""
    last = max(places.values())
    if last >= len(record.values):
        yield problem(ProblemKind.ROW_CUT_SHORT, order=sku, where=where, value=len(record.values))
        return
    value = {column: record.values[place] for column, place in places.items()}
    for column in ("sku", "name"):
        if not value[column]:
            yield problem(ProblemKind.VALUE_MISSING, order=sku, where=where, field=column)
    for column in ("sku", "location"):
        if len(value[column]) > MAX_KEY:
            yield problem(ProblemKind.TOO_LONG, order=sku, where=where, field=column, value=value[column])
    if value["gtin"] and not is_gtin(value["gtin"]):
        yield problem(ProblemKind.BAD_GTIN, order=sku, where=where, field="gtin", value=value["gtin"])
    for column in _NUMBERS:
        if value[column] and _whole(value[column]) is None:
            yield problem(ProblemKind.NOT_WHOLE, order=sku, where=where, field=column, value=value[column])
    if _whole(value["quantity"]) and not value["location"]:
        yield problem(ProblemKind.VALUE_MISSING, order=sku, where=where, field="location")


def _row(record: _Record, places: Mapping[str, int]) -> ProductRow:
    """Read a row whose values are sound."""
    value = {column: record.values[place] for column, place in places.items()}
    weight, length, width, height, quantity = (_whole(value[column]) or 0 for column in _NUMBERS)
    return ProductRow(
        row=record.number,
        sku=value["sku"],
        name=value["name"],
        gtin=gtin14(value["gtin"]) if value["gtin"] else "",
        weight_g=weight,
        length_mm=length,
        width_mm=width,
        height_mm=height,
        location=value["location"],
        quantity=quantity,
    )


def _whole(text: str) -> int | None:
    """Read a whole number as spreadsheets write it, ``12`` or ``12.0``; None when it is no such."""
    match = _WHOLE.fullmatch(text)
    number = int(match[1]) if match else None
    return number if number is not None and number <= MAX_QUANTITY else None


def _disagreements(row: ProductRow, told: _Told) -> Iterator[Problem]:
    """Compare a row with those before it, and remember it when they go together."""
    where, known = f"row {row.row}", told.products.get(row.sku)
    sound = True
    for column in _DESCRIPTION if known else ():
        if getattr(row, column) != getattr(known, column):
            sound = False
            value = getattr(row, column)
            yield problem(ProblemKind.ROWS_DISAGREE, order=row.sku, where=where, field=column, value=value)
    if row.gtin and told.owners.get(row.gtin, row.sku) != row.sku:
        sound = False
        yield problem(ProblemKind.GTIN_TAKEN, order=row.sku, where=where, field="gtin", value=row.gtin)
    if (row.sku, row.location) in told.places:
        sound = False
        yield problem(
            ProblemKind.PLACE_TWICE, order=row.sku, where=where, field="location", value=row.location
        )
    if sound:
        told.products.setdefault(row.sku, row)
        told.places.add((row.sku, row.location))
        if row.gtin:
            told.owners[row.gtin] = row.sku
