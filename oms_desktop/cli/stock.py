"""`oms-desktop stock ...`: receive, move, adjust, count; show what lies where, what is low, what to bring."""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.app import opening
from oms_desktop.app.serving import serve_waiting
from oms_desktop.errors import InputError
from oms_desktop.models import Alert, Condition, Location, Packaging, Product, Stock, Warehouse
from oms_desktop.station import Station
from oms_desktop.workflow import counting, receiving, stock
from oms_desktop.workflow.counting import Found
from oms_desktop.workflow.receiving import Receipt
from oms_desktop.workflow.worklists.refills import Refill, refills

Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True)
class _Pack:
    """A product as it was typed: by SKU, or by a GTIN of a packaging that holds `factor` units."""

    product: UUID
    sku: str
    gtin: str
    factor: int


@dataclass(frozen=True)
class _Told:
    """What a command has to say: a value for programs, lines for people."""

    value: object
    lines: tuple[str, ...]


def add_actions(parser: argparse.ArgumentParser) -> None:
    """Add what `stock` can do to its parser."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    receive = _action(actions, "receive", "book goods that came from a supplier", "product", "location")
    receive.add_argument("quantity", type=int, help="units, or packs of the GTIN")
    receive.add_argument("--expires", type=_day, metavar="DATE", help="last day of the lot, YYYY-MM-DD")
    receive.add_argument("--reference", default="", help="the paper it came with")
    move = _action(actions, "move", "move free units to another shelf", "product", "location", "target")
    move.add_argument("quantity", type=int, help="units, or packs of the GTIN")
    move.add_argument("--refill", action="store_true", help="it is a refill from the reserve")
    adjust = _action(actions, "adjust", "correct the book with a reason", "product", "location")
    adjust.add_argument("quantity", type=int, help="the difference in units, such as -2")
    adjust.add_argument("--reason", required=True, help="why, in words")
    count = _action(actions, "count", "book what was found at a shelf", "product", "location")
    count.add_argument("quantity", type=int, help="units that were found")
    show = _action(actions, "show", "say what lies where")
    show.add_argument("--location", help="one location only")
    show.add_argument("--product", help="one product only, by SKU or GTIN")
    _action(actions, "refill", "say what to bring from the reserve, the most urgent first")
    _action(actions, "alerts", "say which places have run low")


def run(typed: argparse.Namespace, address: str) -> int:
    """Do one action; returns 0. What is wrong is raised as an OmsError."""
    database = opening.open_existing(address)
    try:
        station = opening.system_station(database)
        told = _ACTIONS[typed.action](station, typed)
    finally:
        database.close()
    if typed.json:
        print(json.dumps(told.value))
    else:
        print("\n".join(told.lines))
    return 0


def _action(actions: Commands, name: str, words: str, *places: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]  # argparse names its type in private
    parser: argparse.ArgumentParser = actions.add_parser(name, help=words, description=words)  # type: ignore[attr-defined]  # likewise
    for place in places:
        parser.add_argument(place, help="SKU or GTIN" if place == "product" else "code of the shelf")
    if places:
        parser.add_argument("--lot", default="", help="lot of the goods")
        parser.add_argument("--condition", choices=[each.value for each in Condition], default="good")
        parser.add_argument("--serial", action="append", default=[], help="a serial; once for each unit")
    parser.add_argument("--warehouse", metavar="CODE", help="the warehouse, where there are several")
    parser.add_argument("--json", action="store_true", help="print one JSON value")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; YYYY-MM-DD is expected") from error


def _receive(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        house, pack = _house(session, typed), _pack(session, typed.product)
    row = Receipt(
        pack.sku,
        typed.location,
        typed.quantity,
        pack.gtin,
        typed.lot,
        typed.expires,
        tuple(typed.serial),
        Condition(typed.condition),
        typed.reference,
    )
    units = station.do(receiving.receive, warehouse=house.id, rows=(row,))
    return _booked(station, pack, f"{units} of {pack.sku} are at {typed.location}.", units=units)


def _move(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        house, pack = _house(session, typed), _pack(session, typed.product)
        source, target = _place(session, house, typed.location), _place(session, house, typed.target)
    units = typed.quantity * pack.factor
    station.do(
        stock.move,
        product=pack.product,
        source=source,
        target=target,
        quantity=units,
        lot=typed.lot,
        condition=Condition(typed.condition),
        serials=tuple(typed.serial),
        refill=typed.refill,
    )
    words = f"{units} of {pack.sku} went from {typed.location} to {typed.target}."
    return _booked(station, pack, words, units=units)


def _adjust(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        pack = _pack(session, typed.product)
        place = _place(session, _house(session, typed), typed.location)
    station.do(
        stock.adjust,
        product=pack.product,
        location=place,
        difference=typed.quantity,
        reason=typed.reason,
        lot=typed.lot,
        condition=Condition(typed.condition),
        serials=tuple(typed.serial),
    )
    words = f"{typed.location} has {typed.quantity:+} of {pack.sku}."
    return _booked(station, pack, words, units=typed.quantity)


def _count(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        pack = _pack(session, typed.product)
        place = _place(session, _house(session, typed), typed.location)
    found = Found(typed.quantity, typed.lot, Condition(typed.condition), tuple(typed.serial))
    done = station.do(counting.count, location=place, product=pack.product, found=(found,))
    words = f"{done.counted} of {pack.sku} are at {typed.location}; the book had {done.booked}."
    if done.reopened:
        words += f" {done.reopened} promised units are open again."
    facts = {"counted": done.counted, "booked": done.booked, "reopened": done.reopened, "closed": done.closed}
    return _booked(station, pack, words, **facts)


def _booked(station: Station, pack: _Pack, words: str, **facts: int) -> _Told:
    """Serve who waits for the product, and say what was done."""
    wave = serve_waiting(station, [pack.product])
    served = (f"{wave.served} waiting orders got {wave.allocated} units.",) if wave.allocated else ()
    value = {"sku": pack.sku, **facts, "served": {"orders": wave.served, "units": wave.allocated}}
    return _Told(value, (words, *served))


def _show(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        house = _house(session, typed)
        wanted = (
            select(Location.code, Product.sku, Stock.lot, Stock.condition, Stock.on_hand, Stock.allocated)
            .join(Location, Location.id == Stock.location_id)
            .join(Product, Product.id == Stock.product_id)
            .where(Stock.warehouse_id == house.id, Stock.on_hand > 0)
            .order_by(Location.code, Product.sku, Stock.lot, Stock.condition)
        )
        if typed.location:
            wanted = wanted.where(Stock.location_id == _place(session, house, typed.location))
        if typed.product:
            wanted = wanted.where(Stock.product_id == _pack(session, typed.product).product)
        rows = session.execute(wanted).all()
    names = ("location", "sku", "lot", "condition", "on_hand", "allocated")
    value = [
        dict(zip(names, (*row[:3], row.condition.value, row.on_hand, row.allocated), strict=True))
        for row in rows
    ]
    lines = tuple(
        f"{row.code}  {row.sku}{f'  lot {row.lot}' if row.lot else ''}  {row.condition.value}:"
        f" {row.on_hand} on hand, {row.allocated} allocated"
        for row in rows
    )
    return _Told(value, lines or ("Nothing lies there.",))


def _refill(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        house = _house(session, typed)
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
    lines = tuple(_refill_line(each, house.time_zone) for each in found)
    return _Told(value, lines or ("Nothing is to be refilled.",))


def _refill_line(refill: Refill, time_zone: str) -> str:
    sources = ", ".join(f"{source.quantity} from {source.code}" for source in refill.sources)
    brought = sources or "the reserve has none"
    return f"{refill.code}  {refill.sku}: {brought}. {refill.waiting.words(time_zone)}".rstrip()


def _alerts(station: Station, typed: argparse.Namespace) -> _Told:
    with station.store.reading() as session:
        house = _house(session, typed)
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
    lines = tuple(
        f"{row.code}  {row.sku}: {row.level.value} since {row.raised_at:%Y-%m-%d %H:%M}" for row in rows
    )
    return _Told(value, lines or ("No place has run low.",))


def _house(session: Session, typed: argparse.Namespace) -> Warehouse:
    wanted = select(Warehouse).order_by(Warehouse.rank, Warehouse.code)
    if typed.warehouse:
        wanted = wanted.where(Warehouse.code == typed.warehouse)
    found = session.scalars(wanted.limit(1)).first()
    if found is None:
        named = f" {typed.warehouse}" if typed.warehouse else ""
        raise InputError("stock.no_warehouse", f"There is no warehouse{named} in this database.")
    return found


def _pack(session: Session, typed: str) -> _Pack:
    product = session.scalar(select(Product).where(Product.sku == typed))
    if product is not None:
        return _Pack(product.id, product.sku, "", 1)
    found = session.execute(
        select(Product.id, Product.sku, Packaging.gtin, Packaging.factor)
        .join(Packaging, Packaging.product_id == Product.id)
        .where(Packaging.gtin == typed.zfill(14))
    ).one_or_none()
    if found is None:
        raise InputError("stock.unknown_sku", f"No product has the SKU or GTIN {typed}.")
    return _Pack(*found)


def _place(session: Session, house: Warehouse, code: str) -> UUID:
    found = session.scalar(
        select(Location.id).where(Location.warehouse_id == house.id, Location.code == code)
    )
    if found is None:
        raise InputError("stock.unknown_location", f"There is no location {code}.")
    return found


_ACTIONS: dict[str, Callable[[Station, argparse.Namespace], _Told]] = {
    "receive": _receive,
    "move": _move,
    "adjust": _adjust,
    "count": _count,
    "show": _show,
    "refill": _refill,
    "alerts": _alerts,
}
