"""Rules of the queue: what it shows beside the orders is what they are, and its tallies count that."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)

from oms_desktop.models import (
    NO_DUE,
    Fulfillment,
    Lease,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    PickTask,
    QueueEntry,
    QueueTally,
    Stage,
)
from oms_desktop.workflow.board import HELD, OPEN, SHORT
from oms_desktop.workflow.books.proof import Rule, Search, Statement, rule
from oms_desktop.workflow.books.sums import side, unequal
from oms_desktop.workflow.entries import STAGES, is_held

_RANKS = [*STAGES.values(), Stage.NEW, Stage.CLOSED]
"""The stages, by what they count as when the least far is looked for; NEW when nothing is under way."""


@rule("the queue shows each order as it is", dear=True)
def as_it_is() -> Search:
    """Every order has its entry, and the entry says what orders, lines, holds and work say."""
    sizes, parts = _sizes(), _parts()
    closed = or_(Order.cancelled_at.is_not(None), func.coalesce(sizes.c.left, 0) == 0)
    rank = case((closed, len(_RANKS) - 1), else_=func.coalesce(parts.c.rank, len(_RANKS) - 2))
    short = case((closed, 0), else_=func.coalesce(sizes.c.open, 0))
    pairs: list[tuple[Any, Any]] = [
        (_rank(QueueEntry.stage, _RANKS), rank),
        (QueueEntry.held, and_(is_held(), ~closed)),
        (QueueEntry.short, short),
        (QueueEntry.channel, Order.channel),
        (QueueEntry.number, Order.number),
        (QueueEntry.urgency, -Order.priority),
        (QueueEntry.due, func.coalesce(Order.ship_by, NO_DUE)),
        (QueueEntry.captured_at, Order.captured_at),
        (QueueEntry.lines, func.coalesce(sizes.c.lines, 0)),
        (QueueEntry.pieces, func.coalesce(sizes.c.pieces, 0)),
    ]
    wrong = [shown != real for shown, real in pairs]
    flagged = (QueueEntry.flagged_at.is_not(None)) != or_(QueueEntry.held, QueueEntry.short > 0)
    return Search(
        select(Order.id, Order.number)
        .outerjoin(QueueEntry, QueueEntry.order_id == Order.id)
        .outerjoin(sizes, sizes.c.order_id == Order.id)
        .outerjoin(parts, parts.c.order_id == Order.id)
        .where(or_(QueueEntry.order_id.is_(None), flagged, *wrong)),
        "The queue does not show order {number} as it is.",
    )


@rule("the queue names who has an order")
def assigned() -> Search:
    """The assignee of an entry is who holds or should have the first of its work; else it has none."""
    worker = (
        select(Lease.worker_id)
        .join(LeaseWork, LeaseWork.lease_id == Lease.id)
        .where(LeaseWork.fulfillment_id == Fulfillment.id, LeaseWork.ended_at.is_(None))
        .order_by(Lease.id)
        .limit(1)
        .scalar_subquery()
    )
    first = (
        select(func.coalesce(worker, Fulfillment.assigned_to))
        .where(
            Fulfillment.order_id == QueueEntry.order_id,
            Fulfillment.status.in_(list(STAGES)),
            or_(worker.is_not(None), Fulfillment.assigned_to.is_not(None)),
        )
        .order_by(Fulfillment.number)
        .limit(1)
        .scalar_subquery()
    )
    return Search(
        select(QueueEntry.order_id, QueueEntry.number).where(QueueEntry.assignee_id.is_distinct_from(first)),
        "The queue names the wrong person, or none, for order {number}.",
    )


@rule("the queue names the zones of an order")
def zoned() -> Search:
    """The zones of an entry are those of the places from which its work under way is promised."""
    zones = (
        select(Fulfillment.order_id, Location.zone)
        .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
        .join(Location, Location.id == PickTask.location_id)
        .where(Fulfillment.status.in_(list(STAGES)), Location.zone != "")
        .distinct()
        .subquery()
    )
    shown = literal(",").concat(QueueEntry.zones).concat(",")
    missing = func.sum(
        case((shown.contains(literal(",").concat(zones.c.zone).concat(",")), 0), else_=1)
    ).label("missing")
    real = func.count(zones.c.zone)
    commas = func.length(QueueEntry.zones) - func.length(func.replace(QueueEntry.zones, ",", ""))
    count = case((QueueEntry.zones == "", 0), else_=commas + 1)
    return Search(
        select(QueueEntry.order_id, QueueEntry.number, QueueEntry.zones)
        .outerjoin(zones, zones.c.order_id == QueueEntry.order_id)
        .group_by(QueueEntry.order_id, QueueEntry.number, QueueEntry.zones)
        .having(or_(real != count, and_(real > 0, missing > 0))),
        'The queue shows the zones "{zones}" for order {number}, but its goods lie in others.',
    )


@rule("the tallies of the queue count its entries")
def tallied() -> Search:
    """The sum of a tally over all slots is the number of entries under that filter."""
    not_closed = QueueEntry.stage != Stage.CLOSED
    sums = unequal(
        side({"bucket": QueueTally.bucket}, booked=QueueTally.orders),
        _counted(type_coerce(QueueEntry.stage, String), true()),
        _counted(literal(OPEN), not_closed),
        _counted(literal(HELD), and_(not_closed, QueueEntry.held)),
        _counted(literal(SHORT), and_(not_closed, ~QueueEntry.held, QueueEntry.short > 0)),
    )
    return Search(
        select(sums.c.bucket, sums.c.booked, sums.c.proven),
        'The tally "{bucket}" of the queue says {booked} orders, its entries are {proven}.',
    )


def _rank(word: Any, ranked: Sequence[Any]) -> ColumnElement[int]:
    return case(*((word == each, rank) for rank, each in enumerate(ranked)))


def _sizes() -> Subquery:
    """What the lines of each order add up to."""
    wanted = OrderLine.ordered - OrderLine.cancelled
    counts = (OrderLine.open, OrderLine.allocated, OrderLine.picked, OrderLine.packed)
    return (
        select(
            OrderLine.order_id,
            func.sum(case((wanted > 0, 1), else_=0)).label("lines"),
            func.sum(case((OrderLine.not_picked == "", wanted), else_=0)).label("pieces"),
            func.sum(OrderLine.open).label("open"),
            sum((func.sum(count) for count in counts), literal(0)).label("left"),
        )
        .group_by(OrderLine.order_id)
        .subquery()
    )


def _parts() -> Subquery:
    """How far the least far part of each order is that is under way."""
    rank = _rank(Fulfillment.status, list(STAGES))
    return (
        select(Fulfillment.order_id, func.min(rank).label("rank"))
        .where(Fulfillment.status.in_(list(STAGES)))
        .group_by(Fulfillment.order_id)
        .subquery()
    )


def _counted(bucket: Any, wanted: ColumnElement[bool]) -> Statement:
    return side({"bucket": bucket}, proven=literal(1)).select_from(QueueEntry).where(wanted)


RULES: tuple[Rule, ...] = (as_it_is, assigned, zoned, tallied)
