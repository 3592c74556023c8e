"""What happens where on the floor: picks, fill and age by bay, and the last moves of goods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select
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
_Key = tuple[Any, ...]
_KEY = (Location.zone, Location.aisle, Location.bay, Location.x_mm, Location.y_mm)
_ON_MAP = and_(
    Location.kind.in_(list(SHELVES)),
    Location.retired_at.is_(None),
    Location.x_mm.is_not(None),
    Location.y_mm.is_not(None),
)
"""What tells bays apart, and which places have one."""

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
    alerts = _alerts(session, warehouse)
    picks, stock = _picks(session, warehouse, since), _stock(session, warehouse)
    places: dict[_Key, list[UUID]] = {}
    for row in session.execute(
        select(*_KEY, Location.id).where(Location.warehouse_id == warehouse, _ON_MAP).order_by(Location.code)
    ):
        places.setdefault(tuple(row)[:-1], []).append(row.id)
    return tuple(_bay(key, ids, picks, stock, alerts) for key, ids in places.items())


def _bay(
    key: _Key,
    ids: Sequence[UUID],
    picks: Mapping[_Key, int],
    stock: Mapping[_Key, tuple[int, datetime]],
    alerts: Mapping[UUID, str],
) -> Bay:
    zone, aisle, bay, x_mm, y_mm = key
    filled, oldest = stock.get(key, (0, None))
    # "empty" comes before "low" in the alphabet as it does in urgency.
    alert = min((alerts[each] for each in ids if each in alerts), default="")
    return Bay(zone, aisle, bay, x_mm, y_mm, tuple(ids), picks.get(key, 0), filled, oldest, alert)


def movements(session: Session, warehouse: UUID, limit: int) -> tuple[Movement, ...]:
    """Return the last moves that touched a shelf, the newest first."""
    source, target = aliased(Location), aliased(Location)
    # By the index alone: an opening stock has thousands of moves of one moment, which need no order here.
    last = (
        select(StockMove.id)
        .where(StockMove.warehouse_id == warehouse, StockMove.kind.not_in(_BEYOND))
        .order_by(StockMove.at.desc())
        .limit(limit)
    )
    rows = session.execute(
        select(StockMove, Product.sku, source, target)
        .join(Product, Product.id == StockMove.product_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.id.in_(session.scalars(last).all()))
        .order_by(StockMove.at.desc(), StockMove.id.desc())
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


def _picks(session: Session, warehouse: UUID, since: datetime) -> dict[_Key, int]:
    """Count the picks of each bay. What is read is fixed first: the index of time, not that of the places."""
    picked = (
        select(StockMove.source_id)
        .where(StockMove.warehouse_id == warehouse, StockMove.at >= since, StockMove.kind.in_(_PICKS))
        .cte("picked")
        .prefix_with("MATERIALIZED")
    )
    rows = session.execute(
        select(*_KEY, func.count())
        .select_from(picked)
        .join(Location, Location.id == picked.c.source_id)
        .where(_ON_MAP)
        .group_by(*_KEY)
    )
    return {tuple(row)[:-1]: row[-1] for row in rows}


def _stock(session: Session, warehouse: UUID) -> dict[_Key, tuple[int, datetime]]:
    """How many places of each bay have goods, and when the oldest of them came."""
    rows = session.execute(
        select(*_KEY, func.count(Stock.location_id.distinct()), func.min(Stock.since))
        .join(Location, Location.id == Stock.location_id)
        .where(Stock.warehouse_id == warehouse, Stock.on_hand > 0, _ON_MAP)
        .group_by(*_KEY)
    )
    return {tuple(row)[:-2]: (row[-2], row[-1]) for row in rows}


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
