"""Promise stock to orders.

1. The orders, locked by their ids; what they want is read under the lock.
2. The stock of all their products, locked in the order of its key, so that two allocators cannot wait for
   each other.
3. One plan (`planning.sourcing`) shares the stock out in the order of the queue.
4. What each order was given becomes a fulfillment for each warehouse, with a task for each place; what was
   not found stays open and is served when goods come.

One order and a wave of thousands take the same way and the same number of statements.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import StateError
from oms_desktop.models import Role
from oms_desktop.planning.shelves import Over
from oms_desktop.planning.sourcing import Allotment, Offer, plan
from oms_desktop.workflow import alerts, board, demand, holds, reserving, supply
from oms_desktop.workflow.demand import Demand


@dataclass(frozen=True)
class Promise:
    """What an order was promised, a fulfillment for each warehouse, and why from there.

    `offers` are the warehouses that were asked, `over` the goods that were passed over; `withheld` units
    were there, but the order ships complete or not at all.
    """

    fulfillments: tuple[UUID, ...]
    allocated: int
    open: int
    offers: tuple[Offer, ...] = ()
    over: tuple[Over, ...] = ()
    withheld: int = 0

    @property
    def fulfillment(self) -> UUID | None:
        """The first of the fulfillments, None when nothing was found."""
        return self.fulfillments[0] if self.fulfillments else None


@dataclass(frozen=True)
class Wave:
    """What a wave has done: orders that were given something, units given, units still open."""

    served: int
    allocated: int
    open: int


@verb("promise.allocate.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def allocate(session: Session, act: Act, *, order: UUID, warehouse: UUID | None = None) -> Promise:
    """Reserve stock for the open units of an order, of one warehouse or of those that serve it best.

    Raises StateError for an order that is cancelled or on hold. A shortage is no error: it stays open.
    """
    [found] = demand.lock_orders(session, [order], act.at)
    _refuse_unwanted(found)
    [given] = share_out(session, act, [found], warehouse)
    board.settle(session, act, [order])
    return Promise(
        tuple(reserving.part_of(act, given, share) for share in given.shares),
        given.allocated,
        given.open,
        tuple(given.offers),
        tuple(given.over),
        given.withheld,
    )


@verb("promise.wave.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def wave(session: Session, act: Act, *, orders: tuple[UUID, ...], warehouse: UUID | None = None) -> Wave:
    """Reserve stock for many orders at once, in the order of the queue.

    Orders that are cancelled, on hold or want nothing are left as they are. The result is the one of
    `allocate` for each of them in that order.
    """
    found = demand.lock_orders(session, orders, act.at)
    wanted = [each for each in found if each.may_be_served]
    given = share_out(session, act, wanted, warehouse)
    board.settle(session, act, [each.wish.order for each in wanted])
    return Wave(
        sum(1 for each in given if each.shares),
        sum(each.allocated for each in given),
        sum(each.open for each in given),
    )


@verb("promise.rest.1", role=Role.PICKER, kind=Kind.DECISION)
def allocate_rest(session: Session, act: Act, *, fulfillment: UUID) -> Promise:
    """Promise again what a tour has left open, from places that are not to be counted first.

    An order that is cancelled or on hold is left as it is.
    """
    try:
        return allocate(session, act, order=demand.order_of(session, fulfillment))
    except StateError:
        return Promise((), 0, 0)


def share_out(
    session: Session, act: Act, wanted: Sequence[Demand], warehouse: UUID | None
) -> list[Allotment]:
    """Reserve stock for what locked orders want; `board.settle` is left to the caller."""
    return write(session, act, wanted, allot(session, act, wanted, warehouse))


def allot(
    session: Session, act: Act, wanted: Sequence[Demand], warehouse: UUID | None
) -> Iterator[Allotment]:
    """Lock the stock that locked orders may get and plan who gets what; nothing is written."""
    places = supply.sites(session, act.at, warehouse)
    products = sorted({want.product for each in wanted for want in each.wish.wants})
    shelves = supply.lock_shelves(session, places, products)
    return plan([each.wish for each in wanted], shelves, [each.source for each in places])


def write(
    session: Session, act: Act, wanted: Sequence[Demand], given: Iterable[Allotment]
) -> list[Allotment]:
    """Reserve what was allotted under the same locks; `board.settle` is left to the caller.

    Returns what was given.
    """
    done = reserving.write(session, act, wanted, given)
    due = [each.wish.order for each in wanted if each.due]
    if due:
        holds.end_due(session, act, due)
    alerts.settle(session, act, {alerts.Place(row.location, row.product) for row in done.supplies.values()})
    return done.allotments


def _refuse_unwanted(order: Demand) -> None:
    if order.cancelled:
        raise StateError("order.cancelled", f"Order {order.number} is cancelled; no stock is promised to it.")
    if order.held is not None:
        raise StateError("order.held", f"Order {order.number} is on hold: {order.held}")
