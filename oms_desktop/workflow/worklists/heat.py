"""What happens where on the floor: picks, fill and age by bay, and the last moves of goods."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from oms_desktop.models import (
    SHELVES,
    Alert,
    Condition,
    Location,
    LocationKind,
    MoveKind,
    Product,
    Stock,
    StockMove,
    Threshold,
    Warehouse,
)

DAY_BEGINS = time(6, 0)
"""When a day at the shelves begins, in the time of the warehouse."""

_PICKS = (MoveKind.PICK,)
_BEYOND = (MoveKind.PACK, MoveKind.UNDO_PACK, MoveKind.SHIP)
"""Moves that touch no shelf."""


@dataclass(frozen=True)
class Bay:
    """One side of a bay, millimetres from the corner of the site.

    `picks` are moves, `filled` of `places` have goods; `oldest` is when the oldest of them came; `alert` is
    "empty", "low" or "" for the worst of its places.
    """

    zone: str
    aisle: str
    bay: str
    x_mm: int
    y_mm: int
    places: tuple[UUID, ...]
    picks: int
    filled: int
    oldest: datetime | None
    alert: str


@dataclass(frozen=True)
class Movement:
    """A move as the shelf sees it: signed units at `place`, and the other end or the paper in words."""

    id: UUID
    at: datetime
    kind: MoveKind
    units: int
    sku: str
    place: str
    other: str


def zone_of(session: Session, warehouse: UUID) -> ZoneInfo:
    """Return the time zone of a warehouse."""
    return ZoneInfo(session.scalars(select(Warehouse.time_zone).where(Warehouse.id == warehouse)).one())


def day_start(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the day at the shelves began that `now` belongs to, in UTC."""
    local = now.astimezone(zone)
    begun = datetime.combine(local.date(), DAY_BEGINS, zone)
    if begun > local:
        begun = datetime.combine(local.date() - timedelta(days=1), DAY_BEGINS, zone)
    return begun.astimezone(UTC)


def bays(session: Session, warehouse: UUID, since: datetime) -> tuple[Bay, ...]:
    """Return the bays of a warehouse whose coordinates are known, with what was picked there since a time."""
    picks, stock, alerts = (
        _picks(session, warehouse, since),
        _stock(session, warehouse),
        _alerts(session, warehouse),
    )
    places: dict[tuple[str, str, str, int, int], list[UUID]] = {}
    for row in session.execute(
        select(Location.id, Location.zone, Location.aisle, Location.bay, Location.x_mm, Location.y_mm)
        .where(
            Location.warehouse_id == warehouse,
            Location.kind.in_(list(SHELVES)),
            Location.retired_at.is_(None),
            Location.x_mm.is_not(None),
            Location.y_mm.is_not(None),
        )
        .order_by(Location.code)
    ):
        places.setdefault((row.zone, row.aisle, row.bay, row.x_mm, row.y_mm), []).append(row.id)
    return tuple(
        Bay(
            *key,
            places=tuple(ids),
            picks=sum(picks.get(each, 0) for each in ids),
            filled=sum(each in stock for each in ids),
            oldest=min((stock[each] for each in ids if each in stock), default=None),
            # "empty" comes before "low" in the alphabet as it does in urgency.
            alert=min((alerts[each] for each in ids if each in alerts), default=""),
        )
        for key, ids in places.items()
    )


def movements(session: Session, warehouse: UUID, limit: int) -> tuple[Movement, ...]:
    """Return the last moves that touched a shelf, the newest first."""
    source, target = aliased(Location), aliased(Location)
    rows = session.execute(
        select(StockMove, Product.sku, source, target)
        .join(Product, Product.id == StockMove.product_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.warehouse_id == warehouse, StockMove.kind.not_in(_BEYOND))
        .order_by(StockMove.at.desc(), StockMove.id.desc())
        .limit(limit)
    )
    return tuple(_movement(move, sku, came_from, went_to) for move, sku, came_from, went_to in rows)


def _movement(move: StockMove, sku: str, source: Location, target: Location) -> Movement:
    """Look at a move from the shelf it is about: where the goods went, or what they were taken from."""
    leaves = source.kind in SHELVES and (target.kind not in SHELVES or move.kind is MoveKind.MOVE)
    here, there = (source, target) if leaves else (target, source)
    other = move.reference or move.reason
    if not other and there.kind in SHELVES:
        other = f"to {there.code}" if leaves else there.code
    elif not other and there.kind is LocationKind.TOTE:
        other = f"tote {there.code}"
    units = -move.quantity if leaves else move.quantity
    return Movement(move.id, move.at, move.kind, units, sku, here.code, other)


def _picks(session: Session, warehouse: UUID, since: datetime) -> dict[UUID, int]:
    rows = session.execute(
        select(StockMove.source_id, func.count())
        .where(StockMove.warehouse_id == warehouse, StockMove.at >= since, StockMove.kind.in_(_PICKS))
        .group_by(StockMove.source_id)
    )
    return {row[0]: row[1] for row in rows}


def _stock(session: Session, warehouse: UUID) -> dict[UUID, datetime]:
    """When the oldest goods of each place came."""
    rows = session.execute(
        select(Stock.location_id, func.min(Stock.since))
        .where(Stock.warehouse_id == warehouse, Stock.on_hand > 0)
        .group_by(Stock.location_id)
    )
    return {row[0]: row[1] for row in rows}


def _alerts(session: Session, warehouse: UUID) -> dict[UUID, str]:
    """The worst alert of each place."""
    free = (
        select(func.coalesce(func.sum(Stock.on_hand - Stock.allocated), 0))
        .where(
            Stock.location_id == Alert.location_id,
            Stock.product_id == Alert.product_id,
            Stock.condition == Condition.GOOD,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Alert.location_id, free)
        .join(Location, Location.id == Alert.location_id)
        .join(
            Threshold,
            (Threshold.location_id == Alert.location_id) & (Threshold.product_id == Alert.product_id),
        )
        .where(Alert.cleared_at.is_(None), Location.warehouse_id == warehouse)
    )
    worst: dict[UUID, str] = {}
    for place, units in rows:
        word = "empty" if units <= 0 else "low"
        worst[place] = min(word, worst.get(place, word))
    return worst
