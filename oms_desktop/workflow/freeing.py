"""Give back what is reserved for work that nobody has begun."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.models import Fulfillment, PickTask, Status
from oms_desktop.workflow import alerts, ledger, lines
from oms_desktop.workflow.desk import chunks

StockKey = tuple[UUID, UUID, str, str]


@dataclass(frozen=True)
class Freed:
    """What became free: units by order, and the places where they lie, for `alerts.settle`."""

    units: Counter[UUID]
    places: list[alerts.Place]


def free_parts(session: Session, act: Act, parts: Iterable[Fulfillment], counter: str) -> Freed:
    """Cancel parts that nobody has begun: what they reserved is free, their lines count it under `counter`.

    The caller has locked the parts.
    """
    ended = {part.id: part for part in parts}
    tasks = [task for chunk in chunks(sorted(ended)) for task in _reserving(session, chunk)]
    places = give_back(session, [(task, task.quantity - task.picked) for task in tasks], counter)
    units: Counter[UUID] = Counter()
    for task in tasks:
        units[ended[task.fulfillment_id].order_id] += task.quantity - task.picked
        task.quantity = task.picked
    for part in ended.values():
        part.status, part.changed_at = Status.CANCELLED, act.at
    session.flush()
    return Freed(units, places)


def give_back(session: Session, units: Sequence[tuple[PickTask, int]], counter: str) -> list[alerts.Place]:
    """Free units that tasks reserve: stock in the order of its key, then lines; tasks stay as they are.

    Returns the places where something is free now.
    """
    stock: Counter[StockKey] = Counter()
    wanted: Counter[UUID] = Counter()
    goods: dict[StockKey, ledger.Goods] = {}
    for task, number in units:
        key = (task.location_id, task.product_id, task.lot, task.condition.value)
        goods[key] = ledger.Goods(task.warehouse_id, task.product_id, task.lot, task.condition)
        stock[key] += number
        wanted[task.order_line_id] += number
    for key in sorted(stock):
        ledger.reserve(session, goods[key], key[0], -stock[key])
    for line in sorted(wanted):
        lines.shift(session, line, wanted[line], lines.ALLOCATED, counter)
    return [alerts.Place(key[0], key[1]) for key in sorted(stock)]


def _reserving(session: Session, parts: Sequence[UUID]) -> Sequence[PickTask]:
    """Lock and read the tasks of parts that still reserve something."""
    return session.scalars(
        select(PickTask)
        .where(PickTask.fulfillment_id.in_(parts), PickTask.quantity > PickTask.picked)
        .order_by(PickTask.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
