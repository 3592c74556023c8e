"""Bring products and their opening stock."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError
from oms_desktop.models import (
    SHELVES,
    Level,
    Location,
    LocationKind,
    MoveKind,
    Packaging,
    Product,
    Role,
)
from oms_desktop.workflow import alerts, ledger
from oms_desktop.workflow.locks import lock_stock


@dataclass(frozen=True)
class PackagingRow:
    """A packaging beside the single unit: its GTIN with 14 digits, and how many units it holds."""

    level: Level
    gtin: str
    factor: int


@dataclass(frozen=True)
class ProductRow:
    """A product to bring; weight in grams, sizes in millimetres, GTIN with 14 digits or ''."""

    sku: str
    name: str
    gtin: str = ""
    variant: str = ""
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    fragile: bool = False
    hazard: str = ""
    lot_tracked: bool = False
    serial_tracked: bool = False
    min_life_days: int = 0
    packagings: tuple[PackagingRow, ...] = ()

    @property
    def all_packagings(self) -> tuple[PackagingRow, ...]:
        """The single unit, if it has a GTIN, and the others."""
        each = (PackagingRow(Level.EACH, self.gtin, 1),) if self.gtin else ()
        return (*each, *self.packagings)


@dataclass(frozen=True)
class ReceiptRow:
    """Units of a product (by SKU) that come to a location (by code)."""

    sku: str
    location: str
    quantity: int


@verb("catalog.products.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def bring_products(session: Session, act: Act, *, rows: tuple[ProductRow, ...]) -> int:
    """Make the products that are not known by their SKU; returns how many.

    Raises InputError when a GTIN is already another product's.
    """
    return len(make_products(session, act, rows))


def make_products(session: Session, act: Act, rows: tuple[ProductRow, ...]) -> frozenset[str]:
    """Make the products that are not known; returns their SKUs. Raises as `bring_products` does."""
    known = set(session.scalars(select(Product.sku).where(Product.sku.in_([row.sku for row in rows]))))
    new = [row for row in rows if row.sku not in known]
    _refuse_taken(session, new)
    session.add_all(
        Product(
            id=act.id("product", row.sku),
            sku=row.sku,
            name=row.name,
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
        )
        for row in new
    )
    session.flush()
    session.add_all(
        Packaging(
            id=act.id("packaging", row.sku, packed.gtin)
            if packed.factor > 1
            else act.id("packaging", row.sku),
            product_id=act.id("product", row.sku),
            level=packed.level,
            gtin=packed.gtin,
            factor=packed.factor,
        )
        for row in new
        for packed in row.all_packagings
    )
    return frozenset(row.sku for row in new)


@verb("catalog.open.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def open_catalog(
    session: Session,
    act: Act,
    *,
    warehouse: UUID,
    rows: tuple[ProductRow, ...],
    receipts: tuple[ReceiptRow, ...],
) -> int:
    """Bring new products together with their opening stock, both or neither; returns how many products.

    The stock of a product that is known already is left as it is: who made it has booked it.
    """
    made = make_products(session, act, rows)
    receive(session, act, warehouse=warehouse, rows=tuple(row for row in receipts if row.sku in made))
    return len(made)


@verb("stock.receive.1", role=Role.RECEIVER, kind=Kind.DECISION)
def receive(session: Session, act: Act, *, warehouse: UUID, rows: tuple[ReceiptRow, ...]) -> int:
    """Book goods from the supplier to their locations; returns the units.

    An unknown location becomes a pick face without coordinates. Raises InputError for an unknown SKU, for
    goods that must name their lot or serials (see `receiving.receive`), and for a location where no goods are
    kept, such as a tote.
    """
    products = _products(session, rows)
    _refuse_tracked(session, rows)
    places = _places(session, act, warehouse, rows)
    supplier = ledger.end(session, warehouse, LocationKind.SUPPLIER)
    lock_stock(session, places.values(), products.values())
    for index, row in sorted(
        enumerate(rows), key=lambda pair: (places[pair[1].location], products[pair[1].sku])
    ):
        if row.quantity == 0:
            continue
        goods = ledger.Goods(warehouse, products[row.sku])
        move = ledger.Move(MoveKind.RECEIVE, goods, supplier, places[row.location], row.quantity)
        ledger.put_in(session, act, move)
        ledger.write(session, act, move, index)
    touched = [alerts.Place(places[row.location], products[row.sku]) for row in rows]
    alerts.settle(session, act, touched)
    return sum(row.quantity for row in rows)


def _refuse_tracked(session: Session, rows: tuple[ReceiptRow, ...]) -> None:
    """Refuse goods that have more to tell than how many they are."""
    skus = sorted({row.sku for row in rows if row.quantity})
    tracked = session.scalars(
        select(Product.sku)
        .where(Product.sku.in_(skus), or_(Product.lot_tracked, Product.serial_tracked))
        .order_by(Product.sku)
    ).all()
    if tracked:
        raise InputError(
            "stock.lot_wanted", f"{', '.join(tracked)}: these goods must name their lot or serials."
        )


def _refuse_taken(session: Session, rows: list[ProductRow]) -> None:
    gtins = {packed.gtin: row.sku for row in rows for packed in row.all_packagings}
    taken = session.execute(
        select(Packaging.gtin, Product.sku)
        .join(Product, Product.id == Packaging.product_id)
        .where(Packaging.gtin.in_(list(gtins)))
        .order_by(Packaging.gtin)
    ).first()
    if taken is not None:
        raise InputError(
            "catalog.gtin_taken", f"GTIN {taken.gtin} of {gtins[taken.gtin]} belongs to {taken.sku} already."
        )


def _products(session: Session, rows: tuple[ReceiptRow, ...]) -> Mapping[str, UUID]:
    skus = sorted({row.sku for row in rows})
    found = dict(session.execute(select(Product.sku, Product.id).where(Product.sku.in_(skus))).all())
    for sku in skus:
        if sku not in found:
            raise InputError("stock.unknown_sku", f"No product has the SKU {sku}.")
    return found


def _places(session: Session, act: Act, warehouse: UUID, rows: tuple[ReceiptRow, ...]) -> Mapping[str, UUID]:
    codes = sorted({row.location for row in rows})
    wanted = select(Location.code, Location.id, Location.kind).where(
        Location.warehouse_id == warehouse, Location.code.in_(codes)
    )
    found: dict[str, UUID] = {}
    for code, place, kind in session.execute(wanted):
        if kind not in SHELVES:
            raise InputError("stock.not_a_shelf", f"{code} is no shelf; goods come to a shelf first.")
        found[code] = place
    for code in codes:
        if code not in found:
            found[code] = act.id("location", code)
            session.add(
                Location(id=found[code], warehouse_id=warehouse, code=code, kind=LocationKind.PICK_FACE)
            )
    session.flush()
    return found
