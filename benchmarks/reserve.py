"""Orders captured and promised one by one against a plain loop that only reserves.

500 orders of three lines over 500 products at 2,000 places, on a PostgreSQL of its own. Ours: an order is
captured and promised in one call, with its journal entry, its lines of the timeline and the queue's entry,
one commit an order. The loop: SQLAlchemy's unit of work; the oldest stock of each line is locked, reserved
and written as a pick task, one commit an order. In turns of ten orders, on databases of their own. Figures
are orders a second.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from time import perf_counter
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks import rows, server
from benchmarks.depot import NOON, Depot, bring_depot
from benchmarks.rows import told
from oms_desktop.db import Database
from oms_desktop.drafts import AddressDraft, CheckedOrder, CustomerDraft, LineDraft, OrderDraft
from oms_desktop.models import Condition, Fulfillment, OrderLine, PickTask, Status, Stock
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import taking_in

ORDERS, PRODUCTS, LOCATIONS = 500, 500, 2_000
LINES = 3
BLOCK = 10
"""Orders of one side before the turn of the other: few, so that both share what else the machine does."""
GOAL = 0.5


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when the goal does not hold."""
    wish = rows.arguments("Time capture and promise of single orders.").parse_args(arguments)
    orders = wish.limit or ORDERS
    told("Making two depots ...")
    with server.database() as base:
        depot = bring_depot(base, products=PRODUCTS, locations=LOCATIONS, orders=orders + BLOCK)
        like = server.address_of(base)
        with server.database(like) as mine, server.database(like) as other:
            seconds = _in_turns(orders, _Ours(mine, depot), _Loop(other, depot))
    ours, loop = (orders / each for each in seconds)
    found = rows.compared("orders a second", ours, loop, GOAL, ">=")
    return rows.finished("reserve", [found], as_json=wish.json)


def _in_turns(orders: int, *sides: Callable[[int], None]) -> list[float]:
    for side in sides:
        for number in range(BLOCK):
            side(number)
    spent = [0.0 for _side in sides]
    for first in range(BLOCK, BLOCK + orders, BLOCK):
        for index, side in enumerate(sides):
            begun = perf_counter()
            for number in range(first, min(first + BLOCK, BLOCK + orders)):
                side(number)
            spent[index] += perf_counter() - begun
    return spent


class _Ours:
    """Captures an order and promises stock to it."""

    def __init__(self, database: Database, depot: Depot) -> None:
        self._skus = depot.skus
        self._station = Station(database, "DESK-1", depot.person, clock=lambda: NOON)

    def __call__(self, number: int) -> None:
        draft = OrderDraft(
            channel="desk",
            number=f"D-{number}",
            lines=tuple(
                LineDraft(self._skus[(number * LINES + line) % len(self._skus)], 1 + line, Decimal(10))
                for line in range(LINES)
            ),
            total=Decimal(60),
            currency="EUR",
            payment="paid",
            customer=CustomerDraft(name="Ida Example", email="ida@example.test"),
            ship_to=AddressDraft("Ida Example", "", "Musterweg 1", "", "Musterstadt", "", "", "12345", "DE"),
        )
        incoming = Incoming("desk", "desk", "{}", CheckedOrder(draft, ()))
        self._station.call().bringing(incoming).do(taking_in.take_in, intakes=())


@dataclass(frozen=True)
class _Loop:
    """Reserves an order that is there already, as a plain program would."""

    database: Database
    depot: Depot

    def __call__(self, number: int) -> None:
        with self.database.transaction() as session:
            order = self.depot.orders[number]
            part = Fulfillment(
                id=uuid4(),
                order_id=order,
                warehouse_id=self.depot.warehouse,
                number=1,
                status=Status.PROMISED,
                created_at=NOON,
                changed_at=NOON,
            )
            session.add(part)
            wanted = select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
            for line in session.scalars(wanted.limit(LINES)).all():
                self._reserve(session, part, line)

    def _reserve(self, session: Session, part: Fulfillment, line: OrderLine) -> None:
        found = session.scalars(
            select(Stock)
            .where(Stock.product_id == line.product_id, Stock.on_hand > Stock.allocated)
            .order_by(Stock.since)
            .with_for_update()
        )
        for stock in found:
            units = min(line.open, stock.on_hand - stock.allocated)
            stock.allocated += units
            line.open -= units
            line.allocated += units
            session.add(
                PickTask(
                    id=uuid4(),
                    fulfillment_id=part.id,
                    order_line_id=line.id,
                    warehouse_id=stock.warehouse_id,
                    product_id=stock.product_id,
                    location_id=stock.location_id,
                    lot=stock.lot,
                    condition=Condition.GOOD,
                    quantity=units,
                    created_at=NOON,
                )
            )
            if line.open == 0:
                break


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
