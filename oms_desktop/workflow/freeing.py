"""Give back what is reserved for work that nobody has begun."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.models import Fulfillment, PickTask, Status
from oms_desktop.workflow import alerts, ledger, lines
from oms_desktop.workflow.locks import lock_reserving

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
    tasks = lock_reserving(session, ended)
    units: Counter[UUID] = Counter()
    for task in tasks:
        units[ended[task.fulfillment_id].order_id] += task.quantity - task.picked
    places = free_tasks(session, tasks, counter)
    for part in ended.values():
        part.status, part.changed_at = Status.CANCELLED, act.at
    session.flush()
    return Freed(units, places)


def free_tasks(session: Session, tasks: Sequence[PickTask], counter: str) -> list[alerts.Place]:
    """Free what tasks still reserve: they end with what was picked, their lines count it under `counter`.

    The caller has locked them and their stock (`locks.lock_reserving`). Returns the places where something
    is free now, for `alerts.settle`.
    """
    places = give_back(session, [(task, task.quantity - task.picked) for task in tasks], counter)
    for task in tasks:
        task.quantity = task.picked
    return places


def give_back(session: Session, units: Sequence[tuple[PickTask, int]], counter: str) -> list[alerts.Place]:
    """Free units that tasks reserve, the stock and then the lines; tasks stay as they are.

    The caller has locked them and their stock. Returns the places where something is free now.
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
