"""What the queue shows of orders, derived from what the orders are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
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
    table_of,
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


@dataclass
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


_ORDERS, _LINES, _PARTS = table_of(Order), table_of(OrderLine), table_of(Fulfillment)
_WORK, _LEASES, _TASKS, _PLACES = table_of(LeaseWork), table_of(Lease), table_of(PickTask), table_of(Location)


def is_held() -> ColumnElement[bool]:
    """Tell, beside `Order`, whether an order is on hold."""
    return exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))


def _heads() -> Select[*tuple[Any, ...]]:
    """Select orders with the sums of their lines."""
    lines = _LINES.c
    wanted = lines.ordered - lines.cancelled
    picked = case((lines.not_picked == "", wanted), else_=0)
    sizes = (
        select(
            lines.order_id,
            func.sum(case((wanted > 0, 1), else_=0)).label("lines"),
            func.sum(picked).label("pieces"),
            func.sum(lines.open).label("open"),
            func.sum(lines.open + lines.allocated + lines.picked + lines.packed).label("left"),
        )
        .where(among(lines.order_id, "orders"))
        .group_by(lines.order_id)
        .subquery()
    )
    return (
        select(
            _ORDERS.c.id,
            _ORDERS.c.channel,
            _ORDERS.c.number,
            _ORDERS.c.priority,
            _ORDERS.c.ship_by,
            _ORDERS.c.captured_at,
            _ORDERS.c.cancelled_at,
            is_held().label("held"),
            func.coalesce(sizes.c.lines, 0).label("lines"),
            func.coalesce(sizes.c.pieces, 0).label("pieces"),
            func.coalesce(sizes.c.open, 0).label("open"),
            func.coalesce(sizes.c.left, 0).label("left"),
        )
        .outerjoin(sizes, sizes.c.order_id == _ORDERS.c.id)
        .where(among(_ORDERS.c.id, "orders"))
    )


_HEADS = _heads()
# A row for each zone of a fulfillment under way, in which something lies or lay for it.
_UNDER_WAY = (
    select(
        _PARTS.c.order_id,
        _PARTS.c.number,
        _PARTS.c.status,
        func.coalesce(_LEASES.c.worker_id, _PARTS.c.assigned_to).label("worker"),
        _PLACES.c.zone,
    )
    .outerjoin(_WORK, and_(_WORK.c.fulfillment_id == _PARTS.c.id, _WORK.c.ended_at.is_(None)))
    .outerjoin(_LEASES, _LEASES.c.id == _WORK.c.lease_id)
    .outerjoin(_TASKS, _TASKS.c.fulfillment_id == _PARTS.c.id)
    .outerjoin(_PLACES, _PLACES.c.id == _TASKS.c.location_id)
    .where(among(_PARTS.c.order_id, "orders"), _PARTS.c.status.in_(list(STAGES)))
    .order_by(_PARTS.c.order_id, _PARTS.c.number)
    .distinct()
)


@dataclass
class _Work:
    """What of an order is under way: how far, who has it or should have it, in which zones."""

    stages: list[Stage] = field(default_factory=list)
    worker: UUID | None = None
    zones: set[str] = field(default_factory=set)


@dataclass
class Found:
    """What there is of some orders: a row for each, and a row for each zone of what is under way."""

    heads: Sequence[Any]
    under_way: Sequence[Any]


def find(session: Session, orders: Sequence[UUID]) -> Found:
    """Read what orders are, at most a thousand at a time."""
    connection, given = session.connection(), {"orders": orders}
    return Found(connection.execute(_HEADS, given).all(), connection.execute(_UNDER_WAY, given).all())


def derive(found: Found) -> list[Entry]:
    """Derive the entries of orders from what the orders are.

    `changed_at` is when they were captured and `flagged_at` the same, where they are flagged at all.
    """
    works: dict[UUID, _Work] = {}
    for order, _number, status, worker, zone in found.under_way:
        work = works.setdefault(order, _Work())
        work.stages.append(STAGES[status])
        work.worker = work.worker or worker
        if zone:
            work.zones.add(zone)
    nothing = _Work()
    return [_entry(row, works.get(row.id, nothing)) for row in found.heads]


def _entry(row: Any, work: _Work) -> Entry:
    stage = _stage(row, work)
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
        zones=",".join(sorted(work.zones)),
        assignee_id=work.worker,
    )


def _stage(row: Any, work: _Work) -> Stage:
    if row.cancelled_at is not None or row.left == 0:
        return Stage.CLOSED
    return min(work.stages, key=_ORDER.index, default=Stage.NEW)
