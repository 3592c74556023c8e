"""Take units off an order line: those that wait first, then reserved ones, then those in a tote.

What somebody has in hand just now is not taken away: the wish is refused and says who has it.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.errors import StateError
from oms_desktop.models import (
    Fulfillment,
    OrderLine,
    PickTask,
    Status,
)
from oms_desktop.workflow import alerts, lines
from oms_desktop.workflow.desk import UNBEGUN, Desk
from oms_desktop.workflow.freeing import give_back
from oms_desktop.workflow.leases import free_empty_totes
from oms_desktop.workflow.tote_goods import Lying, ask_back, lying


def take_off(
    session: Session, act: Act, desk: Desk, line: OrderLine, units: int, *, picked: bool
) -> list[alerts.Place]:
    """Count units of a line as cancelled; with `picked` also those that wait in a tote, to be put back.

    The caller has locked the order and its parts and read the line after that. Returns the places where
    something is free now. Raises StateError when not so many can be taken off.
    """
    open_units = min(units, line.open)
    reserving = _tasks(session, line, desk.parts(line.order_id, *UNBEGUN))
    reserved = min(units - open_units, sum(task.quantity - task.picked for task in reserving))
    put_down = _put_down(desk, line.order_id) if picked else []
    there = [
        goods for part in reversed(put_down) for goods in lying(session, part.id) if goods.line == line.id
    ]
    back = min(units - open_units - reserved, sum(goods.units for goods in there))
    if open_units + reserved + back < units:
        raise _in_hand(desk, line, open_units + reserved + back, picked=picked)
    lines.shift(session, line.id, open_units, lines.OPEN, lines.CANCELLED)
    freed = _shrink(session, reserving, reserved)
    if back:
        _ask_back(session, act, _tasks(session, line, put_down), there, back)
    session.flush()
    end_empty(session, act, desk, line.order_id)
    return freed


def read_lines(session: Session, order: UUID) -> list[OrderLine]:
    """Read the lines of an order as they are now, in their order."""
    found = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order)
        .order_by(OrderLine.position)
        .execution_options(populate_existing=True)
    )
    return list(found)


def end_empty(session: Session, act: Act, desk: Desk, order: UUID) -> None:
    """Cancel the parts of an order, begun by nobody or lying in totes, for which nothing is left."""
    for part in [*desk.parts(order, *UNBEGUN), *_put_down(desk, order)]:
        left = session.scalar(
            select(func.coalesce(func.sum(PickTask.quantity), 0)).where(PickTask.fulfillment_id == part.id)
        )
        if left == 0:
            part.status, part.changed_at = Status.CANCELLED, act.at
            session.flush()
            free_empty_totes(session, act, part.id)


def _put_down(desk: Desk, order: UUID) -> list[Fulfillment]:
    """Parts that are picked and wait for a bench in their totes."""
    return [part for part in desk.parts(order, Status.PICKED) if desk.holder(part.id) is None]


def _tasks(session: Session, line: OrderLine, parts: Iterable[Fulfillment]) -> Sequence[PickTask]:
    """Lock and read the tasks of a line in some parts, the newest part first."""
    numbers = {part.id: part.number for part in parts}
    found = session.scalars(
        select(PickTask)
        .where(PickTask.order_line_id == line.id, PickTask.fulfillment_id.in_(numbers))
        .order_by(PickTask.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return sorted(found, key=lambda task: (-numbers[task.fulfillment_id], task.id))


def _shrink(session: Session, tasks: Sequence[PickTask], units: int) -> list[alerts.Place]:
    taken = []
    for task in tasks:
        part = min(units, task.quantity - task.picked)
        if part:
            taken.append((task, part))
            task.quantity -= part
            units -= part
    return give_back(session, taken, lines.CANCELLED)


def _ask_back(
    session: Session, act: Act, tasks: Sequence[PickTask], there: Sequence[Lying], units: int
) -> None:
    """Ask for picked units to be put back from where they lie; their tasks count them no more."""
    for goods in there:
        back = min(units, goods.units)
        if back:
            ask_back(session, act, goods, back, "taken off the order")
            of_part = [task for task in tasks if task.fulfillment_id == goods.fulfillment]
            # A put-back does not name its lot, so the goods may have been counted for another lot.
            _count_less(sorted(of_part, key=lambda task: task.lot != goods.lot), back)
            units -= back


def _count_less(tasks: Sequence[PickTask], units: int) -> None:
    for task in tasks:
        back = min(units, task.picked)
        task.picked, task.quantity = task.picked - back, task.quantity - back
        units -= back


def _in_hand(desk: Desk, line: OrderLine, units: int, *, picked: bool) -> StateError:
    """Say who or what keeps the rest of a line from being taken off."""
    [order] = [order for order in desk.orders if order.id == line.order_id]
    of = f"Order {order.number}, line {line.position} ({line.sku}): {units} units can be taken off"
    for part in desk.parts(order.id, Status.STARTED, Status.PICKED):
        holder = desk.holder(part.id)
        if holder is not None:
            return StateError("order.in_hand", f"{of}, the others are {holder.words}.")
    if line.picked and not picked:
        return StateError("order.picked", f"{of}, the others are picked. Cancel them instead.")
    return StateError("order.packed", f"{of}; of the others nothing is here that is not packed.")
