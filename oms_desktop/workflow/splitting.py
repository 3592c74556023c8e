"""Ship units of an order apart: a further part of the same order, with its own tour and its own parcels.

What waits for stock needs no split: it becomes a part of its own as soon as stock is promised to it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Fulfillment, Order, OrderLine, PickTask, Role, Status
from oms_desktop.workflow import board, timeline
from oms_desktop.workflow.desk import UNBEGUN, Desk


@dataclass(frozen=True)
class Share:
    """Units of a line that are to ship apart from the others."""

    line: UUID
    units: int


@verb("order.split.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def split(session: Session, act: Act, *, order: UUID, shares: tuple[Share, ...]) -> tuple[UUID, ...]:
    """Make further parts, one for each warehouse, of units that are promised and that nobody has begun.

    Returns the new parts. Raises StateError when fewer units than that can be parted, nothing would stay,
    or the order ships complete.
    """
    desk = Desk(session, [order])
    row = desk.one
    desk.refuse_over(row)
    if row.ship_complete:
        raise StateError("order.ships_complete", f"Order {row.number} ships complete; it is not split.")
    wanted = _wanted(session, row, shares)
    sources = {part.id: part for part in desk.parts(order, *UNBEGUN)}
    tasks = lock_tasks(session, sources)
    moves = [move for line in sorted(wanted) for move in _choose(row, tasks, line, wanted[line])]
    _refuse_all(row, tasks, moves)
    number = 1 + max(part.number for part in desk.parts(order))
    made = _make_parts(session, act, row, sources, moves, number)
    board.settle(session, act, [order])
    return made


@dataclass(frozen=True)
class _Move:
    """Units of a task that go to a new part."""

    task: PickTask
    units: int


def _wanted(session: Session, order: Order, shares: tuple[Share, ...]) -> Counter[UUID]:
    known = set(session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id)))
    wanted: Counter[UUID] = Counter()
    for share in shares:
        if share.units < 1 or share.line not in known:
            raise InputError(
                "order.cut", f"Order {order.number}: a line of it and a number above zero are expected."
            )
        wanted[share.line] += share.units
    return wanted


def lock_tasks(session: Session, parts: Iterable[UUID]) -> Sequence[PickTask]:
    """Lock and read the tasks of unbegun parts that reserve something, by their ids."""
    return session.scalars(
        select(PickTask)
        .where(PickTask.fulfillment_id.in_(sorted(parts)), PickTask.quantity > PickTask.picked)
        .order_by(PickTask.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _choose(order: Order, tasks: Sequence[PickTask], line: UUID, units: int) -> list[_Move]:
    found = []
    left = units
    for task in tasks:
        part = min(left, task.quantity) if task.order_line_id == line else 0
        if part:
            found.append(_Move(task, part))
            left -= part
    if left:
        raise StateError(
            "order.not_promised",
            f"Order {order.number}: {units - left} of {units} units of the line are promised and not begun;"
            " only those can be parted.",
        )
    return found


def _refuse_all(order: Order, tasks: Sequence[PickTask], moves: Sequence[_Move]) -> None:
    if sum(task.quantity for task in tasks) == sum(move.units for move in moves):
        raise StateError(
            "order.nothing_stays",
            f"Nothing of order {order.number} would stay behind; that is no split.",
        )


def _make_parts(
    session: Session,
    act: Act,
    order: Order,
    sources: dict[UUID, Fulfillment],
    moves: Sequence[_Move],
    number: int,
) -> tuple[UUID, ...]:
    """Make a part for each warehouse and move the units there; a source that is empty then is cancelled."""
    made: dict[UUID, Fulfillment] = {}
    units: Counter[UUID] = Counter()
    for move in moves:
        of = sources[move.task.fulfillment_id]
        if of.warehouse_id not in made:
            made[of.warehouse_id] = new_part(session, act, order, of, number + len(made))
        hand_over(session, act, move.task, move.units, made[of.warehouse_id], move.task.order_line_id)
        units[of.warehouse_id] += move.units
    end_taskless(session, act, sources.values())
    for warehouse, part in made.items():
        tell_new(session, act, part, units[warehouse])
    timeline.tell(session, act, "split", order.id, None, units=sum(units.values()), parts=len(made))
    return tuple(part.id for part in made.values())


def new_part(session: Session, act: Act, order: Order, like: Fulfillment, number: int) -> Fulfillment:
    """Make a further part of an order like another that nobody has begun: where, for whom, how far."""
    part = Fulfillment(
        id=act.id("fulfillment", order.id, number),
        order_id=order.id,
        warehouse_id=like.warehouse_id,
        number=number,
        status=like.status,
        priority=order.priority,
        ship_by=order.ship_by,
        assigned_to=like.assigned_to,
        created_at=act.at,
        changed_at=act.at,
    )
    session.add(part)
    session.flush()
    return part


def tell_new(session: Session, act: Act, part: Fulfillment, units: int) -> None:
    """Tell of a part what was told of the one that it came from."""
    timeline.tell(session, act, "promised", part.order_id, part.id, allocated=units, open=0)
    if part.status is Status.RELEASED:
        timeline.tell(session, act, "sent", part.order_id, part.id)


def hand_over(session: Session, act: Act, task: PickTask, units: int, part: Fulfillment, line: UUID) -> None:
    """Let a part and a line have units that a task reserves; the reservation itself stays as it is."""
    task.quantity -= units
    session.add(
        PickTask(
            id=act.id("task", task.id),
            fulfillment_id=part.id,
            order_line_id=line,
            warehouse_id=task.warehouse_id,
            product_id=task.product_id,
            location_id=task.location_id,
            lot=task.lot,
            condition=task.condition,
            quantity=units,
            picked=0,
            created_at=act.at,
        )
    )


def end_taskless(session: Session, act: Act, parts: Iterable[Fulfillment]) -> None:
    """Cancel those of some unbegun parts for which nothing is reserved any more."""
    session.flush()
    for part in sorted(parts, key=lambda each: each.id):
        left = select(func.coalesce(func.sum(PickTask.quantity), 0)).where(PickTask.fulfillment_id == part.id)
        if session.scalar(left) == 0:
            part.status, part.changed_at = Status.CANCELLED, act.at
    session.flush()
