"""`oms-desktop stock ...`: receive, move, adjust, count; show what lies where, what is low, what to bring."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from oms_desktop.app import desk, opening
from oms_desktop.app.lot_life import never_promised
from oms_desktop.app.serving import afterwards, serve_waiting
from oms_desktop.cli import stock_lists
from oms_desktop.cli.data_options import add_data_options
from oms_desktop.cli.stock_lists import Told
from oms_desktop.cli.stock_named import Pack, Place, house_of, pack_of, place_of
from oms_desktop.errors import InputError
from oms_desktop.floor.words import counted
from oms_desktop.models import Condition, Lot, Product, Stock, Warehouse
from oms_desktop.station import Station
from oms_desktop.workflow import counting, receiving, stock
from oms_desktop.workflow.counting import Found
from oms_desktop.workflow.receiving import Receipt

Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


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
    count.add_argument("--sure", action="store_true", help="book it however far it is from the book")
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
        desk.end_holds(station)
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
    add_data_options(parser)
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


def _receive(station: Station, typed: argparse.Namespace) -> Told:
    with station.store.reading() as session:
        house, pack = house_of(session, typed), pack_of(session, typed.product)
        place = place_of(session, house, typed.location)
    row = Receipt(
        pack.sku,
        place.code,
        typed.quantity,
        pack.gtin,
        typed.lot,
        typed.expires,
        tuple(typed.serial),
        Condition(typed.condition),
        typed.reference,
    )
    units = station.do(receiving.receive, warehouse=house.id, rows=(row,))
    there = _lying(station, pack, place)
    words = f"{units} of {pack.sku} received at {place.code}; {_lie(there)} there now."
    never = _never_promised(station, house, pack, typed.lot)
    facts = {"units": units, "on_hand": there, "never_promised": bool(never)}
    return _booked(station, pack, f"{words} {never}".rstrip(), **facts)


def _never_promised(station: Station, house: Warehouse, pack: Pack, lot: str) -> str:
    """Say why no order gets goods of a lot that is known; "" when orders get it."""
    with station.store.reading() as session:
        expires_on = session.scalar(
            select(Lot.expires_on).where(Lot.product_id == pack.product, Lot.code == lot)
        )
        wanted = session.scalars(select(Product.min_life_days).where(Product.id == pack.product)).one()
    return never_promised(
        lot, expires_on, wanted, station.clock().astimezone(ZoneInfo(house.time_zone)).date()
    )


def _move(station: Station, typed: argparse.Namespace) -> Told:
    with station.store.reading() as session:
        house, pack = house_of(session, typed), pack_of(session, typed.product)
        source, target = place_of(session, house, typed.location), place_of(session, house, typed.target)
    units = typed.quantity * pack.factor
    station.do(
        stock.move,
        product=pack.product,
        source=source.id,
        target=target.id,
        quantity=units,
        lot=typed.lot,
        condition=Condition(typed.condition),
        serials=tuple(typed.serial),
        refill=typed.refill,
    )
    there = _lying(station, pack, target)
    words = f"{units} of {pack.sku} went from {source.code} to {target.code}; {_lie(there)} there now."
    return _booked(station, pack, words, units=units, on_hand=there)


def _adjust(station: Station, typed: argparse.Namespace) -> Told:
    with station.store.reading() as session:
        pack = pack_of(session, typed.product)
        place = place_of(session, house_of(session, typed), typed.location)
    station.do(
        stock.adjust,
        product=pack.product,
        location=place.id,
        difference=typed.quantity,
        reason=typed.reason,
        lot=typed.lot,
        condition=Condition(typed.condition),
        serials=tuple(typed.serial),
    )
    there, units = _lying(station, pack, place), abs(typed.quantity)
    if typed.quantity < 0:
        words = f"{units} of {pack.sku} taken off {place.code}; {there} left."
    else:
        words = f"{units} of {pack.sku} added at {place.code}; {_lie(there)} there now."
    return _booked(station, pack, words, units=typed.quantity, on_hand=there)


def _count(station: Station, typed: argparse.Namespace) -> Told:
    with station.store.reading() as session:
        pack = pack_of(session, typed.product)
        place = place_of(session, house_of(session, typed), typed.location)
    found = Found(typed.quantity, typed.lot, Condition(typed.condition), tuple(typed.serial))
    booked = _lying(station, pack, place, found)
    if not typed.sure and found.quantity >= 0:
        _refuse_far(found, booked, f"{pack.sku} at {place.code}")
    done = station.do(counting.count, location=place.id, product=pack.product, found=(found,))
    there = _lying(station, pack, place)
    others = there != found.quantity
    of = f" ({f'lot {found.lot}' if found.lot else 'no lot'}, {found.condition.value})" if others else ""
    difference = found.quantity - booked
    told = f"; the book had {booked} ({difference:+})" if difference else ", as the book had it"
    words = f"{found.quantity} of {pack.sku}{of} {_are(found.quantity)} at {place.code}{told}."
    if others:
        words += f" {_lie(there)} there now, of all lots and conditions."
    if done.reopened:
        words += f" Open again: {counted(done.reopened, 'promised unit')}."
    if not done.closed:
        words += " Its other lots and conditions there are still to be counted."
    facts = {"counted": found.quantity, "booked": booked, "on_hand": there}
    return _booked(station, pack, words, **facts, reopened=done.reopened, closed=done.closed)


def _refuse_far(found: Found, booked: int, goods: str) -> None:
    """Raise InputError for a count that is far from the book; counting again is cheaper than a wrong book."""
    if counting.is_far(found.quantity, booked):
        raise InputError(
            "stock.confirm_count",
            f"The book has {booked} of {goods}, not {found.quantity}; nothing was booked."
            f" Count again; --sure books it.",
        )


def _lying(station: Station, pack: Pack, place: Place, of: Found | None = None) -> int:
    """Count what lies of a product at a place just now: of all lots and conditions, or of those found."""
    there = [Stock.location_id == place.id, Stock.product_id == pack.product]
    if of is not None:
        there += [Stock.lot == of.lot, Stock.condition == of.condition]
    with station.store.reading() as session:
        return session.scalar(select(func.sum(Stock.on_hand)).where(*there)) or 0


def _lie(units: int) -> str:
    return f"{units} lies" if units == 1 else f"{units} lie"


def _are(units: int) -> str:
    return "is" if units == 1 else "are"


def _booked(station: Station, pack: Pack, words: str, **facts: int) -> Told:
    """Serve who waits for the product, and say what was done."""
    with afterwards():
        wave = serve_waiting(station, [pack.product])
    got = f"{counted(wave.served, 'waiting order')} got {counted(wave.allocated, 'unit')}."
    value = {"sku": pack.sku, **facts, "served": {"orders": wave.served, "units": wave.allocated}}
    return Told(value, (words, got) if wave.allocated else (words,))


_ACTIONS: dict[str, Callable[[Station, argparse.Namespace], Told]] = {
    "receive": _receive,
    "move": _move,
    "adjust": _adjust,
    "count": _count,
    "show": stock_lists.show,
    "refill": stock_lists.refill,
    "alerts": stock_lists.alerts,
}
