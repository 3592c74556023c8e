"""What `oms-desktop stock` says and does not change: what lies where, what to bring, what has run low."""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from oms_desktop.cli.order_answers import TIMES, time
from oms_desktop.cli.stock_named import house_of, pack_of, place_of
from oms_desktop.models import Alert, AlertLevel, Condition, Location, Lot, Product, Serial, Stock
from oms_desktop.station import Station
from oms_desktop.workflow.worklists.refills import Refill, refills

_LEVELS = {AlertLevel.REORDER: "is low", AlertLevel.MINIMUM: "is below its minimum"}


@dataclass(frozen=True)
class Told:
    """What a command has to say: a value for programs, lines for people."""

    value: object
    lines: tuple[str, ...]


def show(station: Station, typed: argparse.Namespace) -> Told:
    """Say what lies where, at one location or of one product if they are named; of a product also the sum."""
    with station.store.reading() as session:
        house = house_of(session, typed)
        location = place_of(session, house, typed.location).id if typed.location else None
        product = pack_of(session, typed.product).product if typed.product else None
        rows = _lying(session, house.id, location, product)
        serials = _serials(session, house.id, location, product) if typed.json or location or product else {}
    today = datetime.now(UTC).astimezone(ZoneInfo(house.time_zone)).date()
    lines = [_show_line(row, _of(row, serials), today) for row in rows]
    if typed.product and len(rows) > 1:
        on_hand, allocated = sum(row.on_hand for row in rows), sum(row.allocated for row in rows)
        lines.append(f"{rows[0].sku} in all: {on_hand} on hand, {allocated} allocated.")
    values = [_show_value(row, _of(row, serials)) for row in rows]
    return Told(values, tuple(lines) or ("Nothing lies there.",))


Lying = Row[UUID, UUID, str, str, str, Condition, int, int, date | None]
"""Ids of location and product, their code and SKU, a lot, its condition, units, and when the lot expires."""

Serials = Mapping[tuple[UUID, UUID, str], Sequence[str]]
"""The serials of each location, product and lot; the book does not know the condition of each."""


def _lying(session: Session, house: UUID, location: UUID | None, product: UUID | None) -> Sequence[Lying]:
    wanted = (
        select(
            Stock.location_id,
            Stock.product_id,
            Location.code,
            Product.sku,
            Stock.lot,
            Stock.condition,
            Stock.on_hand,
            Stock.allocated,
            Lot.expires_on,
        )
        .join(Location, Location.id == Stock.location_id)
        .join(Product, Product.id == Stock.product_id)
        .outerjoin(Lot, and_(Lot.product_id == Stock.product_id, Lot.code == Stock.lot))
        .where(Stock.warehouse_id == house, Stock.on_hand > 0)
        .order_by(Location.code, Product.sku, Stock.lot, Stock.condition)
    )
    if location:
        wanted = wanted.where(Stock.location_id == location)
    if product:
        wanted = wanted.where(Stock.product_id == product)
    return session.execute(wanted).all()


def _serials(session: Session, house: UUID, location: UUID | None, product: UUID | None) -> Serials:
    wanted = (
        select(Serial.location_id, Serial.product_id, Serial.lot, Serial.code)
        .join(Location, Location.id == Serial.location_id)
        .where(Location.warehouse_id == house)
        .order_by(Serial.code)
    )
    if location:
        wanted = wanted.where(Serial.location_id == location)
    if product:
        wanted = wanted.where(Serial.product_id == product)
    found: dict[tuple[UUID, UUID, str], list[str]] = defaultdict(list)
    for at, of, lot, code in session.execute(wanted):
        found[at, of, lot].append(code)
    return found


def _of(row: Lying, serials: Serials) -> Sequence[str]:
    return serials.get((row.location_id, row.product_id, row.lot), ())


def _show_value(row: Lying, serials: Sequence[str]) -> dict[str, object]:
    return {
        "location": row.code,
        "sku": row.sku,
        "lot": row.lot,
        "condition": row.condition.value,
        "on_hand": row.on_hand,
        "allocated": row.allocated,
        "expires": row.expires_on.isoformat() if row.expires_on else None,
        "serials": list(serials),
    }


def _show_line(row: Lying, serials: Sequence[str], today: date) -> str:
    lot = f"  lot {row.lot}" if row.lot else ""
    if row.expires_on:
        lot += f" ({'expired' if row.expires_on < today else 'expires'} {row.expires_on})"
    goods = f"{row.on_hand} on hand, {row.allocated} allocated"
    told = f"; serials {', '.join(serials)}" if serials else ""
    return f"{row.code}  {row.sku}{lot}  {row.condition.value}: {goods}{told}"


def refill(station: Station, typed: argparse.Namespace) -> Told:
    """Say what to bring from the reserve, the most urgent first."""
    with station.store.reading() as session:
        house = house_of(session, typed)
        today = datetime.now(UTC).astimezone(ZoneInfo(house.time_zone)).date()
        found = refills(session, house.id, today)
    value = [
        {
            "location": each.code,
            "sku": each.sku,
            "level": each.level.value,
            "available": each.available,
            "wanted": each.wanted,
            "sources": [
                {"location": source.code, "lot": source.lot, "quantity": source.quantity}
                for source in each.sources
            ],
            "orders_waiting": each.waiting.orders,
        }
        for each in found
    ]
    lines = tuple(_refill_line(each) for each in found)
    return Told(value, lines or ("Nothing is to be refilled.",))


def _refill_line(refill: Refill) -> str:
    sources = ", ".join(f"{source.quantity} from {source.code}" for source in refill.sources)
    brought = f"bring {sources}" if sources else "the reserve has none"
    return f"{refill.code}  {refill.sku}: {brought}. {refill.waiting.words('UTC', TIMES)}".rstrip()


def alerts(station: Station, typed: argparse.Namespace) -> Told:
    """Say which places have run low, and since when."""
    with station.store.reading() as session:
        house = house_of(session, typed)
        rows = session.execute(
            select(Location.code, Product.sku, Alert.level, Alert.raised_at)
            .join(Location, Location.id == Alert.location_id)
            .join(Product, Product.id == Alert.product_id)
            .where(Alert.cleared_at.is_(None), Location.warehouse_id == house.id)
            .order_by(Alert.raised_at, Location.code, Product.sku)
        ).all()
    value = [
        {"location": row.code, "sku": row.sku, "level": row.level.value, "since": row.raised_at.isoformat()}
        for row in rows
    ]
    lines = tuple(f"{row.code}  {row.sku}: {_LEVELS[row.level]} since {time(row.raised_at)}." for row in rows)
    return Told(value, lines or ("No place has run low.",))
