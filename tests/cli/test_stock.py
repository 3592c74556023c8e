"""`stock`: goods are booked and shown from the command line, and what cannot be is one sentence."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.app.opening import open_database, system_station
from oms_desktop.models import Warehouse
from oms_desktop.workflow import books, catalog, thresholds
from oms_desktop.workflow.catalog import ProductRow
from oms_desktop.workflow.thresholds import ThresholdRow
from tests.cli.conftest import Run, on
from tests.cli.shell import HEADER, order, write_orders

ROWS = "MUG-1,Enamel mug,4006381333931,1,1,1,1,A-1,5\nTEA-1,Green tea,,1,1,1,1,A-2,3\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a warehouse: five mugs at A-1 and three tins of tea at A-2."""
    folder = tmp_path_factory.mktemp("shop")
    run = on(folder / "data")
    (folder / "products.csv").write_text(f"{HEADER}\n{ROWS}", "utf-8")
    assert run("import", "--kind", "products", folder / "products.csv").code == 0
    return folder / "data"


def test_goods_come_go_and_are_counted(shop: Run, file: Path) -> None:
    ran = shop("stock", "receive", "4006381333931", "A-1", 7, "--reference", "PO 7719")
    assert (ran.code, ran.out, ran.err) == (0, "7 of MUG-1 received at A-1; 12 lie there now.\n", "")
    moved = shop("stock", "move", "MUG-1", "A-1", "A-2", 4)
    assert moved.out == "4 of MUG-1 went from A-1 to A-2; 4 lie there now.\n"
    fewer = shop("stock", "adjust", "MUG-1", "A-2", -1, "--reason", "broken")
    assert fewer.out == "1 of MUG-1 taken off A-2; 3 left.\n"
    more = shop("stock", "adjust", "MUG-1", "A-2", 1, "--reason", "found", "--json").json
    assert (more["units"], more["on_hand"]) == (1, 4)
    assert shop("stock", "count", "MUG-1", "A-1", 8).out == "8 of MUG-1 are at A-1, as the book had it.\n"
    fewer = shop("stock", "count", "MUG-1", "A-2", 3)
    assert fewer.out == "3 of MUG-1 are at A-2; the book had 4 (-1).\n"
    assert shop("stock", "count", "MUG-1", "A-1", 9, "--json").json == {
        "sku": "MUG-1",
        "counted": 9,
        "booked": 8,
        "on_hand": 9,
        "reopened": 0,
        "closed": True,
        "served": {"orders": 0, "units": 0},
    }
    assert shop("stock", "show", "--product", "MUG-1").out.splitlines() == [
        "A-1  MUG-1  good: 9 on hand, 0 allocated",
        "A-2  MUG-1  good: 3 on hand, 0 allocated",
        "MUG-1 in all: 12 on hand, 0 allocated.",
    ]
    assert [row["sku"] for row in shop("stock", "show", "--location", "A-2", "--json").json] == [
        "MUG-1",
        "TEA-1",
    ]
    database = open_database(f"sqlite:///{file}")
    with database.reading() as session:
        assert books.prove(session).sound
    database.close()


def test_who_waited_is_told(shop: Run, tmp_path: Path) -> None:
    line = {"sku": "TEA-1", "quantity": 4, "price": "3.00"}
    assert shop("import", write_orders(tmp_path / "o.json", order("#1", line_items=[line]))).code == 0

    assert shop("stock", "receive", "TEA-1", "A-2", 1).out.splitlines() == [
        "1 of TEA-1 received at A-2; 4 lie there now.",
        "1 waiting order got 1 unit.",
    ]


def test_a_count_far_from_the_book_is_booked_by_who_is_sure(shop: Run) -> None:
    assert shop("stock", "count", "MUG-1", "A-1", 11).code == 2
    assert shop("stock", "count", "MUG-1", "A-1", 10).out == "10 of MUG-1 are at A-1; the book had 5 (+5).\n"
    sure = shop("stock", "count", "MUG-1", "A-1", 1, "--sure")
    assert (sure.code, sure.out) == (0, "1 of MUG-1 is at A-1; the book had 10 (-9).\n")


def test_a_count_of_one_lot_says_which_and_what_lies_there_beside_it(shop: Run) -> None:
    shop("stock", "receive", "MUG-1", "A-1", 2, "--lot", "L-1", "--expires", "2999-01-01")
    shop("stock", "receive", "MUG-1", "A-1", 1, "--lot", "L-0", "--expires", "2020-01-01")

    assert shop("stock", "count", "MUG-1", "A-1", 3).out == (
        "3 of MUG-1 (no lot, good) are at A-1; the book had 5 (-2)."
        " 6 lie there now, of all lots and conditions.\n"
    )
    value = shop("stock", "count", "MUG-1", "A-1", 1, "--lot", "L-1", "--json").json
    assert {name: value[name] for name in ("counted", "booked", "on_hand", "closed")} == {
        "counted": 1,
        "booked": 2,
        "on_hand": 5,
        "closed": True,
    }
    assert shop("stock", "show", "--product", "mug-1").out.splitlines() == [
        "A-1  MUG-1  good: 3 on hand, 0 allocated",
        "A-1  MUG-1  lot L-0 (expired 2020-01-01)  good: 1 on hand, 0 allocated",
        "A-1  MUG-1  lot L-1 (expires 2999-01-01)  good: 1 on hand, 0 allocated",
        "MUG-1 in all: 5 on hand, 0 allocated.",
    ]
    rows = shop("stock", "show", "--product", "mug-1", "--json").json
    assert [row["expires"] for row in rows] == [None, "2020-01-01", "2999-01-01"]


def test_serials_are_told_where_they_lie(shop: Run, tmp_path: Path) -> None:
    (tmp_path / "scale.csv").write_text("sku,name,serial_tracked\nSCALE-1,Scale,yes\n", "utf-8")
    assert shop("import", "--kind", "products", tmp_path / "scale.csv").code == 0
    shop("stock", "receive", "SCALE-1", "A-1", 2, "--serial", "S-2", "--serial", "S-1")
    shop("stock", "receive", "SCALE-1", "A-2", 1, "--serial", "S-3")
    shop("stock", "adjust", "SCALE-1", "A-1", -1, "--serial", "S-2", "--reason", "broken")
    shop("stock", "move", "SCALE-1", "A-2", "A-1", 1, "--serial", "S-3")

    line = "A-1  SCALE-1  good: 2 on hand, 0 allocated"
    assert shop("stock", "show", "--product", "SCALE-1").out == f"{line}; serials S-1, S-3\n"
    assert f"{line}; serials S-1, S-3" in shop("stock", "show", "--location", "A-1").out.splitlines()
    assert line in shop("stock", "show").out.splitlines()
    told = {(row["location"], row["sku"]): row["serials"] for row in shop("stock", "show", "--json").json}
    assert told == {
        ("A-1", "MUG-1"): [],
        ("A-1", "SCALE-1"): ["S-1", "S-3"],
        ("A-2", "TEA-1"): [],
    }


def test_goods_that_will_never_be_promised_are_told(shop: Run, tmp_path: Path) -> None:
    oats = "OAT-1,Oats,,1,1,1,1,,,yes,30\n"
    (tmp_path / "oats.csv").write_text(f"{HEADER},lot_tracked,min_life_days\n{oats}", "utf-8")
    assert shop("import", "--kind", "products", tmp_path / "oats.csv").code == 0
    today = datetime.now(UTC).date()
    told = {}
    for lot, days in (("OLD", -1), ("SHORT", 29), ("FRESH", 31)):
        expires = today + timedelta(days=days)
        ran = shop("stock", "receive", "OAT-1", "A-1", 2, "--lot", lot, "--expires", expires)
        told[lot] = ran.out.split(" there now.")[1].strip()

    assert told == {
        "OLD": f"Lot OLD expired on {today - timedelta(days=1)}: it will never be promised.",
        "SHORT": "Lot SHORT keeps for 29 days, 30 are asked for: it will never be promised.",
        "FRESH": "",
    }
    again = shop("stock", "receive", "OAT-1", "A-1", 1, "--lot", "OLD", "--json").json
    assert (again["never_promised"], again["on_hand"]) == (True, 7), "the lot is known as expired"


def test_capitals_do_not_matter_where_one_is_meant(shop: Run, file: Path) -> None:
    assert shop("stock", "receive", "mug-1", "a-1", 1).out.startswith("1 of MUG-1 received at A-1;")
    # Lists have told capitals apart once, so that a store may have both.
    database = open_database(f"sqlite:///{file}")
    rows = (ProductRow("mug-1", "Small mug"),)
    system_station(database).do(catalog.bring_products, rows=rows)
    database.close()

    assert shop("stock", "receive", "mug-1", "A-2", 1).out.startswith("1 of mug-1 received at A-2;")
    unclear = shop("stock", "receive", "Mug-1", "A-2", 1)
    assert (unclear.code, unclear.sentence) == (
        2,
        "No product has the SKU or GTIN Mug-1. [stock.unknown_sku]",
    )


def test_what_has_run_low_and_what_to_bring(shop: Run, file: Path) -> None:
    assert shop("stock", "alerts").out == "No place has run low.\n"
    assert shop("stock", "refill", "--json").json == []
    database = open_database(f"sqlite:///{file}")
    station = system_station(database)
    with database.reading() as session:
        house = session.scalars(select(Warehouse.id)).one()
    row = ThresholdRow("MUG-1", "A-1", 2, 6, 12)
    station.do(thresholds.bring_thresholds, warehouse=house, rows=(row,))
    database.close()

    (alert,) = shop("stock", "alerts", "--json").json
    assert (alert["location"], alert["sku"], alert["level"]) == ("A-1", "MUG-1", "reorder")
    assert shop("stock", "refill").out == "A-1  MUG-1: the reserve has none.\n"
    told = shop("stock", "alerts").out
    assert re.fullmatch(r"A-1  MUG-1: is low since 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.\n", told), told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("move", "MUG-1", "A-1", "A-2", 6),
            "5 of MUG-1 (good) are free at A-1; 6 cannot be taken. [stock.not_free]",
        ),
        (("receive", "NONE", "A-1", 6), "No product has the SKU or GTIN NONE. [stock.unknown_sku]"),
        (
            ("move", "MUG-1", "A-1", "Z-9", 1),
            "There is no location Z-9 in warehouse Main warehouse (MAIN). [stock.unknown_location]",
        ),
        (
            ("receive", "MUG-1", "A-1", 0),
            "0 units cannot be booked; 1 to 1000000 can. [stock.quantity]",
        ),
        (
            ("adjust", "MUG-1", "A-1", 0, "--reason", "none"),
            "A correction of 0 units changes nothing; name the difference, such as -2. [stock.quantity]",
        ),
        (("count", "MUG-1", "A-1", -1), "-1 units cannot be; 0 to 1000000 can. [stock.quantity]"),
        (("count", "MUG-1", "A-1", -1, "--sure"), "-1 units cannot be; 0 to 1000000 can. [stock.quantity]"),
        (("move", "MUG-1", "A-1", "a-1", 1), "The goods are at A-1 already. [stock.two_ends]"),
        (
            ("count", "MUG-1", "A-1", 11),
            "The book has 5 of MUG-1 at A-1, not 11; nothing was booked. Count again; --sure books it."
            " [stock.confirm_count]",
        ),
        (
            ("show", "--warehouse", "EAST"),
            "There is no warehouse EAST in this database. [stock.no_warehouse]",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(shop: Run, words: tuple[object, ...], sentence: str) -> None:
    before = shop("stock", "show", "--json").json
    ran = shop("stock", *words)

    assert (ran.code, ran.sentence) == (2, sentence)
    assert shop("stock", "show", "--json").json == before


def test_a_database_that_is_not_there_is_not_made(run: Run, file: Path) -> None:
    assert run("stock", "show").code == 2
    assert not file.exists()
