"""What the desk asks for, together with what follows from it: the same for the window and the command line.

A supervisor may do whatever the order desk may.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from oms_desktop.app.site import main_site
from oms_desktop.errors import StateError
from oms_desktop.models import Hold, Order, OrderLine, Role
from oms_desktop.station import SYSTEM, Station, find_person
from oms_desktop.workflow import holds, promise, steering
from oms_desktop.workflow.desk import Verdict


def hold(
    station: Station,
    orders: Sequence[UUID],
    *,
    kind: str,
    text: str,
    until: datetime | None = None,
    frees_stock: bool = False,
) -> tuple[Verdict, ...]:
    """Make orders wait; `frees_stock` gives back what is reserved for them and not begun."""
    return _desk(station).do(
        holds.hold_orders, orders=tuple(orders), kind=kind, text=text, until=until, frees_stock=frees_stock
    )


def release(station: Station, orders: Sequence[UUID], kind: str = "") -> tuple[Verdict, ...]:
    """End the holds of orders, or those of one kind, and promise stock to the orders that are free then."""
    desk = _desk(station)
    verdicts = desk.do(holds.release_orders, orders=tuple(orders), kind=kind)
    promise_open(desk, [verdict.order for verdict in verdicts if verdict.done])
    return verdicts


def end_holds(station: Station) -> tuple[UUID, ...]:
    """End the holds whose time has come, as the program itself; returns the orders that are free now."""
    now = station.clock()
    with station.store.reading() as session:
        if not holds.some_end(session, now):
            return ()
        program = replace(station, person=find_person(session, SYSTEM))
    free = program.do(holds.end_holds, until=now)
    promise_open(program, free)
    return free


def send(station: Station, orders: Sequence[UUID]) -> tuple[Verdict, ...]:
    """Let orders go: end their holds, promise stock to them, and give the floor what is promised."""
    desk = _desk(station)
    held = _held(desk, orders)
    if held:
        desk.do(holds.release_orders, orders=held, kind="")
    promise_open(desk, orders)
    return desk.do(steering.send, orders=tuple(orders))


def prioritize(station: Station, orders: Sequence[UUID], priority: int) -> tuple[Verdict, ...]:
    """Give orders a priority, 0 to 2."""
    return _desk(station).do(steering.prioritize, orders=tuple(orders), priority=priority)


def assign(station: Station, orders: Sequence[UUID], worker: UUID | None) -> tuple[Verdict, ...]:
    """Say who is to pick orders; None lets anybody."""
    return station.do(steering.assign, orders=tuple(orders), worker=worker)


def promise_open(station: Station, orders: Iterable[UUID]) -> None:
    """Promise stock to those of some orders that want some and may get it."""
    warehouse = main_site(station)
    for order in orders:
        if _waits(station, order):
            # Somebody may have held or cancelled it in the moment since.
            with suppress(StateError):
                station.do(promise.allocate, order=order, warehouse=warehouse)


def _desk(station: Station) -> Station:
    """Return the station as it is for the order desk, which a supervisor may stand in for."""
    person = station.person
    if person is None or not person.may(Role.SUPERVISOR):
        return station
    return replace(station, person=replace(person, roles=person.roles | {Role.ORDER_DESK}))


def _held(station: Station, orders: Iterable[UUID]) -> tuple[UUID, ...]:
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    with station.store.reading() as session:
        return tuple(order for order in orders if session.scalar(select(held.where(Order.id == order))))


def _waits(station: Station, order: UUID) -> bool:
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    wants = exists().where(
        OrderLine.order_id == Order.id, OrderLine.open > 0, OrderLine.product_id.is_not(None)
    )
    with station.store.reading() as session:
        found = session.scalar(
            select(Order.id).where(Order.id == order, Order.cancelled_at.is_(None), wants, ~held)
        )
    return found is not None
