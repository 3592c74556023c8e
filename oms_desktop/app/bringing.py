"""Bring files of orders and products into a database, through the verbs, one order a transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import DBAPIError

from oms_desktop.app.site import main_site
from oms_desktop.channels.products import ProductFile, ProductRow, read_products
from oms_desktop.channels.reading import read_orders
from oms_desktop.channels.source import OrderFile
from oms_desktop.db import of_values
from oms_desktop.documents.fonts import unprintable
from oms_desktop.drafts import CheckedOrder, Outcome, Problem, ProblemKind, problem
from oms_desktop.errors import StateError, StoreError
from oms_desktop.models import SHELVES, Event, Hold, Location, Order, Packaging, Product
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import capture, catalog, promise
from oms_desktop.workflow.capture import Taken

log = logging.getLogger(__name__)

CHUNK = 500
"""Products brought in one transaction."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What became of files; counted in orders, or in rows for products.

    `broken` says why the database took no more, and where; the counts are of what came before. '' if it
    took all.
    """

    read: int = 0
    taken: int = 0
    held: int = 0
    duplicate: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    broken: str = ""

    def __add__(self, other: "Report") -> "Report":
        """Add the report of another file."""
        return Report(
            self.read + other.read,
            self.taken + other.taken,
            self.held + other.held,
            self.duplicate + other.duplicate,
            self.refused + other.refused,
            self.problems + other.problems,
            f"{self.broken} {other.broken}".strip(),
        )


def bring_orders(
    station: Station, file: Path, channel: str = "auto", progress: Progress | None = None
) -> Report:
    """Read a file of orders and store them: see `read_orders` and `store_orders`."""
    return store_orders(station, read_orders(file, channel), file.name, progress)


def bring_products(station: Station, file: Path, progress: Progress | None = None) -> Report:
    """Read a file of products and store them: see `read_products` and `store_products`."""
    return store_products(station, read_products(file), progress)


def store_orders(station: Station, found: OrderFile, source: str, progress: Progress | None = None) -> Report:
    """Store orders and promise stock to those that are free to go; `source` is the name of their file.

    Raises StoreError when the database takes none of them.
    """
    warehouse = main_site(station)
    report = Report(read=len(found.problems), refused=len(found.problems), problems=found.problems)
    for done, checked in enumerate(found.orders, start=1):
        try:
            report += _bring_or_refuse(station, warehouse, checked, found.channel, source)
        except StoreError as error:
            if report.taken + report.held == 0:
                raise
            left = len(found.orders) - done + 1
            return replace(report, broken=_broken(error, left, source, checked.draft.number))
        if progress is not None:
            progress(done, len(found.orders))
    return report


def store_products(station: Station, found: ProductFile, progress: Progress | None = None) -> Report:
    """Store products with their opening stock; a known SKU is left as it is."""
    warehouse = main_site(station)
    known = _known_skus(station, {row.sku for row in found.rows})
    new, taken = _without_taken_gtins(station, [row for row in found.rows if row.sku not in known])
    fresh, misplaced = _on_shelves(station, warehouse, new)
    report = Report(
        read=found.read - len(fresh),
        duplicate=sum(row.sku in known for row in found.rows),
        refused=found.refused + sum(row.sku not in known for row in found.rows) - len(fresh),
        problems=found.problems + taken + misplaced,
    )
    for first, chunk in _chunks(fresh):
        try:
            _open(station, warehouse, chunk)
        except StoreError as error:
            if first == 0:
                raise
            return replace(report, broken=_broken(error, len(fresh) - first, "the products", chunk[0].sku))
        report += Report(read=len(chunk), taken=len(chunk))
        if progress is not None:
            progress(first + len(chunk), len(fresh))
    return report


def _broken(error: StoreError, left: int, source: str, first: str) -> str:
    """Say what of a file was not stored. What is in already is known when it comes again."""
    return f"{error.text} {left} of {source} are not in, from {first} on. Import it again."


def _bring_or_refuse(
    station: Station, warehouse: UUID, checked: CheckedOrder, channel: str, source: str
) -> Report:
    """Bring an order; one whose values the database does not take is refused, and the next ones come."""
    try:
        return _bring_order(station, warehouse, _printable(checked), channel, source)
    except (DBAPIError, UnicodeError, ArithmeticError) as error:
        if isinstance(error, DBAPIError) and not of_values(error):
            raise
        draft = checked.draft
        # The error itself may quote the order's texts, which the log does not hold.
        log.error("%s of %s was not stored: %s", draft.where, source, type(error).__name__)
        told = problem(ProblemKind.NOT_STORABLE, order=draft.number, where=draft.where)
        return Report(read=1, refused=1, problems=(told,))


def _printable(checked: CheckedOrder) -> CheckedOrder:
    """Add a problem for each part of the address with letters that no font of the label has."""
    to = checked.draft.ship_to
    if to is None:
        return checked
    parts = ("name", "company", "address1", "address2", "city", "province", "postal_code")
    found = tuple(
        problem(
            ProblemKind.ADDRESS_UNPRINTABLE,
            order=checked.draft.number,
            where=to.where,
            field=part,
            value=getattr(to, part),
        )
        for part in parts
        if unprintable(getattr(to, part))
    )
    return replace(checked, problems=checked.problems + found)


def _bring_order(
    station: Station, warehouse: UUID, checked: CheckedOrder, channel: str, source: str
) -> Report:
    if checked.outcome is Outcome.REFUSED:
        return Report(read=1, refused=1, problems=checked.problems)
    incoming = Incoming(channel, source, checked.raw, replace(checked, raw=""))
    stored = station.call().bringing(incoming).do(capture.capture, intake=UUID(int=0))
    if stored.taken is Taken.HELD:
        return Report(read=1, held=1, problems=stored.problems)
    if stored.taken is Taken.DUPLICATE:
        if _never_promised(station, stored.order):
            _promise(station, warehouse, stored.order)
        return Report(read=1, duplicate=1)
    _promise(station, warehouse, stored.order)
    return Report(read=1, taken=1)


def _never_promised(station: Station, order: UUID) -> bool:
    """Tell whether an order was stored by a program that ended before it came to the promise."""
    told = exists().where(Event.order_id == Order.id, Event.kind == "promised")
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    with station.store.reading() as session:
        found = session.scalar(
            select(Order.id).where(Order.id == order, Order.cancelled_at.is_(None), ~told, ~held)
        )
    return found is not None


def _promise(station: Station, warehouse: UUID, order: UUID) -> None:
    try:
        station.do(promise.allocate, order=order, warehouse=warehouse)
    except StateError as error:
        # Somebody has held or cancelled the order in the moment since it was stored.
        log.info("no promise: %s", error)


def _open(station: Station, warehouse: UUID, chunk: Sequence[ProductRow]) -> None:
    rows = {
        row.sku: catalog.ProductRow(
            sku=row.sku,
            name=row.name,
            gtin=row.gtin,
            weight_g=row.weight_g,
            length_mm=row.length_mm,
            width_mm=row.width_mm,
            height_mm=row.height_mm,
        )
        for row in chunk
    }
    receipts = tuple(
        catalog.ReceiptRow(row.sku, row.location, row.quantity)
        for row in chunk
        if row.location and row.quantity
    )
    station.do(catalog.open_catalog, warehouse=warehouse, rows=tuple(rows.values()), receipts=receipts)


def _known_skus(station: Station, skus: set[str]) -> set[str]:
    with station.store.reading() as session:
        return {sku for sku in session.scalars(select(Product.sku)) if sku in skus}


def _without_taken_gtins(
    station: Station, rows: Sequence[ProductRow]
) -> tuple[list[ProductRow], tuple[Problem, ...]]:
    """Set rows aside whose GTIN is a known product's already."""
    with station.store.reading() as session:
        taken = set(session.scalars(select(Packaging.gtin)))
    good = [row for row in rows if row.gtin not in taken]
    bad = tuple(
        problem(ProblemKind.GTIN_TAKEN, order=row.sku, where=f"row {row.row}", field="gtin", value=row.gtin)
        for row in rows
        if row.gtin in taken
    )
    return good, bad


def _on_shelves(
    station: Station, warehouse: UUID, rows: Sequence[ProductRow]
) -> tuple[list[ProductRow], tuple[Problem, ...]]:
    """Set rows aside whose location is known as something else than a shelf, such as a tote."""
    other = select(Location.code).where(Location.warehouse_id == warehouse, Location.kind.not_in(SHELVES))
    with station.store.reading() as session:
        codes = set(session.scalars(other))
    good = [row for row in rows if row.location not in codes]
    bad = tuple(
        problem(
            ProblemKind.NOT_A_SHELF,
            order=row.sku,
            where=f"row {row.row}",
            field="location",
            value=row.location,
        )
        for row in rows
        if row.location in codes
    )
    return good, bad


def _chunks(
    rows: Sequence[ProductRow],
) -> Iterable[tuple[int, Sequence[ProductRow]]]:
    """Cut rows into chunks that keep the rows of a product together."""
    by_sku: dict[str, list[ProductRow]] = {}
    for row in rows:
        by_sku.setdefault(row.sku, []).append(row)
    chunk: list[ProductRow] = []
    first = 0
    for group in by_sku.values():
        chunk += group
        if len(chunk) >= CHUNK:
            yield first, chunk
            first, chunk = first + len(chunk), []
    if chunk:
        yield first, chunk
