"""Take work: the most urgent tour for a picker, a picked order for a packer.

Decisions of the hub: a claim skips what somebody else is just taking, and gives it to one station only.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import StateError
from oms_desktop.models import (
    Fulfillment,
    LeaseKind,
    Location,
    LocationKind,
    Order,
    OrderLine,
    PickList,
    PickTask,
    Role,
    Status,
    Stock,
    ToteUse,
)
from oms_desktop.workflow import board, holds, timeline
from oms_desktop.workflow.desk import holds_on
from oms_desktop.workflow.leases import leased, open_lease


@dataclass(frozen=True)
class Tour:
    """What a picker has taken."""

    pick_list: UUID
    lease: UUID
    fulfillment: UUID


@dataclass(frozen=True)
class Bench:
    """What a packer has taken."""

    lease: UUID
    fulfillment: UUID


@verb("claim.pick.1", role=Role.PICKER, kind=Kind.DECISION)
def claim_pick(session: Session, act: Act, *, warehouse: UUID, tote: UUID, number: int) -> Tour:
    """Take work into an empty tote; `number` names the tour.

    What a supervisor has assigned to the act's worker comes first, then the most urgent that is assigned to
    nobody; what is somebody else's is never given, nor an order that ships complete and misses something.
    Raises StateError when no work waits (``claim.no_work``) or the tote is in use (``claim.tote_in_use``).
    """
    fulfillment = _most_urgent(session, act, warehouse)
    _refuse_used(session, tote)
    lease = open_lease(session, act, LeaseKind.PICK, [fulfillment.id])
    tour = PickList(
        id=act.id("pick list"), warehouse_id=warehouse, lease_id=lease.id, number=number, created_at=act.at
    )
    use = ToteUse(id=act.id("tote use", tote), tote_id=tote, fulfillment_id=fulfillment.id, opened_at=act.at)
    session.add_all([tour, use])
    session.flush()
    _place_tasks(session, fulfillment.id, tour.id, use.id)
    fulfillment.status = Status.STARTED
    fulfillment.changed_at = act.at
    holds.end_due(session, act, [fulfillment.order_id])
    timeline.tell(session, act, "picking", fulfillment.order_id, fulfillment.id, tour=number, tote=tote)
    board.settle(session, act, [fulfillment.order_id])
    return Tour(tour.id, lease.id, fulfillment.id)


@verb("claim.pack.1", role=Role.PACKER, kind=Kind.DECISION)
def claim_pack(session: Session, act: Act, *, fulfillment: UUID) -> Bench:
    """Take a picked fulfillment to this bench.

    Raises StateError when it is not picked yet, on hold, or at another bench.
    """
    row = session.get_one(Fulfillment, fulfillment, with_for_update=True)
    order = session.get_one(Order, row.order_id)
    if row.status is not Status.PICKED:
        raise StateError("claim.not_picked", why_not_picked(order.number, row.status))
    if session.scalar(select(holds_on(order.id, act.at))):
        raise StateError(
            "claim.held", f"Order {order.number} is on hold. Put it aside and tell a supervisor."
        )
    other = leased(session, fulfillment)
    if other is not None:
        raise StateError("claim.taken", f"Order {order.number} is being worked on at {other.station}.")
    lease = open_lease(session, act, LeaseKind.PACK, [fulfillment])
    row.changed_at = act.at
    holds.end_due(session, act, [order.id])
    timeline.tell(session, act, "packing", order.id, fulfillment)
    board.settle(session, act, [order.id])
    return Bench(lease.id, fulfillment)


def why_not_picked(number: str, status: Status | None) -> str:
    """Say why an order cannot be packed: the status of its fulfillment, None when it has none yet."""
    match status:
        case Status.STARTED:
            return f"Order {number} is still being picked."
        case Status.CANCELLED:
            return f"Order {number} was cancelled. Its goods are to be put back."
        case Status.PACKED:
            return f"Order {number} is packed already."
        case Status.SHIPPED | Status.DELIVERED:
            return f"Order {number} has left already."
        case None:
            return f"Order {number} still waits for its goods."
        case _:
            return f"Order {number} is not picked yet."


def _most_urgent(session: Session, act: Act, warehouse: UUID) -> Fulfillment:
    # A fulfillment may have lost all its reservations to hands that took more than the book had.
    waits = exists().where(PickTask.fulfillment_id == Fulfillment.id, PickTask.quantity > PickTask.picked)
    found = session.scalar(
        select(Fulfillment)
        .join(Order, Order.id == Fulfillment.order_id)
        .where(
            Fulfillment.warehouse_id == warehouse,
            Fulfillment.status.in_([Status.PROMISED, Status.RELEASED]),
            ~holds_on(Fulfillment.order_id, act.at),
            waits,
            is_whole(),
            or_(Fulfillment.assigned_to.is_(None), Fulfillment.assigned_to == act.worker),
        )
        .order_by(
            Fulfillment.assigned_to.is_(None),
            Fulfillment.priority.desc(),
            Fulfillment.ship_by.is_(None),
            Fulfillment.ship_by,
            Fulfillment.created_at,
            # A file brings many in one moment: among them the order that was placed first goes first.
            Order.placed_at.is_(None),
            Order.placed_at,
            Order.number,
            Fulfillment.id,
        )
        .limit(1)
        .with_for_update(of=Fulfillment, skip_locked=True)
    )
    if found is None:
        raise StateError("claim.no_work", "No order waits for picking now.")
    return found


def is_whole() -> ColumnElement[bool]:
    """Tell, beside `Order`, that nothing is missing of an order that ships complete or not at all."""
    missing = exists().where(OrderLine.order_id == Order.id, OrderLine.open > 0)
    return or_(~Order.ship_complete, ~missing)


def _refuse_used(session: Session, tote: UUID) -> None:
    place = session.get_one(Location, tote, with_for_update=True)
    if place.kind is not LocationKind.TOTE:
        raise StateError("claim.no_tote", f"{place.code} is no tote.")
    used = session.scalar(select(exists().where(ToteUse.tote_id == tote, ToteUse.closed_at.is_(None))))
    full = session.scalar(select(exists().where(Stock.location_id == tote, Stock.on_hand > 0)))
    if used or full:
        raise StateError("claim.tote_in_use", f"Tote {place.code} is in use. Take an empty one.")


def _place_tasks(session: Session, fulfillment: UUID, tour: UUID, use: UUID) -> None:
    """Put the tasks in the order of the walk."""
    tasks = session.scalars(
        select(PickTask)
        .join(Location, Location.id == PickTask.location_id)
        .where(PickTask.fulfillment_id == fulfillment, PickTask.quantity > PickTask.picked)
        .order_by(Location.sequence, PickTask.location_id, PickTask.product_id, PickTask.id)
        .with_for_update(of=PickTask)
    )
    for position, task in enumerate(tasks, start=1):
        task.pick_list_id, task.tote_use_id, task.position = tour, use, position
