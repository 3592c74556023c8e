"""Promise stock to an order.

1. The stock of all products of the order, locked in the order of its key, so that two allocators
   cannot wait for each other.
2. Lines that want units and have a product, in the order of their positions.
3. Sorted: pick faces of the oldest goods first (first in, first out), then along the walk; reserve
   places of the same age after them.
4. Each line takes from the first row that has something free, until it has enough.
5. What was found makes one fulfillment with one task for each place; what was not stays open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import StateError
from oms_desktop.models import (
    SHELVES,
    Condition,
    Count,
    Fulfillment,
    Hold,
    Location,
    LocationKind,
    Order,
    OrderLine,
    PickTask,
    Role,
    Status,
    Stock,
)
from oms_desktop.workflow import alerts, ledger, lines, timeline


@dataclass(frozen=True)
class Promise:
    """What an order was promised. `fulfillment` is None when nothing was found."""

    fulfillment: UUID | None
    allocated: int
    open: int


@dataclass
class _Place:
    """A stock row while it is being shared out."""

    location: UUID
    product: UUID
    lot: str
    free: int


@verb("promise.allocate.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def allocate(session: Session, act: Act, *, order: UUID, warehouse: UUID) -> Promise:
    """Reserve stock of a warehouse for the open units of an order and make a fulfillment of it.

    Raises StateError for an order that is cancelled or on hold. A shortage is no error: it stays open.
    """
    row = session.get_one(Order, order, with_for_update={"key_share": True})
    _refuse_unwanted(session, row)
    places = _free_places(session, warehouse, order)
    wanted = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order, OrderLine.open > 0, OrderLine.product_id.is_not(None))
        .order_by(OrderLine.position)
        .with_for_update()
    ).all()
    number = 1 + (
        session.scalar(select(func.max(Fulfillment.number)).where(Fulfillment.order_id == order)) or 0
    )
    fulfillment = Fulfillment(
        id=act.id("fulfillment", order),
        order_id=order,
        warehouse_id=warehouse,
        number=number,
        status=Status.PROMISED,
        priority=row.priority,
        created_at=act.at,
        changed_at=act.at,
    )
    tasks = [task for line in wanted for task in _tasks(act, fulfillment, line, places)]
    if tasks:
        session.add(fulfillment)
        session.flush()
        session.add_all(tasks)
        session.flush()
    _reserve(session, tasks)
    alerts.settle(session, act, [alerts.Place(task.location_id, task.product_id) for task in tasks])
    allocated = sum(task.quantity for task in tasks)
    missing = sum(line.open for line in wanted) - allocated
    of = fulfillment.id if tasks else None
    timeline.tell(session, act, "promised", order, of, allocated=allocated, open=missing)
    return Promise(of, allocated, missing)


@verb("promise.rest.1", role=Role.PICKER, kind=Kind.DECISION)
def allocate_rest(session: Session, act: Act, *, fulfillment: UUID) -> Promise:
    """Promise again what a tour has left open, from places that are not to be counted first.

    An order that is cancelled or on hold is left as it is.
    """
    part = session.get_one(Fulfillment, fulfillment)
    try:
        return allocate(session, act, order=part.order_id, warehouse=part.warehouse_id)
    except StateError:
        return Promise(None, 0, 0)


def _refuse_unwanted(session: Session, order: Order) -> None:
    if order.cancelled_at is not None:
        raise StateError("order.cancelled", f"Order {order.number} is cancelled; no stock is promised to it.")
    hold = session.scalar(
        select(Hold)
        .where(Hold.order_id == order.id, Hold.released_at.is_(None))
        .order_by(Hold.set_at, Hold.id)
    )
    if hold is not None:
        raise StateError("order.held", f"Order {order.number} is on hold: {hold.text}")


def _free_places(session: Session, warehouse: UUID, order: UUID) -> list[_Place]:
    """Lock the stock of the products an order is about, then read it and sort it for taking.

    Before the lines, as on the floor: whoever picks for this order takes stock first and then its line.
    """
    products = select(OrderLine.product_id).where(OrderLine.order_id == order)
    session.execute(
        select(Stock.location_id)
        .where(Stock.warehouse_id == warehouse, Stock.product_id.in_(products), Stock.on_hand > 0)
        .order_by(Stock.location_id, Stock.product_id, Stock.lot, Stock.condition)
        .with_for_update()
    )
    in_doubt = exists().where(
        Count.location_id == Stock.location_id,
        Count.product_id == Stock.product_id,
        Count.closed_at.is_(None),
    )
    found = session.execute(
        select(
            Stock.location_id, Stock.product_id, Stock.lot, (Stock.on_hand - Stock.allocated).label("free")
        )
        .join(Location, Location.id == Stock.location_id)
        .where(
            Stock.warehouse_id == warehouse,
            Stock.product_id.in_(products),
            Stock.condition == Condition.GOOD,
            Stock.on_hand > Stock.allocated,
            Location.kind.in_(SHELVES),
            Location.retired_at.is_(None),
            ~in_doubt,
        )
        .order_by(
            Stock.since,
            Location.kind != LocationKind.PICK_FACE,
            Location.sequence,
            Stock.location_id,
            Stock.product_id,
            Stock.lot,
        )
    )
    return [_Place(row.location_id, row.product_id, row.lot, row.free) for row in found]


def _tasks(
    act: Act, fulfillment: Fulfillment, line: OrderLine, places: Sequence[_Place]
) -> Iterable[PickTask]:
    missing = line.open
    for place in places:
        units = min(missing, place.free) if place.product == line.product_id else 0
        if units == 0:
            continue
        place.free -= units
        missing -= units
        yield PickTask(
            id=act.id("task", line.id, place.location, place.lot),
            fulfillment_id=fulfillment.id,
            order_line_id=line.id,
            warehouse_id=fulfillment.warehouse_id,
            product_id=place.product,
            location_id=place.location,
            lot=place.lot,
            condition=Condition.GOOD,
            quantity=units,
            picked=0,
            created_at=act.at,
        )


def _reserve(session: Session, tasks: Iterable[PickTask]) -> None:
    for task in tasks:
        goods = ledger.Goods(task.warehouse_id, task.product_id, task.lot, task.condition)
        ledger.reserve(session, goods, task.location_id, task.quantity)
        lines.shift(session, task.order_line_id, task.quantity, lines.OPEN, lines.ALLOCATED)
