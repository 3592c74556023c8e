"""The rows of orders that are captured, written many at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, encode
from oms_desktop.db.rows import all_of
from oms_desktop.db.sets import among
from oms_desktop.drafts import AddressDraft, LineDraft, OrderDraft, Problem, ProblemKind
from oms_desktop.models import Address, Customer, Hold, Order, OrderLine, table_of
from oms_desktop.planning.shelves import Want
from oms_desktop.planning.sourcing import Wish
from oms_desktop.workflow.demand import Demand
from oms_desktop.workflow.finding import Found

_Row = dict[str, Any]

_ADDRESSES, _ORDERS, _LINES = (all_of(table_of(model)) for model in (Address, Order, OrderLine))
_HOLDS, _CUSTOMERS = all_of(table_of(Hold)), all_of(table_of(Customer))
_WHO = ("name", "email", "phone", "locale")
_KNOWN = select(table_of(Customer)).where(
    among(Customer.channel, "channels"), among(Customer.external_id, "externals")
)
_CHANGED = (
    update(table_of(Customer))
    .where(table_of(Customer).c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _WHO})
)

_NAMED = frozenset(
    {
        ProblemKind.UNKNOWN_SKU,
        ProblemKind.DUPLICATE,
        ProblemKind.BLOCKED,
        ProblemKind.OVER_LIMIT,
        ProblemKind.UNPAID,
    }
)
"""Kinds whose hold names the values: they are codes and amounts, and tell nothing of a person."""


@dataclass(frozen=True)
class Arrival:
    """An order to be stored: its id and intake row, when it came, what each line is about, what is wrong."""

    order: UUID
    intake: UUID
    came: datetime
    draft: OrderDraft
    products: tuple[Found, ...]
    problems: tuple[Problem, ...] = ()
    likeness: str = ""
    doubtful: tuple[str, ...] = ()


def write(session: Session, act: Act, arrivals: Sequence[Arrival]) -> list[Demand]:
    """Insert all that belongs to new orders, and bring their customers up to date; returns what they want."""
    customers = _customers(session, act, arrivals)
    # Two stations that bring the same orders in another order must not wait for each other in a circle.
    sorted_ones = sorted(arrivals, key=lambda each: (each.draft.channel, each.draft.number))
    _ADDRESSES.insert_named(session, (_address(act, each) for each in sorted_ones))
    _ORDERS.insert_named(session, (_order(act, each, customers) for each in sorted_ones))
    lines = [list(_lines(act, each)) for each in arrivals]
    _LINES.insert_named(session, (row for rows in lines for row in rows))
    _HOLDS.insert_named(session, (row for each in arrivals for row in _holds(act, each)))
    return [_demand(act, each, rows) for each, rows in zip(arrivals, lines, strict=True)]


def _demand(act: Act, arrival: Arrival, lines: Sequence[_Row]) -> Demand:
    """Tell what a new order wants, as it would be read: nobody else can have changed it."""
    draft = arrival.draft
    wanted = [line for line in lines if line["open"]]
    wish = Wish(
        arrival.order,
        tuple(
            Want(line["id"], line["product_id"], line["open"], line["one_lot"], line["min_life_days"])
            for line in wanted
            if line["product_id"] is not None
        ),
        arrival.came,
        draft.priority,
        draft.ship_by,
        draft.ship_complete,
        _ship_to(arrival).country_code,
        sum(line["open"] for line in wanted if line["product_id"] is None),
    )
    held = arrival.problems[0].problem.sentence if arrival.problems else None
    return Demand(draft.number, wish, cancelled=False, held=held, parts=0, told=False)


def _customers(session: Session, act: Act, arrivals: Sequence[Arrival]) -> dict[tuple[str, str], UUID]:
    """Insert the new customers and change the known ones; the ids of all, by channel and their id there.

    Of two orders of a customer the later one tells their name.
    """
    told = {_customer_key(each.draft): each.draft.customer for each in arrivals}
    channels, externals = {channel for channel, _ in told}, {external for _, external in told}
    given = {"channels": list(channels), "externals": list(externals)}
    rows = session.connection().execute(_KNOWN, given)
    known = {(row.channel, row.external_id): row for row in rows}
    fresh: list[_Row] = []
    changed: list[_Row] = []
    ids: dict[tuple[str, str], UUID] = {}
    for key in sorted(told):
        new = {name: getattr(told[key], name) for name in _WHO}
        old = known.get(key)
        ids[key] = act.id("customer", *key) if old is None else old.id
        if old is None:
            fresh.append({"id": ids[key], "channel": key[0], "external_id": key[1], **new})
        elif any(getattr(old, name) != value for name, value in new.items()):
            changed.append({"of_id": old.id, **{f"new_{name}": value for name, value in new.items()}})
    _CUSTOMERS.insert_named(session, fresh)
    if changed:
        session.connection().execute(_CHANGED, changed)
    return ids


def _customer_key(draft: OrderDraft) -> tuple[str, str]:
    # A guest has no id of the channel's: such a customer is known by this order only.
    return draft.channel, draft.customer.external_id or f"order {draft.number}"


def _address(act: Act, arrival: Arrival) -> _Row:
    to = _ship_to(arrival)
    return {
        "id": _address_id(act, arrival),
        "name": to.name,
        "company": to.company,
        "address1": to.address1,
        "address2": to.address2,
        "city": to.city,
        "province": to.province,
        "province_code": to.province_code,
        "postal_code": to.postal_code,
        "country_code": to.country_code,
        "phone": to.phone,
    }


def _ship_to(arrival: Arrival) -> AddressDraft:
    return arrival.draft.ship_to or arrival.draft.bill_to or AddressDraft()


def _address_id(act: Act, arrival: Arrival) -> UUID:
    return act.id("ship to", arrival.intake)


def _order(act: Act, arrival: Arrival, customers: Mapping[tuple[str, str], UUID]) -> _Row:
    draft, service = arrival.draft, arrival.draft.service
    return {
        "id": arrival.order,
        "channel": draft.channel,
        "number": draft.number,
        "external_id": draft.external_id,
        "placed_at": draft.placed_at,
        "captured_at": arrival.came,
        "currency": draft.currency,
        "total": draft.total,
        "payment": draft.payment,
        "service": service.title if service else "",
        "service_price": service.price if service else draft.total * 0,
        "note": draft.note,
        "gift_message": draft.gift_message,
        "priority": draft.priority,
        "customer_id": customers[_customer_key(draft)],
        "ship_to_id": _address_id(act, arrival),
        "intake_id": arrival.intake,
        "ship_complete": draft.ship_complete,
        "ship_by": draft.ship_by,
        "deliver_by": draft.deliver_by,
        "tags": encode(draft.tags),
        "likeness": arrival.likeness,
        "merged_into_id": None,
        "cancelled_at": None,
    }


def _lines(act: Act, arrival: Arrival) -> Iterator[_Row]:
    """Give the lines of an order, the parts of a kit behind its own line."""
    position = 0
    for line, found in zip(arrival.draft.lines, arrival.products, strict=True):
        position += 1
        own, *parts = found.spread(line)
        row = _line(act, arrival, position, own, found.product)
        yield row
        for part, piece in zip(parts, found.pieces if parts else (), strict=True):
            position += 1
            yield _line(act, arrival, position, part, piece.product) | {"parent_id": row["id"]}


def _line(act: Act, arrival: Arrival, position: int, line: LineDraft, product: UUID | None) -> _Row:
    return {
        "id": act.id("line", arrival.order, position),
        "order_id": arrival.order,
        "position": position,
        "parent_id": None,
        "external_id": line.external_id,
        "product_id": product,
        "sku": line.sku,
        "title": line.title,
        "variant": line.variant,
        "price": line.price,
        "properties": encode(line.properties),
        "not_picked": line.not_picked.value if line.not_picked else "",
        "listing": line.listing,
        "one_lot": line.one_lot,
        "min_life_days": line.min_life_days,
        "ordered": line.quantity,
        "open": line.quantity if line.pickable else 0,
        "allocated": 0,
        "picked": 0,
        "packed": 0,
        "shipped": 0,
        "cancelled": 0 if line.pickable else line.quantity,
        "returned": 0,
    }


def _holds(act: Act, arrival: Arrival) -> Iterator[_Row]:
    """Give one hold for each kind of problem, with the places it was found at."""
    kinds: dict[ProblemKind, list[Problem]] = {}
    for found in arrival.problems:
        kinds.setdefault(found.problem, []).append(found)
    for kind, problems in kinds.items():
        yield {
            "id": act.id("hold", arrival.order, kind.value),
            "order_id": arrival.order,
            "kind": kind.value,
            "text": _hold_text(kind, problems),
            "set_at": act.at,
            "set_by": act.worker,
            "until": None,
            "frees_stock": False,
            "released_at": None,
            "released_by": None,
        }


def _hold_text(kind: ProblemKind, found: Sequence[Problem]) -> str:
    values = ", ".join(dict.fromkeys(each.value for each in found if each.value))
    return f"{kind.sentence} ({values})" if values and kind in _NAMED else kind.sentence
