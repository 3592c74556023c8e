"""`import --kind products`: new and known products, rows that cannot be used, and the stock that came."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from oms_desktop.db import connect
from oms_desktop.models import (
    Fulfillment,
    Hold,
    KitPart,
    Location,
    LocationKind,
    OrderLine,
    Packaging,
    Product,
    Stock,
)
from tests.cli.conftest import Run
from tests.cli.shell import HEADER, ORDERS, PRODUCTS, Ran, rows, write_products
from tests.cli.shell import run as run_alone


def test_the_sample_is_known_the_second_time(run: Run, file: Path) -> None:
    first = run("import", "--kind", "products", PRODUCTS, "--json")
    before = rows(f"sqlite:///{file}", Product, Packaging, Stock, Location)
    second = run("import", "--kind", "products", PRODUCTS, "--json")

    nothing = {"held": 0, "refused": 0, "problems": []}
    assert (first.code, first.json) == (0, {"read": 15, "taken": 15, "duplicate": 0, **nothing})
    assert (second.code, second.json) == (0, {"read": 15, "taken": 0, "duplicate": 15, **nothing})
    assert rows(f"sqlite:///{file}", Product, Packaging, Stock, Location) == before
    assert run("check").code == 0


def test_an_unknown_location_becomes_a_pick_face(run: Run, demo: str, tmp_path: Path) -> None:
    goods = write_products(tmp_path / "p.csv", "NEW-1,A thing,,1,2,3,4,Z-99,7")

    assert run("import", "--kind", "products", goods).code == 0

    database = connect(demo)
    with database.reading() as session:
        place = session.scalars(select(Location).where(Location.code == "Z-99")).one()
        stock = session.scalars(select(Stock).where(Stock.location_id == place.id)).one()
        assert (place.kind, place.x_mm, place.y_mm) == (LocationKind.PICK_FACE, None, None)
        assert (stock.on_hand, stock.allocated) == (7, 0)
    database.close()


def test_bad_rows_are_named_by_row_and_field(run: Run, demo: str, tmp_path: Path) -> None:
    goods = write_products(
        tmp_path / "p.csv",
        "NEW-1,Good,,1,2,3,4,Z-1,7",
        "NEW-2,Heavy,,heavy,2,3,4,Z-1,7",
        "NEW-3,No such code,4006381333932,1,2,3,4,Z-1,7",
        "NEW-4,Code of another,2990000000064,1,2,3,4,Z-1,7",
        "NEW-5,Cut short",
        "NEW-6,Good,,1,2,3,4,,",
    )

    ran = run("import", "--kind", "products", goods, "--json")

    assert ran.code == 3
    assert [ran.json[name] for name in ("read", "taken", "duplicate", "refused")] == [6, 2, 0, 4]
    told = {(found["order"], found["where"], found["field"]) for found in ran.json["problems"]}
    assert told == {
        ("NEW-2", "row 3", "weight_g"),
        ("NEW-3", "row 4", "gtin"),
        ("NEW-4", "row 5", "gtin"),
        ("NEW-5", "row 6", ""),
    }
    assert {found["outcome"] for found in ran.json["problems"]} == {"refused"}


def test_products_without_a_code_do_not_exclude_each_other(run: Run, demo: str, tmp_path: Path) -> None:
    first = write_products(tmp_path / "a.csv", "NEW-1,One,,1,2,3,4,Z-1,7")
    second = write_products(tmp_path / "b.csv", "NEW-2,Two,,1,2,3,4,Z-1,7")

    ran = run("import", "--kind", "products", first, second, first, "--json")

    assert (ran.code, ran.json["taken"], ran.json["duplicate"]) == (0, 2, 1)


def test_people_are_told_rows(run: Run, tmp_path: Path) -> None:
    goods = write_products(tmp_path / "p.csv", "NEW-2,Heavy,,heavy,2,3,4,Z-1,7")

    ran = run("import", "--kind", "products", goods)

    assert ran.code == 3
    assert ran.out.splitlines() == [
        "1 row read: 0 taken, 0 held, 0 known already, 1 refused.",
        f"{goods}:",
        "  refused: NEW-2 at row 2: A whole number from 0 to 2147483647 is expected; coordinates"
        " may be below 0. (weight_g: heavy)",
    ]


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", True), ("utf-16", False), ("utf-8-sig", False)])
def test_a_list_in_another_encoding_comes_as_it_is_meant(
    run: Run, demo: str, tmp_path: Path, encoding: str, said: bool
) -> None:
    goods = tmp_path / "p.csv"
    goods.write_bytes(
        f"{HEADER};\r\nNEW-1;Grüner Becher;;1;2;3;4;Z-1;7;\r\n".replace(",", ";").encode(encoding)
    )

    ran = run("import", "--kind", "products", goods)

    assert (ran.code, ran.err) == (0, f"{goods} is read as Windows-1252.\n" if said else "")
    database = connect(demo)
    with database.reading() as session:
        name = session.scalars(select(Product.name).where(Product.sku == "NEW-1")).one()
    database.close()
    assert name == "Grüner Becher"


def test_a_list_without_header_writes_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    goods = tmp_path / "p.csv"
    goods.write_text("MUG,Mug,,1,2,3,4,A-1,5\n")

    ran = run("import", "--kind", "products", goods)

    assert ran.code == 2
    assert ran.sentence.endswith("[input.columns]")
    assert not file.exists()


def test_parts_make_a_kit(run: Run, demo: str, tmp_path: Path) -> None:
    goods = tmp_path / "kits.csv"
    goods.write_text(
        f"{HEADER},parts,case_gtin,case_units\n"
        "SET-1,A set,,,,,,,,CUP-1:2 LID-1:1,,\n"
        "CUP-1,A cup,,1,2,3,4,Z-1,9,,17770000000019,6\n"
        "LID-1,A lid,,1,2,3,4,Z-2,9,,,\n"
        "SET-2,Of nothing known,,,,,,,,NOBODY:1,,\n",
        "utf-8",
    )

    ran = run("import", "--kind", "products", goods, "--json")

    assert (ran.code, ran.json["taken"], ran.json["refused"]) == (3, 3, 1)
    assert [(told["order"], told["problem"], told["value"]) for told in ran.json["problems"]] == [
        ("SET-2", "unknown product", "NOBODY")
    ]
    database = connect(demo)
    with database.reading() as session:
        skus = dict(session.execute(select(Product.id, Product.sku)).all())
        parts = {
            skus[part.part_id]: part.quantity
            for part in session.scalars(select(KitPart))
            if skus[part.kit_id] == "SET-1"
        }
        case = session.scalars(select(Packaging).where(Packaging.gtin == "17770000000019")).one()
    database.close()
    assert parts == {"CUP-1": 2, "LID-1": 1}
    assert (skus[case.product_id], case.factor) == ("CUP-1", 6)


def test_kits_that_cannot_be_are_refused_by_row_and_the_rest_comes(
    run: Run, demo: str, tmp_path: Path
) -> None:
    goods = tmp_path / "kits.csv"
    goods.write_text(
        f"{HEADER},parts\n"
        "SELF-1,In itself,,,,,,,,SELF-1:1\n"
        "RING-1,In its part,,,,,,,,RING-2:1\n"
        "RING-2,In its part,,,,,,,,RING-1:2 CUP-1:1\n"
        "OVER-1,Of a refused kit,,,,,,,,UNDER-1:1 CUP-1:1\n"
        "UNDER-1,Of nothing known,,,,,,,,NOBODY:1\n"
        "NEST-1,Of a kit,,,,,,,,SET-1:2\n"
        "SET-1,A set,,,,,,,,CUP-1:2\n"
        "CUP-1,A cup,,1,2,3,4,Z-1,9,\n",
        "utf-8",
    )
    before = rows(demo, Product, KitPart)

    ran = run("import", "--kind", "products", goods, "--json")

    assert (ran.code, ran.json["taken"], ran.json["refused"]) == (3, 3, 5)
    assert [(told["where"], told["problem"], told["value"]) for told in ran.json["problems"]] == [
        ("row 2", "kit circle", "SELF-1"),
        ("row 3", "kit circle", "RING-2"),
        ("row 4", "kit circle", "RING-1"),
        ("row 5", "unknown product", "UNDER-1"),
        ("row 6", "unknown product", "NOBODY"),
    ]
    assert rows(demo, Product, KitPart) == [before[0] + 3, before[1] + 2]
    assert run("check").code == 0


def test_orders_that_came_first_find_their_products_and_get_their_stock(empty: str, tmp_path: Path) -> None:
    def run(*arguments: object) -> Ran:
        return run_alone("--database", empty, "--data-dir", tmp_path / "data", *arguments)

    assert run("import", ORDERS, "--json").json["held"] == 6

    first = run("import", "--kind", "products", PRODUCTS)
    again = run("import", "--kind", "products", PRODUCTS)

    assert (first.code, again.code) == (0, 0)
    database = connect(empty)
    with database.reading() as session:
        held = session.scalars(select(Hold.kind).where(Hold.released_at.is_(None)).order_by(Hold.kind)).all()
        promised = session.scalars(select(func.sum(OrderLine.allocated))).one()
    database.close()
    # One names a product that is not in the list, one is not paid.
    assert held == ["unknown sku", "unpaid"]
    assert promised > 0
    assert rows(empty, Fulfillment) == [4]
    assert run("check").code == 0
