"""Products and their opening stock from a CSV file.

The columns ``sku`` and ``name`` have to be there, the others may be. A row is a product at one location; a
product in several places has a row for each, which all describe it alike; a SKU or location with other
capitals than before is the same. An empty GTIN means that the product carries none, an empty weight or size
that it has not been measured (0), an empty location that no stock is told. `parts` makes the product a kit:
``MUG-1:2 TEA-5:1`` are two of one and one of another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from oms_desktop.channels.tables import (
    Column,
    ListFile,
    TableRow,
    UnfitError,
    code,
    flag,
    gtin,
    list_file,
    read_table,
    whole,
)
from oms_desktop.channels.text import TextFile, text_bytes, text_file
from oms_desktop.drafts import Problem, ProblemKind, problem

_USUAL = (
    Column("sku", code, "", needed=True),
    Column("name", str, "", needed=True),
    Column("gtin", gtin, ""),
    Column("weight_g", whole, 0),
    Column("length_mm", whole, 0),
    Column("width_mm", whole, 0),
    Column("height_mm", whole, 0),
    Column("location", code, ""),
    Column("quantity", whole, 0),
)
_PART = re.compile(r"(\S+):([0-9]{1,6})")


@dataclass(frozen=True)
class Part:
    """So many units of another product in a kit."""

    sku: str
    quantity: int


def _parts(text: str) -> tuple[Part, ...]:
    found = [_PART.fullmatch(word) for word in text.split()]
    parts = tuple(Part(match[1], int(match[2])) for match in found if match is not None and int(match[2]))
    if len(parts) < len(found) or len({part.sku.upper() for part in parts}) < len(parts):
        raise UnfitError(ProblemKind.NOT_PARTS)
    return parts


def _factor(text: str) -> int:
    units = whole(text)
    if units < 2:
        raise UnfitError(ProblemKind.NOT_A_FACTOR)
    return units


_FURTHER = (
    Column("variant", str, ""),
    Column("fragile", flag, False),
    Column("hazard", str, ""),
    Column("lot_tracked", flag, False),
    Column("serial_tracked", flag, False),
    Column("min_life_days", whole, 0),
    Column("inner_gtin", gtin, ""),
    Column("inner_units", _factor, 0),
    Column("case_gtin", gtin, ""),
    Column("case_units", _factor, 0),
    Column("parts", _parts, ()),
)

PRODUCT_COLUMNS = (*_USUAL, *_FURTHER)
COLUMNS = tuple(column.name for column in _USUAL)
"""The columns that tell what a product is and where it lies."""

FURTHER = tuple(column.name for column in _FURTHER)
"""The columns that few products need."""

_DESCRIPTION = tuple(name for name in (*COLUMNS, *FURTHER) if name not in ("sku", "location", "quantity"))
_GTINS = ("gtin", "inner_gtin", "case_gtin")


@dataclass(frozen=True)
class ProductRow:
    """A product at a location: weight in grams, sizes in millimetres; a GTIN has 14 digits or is ""."""

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
    variant: str = ""
    fragile: bool = False
    hazard: str = ""
    lot_tracked: bool = False
    serial_tracked: bool = False
    min_life_days: int = 0
    inner_gtin: str = ""
    inner_units: int = 0
    case_gtin: str = ""
    case_units: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def gtins(self) -> tuple[str, ...]:
        """All GTINs of its packagings."""
        return tuple(text for text in (self.gtin, self.inner_gtin, self.case_gtin) if text)


ProductFile = ListFile[ProductRow]


@dataclass
class _Told:
    """What the rows so far have told, for comparing the next one with."""

    products: dict[str, ProductRow] = field(default_factory=dict)
    """The first good row of each SKU."""
    owners: dict[str, str] = field(default_factory=dict)
    """The SKU that has each GTIN."""
    places: dict[tuple[str, str], ProductRow] = field(default_factory=dict)
    """The good row of each SKU and location."""
    skus: dict[str, str] = field(default_factory=dict)
    """Each SKU, by itself in capitals."""
    locations: dict[str, str] = field(default_factory=dict)
    """Each location, by itself in capitals."""

    def spelt(self, row: ProductRow) -> ProductRow:
        """Write the codes of a row as the first row did that has them, whatever its capitals."""
        sku = self.skus.get(row.sku.upper(), row.sku)
        return replace(row, sku=sku, location=self.locations.get(row.location.upper(), row.location))


def read_products(path: Path) -> ProductFile:
    """Read a file of products.

    Raises InputError when it cannot be read, is empty, is no text or no CSV, or lacks a column.
    """
    return _read(text_file(path))


def parse_products(data: bytes, *, name: str) -> ProductFile:
    """Read products from bytes; `name` is what errors call them. Raises as `read_products` does."""
    return _read(text_bytes(data, name))


def _read(file: TextFile) -> ProductFile:
    table = read_table(file, PRODUCT_COLUMNS, "sku")
    told = _Told()
    good: list[ProductRow] = []
    problems: list[Problem] = []
    again = 0
    for line in table.rows:
        row = told.spelt(ProductRow(row=line.number, **line.values))
        before = told.places.get((row.sku, row.location))
        if before is not None and before == replace(row, row=before.row):
            again += 1
            continue
        found = [*_inner_problems(line, row), *_disagreements(row, told)]
        if found:
            problems.extend(found)
            continue
        _remember(row, told)
        good.append(row)
    return list_file(good, table, problems, again)


def _inner_problems(line: TableRow, row: ProductRow) -> Iterator[Problem]:
    """Tell what does not go together within a row."""
    needs = [
        ("location", row.quantity > 0 and not row.location),
        ("inner_units", bool(row.inner_gtin) and not row.inner_units),
        ("inner_gtin", row.inner_units > 0 and not row.inner_gtin),
        ("case_units", bool(row.case_gtin) and not row.case_units),
        ("case_gtin", row.case_units > 0 and not row.case_gtin),
    ]
    for name, missing in needs:
        if missing:
            yield problem(ProblemKind.VALUE_MISSING, order=row.sku, where=line.where, field=name)
    if row.parts and row.quantity:
        yield problem(
            ProblemKind.KIT_HAS_NO_STOCK,
            order=row.sku,
            where=line.where,
            field="quantity",
            value=row.quantity,
        )


def _disagreements(row: ProductRow, told: _Told) -> Iterator[Problem]:
    """Compare a row with those before it."""
    where, known = f"row {row.row}", told.products.get(row.sku)
    for column in _DESCRIPTION if known else ():
        if getattr(row, column) != getattr(known, column):
            value = getattr(row, column)
            yield problem(ProblemKind.ROWS_DISAGREE, order=row.sku, where=where, field=column, value=value)
    for column in _GTINS:
        value = getattr(row, column)
        if value and (told.owners.get(value, row.sku) != row.sku or row.gtins.count(value) > 1):
            yield problem(ProblemKind.GTIN_TAKEN, order=row.sku, where=where, field=column, value=value)
    if (row.sku, row.location) in told.places:
        yield problem(
            ProblemKind.PLACE_TWICE, order=row.sku, where=where, field="location", value=row.location
        )


def _remember(row: ProductRow, told: _Told) -> None:
    told.products.setdefault(row.sku, row)
    told.places[row.sku, row.location] = row
    told.skus.setdefault(row.sku.upper(), row.sku)
    told.locations.setdefault(row.location.upper(), row.location)
    told.owners.update(dict.fromkeys(row.gtins, row.sku))
