"""The ledger: goods go from one place to another, and the stock rows follow by difference.

Every statement here is prepared once; a scan runs three of them.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, func, insert, or_, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import upsert
from oms_desktop.errors import ImpossibleError, InputError
from oms_desktop.models import (
    Condition,
    Count,
    Fulfillment,
    Location,
    LocationKind,
    MoveKind,
    PickTask,
    Status,
    Stock,
    StockMove,
    table_of,
)
from oms_desktop.workflow import lines

MOST_STOCK = 2_000_000_000
"""The most units of a product that a place may have, of one lot and condition: what a database counts."""

_STOCK = table_of(Stock)
_AT = (
    _STOCK.c.location_id == bindparam("at_location"),
    _STOCK.c.product_id == bindparam("at_product"),
    _STOCK.c.lot == bindparam("at_lot"),
    _STOCK.c.condition == bindparam("at_condition"),
)
_TAKE = (
    update(_STOCK)
    .where(*_AT)
    .where(_STOCK.c.allocated >= bindparam("own"))
    .where(_STOCK.c.on_hand - _STOCK.c.allocated >= bindparam("free"))
    .values(on_hand=_STOCK.c.on_hand - bindparam("units"), allocated=_STOCK.c.allocated - bindparam("own"))
)
_RESERVE = update(_STOCK).where(*_AT).values(allocated=_STOCK.c.allocated + bindparam("units"))
# What comes from outside has no row where it comes from, and is as old as its move.
_AGE = func.coalesce(select(_STOCK.c.since).where(*_AT).scalar_subquery(), bindparam("now"))
_PUT = upsert(
    _STOCK,
    ("location_id", "product_id", "lot", "condition"),
    lambda new: {
        "on_hand": _STOCK.c.on_hand + new.on_hand,
        "since": case(
            (or_(_STOCK.c.on_hand == 0, new.since < _STOCK.c.since), new.since), else_=_STOCK.c.since
        ),
    },
    # Written so that the database never adds what it cannot hold.
    only=lambda new: _STOCK.c.on_hand <= MOST_STOCK - new.on_hand,
    since=_AGE,
)
_MOVE = insert(table_of(StockMove))


@dataclass(frozen=True)
class Goods:
    """What is moved, and where in the world: one product of one lot and condition at one warehouse."""

    warehouse: UUID
    product: UUID
    lot: str = ""
    condition: Condition = Condition.GOOD

    def at(self, location: UUID) -> dict[str, Any]:
        """Name the stock row of these goods at a location, for the statements of this module."""
        return {
            "at_location": location,
            "at_product": self.product,
            "at_lot": self.lot,
            "at_condition": self.condition,
        }


@dataclass(frozen=True)
class Move:
    """A move to be booked. `line` is the order line it is for; `own` the units reserved for it."""

    kind: MoveKind
    goods: Goods
    source: UUID
    target: UUID
    quantity: int
    line: UUID | None = None
    own: int = 0
    serial: str = ""
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Displaced:
    """Reservations that gave way: how many units, and the orders that have lost them."""

    units: int = 0
    orders: frozenset[UUID] = frozenset()


NOBODY = Displaced()


def book(session: Session, act: Act, move: Move, *key: object) -> Displaced:
    """Move goods between two physical places. `key` tells several moves of one act apart.

    Units beyond `own` come from free stock, then from reservations of others, then from the
    adjustment place (which opens a count), because hands have done it whatever the books say.
    Returns the reservations of others that were taken.
    """
    displaced = take_out(session, act, move)
    put_in(session, act, move)
    write(session, act, move, *key)
    return displaced


def take_out(session: Session, act: Act, move: Move) -> Displaced:
    """Take the units of a move off the stock of its source; returns whose reservations gave way."""
    if take(session, move):
        return NOBODY
    displaced = _make_room(session, act, move)
    if not take(session, move):
        raise ImpossibleError("stock.impossible", "These goods cannot have been at this place.")
    return displaced


def take(session: Session, move: Move) -> bool:
    """Take the units of a move off its source, if so many are its own or free; False when they are not."""
    values = {
        **move.goods.at(move.source),
        "own": move.own,
        "free": move.quantity - move.own,
        "units": move.quantity,
    }
    return session.connection().execute(_TAKE, values).rowcount == 1


def put_in(session: Session, act: Act, move: Move) -> None:
    """Add the units of a move to the stock of its target; they keep their age.

    Raises InputError (`stock.too_much`) when the target would have more than `MOST_STOCK` of them.
    """
    goods = move.goods
    row = {
        **goods.at(move.source),
        "location_id": move.target,
        "product_id": goods.product,
        "lot": goods.lot,
        "condition": goods.condition,
        "warehouse_id": goods.warehouse,
        "on_hand": move.quantity,
        "allocated": 0,
        "now": act.at,
    }
    if not _PUT.run(session, row):
        words = f"No more than {MOST_STOCK} units of one product, lot and condition can be at one place."
        raise InputError("stock.too_much", words)


def write(session: Session, act: Act, move: Move, *key: object) -> None:
    """Write the move itself."""
    goods = move.goods
    row = {
        "id": act.id("move", move.source, move.target, goods.product, goods.lot, move.line, *key),
        "call_id": act.call,
        "at": act.at,
        "kind": move.kind,
        "warehouse_id": goods.warehouse,
        "product_id": goods.product,
        "lot": goods.lot,
        "condition": goods.condition,
        "serial": move.serial,
        "reason": move.reason,
        "reference": move.reference,
        "quantity": move.quantity,
        "source_id": move.source,
        "target_id": move.target,
        "order_line_id": move.line,
    }
    session.connection().execute(_MOVE, row)


def reserve(session: Session, goods: Goods, location: UUID, units: int) -> None:
    """Reserve units at a place, or give back reserved ones with a negative number."""
    session.connection().execute(_RESERVE, {**goods.at(location), "units": units})


def end(session: Session, warehouse: UUID, kind: LocationKind) -> UUID:
    """Return the warehouse's place that stands for the world outside (supplier, customer, ...)."""
    found = session.scalars(
        select(Location.id).where(Location.warehouse_id == warehouse, Location.kind == kind)
    )
    return found.one()


def _make_room(session: Session, act: Act, move: Move) -> Displaced:
    """Let the books follow hands that took more than was free.

    All tasks that reserve here are locked first: stock comes after tasks.
    """
    goods = move.goods
    session.execute(
        select(PickTask.id).where(*_reserving(goods, move.source)).order_by(PickTask.id).with_for_update()
    )
    row = session.execute(
        select(Stock.on_hand, Stock.allocated)
        .where(
            Stock.location_id == move.source,
            Stock.product_id == goods.product,
            Stock.lot == goods.lot,
            Stock.condition == goods.condition,
        )
        .with_for_update()
    ).one_or_none()
    on_hand, allocated = (row.on_hand, row.allocated) if row else (0, 0)
    missing = move.quantity - move.own - (on_hand - allocated)
    others = () if move.line is None else (PickTask.order_line_id != move.line,)
    displaced = displace(session, goods, move.source, missing, *others)
    if missing > displaced.units:
        _adjust(session, act, move, missing - displaced.units)
    return displaced


def displace(
    session: Session, goods: Goods, location: UUID, missing: int, *which: ColumnElement[bool]
) -> Displaced:
    """Take up to `missing` reservations at a place, unleased and least urgent first; they open again.

    `which` are conditions that a pick task must fulfil to give way.
    """
    tasks = session.execute(
        select(PickTask, Fulfillment.status, Fulfillment.order_id)
        .join(Fulfillment, Fulfillment.id == PickTask.fulfillment_id)
        .where(*_reserving(goods, location), *which)
        .order_by(
            PickTask.pick_list_id.is_not(None), Fulfillment.priority, PickTask.created_at.desc(), PickTask.id
        )
        .with_for_update(of=PickTask)
        .execution_options(populate_existing=True)
    )
    freed, orders = 0, set[UUID]()
    for task, status, order in tasks.all():
        units = min(task.quantity - task.picked, missing - freed)
        if units <= 0:
            break
        task.quantity -= units
        counter = lines.CANCELLED if status is Status.CANCELLED else lines.OPEN
        lines.shift(session, task.order_line_id, units, lines.ALLOCATED, counter)
        reserve(session, goods, location, -units)
        freed += units
        orders.add(order)
    session.flush()
    return Displaced(freed, frozenset(orders))


def _reserving(goods: Goods, location: UUID) -> tuple[ColumnElement[bool], ...]:
    """Tell which pick tasks reserve goods at a place."""
    return (
        PickTask.location_id == location,
        PickTask.product_id == goods.product,
        PickTask.lot == goods.lot,
        PickTask.condition == goods.condition,
        PickTask.quantity > PickTask.picked,
    )


def _adjust(session: Session, act: Act, move: Move, units: int) -> None:
    """Book what the books did not know of, and ask for a count."""
    source = end(session, move.goods.warehouse, LocationKind.ADJUSTMENT)
    found = Move(MoveKind.ADJUST, move.goods, source, move.source, units)
    put_in(session, act, found)
    write(session, act, found)
    session.add(
        Count(
            id=act.id("count", move.source, move.goods.product),
            location_id=move.source,
            product_id=move.goods.product,
            reason="picked more than the book had",
            opened_at=act.at,
        )
    )
