"""Bring lists of what a warehouse is made of: a list a kind.

Those of places, people and cartons are stored in one call each, those of goods some hundred rows in a call.
What is known by its code, whatever its capitals, is left as it is and counted as a duplicate; only a shelf of
which nothing but the code is known gets its layout.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.app.product_list import store_products
from oms_desktop.app.report import Report, unread
from oms_desktop.app.site import main_site
from oms_desktop.app.stock_list import store_stock
from oms_desktop.app.watch import Watch
from oms_desktop.channels import lists
from oms_desktop.channels.products import read_products
from oms_desktop.channels.tables import ListFile, in_rows
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.models import Carton, Location, Worker
from oms_desktop.station import Incoming, Station, hash_pin
from oms_desktop.workflow import site
from oms_desktop.workflow.reference import spelling, taken_codes

L = TypeVar("L", lists.LocationLine, lists.CartonLine, lists.WorkerLine)

Store = Callable[[Station, Watch], Report]
"""Stores what was read of a file; called once the database is open."""


def read_list(kind: str, file: Path) -> Store:
    """Read a list of a kind (``products``, ``locations``, ...); returns what stores it.

    Raises InputError when the file cannot be used at all.
    """
    return _READERS[kind](file)


def store_locations(station: Station, found: ListFile[lists.LocationLine]) -> Report:
    """Make the locations that are not known, and lay out those of which only the code is.

    One that is known as another kind, or is the code of a lane, carton or badge, is refused.
    """
    warehouse = main_site(station)
    with station.store.reading() as session:
        known = dict(
            session.execute(
                select(Location.code, Location.kind).where(Location.warehouse_id == warehouse)
            ).all()
        )
        read, taken = _judge(session, found.rows, "code", known, "tote", "location")
        rows = tuple(map(_location, read))
        bare = {place.code for place, _row in site.to_lay_out(session, warehouse, rows)}
    taken += [
        _code_taken(row.code, row.row, "kind", row.kind.value)
        for row in read
        if known.get(row.code, row.kind) is not row.kind
    ]
    new = tuple(row for row in rows if row.code not in known or row.code in bare)
    if new:
        station.do(site.bring_locations, warehouse=warehouse, rows=new)
    return _report(found, len(new), taken)


def _location(row: lists.LocationLine) -> site.LocationRow:
    return site.LocationRow(
        row.code,
        row.kind,
        row.zone,
        row.aisle,
        row.bay,
        row.level,
        row.slot,
        row.x_mm,
        row.y_mm,
        row.z_mm,
        row.sequence,
    )


def store_cartons(station: Station, found: ListFile[lists.CartonLine]) -> Report:
    """Make the cartons that the catalogue has not got yet; one with the code of something else is refused."""
    with station.store.reading() as session:
        known = set(session.scalars(select(Carton.code)))
        read, taken = _judge(session, found.rows, "code", known, "carton")
    rows = tuple(
        site.CartonRow(row.code, row.length_mm, row.width_mm, row.height_mm, row.weight_g, row.max_g)
        for row in read
        if row.code not in known
    )
    if rows:
        station.do(site.bring_cartons, rows=rows)
    return _report(found, len(rows), taken)


def store_workers(station: Station, found: ListFile[lists.WorkerLine]) -> Report:
    """Enrol the people whose badges are not known yet; their PINs are kept as hashes.

    A badge with the code of something else is refused.
    """
    with station.store.reading() as session:
        known = set(session.scalars(select(Worker.badge)))
        read, taken = _judge(session, found.rows, "badge", known, "badge")
    rows = tuple(
        site.WorkerRow(
            row.badge, row.name, hash_pin(row.pin) if row.pin else "", row.roles, row.language, row.zone
        )
        for row in read
        if row.badge not in known
    )
    if rows:
        incoming = Incoming("people", "list", "", site.Staff(rows))
        station.call().bringing(incoming).do(site.enrol, intake=UUID(int=0))
    return _report(found, len(rows), taken)


def _judge(
    session: Session, rows: Sequence[L], key: str, known: Collection[str], *own: str
) -> tuple[list[L], list[Problem]]:
    """Write the codes of rows as they are known; name and leave out the new ones that mean something else.

    `own` are the kinds of what the rows bring, as scans find it.
    """
    others, spelt = taken_codes(session, *own), spelling(known)
    read: list[L] = []
    taken: list[Problem] = []
    for row in rows:
        told: dict[str, Any] = {key: spelt(getattr(row, key))}
        code = told[key]
        if code not in known and code.upper() in others:
            taken.append(_code_taken(code, row.row, key, code))
        else:
            read.append(replace(row, **told))
    return read, taken


def _code_taken(code: str, row: int, field: str, value: str) -> Problem:
    return problem(ProblemKind.CODE_TAKEN, order=code, where=f"row {row}", field=field, value=value)


def _report(found: ListFile[object], taken: int, more: Sequence[Problem] = ()) -> Report:
    """Count what became of the rows; those that are neither new nor bad were known."""
    return Report(
        read=found.read,
        taken=taken,
        duplicate=len(found.rows) - taken - len(more) + found.again,
        refused=found.refused + len(more),
        problems=in_rows(*found.problems, *more),
        notes=unread(found.others),
    )


def _products(file: Path) -> Store:
    found = read_products(file)
    return lambda station, watch: store_products(station, found, watch)


def _locations(file: Path) -> Store:
    found = lists.read_locations(file)
    return lambda station, _watch: store_locations(station, found)


def _cartons(file: Path) -> Store:
    found = lists.read_cartons(file)
    return lambda station, _watch: store_cartons(station, found)


def _workers(file: Path) -> Store:
    found = lists.read_workers(file)
    return lambda station, _watch: store_workers(station, found)


def _stock(file: Path) -> Store:
    found = lists.read_stock(file)
    return lambda station, watch: store_stock(station, found, watch)


_READERS: Mapping[str, Callable[[Path], Store]] = {
    "products": _products,
    "locations": _locations,
    "stock": _stock,
    "workers": _workers,
    "cartons": _cartons,
}
