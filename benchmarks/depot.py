"""A depot full of orders, made straight in the tables: what the promise is measured on.

Products lie at four places each, in lots of different expiry. Orders want ten products each, and together
a little more than there is. One in five ships complete.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.db.rows import rows_of
from oms_desktop.models import (
    DONE,
    Address,
    Condition,
    Customer,
    Intake,
    JournalEntry,
    Location,
    LocationKind,
    Lot,
    MoveKind,
    Order,
    OrderLine,
    Product,
    Role,
    Stock,
    StockMove,
    Warehouse,
    Worker,
    WorkerRole,
    table_of,
)
from oms_desktop.station import Person
from oms_desktop.workflow import board

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINES_EACH = 10
PLACES_EACH = 4
COUNTRY = "DE"

_WORKER, _SITE, _SUPPLIER, _CUSTOMER, _ADDRESS, _INTAKE, _CALL = (UUID(int=n) for n in range(1, 8))


@dataclass(frozen=True)
class Depot:
    """A warehouse with its products by SKU, the orders that wait, and who works there."""

    person: Person
    warehouse: UUID
    skus: tuple[str, ...]
    orders: tuple[UUID, ...]


def bring_depot(database: Database, *, products: int, locations: int, orders: int, seed: int = 7) -> Depot:
    """Fill an empty database; each product gets four places, each order ten lines."""
    chance = Random(seed)
    with database.transaction() as session:
        _bring_site(session)
        places = [_id(1, number) for number in range(locations)]
        goods = [_id(2, number) for number in range(products)]
        skus = tuple(f"SKU-{number:05d}" for number in range(products))
        _bring_places(session, places)
        _bring_goods(session, goods, skus)
        units = 2 * LINES_EACH * orders // (products * PLACES_EACH) or 1_000
        _bring_stock(session, places, goods, units, chance)
        made = tuple(_id(3, number) for number in range(orders))
        _bring_orders(session, made, goods, skus, chance)
        act = Act(_CALL, _WORKER, "BENCH", NOON)
        board.settle(session, act, made)
    return Depot(Person(_WORKER, "system", "System", frozenset(Role)), _SITE, skus, made)


def _id(kind: int, number: int) -> UUID:
    # Spread like the ids of a real database: neighbours in time, not in every table the same.
    return UUID(int=(0x0195_0000_0000 + number // 50 << 80) | (0x8 << 76) | (kind << 64) | number)


def _bring_site(session: Session) -> None:
    session.add(Worker(id=_WORKER, badge="system", name="System", pin_hash=""))
    session.add(
        Warehouse(id=_SITE, code="MAIN", name="Depot", time_zone="Europe/Berlin", country_code=COUNTRY)
    )
    session.add(Customer(id=_CUSTOMER, channel="bench", external_id="1", name="Ida Example"))
    session.add(Address(id=_ADDRESS, name="Ida Example", country_code=COUNTRY))
    session.add(Intake(id=_INTAKE, at=NOON, channel="bench", source="bench", raw="", draft={}))
    session.flush()
    session.add_all(WorkerRole(worker_id=_WORKER, role=role) for role in Role)
    session.add(
        JournalEntry(
            call_id=_CALL,
            station="BENCH",
            incarnation=1,
            sequence=1,
            verb="stock.receive.1",
            arguments={},
            worker_id=_WORKER,
            device="",
            at=NOON,
            result=DONE,
            hub_at=NOON,
            ordinal=1,
        )
    )
    session.add(Location(id=_SUPPLIER, warehouse_id=_SITE, code="supplier", kind=LocationKind.SUPPLIER))
    session.flush()


def _bring_places(session: Session, places: list[UUID]) -> None:
    kinds = (LocationKind.PICK_FACE, LocationKind.RESERVE)
    session.execute(
        insert(Location),
        [
            {
                "id": place,
                "warehouse_id": _SITE,
                "code": f"A-{number:05d}",
                "kind": kinds[number % 2],
                "sequence": number,
            }
            for number, place in enumerate(places)
        ],
    )


def _bring_goods(session: Session, goods: list[UUID], skus: tuple[str, ...]) -> None:
    session.execute(
        insert(Product),
        [
            {"id": id_, "sku": sku, "name": sku, "lot_tracked": True}
            for id_, sku in zip(goods, skus, strict=True)
        ],
    )
    session.execute(
        insert(Lot),
        [
            {
                "product_id": product,
                "code": f"L{lot}",
                "expires_on": date(2026, 6, 1) + timedelta(days=(31 * lot + number) % 90),
                "made_at": NOON,
            }
            for number, product in enumerate(goods)
            for lot in range(PLACES_EACH)
        ],
    )


def _bring_stock(session: Session, places: list[UUID], goods: list[UUID], units: int, chance: Random) -> None:
    rows: list[tuple[Any, ...]] = []
    moves: list[tuple[Any, ...]] = []
    for number, product in enumerate(goods):
        for lot in range(PLACES_EACH):
            place = places[(PLACES_EACH * number + lot * 7) % len(places)]
            there = chance.randint(units // 2 + 1, units + units // 2)
            since = NOON - timedelta(days=chance.randint(1, 60))
            rows.append((place, product, f"L{lot}", Condition.GOOD, _SITE, there, 0, since))
            move = _id(4, len(moves))
            ends = (there, _SUPPLIER, place)
            what = (MoveKind.RECEIVE, _SITE, product, f"L{lot}", Condition.GOOD)
            moves.append((move, _CALL, NOON, *what, "", "", "", *ends))
    names = ("location_id", "product_id", "lot", "condition", "warehouse_id", "on_hand", "allocated", "since")
    rows_of(table_of(Stock), *names).insert(session, rows)
    told = ("id", "call_id", "at", "kind", "warehouse_id", "product_id", "lot", "condition", "serial")
    rest = ("reason", "reference", "quantity", "source_id", "target_id")
    rows_of(table_of(StockMove), *told, *rest).insert(session, moves)


def _bring_orders(
    session: Session, made: tuple[UUID, ...], goods: list[UUID], skus: tuple[str, ...], chance: Random
) -> None:
    heads = [
        {
            "id": order,
            "channel": "bench",
            "number": f"#{number}",
            "captured_at": NOON + timedelta(seconds=number),
            "total": Decimal(30),
            "service_price": Decimal(0),
            "priority": chance.choice((0, 0, 0, 5)),
            "ship_by": NOON + timedelta(hours=chance.randint(1, 48)),
            "customer_id": _CUSTOMER,
            "ship_to_id": _ADDRESS,
            "intake_id": _INTAKE,
            "ship_complete": number % 5 == 0,
        }
        for number, order in enumerate(made)
    ]
    session.execute(insert(Order), heads)
    named = ("id", "order_id", "position", "product_id", "sku", "title", "price", "properties")
    words = ("external_id", "variant", "not_picked", "listing", "one_lot", "min_life_days")
    counters = ("ordered", "open", "allocated", "picked", "packed", "shipped", "cancelled", "returned")
    rows: list[tuple[Any, ...]] = []
    for order in made:
        for position, index in enumerate(chance.sample(range(len(goods)), LINES_EACH), start=1):
            units, sku = chance.randint(1, 4), skus[index]
            head: tuple[Any, ...] = (
                _id(5, len(rows)),
                order,
                position,
                goods[index],
                sku,
                sku,
                Decimal(10),
                [],
            )
            rows.append((*head, "", "", "", "", False, 0, units, units, *[0] * 6))
    rows_of(table_of(OrderLine), *named, *words, *counters).insert(session, rows)
