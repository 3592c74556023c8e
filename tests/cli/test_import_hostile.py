"""`import` of what a shop should not send: one bad order is named, and its neighbours come in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from oms_desktop.app import bringing
from oms_desktop.app.report import Report
from oms_desktop.db import Database
from oms_desktop.models import Intake, Order, QueueEntry
from oms_desktop.station import Station
from oms_desktop.workflow import catalog, kits
from tests.builders import Site
from tests.cli.shell import order, write_orders
from tests.crowd import together

LONG = "7" * 201
LINE = {"id": 1, "sku": "MUG-0350-GN", "title": "Mug", "quantity": 1, "price": "14.90"}
TO: Any = order("#0")["shipping_address"]


def bring(database: Database, folder: Path, *orders: dict[str, object]) -> Report:
    file = write_orders(folder / "o.json", *orders)
    return bringing.bring_orders(Site(database).station, file)


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"total_price": "10000000000"}, "bad price", "total"),
        ({"total_price": "9999999999.99999"}, "bad price", "total"),
        ({"total_price": "-1"}, "bad price", "total"),
        (
            {"total_price": None, "line_items": [{**LINE, "quantity": 1_000_000, "price": "99999"}]},
            "bad price",
            "total",
        ),
        ({"line_items": [{**LINE, "price": "10000000000"}]}, "bad price", "price"),
        ({"line_items": [{**LINE, "quantity": -1}]}, "bad quantity", "quantity"),
        ({"name": f"#{LONG}"}, "too long", "number"),
        ({"id": LONG}, "too long", "external_id"),
        ({"customer": {"id": LONG}}, "too long", "external_id"),
        ({"line_items": [{**LINE, "sku": LONG}]}, "too long", "sku"),
        ({"line_items": [{**LINE, "barcode": LONG}]}, "too long", "barcode"),
    ],
)
def test_what_no_column_holds_is_refused_on_both_databases(
    database: Database, tmp_path: Path, changes: dict[str, object], kind: str, field: str
) -> None:
    report = bring(database, tmp_path, order("#1"), {**order("#2"), **changes}, order("#3"))

    assert (report.read, report.taken, report.refused) == (3, 2, 1)
    (told,) = report.problems
    assert (told.problem.value, told.field) == (kind, field)
    if kind == "bad quantity":
        assert told.value == "-1"


@pytest.mark.parametrize("place", ["note", "email", "title", "property", "unread"])
def test_half_a_surrogate_pair_stops_nothing(database: Database, tmp_path: Path, place: str) -> None:
    half = "Ahoy \ud83d"
    changes: dict[str, dict[str, object]] = {
        "note": {"note": half},
        "email": {"email": half},
        "title": {"line_items": [{**LINE, "title": half}]},
        "property": {"line_items": [{**LINE, "properties": [{"name": half, "value": half}]}]},
        "unread": {f"of an app {half}": {half: [half]}},
    }

    report = bring(database, tmp_path, order("#1"), order("#2", **changes[place]), order("#3"))

    assert (report.read, report.refused, report.taken + report.held) == (3, 0, 3)
    assert report.taken == (3 if place == "unread" else 2)
    with database.reading() as session:
        raws = [row.raw for row in session.query(Intake).where(Intake.channel == "shopify")]
    assert len(raws) == 3
    assert sum(half in json.dumps(json.loads(raw), ensure_ascii=False) for raw in raws) == 1


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"name": "山田 花子"}, "address unprintable"),
        ({"city": "東京"}, "address unprintable"),
        ({"name": "Ζωή Παράδειγμα"}, ""),
        ({"name": "Зоя Пример"}, ""),
        ({"name": "Z" * 121}, "name too long"),
        ({"company": "Z" * 121}, "name too long"),
        ({"name": "Z" * 120}, ""),
    ],
)
def test_what_no_label_has_is_held(
    sqlite: Database, tmp_path: Path, changes: dict[str, str], kind: str
) -> None:
    report = bring(sqlite, tmp_path, order("#1", shipping_address={**TO, **changes}))

    assert (report.taken, report.held) == ((0, 1) if kind else (1, 0))
    assert [told.problem.value for told in report.problems] == ([kind] if kind else [])
    assert [told.field for told in report.problems] == ([*changes] if kind else [])


def test_an_order_the_database_does_not_take_is_refused_alone(database: Database, tmp_path: Path) -> None:
    rule = "CREATE UNIQUE INDEX no_second ON sales_order (note)"
    database.change(lambda session: session.execute(text(rule)))

    report = bring(database, tmp_path, order("#1", note="a"), order("#2", note="a"), order("#3", note="b"))

    assert (report.taken, report.refused) == (2, 1)
    (told,) = report.problems
    assert (told.order, told.problem.value) == ("#2", "not storable")


def test_an_order_of_more_pieces_than_an_integer_holds_is_taken(database: Database, tmp_path: Path) -> None:
    lines = [{**LINE, "id": number, "quantity": 1_000_000, "price": "0"} for number in range(1, 2301)]

    report = bring(database, tmp_path, order("#1", total_price="0", line_items=lines))

    assert (report.read, report.refused) == (1, 0)
    with database.reading() as session:
        entry = session.query(QueueEntry).one()
        assert (entry.pieces, entry.short) == (2_300_000_000, 2_300_000_000 - 10)


def test_more_of_a_kit_than_a_line_holds_is_refused_alone(database: Database, tmp_path: Path) -> None:
    many = {**LINE, "sku": "SET", "quantity": 1_000_000, "price": "0"}
    station = Site(database).station
    station.do(catalog.bring_products, rows=(catalog.ProductRow("SET", "Set"),))
    station.do(kits.bring_kits, rows=(kits.KitRow("SET", "MUG-0350-GN", 3000),))
    file = write_orders(tmp_path / "o.json", order("#1"), order("#2", line_items=[many]), order("#3"))

    report = bringing.bring_orders(station, file)

    assert (report.taken, report.refused) == (2, 1)
    assert [(told.order, told.problem.value) for told in report.problems] == [("#2", "not storable")]


def test_a_fault_that_is_not_of_the_order_is_raised(sqlite: Database, tmp_path: Path) -> None:
    def fault(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO sales_order"):
            raise DBAPIError("x", None, Exception("a fault"))

    event.listen(sqlite.engine, "before_cursor_execute", fault)

    with pytest.raises(DBAPIError):
        bring(sqlite, tmp_path, order("#1"))


def test_four_stations_bring_the_same_file_at_once(postgresql: Database, tmp_path: Path) -> None:
    """The same orders of one customer: each is in once, and nobody is told of an error."""
    site = Site(postgresql, stock=100)
    file = write_orders(
        tmp_path / "o.json", *(order(f"#{number}", customer={"id": 5}) for number in range(1, 6))
    )
    others = [
        write_orders(tmp_path / f"{at}.json", order(f"#{at}00", customer={"id": 6})) for at in range(1, 5)
    ]

    def work(own: Path) -> Callable[[Station], Report]:
        return lambda station: bringing.bring_orders(station, own) + bringing.bring_orders(station, file)

    reports = together(postgresql, site.station.person, [work(own) for own in others])

    assert all(isinstance(report, Report) for report in reports), reports
    found = [report for report in reports if isinstance(report, Report)]
    assert [report.refused for report in found] == [0, 0, 0, 0]
    assert [report.broken for report in found] == ["", "", "", ""]
    assert sum(report.taken for report in found) == 9
    assert sum(report.duplicate for report in found) == 15
    with postgresql.reading() as session:
        numbers = [row.number for row in session.query(Order)]
    assert len(numbers) == len(set(numbers)) == 9
