"""What a supervisor needs to know: the orders in work, how many stand where, the story of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    Event,
    Fulfillment,
    Hold,
    Lease,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    PickTask,
    Status,
    Worker,
)
from oms_desktop.workflow.worklists.parts import held

PAGE = 500
"""How many rows of the queue are read at once."""

SHOWN = (
    Status.PROMISED,
    Status.STARTED,
    Status.PICKED,
    Status.PACKED,
    Status.SHIPPED,
)
"""The statuses that have a filter of their own."""

CLOSED = (Status.SHIPPED, Status.DELIVERED, Status.CANCELLED)


@dataclass(frozen=True)
class QueueRow:
    """One fulfillment in the queue, or an order that has none yet.

    `id` is the hex id of the order and the fulfillment; `status` a word of the models, "" without a
    fulfillment. `due` and `changed` are ISO times in UTC or empty; `flag` is "", "hold" or "exception"
    with `reason` in words.
    """

    id: str
    order: str
    channel: str
    status: str
    lines: int
    pieces: int
    priority: int
    due: str
    assignee: str
    zones: tuple[str, ...] = ()
    flag: str = ""
    reason: str = ""
    changed: str = ""


@dataclass(frozen=True)
class QueueCount:
    """How many fulfillments stand under a filter of the queue ("all", "promised", "hold", ...)."""

    filter: str
    count: int


@dataclass(frozen=True)
class TimelineEntry:
    """One event of an order: UTC time as ISO text, its kind, its facts in words, who and where."""

    at: str
    text: str
    who: str
    where: str


def queue_rows(session: Session, name: str = "all", search: str = "") -> tuple[QueueRow, ...]:
    """Return the most urgent orders under a filter, at most `PAGE`, the most urgent first."""
    wanted = (
        _base(select(Order, Fulfillment, held().label("held")))
        .where(_filter(name))
        .order_by(
            Order.priority.desc(),
            Fulfillment.ship_by.is_(None),
            Fulfillment.ship_by,
            Order.captured_at,
            Order.id,
            Fulfillment.number,
        )
        .limit(PAGE)
    )
    if search:
        wanted = wanted.where(func.lower(Order.number).contains(search.lower(), autoescape=True))
    rows = session.execute(wanted).all()
    details = _Details(session, rows)
    return tuple(details.row(row) for row in rows)


def queue_counts(session: Session) -> tuple[QueueCount, ...]:
    """Count the orders under each filter."""
    by_status = dict(
        session.execute(
            select(Fulfillment.status, func.count())
            .join(Order, Order.id == Fulfillment.order_id)
            .group_by(Fulfillment.status)
        ).all()
    )
    others = {
        name: session.scalars(_base(select(func.count()).select_from(Order)).where(_filter(name))).one()
        for name in ("all", "hold", "exception")
    }
    return (
        QueueCount("all", others["all"]),
        *(QueueCount(status.value, by_status.get(status, 0)) for status in SHOWN),
        QueueCount("hold", others["hold"]),
        QueueCount("exception", others["exception"]),
    )


def timeline(session: Session, order: UUID) -> tuple[TimelineEntry, ...]:
    """Return the events of an order, oldest first."""
    rows = session.execute(
        select(Event, Worker.name)
        .join(Worker, Worker.id == Event.worker_id)
        .where(Event.order_id == order)
        .order_by(Event.at, Event.id)
    )
    return tuple(
        TimelineEntry(event.at.isoformat(), _words(event.kind, event.facts), who, event.station)
        for event, who in rows
    )


def _base(query: Any) -> Any:
    return query.outerjoin(Fulfillment, Fulfillment.order_id == Order.id)


def _filter(name: str) -> ColumnElement[bool]:
    short = (Fulfillment.id.is_(None) | (Fulfillment.number == 1)) & _open_units() & ~held()
    not_closed = or_(Fulfillment.status.is_(None), Fulfillment.status.not_in(CLOSED))
    if name == "all":
        return not_closed & Order.cancelled_at.is_(None)
    if name == "hold":
        return held() & not_closed & Order.cancelled_at.is_(None)
    if name == "exception":
        return short & Order.cancelled_at.is_(None)
    return Fulfillment.status == Status(name)


def _open_units() -> ColumnElement[bool]:
    return select(OrderLine.id).where(OrderLine.order_id == Order.id, OrderLine.open > 0).exists()


class _Details:
    """What a page of the queue shows beside the rows themselves, read with one query each."""

    def __init__(self, session: Session, rows: Sequence[Any]) -> None:
        orders = [row[0].id for row in rows]
        parts = [row[1].id for row in rows if row[1] is not None]
        self._sizes = {
            row.order_id: row
            for row in session.execute(
                select(
                    OrderLine.order_id,
                    func.count().label("lines"),
                    func.sum(OrderLine.ordered - OrderLine.cancelled).label("pieces"),
                    func.sum(OrderLine.open).label("open"),
                )
                .where(OrderLine.order_id.in_(orders))
                .group_by(OrderLine.order_id)
            )
        }
        self._holds: dict[UUID, str] = {}
        for order, text in session.execute(
            select(Hold.order_id, Hold.text)
            .where(Hold.order_id.in_(orders), Hold.released_at.is_(None))
            .order_by(Hold.set_at.desc(), Hold.id)
        ):
            self._holds[order] = text
        self._people = dict(
            session.execute(
                select(LeaseWork.fulfillment_id, Worker.name)
                .join(Lease, Lease.id == LeaseWork.lease_id)
                .join(Worker, Worker.id == Lease.worker_id)
                .where(LeaseWork.fulfillment_id.in_(parts), LeaseWork.ended_at.is_(None))
            ).all()
        )
        self._zones: dict[UUID, set[str]] = {}
        for part, zone in session.execute(
            select(PickTask.fulfillment_id, Location.zone)
            .join(Location, Location.id == PickTask.location_id)
            .where(PickTask.fulfillment_id.in_(parts), Location.zone != "")
            .distinct()
        ):
            self._zones.setdefault(part, set()).add(zone)

    def row(self, found: Any) -> QueueRow:
        """Put one row of the queue together."""
        order, part, on_hold = found
        size = self._sizes.get(order.id)
        open_units = size.open if size else 0
        flag = "hold" if on_hold else "exception" if open_units and order.cancelled_at is None else ""
        reason = self._holds.get(order.id, "") if on_hold else f"{open_units} pieces short" if flag else ""
        changed = part.changed_at if part else order.captured_at
        return QueueRow(
            id=f"{order.id.hex}-{part.id.hex if part else ''}",
            order=order.number,
            channel=order.channel,
            status=part.status.value if part else "",
            lines=size.lines if size else 0,
            pieces=int(size.pieces or 0) if size else 0,
            priority=order.priority,
            due=part.ship_by.isoformat() if part and part.ship_by else "",
            assignee=self._people.get(part.id, "") if part else "",
            zones=tuple(sorted(self._zones.get(part.id, ()))) if part else (),
            flag=flag,
            reason=reason,
            changed=changed.isoformat(),
        )


_STORY = {
    "captured": "Received from {channel}",
    "found": "{lines} lines are {product}",
    "promised": "{allocated} pieces promised, {open} short",
    "held": "Put on hold: {reason}",
    "released": "Hold ended: {reason}",
    "cancelled": "Cancelled: {reason}",
    "picking": "Picking started, tour {tour}",
    "picked": "{quantity} pieces picked",
    "short": "{missing} pieces were missing at their place",
    "tour done": "Tour {tour} done",
    "given up": "Tour {tour} given up",
    "packing": "Packing started",
    "parcel closed": "Parcel closed, {weight_g} g",
    "packed": "Packed in {parcels} parcels",
    "loaded": "Parcel loaded",
    "unloaded": "Parcel taken out of its lane",
    "handed over": "Handed over with manifest {manifest}",
}
"""What the timeline says of each kind of event."""


def _words(kind: str, facts: dict[str, Any]) -> str:
    return _STORY.get(kind, kind.capitalize()).format_map(facts)
