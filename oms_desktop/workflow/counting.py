"""Count a shelf without being told what the book says, and book the difference.

1. The orders whose goods lie there are locked, then their fulfillments, their tasks, the stock.
2. What was found is compared with what the book says now.
3. Fewer than are reserved: reservations that nobody has leased open again, the least urgent first. Leased
   ones are in somebody's hands: then the count is refused and waits for the tour.
4. The difference goes through the adjustment place.
5. When every lot and condition of the product there was counted, at once or one after the other, the open
   counts of the place are closed, and it is promised from again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import (
    Condition,
    Count,
    Fulfillment,
    MoveKind,
    Order,
    PickTask,
    Role,
    Serial,
    Status,
    Stock,
)
from oms_desktop.workflow import alerts, board, ledger, timeline, tracking
from oms_desktop.workflow.goods import MOST_UNITS, refuse, text_wrong
from oms_desktop.workflow.locks import lock_stock
from oms_desktop.workflow.shelves import Shelf, Why, book_difference, find_shelf

FAR, FAR_PERCENT = 5, 20
"""A count that is further from the book than so many pieces and so many percent is asked for twice."""


@dataclass(frozen=True)
class Found:
    """What a counter has found of a product at a place, of one lot and condition, in units.

    `serials` are those of the units, where the product is kept by serial; () leaves open which they are.
    """

    quantity: int
    lot: str = ""
    condition: Condition = Condition.GOOD
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What a count did: what was found, what the book had said, and whether the place is out of doubt.

    `reopened` units had been promised from here and wait for stock again.
    """

    counted: int
    booked: int
    closed: bool
    reopened: int


def is_far(counted: int, booked: int) -> bool:
    """Say whether a count is so far from the book that it is more likely a slip."""
    return abs(counted - booked) > max(FAR, booked * FAR_PERCENT // 100)


@verb("stock.open_count.1", role=Role.RECEIVER, kind=Kind.DECISION)
def open_count(session: Session, act: Act, *, location: UUID, product: UUID, reason: str) -> UUID:
    """Ask for a count of a product at a shelf; returns the count that is open, the one from before if any.

    Nothing is promised from a place that is to be counted.
    """
    if not reason.strip():
        raise InputError("stock.reason_wanted", "A count needs its reason in words.")
    refuse([("", text_wrong(reason))])
    lock_stock(session, [location], [product])
    known = session.scalars(_open(location, product)).first()
    if known is not None:
        known.seen = []
        return known.id
    count = Count(
        id=act.id("count", location, product),
        location_id=location,
        product_id=product,
        reason=reason.strip(),
        opened_at=act.at,
    )
    session.add(count)
    return count.id


@verb("stock.count.1", role=Role.RECEIVER, kind=Kind.DECISION)
def count(session: Session, act: Act, *, location: UUID, product: UUID, found: tuple[Found, ...]) -> Counted:
    """Book what was found of a product at a shelf; what is not named is left as it is.

    The open counts of the place are closed once all lots and conditions that the book has there were named
    since they were opened.
    Raises StateError (`count.leased`) when less was found than is being picked just now, InputError for
    numbers and serials that cannot be.
    """
    _refuse(found)
    shelves = [find_shelf(session, location, product, each.lot, each.condition) for each in found]
    tracking.lock_serials(session, [shelves[0].product])
    _lock_orders(session, location, product)
    lock_stock(session, [location], [product])
    before = _booked(session, location, product)
    displaced = [
        _book_one(session, act, shelf, each, before) for shelf, each in zip(shelves, found, strict=True)
    ]
    orders = frozenset[UUID]().union(*(each.orders for each in displaced))
    # An order that loses several lots is told so once.
    for order in sorted(orders):
        timeline.tell(session, act, "stock missing", order, None, sku=shelves[0].product.sku)
    _end_empty(session, act, orders)
    session.flush()
    after = _booked(session, location, product)
    counted, booked = sum(row.on_hand for row in after), sum(row.on_hand for row in before)
    closed = True
    for row in session.scalars(_open(location, product).with_for_update()):
        if _has_seen_all(row, found, before):
            row.closed_at, row.closed_by = act.at, act.worker
            row.counted, row.booked = counted, booked
        else:
            closed = False
    session.flush()
    alerts.settle(session, act, [shelves[0].spot])
    board.settle(session, act, orders)
    return Counted(counted, booked, closed, sum(each.units for each in displaced))


def _refuse(found: Sequence[Found]) -> None:
    if not found:
        raise InputError("stock.quantity", "Nothing was counted; name at least one number, 0 for none.")
    for each in found:
        if not 0 <= each.quantity <= MOST_UNITS:
            raise InputError("stock.quantity", f"{each.quantity} units cannot be; 0 to {MOST_UNITS} can.")
    if len({(each.lot, each.condition) for each in found}) < len(found):
        raise InputError("stock.counted_twice", "The same lot and condition is counted twice.")


def _lock_orders(session: Session, location: UUID, product: UUID) -> None:
    """Lock what may lose its reservation here: orders, their fulfillments, their tasks, each by id."""
    at = (
        PickTask.location_id == location,
        PickTask.product_id == product,
        PickTask.quantity > PickTask.picked,
    )
    parts = select(PickTask.fulfillment_id).where(*at)
    orders = select(Fulfillment.order_id).where(Fulfillment.id.in_(parts))
    for statement in (
        select(Order.id).where(Order.id.in_(orders)).order_by(Order.id).with_for_update(key_share=True),
        select(Fulfillment.id).where(Fulfillment.id.in_(parts)).order_by(Fulfillment.id).with_for_update(),
        select(PickTask.id).where(*at).order_by(PickTask.id).with_for_update(),
    ):
        session.execute(statement)


def _booked(session: Session, location: UUID, product: UUID) -> Sequence[Stock]:
    """Read what the book has of a product at a place, under the lock."""
    rows = session.scalars(
        select(Stock)
        .where(Stock.location_id == location, Stock.product_id == product, Stock.on_hand > 0)
        .order_by(Stock.lot, Stock.condition)
        .execution_options(populate_existing=True)
    ).all()
    session.expunge_all()
    return rows


def _book_one(
    session: Session, act: Act, shelf: Shelf, found: Found, before: Sequence[Stock]
) -> ledger.Displaced:
    goods = shelf.goods
    row = next((row for row in before if (row.lot, row.condition) == (goods.lot, goods.condition)), None)
    on_hand, allocated = (row.on_hand, row.allocated) if row else (0, 0)
    displaced = ledger.NOBODY
    if found.quantity < allocated:
        displaced = _give_way(session, shelf, found.quantity, allocated)
    why = Why(MoveKind.COUNT, f"counted {found.quantity}, booked {on_hand}")
    if not shelf.product.serial_tracked or not found.serials:
        difference = found.quantity - on_hand
        if difference > 0:
            refuse([("", tracking.serials_wrong(shelf.product, difference, found.serials))])
        book_difference(session, act, shelf, difference, (), why)
        return displaced
    refuse([("", tracking.serials_wrong(shelf.product, found.quantity, found.serials))])
    here = set(
        session.scalars(
            select(Serial.code).where(
                Serial.product_id == goods.product,
                Serial.location_id == shelf.place.id,
                Serial.lot == goods.lot,
            )
        )
    )
    _book_serials(session, act, shelf, on_hand, here, set(found.serials), why)
    return displaced


def _book_serials(
    session: Session, act: Act, shelf: Shelf, on_hand: int, here: set[str], found: set[str], why: Why
) -> None:
    """Book serials that nobody knew of, then what is left of the difference.

    Units that left without their serial being named make the book know more serials than units: then it
    is not told which of the missing ones is lost.
    """
    fresh, gone = sorted(found - here), sorted(here - found)
    book_difference(session, act, shelf, len(fresh), fresh, why)
    left = len(found) - on_hand - len(fresh)
    book_difference(session, act, shelf, left, gone if len(gone) == -left else (), why)


def _give_way(session: Session, shelf: Shelf, found: int, allocated: int) -> ledger.Displaced:
    """Open reservations again that the found units do not cover; StateError when they are being picked."""
    missing = allocated - found
    unleased = PickTask.pick_list_id.is_(None)
    displaced = ledger.displace(session, shelf.goods, shelf.place.id, missing, unleased)
    if displaced.units < missing:
        raise StateError(
            "count.leased",
            f"{allocated - displaced.units} of {shelf.product.sku} at {shelf.place.code} are being picked,"
            f" but {found} were counted. Count again when the tour has ended.",
        )
    return displaced


def _end_empty(session: Session, act: Act, orders: frozenset[UUID]) -> None:
    """Cancel fulfillments that nobody has begun and of which nothing is left to pick."""
    asks = select(PickTask.id).where(
        PickTask.fulfillment_id == Fulfillment.id, PickTask.quantity > PickTask.picked
    )
    parts = session.scalars(
        select(Fulfillment)
        .where(
            Fulfillment.order_id.in_(orders),
            Fulfillment.status.in_([Status.PROMISED, Status.RELEASED]),
            ~asks.exists(),
        )
        .order_by(Fulfillment.id)
        .with_for_update()
    )
    for part in parts:
        part.status, part.changed_at = Status.CANCELLED, act.at
    session.flush()


def _has_seen_all(count: Count, found: Sequence[Found], before: Sequence[Stock]) -> bool:
    """Remember what was found; tell whether all that the book has was looked for since the count opened."""
    seen = {(lot, condition) for lot, condition in count.seen}
    seen |= {(each.lot, each.condition.value) for each in found}
    count.seen = [list(each) for each in sorted(seen)]
    return all((row.lot, row.condition.value) in seen for row in before)


def _open(location: UUID, product: UUID) -> Select[Count]:
    return (
        select(Count)
        .where(Count.location_id == location, Count.product_id == product, Count.closed_at.is_(None))
        .order_by(Count.opened_at, Count.id)
    )
