"""Rules of parcels: what is in them, what closing them takes, and how they leave."""

from typing import Any

from sqlalchemy import Subquery, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from oms_desktop.models import (
    Fulfillment,
    Label,
    Location,
    LocationKind,
    Manifest,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    Product,
    Stock,
    StockMove,
)
from oms_desktop.workflow.books.proof import Rule, Search, Statement, first, rule, those
from oms_desktop.workflow.books.sums import goods_at, side, unequal

_OF = "Parcel {parcel} of order {number} "
_CUSTOMERS = select(Location.id).where(Location.kind == LocationKind.CUSTOMER)
_IN_A_LANE = (ParcelStatus.LOADED, ParcelStatus.SHIPPED)


@rule("a parcel lists what was put into it", dear=True)
def content() -> Search:
    """By line, lot and condition: items against the moves into the parcel and out of it again."""
    went_out = _moved(StockMove.source_id, -StockMove.quantity)
    sums = unequal(
        _items(),
        _moved(StockMove.target_id, StockMove.quantity),
        went_out.where(StockMove.target_id.not_in(_CUSTOMERS)),
    )
    return Search(
        _of_lines(sums),
        _OF + "lists {booked} of {sku}, while {proven} were put in and left in it by the moves.",
    )


@rule("shipped goods are with the customer", dear=True)
def delivered_up() -> Search:
    """Exactly the items of shipped parcels went from the parcel to the customer's place."""
    handed_over = _moved(StockMove.source_id, StockMove.quantity)
    sums = unequal(
        _items().where(Parcel.status == ParcelStatus.SHIPPED),
        handed_over.where(StockMove.target_id.in_(_CUSTOMERS)),
    )
    return Search(
        _of_lines(sums),
        _OF + "should have brought {booked} of {sku} to the customer; {proven} went there by the moves.",
    )


@rule("stock in a parcel is what it lists")
def stock_inside() -> Search:
    """A parcel that is here holds its items; one that has left holds nothing."""
    sums = unequal(
        side(goods_at(Parcel.location_id, ParcelItem), booked=ParcelItem.quantity)
        .join(Parcel, Parcel.id == ParcelItem.parcel_id)
        .where(Parcel.status != ParcelStatus.SHIPPED),
        side(goods_at(Stock.location_id, Stock), proven=Stock.on_hand).join(
            Parcel, Parcel.location_id == Stock.location_id
        ),
    )
    return Search(
        _parcels()
        .add_columns(Product.id.label("product_id"), Product.sku, sums.c.booked, sums.c.proven)
        .join(sums, sums.c.location_id == Parcel.location_id)
        .join(Product, Product.id == sums.c.product_id),
        _OF + "should hold {booked} of {sku}, while its stock is {proven}.",
    )


@rule("no parcel lists less than nothing")
def items_not_negative() -> Search:
    """Items are counted from zero."""
    return Search(
        _listing(those(ParcelItem, ParcelItem.quantity < 0)),
        _OF + "lists {quantity} of {sku}.",
    )


@rule("a parcel lists only lines of its own order")
def own_order() -> Search:
    """Nothing of another order is in the box, and no other product than the line's."""
    foreign = (
        select(ParcelItem)
        .join(Parcel, Parcel.id == ParcelItem.parcel_id)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(OrderLine, OrderLine.id == ParcelItem.order_line_id)
        .where(
            or_(
                OrderLine.order_id != Fulfillment.order_id,
                OrderLine.product_id.is_distinct_from(ParcelItem.product_id),
            )
        )
    )
    return Search(
        _listing(aliased(ParcelItem, first(foreign))),
        _OF + "lists {quantity} of {sku}, which is another order's line or another product.",
    )


@rule("a closed parcel is not empty")
def not_empty() -> Search:
    """A parcel closes with something in it."""
    filled = exists().where(ParcelItem.parcel_id == Parcel.id, ParcelItem.quantity > 0)
    return Search(
        _parcels().where(Parcel.status != ParcelStatus.OPEN, ~filled),
        _OF + "is {status.value}, but lists nothing.",
    )


@rule("a closed parcel has a carton, a weight and an SSCC")
def complete() -> Search:
    """What closing a parcel concludes stays with it."""
    lacking = or_(
        Parcel.carton_id.is_(None),
        func.coalesce(Parcel.weight_g, 0) <= 0,
        func.coalesce(Parcel.sscc, "") == "",
    )
    return Search(
        _parcels().add_columns(Parcel.weight_g).where(Parcel.status != ParcelStatus.OPEN, lacking),
        _OF + "is {status.value} without a carton, a weight or an SSCC (SSCC {sscc}, {weight_g} g).",
    )


@rule("a parcel has at most one live label")
def one_label() -> Search:
    """A second label would be a second parcel for the carrier."""
    labels = func.count()
    several = first(
        select(Label.parcel_id, labels.label("labels"))
        .where(Label.voided_at.is_(None))
        .group_by(Label.parcel_id)
        .having(labels > 1)
    )
    return Search(
        _parcels().add_columns(several.c.labels).join(several, several.c.parcel_id == Parcel.id),
        _OF + "has {labels} live labels.",
    )


@rule("a closed parcel has a live label")
def labelled() -> Search:
    """Closed, loaded or shipped: there is a label that was not voided."""
    live = exists().where(Label.parcel_id == Parcel.id, Label.voided_at.is_(None))
    return Search(
        _parcels().where(Parcel.status != ParcelStatus.OPEN, ~live),
        _OF + "(SSCC {sscc}) is {status.value} without a live label.",
    )


@rule("a live label is that of its closed parcel")
def label_of_parcel() -> Search:
    """An open parcel has no live label, and a label says the SSCC of its parcel."""
    wrong = or_(Parcel.status == ParcelStatus.OPEN, Parcel.sscc.is_distinct_from(Label.sscc))
    return Search(
        _parcels()
        .add_columns(Label.id.label("label_id"), Label.sscc.label("printed"))
        .join(Label, Label.parcel_id == Parcel.id)
        .where(Label.voided_at.is_(None), wrong),
        _OF + "is {status.value} with SSCC {sscc}, while its live label says {printed}.",
    )


@rule("a loaded parcel stands in a lane")
def in_lane() -> Search:
    """Loaded and shipped parcels name their lane, others name none."""
    return Search(
        _parcels().where(Parcel.lane_id.is_(None) == Parcel.status.in_(_IN_A_LANE)),
        _OF + "(SSCC {sscc}) is {status.value}; about standing in a lane its row says the opposite.",
    )


@rule("a shipped parcel is on a manifest")
def on_manifest() -> Search:
    """Shipped parcels name their manifest, others name none."""
    return Search(
        _parcels().where(Parcel.manifest_id.is_(None) == (Parcel.status == ParcelStatus.SHIPPED)),
        _OF + "(SSCC {sscc}) is {status.value}; about being on a manifest its row says the opposite.",
    )


@rule("a manifest counts its parcels")
def manifest_counts() -> Search:
    """The number on a manifest is that of the parcels that name it."""
    sums = unequal(
        side({"manifest_id": Manifest.id}, booked=Manifest.parcels),
        side({"manifest_id": Parcel.manifest_id}, proven=literal(1)).where(Parcel.manifest_id.is_not(None)),
    )
    return Search(
        select(Manifest.id, Manifest.number, Manifest.carrier, sums.c.booked, sums.c.proven).join(
            sums, sums.c.manifest_id == Manifest.id
        ),
        "Manifest {number} of {carrier} says {booked} parcels; {proven} are on it.",
    )


def _parcels() -> Statement:
    return (
        select(Parcel.id, Order.number, Parcel.number.label("parcel"), Parcel.status, Parcel.sscc)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
    )


def _listing(item: type[ParcelItem]) -> Statement:
    return (
        _parcels()
        .add_columns(OrderLine.id.label("line_id"), Product.sku, item.quantity)
        .join(item, item.parcel_id == Parcel.id)
        .join(OrderLine, OrderLine.id == item.order_line_id)
        .join(Product, Product.id == item.product_id)
    )


def _items() -> Statement:
    keys = _keys(ParcelItem)
    return side(keys, booked=ParcelItem.quantity).join(Parcel, Parcel.id == ParcelItem.parcel_id)


def _moved(end: Any, units: Any) -> Statement:
    return side(_keys(StockMove), proven=units).join(Parcel, Parcel.location_id == end)


def _keys(of: Any) -> dict[str, Any]:
    return {**goods_at(Parcel.location_id, of), "line_id": of.order_line_id}


def _of_lines(sums: Subquery) -> Statement:
    return (
        _parcels()
        .add_columns(sums.c.line_id, Product.sku, sums.c.booked, sums.c.proven)
        .join(sums, sums.c.location_id == Parcel.location_id)
        .join(Product, Product.id == sums.c.product_id)
    )


RULES: tuple[Rule, ...] = (
    content,
    delivered_up,
    stock_inside,
    items_not_negative,
    own_order,
    not_empty,
    complete,
    one_label,
    labelled,
    label_of_parcel,
    in_lane,
    on_manifest,
    manifest_counts,
)
