"""What goes first, who picks it, and when the floor gets it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Order, Role, Status, Worker, WorkerRole
from oms_desktop.workflow import board, timeline
from oms_desktop.workflow.desk import OVER, UNBEGUN, Desk, Verdict, held_of

PRIORITIES = ("normal", "high", "urgent")
"""The priorities by their numbers, in words."""


@verb("order.prioritize.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def prioritize(session: Session, act: Act, *, orders: tuple[UUID, ...], priority: int) -> tuple[Verdict, ...]:
    """Give orders and what is under way of them a priority, 0 to 2; returns what became of each.

    Raises InputError for another number.
    """
    if not 0 <= priority < len(PRIORITIES):
        raise InputError("order.priority", f"A priority is 0, 1 or 2; {priority} is none.")
    desk = Desk(session, orders)
    judged = desk.judge()
    for order in judged.kept:
        if order.priority == priority:
            continue
        order.priority = priority
        for part in desk.parts(order.id):
            if part.status not in OVER:
                part.priority, part.changed_at = priority, act.at
        timeline.tell(session, act, "prioritized", order.id, None, priority=priority)
    board.settle(session, act, [order.id for order in judged.kept])
    return judged.as_named(orders)


@verb("work.assign.1", role=Role.SUPERVISOR, kind=Kind.DECISION)
def assign(
    session: Session, act: Act, *, orders: tuple[UUID, ...], worker: UUID | None
) -> tuple[Verdict, ...]:
    """Say who is to pick orders, or with None that anybody may; returns what became of each.

    Raises InputError when that worker is no picker.
    """
    badge = _picker(session, worker)
    desk = Desk(session, orders)
    judged = desk.judge(lambda order: _why_not_assigned(desk, order, worker))
    for order in judged.kept:
        for part in desk.parts(order.id, *UNBEGUN):
            part.assigned_to, part.changed_at = worker, act.at
        timeline.tell(session, act, "assigned", order.id, None, badge=badge)
    board.settle(session, act, [order.id for order in judged.kept])
    return judged.as_named(orders)


@verb("work.send.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def send(session: Session, act: Act, *, orders: tuple[UUID, ...]) -> tuple[Verdict, ...]:
    """Give what is promised to the floor; returns what became of each order.

    Refused are orders on hold and those of which nothing is promised; what the floor has already is fine.
    """
    desk = Desk(session, orders)
    held = held_of(session, orders)
    judged = desk.judge(lambda order: _why_not_sent(desk, order, order.id in held))
    give_to_floor(session, act, desk, judged.kept)
    board.settle(session, act, [order.id for order in judged.kept])
    return judged.as_named(orders)


def give_to_floor(session: Session, act: Act, desk: Desk, orders: Sequence[Order]) -> None:
    """Let the floor have what is promised to orders; `board.settle` is left to the caller."""
    for order in orders:
        for part in desk.parts(order.id, Status.PROMISED):
            part.status, part.changed_at = Status.RELEASED, act.at
            timeline.tell(session, act, "sent", order.id, part.id)


def _picker(session: Session, worker: UUID | None) -> str:
    """Return the badge of a picker, '' for nobody; InputError for somebody else."""
    if worker is None:
        return ""
    badge = session.scalar(
        select(Worker.badge)
        .join(WorkerRole, WorkerRole.worker_id == Worker.id)
        .where(Worker.id == worker, Worker.retired_at.is_(None), WorkerRole.role == Role.PICKER)
    )
    if badge is None:
        raise InputError("work.no_picker", "Work is assigned to pickers only; this worker is none.")
    return badge


def _why_not_assigned(desk: Desk, order: Order, worker: UUID | None) -> StateError | None:
    holders = [desk.holder(part.id) for part in desk.parts(order.id, Status.STARTED)]
    for holder in holders:
        if holder is not None and holder.worker != worker:
            return StateError("order.being_picked", f"Order {order.number} is {holder.words}.")
    if not holders and not desk.parts(order.id, *UNBEGUN):
        return StateError("work.nothing", f"Nothing of order {order.number} waits for a picker.")
    return None


def why_unsent(desk: Desk, order: Order) -> StateError | None:
    """Say that nothing of an order can be given to the floor; None when something can, or is there."""
    if all(part.status in OVER for part in desk.parts(order.id)):
        return unpromised(order.number)
    return None


def unpromised(number: str) -> StateError:
    """Say that an order is not let go, because it would get nothing."""
    return StateError("work.unpromised", f"No stock is promised to order {number} yet; it stays as it was.")


def _why_not_sent(desk: Desk, order: Order, held: bool) -> StateError | None:
    if held:
        return StateError("order.on_hold", f"Order {order.number} is on hold. End the hold first.")
    return why_unsent(desk, order)
