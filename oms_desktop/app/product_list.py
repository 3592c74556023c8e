"""Bring a list of products with their opening stock into a database."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app.mending import find_again
from oms_desktop.app.report import STOPPED, Report, broken, unread
from oms_desktop.app.site import main_site
from oms_desktop.app.watch import NOBODY, Watch
from oms_desktop.channels.products import ProductFile, ProductRow
from oms_desktop.channels.tables import in_rows
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import SHELVES, Level, Location, Packaging, Product
from oms_desktop.station import Station
from oms_desktop.workflow import catalog, kits

CHUNK = 500
"""Products brought in one transaction."""


def store_products(station: Station, found: ProductFile, watch: Watch = NOBODY) -> Report:
    """Store products with their opening stock; a known SKU is left as it is. Orders that wait find theirs.

    Kits come last, when their parts are there. Raises StoreError or InputError when the database takes
    nothing of the list.
    """
    warehouse = main_site(station)
    known = _known_skus(station, {row.sku for row in found.rows})
    fresh = [row for row in found.rows if row.sku not in known]
    bad = tuple(_problems(station, warehouse, fresh))
    fresh = _without(fresh, bad)
    bad += tuple(_unfit_kits(station, fresh))
    refused = {told.where for told in bad}
    fresh = _without(fresh, bad)
    report = Report(
        read=found.read - len(fresh),
        duplicate=sum(row.sku in known for row in found.rows) + found.again,
        refused=found.refused + len(refused),
        problems=in_rows(*found.problems, *bad),
        notes=unread(found.others),
    )
    report = _bring(station, warehouse, fresh, report, watch)
    find_again(station)
    return report


def _bring(
    station: Station, warehouse: UUID, fresh: Sequence[ProductRow], report: Report, watch: Watch
) -> Report:
    """Bring new products a chunk in a transaction; all kits are the last one."""
    goods = [(_open, chunk) for chunk in _chunks([row for row in fresh if not row.parts])]
    sets = [row for row in fresh if row.parts]
    first = 0
    for store, chunk in [*goods, (_open_kits, sets)] if sets else goods:
        left = len(fresh) - first, "the products", chunk[0].sku
        if watch.stopped():
            return replace(report, broken=broken(STOPPED, *left), stopped=True)
        try:
            store(station, warehouse, chunk)
        except (StoreError, InputError) as error:
            if first == 0:
                raise
            return replace(report, broken=broken(error.text, *left))
        report += Report(read=len(chunk), taken=len(chunk))
        first += len(chunk)
        watch.progress(report, first, len(fresh))
    return report


def _open_kits(station: Station, _warehouse: UUID, rows: Sequence[ProductRow]) -> None:
    products = {row.sku: _product(row) for row in rows}
    parts = {(row.sku, part.sku): part.quantity for row in rows for part in row.parts}
    told = tuple(kits.KitRow(kit, part, units) for (kit, part), units in parts.items())
    station.do(kits.open_kits, products=tuple(products.values()), parts=told)


def _known_skus(station: Station, skus: set[str]) -> set[str]:
    with station.store.reading() as session:
        return {sku for sku in session.scalars(select(Product.sku)) if sku in skus}


def _problems(station: Station, warehouse: UUID, rows: Sequence[ProductRow]) -> Iterable[Problem]:
    """Name the rows whose GTIN is a known product's, whose place is no shelf, whose goods need a lot."""
    other = select(Location.code).where(Location.warehouse_id == warehouse, Location.kind.not_in(SHELVES))
    with station.store.reading() as session:
        gtins = set(session.scalars(select(Packaging.gtin)))
        codes = set(session.scalars(other))
    for row in rows:
        judged = [
            (ProblemKind.GTIN_TAKEN, "gtin", next((text for text in row.gtins if text in gtins), "")),
            (ProblemKind.NOT_A_SHELF, "location", row.location if row.location in codes else ""),
            (ProblemKind.NEEDS_LIST, "quantity", row.quantity if _named(row) and row.quantity else ""),
        ]
        for kind, field, value in judged:
            if value != "":
                yield problem(kind, order=row.sku, where=f"row {row.row}", field=field, value=value)


def _without(rows: Sequence[ProductRow], bad: Sequence[Problem]) -> list[ProductRow]:
    """Leave out the rows that have a problem."""
    refused = {told.where for told in bad}
    return [row for row in rows if f"row {row.row}" not in refused]


def _unfit_kits(station: Station, rows: Sequence[ProductRow]) -> Iterator[Problem]:
    """Name the kits that are in themselves, or of which a part is neither known nor among the good rows."""
    with station.store.reading() as session:
        known = set(session.scalars(select(Product.sku).where(Product.retired_at.is_(None))))
    inside = {row.sku: {part.sku for part in row.parts} for row in rows}
    told = {sku: [(ProblemKind.KIT_CIRCLE, part)] for sku, part in _circles(inside)}
    unfit = set(told)
    while True:
        # A kit that is refused is no part of another one.
        inside = {sku: parts for sku, parts in inside.items() if sku not in unfit}
        lacking = {sku: _missing(parts, known, inside) for sku, parts in inside.items()}
        unfit = {sku for sku, parts in lacking.items() if parts}
        if not unfit:
            break
        told |= {sku: [(ProblemKind.UNKNOWN_PRODUCT, part) for part in lacking[sku]] for sku in unfit}
    for row in rows:
        for kind, part in told.get(row.sku, ()):
            yield problem(kind, order=row.sku, where=f"row {row.row}", field="parts", value=part)


def _missing(parts: Iterable[str], *known: Container[str]) -> list[str]:
    """Return the parts that nobody knows."""
    return sorted(part for part in parts if not any(part in skus for skus in known))


def _circles(inside: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Name the kits that are in themselves, each with a part by which it is."""
    for sku, parts in inside.items():
        for part in sorted(parts):
            if sku in kits.below(part, inside):
                yield sku, part
                break


def _named(row: ProductRow) -> bool:
    return row.lot_tracked or row.serial_tracked


def _open(station: Station, warehouse: UUID, chunk: Sequence[ProductRow]) -> None:
    rows = {row.sku: _product(row) for row in chunk}
    receipts = tuple(
        catalog.ReceiptRow(row.sku, row.location, row.quantity)
        for row in chunk
        if row.location and row.quantity
    )
    station.do(catalog.open_catalog, warehouse=warehouse, rows=tuple(rows.values()), receipts=receipts)


def _product(row: ProductRow) -> catalog.ProductRow:
    packed = (
        (Level.INNER, row.inner_gtin, row.inner_units),
        (Level.CASE, row.case_gtin, row.case_units),
    )
    return catalog.ProductRow(
        sku=row.sku,
        name=row.name,
        gtin=row.gtin,
        variant=row.variant,
        weight_g=row.weight_g,
        length_mm=row.length_mm,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
        fragile=row.fragile,
        hazard=row.hazard,
        lot_tracked=row.lot_tracked,
        serial_tracked=row.serial_tracked,
        min_life_days=row.min_life_days,
        packagings=tuple(catalog.PackagingRow(level, gtin, units) for level, gtin, units in packed if gtin),
    )


def _chunks(rows: Sequence[ProductRow]) -> Iterator[Sequence[ProductRow]]:
    """Cut rows into chunks that keep the rows of a product together."""
    by_sku: dict[str, list[ProductRow]] = {}
    for row in rows:
        by_sku.setdefault(row.sku, []).append(row)
    chunk: list[ProductRow] = []
    for group in by_sku.values():
        chunk += group
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
