"""Receive goods: what a delivery brings, row by row, in units or in packs, with lots and serials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.models import Condition, LocationKind, MoveKind, Packaging, Product, Role
from oms_desktop.workflow import alerts, ledger, tracking
from oms_desktop.workflow.goods import Catalogue, Wrong, key_wrong, read_catalogue, refuse, text_wrong
from oms_desktop.workflow.locks import lock_stock
from oms_desktop.workflow.shelves import units_wrong


@dataclass(frozen=True)
class Receipt:
    """Goods of a product (by SKU) that come to a shelf (by code).

    `quantity` counts packs of the GTIN `packaging` (14 digits), units where it is ''. `serials` has one for
    each unit of a product that is kept by serial. `reference` is the paper the goods came with.
    """

    sku: str
    location: str
    quantity: int
    packaging: str = ""
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[str, ...] = ()
    condition: Condition = Condition.GOOD
    reference: str = ""


@verb("stock.receive.2", role=Role.RECEIVER, kind=Kind.DECISION)
def receive(session: Session, act: Act, *, warehouse: UUID, rows: tuple[Receipt, ...]) -> int:
    """Book goods from the supplier to their shelves, all rows or none; returns the units.

    Raises InputError that names everything that is wrong: an unknown SKU, shelf or GTIN, a kit, a missing
    lot or serial, a serial that is here already, an expiry that disagrees with the known lot.
    """
    rows = tuple(map(trimmed, rows))
    known = read_catalogue(session, warehouse, (row.sku for row in rows), (row.location for row in rows))
    tracking.lock_serials(session, known.products.values())
    factors = _factors(session, rows)
    refuse(_wrongs(session, known, factors, rows))
    supplier = ledger.end(session, warehouse, LocationKind.SUPPLIER)
    lock_stock(
        session, (place.id for place in known.shelves.values()), (each.id for each in known.products.values())
    )
    units, places = 0, []
    for number, row in sorted(enumerate(rows), key=lambda pair: _key(known, pair[1])):
        product, shelf = known.products[row.sku], known.shelves[row.location]
        tracking.know_lot(session, act, product, row.lot, row.expires_on)
        goods = ledger.Goods(warehouse, product.id, row.lot, row.condition)
        count = row.quantity * _factor(factors, row)
        move = ledger.Move(MoveKind.RECEIVE, goods, supplier, shelf.id, count, reference=row.reference)
        ledger.put_in(session, act, move)
        tracking.write(session, act, move, row.serials, number)
        places.append(alerts.Place(shelf.id, product.id))
        units += count
    alerts.settle(session, act, places)
    return units


def trimmed(row: Receipt) -> Receipt:
    """Take off the spaces around lot and serials, which nobody sees and which would make another lot."""
    serials = tuple(serial.strip() for serial in row.serials)
    return replace(row, lot=row.lot.strip(), serials=serials)


def _key(known: Catalogue, row: Receipt) -> tuple[str, str, str, str]:
    """Give the order in which rows are booked: that of the key of stock, so that no two calls block."""
    shelf, product = known.shelves[row.location].id, known.products[row.sku].id
    return shelf.hex, product.hex, row.lot, row.condition.value


def _factors(session: Session, rows: tuple[Receipt, ...]) -> Mapping[tuple[str, str], int]:
    """Read how many units the packs hold that rows name, by SKU and GTIN."""
    gtins = {row.packaging for row in rows if row.packaging}
    found = session.execute(
        select(Product.sku, Packaging.gtin, Packaging.factor)
        .join(Product, Product.id == Packaging.product_id)
        .where(Packaging.gtin.in_(gtins))
    )
    return {(sku, gtin): factor for sku, gtin, factor in found}


def _factor(factors: Mapping[tuple[str, str], int], row: Receipt) -> int:
    return factors.get((row.sku, row.packaging), 1)


def _wrongs(
    session: Session, known: Catalogue, factors: Mapping[tuple[str, str], int], rows: tuple[Receipt, ...]
) -> Iterator[tuple[str, Wrong | None]]:
    told: dict[tuple[str, str], date | None] = {}
    named: dict[str, set[str]] = {}
    for number, row in enumerate(rows, start=1):
        name = f"Row {number} ({row.sku} to {row.location})" if len(rows) > 1 else ""
        yield name, known.shelf_wrong(row.location)
        wrong = known.product_wrong(row.sku)
        yield name, wrong
        if wrong is not None:
            continue
        product, units = known.products[row.sku], row.quantity * _factor(factors, row)
        if row.packaging and (row.sku, row.packaging) not in factors:
            words = f"{row.packaging} is no GTIN of {row.sku}."
            yield name, Wrong("stock.unknown_gtin", words)
            continue
        unfit = key_wrong(row.lot, *row.serials) or text_wrong(row.reference)
        if unfit is not None:
            yield name, unfit
            continue
        yield name, units_wrong(units)
        yield name, tracking.lot_wrong(product, row.lot)
        yield name, tracking.expiry_wrong(session, product, row.lot, row.expires_on)
        yield name, _two_expiries(told, row)
        yield name, tracking.serials_wrong(product, units, row.serials)
        yield name, _named_before(named, row)
        yield name, tracking.in_the_house(session, product, row.serials)


def _two_expiries(told: dict[tuple[str, str], date | None], row: Receipt) -> Wrong | None:
    """Say that an earlier row gave the lot another expiry."""
    if not row.lot or row.expires_on is None:
        return None
    before = told.setdefault((row.sku, row.lot), row.expires_on)
    if before == row.expires_on:
        return None
    return Wrong("stock.expiry", f"Lot {row.lot} of {row.sku} has the expiry {before} in an earlier row.")


def _named_before(named: dict[str, set[str]], row: Receipt) -> Wrong | None:
    """Say that an earlier row named a serial too."""
    before = named.setdefault(row.sku, set())
    twice = sorted(before & set(row.serials))
    before |= set(row.serials)
    if not twice:
        return None
    return Wrong("stock.serial_twice", f"{', '.join(twice)} of {row.sku} is named in an earlier row too.")
