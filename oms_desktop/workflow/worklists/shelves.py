"""What lies on the shelves of a warehouse, and what its thresholds and counts say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    SHELVES,
    Alert,
    Condition,
    Count,
    Location,
    Product,
    Stock,
    Threshold,
    Warehouse,
)
from oms_desktop.workflow.worklists import refills as planned

EMPTY, LOW, FINE = "empty", "low", "fine"

SHELF = Location.kind.in_(list(SHELVES))


@dataclass(frozen=True)
class Goods:
    """Goods of one product, lot and condition at one shelf; a place with a threshold and no goods has 0.

    `word` is "empty" or "low" while an alert is open there, "fine" under a threshold without one, else "".
    """

    location: UUID
    code: str
    product: UUID
    sku: str
    name: str
    lot: str
    condition: Condition
    on_hand: int
    allocated: int
    minimum: int = 0
    reorder_at: int = 0
    fill_to: int = 0
    word: str = ""
    to_count: bool = False
    lot_tracked: bool = False
    serial_tracked: bool = False

    @property
    def free(self) -> int:
        """Units that are reserved for nobody."""
        return self.on_hand - self.allocated


@dataclass(frozen=True)
class Wanted:
    """Which shelves are asked for: a filter ("all", "empty", "low", "count"), a place, a product."""

    warehouse: UUID
    filter: str = "all"
    place: UUID | None = None
    product: UUID | None = None

    @property
    def narrow(self) -> bool:
        """Whether it is more than all there is."""
        return self.filter != "all" or self.place is not None or self.product is not None


@dataclass(frozen=True)
class Refill:
    """A refill of a pick face from reserve: `quantity` units of `source_has` free ones.

    `waits` says who waits for the product, "" when nobody does.
    """

    product: UUID
    sku: str
    name: str
    source: UUID
    source_code: str
    lot: str
    target: UUID
    target_code: str
    quantity: int
    source_has: int
    word: str
    waits: str = ""


def goods(session: Session, wanted: Wanted, limit: int) -> tuple[Goods, ...]:
    """Return up to `limit` rows: empty places first, then low ones, then the others by their code."""
    statement = (
        select_rows(wanted)
        .order_by(URGENCY, Location.code, Product.sku, Stock.lot, Stock.condition)
        .limit(limit)
    )
    return tuple(goods_of(row) for row in session.execute(statement))


def lying(session: Session, location: UUID, product: UUID | None = None) -> tuple[Goods, ...]:
    """Return the goods at one shelf, of all products or of one."""
    warehouse = session.scalars(select(Location.warehouse_id).where(Location.id == location)).one()
    rows = goods(session, Wanted(warehouse, "all", location, product), 1_000)
    return tuple(row for row in rows if row.on_hand)


def refills(session: Session, warehouse: UUID, limit: int = 50) -> tuple[Refill, ...]:
    """Return what should be brought from reserve to places with an open alert, the most urgent first.

    One source a place: the first that `planned.refills` names for it. What the reserve lacks is left out.
    """
    today = session.scalars(select(func.current_date())).one()
    zone = session.scalars(select(Warehouse.time_zone).where(Warehouse.id == warehouse)).one()
    plans = [plan for plan in planned.refills(session, warehouse, today) if plan.sources]
    return tuple(_refill(plan, plan.sources[0], plan.waiting.words(zone)) for plan in plans[:limit])


def _refill(plan: planned.Refill, source: planned.Source, waits: str) -> Refill:
    return Refill(
        product=plan.product,
        sku=plan.sku,
        name=plan.name,
        source=source.location,
        source_code=source.code,
        lot=source.lot,
        target=plan.location,
        target_code=plan.code,
        quantity=source.quantity,
        source_has=source.free,
        word=EMPTY if plan.available <= 0 else LOW,
        waits=waits,
    )


def available_at(session: Session, location: UUID, product: UUID) -> int:
    """Return the good units of a product at a place that are reserved for nobody."""
    found = session.scalar(
        select(func.sum(Stock.on_hand - Stock.allocated)).where(
            Stock.location_id == location,
            Stock.product_id == product,
            Stock.condition == Condition.GOOD,
        )
    )
    return int(found or 0)


_GOOD = or_(Stock.condition.is_(None), Stock.condition == Condition.GOOD)
_FREE = (
    select(func.coalesce(func.sum(Stock.on_hand - Stock.allocated), 0))
    .where(
        Stock.location_id == Alert.location_id,
        Stock.product_id == Alert.product_id,
        Stock.condition == Condition.GOOD,
    )
    .correlate(Alert)
    .scalar_subquery()
)
URGENCY = case((and_(_GOOD, Alert.id.is_not(None)), case((_FREE <= 0, 0), else_=1)), else_=2)
_COUNTED = (
    select(literal(1))
    .where(
        Count.location_id == Location.id,
        Count.product_id == Product.id,
        Count.closed_at.is_(None),
    )
    .exists()
)


def select_rows(wanted: Wanted, places: Sequence[UUID] | None = None) -> Select[Any]:
    """Select places with goods or a threshold, with what is known about each; `places` are some of them."""
    pairs = _pairs(wanted, places)
    alert = and_(
        Alert.location_id == pairs.c.location_id,
        Alert.product_id == pairs.c.product_id,
        Alert.cleared_at.is_(None),
    )
    stock = and_(
        Stock.location_id == pairs.c.location_id, Stock.product_id == pairs.c.product_id, Stock.on_hand > 0
    )
    threshold = and_(Threshold.location_id == pairs.c.location_id, Threshold.product_id == pairs.c.product_id)
    statement = (
        select(Location, Product, Stock, Threshold, Alert.id.label("alert"), URGENCY.label("urgency"))
        .add_columns(_COUNTED.label("to_count"))
        .select_from(pairs)
        .join(Location, Location.id == pairs.c.location_id)
        .join(Product, Product.id == pairs.c.product_id)
        .outerjoin(Stock, stock)
        .outerjoin(Threshold, threshold)
        .outerjoin(Alert, alert)
    )
    match wanted.filter:
        case "empty":
            return statement.where(URGENCY == 0)
        case "low":
            return statement.where(URGENCY == 1)
        case "count":
            return statement.where(_COUNTED)
        case _:
            return statement


def _pairs(wanted: Wanted, places: Sequence[UUID] | None) -> Any:
    """Select which products are asked for at which shelves; each filter begins at the shortest list."""
    sources: tuple[Any, ...] = {"empty": (Alert,), "low": (Alert,), "count": (Count,)}.get(
        wanted.filter, (Stock, Threshold)
    )
    parts = []
    for table in sources:
        part = (
            select(table.location_id, table.product_id)
            .join(Location, Location.id == table.location_id)
            .where(Location.warehouse_id == wanted.warehouse, SHELF)
        )
        if table is Stock:
            part = part.where(Stock.on_hand > 0)
        elif table is Alert:
            part = part.where(Alert.cleared_at.is_(None))
        elif table is Count:
            part = part.where(Count.closed_at.is_(None))
        if places is not None:
            part = part.where(table.location_id.in_(places))
        if wanted.place is not None:
            part = part.where(table.location_id == wanted.place)
        if wanted.product is not None:
            part = part.where(table.product_id == wanted.product)
        parts.append(part)
    return parts[0].union(*parts[1:]).subquery("pairs")


def goods_of(row: Any) -> Goods:
    """Turn a row of `select_rows` into goods."""
    location, product, stock, threshold = row[0], row[1], row[2], row[3]
    good = stock is None or stock.condition is Condition.GOOD
    asked = threshold is not None and good
    word = {0: EMPTY, 1: LOW}.get(row.urgency, FINE) if asked else ""
    return Goods(
        location=location.id,
        code=location.code,
        product=product.id,
        sku=product.sku,
        name=product.called,
        lot=stock.lot if stock else "",
        condition=stock.condition if stock else Condition.GOOD,
        on_hand=stock.on_hand if stock else 0,
        allocated=stock.allocated if stock else 0,
        minimum=threshold.minimum if asked else 0,
        reorder_at=threshold.reorder_at if asked else 0,
        fill_to=threshold.fill_to if asked else 0,
        word=word,
        to_count=bool(row.to_count),
        lot_tracked=product.lot_tracked,
        serial_tracked=product.serial_tracked,
    )
