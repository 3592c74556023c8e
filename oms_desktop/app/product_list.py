"""Bring a list of products with their opening stock into a database."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.app.mending import find_again
from oms_desktop.app.report import STOPPED, Note, Report, broken, some, unread
from oms_desktop.app.site import main_site
from oms_desktop.app.watch import NOBODY, Watch
from oms_desktop.channels.products import ProductFile, ProductRow
from oms_desktop.channels.tables import in_rows
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import SHELVES, Level, Location, LocationKind, Packaging, Product
from oms_desktop.station import Station
from oms_desktop.workflow import catalog, kits
from oms_desktop.workflow.reference import spelling, taken_codes

CHUNK = 500
"""Products brought in one transaction."""


def store_products(station: Station, found: ProductFile, watch: Watch = NOBODY) -> Report:
    """Store products with their opening stock; a known SKU is left as it is. Orders that wait find theirs.

    A SKU or location with other capitals than a known one is that one. Kits come last, when their parts are
    there. Raises StoreError or InputError when the database takes nothing of the list.
    """
    warehouse = main_site(station)
    with station.store.reading() as session:
        known = set(session.scalars(select(Product.sku)))
        places = _places(session, warehouse)
        others = taken_codes(session, "tote", "location")
    rows = _spelt(found.rows, known, places)
    fresh = [row for row in rows if row.sku not in known]
    bad = tuple(_problems(station, fresh, places, others))
    fresh = _without(fresh, bad)
    bad += tuple(_unfit_kits(station, fresh))
    refused = {told.where for told in bad}
    fresh = _without(fresh, bad)
    report = Report(
        read=found.read - len(fresh),
        duplicate=sum(row.sku in known for row in rows) + found.again,
        refused=found.refused + len(refused),
        problems=in_rows(*found.problems, *bad),
        notes=unread(found.others),
    )
    report = _bring(station, warehouse, fresh, report, watch)
    with station.store.reading() as session:
        made = _places(session, warehouse).keys() - places.keys()
    if SHELVES.intersection(places.values()):
        report = replace(report, notes=report.notes + _new_shelves(fresh, made))
    find_again(station)
    return report


def _places(session: Session, warehouse: UUID) -> dict[str, LocationKind]:
    """Return the locations of a warehouse by their code."""
    places = select(Location.code, Location.kind).where(Location.warehouse_id == warehouse)
    return dict(session.execute(places).all())


def _spelt(rows: Sequence[ProductRow], skus: set[str], places: Collection[str]) -> list[ProductRow]:
    """Write the codes of rows as they are known, those of parts also as the list has them."""
    sku, place = spelling(skus), spelling(places)
    written = [replace(row, sku=sku(row.sku), location=place(row.location)) for row in rows]
    part = spelling(skus.union(row.sku for row in written))
    return [
        replace(row, parts=tuple(replace(each, sku=part(each.sku)) for each in row.parts)) for row in written
    ]


def _new_shelves(rows: Sequence[ProductRow], made: Set[str]) -> tuple[Note, ...]:
    """Tell in one note which shelves a list has made: one of them may be misspelt."""
    codes = list(dict.fromkeys(row.location for row in rows if row.location in made))
    if not codes:
        return ()
    first = next(row.row for row in rows if row.location == codes[0])
    names = some(codes)
    were = "1 new shelf was" if len(codes) == 1 else f"{len(codes)} new shelves were"
    return (Note("", f"row {first}", "location", names, f"{were} made: {names}."),)


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


def _problems(
    station: Station, rows: Sequence[ProductRow], places: Mapping[str, LocationKind], others: Container[str]
) -> Iterable[Problem]:
    """Name the rows whose GTIN is a known product's, whose place is no shelf, whose goods need a lot.

    A place is none either that is not known yet and has a code among `others`.
    """
    with station.store.reading() as session:
        gtins = set(session.scalars(select(Packaging.gtin)))
    for row in rows:
        shelf = places.get(row.location, LocationKind.PICK_FACE) in SHELVES
        taken = row.location not in places and row.location.upper() in others
        judged = [
            (ProblemKind.GTIN_TAKEN, "gtin", next((text for text in row.gtins if text in gtins), "")),
            (ProblemKind.NOT_A_SHELF, "location", "" if shelf else row.location),
            (ProblemKind.CODE_TAKEN, "location", row.location if taken else ""),
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
