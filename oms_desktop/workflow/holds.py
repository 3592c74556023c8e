"""Holds: why an order must wait, for how long, and whether it keeps its stock meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Fulfillment, Hold, Order, OrderLine, Role, Status
from oms_desktop.workflow import alerts, board, lines, timeline
from oms_desktop.workflow.desk import UNBEGUN, Desk, Verdict, chunks, held_of
from oms_desktop.workflow.freeing import free_parts, free_tasks
from oms_desktop.workflow.leases import leased
from oms_desktop.workflow.locks import lock_reserving

_TOO_LATE = {Status.PICKED, Status.PACKED, Status.SHIPPED, Status.DELIVERED}


@dataclass(frozen=True)
class _Wish:
    """The hold that somebody wants."""

    kind: str
    text: str
    until: datetime | None
    frees_stock: bool


@verb("order.hold.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def hold(session: Session, act: Act, *, order: UUID, kind: str, text: str) -> UUID:
    """Make an order wait, with a reason in words; returns the hold. What is reserved stays reserved."""
    row = session.get_one(Order, order, with_for_update={"key_share": True})
    if row.cancelled_at is not None:
        raise StateError("order.cancelled", f"Order {row.number} is cancelled already.")
    new = Hold(
        id=act.id("hold", kind), order_id=order, kind=kind, text=text, set_at=act.at, set_by=act.worker
    )
    session.add(new)
    timeline.tell(session, act, "held", order, None, reason=kind)
    board.settle(session, act, [order])
    return new.id


@verb("order.hold.2", role=Role.ORDER_DESK, kind=Kind.DECISION)
def hold_order(
    session: Session,
    act: Act,
    *,
    order: UUID,
    kind: str,
    text: str,
    until: datetime | None = None,
    frees_stock: bool = False,
) -> UUID:
    """Make an order wait, at most until a time; returns the hold.

    With `frees_stock` it gives back what is reserved for it and not begun. What a picker has taken stays
    with the picker, whose dialogue stops. Raises StateError for an order that is cancelled or gone.
    """
    wish = _Wish(kind, text, until, frees_stock)
    _refuse_past(act, wish)
    desk = Desk(session, [order])
    desk.refuse_over(desk.one)
    [new] = _hold(session, act, desk, [desk.one], wish)
    return new


@verb("orders.hold.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def hold_orders(
    session: Session,
    act: Act,
    *,
    orders: tuple[UUID, ...],
    kind: str,
    text: str,
    until: datetime | None = None,
    frees_stock: bool = False,
) -> tuple[Verdict, ...]:
    """Make orders wait, each as `order.hold.2` does; returns what became of each, as they were named."""
    wish = _Wish(kind, text, until, frees_stock)
    _refuse_past(act, wish)
    desk = Desk(session, orders)
    judged = desk.judge()
    _hold(session, act, desk, judged.kept, wish)
    return judged.as_named(orders)


@verb("order.release.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def release(session: Session, act: Act, *, hold: UUID) -> None:
    """End a hold; one that has ended stays as it ended."""
    row = session.get_one(Hold, hold, with_for_update=True)
    if row.released_at is not None:
        return
    row.released_at, row.released_by = act.at, act.worker
    timeline.tell(session, act, "released", row.order_id, None, reason=row.kind)
    board.settle(session, act, [row.order_id])


@verb("orders.release.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def release_orders(
    session: Session, act: Act, *, orders: tuple[UUID, ...], kind: str = ""
) -> tuple[Verdict, ...]:
    """End all holds of orders, or those of one kind; returns what became of each order.

    Stock that a hold has freed is not promised again by this: the caller does that next.
    """
    desk = Desk(session, orders)
    held = _holding(session, [order.id for order in desk.orders], kind)

    def why_not(order: Order) -> StateError | None:
        if order.id in held:
            return None
        so = f"has no hold of the kind {kind}" if kind else "is not on hold"
        return StateError("order.not_held", f"Order {order.number} {so}.")

    judged = desk.judge(why_not)
    ended = {order.id: held[order.id] for order in judged.kept}
    _end(session, act, ended)
    board.settle(session, act, ended)
    return judged.as_named(orders)


@verb("order.end_holds.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def end_holds(session: Session, act: Act, *, until: datetime) -> tuple[UUID, ...]:
    """End the holds whose time has come by then, never those of the future; returns the orders now free."""
    until = min(until, act.at)
    due = select(Hold.order_id).where(Hold.released_at.is_(None), Hold.until <= until)
    desk = Desk(session, session.scalars(due))
    ended = _holding(session, [order.id for order in desk.orders], "", until=until)
    _end(session, act, ended, why="time")
    board.settle(session, act, ended)
    held = held_of(session, ended)
    return tuple(
        order.id
        for order in desk.orders
        if order.id in ended and order.id not in held and desk.why_over(order) is None
    )


def end_due(session: Session, act: Act, orders: Sequence[UUID]) -> None:
    """End the holds of orders whose time has come, for a verb that needs them free and has locked them.

    What is over keeps nobody waiting for the minute in which `end_holds` is called; `board.settle` is left to
    the caller.
    """
    _end(session, act, _holding(session, orders, "", until=act.at), why="time")


def end_all(session: Session, act: Act, orders: Sequence[UUID]) -> None:
    """End every hold of orders, for a verb that has locked them; `board.settle` is left to the caller."""
    _end(session, act, _holding(session, orders, ""))


def some_end(session: Session, at: datetime) -> bool:
    """Tell whether a hold's time has come, so that nobody asks for a call that does nothing."""
    return bool(session.scalar(select(exists().where(Hold.released_at.is_(None), Hold.until <= at))))


@verb("order.cancel.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def cancel(session: Session, act: Act, *, order: UUID, reason: str) -> None:
    """Cancel an order that has not been picked.

    What nobody has leased is free at once; what a picker walks for stays reserved until the picker's
    station has said so (`pick.yield`). Raises StateError once a part of it is picked.
    """
    row = session.get_one(Order, order, with_for_update={"key_share": True})
    if row.cancelled_at is not None:
        raise StateError("order.cancelled", f"Order {row.number} is cancelled already.")
    parts = session.scalars(
        select(Fulfillment).where(Fulfillment.order_id == order).order_by(Fulfillment.id).with_for_update()
    ).all()
    for part in parts:
        if part.status in _TOO_LATE:
            raise StateError(
                "order.too_late",
                f"Order {row.number} is {part.status.value} and cannot be cancelled any more.",
            )
    row.cancelled_at = act.at
    for part in parts:
        part.status, part.changed_at = Status.CANCELLED, act.at
    unleased = [part.id for part in parts if leased(session, part.id) is None]
    freed = free_tasks(session, lock_reserving(session, unleased), lines.CANCELLED)
    wanted = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order, OrderLine.open > 0).order_by(OrderLine.id)
    )
    for line in wanted:
        lines.shift(session, line.id, line.open, lines.OPEN, lines.CANCELLED)
    timeline.tell(session, act, "cancelled", order, None, reason=reason)
    alerts.settle(session, act, freed)
    board.settle(session, act, [order])


def _refuse_past(act: Act, wish: _Wish) -> None:
    if wish.until is not None and wish.until <= act.at:
        raise InputError("hold.past", f"A hold cannot end at {wish.until:%Y-%m-%d %H:%M} UTC; that is over.")


def _hold(session: Session, act: Act, desk: Desk, orders: Sequence[Order], wish: _Wish) -> list[UUID]:
    """Set a hold on each order; with it goes what is reserved and not begun, if the wish says so."""
    made = [
        Hold(
            id=act.id("hold", order.id, wish.kind),
            order_id=order.id,
            kind=wish.kind,
            text=wish.text,
            set_at=act.at,
            set_by=act.worker,
            until=wish.until,
            frees_stock=wish.frees_stock,
        )
        for order in orders
    ]
    session.add_all(made)
    unbegun = [part for order in orders for part in desk.parts(order.id, *UNBEGUN)]
    freed = free_parts(session, act, unbegun if wish.frees_stock else [], lines.OPEN)
    for order in orders:
        facts = {"until": wish.until} if wish.until else {}
        more = {"freed": freed.units[order.id]} if freed.units[order.id] else {}
        timeline.tell(session, act, "held", order.id, None, reason=wish.kind, **facts, **more)
    alerts.settle(session, act, freed.places)
    board.settle(session, act, [order.id for order in orders])
    return [each.id for each in made]


def _holding(
    session: Session, orders: Sequence[UUID], kind: str, until: datetime | None = None
) -> dict[UUID, list[Hold]]:
    """Lock and read the open holds of orders: all, those of a kind, or those that end by a time."""
    narrower = [Hold.kind == kind] if kind else []
    if until is not None:
        narrower.append(Hold.until <= until)
    found: dict[UUID, list[Hold]] = {}
    for chunk in chunks(orders):
        rows = session.scalars(
            select(Hold)
            .where(Hold.order_id.in_(chunk), Hold.released_at.is_(None), *narrower)
            .order_by(Hold.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        for row in rows:
            found.setdefault(row.order_id, []).append(row)
    return found


def _end(session: Session, act: Act, held: Mapping[UUID, Sequence[Hold]], **why: str) -> None:
    for order in sorted(held):
        for row in held[order]:
            row.released_at, row.released_by = act.at, act.worker
        kinds = ", ".join(sorted({row.kind for row in held[order]}))
        timeline.tell(session, act, "released", order, None, reason=kinds, **why)
    session.flush()
