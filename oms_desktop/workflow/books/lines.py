"""Rules of order lines: where each unit that was ordered is now."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, or_, select

from oms_desktop.models import (
    Fulfillment,
    Location,
    LocationKind,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    PickTask,
    PutBack,
    Status,
    StockMove,
)
from oms_desktop.workflow.books.proof import Rule, Search, Statement, rule, those
from oms_desktop.workflow.books.sums import side, unequal

_OF = "Order {number}, line {position} ({sku}): "


@rule("the units of an order line add up")
def adds_up() -> Search:
    """Each ordered unit is counted once."""
    line = those(OrderLine, OrderLine.ordered != _counted(OrderLine))
    return Search(
        lines_of(line).add_columns(line.ordered, _counted(line).label("counted")),
        _OF + "{ordered} were ordered, but {counted} are accounted for.",
    )


@rule("no order line counts below zero")
def not_negative() -> Search:
    """None of the counters is negative."""
    line = those(OrderLine, or_(*(counter < 0 for counter in _counters(OrderLine))))
    return Search(
        lines_of(line).add_columns(*_counters(line)),
        _OF + "a counter is below zero (ordered {ordered}, open {open}, allocated {allocated},"
        " picked {picked}, packed {packed}, shipped {shipped}, cancelled {cancelled}, returned {returned}).",
    )


@rule("no more is returned than was shipped")
def returned() -> Search:
    """Returned units are counted apart, and never exceed the shipped ones."""
    line = those(OrderLine, OrderLine.returned > OrderLine.shipped)
    return Search(
        lines_of(line).add_columns(line.returned, line.shipped),
        _OF + "{returned} units came back, but only {shipped} were shipped.",
    )


@rule("allocated units are what pick tasks still ask for")
def allocated() -> Search:
    """A line's allocated units are the rest of its pick tasks."""
    sums = unequal(
        side({"line_id": OrderLine.id}, booked=OrderLine.allocated),
        side({"line_id": PickTask.order_line_id}, proven=PickTask.quantity - PickTask.picked),
    )
    return Search(_named(sums), _OF + "{booked} units are allocated, while its pick tasks ask for {proven}.")


@rule("pick tasks have taken what went on from the shelf")
def taken() -> Search:
    """Exact while the order is wanted. Of a cancelled order some taken units are counted as cancelled."""
    went_on = OrderLine.picked + OrderLine.packed + OrderLine.shipped
    sums = unequal(
        side({"line_id": OrderLine.id}, booked=went_on),
        side({"line_id": PickTask.order_line_id}, proven=PickTask.picked),
    )
    unexplained = or_(
        Order.cancelled_at.is_(None),
        sums.c.proven < sums.c.booked,
        sums.c.proven > sums.c.booked + OrderLine.cancelled,
    )
    return Search(
        _named(sums).where(unexplained),
        _OF + "{booked} units are picked, packed or shipped, while its pick tasks have taken {proven}.",
    )


@rule("picked units lie in totes", dear=True)
def in_totes() -> Search:
    """What moves have left in totes for a line is what it counts as picked, and what is to be put back."""
    asked_back = (
        side({"line_id": PutBack.order_line_id}, booked=PutBack.quantity)
        .join(Location, Location.id == PutBack.location_id)
        .where(Location.kind == LocationKind.TOTE, PutBack.closed_at.is_(None))
    )
    sums = unequal(
        side({"line_id": OrderLine.id}, booked=OrderLine.picked),
        asked_back,
        _moved(StockMove.target_id, StockMove.quantity),
        _moved(StockMove.source_id, -StockMove.quantity),
    )
    return Search(
        _named(sums),
        _OF + "{booked} units are picked or to be put back, while {proven} lie in totes by the moves.",
    )


@rule("packed units are in parcels")
def packed() -> Search:
    """What a line counts as packed is listed in parcels that have not left and are wanted."""
    wanted = _listed().join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
    sums = unequal(
        side({"line_id": OrderLine.id}, booked=OrderLine.packed),
        wanted.where(Parcel.status != ParcelStatus.SHIPPED, Fulfillment.status != Status.CANCELLED),
    )
    return Search(_named(sums), _OF + "{booked} units are packed, while parcels that are here list {proven}.")


@rule("shipped units are in shipped parcels")
def shipped() -> Search:
    """What a line counts as shipped is listed in parcels that have left."""
    sums = unequal(
        side({"line_id": OrderLine.id}, booked=OrderLine.shipped),
        _listed().where(Parcel.status == ParcelStatus.SHIPPED),
    )
    return Search(_named(sums), _OF + "{booked} units are shipped, while shipped parcels list {proven}.")


def lines_of(line: type[OrderLine]) -> Statement:
    """Select order lines, those of the table or some of them, with what names them."""
    return select(line.id, Order.number, line.position, line.sku).join(Order, Order.id == line.order_id)


def _counted(line: type[OrderLine]) -> ColumnElement[int]:
    return line.open + line.allocated + line.picked + line.packed + line.shipped + line.cancelled


def _counters(line: type[OrderLine]) -> tuple[Any, ...]:
    parts = (line.open, line.allocated, line.picked, line.packed, line.shipped, line.cancelled)
    return (line.ordered, *parts, line.returned)


def _named(sums: Subquery) -> Statement:
    found = lines_of(OrderLine).add_columns(sums.c.booked, sums.c.proven)
    return found.join(sums, sums.c.line_id == OrderLine.id)


def _moved(end: Any, units: Any) -> Statement:
    moves = side({"line_id": StockMove.order_line_id}, proven=units)
    return moves.join(Location, Location.id == end).where(
        Location.kind == LocationKind.TOTE, StockMove.order_line_id.is_not(None)
    )


def _listed() -> Statement:
    items = side({"line_id": ParcelItem.order_line_id}, proven=ParcelItem.quantity)
    return items.join(Parcel, Parcel.id == ParcelItem.parcel_id)


RULES: tuple[Rule, ...] = (adds_up, not_negative, returned, allocated, taken, in_totes, packed, shipped)
