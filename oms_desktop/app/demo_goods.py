"""Bring the demo's goods: products with cases, kits, opening stock with lots and serials, thresholds."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app.demo_data import DemoMark, DemoProduct, DemoStock, DemoWarehouse
from oms_desktop.models import Level, Product, StockMove
from oms_desktop.station import Station
from oms_desktop.workflow import catalog, kits, receiving, thresholds

CHUNK = 500
"""Products, or rows of stock, brought in one transaction."""


def bring_goods(station: Station, warehouse: UUID, demo: DemoWarehouse) -> None:
    """Bring everything that is not there yet; a start that was killed goes on where it ended."""
    rows = tuple(map(_product, demo.products))
    named = {product.sku for product in demo.products if product.lot_tracked or product.serial_tracked}
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        skus = {row.sku for row in chunk} - named
        receipts = tuple(
            catalog.ReceiptRow(row.sku, row.place, row.quantity) for row in demo.stock if row.sku in skus
        )
        station.do(catalog.open_catalog, warehouse=warehouse, rows=chunk, receipts=receipts)
    _receive(station, warehouse, [row for row in demo.stock if row.sku in named])
    station.do(
        catalog.bring_products, rows=tuple(catalog.ProductRow(kit.sku, kit.title) for kit in demo.kits)
    )
    parts = tuple(kits.KitRow(kit.sku, sku, units) for kit in demo.kits for sku, units in kit.parts)
    station.do(kits.bring_kits, rows=parts)
    levels = tuple(
        thresholds.ThresholdRow(row.sku, row.place, row.minimum, row.reorder_at, row.fill_to)
        for row in demo.thresholds
    )
    station.do(thresholds.bring_thresholds, warehouse=warehouse, rows=levels)


def _receive(station: Station, warehouse: UUID, stock: Sequence[DemoStock]) -> None:
    """Receive goods with their lots and serials, of those products that have never moved."""
    with station.store.reading() as session:
        moved = set(
            session.scalars(
                select(Product.sku).where(Product.id.in_(select(StockMove.product_id).distinct()))
            )
        )
    today = station.clock().date()
    rows = [
        receiving.Receipt(
            sku=row.sku,
            location=row.place,
            quantity=row.quantity,
            lot=row.lot,
            expires_on=today + timedelta(days=row.life_days) if row.lot else None,
            serials=row.serials,
            reference="opening stock",
        )
        for row in stock
        if row.sku not in moved
    ]
    for chunk in _by_product(rows):
        station.do(receiving.receive, warehouse=warehouse, rows=tuple(chunk))


def _by_product(rows: Sequence[receiving.Receipt]) -> Iterator[list[receiving.Receipt]]:
    """Cut rows into chunks that keep a product together: it is received whole or not at all."""
    chunk: list[receiving.Receipt] = []
    for row in sorted(rows, key=lambda row: row.sku):
        if len(chunk) >= CHUNK and chunk[-1].sku != row.sku:
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _product(product: DemoProduct) -> catalog.ProductRow:
    case = catalog.PackagingRow(Level.CASE, product.case_gtin, product.case_units)
    return catalog.ProductRow(
        sku=product.sku,
        name=product.title,
        gtin=product.gtin.zfill(14),
        variant=product.variant,
        weight_g=product.weight_g,
        length_mm=product.length_mm,
        width_mm=product.width_mm,
        height_mm=product.height_mm,
        fragile=DemoMark.FRAGILE in product.marks,
        hazard="Limited quantity" if DemoMark.HAZARD in product.marks else "",
        lot_tracked=product.lot_tracked,
        serial_tracked=product.serial_tracked,
        min_life_days=product.min_life_days,
        packagings=(case,) if product.case_units else (),
    )
