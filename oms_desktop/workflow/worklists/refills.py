"""What to bring from the reserve to places that have run low, the most urgent first.

1. Every open alert asks for what its threshold is filled to, less what is available there.
2. Good, free goods of the product in reserve places of the same warehouse that are not in doubt and not past
   their expiry: the first to expire first, then places that hold a whole pack, then the nearest.
3. Whole packs where at least one fits into what is asked for; the largest that fits counts.
4. First the places for whose product an order waits, by when the first of them is due; then those below their
   minimum; then along the walk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    Alert,
    AlertLevel,
    Condition,
    Count,
    Location,
    LocationKind,
    Lot,
    Order,
    OrderLine,
    Packaging,
    Product,
    Stock,
    Threshold,
)

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True)
class Source:
    """A reserve place to bring `quantity` units from, of one lot; `free` are there in all."""

    location: UUID
    code: str
    lot: str
    expires_on: date | None
    free: int
    quantity: int


@dataclass(frozen=True)
class Waiting:
    """Orders with open units of a product, and when the first of them has to leave, if one says so."""

    orders: int = 0
    due: datetime | None = None

    def words(self, time_zone: str, form: str = "%H:%M") -> str:
        """Say who waits, in the time of a warehouse, written in a form of `strftime`; "" when nobody does."""
        if not self.orders:
            return ""
        count = _NUMBERS[self.orders] if self.orders < len(_NUMBERS) else str(self.orders)
        who = f"{count} order waits" if self.orders == 1 else f"{count} orders wait"
        if self.due is None:
            return f"{who}."
        due = f"{self.due.astimezone(ZoneInfo(time_zone)):{form}}"
        return f"{who}, due {due}." if self.orders == 1 else f"{who}, the first one is due {due}."


@dataclass(frozen=True)
class Refill:
    """A place that has run low, and what to bring there; `sources` is () when the reserve has none."""

    location: UUID
    product: UUID
    code: str
    sku: str
    name: str
    level: AlertLevel
    available: int
    wanted: int
    sources: tuple[Source, ...]
    waiting: Waiting

    @property
    def quantity(self) -> int:
        """How many units the sources have for it."""
        return sum(source.quantity for source in self.sources)


@dataclass(frozen=True)
class _Reserve:
    """Free goods in a reserve place."""

    location: UUID
    code: str
    lot: str
    expires_on: date | None
    free: int
    x_mm: int | None
    y_mm: int | None
    sequence: int


def refills(session: Session, warehouse: UUID, today: date) -> tuple[Refill, ...]:
    """Return what to bring where, the most urgent first; nothing that has expired before `today` is brought.

    What two places want of one reserve is promised to the more urgent one.
    """
    low = session.execute(_low(warehouse)).all()
    products = sorted({row.product_id for row in low})
    waiting = _waiting(session, products)
    reserves = _reserves(session, warehouse, products, today)
    packs = _packs(session, products)
    left: dict[tuple[UUID, UUID, str], int] = {}
    urgent = sorted(low, key=lambda row: _urgency(row, waiting.get(row.product_id, Waiting())))
    return tuple(
        Refill(
            location=row.location_id,
            product=row.product_id,
            code=row.code,
            sku=row.sku,
            name=row.name,
            level=row.level,
            available=row.available,
            wanted=row.fill_to - row.available,
            sources=_sources(row, reserves.get(row.product_id, ()), packs.get(row.product_id, ()), left),
            waiting=waiting.get(row.product_id, Waiting()),
        )
        for row in urgent
    )


def _low(warehouse: UUID) -> Any:
    """Select the places with an open alert, their threshold and what is available there."""
    available = (
        select(func.coalesce(func.sum(Stock.on_hand - Stock.allocated), 0))
        .where(
            Stock.location_id == Threshold.location_id,
            Stock.product_id == Threshold.product_id,
            Stock.condition == Condition.GOOD,
        )
        .scalar_subquery()
    )
    return (
        select(
            Alert.location_id,
            Alert.product_id,
            Alert.level,
            Location.code,
            Location.x_mm,
            Location.y_mm,
            Location.sequence,
            Product.sku,
            Product.called.label("name"),
            Threshold.fill_to,
            available.label("available"),
        )
        .join(
            Threshold,
            and_(Threshold.location_id == Alert.location_id, Threshold.product_id == Alert.product_id),
        )
        .join(Location, Location.id == Alert.location_id)
        .join(Product, Product.id == Alert.product_id)
        .where(
            Alert.cleared_at.is_(None),
            Location.warehouse_id == warehouse,
            Location.kind == LocationKind.PICK_FACE,
        )
    )


def _waiting(session: Session, products: Sequence[UUID]) -> Mapping[UUID, Waiting]:
    """Read who waits for products."""
    rows = session.execute(
        select(OrderLine.product_id, func.count(Order.id.distinct()), func.min(Order.ship_by))
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.product_id.in_(products), OrderLine.open > 0)
        .group_by(OrderLine.product_id)
    )
    return {product: Waiting(orders, due) for product, orders, due in rows if product is not None}


def _reserves(
    session: Session, warehouse: UUID, products: Sequence[UUID], today: date
) -> Mapping[UUID, Sequence[_Reserve]]:
    """Read the free goods in the reserve, by product."""
    in_doubt = exists().where(
        Count.location_id == Stock.location_id,
        Count.product_id == Stock.product_id,
        Count.closed_at.is_(None),
    )
    rows = session.execute(
        select(
            Stock.product_id,
            Stock.location_id,
            Location.code,
            Stock.lot,
            Lot.expires_on,
            Stock.on_hand - Stock.allocated,
            Location.x_mm,
            Location.y_mm,
            Location.sequence,
        )
        .join(Location, Location.id == Stock.location_id)
        .outerjoin(Lot, and_(Lot.product_id == Stock.product_id, Lot.code == Stock.lot))
        .where(
            Stock.warehouse_id == warehouse,
            Stock.product_id.in_(products),
            Stock.condition == Condition.GOOD,
            Stock.on_hand > Stock.allocated,
            Location.kind == LocationKind.RESERVE,
            Location.retired_at.is_(None),
            or_(Lot.expires_on.is_(None), Lot.expires_on >= today),
            ~in_doubt,
        )
    )
    found: dict[UUID, list[_Reserve]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(_Reserve(*row[1:]))
    return found


def _packs(session: Session, products: Sequence[UUID]) -> Mapping[UUID, Sequence[int]]:
    """Read how many units the packs of products hold, the largest first."""
    rows = session.execute(
        select(Packaging.product_id, Packaging.factor)
        .where(Packaging.product_id.in_(products), Packaging.factor > 1)
        .order_by(Packaging.factor.desc())
    )
    found: dict[UUID, list[int]] = {}
    for product, factor in rows:
        found.setdefault(product, []).append(factor)
    return found


def _urgency(row: Any, waiting: Waiting) -> tuple[bool, bool, float, bool, int, str, str]:
    due = 0.0 if waiting.due is None else waiting.due.timestamp()
    below = row.level is AlertLevel.MINIMUM
    return waiting.orders == 0, waiting.due is None, due, not below, row.sequence, row.code, row.sku


def _sources(
    row: Any,
    reserves: Iterable[_Reserve],
    packs: Sequence[int],
    left: dict[tuple[UUID, UUID, str], int],
) -> tuple[Source, ...]:
    """Choose from which places to bring what is wanted; `left` is what earlier refills have left there."""
    wanted = row.fill_to - row.available
    pack = next((factor for factor in packs if factor <= wanted), 1)
    chosen = []
    for reserve in sorted(reserves, key=lambda each: _preference(row, each, pack)):
        key = (row.product_id, reserve.location, reserve.lot)
        free = left.get(key, reserve.free)
        units = min(free, wanted)
        units = units // pack * pack or units
        if units == 0:
            continue
        left[key] = free - units
        wanted -= units
        chosen.append(
            Source(reserve.location, reserve.code, reserve.lot, reserve.expires_on, reserve.free, units)
        )
        if wanted < pack:
            break
    return tuple(chosen)


def _preference(row: Any, reserve: _Reserve, pack: int) -> tuple[date, bool, int, str, str]:
    return (
        reserve.expires_on or date.max,
        reserve.free < pack,
        _distance(row, reserve),
        reserve.code,
        reserve.lot,
    )


def _distance(row: Any, reserve: _Reserve) -> int:
    """Measure how far a reserve place is, along the aisles in millimetres, or in steps of the walk."""
    x_mm, y_mm = row.x_mm, row.y_mm
    if None in (x_mm, y_mm) or reserve.x_mm is None or reserve.y_mm is None:
        return abs(int(row.sequence) - reserve.sequence)
    return abs(int(x_mm) - reserve.x_mm) + abs(int(y_mm) - reserve.y_mm)
