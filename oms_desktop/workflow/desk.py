"""What every verb of the order desk begins with: orders and their parts under the lock, and who has them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.errors import ImpossibleError, OmsError, StateError
from oms_desktop.models import (
    Fulfillment,
    Hold,
    Lease,
    LeaseKind,
    LeaseWork,
    Order,
    OrderLine,
    Status,
    Worker,
)

UNBEGUN = (Status.PROMISED, Status.RELEASED)
"""Statuses of work that nobody has begun."""

OVER = (Status.SHIPPED, Status.DELIVERED, Status.CANCELLED)
"""Statuses of work of which nothing is left to do."""

T = TypeVar("T")
_CHUNK = 1000


@dataclass(frozen=True)
class Verdict:
    """What a wish for many orders did to one of them; `code` and `text` say why it was refused, '' if not."""

    order: UUID
    number: str
    code: str = ""
    text: str = ""

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.code


def granted(order: Order) -> Verdict:
    """Say that what was wanted of an order is done."""
    return Verdict(order.id, order.number)


def refused(order: Order, why: OmsError) -> Verdict:
    """Say why what was wanted of an order is not done."""
    return Verdict(order.id, order.number, why.code, why.text)


@dataclass(frozen=True)
class Holder:
    """Who has leased a part of an order, and what for."""

    badge: str
    worker: UUID
    station: str
    kind: LeaseKind

    @property
    def words(self) -> str:
        """Say who works on it and where."""
        doing = "picked" if self.kind is LeaseKind.PICK else "packed"
        return f"being {doing} by {self.badge} at {self.station}"


@dataclass(frozen=True)
class Counted:
    """Units of an order: not yet out of the house, and gone."""

    left: int = 0
    shipped: int = 0


class Desk:
    """Some orders with their parts as they are under the lock, each once, by their ids."""

    def __init__(self, session: Session, orders: Iterable[UUID]) -> None:
        """Lock orders and then their parts, each in the order of their ids, and read what they are.

        Raises ImpossibleError for an order that is not known.
        """
        wanted = sorted(set(orders))
        self.orders = [order for chunk in chunks(wanted) for order in _orders(session, chunk)]
        if len(self.orders) < len(wanted):
            raise ImpossibleError("order.unknown", "There is no such order here.")
        self._parts: dict[UUID, list[Fulfillment]] = defaultdict(list)
        self._counted: dict[UUID, Counted] = {}
        self._holders: dict[UUID, Holder] = {}
        for chunk in chunks(wanted):
            for part in _parts(session, chunk):
                self._parts[part.order_id].append(part)
            self._counted.update(_counted(session, chunk))
            self._holders.update(holders_of(session, chunk))

    @property
    def one(self) -> Order:
        """The only order."""
        [order] = self.orders
        return order

    def parts(self, order: UUID, *statuses: Status) -> list[Fulfillment]:
        """Return the parts of an order in a status, or all of them, in their order."""
        found = [part for part in self._parts[order] if not statuses or part.status in statuses]
        return sorted(found, key=lambda part: part.number)

    def holder(self, part: UUID) -> Holder | None:
        """Return who has leased a part."""
        return self._holders.get(part)

    def why_over(self, order: Order) -> StateError | None:
        """Say that nothing more can be wanted of an order; None while something can."""
        if order.merged_into_id is not None:
            return StateError("order.merged", f"Order {order.number} is part of another order now.")
        if order.cancelled_at is not None:
            return StateError("order.cancelled", f"Order {order.number} is cancelled already.")
        counted = self._counted.get(order.id, Counted())
        if counted.left == 0 and counted.shipped:
            return StateError("order.gone", f"Order {order.number} has left the house already.")
        return None

    def refuse_over(self, order: Order) -> None:
        """Raise StateError if nothing more can be wanted of an order."""
        why = self.why_over(order)
        if why is not None:
            raise why

    def judge(self, why_not: Callable[[Order], StateError | None] | None = None) -> "Judged":
        """Tell the orders of which more can be wanted from the others; `why_not` may refuse more of them."""
        kept, verdicts = list[Order](), list[Verdict]()
        for order in self.orders:
            why = self.why_over(order) or (why_not(order) if why_not else None)
            verdicts.append(refused(order, why) if why else granted(order))
            kept += [] if why else [order]
        return Judged(kept, verdicts)


@dataclass(frozen=True)
class Judged:
    """The orders that get what was wanted, and the verdicts on all of them."""

    kept: list[Order]
    verdicts: list[Verdict]

    def as_named(self, orders: Sequence[UUID]) -> tuple[Verdict, ...]:
        """Return the verdicts in the order in which somebody named the orders, each once."""
        by_order = {verdict.order: verdict for verdict in self.verdicts}
        return tuple(by_order[order] for order in dict.fromkeys(orders))


def holds_on(order: Any, at: Any) -> ColumnElement[bool]:
    """Tell whether an order has a hold that keeps it at a time: an open one that is not over then."""
    lasts = or_(Hold.until.is_(None), Hold.until > at)
    return exists().where(Hold.order_id == order, Hold.released_at.is_(None), lasts)


def held_of(session: Session, orders: Iterable[UUID]) -> set[UUID]:
    """Return those of some orders that are on hold."""
    held = set[UUID]()
    for chunk in chunks(sorted(orders)):
        held |= set(
            session.scalars(select(Hold.order_id).where(Hold.order_id.in_(chunk), Hold.released_at.is_(None)))
        )
    return held


def holders_of(session: Session, orders: Sequence[UUID]) -> Mapping[UUID, Holder]:
    """Return who has leased parts of some orders, by part."""
    rows = session.execute(
        select(Fulfillment.id, Worker.badge, Worker.id, Lease.station, Lease.kind)
        .join(LeaseWork, LeaseWork.fulfillment_id == Fulfillment.id)
        .join(Lease, Lease.id == LeaseWork.lease_id)
        .join(Worker, Worker.id == Lease.worker_id)
        .where(Fulfillment.order_id.in_(orders), LeaseWork.ended_at.is_(None))
    )
    return {part: Holder(badge, worker, station, kind) for part, badge, worker, station, kind in rows}


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut rows into pieces that a statement can name."""
    for first in range(0, len(rows), _CHUNK):
        yield rows[first : first + _CHUNK]


def _orders(session: Session, orders: Sequence[UUID]) -> Sequence[Order]:
    return session.scalars(
        select(Order)
        .where(Order.id.in_(orders))
        .order_by(Order.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _parts(session: Session, orders: Sequence[UUID]) -> Sequence[Fulfillment]:
    return session.scalars(
        select(Fulfillment)
        .where(Fulfillment.order_id.in_(orders))
        .order_by(Fulfillment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _counted(session: Session, orders: Sequence[UUID]) -> Mapping[UUID, Counted]:
    left = OrderLine.open + OrderLine.allocated + OrderLine.picked + OrderLine.packed
    rows = session.execute(
        select(OrderLine.order_id, func.sum(left), func.sum(OrderLine.shipped))
        .where(OrderLine.order_id.in_(orders))
        .group_by(OrderLine.order_id)
    )
    return {order: Counted(int(units), int(shipped)) for order, units, shipped in rows}
