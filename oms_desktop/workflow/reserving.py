"""Write what the plan has given: fulfillments, tasks, stock, lines, and a line of each order's timeline.

The statements are the same for one order and for a hundred thousand lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db.behind import one_behind
from oms_desktop.db.rows import Packed, Row, rows_of
from oms_desktop.db.sets import among
from oms_desktop.errors import ImpossibleError
from oms_desktop.models import Condition, Event, Fulfillment, OrderLine, PickTask, Status, Stock, table_of
from oms_desktop.planning.shelves import Over, Supply, Take
from oms_desktop.planning.sourcing import Allotment, Share, Wish
from oms_desktop.workflow.demand import Demand

TOGETHER = 1_000
"""How many orders are written together, while the next are planned."""

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


@dataclass
class Reserved:
    """What was written: the allotments, the ids of the new parts, the stock that they are taken from."""

    allotments: list[Allotment] = field(default_factory=list)
    parts: list[UUID] = field(default_factory=list)
    supplies: dict[int, Supply] = field(default_factory=dict)


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
_SERVE = (
    update(_LINE)
    .where(_LINE.c.id == _BY_LINE.c.order_line_id)
    .values(open=_LINE.c.open - _BY_LINE.c.units, allocated=_LINE.c.allocated + _BY_LINE.c.units)
)


def write(session: Session, act: Act, demands: Sequence[Demand], allotments: Iterable[Allotment]) -> Reserved:
    """Write all that was allotted; the rows of orders and stock are locked.

    Many orders are planned and put into rows while the database takes the rows of those before them.
    """
    of = {demand.wish.order: demand for demand in demands}
    done = Reserved()
    with one_behind() as behind:
        coming = iter(allotments)
        while together := list(islice(coming, TOGETHER)):
            made = _made(session, act, of, together)
            behind.run(partial(_promise, session, made), last=len(together) < TOGETHER)
            done.allotments += together
            done.parts += made.ids
            done.supplies |= made.supplies
    if done.parts:
        _reserve(session, done)
    return done


def part_of(act: Act, allotment: Allotment, share: Share) -> UUID:
    """Derive the id of the fulfillment that a share becomes."""
    return act.id("fulfillment", allotment.wish.order, share.source.id)


@dataclass
class _Made:
    """What is to be written of some orders: new parts, for so many lines, out of these rows of stock."""

    ids: list[UUID]
    lines: int
    supplies: dict[int, Supply]
    rows: list[Packed]


def _made(session: Session, act: Act, of: Mapping[UUID, Demand], allotments: Sequence[Allotment]) -> _Made:
    parts: list[Row] = []
    tasks: list[Row] = []
    events: list[Row] = []
    for each in allotments:
        demand = of[each.wish.order]
        for number, share in enumerate(each.shares, start=demand.parts + 1):
            part = part_of(act, each, share)
            parts.append(_part(act, each.wish, share, part, number))
            tasks += [_task(act, taken, part) for taken in share.takes]
            events.append(_event(act, each, share, part))
        if not (each.shares or demand.told):
            events.append(_event(act, each, None, None))
    takes = [taken for each in allotments for taken in each.takes()]
    return _Made(
        [row[0] for row in parts],
        len({id(taken.line) for taken in takes}),
        {id(taken.supply): taken.supply for taken in takes},
        [_PARTS.packed(session, parts), _TASKS.packed(session, tasks), _EVENTS.packed(session, events)],
    )


def _part(act: Act, wish: Wish, share: Share, part: UUID, number: int) -> Row:
    return (
        part,
        wish.order,
        share.source.id,
        number,
        Status.PROMISED,
        wish.priority,
        wish.ship_by,
        act.at,
        act.at,
    )


def _task(act: Act, taken: Take, part: UUID) -> Row:
    supply = taken.supply
    return (
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


def _event(act: Act, allotment: Allotment, share: Share | None, part: UUID | None) -> Row:
    """Tell of a fulfillment, or once that nothing was found; the first tells of the choice."""
    order = allotment.wish.order
    name = act.id("event", "promised", order, part)
    facts = facts_of(allotment, share)
    return (name, order, part, act.call, act.at, "promised", act.worker, act.station, facts)


def _promise(session: Session, made: _Made) -> None:
    """Write the rows of some orders; their lines count what their tasks ask for."""
    for rows in made.rows:
        rows.insert(session)
    if made.ids and session.connection().execute(_SERVE, {"parts": made.ids}).rowcount != made.lines:
        raise ImpossibleError("line.impossible", "An order line that was to be served is not there.")


def _reserve(session: Session, done: Reserved) -> None:
    """Let the stock count what the tasks of new parts ask for."""
    if session.connection().execute(_RESERVE, {"parts": done.parts}).rowcount != len(done.supplies):
        raise ImpossibleError("stock.impossible", "Stock that was to be reserved is not there.")


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
