"""A product at a shelf, under the hands of a stock verb: found, locked, and booked up or down."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import (
    SHELVES,
    Condition,
    KitPart,
    Location,
    LocationKind,
    MoveKind,
    Product,
    Stock,
)
from oms_desktop.workflow import alerts, ledger, tracking
from oms_desktop.workflow.goods import MOST_UNITS, Wrong, key_wrong, kit_words, refuse


@dataclass(frozen=True)
class Shelf:
    """A product of one lot and condition at a shelf."""

    place: Location
    product: Product
    goods: ledger.Goods

    @property
    def spot(self) -> alerts.Place:
        """What an alert about it is about."""
        return alerts.Place(self.place.id, self.product.id)


@dataclass(frozen=True)
class Why:
    """Why the book of a shelf is corrected: the kind of its moves, the reason in words, the paper."""

    kind: MoveKind
    reason: str
    reference: str = ""


def find_shelf(session: Session, location: UUID, product: UUID, lot: str, condition: Condition) -> Shelf:
    """Find a product at a shelf; InputError when one of the two is none, or the lot is not known."""
    place, row = session.get(Location, location), session.get(Product, product)
    if row is None:
        raise InputError("stock.unknown_product", "This product is not known.")
    if place is None or place.kind not in SHELVES:
        raise InputError("stock.not_a_shelf", f"{place.code if place else 'This'} is no shelf.")
    if session.scalar(select(KitPart.kit_id).where(KitPart.kit_id == product).limit(1)) is not None:
        raise InputError("stock.kit", kit_words(row.sku))
    refuse([("", key_wrong(lot)), ("", tracking.lot_wrong(row, lot))])
    refuse([("", tracking.unknown_lot(session, row, lot))])
    return Shelf(place, row, ledger.Goods(place.warehouse_id, product, lot, condition))


def refuse_units(shelf: Shelf, units: int, serials: Sequence[str]) -> None:
    """Raise InputError when so many units cannot be meant, or do not have their serials."""
    refuse([("", units_wrong(units)), ("", tracking.serials_wrong(shelf.product, units, serials))])


def units_wrong(units: int) -> Wrong | None:
    """Say that a number of units is none that could be moved."""
    if 1 <= units <= MOST_UNITS:
        return None
    return Wrong("stock.quantity", f"{units} units cannot be booked; 1 to {MOST_UNITS} can.")


def take_free(session: Session, shelf: Shelf, move: ledger.Move, serials: Sequence[str]) -> None:
    """Take free units off a shelf; StateError when it has not so many, InputError for a foreign serial."""
    if serials:
        refuse([("", tracking.not_here(session, shelf.goods, shelf.place, serials))])
    if not ledger.take(session, move):
        lot = f" of lot {shelf.goods.lot}" if shelf.goods.lot else ""
        raise StateError(
            "stock.not_free",
            f"{free_at(session, shelf)} of {shelf.product.sku}{lot} ({shelf.goods.condition.value}) are free"
            f" at {shelf.place.code}; {move.quantity} cannot be taken.",
        )


def free_at(session: Session, shelf: Shelf) -> int:
    """Count the units of a shelf that are not reserved."""
    goods = shelf.goods
    return (
        session.scalar(
            select(Stock.on_hand - Stock.allocated).where(
                Stock.location_id == shelf.place.id,
                Stock.product_id == goods.product,
                Stock.lot == goods.lot,
                Stock.condition == goods.condition,
            )
        )
        or 0
    )


def book_difference(
    session: Session, act: Act, shelf: Shelf, difference: int, serials: Sequence[str], why: Why
) -> None:
    """Book units of a shelf up out of the adjustment place, or free ones down into it; 0 books nothing."""
    outside = ledger.end(session, shelf.goods.warehouse, LocationKind.ADJUSTMENT)
    if difference > 0:
        refuse([("", tracking.in_the_house(session, shelf.product, serials))])
        up = ledger.Move(
            why.kind,
            shelf.goods,
            outside,
            shelf.place.id,
            difference,
            reason=why.reason,
            reference=why.reference,
        )
        ledger.put_in(session, act, up)
        tracking.write(session, act, up, serials)
    elif difference < 0:
        down = ledger.Move(
            why.kind,
            shelf.goods,
            shelf.place.id,
            outside,
            -difference,
            reason=why.reason,
            reference=why.reference,
        )
        take_free(session, shelf, down, serials)
        tracking.write(session, act, down, serials)
