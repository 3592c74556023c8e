"""What lies on the shelves: locked in the order of its key, then read again and shelved for the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.models import (
    SHELVES,
    Condition,
    Count,
    Location,
    LocationKind,
    Lot,
    Packaging,
    Product,
    Stock,
    Warehouse,
    table_of,
)
from oms_desktop.planning.shelves import Goods, Supply, shelve
from oms_desktop.planning.sourcing import Shelves, Source

_STOCK, _PLACES = table_of(Stock), table_of(Location)

_HERE = (
    among(_STOCK.c.product_id, "products"),
    among(_STOCK.c.warehouse_id, "warehouses"),
    _STOCK.c.on_hand > 0,
)
# Counted by the server: what is locked need not travel.
_LOCK = select(func.count()).select_from(
    select(_STOCK.c.location_id)
    .join(_PLACES, _PLACES.c.id == _STOCK.c.location_id)
    .where(*_HERE, _PLACES.c.kind.in_(SHELVES))
    .order_by(_STOCK.c.location_id, _STOCK.c.product_id, _STOCK.c.lot, _STOCK.c.condition)
    .with_for_update(of=_STOCK)
    .subquery()
)
# The columns are the fields of a `Supply`.
_ROWS = (
    select(
        _STOCK.c.warehouse_id,
        _STOCK.c.product_id,
        _STOCK.c.location_id,
        _PLACES.c.code,
        _STOCK.c.lot,
        _STOCK.c.since,
        (_STOCK.c.on_hand - _STOCK.c.allocated).label("free"),
        _STOCK.c.allocated,
        (_STOCK.c.condition == Condition.GOOD).label("good"),
        (_PLACES.c.kind == LocationKind.RESERVE).label("reserve"),
        _PLACES.c.sequence,
        Lot.expires_on,
        _PLACES.c.retired_at.is_not(None).label("retired"),
        exists()
        .where(
            Count.location_id == _STOCK.c.location_id,
            Count.product_id == _STOCK.c.product_id,
            Count.closed_at.is_(None),
        )
        .label("in_doubt"),
    )
    .join(_PLACES, _PLACES.c.id == _STOCK.c.location_id)
    .outerjoin(Lot, and_(Lot.product_id == _STOCK.c.product_id, Lot.code == _STOCK.c.lot))
    .where(*_HERE, _PLACES.c.kind.in_(SHELVES))
)
_GOODS = (
    select(Product.id, Product.sku, Product.min_life_days, Packaging.factor)
    .outerjoin(Packaging, and_(Packaging.product_id == Product.id, Packaging.factor > 1))
    .where(among(Product.id, "products"))
)
_WAREHOUSES = select(
    Warehouse.id, Warehouse.code, Warehouse.rank, Warehouse.country_code, Warehouse.time_zone
).order_by(Warehouse.rank, Warehouse.code)


@dataclass(frozen=True)
class Site:
    """A warehouse that may serve, and what day it is there."""

    source: Source
    zone: ZoneInfo
    today: date


def sites(session: Session, at: datetime, warehouse: UUID | None) -> list[Site]:
    """Read all warehouses, or only the one that is asked for."""
    found = session.connection().execute(_WAREHOUSES).all()
    return [
        Site(Source(row.id, row.code, row.rank, row.country_code), zone, at.astimezone(zone).date())
        for row in found
        if warehouse in (None, row.id)
        for zone in [ZoneInfo(row.time_zone)]
    ]


def lock_shelves(session: Session, places: Sequence[Site], products: Sequence[UUID]) -> Shelves:
    """Lock the stock of some products on shelves, then read it.

    Before the lines, as on the floor: whoever picks takes stock first and then its line. What lies in totes
    and parcels is not locked: who fills them has a shelf already, and would be waited for crosswise.
    """
    connection = session.connection()
    given = {"products": products, "warehouses": [each.source.id for each in places]}
    connection.execute(_LOCK, given)
    rows: dict[UUID, dict[UUID, list[Supply]]] = {each.source.id: {} for each in places}
    for row in connection.execute(_ROWS, given).all():
        supply = Supply(*row)
        rows[supply.warehouse].setdefault(supply.product, []).append(supply)
    goods = _goods(session, products)
    return {
        each.source.id: {
            product: shelve(goods[product], found, each.today, each.zone)
            for product, found in rows[each.source.id].items()
        }
        for each in places
    }


def _goods(session: Session, products: Iterable[UUID]) -> dict[UUID, Goods]:
    found: dict[UUID, Goods] = {}
    for product, sku, min_life, factor in session.connection().execute(_GOODS, {"products": products}):
        known = found.get(product, Goods(sku, min_life))
        found[product] = replace(known, packs=(*known.packs, factor)) if factor else known
    return found
