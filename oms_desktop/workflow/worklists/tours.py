"""What a picker needs to know: the tour, its stops, and how much waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    Fulfillment,
    Lease,
    LeaseKind,
    LeaseWork,
    Location,
    LocationKind,
    Order,
    OrderLine,
    PickList,
    PickTask,
    Product,
    Status,
    Stock,
    ToteUse,
)
from oms_desktop.workflow.claims import is_whole
from oms_desktop.workflow.worklists.parts import EACH, Waiting, held


@dataclass(frozen=True)
class TourHead:
    """A tour that a station has taken, with the one fulfillment and tote it serves."""

    pick_list: UUID
    lease: UUID
    number: int
    fulfillment: UUID
    tote: UUID
    tote_code: str
    order: str
    cancelled: bool
    held: bool


@dataclass(frozen=True)
class TourStop:
    """One task of a tour with its place, product and the stock on hand there.

    `levels` and `slots` are the levels of letters and the slots of the place's bay, 0 without a bay.
    """

    task: UUID
    quantity: int
    picked: int
    place: Location
    product: Product
    gtin: str
    on_hand: int
    levels: int
    slots: int


def open_tour(session: Session, station: str) -> UUID | None:
    """Return the tour a station has in work."""
    return session.scalar(
        select(PickList.id)
        .join(Lease, Lease.id == PickList.lease_id)
        .where(Lease.station == station, Lease.ended_at.is_(None), Lease.kind == LeaseKind.PICK)
        .order_by(PickList.created_at)
        .limit(1)
    )


def tour_head(session: Session, pick_list: UUID) -> TourHead:
    """Return what a tour is about."""
    row = session.execute(
        select(
            PickList.id,
            PickList.lease_id,
            PickList.number,
            Fulfillment.id.label("fulfillment"),
            Location.id.label("tote"),
            Location.code,
            Order.number.label("order"),
            (Fulfillment.status == Status.CANCELLED).label("cancelled"),
            held().label("held"),
        )
        .join(LeaseWork, LeaseWork.lease_id == PickList.lease_id)
        .join(Fulfillment, Fulfillment.id == LeaseWork.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .join(ToteUse, ToteUse.fulfillment_id == Fulfillment.id)
        .join(Location, Location.id == ToteUse.tote_id)
        .where(PickList.id == pick_list)
        .order_by(ToteUse.opened_at.desc())
        .limit(1)
    ).one()
    return TourHead(*row[:7], bool(row.cancelled), bool(row.held))


def tour_stops(session: Session, pick_list: UUID) -> tuple[TourStop, ...]:
    """Return the stops of a tour in the order of the walk."""
    rows = session.execute(
        select(PickTask, Location, Product, EACH.c.gtin, Stock.on_hand)
        .join(Location, Location.id == PickTask.location_id)
        .join(Product, Product.id == PickTask.product_id)
        .outerjoin(EACH, EACH.c.product_id == Product.id)
        .outerjoin(
            Stock,
            (Stock.location_id == PickTask.location_id)
            & (Stock.product_id == PickTask.product_id)
            & (Stock.lot == PickTask.lot)
            & (Stock.condition == PickTask.condition),
        )
        .where(PickTask.pick_list_id == pick_list)
        .order_by(PickTask.position)
    ).all()
    bays = _bays(session, [place for _task, place, *_rest in rows])
    return tuple(
        TourStop(
            task.id, task.quantity, task.picked, place, product, gtin or "", on_hand or 0, *bays[_bay(place)]
        )
        for task, place, product, gtin, on_hand in rows
    )


def _bay(place: Location) -> tuple[str, str, str]:
    return (place.zone, place.aisle, place.bay)


def _bays(session: Session, places: Sequence[Location]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return how many levels and slots the pick faces of each bay have."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {_bay(place): (0, 0) for place in places}
    rows = session.execute(
        select(
            Location.zone,
            Location.aisle,
            Location.bay,
            func.count(Location.level.distinct()),
            func.count(Location.slot.distinct()),
        )
        .where(
            Location.warehouse_id.in_({place.warehouse_id for place in places}),
            Location.aisle.in_({place.aisle for place in places if place.bay}),
            Location.kind == LocationKind.PICK_FACE,
        )
        .group_by(Location.zone, Location.aisle, Location.bay)
    )
    for zone, aisle, bay, levels, slots in rows:
        if (zone, aisle, bay) in found and bay:
            found[zone, aisle, bay] = (levels, slots)
    return found


def open_units(session: Session, fulfillment: UUID) -> int:
    """Count the units of a fulfillment's order that no stock is promised to."""
    return session.scalars(
        select(func.coalesce(func.sum(OrderLine.open), 0))
        .join(Fulfillment, Fulfillment.order_id == OrderLine.order_id)
        .where(Fulfillment.id == fulfillment)
    ).one()


def waiting_tours(session: Session, warehouse: UUID, worker: UUID | None) -> Waiting:
    """Count the fulfillments that this worker could take now, and name an empty tote."""
    waiting = select(func.count()).select_from(Fulfillment).join(Order, Order.id == Fulfillment.order_id)
    count = session.scalars(
        waiting.where(
            Fulfillment.warehouse_id == warehouse,
            Fulfillment.status.in_([Status.PROMISED, Status.RELEASED]),
            or_(Fulfillment.assigned_to.is_(None), Fulfillment.assigned_to == worker),
            ~held(),
            is_whole(),
        )
    ).one()
    used = exists().where(ToteUse.tote_id == Location.id, ToteUse.closed_at.is_(None))
    filled = exists().where(Stock.location_id == Location.id, Stock.on_hand > 0)
    tote = session.scalar(
        select(Location.code)
        .where(
            Location.warehouse_id == warehouse,
            Location.kind == LocationKind.TOTE,
            Location.retired_at.is_(None),
            ~used,
            ~filled,
        )
        .order_by(Location.code)
        .limit(1)
    )
    return Waiting(count, tote or "")
