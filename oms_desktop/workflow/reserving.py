"""Write what the plan has given: fulfillments, tasks, stock, lines, and a line of each order's timeline.

The statements are the same for one order and for a hundred thousand lines.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db.sets import rows_of, sums_of
from oms_desktop.errors import ImpossibleError
from oms_desktop.models import Condition, Event, Fulfillment, OrderLine, PickTask, Status, Stock, table_of
from oms_desktop.planning.shelves import Over, Supply, Take
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
_RESERVE = sums_of(table_of(Stock), ("location_id", "product_id", "lot", "condition"), ("allocated",))
_PROMISE = sums_of(table_of(OrderLine), ("id",), ("open", "allocated"))


def write(session: Session, act: Act, demands: Sequence[Demand], allotments: Sequence[Allotment]) -> None:
    """Write all that was allotted; the rows of orders and stock are locked."""
    of = {demand.wish.order: demand for demand in demands}
    _PARTS.insert(session, [row for each in allotments for row in _parts(act, of[each.wish.order], each)])
    takes = [taken for each in allotments for share in each.shares for taken in share.takes]
    _TASKS.insert(session, [row for each in allotments for row in _tasks(act, each)])
    _reserve(session, takes)
    _promise(session, takes)
    told = [each for each in allotments if each.shares or not of[each.wish.order].told]
    _EVENTS.insert(session, [row for each in told for row in _events(act, each)])


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


def _reserve(session: Session, takes: Sequence[Take]) -> None:
    units: dict[int, int] = {}
    rows: dict[int, Supply] = {}
    for each in takes:
        key = id(each.supply)
        rows[key] = each.supply
        units[key] = units.get(key, 0) + each.units
    changed = _RESERVE.write(
        session,
        [(row.location, row.product, row.lot, Condition.GOOD, units[key]) for key, row in rows.items()],
    )
    if changed != len(units):
        raise ImpossibleError("stock.impossible", "Stock that was to be reserved is not there.")


def _promise(session: Session, takes: Sequence[Take]) -> None:
    units: dict[UUID, int] = {}
    for each in takes:
        units[each.line] = units.get(each.line, 0) + each.units
    changed = _PROMISE.write(session, [(line, -found, found) for line, found in units.items()])
    if changed != len(units):
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

    ``taken``: [place, lot, units, why]. Of several warehouses only the first tells of the choice: ``from``:
    [warehouse, units it had, why]; ``over``: [SKU, why, units, places]. Lists are cut after `TOLD`.
    """
    takes = share.takes if share else []
    facts: dict[str, Any] = {
        "allocated": sum(taken.units for taken in takes),
        "open": allotment.open,
        "taken": [
            [taken.supply.place, taken.supply.lot, taken.units, taken.why.value] for taken in takes[:TOLD]
        ],
    }
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
