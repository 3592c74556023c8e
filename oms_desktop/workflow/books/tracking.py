"""Rules of lots, serials, kits and counts: what goods tell of themselves, and what is known of a place."""

from sqlalchemy import and_, exists, func, literal, or_, select

from oms_desktop.models import (
    PHYSICAL,
    SHELVES,
    Count,
    KitPart,
    Location,
    Lot,
    Product,
    Serial,
    Stock,
    StockMove,
)
from oms_desktop.workflow.books.proof import Rule, Search, Statement, rule, those
from oms_desktop.workflow.books.sums import side, unequal


@rule("every lot that lies somewhere is known")
def lot_known() -> Search:
    """Stock that names a lot has the lot's row, with its expiry."""
    known = exists().where(Lot.product_id == Stock.product_id, Lot.code == Stock.lot)
    return Search(
        _stock(those(Stock, Stock.on_hand > 0, Stock.lot != "", ~known)),
        "{on_hand} of {sku} at {code} are of lot {lot}, which is not known.",
    )


@rule("goods that are kept by lot name their lot")
def lot_named() -> Search:
    """On shelves; what is on its way to a customer is of the lot it was picked from."""
    return Search(
        _stock(Stock).where(Product.lot_tracked, Stock.lot == "", Location.kind.in_(SHELVES)),
        "{on_hand} of {sku} at {code} name no lot, though it is kept by lot.",
    )


@rule("a serial is where its moves have left it")
def serial_in_place() -> Search:
    """Both ways, for all places of the house: a unit is at one of them, and its moves lead there."""
    keys = {"product_id": Serial.product_id, "serial": Serial.code, "location_id": Serial.location_id}
    named = {"product_id": StockMove.product_id, "serial": StockMove.serial}
    sums = unequal(
        side(keys, booked=literal(1)),
        side({**named, "location_id": StockMove.target_id}, proven=StockMove.quantity).where(
            StockMove.serial != ""
        ),
        side({**named, "location_id": StockMove.source_id}, proven=-StockMove.quantity).where(
            StockMove.serial != ""
        ),
    )
    return Search(
        select(
            Location.id,
            Product.id.label("product_id"),
            Location.code,
            Product.sku,
            sums.c.serial,
            sums.c.booked,
            sums.c.proven,
        )
        .join(sums, sums.c.location_id == Location.id)
        .join(Product, Product.id == sums.c.product_id)
        .where(Location.kind.in_(PHYSICAL)),
        "Serial {serial} of {sku} is at {code} {booked} times by the book, {proven} times by its moves.",
    )


@rule("a move that names a serial moves one unit")
def serial_is_one() -> Search:
    """A serial is a single unit."""
    return Search(
        select(StockMove.id, Product.sku, StockMove.serial, StockMove.quantity)
        .join(Product, Product.id == StockMove.product_id)
        .where(StockMove.serial != "", StockMove.quantity != 1),
        "A move of serial {serial} of {sku} moves {quantity} units.",
    )


@rule("no shelf has more units than serials")
def serials_cover() -> Search:
    """Of what is kept by serial. There may be fewer: a pick does not say which of the units it took."""
    units = func.sum(Stock.on_hand)
    serials = (
        select(func.count())
        .where(Serial.product_id == Stock.product_id, Serial.location_id == Stock.location_id)
        .correlate(Stock)
        .scalar_subquery()
    )
    found = (
        select(Stock.location_id, Stock.product_id, units.label("units"), serials.label("serials"))
        .join(Product, Product.id == Stock.product_id)
        .where(Product.serial_tracked)
        .group_by(Stock.location_id, Stock.product_id)
        .subquery()
    )
    return Search(
        select(
            Location.id,
            Product.id.label("product_id"),
            Location.code,
            Product.sku,
            found.c.units,
            found.c.serials,
        )
        .join(found, found.c.location_id == Location.id)
        .join(Product, Product.id == found.c.product_id)
        .where(Location.kind.in_(SHELVES), found.c.units > found.c.serials),
        "{units} of {sku} are at {code}, but only {serials} serials.",
    )


@rule("a kit has no stock")
def kit_without_stock() -> Search:
    """Its parts have; nothing of a kit lies on a shelf."""
    return Search(
        _stock(Stock).where(Location.kind.in_(SHELVES), exists().where(KitPart.kit_id == Stock.product_id)),
        "{on_hand} of {sku} are at {code}, but it is a kit: only its parts have stock.",
    )


@rule("a count that is closed says what was found")
def count_told() -> Search:
    """What was found, what the book had said, and who counted; an open one says none of it."""
    told = (Count.counted.is_not(None), Count.booked.is_not(None), Count.closed_by.is_not(None))
    fits = or_(
        and_(Count.closed_at.is_not(None), *told, Count.counted >= 0, Count.booked >= 0),
        and_(Count.closed_at.is_(None), *(~each for each in told)),
    )
    return Search(
        select(Count.id, Location.code, Product.sku, Count.reason)
        .join(Location, Location.id == Count.location_id)
        .join(Product, Product.id == Count.product_id)
        .where(~fits),
        "The count of {sku} at {code} ({reason}) is closed without its numbers, or open with some.",
    )


def _stock(stock: type[Stock]) -> Statement:
    return (
        select(stock.location_id, stock.product_id, Location.code, Product.sku, stock.lot, stock.on_hand)
        .join(Location, Location.id == stock.location_id)
        .join(Product, Product.id == stock.product_id)
        .where(stock.on_hand > 0)
    )


RULES: tuple[Rule, ...] = (
    lot_known,
    lot_named,
    serial_in_place,
    serial_is_one,
    serials_cover,
    kit_without_stock,
    count_told,
)
