"""Rules of what the desk has wanted: holds, merged orders, the parts of an order, kits, urgency, pickers."""

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from oms_desktop.drafts import NotPicked
from oms_desktop.models import (
    Fulfillment,
    Hold,
    Lease,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    PickTask,
    PutBack,
    Status,
    StockMove,
    Worker,
)
from oms_desktop.workflow.books.lines import lines_of
from oms_desktop.workflow.books.proof import Rule, Search, rule, those
from oms_desktop.workflow.books.statuses import OF_PART, parts
from oms_desktop.workflow.desk import OVER, UNBEGUN

_LINE = "Order {number}, line {position} ({sku}) "


@rule("a hold that has ended says who ended it")
def hold_ended() -> Search:
    """Time and person stand together; a hold is not set to end before it begins."""
    halved = Hold.released_at.is_(None) != Hold.released_by.is_(None)
    return Search(
        select(Hold.id, Order.number, Hold.kind)
        .join(Order, Order.id == Hold.order_id)
        .where(or_(halved, Hold.until <= Hold.set_at)),
        'The hold "{kind}" of order {number} is half ended, or should have ended before it was set.',
    )


@rule("an order that gave back its stock has none promised")
def given_back() -> Search:
    """While a hold stands that frees stock, nothing of the order waits at a shelf for a picker."""
    freeing = exists().where(
        Hold.order_id == Fulfillment.order_id, Hold.released_at.is_(None), Hold.frees_stock
    )
    return Search(
        parts().where(Fulfillment.status.in_(UNBEGUN), freeing),
        OF_PART + "though a hold has given back what was promised to the order.",
    )


@rule("a merged order has given all away")
def merged() -> Search:
    """It is cancelled, nothing of it is under way or has left, and another order took it over."""
    counters = (OrderLine.open, OrderLine.allocated, OrderLine.picked, OrderLine.packed, OrderLine.shipped)
    left = exists().where(OrderLine.order_id == Order.id, or_(*(counter > 0 for counter in counters)))
    into = aliased(Order)
    unlike = or_(into.id == Order.id, into.channel != Order.channel, into.currency != Order.currency)
    return Search(
        select(Order.id, into.id.label("into_id"), Order.number, into.number.label("target"))
        .join(into, into.id == Order.merged_into_id)
        .where(or_(Order.cancelled_at.is_(None), left, unlike)),
        "Order {number} is merged into {target}, but has not given everything away to it.",
    )


@rule("the parts of an order are numbered from 1 without a gap")
def numbered() -> Search:
    """What was split, promised later or taken over is a further part."""
    parts, last = func.count(), func.max(Fulfillment.number)
    return Search(
        select(Order.id, Order.number, parts.label("parts"), last.label("last"))
        .join(Fulfillment, Fulfillment.order_id == Order.id)
        .group_by(Order.id, Order.number)
        .having(or_(parts != last, func.min(Fulfillment.number) != 1)),
        "Order {number} has {parts} fulfillments, but the last one has the number {last}.",
    )


@rule("picked work has taken something")
def something_taken() -> Search:
    """A fulfillment of which nothing was found, or is wanted, is cancelled."""
    taken = exists().where(PickTask.fulfillment_id == Fulfillment.id, PickTask.picked > 0)
    begun = (Status.PICKED, Status.PACKED, Status.SHIPPED, Status.DELIVERED)
    return Search(
        parts().where(Fulfillment.status.in_(begun), ~taken), OF_PART + "but nothing was taken for it."
    )


@rule("work under way is as urgent as its order")
def as_urgent() -> Search:
    """Priority and time to leave are those of the order, so that pickers and queue agree."""
    differs = or_(Fulfillment.priority != Order.priority, Fulfillment.ship_by.is_distinct_from(Order.ship_by))
    return Search(
        parts().where(Fulfillment.status.not_in(OVER), differs),
        OF_PART + "with another priority or time to leave than its order has.",
    )


@rule("assigned work is picked by nobody else")
def as_assigned() -> Search:
    """Who has started it is the one whom a supervisor has named."""
    return Search(
        parts()
        .add_columns(Lease.id.label("lease_id"), Lease.station, Worker.badge)
        .join(LeaseWork, LeaseWork.fulfillment_id == Fulfillment.id)
        .join(Lease, Lease.id == LeaseWork.lease_id)
        .join(Worker, Worker.id == Fulfillment.assigned_to)
        .where(
            Fulfillment.status == Status.STARTED,
            LeaseWork.ended_at.is_(None),
            Lease.worker_id != Fulfillment.assigned_to,
        ),
        OF_PART + "assigned to {badge}, but somebody else has it at {station}.",
    )


@rule("a line that is not picked here asks for nothing")
def not_asked() -> Search:
    """Its units are booked as cancelled."""
    line = those(OrderLine, OrderLine.not_picked != "", OrderLine.cancelled != OrderLine.ordered)
    return Search(
        lines_of(line).add_columns(line.not_picked),
        _LINE + "is not picked here ({not_picked}), but some of its units are counted as wanted.",
    )


@rule("a kit is picked by its parts")
def kit_of_parts() -> Search:
    """The line of a kit has lines of parts; what names a kit is in the same order as the kit."""
    kit, part = aliased(OrderLine), aliased(OrderLine)
    # The parts are in the same order: lines are found by their order, and by nothing else.
    of_kit = and_(part.order_id == OrderLine.order_id, part.parent_id == OrderLine.id)
    alone = and_(OrderLine.not_picked == NotPicked.KIT.value, ~exists().where(of_kit))
    stray = and_(
        OrderLine.parent_id.is_not(None),
        ~exists().where(
            kit.id == OrderLine.parent_id,
            kit.order_id == OrderLine.order_id,
            kit.not_picked == NotPicked.KIT.value,
        ),
    )
    line = those(OrderLine, or_(alone, stray))
    return Search(lines_of(line), _LINE + "is a kit without parts, or a part without kit.")


@rule("goods to be put back lie where they are asked from")
def asked_where_they_lie() -> Search:
    """By the moves of the line, a place has no fewer units than are to be put back from it."""
    asked = (
        select(PutBack.location_id, PutBack.order_line_id, func.sum(PutBack.quantity).label("units"))
        .where(PutBack.closed_at.is_(None))
        .group_by(PutBack.location_id, PutBack.order_line_id)
        .subquery()
    )
    came = case((StockMove.target_id == asked.c.location_id, StockMove.quantity), else_=-StockMove.quantity)
    there = (
        select(func.coalesce(func.sum(came), 0))
        .where(
            StockMove.order_line_id == asked.c.order_line_id,
            or_(StockMove.target_id == asked.c.location_id, StockMove.source_id == asked.c.location_id),
        )
        .correlate(asked)
        .scalar_subquery()
    )
    return Search(
        lines_of(OrderLine)
        .add_columns(Location.id.label("location_id"), Location.code, asked.c.units, there.label("there"))
        .join(asked, asked.c.order_line_id == OrderLine.id)
        .join(Location, Location.id == asked.c.location_id)
        .where(asked.c.units > there),
        _LINE + "asks for {units} to be put back from {code}, where by the moves {there} are.",
    )


RULES: tuple[Rule, ...] = (
    hold_ended,
    given_back,
    merged,
    numbered,
    something_taken,
    as_urgent,
    as_assigned,
    not_asked,
    kit_of_parts,
    asked_where_they_lie,
)
