"""Bring files of orders and products into a database, through the verbs, one order a transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app.site import main_site
from oms_desktop.channels import products as product_files
from oms_desktop.channels.reading import read_orders
from oms_desktop.drafts import CheckedOrder, Outcome, Problem, ProblemKind, problem
from oms_desktop.models import Packaging, Product
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import capture, catalog, promise
from oms_desktop.workflow.capture import Taken

CHUNK = 500
"""Products brought in one transaction."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What became of files; counted in orders, or in rows for products."""

    read: int = 0
    taken: int = 0
    held: int = 0
    duplicate: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: "Report") -> "Report":
        """Add the report of another file."""
        return Report(
            self.read + other.read,
            self.taken + other.taken,
            self.held + other.held,
            self.duplicate + other.duplicate,
            self.refused + other.refused,
            self.problems + other.problems,
        )


def bring_orders(
    station: Station, file: Path, channel: str = "auto", progress: Progress | None = None
) -> Report:
    """Store the orders of a file and promise stock to those that are free to go.

    Raises InputError when nothing of the file can be read as orders; nothing is written then.
    """
    found = read_orders(file, channel)
    warehouse = main_site(station)
    report = Report(read=len(found.problems), refused=len(found.problems), problems=found.problems)
    for done, checked in enumerate(found.orders, start=1):
        report += _bring_order(station, warehouse, checked, found.channel, file.name)
        if progress is not None:
            progress(done, len(found.orders))
    return report


def bring_products(station: Station, file: Path, progress: Progress | None = None) -> Report:
    """Store the products of a file with their opening stock; a known SKU is left as it is.

    Raises InputError when the file cannot be read as a product list; nothing is written then.
    """
    found = product_files.read_products(file)
    warehouse = main_site(station)
    known = _known_skus(station, {row.sku for row in found.rows})
    fresh, refused = _without_taken_gtins(station, [row for row in found.rows if row.sku not in known])
    for first, chunk in _chunks(fresh):
        _open(station, warehouse, chunk)
        if progress is not None:
            progress(first + len(chunk), len(fresh))
    return Report(
        read=found.read,
        taken=len(fresh),
        duplicate=sum(row.sku in known for row in found.rows),
        refused=found.refused + sum(row.sku not in known for row in found.rows) - len(fresh),
        problems=found.problems + refused,
    )


def _bring_order(
    station: Station, warehouse: UUID, checked: CheckedOrder, channel: str, source: str
) -> Report:
    if checked.outcome is Outcome.REFUSED:
        return Report(read=1, refused=1, problems=checked.problems)
    incoming = Incoming(channel, source, checked.raw, replace(checked, raw=""))
    stored = station.call().bringing(incoming).do(capture.capture, intake=UUID(int=0))
    if stored.taken is Taken.DUPLICATE:
        return Report(read=1, duplicate=1)
    if stored.taken is Taken.HELD:
        return Report(read=1, held=1, problems=stored.problems)
    station.do(promise.allocate, order=stored.order, warehouse=warehouse)
    return Report(read=1, taken=1)


def _open(station: Station, warehouse: UUID, chunk: Sequence[product_files.ProductRow]) -> None:
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
    station: Station, rows: Sequence[product_files.ProductRow]
) -> tuple[list[product_files.ProductRow], tuple[Problem, ...]]:
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


def _chunks(
    rows: Sequence[product_files.ProductRow],
) -> Iterable[tuple[int, Sequence[product_files.ProductRow]]]:
    """Cut rows into chunks that keep the rows of a product together."""
    by_sku: dict[str, list[product_files.ProductRow]] = {}
    for row in rows:
        by_sku.setdefault(row.sku, []).append(row)
    chunk: list[product_files.ProductRow] = []
    first = 0
    for group in by_sku.values():
        chunk += group
        if len(chunk) >= CHUNK:
            yield first, chunk
            first, chunk = first + len(chunk), []
    if chunk:
        yield first, chunk
