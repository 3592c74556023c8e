"""What somebody types at `oms-desktop order`, read: orders, times, lines, parts of an address."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app.desk_edits import address_of
from oms_desktop.drafts import AddressDraft, ProblemKind
from oms_desktop.errors import InputError
from oms_desktop.models import Order, OrderLine, Product, Worker
from oms_desktop.station import Station
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.reference import meant, orders_of

NO_TIME = "none"
"""What is typed to take a time away."""

_FORMS = {"--line": "POSITION=UNITS", "--add": "SKU=UNITS", "--address": "PART=TEXT"}
_PARTS = tuple(field.name for field in fields(AddressDraft) if field.name != "where")
_OWN_KINDS = {kind.value.casefold() for kind in ProblemKind}


def find_order(station: Station, number: str) -> UUID:
    """Find the order that is meant; InputError for none, or when it may be one of several."""
    with station.store.reading() as session:
        found = orders_of(session, number)
    if not found:
        raise InputError("order.unknown_number", f"There is no order “{number}”.")
    if len(found) > 1:
        known = " or ".join(sorted(named.code for named in found))
        raise InputError("order.ambiguous", f"{number} may be {known}. Say which; nothing was done.")
    return found[0].id


def only(orders: Sequence[UUID], action: str) -> UUID:
    """Return the only order; InputError for several."""
    if len(orders) != 1:
        raise InputError("order.one", f"order {action} takes one order at a time.")
    return orders[0]


def words(text: str | None, option: str, default: str = "") -> str:
    """Return what was typed, or the default if nothing was; InputError for an empty text.

    A script whose variable is empty must not end all holds, or give an order to anybody.
    """
    if text is None:
        return default
    if not text.strip():
        raise InputError("order.empty", f"{option} is empty; type a text, or leave it out.")
    return text.strip()


def hold_kind(text: str | None) -> str:
    """Return the kind of a hold by hand; InputError for one that the program sets and ends by itself."""
    kind = words(text, "--kind", "desk")
    if kind.casefold() in _OWN_KINDS:
        raise InputError(
            "hold.kind",
            f"Holds of the kind “{kind}” are set and ended by the program itself; choose another word.",
        )
    return kind


def pair(text: str, option: str) -> tuple[str, str]:
    """Part a name and its value; a SKU may have an equals sign of its own."""
    name, sign, value = text.partition("=") if option == "--address" else text.rpartition("=")
    if not sign or not name:
        raise InputError("order.pair", f"{option} {text}: {_FORMS[option]} is expected.")
    return name, value


def number(text: str, option: str) -> int:
    """Read a whole number, zero or more."""
    if not text.isdecimal():
        raise InputError("order.number", f"{option}: {text!r} is no whole number.")
    return int(text)


def time(text: str | None, option: str) -> datetime | None:
    """Read a time; one without a zone is UTC."""
    typed = words(text, option)
    if not typed:
        return None
    try:
        found = datetime.fromisoformat(typed)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InputError("order.time", f"{typed!r} is no time; 2026-11-30T08:00 is one.") from error


def cuts(station: Station, order: UUID, pairs: Sequence[str]) -> list[Cut]:
    """Read ``--line POSITION=UNITS`` as units of the order's lines, each one unit or more."""
    wanted = [pair(text, "--line") for text in pairs]
    with station.store.reading() as session:
        name = session.get_one(Order, order).number
        rows = session.scalars(select(OrderLine).where(OrderLine.order_id == order))
        lines = {row.position: row.id for row in rows}
    found = []
    for place, units in wanted:
        line = lines.get(number(place, "--line"))
        if line is None:
            raise InputError("order.no_line", f"Order {name} has no line {place}.")
        if number(units, "--line") == 0:
            raise InputError("order.cut", f"Order {name}, line {place}: one unit or more is expected.")
        found.append(Cut(line, number(units, "--line")))
    return found


def address(station: Station, order: UUID, pairs: Sequence[str]) -> AddressDraft | None:
    """Take the address as it is, with the parts that were typed."""
    if not pairs:
        return None
    typed = [pair(text, "--address") for text in pairs]
    parts = dict(typed)
    for name in parts.keys() - set(_PARTS):
        raise InputError("order.address_part", f"An address has no part {name}; it has {', '.join(_PARTS)}.")
    if len(parts) < len(typed):
        raise InputError("order.address_part", "Each part of an address is named once.")
    with station.store.reading() as session:
        known = address_of(session, session.get_one(Order, order))
    return replace(known, **parts)


def product(station: Station, sku: str) -> tuple[str, str]:
    """Return SKU and name of the product that is meant, capitals or not; what nobody knows stays as typed."""
    known = select(Product.id, Product.sku).where(Product.retired_at.is_(None))
    with station.store.reading() as session:
        found = meant(session, known, Product.sku, sku)
        return (found.sku, session.get_one(Product, found.id).name) if found else (sku, sku)


def badge(station: Station, typed: str) -> tuple[UUID, str]:
    """Find somebody by a badge, capitals or not; InputError for nobody."""
    with station.store.reading() as session:
        found = meant(session, select(Worker.id, Worker.badge), Worker.badge, typed)
    if found is None:
        raise InputError("order.badge", f"Nobody here has the badge {typed}.")
    return found.id, found.badge
