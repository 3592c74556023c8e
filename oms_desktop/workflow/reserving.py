"""Write what the plan has given: fulfillments, tasks, stock, lines, and a line of each order's timeline.

The statements are the same for one order and for a hundred thousand lines.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db.sets import among, rows_of
from oms_desktop.errors import ImpossibleError
from oms_desktop.models import Condition, Event, Fulfillment, OrderLine, PickTask, Status, Stock, table_of
from oms_desktop.planning.shelves import Over, Take
from oms_desktop.planning.sourcing import Allotment, Share
from oms_desktop.workflow.demand import Demand

TOLD = 12
"""How many takes of an order, and how many units that were passed over, its timeline names."""

_PARTS = rows_of(
    table_of(Fulfillment),
    "id",
    "order_id",
    "warehouse_id",
    "number",
    "status",
    "priority",
    "ship_by",
    "created_at",
    "changed_at",
)
_TASKS = rows_of(
    table_of(PickTask),
    "id",
    "fulfillment_id",
    "order_line_id",
    "warehouse_id",
    "product_id",
    "location_id",
    "lot",
    "condition",
    "quantity",
    "picked",
    "position",
    "created_at",
)
_EVENTS = rows_of(
    table_of(Event),
    "id",
    "order_id",
    "fulfillment_id",
    "call_id",
    "at",
    "kind",
    "worker_id",
    "station",
    "facts",
)
_KEY = ("location_id", "product_id", "lot", "condition")
_TASK, _STOCK, _LINE = table_of(PickTask), table_of(Stock), table_of(OrderLine)


def _asked(*keys: str) -> Subquery:
    """Select what the tasks of new fulfillments ask for, by these columns."""
    columns = [_TASK.c[name] for name in keys]
    units = func.sum(_TASK.c.quantity).label("units")
    new = among(_TASK.c.fulfillment_id, "parts")
    return select(*columns, units).where(new).group_by(*columns).subquery("asked")


_BY_STOCK, _BY_LINE = _asked(*_KEY), _asked("order_line_id")
# The tasks are there already: stock and lines follow them without another journey of their numbers.
_RESERVE = (
    update(_STOCK)
    .where(*(_STOCK.c[name] == _BY_STOCK.c[name] for name in _KEY))
    .values(allocated=_STOCK.c.allocated + _BY_STOCK.c.units)
)
_PROMISE = (
    update(_LINE)
    .where(_LINE.c.id == _BY_LINE.c.order_line_id)
    .values(open=_LINE.c.open - _BY_LINE.c.units, allocated=_LINE.c.allocated + _BY_LINE.c.units)
)


def write(session: Session, act: Act, demands: Sequence[Demand], allotments: Sequence[Allotment]) -> None:
    """Write all that was allotted; the rows of orders and stock are locked."""
    of = {demand.wish.order: demand for demand in demands}
    parts = [row for each in allotments for row in _parts(act, of[each.wish.order], each)]
    _PARTS.insert(session, parts)
    _TASKS.insert(session, (row for each in allotments for row in _tasks(act, each)))
    if parts:
        takes = [taken for each in allotments for share in each.shares for taken in share.takes]
        _follow(session, [row[0] for row in parts], takes)
    told = (each for each in allotments if each.shares or not of[each.wish.order].told)
    _EVENTS.insert(session, (row for each in told for row in _events(act, each)))


def part_of(act: Act, allotment: Allotment, share: Share) -> UUID:
    """Derive the id of the fulfillment that a share becomes."""
    return act.id("fulfillment", allotment.wish.order, share.source.id)


def _parts(act: Act, demand: Demand, allotment: Allotment) -> Iterator[tuple[Any, ...]]:
    wish = demand.wish
    for number, share in enumerate(allotment.shares, start=demand.parts + 1):
        yield (
            part_of(act, allotment, share),
            wish.order,
            share.source.id,
            number,
            Status.PROMISED,
            wish.priority,
            wish.ship_by,
            act.at,
            act.at,
        )


def _tasks(act: Act, allotment: Allotment) -> Iterator[tuple[Any, ...]]:
    for share in allotment.shares:
        part = part_of(act, allotment, share)
        for taken in share.takes:
            supply = taken.supply
            yield (
                act.id("task", taken.line, supply.location, supply.lot),
                part,
                taken.line,
                supply.warehouse,
                supply.product,
                supply.location,
                supply.lot,
                Condition.GOOD,
                taken.units,
                0,
                0,
                act.at,
            )


def _follow(session: Session, parts: Sequence[UUID], takes: Sequence[Take]) -> None:
    """Let stock and lines count what the tasks of new fulfillments ask for."""
    connection, given = session.connection(), {"parts": parts}
    reserved = connection.execute(_RESERVE, given).rowcount
    if reserved != len({id(each.supply) for each in takes}):
        raise ImpossibleError("stock.impossible", "Stock that was to be reserved is not there.")
    served = connection.execute(_PROMISE, given).rowcount
    if served != len({each.line for each in takes}):
        raise ImpossibleError("line.impossible", "An order line that was to be served is not there.")


def _events(act: Act, allotment: Allotment) -> Iterator[tuple[Any, ...]]:
    """Tell of each fulfillment, or once that nothing was found; the first tells of the choice."""
    order = allotment.wish.order
    for share in allotment.shares or (None,):
        part = None if share is None else part_of(act, allotment, share)
        facts = facts_of(allotment, share)
        name = act.id("event", "promised", order, part)
        yield (name, order, part, act.call, act.at, "promised", act.worker, act.station, facts)


def facts_of(allotment: Allotment, share: Share | None) -> dict[str, Any]:
    """Turn what one warehouse gives into the facts of its event: numbers, codes of places and lots, and why.

    ``taken``: [place, lot, units, why]; ``warehouse``: which one, where there are several. Of those only the
    first tells of the choice: ``from``: [warehouse, units it had, why]; ``over``: [SKU, why, units, places].
    Lists are cut after `TOLD`.
    """
    takes = share.takes if share else []
    facts: dict[str, Any] = {
        "allocated": sum(taken.units for taken in takes),
        "open": allotment.open,
        "taken": [
            [taken.supply.place, taken.supply.lot, taken.units, taken.why.value] for taken in takes[:TOLD]
        ],
    }
    if share and len(allotment.shares) > 1:
        facts["warehouse"] = share.source.code
    if share and share is not allotment.shares[0]:
        return facts
    facts["from"] = [[offer.code, offer.units, offer.asked.value] for offer in allotment.offers]
    if allotment.over:
        facts["over"] = [_told(each) for each in allotment.over[:TOLD]]
    if allotment.withheld:
        facts["withheld"] = allotment.withheld
    return facts


def _told(over: Over) -> list[Any]:
    return [over.sku, over.why.value, over.units, list(over.places)]
