"""What the queue shows of orders, derived from what the orders are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    NO_DUE,
    Fulfillment,
    Hold,
    Lease,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    PickTask,
    Stage,
    Status,
)

STAGES = {
    Status.PROMISED: Stage.PROMISED,
    Status.RELEASED: Stage.RELEASED,
    Status.STARTED: Stage.STARTED,
    Status.PICKED: Stage.PICKED,
    Status.PACKED: Stage.PACKED,
}
"""The statuses of work under way and their stages, the least far first."""

_ORDER = list(STAGES.values())


@dataclass(frozen=True)
class Entry:
    """An order as the queue shows it now; the fields are the columns of `QueueEntry`."""

    order_id: UUID
    channel: str
    number: str
    digits: str
    stage: Stage
    held: bool
    short: int
    flagged_at: datetime | None
    urgency: int
    due: datetime
    captured_at: datetime
    changed_at: datetime
    lines: int
    pieces: int
    zones: str
    assignee_id: UUID | None


def read(session: Session, orders: Sequence[UUID]) -> list[Entry]:
    """Derive the entries of orders from what the orders are, at most a thousand at a time.

    `changed_at` is when they were captured and `flagged_at` the same, where they are flagged at all.
    """
    parts, zones = _parts(session, orders), _zones(session, orders)
    return [
        _entry(row, parts.get(row.id, []), zones.get(row.id, set()))
        for row in session.execute(_heads(orders))
    ]


def _heads(orders: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """Select orders with the sums of their lines."""
    wanted = OrderLine.ordered - OrderLine.cancelled
    picked = case((OrderLine.not_picked == "", wanted), else_=0)
    sizes = (
        select(
            OrderLine.order_id,
            func.sum(case((wanted > 0, 1), else_=0)).label("lines"),
            func.sum(picked).label("pieces"),
            func.sum(OrderLine.open).label("open"),
            func.sum(OrderLine.open + OrderLine.allocated + OrderLine.picked + OrderLine.packed).label(
                "left"
            ),
        )
        .where(OrderLine.order_id.in_(orders))
        .group_by(OrderLine.order_id)
        .subquery()
    )
    return (
        select(
            Order.id,
            Order.channel,
            Order.number,
            Order.priority,
            Order.ship_by,
            Order.captured_at,
            Order.cancelled_at,
            is_held().label("held"),
            func.coalesce(sizes.c.lines, 0).label("lines"),
            func.coalesce(sizes.c.pieces, 0).label("pieces"),
            func.coalesce(sizes.c.open, 0).label("open"),
            func.coalesce(sizes.c.left, 0).label("left"),
        )
        .outerjoin(sizes, sizes.c.order_id == Order.id)
        .where(Order.id.in_(orders))
    )


def is_held() -> ColumnElement[bool]:
    """Tell, beside `Order`, whether an order is on hold."""
    return exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))


@dataclass(frozen=True)
class _Part:
    """A fulfillment that is under way: its stage, and who has it or should have it."""

    stage: Stage
    worker: UUID | None


def _parts(session: Session, orders: Sequence[UUID]) -> dict[UUID, list[_Part]]:
    """Read the fulfillments under way, by their orders and in their order."""
    holder = (
        select(Lease.worker_id)
        .join(LeaseWork, LeaseWork.lease_id == Lease.id)
        .where(LeaseWork.fulfillment_id == Fulfillment.id, LeaseWork.ended_at.is_(None))
        .order_by(Lease.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Fulfillment.order_id,
            Fulfillment.status,
            func.coalesce(holder, Fulfillment.assigned_to).label("worker"),
        )
        .where(Fulfillment.order_id.in_(orders), Fulfillment.status.in_(list(STAGES)))
        .order_by(Fulfillment.order_id, Fulfillment.number)
    )
    found: dict[UUID, list[_Part]] = {}
    for order, status, worker in rows:
        found.setdefault(order, []).append(_Part(STAGES[status], worker))
    return found


def _zones(session: Session, orders: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Read the zones in which something lies or lay for the fulfillments under way."""
    rows = session.execute(
        select(Fulfillment.order_id, Location.zone)
        .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
        .join(Location, Location.id == PickTask.location_id)
        .where(Fulfillment.order_id.in_(orders), Fulfillment.status.in_(list(STAGES)), Location.zone != "")
        .distinct()
    )
    found: dict[UUID, set[str]] = {}
    for order, zone in rows:
        found.setdefault(order, set()).add(zone)
    return found


def _entry(row: Any, parts: Sequence[_Part], zones: Collection[str]) -> Entry:
    stage = _stage(row, parts)
    short = row.open if stage is not Stage.CLOSED else 0
    held = row.held and stage is not Stage.CLOSED
    return Entry(
        order_id=row.id,
        channel=row.channel,
        number=row.number,
        digits="".join(letter for letter in row.number if letter.isdecimal()),
        stage=stage,
        held=held,
        short=short,
        flagged_at=row.captured_at if held or short else None,
        urgency=-row.priority,
        due=row.ship_by or NO_DUE,
        captured_at=row.captured_at,
        changed_at=row.captured_at,
        lines=row.lines,
        pieces=row.pieces,
        zones=",".join(sorted(zones)),
        assignee_id=next((part.worker for part in parts if part.worker is not None), None),
    )


def _stage(row: Any, parts: Sequence[_Part]) -> Stage:
    if row.cancelled_at is not None or row.left == 0:
        return Stage.CLOSED
    return min((part.stage for part in parts), key=_ORDER.index, default=Stage.NEW)
