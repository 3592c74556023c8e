"""Take goods from their places into a tote, and take that back.

Facts all of them: they book what hands have done, whatever has become of the order meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import ImpossibleError, StateError
from oms_desktop.models import (
    Count,
    Fulfillment,
    LeaseEnd,
    MoveKind,
    PickList,
    PickTask,
    PutBack,
    Role,
    Status,
    table_of,
)
from oms_desktop.workflow import alerts, board, ledger, lines, timeline
from oms_desktop.workflow.freeing import free_tasks
from oms_desktop.workflow.leases import (
    end_lease,
    free_empty_totes,
    fulfillments_of,
    take_tote,
)
from oms_desktop.workflow.locks import lock_reserving
from oms_desktop.workflow.stops import Stop, lock_stop
from oms_desktop.workflow.tote_goods import put_back_picked

_TASKS = table_of(PickTask)

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
    asks for) moves all the same, and a put-back is opened for it; so it is with goods that were put
    into the tote of another order. An empty tote becomes one of this order.
    """
    stop = lock_stop(session, task, tote)
    left = stop.quantity - stop.picked
    here = stop.in_its_tote or not stop.wanted or take_tote(session, act, stop.fulfillment_id, tote)
    counted = min(quantity, left) if stop.wanted and here else 0
    # A cancelled order keeps its reservation until its lease ends: these goods are taken from it.
    given_up = 0 if stop.wanted or stop.lease_ended_at else min(quantity, left)
    changed = set(_book_pick(session, act, stop, quantity, tote, own=counted + given_up).orders)
    if counted:
        session.connection().execute(_COUNT, {"task": task, "units": counted, "at": act.at})
        lines.shift(session, stop.order_line_id, counted, lines.ALLOCATED, lines.PICKED)
    if given_up:
        session.connection().execute(_GIVE_UP, {"task": task, "units": given_up})
        lines.shift(session, stop.order_line_id, given_up, lines.ALLOCATED, lines.CANCELLED)
        changed.add(stop.order_id)
    if counted and counted == left:
        timeline.tell(
            session, act, "picked", stop.order_id, stop.fulfillment_id, task=task, quantity=stop.quantity
        )
    if quantity > counted:
        _open_put_back(session, act, stop, quantity - counted, tote)
    if quantity > counted + given_up:
        # Only units that were reserved for this stop leave as many available as before.
        alerts.settle(session, act, [stop.place])
    if changed:
        board.settle(session, act, changed)
    return Picked(stop.picked + counted, left - counted, quantity - counted)


@verb("pick.undo.1", role=Role.PICKER, kind=Kind.FACT)
def undo(session: Session, act: Act, *, task: UUID, quantity: int, tote: UUID) -> Picked:
    """Book `quantity` units of a task from its tote back to their place: the opposite of a confirm."""
    stop = lock_stop(session, task)
    # What was to be put back anyway goes first; only the rest was counted.
    counted = quantity - _shrink_put_backs(session, act, stop, quantity, tote)
    _refuse_undo(stop, counted)
    goods = stop.goods
    move = ledger.Move(MoveKind.UNDO_PICK, goods, tote, stop.location_id, quantity, line=stop.order_line_id)
    ledger.book(session, act, move)
    if not stop.wanted:
        alerts.settle(session, act, [stop.place])
        lines.shift(session, stop.order_line_id, counted, lines.PICKED, lines.CANCELLED)
        if stop.status is Status.CANCELLED and stop.lease_ended_at is not None:
            free_empty_totes(session, act, stop.fulfillment_id)
        board.settle(session, act, [stop.order_id])
        return Picked(stop.picked, stop.quantity - stop.picked, 0)
    if counted:
        session.connection().execute(_COUNT, {"task": task, "units": -counted, "at": act.at})
        lines.shift(session, stop.order_line_id, counted, lines.PICKED, lines.ALLOCATED)
        ledger.reserve(session, goods, stop.location_id, counted)
    if counted < quantity:
        alerts.settle(session, act, [stop.place])
    return Picked(stop.picked - counted, stop.quantity - stop.picked + counted, 0)


@verb("pick.short.1", role=Role.PICKER, kind=Kind.FACT)
def short(session: Session, act: Act, *, task: UUID, counted: int, reason: str) -> int:
    """Book that a place has fewer than a task asks for: the rest is open again and the place is counted.

    `counted` is what was found there, the units taken included. Returns the units that are missing.
    """
    stop = lock_stop(session, task)
    missing = stop.quantity - stop.picked
    session.add(
        Count(
            id=act.id("count", stop.location_id, stop.product_id),
            location_id=stop.location_id,
            product_id=stop.product_id,
            reason=f"{reason}: {counted} of {stop.quantity} found",
            opened_at=act.at,
        )
    )
    if missing == 0 or stop.lease_ended_at is not None:
        return missing
    ledger.reserve(session, stop.goods, stop.location_id, -missing)
    cancelled = stop.status is Status.CANCELLED
    counter = lines.CANCELLED if cancelled else lines.OPEN
    lines.shift(session, stop.order_line_id, missing, lines.ALLOCATED, counter)
    session.connection().execute(_GIVE_UP, {"task": task, "units": missing})
    alerts.settle(session, act, [stop.place])
    timeline.tell(session, act, "short", stop.order_id, stop.fulfillment_id, missing=missing, counted=counted)
    board.settle(session, act, [stop.order_id])
    return missing


@verb("pick.done.1", role=Role.PICKER, kind=Kind.FACT)
def done(session: Session, act: Act, *, pick_list: UUID) -> tuple[UUID, ...]:
    """End a tour: its fulfillments are picked, what was not taken is open again, the lease ends.

    A fulfillment of which nothing was taken is cancelled, its lines wait for a new one; one that was
    cancelled meanwhile is given up. A tour that is over stays as it ended. Returns the fulfillments.
    """
    tour = session.get_one(PickList, pick_list, with_for_update=True)
    fulfillments = fulfillments_of(session, tour.lease_id)
    if tour.done_at is None:
        _end(session, act, tour, fulfillments, LeaseEnd.DONE)
    return tuple(fulfillment.id for fulfillment in fulfillments)


@verb("pick.yield.1", role=Role.PICKER, kind=Kind.FACT)
def yield_work(session: Session, act: Act, *, pick_list: UUID) -> None:
    """Give up a tour whose order is no longer wanted: its stock is free again, its goods are put back."""
    tour = session.get_one(PickList, pick_list, with_for_update=True)
    fulfillments = fulfillments_of(session, tour.lease_id)
    if any(fulfillment.status is not Status.CANCELLED for fulfillment in fulfillments):
        raise StateError("pick.still_wanted", "This tour is still wanted. Finish it, or ask a supervisor.")
    if tour.done_at is None:
        _end(session, act, tour, fulfillments, LeaseEnd.YIELDED)


def _end(
    session: Session, act: Act, tour: PickList, fulfillments: Collection[Fulfillment], how: LeaseEnd
) -> None:
    freed = []
    rest = lock_reserving(session, [fulfillment.id for fulfillment in fulfillments])
    for fulfillment in fulfillments:
        tasks = [task for task in rest if task.fulfillment_id == fulfillment.id]
        if fulfillment.status is Status.CANCELLED:
            freed += free_tasks(session, tasks, lines.CANCELLED)
            put_back_picked(session, act, fulfillment)
            told = "given up"
        else:
            freed += free_tasks(session, tasks, lines.OPEN)
            taken = _taken(session, fulfillment.id)
            fulfillment.status = Status.PICKED if taken else Status.CANCELLED
            told = "tour done" if taken else "nothing found"
        if fulfillment.status is Status.CANCELLED:
            free_empty_totes(session, act, fulfillment.id)
        fulfillment.changed_at = act.at
        timeline.tell(session, act, told, fulfillment.order_id, fulfillment.id, tour=tour.number)
    tour.done_at = act.at
    end_lease(session, act, tour.lease_id, how)
    alerts.settle(session, act, freed)
    board.settle(session, act, [fulfillment.order_id for fulfillment in fulfillments])


def _refuse_undo(stop: Stop, counted: int) -> None:
    if counted > stop.picked:
        raise ImpossibleError(
            "pick.nothing_to_undo", f"{stop.picked} were taken here; {counted} cannot be put back."
        )
    if counted and not stop.wanted and stop.status is not Status.CANCELLED:
        raise StateError("pick.undo_too_late", "This tour is over. Ask a supervisor to open the order again.")


def _book_pick(
    session: Session, act: Act, stop: Stop, quantity: int, tote: UUID, own: int
) -> ledger.Displaced:
    move = ledger.Move(
        MoveKind.PICK, stop.goods, stop.location_id, tote, quantity, line=stop.order_line_id, own=own
    )
    return ledger.book(session, act, move)


def _taken(session: Session, fulfillment: UUID) -> int:
    taken = select(func.coalesce(func.sum(PickTask.picked), 0))
    return session.scalars(taken.where(PickTask.fulfillment_id == fulfillment)).one()


def _open_put_back(session: Session, act: Act, stop: Stop, units: int, tote: UUID) -> None:
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


def _shrink_put_backs(session: Session, act: Act, stop: Stop, units: int, tote: UUID) -> int:
    """Take units that went back to their place off the put-backs that asked for it; returns how many."""
    left = units
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
        if left >= task.quantity:
            task.closed_at = act.at
            left -= task.quantity
        elif left:
            task.quantity -= left
            left = 0
    return units - left
