"""Take goods from their places into a tote, and take that back.

Facts all of them: they book what hands have done, whatever has become of the order meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import ImpossibleError, StateError
from oms_desktop.models import (
    Condition,
    Fulfillment,
    Lease,
    LeaseEnd,
    MoveKind,
    PickList,
    PickTask,
    PutBack,
    Role,
    Status,
    table_of,
)
from oms_desktop.workflow import ledger, lines, timeline
from oms_desktop.workflow.leases import end_lease, free_totes, fulfillments_of, put_back_picked

_TASKS, _FULFILLMENTS = table_of(PickTask), table_of(Fulfillment)
_LEASES, _LISTS = table_of(Lease), table_of(PickList)

_LOCK = (
    select(
        _TASKS.c.fulfillment_id,
        _TASKS.c.order_line_id,
        _TASKS.c.warehouse_id,
        _TASKS.c.product_id,
        _TASKS.c.location_id,
        _TASKS.c.lot,
        _TASKS.c.condition,
        _TASKS.c.quantity,
        _TASKS.c.picked,
        _FULFILLMENTS.c.status,
        _FULFILLMENTS.c.order_id,
        _LEASES.c.ended_at.label("lease_ended_at"),
    )
    .join(_FULFILLMENTS, _FULFILLMENTS.c.id == _TASKS.c.fulfillment_id)
    .join(_LISTS, _LISTS.c.id == _TASKS.c.pick_list_id)
    .join(_LEASES, _LEASES.c.id == _LISTS.c.lease_id)
    .where(_TASKS.c.id == bindparam("task"))
    .with_for_update(of=[_FULFILLMENTS, _LEASES, _TASKS])
)
_COUNT = (
    update(_TASKS)
    .where(_TASKS.c.id == bindparam("task"))
    .values(
        picked=_TASKS.c.picked + bindparam("units"),
        done_at=case(
            (
                _TASKS.c.picked + bindparam("units") >= _TASKS.c.quantity,
                bindparam("at", type_=_TASKS.c.done_at.type),
            ),
            else_=None,
        ),
    )
)
_GIVE_UP = (
    update(_TASKS)
    .where(_TASKS.c.id == bindparam("task"))
    .values(quantity=_TASKS.c.quantity - bindparam("units"))
)


@dataclass(frozen=True)
class _Stop:
    """A task as it is under the lock, with the state of its fulfillment and lease."""

    fulfillment_id: UUID
    order_line_id: UUID
    warehouse_id: UUID
    product_id: UUID
    location_id: UUID
    lot: str
    condition: Condition
    quantity: int
    picked: int
    status: Status
    order_id: UUID
    lease_ended_at: datetime | None

    @property
    def wanted(self) -> bool:
        """Whether what is taken still counts for the task."""
        return self.status is Status.STARTED and self.lease_ended_at is None


@dataclass(frozen=True)
class Picked:
    """What a confirm did: units in the tote that count for the task, units still to take.

    `unwanted` units were moved but count for nothing; they are to be put back.
    """

    picked: int
    left: int
    unwanted: int


@verb("pick.confirm.1", role=Role.PICKER, kind=Kind.FACT)
def confirm(session: Session, act: Act, *, task: UUID, quantity: int, tote: UUID) -> Picked:
    """Book `quantity` units from the task's place into a tote.

    What the task does not want any more (its order is cancelled, its lease has ended, more than it
    asks for) moves all the same, and a put-back is opened for it.
    """
    stop = _lock(session, task)
    left = stop.quantity - stop.picked
    counted = min(quantity, left) if stop.wanted else 0
    # A cancelled order keeps its reservation until its lease ends: these goods are taken from it.
    given_up = 0 if stop.wanted or stop.lease_ended_at else min(quantity, left)
    _book_pick(session, act, stop, quantity, tote, own=counted + given_up)
    if counted:
        session.execute(_COUNT, {"task": task, "units": counted, "at": act.at})
        lines.shift(session, stop.order_line_id, counted, lines.ALLOCATED, lines.PICKED)
    if given_up:
        session.execute(_GIVE_UP, {"task": task, "units": given_up})
        lines.shift(session, stop.order_line_id, given_up, lines.ALLOCATED, lines.CANCELLED)
    if counted and counted == left:
        timeline.tell(
            session, act, "picked", stop.order_id, stop.fulfillment_id, task=task, quantity=stop.quantity
        )
    if quantity > counted:
        _open_put_back(session, act, stop, quantity - counted, tote)
    return Picked(stop.picked + counted, left - counted, quantity - counted)


@verb("pick.undo.1", role=Role.PICKER, kind=Kind.FACT)
def undo(session: Session, act: Act, *, task: UUID, quantity: int, tote: UUID) -> Picked:
    """Book `quantity` units of a task from its tote back to their place: the opposite of a confirm."""
    stop = _lock(session, task)
    if stop.wanted and quantity > stop.picked:
        raise ImpossibleError(
            "pick.nothing_to_undo", f"{stop.picked} were taken here; {quantity} cannot be put back."
        )
    goods = _goods(stop)
    move = ledger.Move(MoveKind.UNDO_PICK, goods, tote, stop.location_id, quantity, line=stop.order_line_id)
    ledger.book(session, act, move)
    if not stop.wanted:
        _shrink_put_backs(session, act, stop, quantity, tote)
        return Picked(stop.picked, stop.quantity - stop.picked, 0)
    session.execute(_COUNT, {"task": task, "units": -quantity, "at": act.at})
    lines.shift(session, stop.order_line_id, quantity, lines.PICKED, lines.ALLOCATED)
    ledger.reserve(session, goods, stop.location_id, quantity)
    return Picked(stop.picked - quantity, stop.quantity - stop.picked + quantity, 0)


@verb("pick.done.1", role=Role.PICKER, kind=Kind.FACT)
def done(session: Session, act: Act, *, pick_list: UUID) -> tuple[UUID, ...]:
    """End a tour: its fulfillments are picked, what was not taken is open again, the lease ends.

    A fulfillment of which nothing was taken is cancelled, its lines wait for a new one. Returns the
    fulfillments.
    """
    tour = session.get_one(PickList, pick_list)
    fulfillments = fulfillments_of(session, tour.lease_id)
    for fulfillment in fulfillments:
        if fulfillment.status is not Status.STARTED:
            put_back_picked(session, act, fulfillment)
            continue
        _release_rest(session, fulfillment, lines.OPEN)
        taken = _in_totes(session, fulfillment)
        fulfillment.status = Status.PICKED if taken else Status.CANCELLED
        fulfillment.changed_at = act.at
        if not taken:
            free_totes(session, act, fulfillment.id)
        timeline.tell(session, act, "tour done", fulfillment.order_id, fulfillment.id, tour=tour.number)
    tour.done_at = act.at
    end_lease(session, act, tour.lease_id, LeaseEnd.DONE)
    return tuple(fulfillment.id for fulfillment in fulfillments)


@verb("pick.yield.1", role=Role.PICKER, kind=Kind.FACT)
def yield_work(session: Session, act: Act, *, pick_list: UUID) -> None:
    """Give up a tour whose order is no longer wanted: its stock is free again, its goods are put back."""
    tour = session.get_one(PickList, pick_list)
    for fulfillment in fulfillments_of(session, tour.lease_id):
        if fulfillment.status is not Status.CANCELLED:
            raise StateError(
                "pick.still_wanted", "This tour is still wanted. Finish it, or ask a supervisor."
            )
        _release_rest(session, fulfillment, lines.CANCELLED)
        put_back_picked(session, act, fulfillment)
        fulfillment.changed_at = act.at
        timeline.tell(session, act, "given up", fulfillment.order_id, fulfillment.id, tour=tour.number)
    tour.done_at = act.at
    end_lease(session, act, tour.lease_id, LeaseEnd.YIELDED)


def _lock(session: Session, task: UUID) -> _Stop:
    stop = session.connection().execute(_LOCK, {"task": task}).one_or_none()
    if stop is None:
        raise ImpossibleError(
            "pick.no_such_task", "This stop is on no tour; nothing can have been taken for it."
        )
    return _Stop(**stop._mapping)


def _goods(stop: _Stop) -> ledger.Goods:
    return ledger.Goods(stop.warehouse_id, stop.product_id, stop.lot, stop.condition)


def _book_pick(session: Session, act: Act, stop: _Stop, quantity: int, tote: UUID, own: int) -> None:
    move = ledger.Move(
        MoveKind.PICK, _goods(stop), stop.location_id, tote, quantity, line=stop.order_line_id, own=own
    )
    ledger.book(session, act, move)


def _in_totes(session: Session, fulfillment: Fulfillment) -> int:
    taken = select(func.coalesce(func.sum(PickTask.picked), 0))
    return session.scalars(taken.where(PickTask.fulfillment_id == fulfillment.id)).one()


def _release_rest(session: Session, fulfillment: Fulfillment, counter: str) -> None:
    """Free what is still reserved for a fulfillment; its lines count it under `counter`."""
    tasks = session.scalars(
        select(PickTask)
        .where(PickTask.fulfillment_id == fulfillment.id, PickTask.quantity > PickTask.picked)
        .order_by(PickTask.id)
        .with_for_update()
    )
    for task in tasks:
        units = task.quantity - task.picked
        goods = ledger.Goods(task.warehouse_id, task.product_id, task.lot, task.condition)
        ledger.reserve(session, goods, task.location_id, -units)
        lines.shift(session, task.order_line_id, units, lines.ALLOCATED, counter)
        task.quantity = task.picked


def _open_put_back(session: Session, act: Act, stop: _Stop, units: int, tote: UUID) -> None:
    session.add(
        PutBack(
            id=act.id("put back", tote, stop.product_id),
            location_id=tote,
            product_id=stop.product_id,
            order_line_id=stop.order_line_id,
            quantity=units,
            reason="not wanted any more",
            opened_at=act.at,
        )
    )


def _shrink_put_backs(session: Session, act: Act, stop: _Stop, units: int, tote: UUID) -> None:
    """Take units that went back to their place off the put-backs that asked for it."""
    asked = session.scalars(
        select(PutBack)
        .where(
            PutBack.location_id == tote,
            PutBack.order_line_id == stop.order_line_id,
            PutBack.closed_at.is_(None),
        )
        .order_by(PutBack.id)
        .with_for_update()
    )
    for task in asked:
        if units >= task.quantity:
            task.closed_at = act.at
            units -= task.quantity
        else:
            task.quantity -= units
            return
