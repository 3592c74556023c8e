"""What orders still want: locked, then read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.models import Address, Event, Fulfillment, Hold, Order, OrderLine, table_of
from oms_desktop.planning.shelves import Want
from oms_desktop.planning.sourcing import Wish

_ORDERS, _LINES = table_of(Order), table_of(OrderLine)

# Counted by the server: what is locked need not travel.
_LOCK = select(func.count()).select_from(
    select(_ORDERS.c.id)
    .where(among(_ORDERS.c.id, "orders"))
    .order_by(_ORDERS.c.id)
    .with_for_update(key_share=True)
    .subquery()
)
_HELD = and_(Hold.order_id == _ORDERS.c.id, Hold.released_at.is_(None))
_AT = bindparam("at", type_=Hold.until.type)
_HEADS = (
    select(
        _ORDERS.c.id,
        _ORDERS.c.number,
        _ORDERS.c.priority,
        _ORDERS.c.ship_by,
        _ORDERS.c.captured_at,
        _ORDERS.c.ship_complete,
        _ORDERS.c.cancelled_at,
        Address.country_code,
        select(func.min(Hold.text))
        .where(_HELD, or_(Hold.until.is_(None), Hold.until > _AT))
        .scalar_subquery()
        .label("held"),
        exists().where(_HELD, Hold.until <= _AT).label("due"),
        func.coalesce(
            select(func.max(Fulfillment.number))
            .where(Fulfillment.order_id == _ORDERS.c.id)
            .scalar_subquery(),
            0,
        ).label("parts"),
        exists().where(Event.order_id == _ORDERS.c.id, Event.kind == "promised").label("told"),
    )
    .join(Address, Address.id == _ORDERS.c.ship_to_id)
    .where(among(_ORDERS.c.id, "orders"))
)
_WANTED = (
    select(
        _LINES.c.order_id,
        _LINES.c.id,
        _LINES.c.product_id,
        _LINES.c.open,
        _LINES.c.one_lot,
        _LINES.c.min_life_days,
    )
    .where(among(_LINES.c.order_id, "orders"), _LINES.c.open > 0)
    .order_by(_LINES.c.order_id, _LINES.c.position)
)
_ORDER_OF = select(Fulfillment.order_id).where(Fulfillment.id == bindparam("fulfillment"))


@dataclass(frozen=True, slots=True)
class Demand:
    """An order under its lock: what it wants, and what keeps it from getting it.

    `held` is the reason of a hold, None without one; `due` tells of a hold whose time is over. `parts` is the
    highest number of its fulfillments; `told` tells whether its timeline speaks of a promise already.
    """

    number: str
    wish: Wish
    cancelled: bool
    held: str | None
    parts: int
    told: bool
    due: bool = False

    @property
    def may_be_served(self) -> bool:
        """Whether there is something to promise to it, and nothing against that."""
        return not self.cancelled and self.held is None and bool(self.wish.wants)


def lock_orders(session: Session, orders: Sequence[UUID], at: datetime) -> list[Demand]:
    """Lock orders by their ids, then read what they are `at` a time and what they want."""
    connection = session.connection()
    given = {"orders": orders}
    connection.execute(_LOCK, given)
    heads = connection.execute(_HEADS, {**given, "at": at}).all()
    wants: dict[UUID, list[Want]] = {}
    unknown: dict[UUID, int] = {}
    for order, lines in groupby(connection.execute(_WANTED, given).all(), key=itemgetter(0)):
        wants[order] = []
        for _order, line, product, units, one_lot, life in lines:
            if product is None:
                unknown[order] = unknown.get(order, 0) + units
            else:
                wants[order].append(Want(line, product, units, one_lot, life))
    return [
        Demand(
            row.number,
            Wish(
                row.id,
                tuple(wants.get(row.id, ())),
                row.captured_at,
                row.priority,
                row.ship_by,
                row.ship_complete,
                row.country_code,
                unknown.get(row.id, 0),
            ),
            row.cancelled_at is not None,
            row.held,
            row.parts,
            row.told,
            row.due,
        )
        for row in heads
    ]


def order_of(session: Session, fulfillment: UUID) -> UUID:
    """Return the order that a fulfillment is a part of."""
    found: UUID = session.connection().execute(_ORDER_OF, {"fulfillment": fulfillment}).scalar_one()
    return found
