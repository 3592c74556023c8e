"""`import` of orders: the JSON, the exit codes, and what is in the database afterwards."""

import json
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import opening, site
from oms_desktop.channels.reading import open_orders
from oms_desktop.db import Database, connect
from oms_desktop.models import Fulfillment, Hold, Order, QueueEntry, Warehouse
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import books, capture
from tests.cli.conftest import Run
from tests.cli.shell import ORDERS, PRODUCTS, order, program, rows, write_orders
from tests.cli.shell import run as run_alone

COUNTS = ("read", "taken", "held", "duplicate", "refused")


def counts(report: dict[str, int]) -> tuple[int, ...]:
    assert report["read"] == sum(report[name] for name in COUNTS[1:])
    return tuple(report[name] for name in COUNTS)


def test_the_sample_in_the_demo_warehouse(run: Run, demo: str) -> None:
    ran = run("import", ORDERS, "--json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {
        "read": 6,
        "taken": 4,
        "held": 2,
        "duplicate": 0,
        "refused": 0,
        "problems": [
            {
                "order": "#504",
                "where": "/orders/3",
                "field": "payment",
                "value": "pending",
                "problem": "unpaid",
                "outcome": "held",
            },
            {
                "order": "#505",
                "where": "/orders/4/line_items/1",
                "field": "sku",
                "value": "LMP-9999-XX",
                "problem": "unknown sku",
                "outcome": "held",
            },
        ],
    }
    assert rows(demo, Order, Fulfillment) == [6, 4]


def test_people_are_told_the_same(run: Run, demo: str) -> None:
    ran = run("import", ORDERS)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "6 orders read: 4 taken, 2 held, 0 known already, 0 refused.",
        f"{ORDERS}:",
        "  held: #504 at /orders/3: The order goes when it is paid or authorized. (payment: pending)",
        "  held: #505 at /orders/4/line_items/1: No product has this SKU, barcode or listing. "
        "(sku: LMP-9999-XX)",
        "`oms-desktop listing --waiting` says how lines find their product.",
    ]


def test_an_empty_database_gets_tables_and_site(empty: str, tmp_path: Path) -> None:
    ran = run_alone("import", ORDERS, "--json", "--database", empty, "--data-dir", tmp_path / "data")

    assert (ran.code, counts(ran.json)) == (0, (6, 0, 6, 0, 0))
    unknown = [found["value"] for found in ran.json["problems"] if found["problem"] == "unknown sku"]
    assert len(unknown) == 11
    database = connect(empty)
    with database.reading() as session:
        assert session.scalars(select(Warehouse.code)).all() == ["MAIN"]
        assert books.prove(session).sound
    database.close()
    assert not (tmp_path / "data" / "oms.sqlite").exists()


def test_products_then_orders_on_an_empty_database(empty: str, tmp_path: Path) -> None:
    on = ("--database", empty, "--data-dir", tmp_path / "data")

    goods = run_alone(*on, "import", "--kind", "products", PRODUCTS, "--json")
    ran = run_alone(*on, "import", ORDERS, "--json")
    again = run_alone(*on, "import", ORDERS, "--json")
    check = run_alone(*on, "check", "--json")

    assert (goods.code, counts(goods.json), goods.json["problems"]) == (0, (15, 15, 0, 0, 0), [])
    assert (ran.code, counts(ran.json)) == (0, (6, 4, 2, 0, 0))
    assert (again.code, counts(again.json), again.json["problems"]) == (0, (6, 0, 0, 6, 0), [])
    assert (check.code, check.json["sound"], check.json["violations"]) == (0, True, [])


def test_the_demo_warehouse_on_postgresql(postgresql: Database, tmp_path: Path) -> None:
    url = postgresql.engine.url.render_as_string(hide_password=False)
    made = opening.open_database(url)
    site.make_demo(opening.system_station(made))
    made.close()

    ran = run_alone("--data-dir", tmp_path, "--database", url, "import", ORDERS, "--json")

    assert (ran.code, counts(ran.json)) == (0, (6, 4, 2, 0, 0))


def test_orders_of_a_file_stand_in_its_order(run: Run, demo: str, tmp_path: Path) -> None:
    numbers = ["#7", "#3", "#5", "#2", "#1", "#6"]
    run("import", write_orders(tmp_path / "o.json", *map(order, numbers)))
    database = connect(demo)
    with database.reading() as session:
        queue = select(QueueEntry.number).order_by(QueueEntry.captured_at, QueueEntry.order_id)
        assert list(session.scalars(queue)) == numbers
    database.close()


def test_the_same_file_twice_takes_nothing_twice(run: Run, demo: str) -> None:
    run("import", ORDERS)
    before = rows(demo, Order, Fulfillment, Hold)

    ran = run("import", ORDERS, ORDERS, "--json")

    assert (ran.code, counts(ran.json)) == (0, (12, 0, 0, 12, 0))
    assert rows(demo, Order, Fulfillment, Hold) == before


def test_the_same_order_twice_in_one_file(run: Run, demo: str, tmp_path: Path) -> None:
    ran = run("import", write_orders(tmp_path / "o.json", order("#1"), order("#1")), "--json")

    assert (ran.code, counts(ran.json)) == (0, (2, 1, 0, 1, 0))
    assert rows(demo, Order, Fulfillment) == [1, 1]


def test_several_files_are_one_report(run: Run, demo: str, tmp_path: Path) -> None:
    first, second = order("#1"), order("#2", financial_status="pending")
    files = [write_orders(tmp_path / "a.json", first), write_orders(tmp_path / "b.json", second)]

    ran = run("import", *files, "--channel", "shopify", "--json")

    assert (ran.code, counts(ran.json)) == (0, (2, 1, 1, 0, 0))
    assert [found["order"] for found in ran.json["problems"]] == ["#2"]


def test_people_are_told_which_file_a_problem_is_of(run: Run, demo: str, tmp_path: Path) -> None:
    good = write_orders(tmp_path / "a.json", order("#1"))
    bad = write_orders(tmp_path / "b.json", order("#2", financial_status="pending"))

    ran = run("import", good, bad)

    assert ran.out.splitlines()[1:] == [
        f"{bad}:",
        "  held: #2 at /orders/0: The order goes when it is paid or authorized. (payment: pending)",
    ]


def test_a_bad_order_between_good_ones_is_named(run: Run, demo: str, tmp_path: Path) -> None:
    bad = order("#2", line_items=[{"sku": "MUG-0350-GN", "quantity": "two", "price": "1"}])
    file = write_orders(tmp_path / "o.json", order("#1"), bad, order("#3"))

    ran = run("import", file, "--json")

    assert (ran.code, counts(ran.json)) == (3, (3, 2, 0, 0, 1))
    (found,) = ran.json["problems"]
    assert found == {
        "order": "#2",
        "where": "/orders/1/line_items/0",
        "field": "quantity",
        "value": "two",
        "problem": "bad quantity",
        "outcome": "refused",
    }
    assert rows(demo, Order) == [2]


def test_an_entry_that_is_no_order_is_named(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "o.json"
    file.write_text(json.dumps({"orders": [order("#1"), 7]}), encoding="utf-8")

    ran = run("import", file, "--json")

    assert (ran.code, counts(ran.json)) == (3, (2, 1, 0, 0, 1))
    assert [found["where"] for found in ran.json["problems"]] == ["/orders/1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "input.empty"),
        (bytes(range(128, 256)), "input.not_text"),
        (b"{\0}", "input.not_text"),
        (ORDERS.read_bytes()[:700], "input.not_json"),
        (b'"orders"', "input.columns"),
        (b"{}", "input.not_orders"),
        (b"[]", "input.not_orders"),
        (b'{"orders": [1, null]}', "input.not_orders"),
        (PRODUCTS.read_bytes(), "input.not_"),
        (b"[" * 100_000, "input.not_json"),
    ],
)
def test_a_file_of_no_orders_writes_nothing(
    run: Run, file: Path, tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "o.json").write_bytes(content)

    ran = run("import", tmp_path / "o.json", "--json")

    assert ran.code == 2
    assert f"[{code}" in ran.sentence
    assert "o.json" in ran.sentence
    assert not file.exists()


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_what_is_no_file_writes_nothing(run: Run, file: Path, tmp_path: Path, name: str) -> None:
    ran = run("import", tmp_path / name)

    assert ran.code == 2
    assert ran.sentence.endswith("[input.unreadable]")
    assert not file.exists()


def test_one_file_that_cannot_be_used_stops_all(run: Run, demo: str, tmp_path: Path) -> None:
    ran = run("import", ORDERS, tmp_path / "missing.json")

    assert ran.code == 2
    assert "missing.json" in ran.sentence
    assert rows(demo, Order) == [0]


def test_an_order_left_without_its_promise_gets_it_the_next_time(run: Run, demo: str, tmp_path: Path) -> None:
    file = write_orders(tmp_path / "o.json", order("#1"))
    database = connect(demo)
    _capture_only(opening.system_station(database), file)
    database.close()
    assert rows(demo, Order, Fulfillment) == [1, 0]

    first, second = run("import", file, "--json"), run("import", file, "--json")

    assert counts(first.json) == counts(second.json) == (1, 0, 0, 1, 0)
    assert rows(demo, Order, Fulfillment) == [1, 1]
    assert run("check").code == 0


def test_in_a_process_of_its_own(demo: str, file: Path) -> None:
    ran = subprocess.run(
        program("import", ORDERS, "--json", "--data-dir", file.parent), capture_output=True, text=True
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert counts(json.loads(ran.stdout)) == (6, 4, 2, 0, 0)


def test_names_the_terminal_cannot_write_are_no_end(demo: str, file: Path, tmp_path: Path) -> None:
    line = {"sku": "ÉTÉ-☃", "quantity": 1, "price": "1", "title": "x"}
    orders = write_orders(tmp_path / "o.json", order("#1", line_items=[line]))

    ran = subprocess.run(
        program("import", orders, "--data-dir", file.parent),
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path.cwd())},
    )

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert rb"\u2603" in ran.stdout


def _capture_only(station: Station, file: Path) -> None:
    """Store the order of a file and stop there, as a program does that is killed."""
    found = open_orders(file)
    (checked,) = found.orders
    incoming = Incoming(found.channel, file.name, checked.raw, checked)
    station.call().bringing(incoming).do(capture.capture, intake=UUID(int=0))
