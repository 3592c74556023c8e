"""`import` of lists whose codes are there already: with other capitals, or as something of another kind."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.app import opening
from oms_desktop.db import connect
from oms_desktop.floor.reply import Kind
from oms_desktop.floor.resolver import Resolver
from oms_desktop.models import Carton, KitPart, Location, Product, Stock, Warehouse, Worker
from oms_desktop.workflow import catalog
from tests.cli.conftest import Run
from tests.cli.shell import HEADER, Ran, order, rows, write_orders, write_products

TABLES = (Product, Location, Carton, Worker)
WORKER, CARTON = "badge,name,roles", "code,length_mm,width_mm,height_mm,weight_g,max_g"
STOCK = "sku,location,quantity"


def bring(run: Run, folder: Path, kind: str, *lines: str) -> Ran:
    """Import a list of a kind: its header and its rows."""
    file = folder / f"{kind}.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return run("import", "--kind", kind, file, "--json")


def counts(ran: Ran) -> tuple[int, ...]:
    """Exit code; rows taken, known and refused."""
    return (ran.code, *(ran.json[name] for name in ("taken", "duplicate", "refused")))


def problems(ran: Ran) -> list[tuple[str, ...]]:
    return [
        tuple(told[name] for name in ("order", "where", "field", "value", "problem"))
        for told in ran.json["problems"]
    ]


def on_hand(address: str) -> dict[tuple[str, str], int]:
    """The units of each SKU on each location."""
    wanted = select(Product.sku, Location.code, Stock.on_hand)
    with closing(connect(address)) as database, database.reading() as session:
        found = session.execute(wanted.join_from(Stock, Product).join(Location)).all()
    return {(sku, code): units for sku, code, units in found}


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("products", (HEADER, "mug-0350-gn,Mug,,1,2,3,4,A-06-13-B2,5")),
        ("locations", ("code,zone", "a-06-13-b2,Z")),
        ("locations", ("code,kind", "t-101,tote")),
        ("cartons", (CARTON, "c4,1,1,1,1,1")),
        ("workers", (WORKER, "SYSTEM,Nobody,picker")),
    ],
)
def test_other_capitals_are_known(
    run: Run, demo: str, tmp_path: Path, kind: str, lines: tuple[str, ...]
) -> None:
    before = rows(demo, *TABLES)

    assert counts(bring(run, tmp_path, kind, *lines)) == (0, 0, 1, 0)
    assert rows(demo, *TABLES) == before


def test_goods_come_to_the_shelf_that_is_there(run: Run, demo: str, tmp_path: Path) -> None:
    before = rows(demo, Location)

    made = bring(run, tmp_path, "products", HEADER, "NEW-1,New,,1,2,3,4,a-06-13-b2,5")
    more = bring(run, tmp_path, "stock", STOCK, "new-1,b-09-02-B2,7")

    assert (counts(made), counts(more)) == ((0, 1, 0, 0), (0, 1, 0, 0))
    assert "notes" not in made.json
    assert rows(demo, Location) == before
    units = on_hand(demo)
    assert (units["NEW-1", "A-06-13-B2"], units["NEW-1", "B-09-02-B2"]) == (5, 7)


def test_rows_of_one_file_mean_the_first_of_them(run: Run, demo: str, tmp_path: Path) -> None:
    ran = bring(
        run,
        tmp_path,
        "products",
        f"{HEADER},parts",
        "SET-1,Set,,,,,,,,new-1:2 MUG-0350-gn:1",
        "NEW-1,New,4006381333931,1,2,3,4,Z-1,5,",
        "new-1,New,4006381333931,1,2,3,4,z-1,5,",
        "New-1,New,4006381333931,1,2,3,4,z-2,3,",
        "NEW-1,New,4006381333931,1,2,3,4,z-1,6,",
        "new-1,Another,4006381333931,1,2,3,4,Z-3,1,",
        "SET-2,Set,,,,,,,,NEW-1:2 new-1:1",
    )

    assert counts(ran) == (3, 3, 1, 3)
    assert problems(ran) == [
        ("NEW-1", "row 6", "location", "Z-1", "place twice"),
        ("NEW-1", "row 7", "name", "Another", "rows disagree"),
        ("SET-2", "row 8", "parts", "NEW-1:2 new-1:1", "not parts"),
    ]
    assert {place: units for place, units in on_hand(demo).items() if place[0].upper() == "NEW-1"} == {
        ("NEW-1", "Z-1"): 5,
        ("NEW-1", "z-2"): 3,
    }
    with closing(connect(demo)) as database, database.reading() as session:
        kit = session.scalars(select(Product.id).where(Product.sku == "SET-1")).one()
        parts = session.execute(
            select(Product.sku, KitPart.quantity)
            .join(KitPart, KitPart.part_id == Product.id)
            .where(KitPart.kit_id == kit)
        ).all()
    assert set(map(tuple, parts)) == {("NEW-1", 2), ("MUG-0350-GN", 1)}


def test_twins_that_are_there_stay_apart(run: Run, demo: str, tmp_path: Path) -> None:
    with closing(connect(demo)) as database:
        with database.reading() as session:
            warehouse = session.scalars(select(Warehouse.id)).one()
        opening.system_station(database).do(
            catalog.open_catalog,
            warehouse=warehouse,
            rows=(catalog.ProductRow("CUP", "Cup"), catalog.ProductRow("cup", "Small cup")),
            receipts=(catalog.ReceiptRow("CUP", "Z-1", 1), catalog.ReceiptRow("cup", "z-1", 1)),
        )

    ran = bring(run, tmp_path, "stock", STOCK, "CUP,z-1,4", "cup,Z-1,5", "Cup,Z-1,6")
    known = bring(run, tmp_path, "locations", "code", "z-1")

    assert counts(ran) == (3, 2, 0, 1)
    assert problems(ran) == [("Cup", "row 4", "sku", "Cup", "unknown product")]
    assert counts(known) == (0, 0, 1, 0)
    units = on_hand(demo)
    assert (units["CUP", "z-1"], units["cup", "Z-1"]) == (4, 5)
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("kind", "header", "row", "told"),
    [
        ("products", HEADER, "NEW-1,New,,1,2,3,4,{},7", ("NEW-1", "row 2", "location")),
        ("locations", "code", "{}", ("{}", "row 2", "code")),
        ("cartons", CARTON, "{},1,1,1,1,1", ("{}", "row 2", "code")),
        ("workers", WORKER, "{},Ida Example,picker", ("{}", "row 2", "badge")),
    ],
)
def test_the_code_of_something_else_is_refused(
    run: Run, demo: str, tmp_path: Path, kind: str, header: str, row: str, told: tuple[str, ...]
) -> None:
    means = {"lane-1": Kind.LANE, "c4": Kind.CARTON, "system": Kind.BADGE, "a-06-13-b2": Kind.LOCATION}
    own = {"products": "a-06-13-b2", "locations": "a-06-13-b2", "cartons": "c4", "workers": "system"}
    codes = [code for code in means if code != own[kind]]
    before = rows(demo, *TABLES)

    for code in codes:
        ran = bring(run, tmp_path, kind, header, row.format(code))
        assert counts(ran) == (3, 0, 0, 1)
        assert problems(ran) == [(*(word.format(code) for word in told), code, "code taken")]

    assert rows(demo, *TABLES) == before
    with closing(connect(demo)) as database:
        scans = Resolver(database)
        assert {code: scans.resolve(code).kind for code in means} == means


def test_shelves_that_a_list_of_products_makes_are_told(run: Run, demo: str, tmp_path: Path) -> None:
    goods = write_products(
        tmp_path / "p.csv",
        "NEW-1,New,,1,2,3,4,A-06-13-B2,7",
        "NEW-1,New,,1,2,3,4,Z-2,7",
        "NEW-1,New,,1,2,3,4,Z-3,0",
        "NEW-2,New,,1,2,3,4,Z-1,7",
        "NEW-3,New,,1,2,3,4,z-2,7",
    )

    ran = run("import", "--kind", "products", goods)
    one = bring(run, tmp_path, "products", HEADER, "NEW-4,New,,1,2,3,4,Z-4,7")

    assert (ran.code, ran.out.splitlines()[1:]) == (
        0,
        [f"{goods}:", "  note: row 3: 2 new shelves were made: Z-2, Z-1."],
    )
    assert one.json["notes"] == [
        {
            "order": "",
            "where": "row 2",
            "field": "location",
            "value": "Z-4",
            "text": "1 new shelf was made: Z-4.",
        }
    ]


def test_the_first_shelves_of_a_warehouse_are_no_news(run: Run, tmp_path: Path) -> None:
    ran = bring(run, tmp_path, "products", HEADER, "NEW-1,New,,1,2,3,4,Z-1,7")

    assert counts(ran) == (0, 1, 0, 0)
    assert "notes" not in ran.json


def test_orders_tell_capitals_apart_until_a_listing_says_what_is_meant(
    run: Run, demo: str, tmp_path: Path
) -> None:
    line = {"id": 1, "sku": "mug-0350-gn", "title": "Mug", "quantity": 1, "price": "14.90"}
    orders = write_orders(tmp_path / "orders.json", order("#71", line_items=[line]))

    held = run("import", orders, "--json")
    known = bring(run, tmp_path, "products", HEADER, "mug-0350-gn,Mug,,1,2,3,4,,")
    mended = run(
        *("listing", "--channel", "shopify", "--key", "sku:mug-0350-gn", "--sku", "mug-0350-gn", "--json")
    )

    assert [told["problem"] for told in held.json["problems"]] == ["unknown sku"]
    assert counts(known) == (0, 0, 1, 0)
    assert (mended.code, mended.json["freed"]) == (0, 1)
