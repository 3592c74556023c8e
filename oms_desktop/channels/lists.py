"""What a warehouse is made of, from CSV files: its locations, its stock, its people, its cartons.

Each list names its own columns; how a list is read is told in `tables`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from oms_desktop.channels.tables import (
    Column,
    ListFile,
    TableRow,
    UnfitError,
    code,
    day,
    list_file,
    read_table,
    signed,
    whole,
)
from oms_desktop.channels.text import TextFile, text_file
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.models import Condition, LocationKind, Role

R_co = TypeVar("R_co", covariant=True)

_PIN = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class LocationLine:
    """A location: coordinates in millimetres, None where not known; `sequence` along the walk, 0 for none."""

    row: int
    code: str
    kind: LocationKind
    zone: str
    aisle: str
    bay: str
    level: str
    slot: str
    x_mm: int | None
    y_mm: int | None
    z_mm: int | None
    sequence: int


@dataclass(frozen=True)
class StockLine:
    """Units of a product that are at a location, and how many of it should be there.

    The three levels are None where nothing is asked.
    """

    row: int
    sku: str
    location: str
    quantity: int
    lot: str
    expires_on: date | None
    serials: tuple[str, ...]
    condition: Condition
    reference: str
    minimum: int | None
    reorder_at: int | None
    fill_to: int | None


@dataclass(frozen=True)
class WorkerLine:
    """A person who works here; without a PIN nobody can sign in with the badge."""

    row: int
    badge: str
    name: str
    pin: str
    roles: tuple[Role, ...]
    language: str
    zone: str


@dataclass(frozen=True)
class CartonLine:
    """A box of the catalogue: inner size in millimetres, own and greatest gross weight in grams."""

    row: int
    code: str
    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    max_g: int


def _one_of(kinds: dict[str, Any], unfit: ProblemKind) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        found = kinds.get(text.casefold())
        if found is None:
            raise UnfitError(unfit)
        return found

    return read


def _roles(text: str) -> tuple[Role, ...]:
    read = _one_of({role.value: role for role in Role}, ProblemKind.NOT_A_ROLE)
    return tuple(dict.fromkeys(read(part.strip()) for part in text.split("+")))


def _pin(text: str) -> str:
    if not _PIN.fullmatch(text):
        raise UnfitError(ProblemKind.NOT_A_PIN)
    return text


def _size(text: str) -> int:
    try:
        number = whole(text)
    except UnfitError as error:
        raise UnfitError(ProblemKind.NOT_A_SIZE) from error
    if number == 0:
        raise UnfitError(ProblemKind.NOT_A_SIZE)
    return number


def _words(text: str) -> tuple[str, ...]:
    return tuple(code(word) for word in text.split())


_KINDS = {kind.value: kind for kind in (LocationKind.PICK_FACE, LocationKind.RESERVE, LocationKind.TOTE)}
_CONDITIONS = {condition.value: condition for condition in Condition}

LOCATION_COLUMNS = (
    Column("code", code, "", needed=True),
    Column("kind", _one_of(_KINDS, ProblemKind.NOT_A_PLACE_KIND), LocationKind.PICK_FACE),
    Column("zone", code, ""),
    Column("aisle", code, ""),
    Column("bay", code, ""),
    Column("level", code, ""),
    Column("slot", code, ""),
    Column("x_mm", signed, None),
    Column("y_mm", signed, None),
    Column("z_mm", signed, None),
    Column("sequence", whole, 0),
)
STOCK_COLUMNS = (
    Column("sku", code, "", needed=True),
    Column("location", code, "", needed=True),
    Column("quantity", whole, 0),
    Column("lot", code, ""),
    Column("expires_on", day, None),
    Column("serials", _words, ()),
    Column("condition", _one_of(_CONDITIONS, ProblemKind.NOT_A_CONDITION), Condition.GOOD),
    Column("reference", code, ""),
    Column("minimum", whole, None),
    Column("reorder_at", whole, None),
    Column("fill_to", whole, None),
)
WORKER_COLUMNS = (
    Column("badge", code, "", needed=True),
    Column("name", code, "", needed=True),
    Column("pin", _pin, ""),
    Column("roles", _roles, (), needed=True),
    Column("language", code, ""),
    Column("zone", code, ""),
)
CARTON_COLUMNS = (
    Column("code", code, "", needed=True),
    Column("length_mm", _size, 0, needed=True),
    Column("width_mm", _size, 0, needed=True),
    Column("height_mm", _size, 0, needed=True),
    Column("weight_g", whole, 0),
    Column("max_g", _size, 0, needed=True),
)


def read_locations(path: Path) -> ListFile[LocationLine]:
    """Read a list of locations. Raises InputError when the file cannot be used at all."""
    return _unique(text_file(path), LOCATION_COLUMNS, LocationLine, "code")


def read_workers(path: Path) -> ListFile[WorkerLine]:
    """Read a list of people. Raises InputError when the file cannot be used at all."""
    return _unique(text_file(path), WORKER_COLUMNS, WorkerLine, "badge")


def read_cartons(path: Path) -> ListFile[CartonLine]:
    """Read a list of cartons. Raises InputError when the file cannot be used at all."""
    return _unique(text_file(path), CARTON_COLUMNS, CartonLine, "code")


def read_stock(path: Path) -> ListFile[StockLine]:
    """Read a list of stock: a product may have several rows, also at one location (other lots).

    Raises InputError when the file cannot be used at all.
    """
    table = read_table(text_file(path), STOCK_COLUMNS, "sku")
    problems = [found for row in table.rows for found in _levels(row)]
    bad = {found.where for found in problems}
    good = [StockLine(row.number, **row.values) for row in table.rows if row.where not in bad]
    return list_file(good, table, problems)


def _levels(row: TableRow) -> list[Problem]:
    """Tell when the three levels of a row are not all there, or neither in their order nor three zeros."""
    names = ("minimum", "reorder_at", "fill_to")
    levels = [row.values[name] for name in names]
    if levels.count(None) == len(levels):
        return []
    sku = row.values["sku"]
    if None in levels:
        name = names[levels.index(None)]
        return [problem(ProblemKind.VALUE_MISSING, order=sku, where=row.where, field=name)]
    minimum, reorder_at, fill_to = levels
    if minimum <= reorder_at < fill_to or fill_to == reorder_at == minimum == 0:
        return []
    told = f"{minimum}, {reorder_at}, {fill_to}"
    return [problem(ProblemKind.NOT_IN_ORDER, order=sku, where=row.where, field="reorder_at", value=told)]


def _unique(file: TextFile, columns: Sequence[Column], line: Callable[..., R_co], key: str) -> ListFile[R_co]:
    """Read a list in which each key, whatever its capitals, has one row.

    Another one is refused, the same once more is known.
    """
    table = read_table(file, columns, key)
    first: dict[str, TableRow] = {}
    problems: list[Problem] = []
    again = 0
    for row in table.rows:
        name = row.values[key]
        told = first.setdefault(name.upper(), row)
        if told is row:
            continue
        if told.values == {**row.values, key: told.values[key]}:
            again += 1
        else:
            problems.append(
                problem(ProblemKind.CODE_TWICE, order=name, where=row.where, field=key, value=name)
            )
    return list_file([line(row.number, **row.values) for row in first.values()], table, problems, again)
