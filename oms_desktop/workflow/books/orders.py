"""Rules of cancelled orders: nothing is wanted for them any more, and nothing of them leaves."""

from sqlalchemy import and_, exists, func, or_, select

from oms_desktop.models import (
    Fulfillment,
    LeaseWork,
    Order,
    OrderLine,
    Parcel,
    ParcelStatus,
    PickTask,
    Status,
)
from oms_desktop.workflow.books.proof import Rule, Search, rule


@rule("a cancelled order has no open units")
def nothing_open() -> Search:
    """Open units wait for stock; those of a cancelled order would wait for ever."""
    return Search(
        select(OrderLine.id, Order.number, OrderLine.position, OrderLine.sku, OrderLine.open)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.cancelled_at.is_not(None), OrderLine.open > 0),
        "Order {number} is cancelled, but its line {position} ({sku}) has {open} open units.",
    )


@rule("an order is cancelled in all its fulfillments")
def cancelled_as_one() -> Search:
    """Of an order that is wanted, only a fulfillment of which nothing was taken may be cancelled."""
    of_cancelled = Order.cancelled_at.is_not(None)
    cancelled = Fulfillment.status == Status.CANCELLED
    taken = exists().where(PickTask.fulfillment_id == Fulfillment.id, PickTask.picked > 0)
    return Search(
        select(Fulfillment.id, Order.number, Fulfillment.number.label("part"), Fulfillment.status)
        .join(Order, Order.id == Fulfillment.order_id)
        .where(or_(and_(of_cancelled, ~cancelled), and_(~of_cancelled, cancelled, taken))),
        "Fulfillment {part} of order {number} is {status.value}; about being cancelled the order says"
        " the opposite.",
    )


@rule("a cancelled fulfillment reserves only while it is leased")
def reserved_while_leased() -> Search:
    """Stock stays reserved until the station that walks for it has said so, and no longer."""
    left = PickTask.quantity - PickTask.picked
    leased = exists().where(LeaseWork.fulfillment_id == Fulfillment.id, LeaseWork.ended_at.is_(None))
    return Search(
        select(
            Fulfillment.id,
            Order.number,
            Fulfillment.number.label("part"),
            func.sum(left).label("units"),
        )
        .join(Order, Order.id == Fulfillment.order_id)
        .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
        .where(Fulfillment.status == Status.CANCELLED, left > 0, ~leased)
        .group_by(Fulfillment.id, Order.number, Fulfillment.number),
        "Fulfillment {part} of order {number} is cancelled and in nobody's hands, but still reserves"
        " {units} units.",
    )


@rule("no parcel of a cancelled fulfillment is closed")
def nothing_leaves() -> Search:
    """What nobody wants gets no label."""
    return Search(
        select(Parcel.id, Order.number, Parcel.number.label("parcel"), Parcel.status)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .where(Fulfillment.status == Status.CANCELLED, Parcel.status != ParcelStatus.OPEN),
        "Order {number} is cancelled, but its parcel {parcel} is {status.value}.",
    )


RULES: tuple[Rule, ...] = (nothing_open, cancelled_as_one, reserved_while_leased, nothing_leaves)
