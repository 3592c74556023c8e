"""How orders stand just now, for whoever decides about them: holds, parts, and how far each line is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from oms_desktop.models import Fulfillment, Hold, Order, OrderLine, PickTask, Status, Warehouse, Worker
from oms_desktop.workflow.desk import UNBEGUN, Holder, chunks, holders_of

COUNTERS = ("open", "allocated", "picked", "packed", "shipped", "cancelled")
"""The counters of a line whose sum is what was ordered."""


@dataclass(frozen=True)
class OpenHold:
    """A hold that has not ended, who has set it, and whether it gave back what was promised."""

    id: UUID
    kind: str
    text: str
    until: datetime | None
    frees_stock: bool
    set_at: datetime
    who: str


@dataclass(frozen=True)
class Part:
    """What one warehouse ships together; `units` are promised to it and in nobody's hands yet."""

    number: int
    status: Status
    warehouse: str
    units: int
    assigned: str
    ship_by: datetime | None
    holder: Holder | None

    @property
    def unbegun(self) -> bool:
        """Whether nobody has begun on it."""
        return self.status in UNBEGUN


@dataclass(frozen=True)
class Line:
    """A line with its counters by name; `kit` is the position of the line it is a part of."""

    position: int
    sku: str
    name: str
    known: bool
    not_picked: str
    kit: int | None
    counted: Mapping[str, int]

    @property
    def unknown(self) -> bool:
        """Whether it has open units and nobody knows their product."""
        return not self.known and self.counted["open"] > 0

    @property
    def ordered(self) -> int:
        """Units that were ordered, those cancelled since among them."""
        return sum(self.counted.values())

    @property
    def wanted(self) -> int:
        """Units that are wanted still or have gone."""
        return self.ordered - self.counted["cancelled"]


@dataclass(frozen=True)
class Standing:
    """An order as it stands; its holds by the time they were set, parts by number, lines by position."""

    order: Order
    merged_into: str
    holds: tuple[OpenHold, ...]
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]

    @property
    def number(self) -> str:
        """The number by which its channel knows it."""
        return self.order.number

    @property
    def units(self) -> Mapping[str, int]:
        """The units of all its lines, by counter."""
        return {name: sum(line.counted[name] for line in self.lines) for name in COUNTERS}

    @property
    def unknown(self) -> int:
        """Open units of which nobody knows the product."""
        return sum(line.counted["open"] for line in self.lines if line.unknown)

    @property
    def unbegun(self) -> int:
        """Units that are promised and that nobody has begun to pick."""
        return sum(part.units for part in self.parts if part.unbegun)


def standings(session: Session, orders: Iterable[UUID]) -> dict[UUID, Standing]:
    """Read how orders stand, in a few statements however many they are."""
    found: dict[UUID, Standing] = {}
    for chunk in chunks(list(dict.fromkeys(orders))):
        holds, parts, lines = _holds(session, chunk), _parts(session, chunk), _lines(session, chunk)
        rows = session.scalars(select(Order).where(Order.id.in_(chunk)))
        into = _merged(session, chunk)
        for row in rows:
            found[row.id] = Standing(
                row, into.get(row.id, ""), tuple(holds[row.id]), tuple(parts[row.id]), tuple(lines[row.id])
            )
    return found


def _merged(session: Session, orders: Sequence[UUID]) -> dict[UUID, str]:
    into = aliased(Order)
    rows = select(Order.id, into.number).join(into, into.id == Order.merged_into_id)
    return dict(session.execute(rows.where(Order.id.in_(orders))).all())


def _holds(session: Session, orders: Sequence[UUID]) -> dict[UUID, list[OpenHold]]:
    rows = session.execute(
        select(Hold, Worker.name)
        .join(Worker, Worker.id == Hold.set_by)
        .where(Hold.order_id.in_(orders), Hold.released_at.is_(None))
        .order_by(Hold.set_at, Hold.kind, Hold.id)
    )
    found = defaultdict[UUID, list[OpenHold]](list)
    for hold, who in rows:
        told = OpenHold(hold.id, hold.kind, hold.text, hold.until, hold.frees_stock, hold.set_at, who)
        found[hold.order_id].append(told)
    return found


def _parts(session: Session, orders: Sequence[UUID]) -> dict[UUID, list[Part]]:
    left = func.coalesce(func.sum(PickTask.quantity - PickTask.picked), 0)
    of = Fulfillment.order_id.in_(orders)
    units = dict(
        session.execute(
            select(PickTask.fulfillment_id, left)
            .join(Fulfillment, Fulfillment.id == PickTask.fulfillment_id)
            .where(of)
            .group_by(PickTask.fulfillment_id)
        ).all()
    )
    rows = session.execute(
        select(Fulfillment, Warehouse.code, Worker.badge)
        .join(Warehouse, Warehouse.id == Fulfillment.warehouse_id)
        .outerjoin(Worker, Worker.id == Fulfillment.assigned_to)
        .where(of)
        .order_by(Fulfillment.number)
    )
    holders = holders_of(session, orders)
    found = defaultdict[UUID, list[Part]](list)
    for row, house, badge in rows:
        lying, holder = int(units.get(row.id, 0)), holders.get(row.id)
        part = Part(row.number, row.status, house, lying, badge or "", row.ship_by, holder)
        found[row.order_id].append(part)
    return found


def _lines(session: Session, orders: Sequence[UUID]) -> dict[UUID, list[Line]]:
    rows = session.scalars(
        select(OrderLine).where(OrderLine.order_id.in_(orders)).order_by(OrderLine.position)
    ).all()
    positions: dict[Any, int] = {row.id: row.position for row in rows}
    found = defaultdict[UUID, list[Line]](list)
    for row in rows:
        line = Line(
            row.position,
            row.sku,
            f"{row.title} {row.variant}".strip(),
            row.product_id is not None,
            row.not_picked,
            positions.get(row.parent_id),
            {name: getattr(row, name) for name in COUNTERS},
        )
        found[row.order_id].append(line)
    return found
