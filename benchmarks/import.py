# ruff: noqa: N999 - the name is what people type: python -m benchmarks.import
"""Orders out of a shop's file, parsed, validated and durable, against a bulk insert of the same rows.

The file holds orders of three lines each, every one of another customer. Ours reads it and stores it in
batches, as `import` does, up to the promise of stock, which has a benchmark of its own. The reference has the
finished rows in memory and inserts them with SQLAlchemy's bulk insert, journal, events and queue included, in
one transaction. Both write to SQLite on a real disk, in turns. Figures are orders a second.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event, insert, select

from benchmarks import rows
from benchmarks.disk import Disk, real_disk
from benchmarks.rows import Row, told
from oms_desktop.app import opening
from oms_desktop.app.bringing import BATCH
from oms_desktop.app.site import main_site
from oms_desktop.channels.reading import open_orders
from oms_desktop.db import Database
from oms_desktop.drafts import CheckedOrder, order_problems
from oms_desktop.models import (
    Address,
    Base,
    Customer,
    Event,
    Intake,
    JournalEntry,
    Order,
    OrderLine,
    QueueEntry,
    table_of,
)
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import capture, catalog

ORDERS = 10_000
LINES = 3
PRODUCTS = 500
ROUNDS = 3
GOAL = 0.4
"""Which part of the speed of the reference is wanted."""

WRITTEN: tuple[type[Base], ...] = (
    Customer,
    Address,
    Intake,
    Order,
    OrderLine,
    Event,
    QueueEntry,
    JournalEntry,
)
"""The tables that an import fills, in the order in which they can be filled."""

_Rows = Mapping[type[Base], list[dict[str, Any]]]


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when the goal does not hold."""
    wish = rows.arguments("Time the import of a file of orders.").parse_args(arguments)
    orders = wish.limit or ORDERS
    with real_disk() as disk:
        told(f"Disk: {disk.file_system}, {disk.fsync_ms:.3f} ms to sync 4 KiB")
        found = _measured(disk, orders)
    return rows.finished("import", found, as_json=wish.json)


def _measured(disk: Disk, orders: int) -> list[Row]:
    file = disk.folder / "orders.json"
    file.write_text(json.dumps({"orders": [_order(number) for number in range(orders)]}), encoding="utf-8")
    told(f"{orders} orders, {file.stat().st_size / 1e6:.1f} MB")
    ours: list[float] = []
    reference: list[float] = []
    statements = 0
    site = _make_site(disk.folder / "site.sqlite")
    for turn in range(ROUNDS):
        station = _copied(site, disk.folder / f"ours-{turn}.sqlite")
        seconds, statements = _import(station, file)
        ours.append(orders / seconds)
        written = _written(station.store)
        station.store.close()
        bare = _copied(site, disk.folder / f"bare-{turn}.sqlite").store
        reference.append(orders / _insert(bare, written))
        bare.close()
        told(f"turn {turn + 1} of {ROUNDS}: {ours[-1]:.0f} against {reference[-1]:.0f} orders/s")
    checked = [entry.order for entry in open_orders(file).entries() if entry.order is not None]
    return [
        rows.compared("orders/s, parsed, validated, durable", median(ours), median(reference), GOAL, ">="),
        rows.reported("orders/s, parsed and validated only", orders / _timed_parsing(file)),
        rows.reported("orders/s, validated only", orders / _timed_checks(checked)),
        rows.reported(f"statements for a batch of {BATCH}", statements),
    ]


def _order(number: int) -> dict[str, object]:
    """Write an order of an invented customer, as Shopify does."""
    lines = [
        {
            "id": number * LINES + at,
            "sku": f"SKU-{(number * LINES + at) % PRODUCTS:04}",
            "title": "Enamel mug 350 ml",
            "quantity": 1 + at,
            "price": "14.90",
        }
        for at in range(LINES)
    ]
    to = {
        "name": f"Ida Example {number}",
        "address1": f"Lakeside Lane {number}",
        "zip": "35000",
        "city": "Rennes",
        "country_code": "FR",
    }
    return {
        "id": 9_000_000_000 + number,
        "name": f"#{number + 1}",
        "created_at": "2026-03-02T09:00:00+01:00",
        "currency": "EUR",
        "total_price": "89.40",
        "financial_status": "paid",
        "email": f"ida{number}@example.com",
        "customer": {"id": number + 1, "first_name": "Ida", "last_name": f"Example {number}"},
        "shipping_address": to,
        "line_items": lines,
    }


def _make_site(file: Path) -> Path:
    """Make a database with a warehouse and the products."""
    station = opening.system_station(opening.open_database(f"sqlite:///{file}"))
    main_site(station)
    goods = tuple(catalog.ProductRow(f"SKU-{at:04}", "Enamel mug 350 ml", "") for at in range(PRODUCTS))
    station.do(catalog.bring_products, rows=goods)
    station.store.close()
    return file


def _copied(site: Path, file: Path) -> Station:
    """Open a copy: both paths begin with the same rows, whose ids the finished rows name."""
    shutil.copy(site, file)
    return opening.system_station(opening.open_database(f"sqlite:///{file}"))


def _import(station: Station, file: Path) -> tuple[float, int]:
    """Import the file; the seconds it took, and the statements of its last batch."""
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    event.listen(station.store.engine, "before_cursor_execute", count)
    begun = perf_counter()
    found = open_orders(file)
    orders = (entry.order for entry in found.entries() if entry.order is not None)
    for batch in _batches(orders):
        counted = 0
        incoming = [Incoming(found.channel, file.name, each.raw, each) for each in batch]
        station.call().bringing(*incoming).do(capture.capture_all, intakes=())
    return perf_counter() - begun, counted


def _batches(orders: Iterator[CheckedOrder]) -> Iterator[list[CheckedOrder]]:
    while batch := list(islice(orders, BATCH)):
        yield batch


def _written(database: Database) -> _Rows:
    """Read what the import has written, as the reference is given it."""
    with database.reading() as session:
        return {model: [dict(row._mapping) for row in session.execute(_wanted(model))] for model in WRITTEN}


def _wanted(model: type[Base]) -> Any:
    wanted = select(table_of(model))
    return wanted.where(JournalEntry.verb == "orders.capture.1") if model is JournalEntry else wanted


def _insert(database: Database, written: _Rows) -> float:
    begun = perf_counter()
    with database.transaction() as session:
        for model in WRITTEN:
            if written[model]:
                session.execute(insert(model), written[model])
    return perf_counter() - begun


def _timed_parsing(file: Path) -> float:
    begun = perf_counter()
    for _entry in open_orders(file).entries():
        continue
    return perf_counter() - begun


def _timed_checks(orders: list[CheckedOrder]) -> float:
    begun = perf_counter()
    for each in orders:
        order_problems(each.draft)
    return perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
